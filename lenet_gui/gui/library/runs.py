"""The runs of the window: one owner, which every list of runs mirrors."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui import paths
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.core.trash import move_to_trash
from lenet_gui.gui.library.known_network import moved
from lenet_gui.training.run_changes import delete_run, rename_run, throw_run_away
from lenet_gui.training.run_folders import RunFolder, run_folders


class RunLibrary(QObject):
    """Every run in the window's folder of runs, the one that was trained last first.

    They are looked for, renamed and removed in threads of its own: there may be many, on a disk
    that is slow.

    Signals: `changed()` when the runs, or one of them, have changed;
    `looked()` after each look that was asked for, and after `changed`; `renamed(Path, Path)` a
    run's folder as it was and as it is called now, and `removed(Path)` the folder of a run that
    was deleted here, both before `changed`; `not_trashed(Path)` the folder of a run that is still
    there, as the trash does not take it; `refused(str)` why a run was not renamed or deleted.
    """

    changed = Signal()
    looked = Signal()
    renamed = Signal(object, object)
    removed = Signal(object)
    not_trashed = Signal(object)
    refused = Signal(str)

    def __init__(
        self, place: Callable[[], Path] = paths.runs_folder, parent: QObject | None = None
    ) -> None:
        """`place` returns the folder of the runs."""
        super().__init__(parent)
        self._place = place
        self._runs: tuple[RunFolder, ...] = ()
        self._looks_again = False
        self._tasks = Tasks(self)
        self._tasks.done.connect(self._take)
        self._tasks.failed.connect(self._fail)
        self._changes = Tasks(self)
        self._changes.done.connect(self._take_change)
        self._changes.failed.connect(self._refuse)

    @property
    def runs(self) -> tuple[RunFolder, ...]:
        """The runs at the last search; none before the first one."""
        return self._runs

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being looked for or changed."""
        return not self._tasks.is_busy and not self.is_changing

    @property
    def is_changing(self) -> bool:
        """Whether a run is being renamed or deleted: one at a time."""
        return self._changes.is_busy

    def folder(self) -> Path:
        """The folder of the runs; it need not exist yet."""
        return self._place()

    @Slot()
    def look_again(self) -> None:
        """Searches again: to be called when a run is new or has changed."""
        if self._tasks.is_busy:
            self._looks_again = True  # what changes now may have been missed
            return
        place, known = self._place(), self._runs

        def look(_job: Job) -> tuple[RunFolder, ...]:
            return tuple(run_folders(place, known))

        self._tasks.ask(look)

    def rename(self, folder: Path, name: str) -> None:
        """Gives a run another name; nothing while another change is in progress."""

        def work(_job: Job) -> _Change:
            return _Change(folder, rename_run(folder, name))

        self._change(work)

    def throw_away(self, folder: Path) -> None:
        """Moves a run to the desktop's trash; nothing while another change is in progress."""

        def work(_job: Job) -> _Change:
            return _Change(folder, None if throw_run_away(folder, move_to_trash) else folder)

        self._change(work)

    def delete(self, folder: Path) -> None:
        """Removes a run for good; nothing while another change is in progress."""

        def work(_job: Job) -> _Change:
            delete_run(folder)
            return _Change(folder, None)

        self._change(work)

    def close_down(self) -> None:
        """Ends the threads, and waits for that."""
        self._looks_again = False
        self._tasks.close_down()
        self._changes.close_down()

    def _change(self, work: "Callable[[Job], _Change]") -> None:
        if not self._changes.is_busy:
            self._changes.ask(work)

    @Slot(object)
    def _take(self, found: tuple[RunFolder, ...]) -> None:
        if found != self._runs:
            self._runs = found
            self.changed.emit()
        self._end_look()

    @Slot(str)
    def _fail(self, _sentence: str) -> None:
        """An unexpected error, which is logged; the runs stay as they were."""
        self._end_look()

    def _end_look(self) -> None:
        again, self._looks_again = self._looks_again, False
        if again:
            self.look_again()
        else:
            self.looked.emit()

    @Slot(object)
    def _take_change(self, change: "_Change") -> None:
        before, now = change.before, change.now
        self._tasks.cancel()  # a look in progress may have seen what was there before
        if before == now:
            self.not_trashed.emit(before)
        elif now is None:
            self._runs = tuple(run for run in self._runs if run.folder != before)
            self.removed.emit(before)
            self.changed.emit()
        else:
            self._runs = tuple(_renamed(run, before, now) for run in self._runs)
            self.renamed.emit(before, now)
            self.changed.emit()
        self.look_again()

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self.refused.emit(sentence)
        self.look_again()  # it may have gone, or be in training


@dataclass(frozen=True)
class _Change:
    """A run's folder before and after; None where it has gone."""

    before: Path
    now: Path | None


def _renamed(run: RunFolder, before: Path, now: Path) -> RunFolder:
    if run.folder != before:
        return run
    weights = None if run.weights is None else moved(run.weights, before, now)
    return replace(run, folder=now, weights=weights)
