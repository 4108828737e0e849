"""Files that may be compressed are read whole or refused with a sentence that names them."""

import gzip
import os
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.data.gzip_files import GzipFault, decompressed, read_content
from lenet_gui.errors import UserError
from tests.support.bounds import bounded

TO_DO = "choose another copy or download it again."


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
