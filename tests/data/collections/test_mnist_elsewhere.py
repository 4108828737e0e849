"""MNIST is found under its other names and in other layouts, and nothing else is called MNIST."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lenet_gui.data.collections import Collection
from lenet_gui.data.words import Transpose
from lenet_gui.errors import UserError

Read = Callable[..., Collection]


def torchvision(folder: Path, small: Any) -> Path:
    small.write(folder / "MNIST" / "raw")
    small.write(folder / "MNIST" / "raw", compressed=False)
    return folder


def renamed(folder: Path, contents: dict[str, bytes], rename: Callable[[str], str]) -> Path:
    folder.mkdir()
    for name, content in contents.items():
        (folder / rename(name)).write_bytes(content)
    return folder


def dotted(folder: Path, small: Any) -> Path:
    return renamed(folder, small.contents, lambda name: name.replace("-idx", ".idx"))


def upper(folder: Path, small: Any) -> Path:
    return renamed(folder, small.contents, str.upper)


def half_unpacked(folder: Path, small: Any) -> Path:
    """As by a browser that decompresses what it downloads."""
    return renamed(folder, small.contents, lambda name: f"{name}.gz")


def underlined(folder: Path, small: Any) -> Path:
    return renamed(folder, small.contents, lambda name: name.replace("-", "_"))


def kaggle(folder: Path, small: Any) -> Path:
    for name, content in small.contents.items():
        (folder / name).mkdir(parents=True)
        (folder / name / name).write_bytes(content)
    return folder


def deep(folder: Path, small: Any) -> Path:
    return small.write(folder / "a" / "b" / "data").parents[1]


def one_of_them(folder: Path, small: Any) -> Path:
    return small.write(folder) / "t10k-labels-idx1-ubyte.gz"


def zipped(folder: Path, small: Any) -> Path:
    folder.mkdir()
    with zipfile.ZipFile(folder / "archive.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in small.contents.items():
            archive.writestr(f"mnist/{name}", content)
            archive.writestr(f"__MACOSX/mnist/._{name}", b"\0\5\x16\7")
    return folder / "archive.zip"


def to_be_split(folder: Path, small: Any) -> Path:
    """An archive in pieces, of which one was enough."""
    file = zipped(folder, small)
    file.write_bytes(b"PK\7\x08" + file.read_bytes())
    return file


def folder_of_a_zip(folder: Path, small: Any) -> Path:
    return zipped(folder, small).parent


def keras(folder: Path, small: Any) -> Path:
    x, y, test_x, test_y = small.arrays
    folder.mkdir()
    np.savez(folder / "mnist.npz", x_train=x, y_train=y, x_test=test_x, y_test=test_y)
    return folder / "mnist.npz"


def tables(folder: Path, small: Any) -> Path:
    folder.mkdir()
    for name, images, labels in (
        ("mnist_train.csv", *small.arrays[:2]),
        ("mnist_test.csv", *small.arrays[2:]),
    ):
        rows = np.column_stack((labels, images.reshape(len(images), -1)))
        np.savetxt(folder / name, rows, fmt="%d", delimiter=",")
    return folder


LAYOUTS = (
    torchvision, dotted, upper, half_unpacked, underlined, kaggle, deep, one_of_them, zipped,
    to_be_split, folder_of_a_zip, keras, tables,
)  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_mnist_is_found(
    layout: Callable[[Path, Any], Path], read: Read, small_mnist: Any, tmp_path: Path
) -> None:
    found = read(layout(tmp_path / "digits", small_mnist))
    assert found.is_mnist
    assert (found.name, found.sets.test.name) == ("MNIST", "MNIST test")
    np.testing.assert_array_equal(found.sets.training.images, small_mnist.arrays[0])
    np.testing.assert_array_equal(found.sets.test.labels, small_mnist.arrays[3])
    assert found.notes == ()
    assert found.left_out == {}


@pytest.mark.parametrize("name", ["MNIST", "mnist", "mnist-subset", "my_mnist", "MNIST.v2"])
def test_other_digits_are_never_called_mnist(
    name: str, read: Read, small_mnist: Any, tmp_path: Path
) -> None:
    folder = small_mnist.write(tmp_path / name)
    for part, count in (("t10k", 7), ("train", 12)):
        content = b"\0\0\x08\x01\0\0\0" + bytes([count]) + bytes(count)
        (folder / f"{part}-labels-idx1-ubyte.gz").write_bytes(gzip.compress(content))
    found = read(folder)
    assert not found.is_mnist
    assert found.name == f"own data ({name})"
    assert found.notes == ("It is MNIST except for its training labels and test labels.",)
    again = small_mnist.write(tmp_path / "again" / name, compressed=False)
    (again / "train-images-idx3-ubyte").rename(again / "kept")
    with pytest.raises(UserError, match="lacks train-images-idx3-ubyte beside train-labels"):
        read(again)


def test_mnist_that_is_transposed_is_called_so(
    read: Read, small_mnist: Any, small_mnist_folder: Path
) -> None:
    found = read(small_mnist_folder, transpose=Transpose.YES)
    assert found.sets.training.name == "transposed MNIST training"
    assert found.transposed
    assert found.fingerprint != read(small_mnist_folder).fingerprint
    np.testing.assert_array_equal(found.sets.test.images[0], small_mnist.arrays[2][0].T)


def test_a_damaged_file_of_mnist_is_named(read: Read, small_mnist: Any, tmp_path: Path) -> None:
    folder = small_mnist.write(tmp_path / "digits", compressed=False)
    file = folder / "t10k-labels-idx1-ubyte"
    file.write_bytes(file.read_bytes()[:-1] + b"\x63")
    with pytest.raises(UserError, match=f"^{file} differs from the published MNIST file"):
        read(folder)
