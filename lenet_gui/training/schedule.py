"""The learning rate of each step."""

import math
from typing import Final

from lenet_gui.training.recipe import Recipe, Schedule

PAPER_ETA: Final = (
    *[0.0005] * 2, *[0.0002] * 3, *[0.0001] * 3, *[0.00005] * 4, 0.00001,
)  # fmt: skip
"""eta of the paper's passes (III-B); the last stays for all further ones."""


def learning_rate(recipe: Recipe, step: int, steps_per_epoch: int) -> float:
    """The rate of one update.

    It rises linearly over the warm-up, then stays (constant) or falls along half a
    cosine that would reach 0 one step after the last (cosine), or takes the paper's steps, scaled
    so that the first passes have the recipe's rate (paper). Epochs beyond the recipe's have the
    rates of its last one again.

    Args:
        recipe: rate, schedule, warm-up and epochs.
        step: the update, from 0.
        steps_per_epoch: updates in an epoch, at least 1.
    """
    last = (recipe.epochs - 1) * steps_per_epoch
    if step >= last + steps_per_epoch:
        step = last + step % steps_per_epoch
    warm = round(recipe.warm_up * steps_per_epoch)
    if step < warm:
        return recipe.learning_rate * (step + 1) / warm
    if recipe.schedule is Schedule.CONSTANT:
        return recipe.learning_rate
    if recipe.schedule is Schedule.PAPER:
        passes = min(step // steps_per_epoch, len(PAPER_ETA) - 1)
        return recipe.learning_rate * PAPER_ETA[passes] / PAPER_ETA[0]
    done = (step - warm) / (recipe.epochs * steps_per_epoch - warm)
    return recipe.learning_rate * 0.5 * (1 + math.cos(math.pi * done))
