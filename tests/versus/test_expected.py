"""The errors to expect are the means of the shipped results."""

import json

import pytest

from lenet_gui.net.architecture import Variant
from lenet_gui.paths import bundled_folder
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.ready_made import Effort, ready_made
from lenet_gui.training.recipe import MNIST, Recipe
from lenet_gui.versus.expected import expected_error


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("effort", Effort)
def test_every_ready_made_recipe_has_one(variant: Variant, effort: Effort) -> None:
    recipe = ready_made(variant, effort, MNIST)
    files = bundled_folder("weights", "results").rglob(f"{recipe.name}-seed*.json")
    errors = [json.loads(file.read_text())["epochs"][-1]["test"]["errors"] for file in files]
    assert len(errors) >= 3
    assert expected_error(recipe) == pytest.approx(sum(errors) / len(errors) / 10_000)
    assert expected_error(recipe.with_changes(seed=77, data="/a/folder")) == expected_error(recipe)


def test_there_is_none_for_own_recipes_and_other_digits() -> None:
    quick = PRESETS["original-quick"]
    assert expected_error(quick.with_changes(data="builtin")) is None
    assert expected_error(quick.with_changes(epochs=6)) is None
    assert expected_error(Recipe()) is None
