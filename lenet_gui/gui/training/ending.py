"""How a run ended, and what to do with it: use its weights, save them, or discard it."""

from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.training.text import ending_text
from lenet_gui.gui.widgets.tinted_row import TintedRow
from lenet_gui.training.ending import network_of_end
from lenet_gui.training.events import End, EpochEnded, Failed

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5

# Causes of sentences:
_WEIGHTS, _SAVING, _DISCARDING = "trained weights", "saving trained weights", "discarding the run"


class EndingRow(TintedRow):
    """Asks before a run is lost, in the row itself."""

    use_wanted = Signal()
    save_wanted = Signal()
    discard_wanted = Signal()
    slower_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ending of the run")
        self._told = ""
        self._name = ""
        self._worth_asking = False
        self._may_go_on = False
        self.use = self.button(
            "Use these weights", "use weights", "The live view answers with them"
        )
        self.slower = self.button(
            "Go on at a tenth of the rate",
            "go on slower",
            "From the last good checkpoint, in the same run, with a tenth of its learning rate",
        )
        self.save = self.button("Save…", "save weights", "Write the weights to a file")
        self.discard = self.button(
            "Discard", "discard run", "Remove the run's folder and its weights"
        )
        self.keep = self.button("Keep", "keep run", "Close this row; the run stays in its folder")
        self.really = self.button("Discard it", "really discard", "It cannot be brought back")
        self.not_really = self.button("Do not discard", "do not discard", "The run stays")
        self._choices = (self.use, self.slower, self.save, self.discard, self.keep)
        self._answers = (self.really, self.not_really)
        self.use.clicked.connect(self.use_wanted)
        self.slower.clicked.connect(self.slower_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.discard.clicked.connect(self._discard)
        self.keep.clicked.connect(self._close)
        self.really.clicked.connect(self.discard_wanted)
        self.not_really.clicked.connect(self._back)
        self.hide()

    def show_ending(
        self, name: str, words: str, *, has_weights: bool, worth_asking: bool, may_go_on: bool
    ) -> None:
        """Shows how a run ended; discarding asks first if it is `worth_asking`.

        `may_go_on`: a smaller rate may take it further.
        """
        self._name, self._told, self._worth_asking = name, words, worth_asking
        self._may_go_on = may_go_on
        self.use.setEnabled(has_weights)
        self.save.setEnabled(has_weights)
        self._back()
        self.show()

    def say(self, words: str, *, saved: bool) -> None:
        """Tells what was done; weights that were saved are not lost any more."""
        self._told = words
        self._worth_asking = self._worth_asking and not saved
        self._back()

    @Slot()
    def _back(self) -> None:
        self._show(self._told, asking=False)

    @Slot()
    def _discard(self) -> None:
        if self._worth_asking:
            self._show(f"Remove the run {self._name} with its weights and plots?", asking=True)
            self.not_really.setFocus()
        else:
            self.discard_wanted.emit()

    @Slot()
    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def _show(self, words: str, *, asking: bool) -> None:
        self.words.setText(words)
        for button in self._choices:
            button.setVisible(not asking and (self._may_go_on or button is not self.slower))
        for button in self._answers:
            button.setVisible(asking)


class EndingController(QObject):
    """Does what the row's buttons ask for.

    Signals: `weights_offered(object, object, str)` as the panel's;
    `discarded()` when the run's folder is gone; `slower_wanted()` when the run is to go on from
    its checkpoint with a smaller rate.
    """

    weights_offered = Signal(object, object, str)
    discarded = Signal()
    slower_wanted = Signal()

    def __init__(
        self,
        row: EndingRow,
        ask: FileDialogs,
        notifier: Notifier,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self._notifier = notifier
        self._row = row
        self._folder: Path | None = None
        self._network: LeNet5 | None = None
        self._facts: dict[str, str] = {}
        row.use_wanted.connect(self.use)
        row.save_wanted.connect(self._ask_where_to_save)
        row.discard_wanted.connect(self._discard)
        row.slower_wanted.connect(self.slower_wanted)

    def show_ending(self, event: End, last: EpochEnded | None, folder: Path) -> None:
        """Says how the run in `folder` ended, `last` its last whole epoch; offers its weights."""
        self._folder = folder
        self._network = None
        with self._notifier.reporting(_WEIGHTS):
            self._network = network_of_end(event)
        self._facts = dict(event.facts)
        self._row.show_ending(
            folder.name,
            ending_text(event, last.test if last else None),
            has_weights=self._network is not None,
            worth_asking=last is not None,
            may_go_on=isinstance(event, Failed) and event.diverged and event.checkpoint is not None,
        )

    def clear(self) -> None:
        """Another run begins; the last one stays in its folder."""
        self._network = self._folder = None
        self._row.hide()
        for cause in (_WEIGHTS, _SAVING, _DISCARDING):
            self._notifier.clear(cause)

    @Slot()
    def use(self) -> None:
        """Offers a copy of the weights to the window."""
        if self._network is None or self._folder is None:
            return
        self._row.say(f"The live view uses the weights of {self._folder.name}.", saved=False)
        self.weights_offered.emit(deepcopy(self._network), self._facts, self._folder.name)

    def save(self, target: Path) -> None:
        """Writes the weights with their facts; trouble is told."""
        if self._network is None:
            return
        from lenet_gui.net.weights_file import save_weights

        with self._notifier.reporting(_SAVING):
            save_weights(self._network, target, self._facts)
            self._row.say(f"The weights are saved as {target}.", saved=True)

    @Slot()
    def _ask_where_to_save(self) -> None:
        name = self._folder.name if self._folder else "weights"
        target = self._ask.save("Save these weights", name, {".safetensors": "Weights"})
        if target is not None:
            self.save(target)

    @Slot()
    def _discard(self) -> None:
        from lenet_gui.training.run import Run

        if self._folder is None:
            return
        with self._notifier.reporting(_DISCARDING):
            Run.open(self._folder).delete()
            self.clear()
            self.discarded.emit()
