"""The results that come with the program: by which recipes, over which seeds, and how good."""

import pytest

from lenet_gui.training.presets import PRESETS
from lenet_gui.versus.standing import Standing, shipped_standings

STANDINGS = {standing.name: standing for standing in shipped_standings().standings}

REACHED = {
    "paper-1998": (3, 1.00),
    "paper-1998-distorted": (3, 0.85),
    "original-best-plain": (5, 0.95),
    "original-best": (5, 0.60),
    "modern-best": (5, 0.60),
    "modern-seed": (5, 1.18),
}
"""Seeds, from 0, and the most that their mean test error may be, in percent."""


def test_no_file_is_left_out() -> None:
    assert shipped_standings().left_out == ()


@pytest.mark.parametrize("standing", STANDINGS.values(), ids=STANDINGS.keys())
def test_every_run_is_of_the_preset_of_its_name(standing: Standing) -> None:
    assert standing.is_comparable
    for result in standing.results:
        preset = PRESETS[standing.name]
        assert result.recipe == preset.with_changes(seed=result.recipe.seed)
        assert result.epochs[-1].epoch == preset.epochs


@pytest.mark.parametrize("name", REACHED)
def test_the_errors_are_what_was_set_out_for(name: str) -> None:
    seeds, error = REACHED[name]
    assert STANDINGS[name].seeds == tuple(range(seeds))
    assert STANDINGS[name].mean <= error
