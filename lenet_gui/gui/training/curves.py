"""The curves of one run, gathered from its events or read from its log. No Qt."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lenet_gui.foreign import printable
from lenet_gui.gui.training.thinned import ThinnedLine
from lenet_gui.net.architecture import Loss
from lenet_gui.training.events import EpochEnded, Event, Score, Started, StepStatistics
from lenet_gui.training.journal import History
from lenet_gui.training.recipe import Recipe

Floats = NDArray[np.float64]


class Line(StrEnum):
    """On which digits it was measured: at each step, or on a whole set at the end of an epoch."""

    STEP = "each step"
    TRAIN = "training"
    TEST = "test"
    VALIDATION = "validation"


class Quantity(StrEnum):
    """What a plot shows; accuracy and error in per cent."""

    LOSS = "loss"
    ACCURACY = "accuracy"
    ERROR = "error"


@dataclass(frozen=True)
class Curve:
    """One line of a plot: x in epochs, steps as counted from the first epoch."""

    line: Line
    quantity: Quantity
    x: Floats
    steps: Floats
    y: Floats


class RunCurves:
    """Everything that the plots and the confusion matrix show of a run."""

    def __init__(self, recipe: Recipe, name: str, steps_per_epoch: int) -> None:
        self.recipe = recipe
        self.name = printable(name)
        self.steps_per_epoch = max(1, steps_per_epoch)
        self.epochs: list[EpochEnded] = []
        self._losses = ThinnedLine()  # step, loss: of every step
        self._accuracies = ThinnedLine()  # step, accuracy 0..1: means between two publications

    @classmethod
    def of_start(cls, event: Started, name: str) -> "RunCurves":
        """The curves of a run that begins, or goes on after the epochs of its history."""
        curves = cls(event.recipe, name, event.steps_per_epoch)
        curves.epochs.extend(event.history)
        return curves

    @classmethod
    def of_history(cls, history: History, name: str) -> "RunCurves":
        """The curves of an earlier run as its log tells; of its steps the log keeps means."""
        curves = cls(history.recipe or Recipe(), name, history.steps_per_epoch or 1)
        curves.epochs.extend(history.epochs)
        points = history.steps
        steps = np.array([point.step for point in points], dtype=np.float64)
        curves._losses.add(np.stack((steps, np.array([point.loss for point in points]))))
        curves._accuracies.add(np.stack((steps, np.array([point.accuracy for point in points]))))
        return curves

    def add(self, event: Event) -> None:
        """Takes in what an event tells; events that tell no figures are passed over."""
        if isinstance(event, StepStatistics):
            steps = np.arange(event.first_step, event.step + 1, dtype=np.float64)
            self._losses.add(np.stack((steps, np.array(event.losses))))
            self._accuracies.add(np.array([[event.step], [event.accuracy]], dtype=np.float64))
        elif isinstance(event, EpochEnded):
            self.epochs.append(event)

    def curve(self, quantity: Quantity, line: Line) -> Curve:
        """One line, a long one thinned; empty if nothing of its kind was measured."""
        if line is Line.STEP:
            rows = self._losses if quantity is Quantity.LOSS else self._accuracies
            steps, y = rows.points
        else:
            scores = [(epoch.step, _score(epoch, line)) for epoch in self.epochs]
            found = [(step, score) for step, score in scores if score is not None]
            steps = np.array([step for step, _ in found], dtype=np.float64)
            y = np.array(
                [s.loss if quantity is Quantity.LOSS else s.accuracy for _, s in found],
                dtype=np.float64,
            )
        if quantity is Quantity.ACCURACY:
            y = 100 * y
        elif quantity is Quantity.ERROR:
            y = 100 * (1 - y)
        return Curve(line, quantity, steps / self.steps_per_epoch, steps, y)

    @property
    def floor(self) -> float | None:
        """The floor of Eq. 9, log(1 + e^-j) at temperature 1; None where the loss tends to 0."""
        if self.recipe.loss is not Loss.MAP:
            return None
        return float(np.log1p(np.exp(-self.recipe.j / self.recipe.temperature)))


def _score(epoch: EpochEnded, line: Line) -> Score | None:
    if line is Line.VALIDATION:
        return epoch.validation
    return epoch.train if line is Line.TRAIN else epoch.test
