"""Keeps what a run reached until the person has used, saved, kept or discarded it."""

from copy import deepcopy
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.errors import UserError
from lenet_gui.gui.training.ending_row import EndingRow
from lenet_gui.gui.training.figures import ending
from lenet_gui.gui.training.file_dialogs import ask_target
from lenet_gui.gui.training.result import Outcome, Result
from lenet_gui.training.events import Failed, Finished, Stopped

_KINDS = "Weights (*.safetensors)"


class Ending(QObject):
    """Does what the row's buttons ask for.

    Signals: `weights_offered(object, object, str)` and `failed(str)` as the panel's;
    `discarded()` when the run's folder is gone; `slower_wanted()` when the run is to go on from
    its checkpoint with a smaller rate.
    """

    weights_offered = Signal(object, object, str)
    failed = Signal(str)
    discarded = Signal()
    slower_wanted = Signal()

    def __init__(self, row: EndingRow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._folder: Path | None = None
        self._result: Result | None = None
        row.use_wanted.connect(self.use)
        row.save_wanted.connect(self._ask_where_to_save)
        row.discard_wanted.connect(self._discard)
        row.slower_wanted.connect(self.slower_wanted)

    def show_ending(
        self, event: Finished | Stopped | Failed, outcome: Outcome, folder: Path
    ) -> None:
        """Says how the run in `folder` ended, and offers its weights."""
        self._folder = folder
        try:
            self._result = outcome.result(event)
        except UserError as error:
            self._result = None
            self.failed.emit(str(error))
        self._row.show_ending(
            folder.name,
            ending(event, outcome.test),
            has_weights=self._result is not None,
            worth_asking=outcome.last is not None,
            may_go_on=isinstance(event, Failed) and event.diverged and event.checkpoint is not None,
        )

    def clear(self) -> None:
        """Another run begins; the last one stays in its folder."""
        self._result = self._folder = None
        self._row.hide()

    @Slot()
    def use(self) -> None:
        """Offers a copy of the weights to the window."""
        if self._result is None or self._folder is None:
            return
        self._row.say(f"The live view uses the weights of {self._folder.name}.", saved=False)
        network = deepcopy(self._result.network)
        self.weights_offered.emit(network, dict(self._result.facts), self._folder.name)

    def save(self, target: Path) -> None:
        """Writes the weights with their facts; trouble is told by `failed`."""
        if self._result is None:
            return
        from lenet_gui.net.weights_file import save_weights

        try:
            save_weights(self._result.network, target, self._result.facts)
        except UserError as error:
            self.failed.emit(str(error))
        else:
            self._row.say(f"The weights are saved as {target}.", saved=True)

    @Slot()
    def _ask_where_to_save(self) -> None:
        name = f"{self._folder.name if self._folder else 'weights'}.safetensors"
        dialog = ask_target(self._row, "Save these weights", _KINDS, name)
        dialog.fileSelected.connect(self._save_chosen)

    @Slot(str)
    def _save_chosen(self, file: str) -> None:
        self.save(Path(file))

    @Slot()
    def _discard(self) -> None:
        from lenet_gui.training.run import Run

        if self._folder is None:
            return
        try:
            Run.open(self._folder).delete()
        except UserError as error:
            self.failed.emit(str(error))
            return
        self.clear()
        self.discarded.emit()
