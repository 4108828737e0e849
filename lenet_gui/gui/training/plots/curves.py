"""The curves of one run, gathered from its events or read from its log. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from lenet_gui.gui.training.plots.step_line import StepLine, Stretches
from lenet_gui.net.architecture import Loss
from lenet_gui.printable import printable
from lenet_gui.text.figures import PERCENT_DECIMALS
from lenet_gui.training.events import (
    Adjustment,
    EpochEnded,
    Event,
    RateChanged,
    Score,
    Started,
    StepStatistics,
)
from lenet_gui.training.journal import RESUMED, History, StepPoint
from lenet_gui.training.recipe import Recipe

Floats = NDArray[np.float64]


_LEAST_DIGITS = 100
"""The accuracy of updates is shown of at least this many digits."""


class Line(StrEnum):
    """On which digits it was measured: those of the updates, or a set at the end of an epoch."""

    STEP = "updates"
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
    """One line of a plot: x in epochs, updates counted from the first epoch.

    Where steps are drawn together `y` is their mean, over digits, and between `low` and `high` lie
    the middle 80 % of them; elsewhere both are `y`. A few very high ones may lead the mean out of
    the band. What each point stands for is `measured`, whose values are losses and shares; an
    update has `batch_size` digits, the last of an epoch often fewer.
    """

    line: Line
    quantity: Quantity
    x: Floats
    y: Floats
    low: Floats
    high: Floats
    measured: Stretches
    batch_size: int

    @property
    def last(self) -> Floats:
        """The step up to which, or after which, each point was measured."""
        return self.measured.last

    @property
    def updates(self) -> Floats:
        """For how many updates each point stands: 0 where it was measured at an epoch's end."""
        return self.measured.updates

    def without_band(self) -> "Curve":
        """The line alone."""
        return replace(self, low=self.y, high=self.y)

    @property
    def has_band(self) -> bool:
        """Whether steps are drawn together that differ."""
        return bool(np.any(self.low != self.high))


@dataclass(frozen=True)
class Mark:
    """Something that was changed while a run ran: where, in epochs, in words and in fewer words."""

    at: float
    words: str
    brief: str


@dataclass(frozen=True)
class Change:
    """The same as a figure: the new rate, the number of epochs with it, or the epochs done.

    One at which a run was resumed changes nothing, and is marked as well.
    """

    mark: Mark
    value: float


