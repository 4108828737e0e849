"""How fast training runs go on this machine, and how long another one will take. No torch."""

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, Final

from lenet_gui.data.source import BUILTIN_TEST, BUILTIN_TRAINING
from lenet_gui.data.words import MNIST_TRAINING
from lenet_gui.errors import UserError
from lenet_gui.training import records
from lenet_gui.training.events import EVALUATED_TRAINING_DIGITS
from lenet_gui.training.journal import last_records
from lenet_gui.training.recipe import BUILTIN, FIELDS, Recipe
from lenet_gui.training.run import Run

MNIST_TEST: Final = 10_000

_WRITTEN: Final = 20
"""The digits that are written to measure how long that takes."""

_SOURCE: Final = {"data", "transpose", "training_digits", "validation_share"}
_DIGITS: Final = _SOURCE | {"added_digits", "rubbish"}
_STEPS: Final = {"learning_rate", "schedule", "warm_up", "momentum", "weight_decay", "order"}
_START: Final = {"name", "seed", "epochs", "j", "temperature", "initial_weights"}
_WITHOUT_INFLUENCE: Final = _STEPS | _START
"""The fields of a recipe that do not change how long an update takes, besides `_DIGITS`."""

_WITHOUT_MEANING: Final = {"name", "device"}
"""The fields that do not change how well a network learns."""


@dataclass(frozen=True)
class Pace:
    """Seconds that it takes to learn from one digit, and to evaluate one."""

    learning: float
    evaluating: float = 0.0

    def seconds(self, recipe: Recipe) -> float:
        """How long a training run takes, its digits read or written before."""
        return recipe.epochs * (
            self.learning * digits_per_epoch(recipe)
            + self.evaluating * _evaluated_per_epoch(recipe)
        )


@dataclass(frozen=True)
class Expectation:
    """Seconds and test error (0..1) of a training run; None for what is not known."""

    seconds: float | None = None
    test_error: float | None = None
    is_tried: bool = False  # the seconds are from a trial, not from an earlier run
    writing: float = 0.0  # of the seconds, those before the first epoch, for writing its digits
    is_of_mnist: bool = True  # or of built-in digits; the test error is not of another data set's

    def after_writing(self, seconds: float) -> "Expectation":
        """The same where the program has to write the digits first, which takes so long."""
        if self.seconds is None or not seconds:
            return self
        return replace(self, seconds=self.seconds + seconds, writing=seconds)


@dataclass(frozen=True)
class EarlierRun:
    """What a run on this machine shows about others like it."""

    recipe: Recipe
    seconds: float  # of an epoch, the median of the last ones
    digits: int  # that an epoch went through
    test_error: float | None = None  # 0..1, at its end; None if it did not get there


def earlier_runs(folders: Iterable[Path]) -> list[EarlierRun]:
    """What runs show, in their order; unusable ones are left out."""
    found = []
    for folder in folders:
        with suppress(UserError, OSError, ValueError, KeyError, TypeError):
            found.append(_earlier_run(Run.open(folder)))
    return found


def seconds_among(runs: Iterable[EarlierRun], recipe: Recipe) -> float | None:
    """How long the recipe will take, by the first run of the same speed; None without one."""
    for run in runs:
        if _are_alike(run.recipe, recipe, _WITHOUT_INFLUENCE | _DIGITS):
            same = _are_alike(run.recipe, recipe, _WITHOUT_INFLUENCE)
            digits = run.digits if same else digits_per_epoch(recipe)
            return recipe.epochs * run.seconds * digits / run.digits
    return None


def error_among(runs: Iterable[EarlierRun], recipe: Recipe) -> float | None:
    """The test error, 0..1, of the first run that did exactly this; None without one."""
    same = (
        run.test_error
        for run in runs
        if run.test_error is not None and _are_alike(run.recipe, recipe, _WITHOUT_MEANING)
    )
    return next(same, None)


def digits_per_epoch(recipe: Recipe) -> int:
    """How many digits an epoch of the recipe goes through, non-digit pictures included."""
    if recipe.data == BUILTIN:
        found = recipe.training_digits or BUILTIN_TRAINING
    else:
        found = min(recipe.training_digits or MNIST_TRAINING, MNIST_TRAINING)
    held_out = round(recipe.validation_share * found)
    return max(1, found - held_out) + recipe.added_digits + recipe.rubbish


def digits_to_write(recipe: Recipe) -> int:
    """How many pictures the program writes for a recipe: built-in digits, added ones, rubbish."""
    written = recipe.added_digits + recipe.rubbish
    if recipe.data == BUILTIN:
        training = recipe.training_digits or BUILTIN_TRAINING
        written += training + min(training, BUILTIN_TEST)
    return written


def seconds_to_write() -> float:
    """How long it takes here to write a digit: the median of a few."""
    from lenet_gui.data.builtin import builtin_digits

    times = [time.perf_counter()]

    def told(_made: int, _wanted: int) -> None:
        times.append(time.perf_counter())

    for number in range(_WRITTEN):
        builtin_digits(1, 0, number, told)
    return median(after - before for before, after in pairwise(times))


def _evaluated_per_epoch(recipe: Recipe) -> int:
    digits = digits_per_epoch(recipe)
    test = min(digits, BUILTIN_TEST) if recipe.data == BUILTIN else MNIST_TEST
    return min(digits, EVALUATED_TRAINING_DIGITS) + test


def _are_alike(one: Recipe, other: Recipe, whatever: set[str]) -> bool:
    names = [name for name in FIELDS if name not in whatever]
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _earlier_run(run: Run) -> EarlierRun:
    """Raises ValueError if its log has no complete epoch."""
    kept = last_records(run.files.log) if run.files.log is not None else []
    epochs = [record for record in kept if record["event"] == "epoch"]
    if not epochs:
        raise ValueError("no epoch")
    seconds = median(records.real(epoch["seconds"], 0) for epoch in epochs)
    last = epochs[-1]
    steps = records.whole(last["step"], 1) / records.whole(last["epoch"], 1)
    digits = max(1, round(steps * run.recipe.batch_size))
    return EarlierRun(run.recipe, seconds, digits, _error_at_end(kept))


def _error_at_end(kept: Sequence[dict[str, Any]]) -> float | None:
    if kept[-1]["event"] != "finished" or kept[-1].get("changes"):
        return None  # not at its end, or not only by this recipe
    test = records.score_from_record(kept[-1]["test"])
    return test.error
