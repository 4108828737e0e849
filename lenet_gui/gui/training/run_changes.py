"""What the panel shows of a run stays right when the run's folder is renamed or deleted."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from lenet_gui.gui.library.runs import RunLibrary
from lenet_gui.gui.training.ending import EndingController
from lenet_gui.gui.training.shown_run import ShownRun


class RunChanges(QObject):
    """Hears of them from the runs, and notifies those parts that know a run by its folder."""

    def __init__(
        self, runs: RunLibrary, shown: ShownRun, ending: EndingController, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._shown, self._ending = shown, ending
        runs.renamed.connect(self._rename)
        runs.removed.connect(self._remove)

    @Slot(object, object)
    def _rename(self, old: Path, new: Path) -> None:
        self._shown.rename(old, new)
        self._ending.rename(old, new)

    @Slot(object)
    def _remove(self, folder: Path) -> None:
        self._ending.forget(folder)
        if self._shown.folder == folder:
            self._shown.clear()
