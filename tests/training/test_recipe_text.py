"""What a recipe is called: by its preset's name only with what differs from the preset."""

from pathlib import Path

import pytest

from lenet_gui.training.adjustments import EpochAdded, RateChanged
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.recipe import FIELDS, Recipe
from lenet_gui.training.recipe_text import (
    LONGEST_BRIEF,
    brief_recipe_text,
    named_recipe,
    recipe_text,
    setting_text,
)
from lenet_gui.training.run import Run

QUICK, PAPER = PRESETS["original-quick"], PRESETS["paper-1998"]
FASTER = QUICK.with_changes(learning_rate=0.02, training_digits=30_000)
RATE, MORE = RateChanged(2, 5, 0.001, 0.02), EpochAdded(3, 1, 6)


def test_what_differs_from_the_preset_is_said() -> None:
    text = "original-quick, changed: 30,000 digits, rate 0.02"
    assert recipe_text(FASTER) == text
    short = PAPER.with_changes(training_digits=2000, epochs=3)
    assert recipe_text(short) == "paper-1998, changed: 2,000 digits, 3 epochs"
    assert recipe_text(short.with_changes(training_digits=1, epochs=1)).endswith("1 digit, 1 epoch")
    seeded = QUICK.with_changes(seed=7, data="builtin", device="cpu")
    assert recipe_text(seeded) == "original-quick, changed: seed 7"


def test_what_was_changed_while_it_ran_is_said_as_well() -> None:
    told = "while it ran: rate 0.02 → 0.001 in epoch 2, one more epoch"
    assert recipe_text(QUICK, (RATE, MORE)) == f"original-quick; {told}"
    assert recipe_text(FASTER, (RATE, MORE)).endswith(f"30,000 digits, rate 0.02; {told}")
    assert recipe_text(QUICK, (RATE,) * 9).endswith("and 4 more rates")
    assert brief_recipe_text(QUICK, (RATE,)) == "original-quick, changed while it ran"
    assert brief_recipe_text(FASTER, (MORE,)) == "original-quick, changed, also while it ran"


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_and_a_recipe_with_a_name_of_its_own_are_called_so(name: str) -> None:
    recipe = PRESETS[name]
    assert recipe_text(recipe) == brief_recipe_text(recipe) == named_recipe(recipe) == name
    own = recipe.with_changes(name="mine", epochs=7)
    assert recipe_text(own) == brief_recipe_text(own) == named_recipe(own) == "mine"


def test_a_cell_says_as_much_as_it_has_room_for() -> None:
    assert brief_recipe_text(QUICK.with_changes(epochs=3)) == "original-quick, changed: 3 epochs"
    for recipe in (FASTER, FASTER.with_changes(seed=7, batch_size=64)):
        brief = brief_recipe_text(recipe)
        assert brief.startswith("original-quick, changed: 30,000 digits, +")
        assert len(brief) <= LONGEST_BRIEF
    long = PRESETS["paper-1998-distorted"].with_changes(first_epoch_measures=2, momentum=0.8)
    assert brief_recipe_text(long) == "paper-1998-distorted, changed: 2 settings"


def test_every_field_has_words() -> None:
    recipe = Recipe()
    texts = {setting_text(name, getattr(recipe, name)) for name in FIELDS}
    assert len(texts) == len(FIELDS)
    assert not any("None" in text for text in texts)


def test_a_run_by_a_changed_preset_is_called_so(tmp_path: Path) -> None:
    assert Run.create(tmp_path, QUICK).name.endswith(" original-quick 0001")
    assert Run.create(tmp_path, FASTER).name.endswith(" original-quick changed 0002")
