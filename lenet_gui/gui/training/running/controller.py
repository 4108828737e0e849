"""Owns the training thread: starts, pauses and stops jobs, and reports events to the window."""

import atexit
import sys
import threading
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal, Slot

from lenet_gui import paths
from lenet_gui.gui.core.threads import training_threads
from lenet_gui.gui.library.digit_source import DigitSource
from lenet_gui.gui.training.running.worker import (
    DownloadJob,
    LoadingProgress,
    TrainingWorker,
    TrainJob,
    TrialJob,
)
from lenet_gui.training.adjustments import Wish
from lenet_gui.training.control import Control
from lenet_gui.training.events import Event, Paused, Started
from lenet_gui.training.journal import History
from lenet_gui.training.pace import Pace
from lenet_gui.training.recipe import Recipe

CLOSE_WITHIN_MS = 2000
"""The longest that closing waits for the thread."""

SWITCH_INTERVAL_S = 0.001
"""During training, the window's thread waits at most about this long for its turn in Python."""


class Phase(StrEnum):
    """What the training thread does."""

    IDLE = "idle"
    LOADING = "loading digits"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"
    DOWNLOADING = "downloading MNIST"


class TrainingController(QObject):
    """One long-lived thread with one worker; every signal is emitted in the window's thread.

    Args:
        source: where the digits come from; only the worker's thread loads and downloads them.
        runs: returns the folder of the runs.
        parent: Qt's.
    """

    phase_changed = Signal(object)  # Phase
    run_named = Signal(object, object)  # Path, History | None: see TrainingWorker
    loading = Signal(object)  # LoadingProgress
    event_happened = Signal(object)  # training.events.Event
    mnist_missing = Signal(str)
    download_progressed = Signal(object)  # DownloadProgress
    download_ended = Signal(str)  # what went wrong, or nothing
    fault_found = Signal(str)  # the traceback of a fault of the program
    tried = Signal(object, object)  # Recipe, and its Pace or None: see `try_out`

    _try_wanted = Signal(object)
    _train_wanted = Signal(object)
    _download_wanted = Signal(object)

    def __init__(
        self,
        source: DigitSource | None = None,
        runs: Callable[[], Path] = paths.runs_folder,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runs = runs
        self._phase = Phase.IDLE
        self._control = Control()
        self._trial = Control()
        self._cancelled = threading.Event()
        self._follow = False
        self._slow_motion = self._pauses_at_epochs = False
        self._closed = False
        self._usual_switch_interval = sys.getswitchinterval()
        self._thread = QThread(self)
        self._thread.setObjectName("training")
        self._source = source or DigitSource()
        self._worker = TrainingWorker(self._source)
        self._worker.moveToThread(self._thread)
        # Only slots of objects in this thread: anything else would run in the worker's.
        self._try_wanted.connect(self._worker.try_out)
        self._train_wanted.connect(self._worker.train)
        self._download_wanted.connect(self._worker.download)
        self._worker.run_named.connect(self._hear_name)
        self._worker.loading.connect(self._hear_loading)
        self._worker.event_happened.connect(self._hear_event)
        self._worker.mnist_missing.connect(self._hear_missing)
        self._worker.download_progressed.connect(self._hear_download)
        self._worker.download_ended.connect(self._hear_download_end)
        self._worker.fault_found.connect(self._hear_fault)
        self._worker.tried.connect(self._hear_trial)
        self._worker.job_ended.connect(self._hear_job_end)

    @property
    def phase(self) -> Phase:
        """What the thread does, as far as the window knows."""
        return self._phase

    @property
    def runs(self) -> Path:
        """The folder that holds the runs."""
        return self._runs()

    def has_written(self, recipe: Recipe) -> bool:
        """Whether a training run need not wait for digits that the program writes."""
        return self._source.has_written(recipe)

    @property
    def follow(self) -> bool:
        """Whether step statistics carry copies of the weights."""
        return self._follow

    @follow.setter
    def follow(self, wanted: bool) -> None:
        self._follow = wanted
        self._control.follow = wanted

    @property
    def slow_motion(self) -> bool:
        """Whether training runs make one update a second."""
        return self._slow_motion

    @slow_motion.setter
    def slow_motion(self, wanted: bool) -> None:
        self._slow_motion = wanted
        self._control.slow_motion = wanted

    @property
    def pauses_at_epochs(self) -> bool:
        """Whether training runs pause at the end of each epoch but the last."""
        return self._pauses_at_epochs

    @pauses_at_epochs.setter
    def pauses_at_epochs(self, wanted: bool) -> None:
        self._pauses_at_epochs = wanted
        self._control.pauses_at_epochs = wanted

    def ask(self, wish: Wish) -> None:
        """Asks the training that runs for something, which takes effect before its next update."""
        self._control.ask(wish)

    def train(self, recipe: Recipe, resume: Path | None = None, *wishes: Wish) -> None:
        """Starts a training run, or continues the run in the folder `resume` (see `TrainJob`).

        It is asked for `wishes` from the beginning. Does nothing while another job is in progress.
        """
        if self._phase is not Phase.IDLE or self._closed:
            return
        self._control = Control()
        self._control.follow = self._follow
        self._control.slow_motion = self._slow_motion
        self._control.pauses_at_epochs = self._pauses_at_epochs
        for wish in wishes:
            self._control.ask(wish)
        self._usual_switch_interval = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        self._begin(Phase.LOADING)
        self._train_wanted.emit(
            TrainJob(recipe, self._control, self._runs(), training_threads(), resume)
        )

    def download(self) -> None:
        """Starts downloading MNIST into the program's own folder, unless a job is in progress."""
        if self._phase is not Phase.IDLE or self._closed:
            return
        self._cancelled = threading.Event()
        self._begin(Phase.DOWNLOADING)
        self._download_wanted.emit(DownloadJob(paths.mnist_folder(), self._cancelled))

    def try_out(self, recipe: Recipe) -> bool:
        """Measures for a second how fast a recipe trains; `tried` reports it. False during a job.

        The next job cancels a trial, which then reports nothing.
        """
        if self._phase is not Phase.IDLE or self._closed:
            return False
        self._trial.stop()
        self._trial = Control()
        self._start_thread()
        self._try_wanted.emit(TrialJob(recipe, self._trial, training_threads()))
        return True

    def pause(self) -> None:
        """Pauses the training after the current update."""
        if self._phase is Phase.RUNNING:
            self._control.pause()
            self._set_phase(Phase.PAUSED)

    def resume(self) -> None:
        """Ends a pause."""
        if self._phase is Phase.PAUSED:
            self._control.resume()
            self._set_phase(Phase.RUNNING)

    @Slot()
    def pause_or_resume(self) -> None:
        """Holds the training, or goes on with one that is held."""
        (self.resume if self._phase is Phase.PAUSED else self.pause)()

    def stop(self) -> None:
        """Requests the end of the training or the download; `phase_changed` follows."""
        if self._phase is Phase.IDLE:
            return
        self._control.stop()
        self._cancelled.set()
        self._set_phase(Phase.STOPPING)

    def close_down(self, within_ms: int = CLOSE_WITHIN_MS) -> bool:
        """Ends the thread; no signal comes afterwards. The newest checkpoint stays.

        Returns:
            Whether the thread has ended. If not (it is in the middle of reading files), it ends by
            itself soon; the process waits for that at its end.
        """
        self._closed = True
        self._control.stop()
        self._trial.stop()
        self._cancelled.set()
        self._worker.blockSignals(True)
        self._thread.quit()
        ended = self._thread.wait(within_ms)
        if not ended:
            # Qt aborts the process when a running thread is destroyed with its parent.
            self._thread.setParent(None)
            atexit.register(_outlive, self._thread, self._worker)
        if self._phase is not Phase.IDLE:
            sys.setswitchinterval(self._usual_switch_interval)
            self._phase = Phase.IDLE
        return ended

    def _begin(self, phase: Phase) -> None:
        self._trial.stop()
        self._start_thread()
        self._set_phase(phase)

    def _start_thread(self) -> None:
        if not self._thread.isRunning():
            self._thread.start()

    def _set_phase(self, phase: Phase) -> None:
        if phase is not self._phase:
            self._phase = phase
            self.phase_changed.emit(phase)

    @Slot(object, object)
    def _hear_name(self, folder: Path, past: History | None) -> None:
        if not self._closed:
            self.run_named.emit(folder, past)

    @Slot(object)
    def _hear_loading(self, progress: LoadingProgress) -> None:
        if not self._closed:
            self.loading.emit(progress)

    @Slot(object)
    def _hear_event(self, event: Event) -> None:
        if self._closed:
            return
        if isinstance(event, Started) and self._phase is Phase.LOADING:
            self._set_phase(Phase.RUNNING)
        elif isinstance(event, Paused) and self._control.paused and self._phase is Phase.RUNNING:
            self._set_phase(Phase.PAUSED)
        self.event_happened.emit(event)

    @Slot(str)
    def _hear_missing(self, sentence: str) -> None:
        if not self._closed:
            self.mnist_missing.emit(sentence)

    @Slot(object)
    def _hear_download(self, progress: object) -> None:
        if not self._closed:
            self.download_progressed.emit(progress)

    @Slot(str)
    def _hear_download_end(self, trouble: str) -> None:
        if not self._closed:
            self.download_ended.emit(trouble)

    @Slot(str)
    def _hear_fault(self, details: str) -> None:
        if not self._closed:
            self.fault_found.emit(details)

    @Slot(object, object)
    def _hear_trial(self, recipe: Recipe, pace: Pace | None) -> None:
        if not self._closed:
            self.tried.emit(recipe, pace)

    @Slot()
    def _hear_job_end(self) -> None:
        if self._closed:
            return
        sys.setswitchinterval(self._usual_switch_interval)
        self._set_phase(Phase.IDLE)


def _outlive(thread: QThread, worker: TrainingWorker) -> None:
    """Keeps both until the thread has ended."""
    thread.wait()
    del worker
