"""The digits that a recipe names, loaded."""

from collections.abc import Callable

from lenet_gui.data.digits import DigitSets
from lenet_gui.data.source import load_digits
from lenet_gui.training.recipe import BUILTIN, MNIST, Recipe

BUILTIN_TRAINING_DIGITS = 20_000
BUILTIN_TEST_DIGITS = 2_000


def load_digits_of(recipe: Recipe, progress: Callable[[int, int], None] | None = None) -> DigitSets:
    """Both sets of the recipe's data.

    Of the built-in digits, which are made to order, only as many as the recipe trains on, and
    not more test digits than that. `progress` is told how many are made, and of how many.

    Raises:
        MnistNotFound: the recipe says "mnist" and it is in none of the usual places.
        UserError: the folder is wrong, or a file in it is.
    """
    if recipe.data == BUILTIN:
        from lenet_gui.data.builtin import builtin_sets

        training = recipe.training_digits or BUILTIN_TRAINING_DIGITS
        return builtin_sets(
            training=training, test=min(training, BUILTIN_TEST_DIGITS), progress=progress
        )
    return load_digits(None if recipe.data == MNIST else recipe.data)
