"""Only ordinary files are opened, whatever lies at a name; and no more than is wanted is read."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from lenet_gui.safe_reading import open_ordinary, read_ordinary
from tests.support.bounds import bounded


def a_pipe(place: Path) -> None:
    os.mkfifo(place)


def a_socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(place))


def a_folder(place: Path) -> None:
    place.mkdir()


def zeros_without_end(place: Path) -> None:
    place.symlink_to("/dev/zero")


def a_terminal(place: Path) -> None:
    place.symlink_to("/dev/tty")


def a_link_to_itself(place: Path) -> None:
    place.symlink_to(place)


def nothing(place: Path) -> None:
    place.symlink_to(place.parent / "gone")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("through_a_link", [False, True])
@pytest.mark.parametrize(
    "make", [a_pipe, a_socket, a_folder, zeros_without_end, a_terminal, a_link_to_itself, nothing]
)
def test_what_is_no_ordinary_file_is_not_opened(
    make: Callable[[Path], None], through_a_link: bool, tmp_path: Path
) -> None:
    place = tmp_path / "it"
    make(place)
    if through_a_link:
        (tmp_path / "link").symlink_to(place)
        place = tmp_path / "link"
    with bounded():
        with pytest.raises(OSError, match=r".") as refused:
            open_ordinary(place)
        assert refused.value.strerror
        with pytest.raises(OSError, match=r"."):
            read_ordinary(place, 1000)


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"content")
    link.symlink_to(file)
    assert read_ordinary(file, 7) == read_ordinary(link, 7) == b"content"
    with open_ordinary(file) as opened:
        assert opened.read() == b"content"
    with pytest.raises(OSError, match="it is larger than 6 bytes"):
        read_ordinary(file, 6)


def test_a_file_larger_than_the_memory_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "hole").open("wb") as hole:
        hole.truncate(1 << 40)
    with bounded(megabytes=20), pytest.raises(OSError, match="larger than 1,000 bytes"):
        read_ordinary(tmp_path / "hole", 1000)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no such files on this system")
def test_a_file_that_says_it_is_empty_and_is_not(tmp_path: Path) -> None:
    assert Path("/proc/self/maps").stat().st_size == 0
    with pytest.raises(OSError, match="larger than 10 bytes"):
        read_ordinary(Path("/proc/self/maps"), 10)


def test_a_name_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="null"):
        read_ordinary(Path("nul\0byte"), 10)
