"""The expected test errors of the recipes that come with the program."""

from functools import cache

from lenet_gui.errors import UserError
from lenet_gui.paths import bundled_folder
from lenet_gui.training.presets import PRESETS, preset_of
from lenet_gui.training.recipe import BUILTIN, Recipe
from lenet_gui.versus.standing import Kept, read_standings, shipped_standings


def expected_error(recipe: Recipe) -> float | None:
    """The mean test error, 0..1, of the shipped results of the same recipe, whatever its seed.

    On the built-in digits where the recipe learns from them, else on MNIST's. None if there are
    none: for custom recipes.
    """
    name = preset_of(recipe.with_changes(seed=0))
    if name is None:
        return None
    return (_on_builtin_digits() if recipe.data == BUILTIN else _on_mnist()).get(name)


@cache
def _on_mnist() -> dict[str, float]:
    kept = (shipped_standings(), _kept("quick"))
    found = [one.of(name) for one in kept for name in PRESETS]
    return {one.name: one.mean / 100 for one in found if one is not None}


@cache
def _on_builtin_digits() -> dict[str, float]:
    return {one.name: one.mean / 100 for one in _kept("built-in").standings}


def _kept(folder: str) -> Kept:
    """The results in a folder beside the shipped ones; nothing if it is missing."""
    try:
        return read_standings(bundled_folder("weights", f"results/{folder}"))
    except UserError:
        return Kept(())