class RunCurves:
    """Everything that the plots and the confusion matrix show for a run."""

    def __init__(
        self,
        recipe: Recipe,
        name: str,
        steps_per_epoch: int,
        patterns_per_epoch: float | None = None,
    ) -> None:
        """`patterns_per_epoch`: the digits of an epoch's updates; None: all updates are alike."""
        self.recipe = recipe
        self.name = printable(name)
        self.steps_per_epoch = max(1, steps_per_epoch)
        self._missing = _missing_digits(recipe, self.steps_per_epoch, patterns_per_epoch)
        self.epochs: list[EpochEnded] = []
        self.adjustments: list[Adjustment] = []
        self.resumed: list[int] = []  # after these epochs
        self._losses = StepLine()  # step, loss: of every step
        self._accuracies = StepLine()  # step, accuracy 0..1: means of neighbouring steps
        self._gathered = (0, 0.0, 0.0)  # since the last of these: steps, digits, and those right

    @classmethod
    def of_start(
        cls,
        event: Started,
        name: str,
        past: History | None = None,
        before: "RunCurves | None" = None,
    ) -> "RunCurves":
        """The curves of a run that starts, or continues after the epochs of its history.

        `past`: what its log tells of the steps before, of which the log keeps means. `before`: its
        curves until then, where they are known, with all updates.
        """
        curves = cls(event.recipe, name, event.steps_per_epoch, event.patterns_per_epoch)
        curves.epochs.extend(event.history)
        curves.adjustments.extend(event.adjustments)
        done = event.resumed_from_epoch or 0
        if before is not None:
            curves._take_up(before)
        if past is not None:
            curves._add_points([point for point in past.steps if point.epoch <= done])
            curves.resumed.extend(after for after in past.resumed if after < done)
        if done and (past is None or past.outcome != "finished"):
            curves.resumed.append(done)
        return curves

    @classmethod
    def of_history(cls, history: History, name: str) -> "RunCurves":
        """The curves of an earlier run from its log, which keeps means of its updates."""
        recipe, steps = history.recipe or Recipe(), history.steps_per_epoch or 1
        ends = [point for point in history.steps if point.step and not point.step % steps]
        patterns = ends[-1].digits_seen / (ends[-1].step / steps) if ends else None
        curves = cls(recipe, name, steps, patterns)
        curves.epochs.extend(history.epochs)
        curves.adjustments.extend(history.adjustments)
        curves.resumed.extend(history.resumed)
        curves._add_points(history.steps)
        return curves

    def add(self, event: Event) -> None:
        """Adds the figures of an event; events without figures are skipped."""
        if isinstance(event, StepStatistics):
            steps = np.arange(event.first_step, event.step + 1, dtype=np.float64)
            updates = np.ones(len(steps))
            digits = self._digits_of(steps, updates)
            self._losses.add(np.stack((steps, np.array(event.losses))), updates, digits)
            self._add_accuracy(event, float(digits.sum()))
        elif isinstance(event, EpochEnded):
            self.epochs.append(event)
        elif isinstance(event, Adjustment):
            self.adjustments.append(event)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What was changed while it ran, and where it was resumed, in their order."""
        made = [Change(self._mark_of(one), _figure_of(one)) for one in self.adjustments]
        resumed = [Change(Mark(float(one), RESUMED, RESUMED), float(one)) for one in self.resumed]
        return tuple(sorted([*resumed, *made], key=lambda change: change.mark.at))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The places of the changes: what was changed at one place has one mark."""
        found: dict[float, list[Mark]] = {}
        for change in self.changes:
            found.setdefault(change.mark.at, []).append(change.mark)
        return tuple(
            Mark(at, ", ".join(m.words for m in there), ", ".join(m.brief for m in there))
            for at, there in found.items()
        )

    def _mark_of(self, made: Adjustment) -> Mark:
        at = made.epoch - 1 + (made.batch - 1) / self.steps_per_epoch
        return Mark(at, made.mark, made.brief)

    def steps_up_to(self, epoch: int) -> tuple[StepLine, StepLine]:
        """The losses and the accuracies of the updates up to the end of an epoch."""
        end = float(epoch * self.steps_per_epoch)
        return self._losses.up_to(end), self._accuracies.up_to(end)

    def _take_up(self, before: "RunCurves") -> None:
        """The updates of the epochs that are those of other curves as well."""
        pairs = zip(before.epochs, self.epochs, strict=False)
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
        self._losses, self._accuracies = before.steps_up_to(shared)

    def _add_points(self, points: Sequence[StepPoint]) -> None:
        """What a log tells of the steps after those that are known.

        Each of its points stands for the updates since the one before, or since its epoch began.
        """
        steps = np.array([point.step for point in points], dtype=np.float64)
        begins = np.array([(point.epoch - 1) * self.steps_per_epoch for point in points])
        for line, values in (
            (self._losses, [point.loss for point in points]),
            (self._accuracies, [point.accuracy for point in points]),
        ):
            known = line.last
            before = np.maximum(np.concatenate(([known], steps))[:-1], np.maximum(begins, known))
            later = steps > known
            updates = np.maximum(steps - before, 1)[later]
            digits = self._digits_of(steps[later], updates)
            line.add(np.stack((steps, np.array(values)))[:, later], updates, digits)

    def _digits_of(self, last: Floats, updates: Floats) -> Floats:
        """How many digits so many updates had, up to these steps; 1 at the least."""
        ends = last // self.steps_per_epoch - (last - updates) // self.steps_per_epoch
        return np.maximum(updates * self.recipe.batch_size - ends * self._missing, 1)

    def curve(self, quantity: Quantity, line: Line, epochs_a_pixel: float = 0) -> Curve:
        """One line; empty if nothing of its kind was measured.

        Of steps that lie closer than `epochs_a_pixel` it has the mean and the band, in columns of
        a few pixels; without one it is as fine as what is kept.
        """
        if line is Line.STEP:
            steps = self._steps_of(quantity)
            width = steps.column_width(epochs_a_pixel * self.steps_per_epoch)
            return self._curve(quantity, line, steps.columns(width))
        scores = [(epoch.step, _score(epoch, line)) for epoch in self.epochs]
        there = [(step, score) for step, score in scores if score is not None]
        at, digits = (
            np.array(each, np.float64)
            for each in ([step for step, _ in there], [score.digits for _, score in there])
        )
        y = np.array(
            [s.loss if quantity is Quantity.LOSS else s.accuracy for _, s in there],
            dtype=np.float64,
        )
        found = Stretches.of_single(at, y, np.zeros(len(at)), digits)
        return self._curve(quantity, line, found)

    def extremes(self, quantity: Quantity) -> tuple[Curve, Curve] | None:
        """Of steps that are no longer kept one by one: the lowest and the highest; else None."""
        kept = self._steps_of(quantity).stretches
        if not np.any(kept.counts > 1):
            return None
        both = [
            self._curve(
                quantity,
                Line.STEP,
                replace(kept, mean=values, low=values, high=values),
            )
            for values in (kept.lowest, kept.highest)
        ]
        return (both[1], both[0]) if quantity is Quantity.ERROR else (both[0], both[1])

    def _add_accuracy(self, event: StepStatistics, of_digits: float) -> None:
        """Shares of so few digits that they would jump between 0 and 1 are gathered first."""
        steps, digits, right = self._gathered
        steps, digits = steps + len(event.losses), digits + of_digits
        right += of_digits * event.accuracy
        if digits < _LEAST_DIGITS:
            self._gathered = (steps, digits, right)
            return
        place = np.array([[event.step], [right / digits]], dtype=np.float64)
        self._accuracies.add(place, np.array([float(steps)]), np.array([digits]))
        self._gathered = (0, 0.0, 0.0)

    def _steps_of(self, quantity: Quantity) -> StepLine:
        return self._losses if quantity is Quantity.LOSS else self._accuracies

    def _curve(self, quantity: Quantity, line: Line, found: Stretches) -> Curve:
        """A curve of losses or accuracies 0..1."""
        y, low, high = (_in_unit(quantity, each) for each in (found.mean, found.low, found.high))
        if quantity is Quantity.ERROR:
            low, high = high, low
        x = _middles(found) / self.steps_per_epoch
        return Curve(line, quantity, x, y, low, high, found, self.recipe.batch_size)

    @property
    def floor(self) -> float | None:
        """The floor of Eq. 9, log(1 + e^-j) at temperature 1; None if the loss tends to 0."""
        if self.recipe.loss is not Loss.MAP:
            return None
        return float(np.log1p(np.exp(-self.recipe.j / self.recipe.temperature)))


def _in_unit(quantity: Quantity, values: Floats) -> Floats:
    """Losses as they are; of accuracies 0..1 the accuracy or the error in per cent."""
    if quantity is Quantity.LOSS:
        return values
    shares = values if quantity is Quantity.ACCURACY else 1 - values
    return np.round(100 * shares, PERCENT_DECIMALS)


def _missing_digits(recipe: Recipe, steps: int, patterns: float | None) -> float:
    """How many fewer digits than the others the last update of an epoch has."""
    missing = 0.0 if patterns is None else steps * recipe.batch_size - patterns
    return missing if 0 < missing < recipe.batch_size else 0.0


def _figure_of(made: Adjustment) -> float:
    return made.rate if isinstance(made, RateChanged) else float(made.epochs)


def _middles(columns: Stretches) -> Floats:
    """Where the means stand; the first and the last at the ends of what was measured."""
    x = (columns.first + columns.last) / 2
    if len(x) > 1:
        x[0], x[-1] = columns.first[0], columns.last[-1]
    return x


def _score(epoch: EpochEnded, line: Line) -> Score | None:
    if line is Line.VALIDATION:
        return epoch.validation
    return epoch.train if line is Line.TRAIN else epoch.test
