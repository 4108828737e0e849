"""The errors to expect are the means of the shipped results."""

import json

import pytest

from lenet_gui.net.architecture import Variant
from lenet_gui.paths import bundled_folder
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.ready_made import Effort, ready_made
from lenet_gui.training.recipe import BUILTIN, MNIST, Recipe
from lenet_gui.versus.expected import expected_error


def mean_error(recipe: Recipe, *folders: str) -> float:
    """Of the shipped results in these folders."""
    results = bundled_folder("weights", "results")
    files = [f for folder in folders for f in (results / folder).glob(f"{recipe.name}-seed*.json")]
    tests = [json.loads(file.read_text())["epochs"][-1]["test"] for file in files]
    return sum(test["errors"] / test["digits"] for test in tests) / len(tests)


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("effort", Effort)
def test_every_ready_made_recipe_has_one(variant: Variant, effort: Effort) -> None:
    recipe = ready_made(variant, effort, MNIST)
    assert expected_error(recipe) == pytest.approx(mean_error(recipe, ".", "quick"))
    assert expected_error(recipe.with_changes(seed=77, data="/a/folder")) == expected_error(recipe)


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("effort", Effort)
def test_every_one_has_another_on_the_built_in_digits(variant: Variant, effort: Effort) -> None:
    recipe = ready_made(variant, effort, BUILTIN)
    assert expected_error(recipe) == pytest.approx(mean_error(recipe, "built-in"))


def test_there_is_none_for_own_recipes() -> None:
    quick = PRESETS["original-quick"]
    assert expected_error(quick.with_changes(data="builtin", epochs=6)) is None
    assert expected_error(quick.with_changes(epochs=6)) is None
    assert expected_error(Recipe()) is None
