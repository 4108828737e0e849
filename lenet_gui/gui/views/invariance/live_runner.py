"""Disturbs the drawing as the dials are set and has it read, outside the window's thread."""

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.data.drawing import Drawing
from lenet_gui.explore.disturbance import Disturbance, Floats
from lenet_gui.explore.movable_ink import MovableInk
from lenet_gui.explore.sweep import Answers
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.views.invariance.question import Question

_CAUSE = "disturbed input"


@dataclass(frozen=True, eq=False)
class Live:
    """The answer to a question: the disturbed input [32, 32], and what each network makes of it.

    `answers`: of A, and of B where there is one, two each: to the undisturbed input, and to the
    disturbed one.
    """

    question: Question
    ink: Floats = field(repr=False)
    answers: tuple[Answers, ...]

    @property
    def disturbance(self) -> Disturbance:
        """How the dials were set."""
        return self.question.disturbance


class LiveRunner(QObject):
    """Answers the newest question as soon as the one before is answered: none waits in between.

    `came(Live)`; what goes wrong is told to the notifier.
    """

    came = Signal(object)

    def __init__(self, notifier: Notifier, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notifier = notifier
        self._waiting: Question | None = None
        self._moved: tuple[Drawing, MovableInk] | None = None
        self._tasks = Tasks(self)
        self._tasks.done.connect(self._take)
        self._tasks.failed.connect(self._fail)

    @property
    def is_busy(self) -> bool:
        """Whether a question is still to be answered."""
        return self._tasks.is_busy

    def ask(self, question: Question) -> None:
        """Asks; `came` follows, unless a newer question or `forget` comes first."""
        if self._tasks.is_busy:
            self._waiting = question
        else:
            self._begin(question)

    def forget(self) -> None:
        """Nothing more is heard of what was asked."""
        self._waiting = None
        self._tasks.cancel()
        self._notifier.clear(_CAUSE)

    def close_down(self) -> None:
        """Ends the thread, and waits for that."""
        self._tasks.close_down()

    def _begin(self, question: Question) -> None:
        self._waiting = None
        settled = question.settled()

        def work(_job: Job) -> Live:
            if self._moved is None or self._moved[0] is not settled.drawing:
                self._moved = settled.drawing, MovableInk(settled.drawing, settled.steps)
            ink = self._moved[1].disturbed(settled.disturbance)
            both = np.stack((settled.steps.padded, ink))
            return Live(question, ink, tuple(each.read(both) for each in settled.readers()))

        self._tasks.ask(work)

    @Slot(object)
    def _take(self, live: Live) -> None:
        waiting = self._waiting
        if waiting is not None:
            self._begin(waiting)
        self._notifier.clear(_CAUSE)
        self.came.emit(live)

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._waiting = None
        self._notifier.fail(_CAUSE, sentence)
