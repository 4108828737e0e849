"""MNIST is found where it should be, read whole, and anything wrong with it is said."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui import paths
from lenet_gui.data.mnist import MnistNotFound, find_mnist, load_mnist
from lenet_gui.data.mnist_files import PUBLISHED
from lenet_gui.data.source import load_collection
from lenet_gui.errors import UserError

CHOOSE = "choose the folder or file of a data set."
TO_DO = "choose another copy."


def sentence_of_loading(folder: Path, small_mnist: Any) -> str:
    """What the user is told about `folder`."""
    with pytest.raises(UserError) as caught:
        load_mnist(folder, files=small_mnist.files)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def put(folder: Path, name: str, content: bytes) -> Path:
    """Replaces a .gz file by one with this content."""
    path = folder / f"{name}.gz"
    path.write_bytes(gzip.compress(content))
    return path


@pytest.mark.parametrize("compressed", [True, False])
def test_all_four_files_are_read(tmp_path: Path, small_mnist: Any, compressed: bool) -> None:
    sets = load_mnist(small_mnist.write(tmp_path, compressed), files=small_mnist.files)
    read = (sets.training.images, sets.training.labels, sets.test.images, sets.test.labels)
    for array, original in zip(read, small_mnist.arrays, strict=True):
        np.testing.assert_array_equal(array, original)
    assert (sets.training.name, sets.test.name) == ("MNIST training", "MNIST test")


def test_plain_and_compressed_files_may_be_mixed(
    small_mnist_folder: Path, small_mnist: Any
) -> None:
    name = PUBLISHED.test_labels.name
    (small_mnist_folder / f"{name}.gz").unlink()
    (small_mnist_folder / name).write_bytes(small_mnist.contents[name])
    assert len(load_mnist(small_mnist_folder, files=small_mnist.files).test) == 7


def test_a_folder_that_is_not_there(tmp_path: Path, small_mnist: Any) -> None:
    folder = tmp_path / "nowhere"
    assert sentence_of_loading(folder, small_mnist) == f"{folder} does not exist: {CHOOSE}"


def test_a_file_that_is_none_of_them(tmp_path: Path, small_mnist: Any) -> None:
    file = tmp_path / "file"
    file.touch()
    assert f"{file} is empty" in sentence_of_loading(file, small_mnist)


def test_an_empty_folder(tmp_path: Path, small_mnist: Any) -> None:
    assert sentence_of_loading(tmp_path, small_mnist).startswith(
        f"{tmp_path} contains no files: choose IDX files as MNIST has them"
    )


@pytest.mark.parametrize("name", [file.name for file in PUBLISHED])
def test_one_file_missing(small_mnist_folder: Path, small_mnist: Any, name: str) -> None:
    (small_mnist_folder / f"{name}.gz").unlink()
    there = next(file.name for file in PUBLISHED if file.name != name)
    assert sentence_of_loading(small_mnist_folder, small_mnist) == (
        f"{small_mnist_folder} lacks {name} beside {there}.gz: choose the folder with all four "
        "files."
    )


@pytest.mark.parametrize("name", [file.name for file in PUBLISHED])
def test_a_truncated_gz_file(small_mnist_folder: Path, small_mnist: Any, name: str) -> None:
    path = small_mnist_folder / f"{name}.gz"
    path.write_bytes(path.read_bytes()[:-9])
    assert sentence_of_loading(small_mnist_folder, small_mnist) == f"{path} is cut short: {TO_DO}"


@pytest.mark.parametrize("name", [file.name for file in PUBLISHED])
def test_a_truncated_plain_file(tmp_path: Path, small_mnist: Any, name: str) -> None:
    small_mnist.write(tmp_path, compressed=False)
    path = tmp_path / name
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:-1])
    assert sentence_of_loading(tmp_path, small_mnist) == (
        f"{path} is cut short: its header announces {size:,} bytes and it has {size - 1:,}: {TO_DO}"
    )


@pytest.mark.parametrize("name", [PUBLISHED.training_images.name, PUBLISHED.test_labels.name])
def test_a_wrong_magic_number(small_mnist_folder: Path, small_mnist: Any, name: str) -> None:
    path = put(small_mnist_folder, name, b"\0\1\x0d\x02" + small_mnist.contents[name][4:])
    assert sentence_of_loading(small_mnist_folder, small_mnist) == (
        f"{path} begins with the magic number 68866, so it is not an IDX file: {TO_DO}"
    )


def test_labels_that_do_not_match_the_images(
    small_mnist_folder: Path, small_mnist: Any, idx_file: Callable[[np.ndarray], bytes]
) -> None:
    path = put(small_mnist_folder, PUBLISHED.test_labels.name, idx_file(np.zeros(8, np.uint8)))
    assert sentence_of_loading(small_mnist_folder, small_mnist) == (
        f"{path} has 8 labels for the 7 images of t10k-images-idx3-ubyte.gz, so they do not "
        "belong together: choose another copy of both."
    )


@given(which=st.integers(0, 3), data=st.data())
def test_any_changed_byte_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, small_mnist: Any, which: int, data: st.DataObject
) -> None:
    folder = small_mnist.write(tmp_path_factory.mktemp("changed"))
    name = PUBLISHED[which].name
    content = bytearray(small_mnist.contents[name])
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path = put(folder, name, bytes(content))
    assert str(path) in sentence_of_loading(folder, small_mnist)


def test_a_changed_pixel_is_told_from_damage(small_mnist_folder: Path, small_mnist: Any) -> None:
    name = PUBLISHED.training_images.name
    content = bytearray(small_mnist.contents[name])
    content[-1] ^= 1
    path = put(small_mnist_folder, name, bytes(content))
    assert sentence_of_loading(small_mnist_folder, small_mnist) == (
        f"{path} differs from the published MNIST file (other size or SHA-256), but the three "
        "others are MNIST's: choose another copy or download MNIST again."
    )


def test_other_digits_in_the_same_layout_are_not_mnist(small_mnist_folder: Path) -> None:
    with pytest.raises(UserError, match="small has other digits than the published MNIST"):
        load_mnist(small_mnist_folder)


def test_the_named_folder_comes_first(
    tmp_path: Path, small_mnist: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = small_mnist.write(tmp_path / "named")
    own = small_mnist.write(paths.mnist_folder())
    assert find_mnist() == own
    monkeypatch.setenv("LENET_GUI_DATA", str(named))
    assert find_mnist() == named


def test_the_folder_of_torchvision_is_found_from_above(
    tmp_path: Path, small_mnist: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_mnist.write(tmp_path / "FashionMNIST" / "raw", compressed=False)
    raw = small_mnist.write(tmp_path / "MNIST" / "raw", compressed=False)
    monkeypatch.setenv("LENET_GUI_DATA", str(tmp_path))
    assert find_mnist() == raw


def test_another_data_set_may_lie_beside_it(
    tmp_path: Path, small_mnist: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small_mnist.write(tmp_path / "both")
    for file in list(folder.iterdir()):
        (folder / f"emnist-digits-{file.name}").write_bytes(file.read_bytes())
    monkeypatch.setenv("LENET_GUI_DATA", str(folder))
    found = load_collection(mnist=small_mnist.files)
    assert found.name == "MNIST"
    assert any("another data set, emnist-digits" in note for note in found.notes)


def test_the_named_folder_is_passed_over_if_a_file_is_missing(
    tmp_path: Path, small_mnist: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = small_mnist.write(paths.mnist_folder())
    monkeypatch.setenv("LENET_GUI_DATA", str(tmp_path))
    assert find_mnist() == own


def test_the_home_folder_may_be_abbreviated(
    own_folders: Path, small_mnist: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_mnist.write(own_folders / "digits")
    monkeypatch.setenv("LENET_GUI_DATA", "~/digits")
    assert find_mnist() == own_folders / "digits"
    assert len(load_mnist(Path("~/digits"), files=small_mnist.files).test) == 7


def test_the_home_of_nobody_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match=r"~nobody-at-all/mnist does not exist"):
        load_mnist(Path("~nobody-at-all/mnist"))
    monkeypatch.setenv("LENET_GUI_DATA", "~nobody-at-all")
    with pytest.raises(MnistNotFound, match="~nobody-at-all does not exist"):
        find_mnist()


def test_when_it_is_nowhere_every_place_is_named(
    small_mnist_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    what_to_do = "download it, choose the folder with its four files, or use the built-in digits."
    own = paths.mnist_folder()
    with pytest.raises(MnistNotFound) as caught:
        find_mnist()
    assert str(caught.value) == (
        f"MNIST was not found (LENET_GUI_DATA is not set, {own} does not exist): {what_to_do}"
    )
    (small_mnist_folder / "t10k-labels-idx1-ubyte.gz").unlink()
    monkeypatch.setenv("LENET_GUI_DATA", str(small_mnist_folder))
    with pytest.raises(MnistNotFound) as caught:
        find_mnist()
    assert str(caught.value) == (
        f"MNIST was not found ({small_mnist_folder} lacks t10k-labels-idx1-ubyte.gz, "
        f"{own} does not exist): {what_to_do}"
    )


def test_the_real_files(real_mnist: Path) -> None:
    sets = load_mnist(real_mnist)
    assert (len(sets.training), len(sets.test)) == (60_000, 10_000)
    # The published counts of the ten digits, and the first labels of both sets.
    assert np.bincount(sets.training.labels).tolist() == [
        *(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949),
    ]
    assert np.bincount(sets.test.labels).tolist() == [
        *(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009),
    ]
    assert sets.training.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert sets.test.labels[:5].tolist() == [7, 2, 1, 0, 4]
    assert sets.training.images.mean() / 255 == pytest.approx(0.1307, abs=5e-5)
