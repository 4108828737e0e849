"""IDX files are read whole or refused with a sentence that names the file."""

import gzip
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from bounds import bounded
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lenet_gui.data.idx import GzipFault, decompressed, images_of, labels_of, read_content
from lenet_gui.errors import UserError

WriteIdx = Callable[[np.ndarray], bytes]
HERE = Path("digits-idx")
TO_DO = "delete it and download MNIST again."


@given(arrays(np.uint8, st.tuples(st.integers(0, 5), st.just(28), st.just(28))))
def test_images_come_back(idx_file: WriteIdx, images: np.ndarray) -> None:
    np.testing.assert_array_equal(images_of(idx_file(images), HERE), images)


@given(arrays(np.uint8, st.integers(0, 50), elements=st.integers(0, 9)))
def test_labels_come_back(idx_file: WriteIdx, labels: np.ndarray) -> None:
    np.testing.assert_array_equal(labels_of(idx_file(labels), HERE), labels)


@given(st.integers(0, 16 + 2 * 784 - 1))
def test_images_cut_anywhere_are_refused(idx_file: WriteIdx, length: int) -> None:
    content = idx_file(np.ones((2, 28, 28), np.uint8))
    with pytest.raises(UserError, match="digits-idx is cut short"):
        images_of(content[:length], HERE)


def test_a_file_longer_than_its_header_says_is_refused(idx_file: WriteIdx) -> None:
    content = idx_file(np.arange(3, dtype=np.uint8))
    with pytest.raises(UserError) as caught:
        labels_of(content + b"\0", HERE)
    assert str(caught.value) == (
        f"digits-idx is too long: its header announces 11 bytes and it has 12: {TO_DO}"
    )


def test_a_header_that_announces_the_impossible_is_refused() -> None:
    content = bytes.fromhex("00000803 ffffffff 0000001c 0000001c") + bytes(784)
    with pytest.raises(UserError, match="announces 3,367,254,359,296 bytes and it has 800"):
        images_of(content, HERE)


def test_a_wrong_magic_number_is_named(idx_file: WriteIdx) -> None:
    labels, images = np.zeros(4, np.uint8), np.zeros((1, 28, 28), np.uint8)
    with pytest.raises(UserError) as caught:
        images_of(idx_file(labels), HERE)
    assert str(caught.value) == (
        "digits-idx begins with the magic number 2049 instead of 2051, so it is not an IDX file "
        f"of images: {TO_DO}"
    )
    with pytest.raises(UserError, match="2051 instead of 2049, so it is not an IDX file of labels"):
        labels_of(idx_file(images), HERE)


def test_images_of_another_size_are_refused(idx_file: WriteIdx) -> None:
    with pytest.raises(UserError, match="images of 20x30 pixels instead of 28x28"):
        images_of(idx_file(np.zeros((2, 20, 30), np.uint8)), HERE)


def test_a_label_above_nine_is_refused(idx_file: WriteIdx) -> None:
    with pytest.raises(UserError, match="gives digit 2 the label 10, which is not 0 to 9"):
        labels_of(idx_file(np.array([1, 9, 10, 11], np.uint8)), HERE)


@pytest.mark.parametrize("name", ["content.gz", "content"])
@pytest.mark.parametrize("compressed", [True, False])
def test_gzip_is_told_by_the_bytes(tmp_path: Path, name: str, compressed: bool) -> None:
    content = b"\0\0\x08\x01 and so on"
    file = tmp_path / name
    file.write_bytes(gzip.compress(content) if compressed else content)
    assert read_content(file) == content


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_members_of_gzip_are_joined(first: bytes, second: bytes) -> None:
    both = gzip.compress(first) + gzip.compress(second)
    assert decompressed(both, 600) == first + second


@given(st.binary(min_size=1, max_size=300), st.data())
def test_gzip_cut_anywhere_is_refused(content: bytes, data: st.DataObject) -> None:
    archive = gzip.compress(content)
    length = data.draw(st.integers(1, len(archive) - 1))
    with pytest.raises(GzipFault, match=r"is cut short|is not a gzip file"):
        decompressed(archive[:length], 300)


def test_more_than_expected_is_not_decompressed() -> None:
    bomb = gzip.compress(bytes(10_000_000))
    with pytest.raises(GzipFault, match="contains more than 1,000 bytes"):
        decompressed(bomb, 1000)
    with pytest.raises(GzipFault, match="contains more than 1,500 bytes"):
        decompressed(gzip.compress(bytes(1000)) * 2, 1500)


def test_half_a_million_members_take_no_longer_than_their_bytes() -> None:
    content = gzip.compress(b"", mtime=0) * 500_000
    with bounded(seconds=20, megabytes=50):
        assert decompressed(content, 100) == b""


@pytest.mark.parametrize("name", ["bomb.gz", "bomb"])
def test_a_bomb_takes_no_more_than_the_limit(tmp_path: Path, name: str) -> None:
    packer = zlib.compressobj(9, wbits=31)
    begun = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    file = tmp_path / name
    file.write_bytes(begun + 2000 * again)  # each part stands alone after such a flush
    with (
        bounded(megabytes=60),
        pytest.raises(UserError, match=r"contains more than 10,000,000"),
    ):
        read_content(file, 10_000_000)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with (
        bounded(),
        pytest.raises(UserError, match=r"could not be read \(it is not a regular file\)"),
    ):
        read_content(tmp_path / "pipe")


def test_bytes_after_the_gzip_are_refused() -> None:
    with pytest.raises(GzipFault, match="contains bytes that are not gzip"):
        decompressed(gzip.compress(b"content") + b"more", 100)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (gzip.compress(b"content")[:-3], "is cut short"),
        (gzip.compress(b"content")[:-8] + bytes(8), "is damaged"),
        (b"\x1f\x8b" + b"?" * 20, "is damaged"),
    ],
    ids=["empty", "cut", "wrong sum", "no deflate"],  # the time is in what gzip writes
)
def test_files_that_are_not_whole_are_named(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "digits.gz"
    file.write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_content(file)
    assert str(caught.value) == f"{file} {words}: {TO_DO}"


def test_a_plain_file_of_absurd_size_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "huge"
    with file.open("wb") as hole:
        hole.truncate(1 << 31)
    with pytest.raises(UserError, match=r"huge contains more than 1,073,741,824 bytes"):
        read_content(file)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"could not be read \(Is a directory\)"):
        read_content(tmp_path)
