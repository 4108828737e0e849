"""At the start, a run that was interrupted is mentioned once, with one click to resume it."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.library.runs import RunLibrary
from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.printable import printable
from lenet_gui.training.events import Event, Failed, Started, Stopped
from lenet_gui.training.run_folders import RunFolder, RunState

RESUME, LET_IT_BE = "Resume", "Not now"
_ENDED = (RunState.INTERRUPTED, RunState.STOPPED, RunState.FAILED)


class InterruptedRun(QObject):
    """Asks through the notifier what is to become of it.

    Of several the last one is mentioned, and no older one in its place. A run that was stopped or
    failed before the user's eyes is not mentioned, nor one that was let be; one that is taken up
    and interrupted again is.
    """

    def __init__(
        self,
        runs: RunLibrary,
        training: TrainingPanel,
        notifier: Notifier,
        settings: Settings,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._runs, self._training = runs, training
        self._notifier, self._settings = notifier, settings
        self._has_looked = False
        self._offered: Path | None = None
        runs.looked.connect(self._mention)
        runs.renamed.connect(self._rename)
        runs.removed.connect(self._withdraw_if)
        training.running_changed.connect(self._withdraw)
        training.controller.event_happened.connect(self._hear)

    @Slot()
    def _mention(self) -> None:
        if self._has_looked:
            return
        self._has_looked = True
        interrupted, left = self._interrupted(), self._settings.remembered.runs_let_be
        if interrupted and interrupted[0].name not in left and not self._training.is_running:
            self._offer(interrupted[0])

    def _interrupted(self) -> list[RunFolder]:
        """The runs that wait to be resumed, the last one first."""
        return [run for run in self._runs.runs if run.resumable and run.state in _ENDED]

    def _offer(self, run: RunFolder) -> None:
        self._offered = run.folder
        self._notifier.offer(mention(run), {RESUME: self._resume, LET_IT_BE: self._let_be})

    def _resume(self) -> None:
        folder, self._offered = self._offered, None
        if folder is not None:
            self._training.set_folded(folded=False)
            self._training.resume_run(folder)

    def _let_be(self) -> None:
        """The older ones, too: they were known before."""
        self._offered = None
        self._remember(*(run.name for run in self._interrupted()))

    @Slot()
    def _withdraw(self) -> None:
        """A training run begins: this is not the moment."""
        if self._offered is not None:
            self._offered = None
            self._notifier.withdraw_offer()

    @Slot(object)
    def _withdraw_if(self, folder: Path) -> None:
        if self._offered == folder:
            self._withdraw()

    @Slot(object, object)
    def _rename(self, old: Path, new: Path) -> None:
        if printable(old.name) in self._settings.remembered.runs_let_be:
            self._remember(printable(new.name))
        renamed = [run for run in self._runs.runs if run.folder == new]
        if self._offered == old and renamed:
            self._offer(renamed[0])

    @Slot(object)
    def _hear(self, event: Event) -> None:
        folder = self._training.run_folder
        if folder is None:
            return
        name = printable(folder.name)
        if isinstance(event, Started):
            left = self._settings.remembered.runs_let_be
            self._settings.remember(runs_let_be=tuple(each for each in left if each != name))
        elif isinstance(event, Stopped | Failed):
            self._remember(name)

    def _remember(self, *names: str) -> None:
        """These are not mentioned any more; of runs that are gone nothing is kept."""
        there = {run.name for run in self._runs.runs}
        left = [each for each in self._settings.remembered.runs_let_be if each in there]
        self._settings.remember(runs_let_be=tuple(dict.fromkeys((*left, *names))))


def mention(run: RunFolder) -> str:
    """The sentence at the start."""
    of = "" if run.all_epochs is None else f" of {run.all_epochs}"
    return f"The training run {run.name} was interrupted after epoch {run.epochs}{of}."
