"""A trial of a recipe: about a second of its training, to measure its speed on this machine."""

from contextlib import closing

import numpy as np

from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.training.control import Control
from lenet_gui.training.events import EpochEnded, StepStatistics
from lenet_gui.training.pace import Pace
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.trainer import train

_DIGITS = 1024
_TEST_DIGITS = 256
_EPOCHS = 2
"""The first is for one-off work; the last is measured."""


def tried_pace(recipe: Recipe, control: Control, threads: int) -> Pace | None:
    """How fast the recipe trains, measured by training with it; None if the control says stop.

    The trained network is dropped. With non-digit pictures: how long it takes to learn from
    one does not depend on its content.

    Args:
        recipe: what to try.
        control: ends the trial.
        threads: of torch, as the training will have.

    Raises:
        UserError: as `train` does.
    """
    few = {"training_digits": None, "validation_share": 0, "added_digits": 0, "rubbish": 0}
    short = recipe.with_changes(**few, epochs=_EPOCHS, warm_up=0)
    rate = 0.0
    with closing(train(short, _pictures(), None, control, threads=threads)) as events:
        for event in events:
            if isinstance(event, StepStatistics) and event.epoch == _EPOCHS:
                rate = event.digits_per_second
            elif isinstance(event, EpochEnded) and event.epoch == _EPOCHS and rate:
                evaluation = max(0.0, event.seconds - _DIGITS / rate)
                return Pace(1 / rate, evaluation / (_DIGITS + _TEST_DIGITS))
    return None


def _pictures() -> DigitSets:
    """Random squares in place of digits."""
    chance = np.random.default_rng(0)

    def some(count: int, name: str) -> Digits:
        images = np.zeros((count, 28, 28), np.uint8)
        images[:, 8:20, 8:20] = chance.integers(0, 256, (count, 12, 12), np.uint8)
        return Digits(images, np.arange(count, dtype=np.uint8) % 10, name)

    return DigitSets(some(_DIGITS, "trial"), some(_TEST_DIGITS, "trial"))
