"""The runs of the window: one owner, which every list of runs mirrors."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui import paths
from lenet_gui.gui.library.run_folders import RunFolder, run_folders


class RunLibrary(QObject):
    """Every run in the window's folder of runs, newest first.

    Signal: `changed()` when there are other runs than before, or one holds something else.
    """

    changed = Signal()

    def __init__(
        self, place: Callable[[], Path] = paths.runs_folder, parent: QObject | None = None
    ) -> None:
        """`place` gives the folder of the runs."""
        super().__init__(parent)
        self._place = place
        self._runs: tuple[RunFolder, ...] = ()

    @property
    def runs(self) -> tuple[RunFolder, ...]:
        """As they were when it was last looked for them."""
        return self._runs

    def folder(self) -> Path:
        """Where the runs lie; it need not be there yet."""
        return self._place()

    @Slot()
    def look_again(self) -> None:
        """Looks what there is now: whoever knows of a new run or a changed one calls it."""
        found = tuple(run_folders(self._place(), self._runs))
        if found != self._runs:
            self._runs = found
            self.changed.emit()
