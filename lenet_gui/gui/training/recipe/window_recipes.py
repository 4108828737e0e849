"""The recipes that the window can train: its presets, and those in files. No Qt."""

from pathlib import Path
from typing import Final

from lenet_gui.errors import UserError
from lenet_gui.net.architecture import Architecture
from lenet_gui.safe_reading import read_ordinary
from lenet_gui.training.choices import LARGEST_RECIPE
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.problems import Mention, Problem, RecipeError
from lenet_gui.training.recipe import FIELDS, Recipe

WINDOW_PRESETS: Final = tuple(
    name for name, recipe in PRESETS.items() if recipe.architecture is Architecture.LENET5
)
"""The names of the presets that train what the window can show."""


def for_the_window(recipe: Recipe) -> Recipe:
    """The recipe, if what it trains can be shown.

    Raises:
        RecipeError: it does not train a LeNet-5.
    """
    if recipe.architecture is Architecture.LENET5:
        return recipe
    field = FIELDS["architecture"]
    named = Mention(field, recipe.architecture, alone=True)
    instead = Mention(field, Architecture.LENET5, alone=True)
    why = " in the window, which shows only a LeNet-5: choose "
    raise RecipeError(
        [Problem(field, ("cannot be ", named, why, instead, ", or use lenet-gui train"))]
    )


def recipe_in(file: Path) -> Recipe:
    """The recipe in a JSON file.

    Raises:
        UserError: the file cannot be read or is not a recipe; wrong fields are listed.
    """
    try:
        content = read_ordinary(file, LARGEST_RECIPE)
    except OSError as error:
        words = f"{file} could not be read ({error.strerror or error}): choose another file."
        raise UserError(words) from error
    return Recipe.from_json(content, f"The recipe {file}")
