"""The runs of the window: one owner, which every list of runs mirrors."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui import paths
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.training.run_folders import RunFolder, run_folders


class RunLibrary(QObject):
    """Every run in the window's folder of runs, newest first.

    They are looked for in a thread of its own: there may be many, on a disk that is slow.

    Signals: `changed()` when there are other runs than before, or one holds something else;
    `looked()` after each look that was asked for, and after `changed`.
    """

    changed = Signal()
    looked = Signal()

    def __init__(
        self, place: Callable[[], Path] = paths.runs_folder, parent: QObject | None = None
    ) -> None:
        """`place` gives the folder of the runs."""
        super().__init__(parent)
        self._place = place
        self._runs: tuple[RunFolder, ...] = ()
        self._looks_again = False
        self._tasks = Tasks(self)
        self._tasks.done.connect(self._take)
        self._tasks.failed.connect(self._fail)

    @property
    def runs(self) -> tuple[RunFolder, ...]:
        """As they were when it was last looked for them; none before the first time."""
        return self._runs

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being looked for."""
        return not self._tasks.is_busy

    def folder(self) -> Path:
        """Where the runs lie; it need not be there yet."""
        return self._place()

    @Slot()
    def look_again(self) -> None:
        """Looks what there is now: whoever knows of a new run or a changed one calls it."""
        if self._tasks.is_busy:
            self._looks_again = True  # what changes now may have been passed by already
            return
        place, known = self._place(), self._runs

        def look(_job: Job) -> tuple[RunFolder, ...]:
            return tuple(run_folders(place, known))

        self._tasks.ask(look)

    def close_down(self) -> None:
        """Ends the thread, and waits for that."""
        self._looks_again = False
        self._tasks.close_down()

    @Slot(object)
    def _take(self, found: tuple[RunFolder, ...]) -> None:
        if found != self._runs:
            self._runs = found
            self.changed.emit()
        self._end_look()

    @Slot(str)
    def _fail(self, _sentence: str) -> None:
        """A fault of the program, which is in the log; the runs stay as they were."""
        self._end_look()

    def _end_look(self) -> None:
        again, self._looks_again = self._looks_again, False
        if again:
            self.look_again()
        else:
            self.looked.emit()
