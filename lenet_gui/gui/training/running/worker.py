"""Does the long work in a separate thread: loads and downloads digits, and trains."""

import logging
import threading
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.data.download import DownloadProgress
from lenet_gui.data.mnist import MnistNotFound
from lenet_gui.errors import UserError
from lenet_gui.files import is_there
from lenet_gui.gui.core.tasks import fault_text
from lenet_gui.gui.library.digit_source import DigitSource, LoadingStopped
from lenet_gui.training.control import Control
from lenet_gui.training.ending import RunFiles
from lenet_gui.training.events import Failed
from lenet_gui.training.lock import check_free
from lenet_gui.training.recipe import Recipe

if TYPE_CHECKING:
    from lenet_gui.training.journal import History
    from lenet_gui.training.run import Run

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TrainJob:
    """A training run to do. The recipe is the one at the start; later changes do not reach it.

    `runs` is where a new run gets its folder, `resume` the folder of a run to continue: with its
    own recipe, or one that differs in what may change, such as the learning rate.
    """

    recipe: Recipe
    control: Control
    runs: Path
    threads: int
    resume: Path | None = None


@dataclass(frozen=True)
class TrialJob:
    """A recipe to try for a second, to measure its speed; the control ends it."""

    recipe: Recipe
    control: Control
    threads: int


@dataclass(frozen=True)
class DownloadJob:
    """MNIST to download into a folder; the event cancels."""

    folder: Path
    cancelled: threading.Event


@dataclass(frozen=True)
class LoadingProgress:
    """How many digits there are so far; `wanted` is 0 while that is not known."""

    done: int
    wanted: int


class TrainingWorker(QObject):
    """Lives in the thread of a `TrainingController` and does one job after another.

    Signals:
        run_named(object, object): the folder of the run that is about to begin, and the History of
            one that goes on, None of a new one.
        loading(object): LoadingProgress.
        event_happened(object): an event of the training (see `training.events`).
        mnist_missing(str): the digits are missing; nothing was started.
        download_progressed(object): DownloadProgress.
        download_ended(str): what went wrong, or nothing if all files are there.
        fault_found(str): the traceback of an unexpected error.
        tried(object, object): the recipe of a trial, and its Pace or None; no other signal tells of
            a trial, and none of one that was stopped.
        job_ended(): the last signal of each other job.
    """

    run_named = Signal(object, object)
    loading = Signal(object)
    event_happened = Signal(object)
    mnist_missing = Signal(str)
    download_progressed = Signal(object)
    download_ended = Signal(str)
    fault_found = Signal(str)
    tried = Signal(object, object)
    job_ended = Signal()

    def __init__(self, source: DigitSource) -> None:
        super().__init__()
        self._source = source
        self._checkpoint: Path | None = None  # of the training in progress

    @Slot(object)
    def train(self, job: TrainJob) -> None:
        """Trains to the end, in this object's thread."""
        try:
            self._train(job)
        except MnistNotFound as error:
            self.mnist_missing.emit(error.on_screen)
        except LoadingStopped:
            pass
        except UserError as error:
            self.event_happened.emit(Failed(error.on_screen, 0, None))
        except Exception as error:  # noqa: BLE001 - told to the window, whatever it is
            _log.exception("The training failed")
            kept = self._checkpoint if self._checkpoint and is_there(self._checkpoint) else None
            self.event_happened.emit(Failed(_sentence("The training", error), 0, kept))
            self.fault_found.emit(traceback.format_exc())
        finally:
            self.job_ended.emit()

    @Slot(object)
    def try_out(self, job: TrialJob) -> None:
        """Measures how fast a recipe trains, in this object's thread."""
        if job.control.stopping:
            return
        from lenet_gui.training.trial import tried_pace

        pace = None
        try:
            pace = tried_pace(job.recipe, job.control, job.threads)
        except UserError:  # reported when the training itself starts
            pass
        except Exception:  # noqa: BLE001 - the training itself would tell of it
            _log.exception("A trial failed")
        if not job.control.stopping:
            self.tried.emit(job.recipe, pace)

    @Slot(object)
    def download(self, job: DownloadJob) -> None:
        """Downloads to the end, in this object's thread."""
        try:
            self._source.download(job.folder, self._tell_download, job.cancelled.is_set)
            self.download_ended.emit("")
        except UserError as error:  # cancelled, too
            self.download_ended.emit(error.on_screen)
        except Exception as error:  # noqa: BLE001 - told to the window, whatever it is
            _log.exception("The download failed")
            self.download_ended.emit(_sentence("The download", error))
            self.fault_found.emit(traceback.format_exc())
        finally:
            self.job_ended.emit()

    def _train(self, job: TrainJob) -> None:
        self._checkpoint = None
        self.loading.emit(LoadingProgress(0, 0))
        if job.resume:
            check_free(*RunFiles.in_folder(job.resume).written_whole)
        # torch comes with this import, behind the window and not before it.
        from lenet_gui.training.run import Run

        digits = self._source.load(job.recipe, job.control, self._tell_loading)
        if job.control.stopping:
            return
        run = Run(job.resume, job.recipe) if job.resume else Run.create(job.runs, job.recipe)
        self._checkpoint = run.files.checkpoint
        self.run_named.emit(run.folder, _past(run) if job.resume else None)
        begun = False
        try:
            for event in run.train(
                digits, job.control, resume=job.resume is not None, threads=job.threads
            ):
                begun = True
                self.event_happened.emit(event)
        finally:
            if not begun and job.resume is None:
                run.delete()  # it holds nothing but the recipe

    def _tell_loading(self, done: int, wanted: int) -> None:
        self.loading.emit(LoadingProgress(done, wanted))

    def _tell_download(self, progress: DownloadProgress) -> None:
        self.download_progressed.emit(progress)


def _past(run: "Run") -> "History | None":
    """What its log tells; None where it cannot be read, which a training run need not."""
    try:
        return run.history()
    except UserError:
        return None


def _sentence(what: str, error: Exception) -> str:
    return f"{what} was ended by {fault_text(error)}."
