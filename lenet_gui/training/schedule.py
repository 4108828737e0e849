"""The learning rate of each step."""

import math

from lenet_gui.training.recipe import Recipe, Schedule


def learning_rate(recipe: Recipe, step: int, steps_per_epoch: int) -> float:
    """The rate of one update.

    It rises in a straight line over the warm-up, then stays (constant) or falls along half a
    cosine that would reach 0 one step after the last (cosine).

    Args:
        recipe: rate, schedule, warm-up and epochs.
        step: the update, from 0.
        steps_per_epoch: updates in an epoch, at least 1.
    """
    warm = round(recipe.warm_up * steps_per_epoch)
    if step < warm:
        return recipe.learning_rate * (step + 1) / warm
    if recipe.schedule is Schedule.CONSTANT:
        return recipe.learning_rate
    done = (step - warm) / (recipe.epochs * steps_per_epoch - warm)
    return recipe.learning_rate * 0.5 * (1 + math.cos(math.pi * done))
