"""A recipe by its name: a preset or a file. No torch."""

from pathlib import Path

from lenet_gui.errors import UserError
from lenet_gui.training.choices import LARGEST_RECIPE
from lenet_gui.training.presets import PRESETS, preset
from lenet_gui.training.recipe import Recipe


def recipe_called(name: str) -> Recipe:
    """The preset of that name or, if there is none, the recipe in the JSON file of that name.

    The file may be a pipe.

    Raises:
        UserError: there is neither, or the file cannot be read or is not a recipe; wrong fields
            are listed.
    """
    if name in PRESETS:
        return preset(name)
    file = Path(name)
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_RECIPE + 1)
    except FileNotFoundError:
        return preset(name)  # whose error lists the names that there are
    except OSError as error:
        raise UserError(
            f"The recipe {file} could not be read ({error.strerror or error}): choose another "
            "file or a preset."
        ) from error
    if len(content) > LARGEST_RECIPE:
        raise UserError(
            f"The recipe {file} is too large: it has more than {LARGEST_RECIPE:,} bytes; choose "
            "another file or a preset."
        )
    return Recipe.from_json(content, where=f"The recipe {file}")
