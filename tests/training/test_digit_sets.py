"""The digits that a recipe names."""

from pathlib import Path

import numpy as np
import pytest

from lenet_gui.data.mnist import MnistNotFound
from lenet_gui.errors import UserError
from lenet_gui.training.digit_sets import load_digits_of
from lenet_gui.training.recipe import Recipe


def test_only_as_many_builtin_digits_are_made_as_are_trained_on() -> None:
    told = []
    sets = load_digits_of(
        Recipe(data="builtin", training_digits=30), lambda made, of: told.append((made, of))
    )
    assert (len(sets.training), len(sets.test)) == (30, 30)
    assert sets.training.name == "built-in training"
    assert told[-1] == (60, 60)
    more = load_digits_of(Recipe(data="builtin", training_digits=40))
    assert np.array_equal(more.training.images[:30], sets.training.images)


def test_mnist_is_searched_for(real_mnist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MnistNotFound):
        load_digits_of(Recipe())
    monkeypatch.setenv("LENET_GUI_DATA", str(real_mnist))
    assert len(load_digits_of(Recipe()).training) == 60_000


def test_a_folder_is_taken_as_it_is(real_mnist: Path, tmp_path: Path) -> None:
    assert len(load_digits_of(Recipe(data=str(real_mnist))).test) == 10_000
    with pytest.raises(UserError, match="contains no files"):
        load_digits_of(Recipe(data=str(tmp_path)))
