"""The digits that a recipe names, loaded."""

from collections.abc import Callable

from lenet_gui.data.digits import DigitSets
from lenet_gui.data.source import BUILTIN_TEST, BUILTIN_TRAINING, load_digits
from lenet_gui.training.problems import Problem, RecipeError
from lenet_gui.training.recipe import BUILTIN, COMMITTEE, FIELDS, MNIST, Recipe

ADDED_SEED = 1
"""The seed of the built-in digits that are added; they are not those of the built-in sets."""


def load_digits_of(recipe: Recipe, progress: Callable[[int, int], None] | None = None) -> DigitSets:
    """Both sets of the recipe's data, with what it adds to them.

    Of the built-in digits, which are made to order, only as many as the recipe trains on, and
    not more test digits than that. `progress` is called with the number made so far, and of all.

    Raises:
        MnistNotFound: the recipe says "mnist" and it is in none of the usual places.
        UserError: the folder is wrong, or a file in it is.
    """
    if recipe.data == BUILTIN:
        from lenet_gui.data.builtin import builtin_sets

        training = recipe.training_digits or BUILTIN_TRAINING
        sets = builtin_sets(training=training, test=min(training, BUILTIN_TEST), progress=progress)
    else:
        chosen = None if recipe.data == MNIST else recipe.data
        sets = load_digits(chosen, progress=progress, transpose=recipe.transpose)
    return with_additions(sets, recipe, progress)


def with_additions(
    sets: DigitSets, recipe: Recipe, progress: Callable[[int, int], None] | None = None
) -> DigitSets:
    """The sets with the built-in digits and the rubbish that the recipe adds, written here.

    Raises:
        UserError: the recipe adds digits to other pictures, or has them taught by digits' networks.
    """
    _check_additions(sets, recipe)
    if not recipe.added_digits and not recipe.rubbish:
        return sets
    from lenet_gui.data.builtin import builtin_digits, builtin_rubbish

    wanted = recipe.added_digits + recipe.rubbish

    def after(done: int) -> Callable[[int, int], None] | None:
        return progress and (lambda made, _: progress(done + made, wanted))

    return DigitSets(
        sets.training,
        sets.test,
        added=builtin_digits(recipe.added_digits, ADDED_SEED, progress=after(0)),
        rubbish=builtin_rubbish(recipe.rubbish, ADDED_SEED, progress=after(recipe.added_digits)),
    )


def _check_additions(sets: DigitSets, recipe: Recipe) -> None:
    """Nothing of digits goes with other classes: no digits, no rubbish, no committee."""
    is_taught = recipe.teachers_share > 0 and recipe.teachers == COMMITTEE
    why = f"must be 0 for {sets.training.name}, whose classes are not digits"
    wrong = [
        Problem(FIELDS[name], (why,))
        for name, is_on in (
            ("added_digits", recipe.added_digits),
            ("rubbish", recipe.rubbish),
            ("teachers_share", is_taught),
        )
        if is_on
    ]
    if wrong and not sets.training.are_digits:
        raise RecipeError(wrong)
