"""IDX files are read whole or refused with a sentence that names the file."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lenet_gui.data.collections.idx_files import idx_array
from lenet_gui.data.collections.roles import Content
from lenet_gui.data.collections.tree import Entry
from lenet_gui.errors import UserError

WriteIdx = Callable[[np.ndarray], bytes]
HERE = Entry(PurePosixPath("digits-idx"), 0, Path("digits-idx"), "digits-idx")
TO_DO = "choose another copy."


def images_of(content: bytes) -> np.ndarray:
    """The pictures in the bytes of a file."""
    return idx_array(HERE, content, Content.IMAGES)


def labels_of(content: bytes) -> np.ndarray:
    """The labels in the bytes of a file."""
    return idx_array(HERE, content, Content.LABELS)


@given(arrays(np.uint8, st.tuples(st.integers(1, 5), st.just(28), st.just(28))))
def test_images_come_back(idx_file: WriteIdx, images: np.ndarray) -> None:
    np.testing.assert_array_equal(images_of(idx_file(images)), images)


@given(arrays(np.uint8, st.integers(1, 50)))
def test_labels_come_back(idx_file: WriteIdx, labels: np.ndarray) -> None:
    np.testing.assert_array_equal(labels_of(idx_file(labels)), labels)


@given(st.integers(1, 16 + 2 * 784 - 1))
def test_images_cut_anywhere_are_refused(idx_file: WriteIdx, length: int) -> None:
    content = idx_file(np.ones((2, 28, 28), np.uint8))
    with pytest.raises(UserError, match="digits-idx is cut short"):
        images_of(content[:length])


def test_a_file_longer_than_its_header_says_is_refused(idx_file: WriteIdx) -> None:
    content = idx_file(np.arange(3, dtype=np.uint8))
    with pytest.raises(UserError) as caught:
        labels_of(content + b"\0")
    assert str(caught.value) == (
        f"digits-idx is too long: its header announces 11 bytes and it has 12: {TO_DO}"
    )


def test_a_header_that_announces_the_impossible_is_refused() -> None:
    content = bytes.fromhex("00000803 ffffffff 0000001c 0000001c") + bytes(784)
    with pytest.raises(UserError, match="announces 3,367,254,359,296 bytes and it has 800"):
        images_of(content)


def test_labels_in_place_of_images_and_images_in_place_of_labels(idx_file: WriteIdx) -> None:
    with pytest.raises(UserError) as caught:
        images_of(idx_file(np.zeros(4, np.uint8)))
    assert str(caught.value) == (
        f"digits-idx has 1 dimension, so it does not contain pictures: {TO_DO}"
    )
    with pytest.raises(UserError, match="has 3 dimensions, so it does not contain labels"):
        labels_of(idx_file(np.zeros((1, 28, 28), np.uint8)))


def test_a_file_of_nothing_is_refused(idx_file: WriteIdx) -> None:
    with pytest.raises(UserError, match="digits-idx is empty"):
        images_of(b"")
    with pytest.raises(UserError, match="digits-idx contains nothing"):
        images_of(idx_file(np.zeros((0, 28, 28), np.uint8)))


def test_of_labels_with_more_numbers_each_the_first_is_the_class() -> None:
    numbers = np.array([[5, 100, 7], [3, 200, 8]], ">i4")  # as QMNIST has them, there 8 of them
    content = bytes.fromhex("00000c02 00000002 00000003") + numbers.tobytes()
    assert labels_of(content).tolist() == [5, 3]
