"""The three meanings of `--data`: search, a data set, the built-in digits."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lenet_gui import paths
from lenet_gui.data.mnist import MnistNotFound
from lenet_gui.data.source import load_digits
from lenet_gui.errors import UserError


def test_nothing_chosen_searches_for_mnist(
    real_mnist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MnistNotFound, match="LENET_GUI_DATA is not set"):
        load_digits()
    monkeypatch.setenv("LENET_GUI_DATA", str(real_mnist))
    sets = load_digits(None)
    assert (sets.training.name, len(sets.training)) == ("MNIST training", 60_000)
    assert (sets.test.name, len(sets.test)) == ("MNIST test", 10_000)


@pytest.mark.parametrize("kind", [str, Path])
def test_a_folder_may_be_a_string_or_a_path(real_mnist: Path, kind: type) -> None:
    sets = load_digits(kind(real_mnist), training=1000, test=50)
    assert (len(sets.training), len(sets.test)) == (1000, 50)


def test_a_folder_of_other_digits_has_their_own_name(
    small_mnist_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_digits(small_mnist_folder).test.name == "small test"
    monkeypatch.setenv("LENET_GUI_DATA", str(small_mnist_folder))
    with pytest.raises(UserError, match="has other digits than the published MNIST"):
        load_digits()


def test_a_wrong_folder_is_not_passed_over(tmp_path: Path, small_mnist: Any) -> None:
    small_mnist.write(paths.mnist_folder())
    with pytest.raises(UserError, match=r"nowhere does not exist: choose the folder"):
        load_digits(tmp_path / "nowhere")


def test_the_word_builtin_makes_digits_without_any_file() -> None:
    told: list[tuple[int, int]] = []
    sets = load_digits("builtin", 30, 20, progress=lambda made, wanted: told.append((made, wanted)))
    assert told[-1] == (50, 50)
    assert (len(sets.training), len(sets.test)) == (30, 20)
    assert sets.training.name == "built-in training"
    assert sets.test.name == "built-in test"
    again = load_digits("builtin", training=10, test=20)
    np.testing.assert_array_equal(again.training.images, sets.training.images[:10])


def test_a_folder_called_builtin_can_be_chosen(
    tmp_path: Path, small_mnist: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_mnist.write(tmp_path / "builtin")
    monkeypatch.chdir(tmp_path)
    for folder in ("./builtin", Path("builtin")):
        assert load_digits(folder).training.name == "builtin training"
