"""The expected test errors of the recipes that come with the program."""

from contextlib import suppress
from functools import cache

from lenet_gui.errors import UserError
from lenet_gui.paths import bundled_folder
from lenet_gui.training.presets import PRESETS, preset_of
from lenet_gui.training.recipe import BUILTIN, Recipe
from lenet_gui.versus.standing import read_standings, shipped_standings


def expected_error(recipe: Recipe) -> float | None:
    """The mean test error, 0..1, of the shipped results of the same recipe, whatever its seed.

    None if there are none: for custom recipes, and on digits other than MNIST's.
    """
    if recipe.data == BUILTIN:
        return None
    name = preset_of(recipe.with_changes(seed=0))
    return None if name is None else _errors().get(name)


@cache
def _errors() -> dict[str, float]:
    kept = [shipped_standings()]
    with suppress(UserError):
        kept.append(read_standings(bundled_folder("weights", "results/quick")))
    found = [one.of(name) for one in kept for name in PRESETS]
    return {one.name: one.mean / 100 for one in found if one is not None}
