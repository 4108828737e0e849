"""Which of the training digits a recipe trains on and which it holds out for validation."""

from lenet_gui.data.digits import Digits, DigitSets, joined
from lenet_gui.errors import UserError
from lenet_gui.training.recipe import Recipe


def training_and_validation(recipe: Recipe, sets: DigitSets) -> tuple[Digits, Digits | None]:
    """The digits to train on, and those held out by the recipe's seed (None if it holds out none).

    Added digits come last among those to train on, and are never held out.

    Raises:
        UserError: there are not enough digits, or one of the parts would be empty.
    """
    training, validation = _split(recipe, sets.training)
    return (joined(training, sets.added) if sets.added else training), validation


def _split(recipe: Recipe, digits: Digits) -> tuple[Digits, Digits | None]:
    if not len(digits):
        raise UserError("There are no digits to train on.")
    if recipe.training_digits is not None:
        if recipe.training_digits > len(digits):
            raise UserError(
                f"The recipe asks for {recipe.training_digits} training digits, and there are "
                f"{len(digits)} ({digits.name}): ask for fewer."
            )
        digits = digits.first(recipe.training_digits)
    if not recipe.validation_share:
        return digits, None
    held_out = round(recipe.validation_share * len(digits))
    if held_out == 0 or held_out == len(digits):
        raise UserError(
            f"Holding out a share of {recipe.validation_share:g} of {len(digits)} digits leaves "
            "one part empty: choose more digits or another share."
        )
    return digits.split(held_out, recipe.seed)
