"""Sweeps a dial beside the window's thread, and again whenever something has changed."""

from enum import Enum, auto

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from lenet_gui.explore.movable_ink import MovableInk
from lenet_gui.explore.sweep import Sweep
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.views.invariance.question import Question

PEN_RESTS_MS = 120
"""A drawing is swept when it has not changed for so long: the pen has all of the machine."""

TRAINING_EVERY_MS = 1000
"""A network in training is swept no more often: it needs the processor itself."""

TELL_EVERY = 10
"""Progress is reported each time this many inputs are read."""


class Change(Enum):
    """What has changed since the last question, which says how long the sweep waits."""

    DRAWING = auto()  # until the pen rests; a sweep of the drawing before is given up
    CHOICE = auto()  # not at all: what runs is of no use any more
    VALUE = auto()  # until the sweep that runs is done: it comes again and again while one drags
    WEIGHTS = auto()  # the same in a training run, with a pause; and it begins none after a cancel


_CAUSE = "sweep"


class SweepRunner(QObject):
    """`changed()` when there is another sweep, or none; `progressed(int, int)` how far it is.

    What goes wrong is told to the notifier, and then there is no sweep.
    """

    changed = Signal()
    progressed = Signal(int, int)

    def __init__(self, notifier: Notifier, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notifier = notifier
        self.sweep: Sweep | None = None
        self.question: Question | None = None
        self.was_cancelled = False
        self._next: Question | None = None
        self._running: Question | None = None
        self._change = Change.CHOICE
        self._since_last = QElapsedTimer()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._begin)
        self._tasks = Tasks(self)
        self._tasks.progressed.connect(self.progressed)
        self._tasks.done.connect(self._take)
        self._tasks.failed.connect(self._fail)

    @property
    def is_running(self) -> bool:
        """Whether a sweep is in progress."""
        return self._tasks.is_busy

    @property
    def is_waiting(self) -> bool:
        """Whether a sweep waits for the time at which it may begin."""
        return self._wait.isActive()

    @property
    def is_busy(self) -> bool:
        """Whether a sweep runs or is about to."""
        return self.is_running or self.is_waiting

    def follow(self, question: Question, change: Change) -> None:
        """Sweeps again, after a delay that depends on the kind of change."""
        if change is Change.WEIGHTS and self.was_cancelled:
            return
        self._next, self._change = question, change
        self.was_cancelled = False
        if change in (Change.DRAWING, Change.CHOICE):
            self._tasks.cancel()
        elif self._tasks.is_busy:
            return
        delay = self._delay()
        if change is Change.DRAWING or not 0 <= self._wait.remainingTime() <= delay:
            self._wait.start(delay)
        self.changed.emit()

    def _delay(self) -> int:
        """How long the next sweep waits, in milliseconds."""
        if self._change is Change.DRAWING:
            return PEN_RESTS_MS
        if self._change is Change.WEIGHTS and self._since_last.isValid():
            return max(0, TRAINING_EVERY_MS - self._since_last.elapsed())
        return 0

    def cancel(self) -> None:
        """Ends a sweep in progress: nothing of it is kept, nor of the one before."""
        if self.is_busy:
            self.forget()
            self.was_cancelled = True
            self.changed.emit()

    def forget(self) -> None:
        """Ends a sweep in progress and forgets the last one, without a word."""
        self._wait.stop()
        self._tasks.cancel()
        self._notifier.clear(_CAUSE)
        self.sweep = self.question = self._next = self._running = None
        self.was_cancelled = False

    def close_down(self) -> None:
        """Ends the thread, and waits for that."""
        self._wait.stop()
        self._tasks.close_down()

    @Slot()
    def _begin(self) -> None:
        question, self._next = self._next, None
        if question is None:
            return
        self._running = question
        self._notifier.clear(_CAUSE)
        self._since_last.start()
        settled = question.settled()

        def work(job: Job) -> Sweep:
            from lenet_gui.explore.sweep_reader import sweep  # torch is there, as a network is

            def progress(done: int, wanted: int) -> None:
                if done % TELL_EVERY:
                    job.check()
                else:
                    job.progress(done, wanted)

            ink = MovableInk(settled.drawing, settled.steps)
            return sweep(ink, settled.base, settled.dial, settled.readers(), progress)

        self._tasks.ask(work)

    @Slot(object)
    def _take(self, sweep: Sweep) -> None:
        self.sweep, self.question = sweep, self._running
        if self._next is not None:
            self._wait.start(self._delay())
        self.changed.emit()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self.forget()
        self.changed.emit()
        self._notifier.fail(_CAUSE, sentence)
