"""Saving the network that is shown for other programs: asks how and where, works in a thread."""

from copy import deepcopy
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.library.known_network import SHIPPED, NetworkInUse
from lenet_gui.gui.library.networks import Networks
from lenet_gui.model_files.described import DescribedNetwork
from lenet_gui.model_files.formats import ONNX, ModelFormat, save_model

_TARGET = "export of a model"  # a cause


class ModelExporter(QObject):
    """Reports what was saved, and what went wrong, to the notifier."""

    def __init__(
        self, ask: FileDialogs, networks: Networks, notifier: Notifier, window: QWidget
    ) -> None:
        super().__init__(window)
        self._ask, self._networks, self._notifier = ask, networks, notifier
        self._window = window
        self._format = ONNX  # the one chosen last
        self._started = ""  # the note about the file that is being written
        self._tasks = Tasks(self)
        self._tasks.done.connect(self._finish)
        self._tasks.failed.connect(self._fail)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being written."""
        return self._tasks.is_busy

    @Slot()
    def export(self) -> None:
        """Asks for a format and a place, and writes the network that is shown now."""
        from lenet_gui.gui.app.model_dialog import ModelDialog

        network = self._networks.shown
        if network is None:
            self._notifier.refuse(_TARGET, "The network is not loaded yet: try again in a moment.")
            return
        if self.is_busy:
            self._notifier.refuse(
                _TARGET, "Another model is still being saved: try again in a moment."
            )
            return
        model = _described(network)  # as it is now: it may be in training
        dialog = ModelDialog(network.summary, network.kind, self._format, self._window)
        accepted, form = dialog.exec(), dialog.format
        dialog.deleteLater()
        target = self._target(form, f"lenet5-{network.variant}") if accepted else None
        if target is None:
            return
        self._format = form
        self._started = f"Saving {target}…"
        self._notifier.note(self._started)
        self._tasks.ask(partial(_save, model, target, form))

    def close_down(self) -> None:
        """Waits until a file that is being written is complete."""
        self._tasks.close_down()

    def _target(self, form: ModelFormat, name: str) -> Path | None:
        if form.is_folder:
            return self._ask.new_folder("Export model", name)
        return self._ask.save("Export model", name, dict.fromkeys(form.suffixes, form.name))

    @Slot(object)
    def _finish(self, written: tuple[Path, ...]) -> None:
        target, *beside = written
        self._notifier.clear(_TARGET)
        loaded_by = "".join(f" and {file.name}, which loads it" for file in beside)
        self._notifier.note(f"Saved {target}{loaded_by}.")

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._notifier.withdraw(self._started)
        self._notifier.refuse(_TARGET, sentence)


def _described(network: NetworkInUse) -> DescribedNetwork:
    return DescribedNetwork(
        deepcopy(network.network),
        dict(network.facts),
        network.short_name,
        is_shipped=network.origin.startswith(SHIPPED),
    )


def _save(model: DescribedNetwork, target: Path, form: ModelFormat, _job: Job) -> tuple[Path, ...]:
    return save_model(model, target, form)
