"""A file is written whole or not at all."""

import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from lenet_gui.errors import UserError
from lenet_gui.files import check_writable, is_file, is_stream, write_atomically, written_atomically


def test_writes_and_replaces(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "folder" / "file.bin"
    write_atomically(target, b"one")
    write_atomically(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(target.parent.iterdir()) == [target]
    assert stat.S_IMODE(target.stat().st_mode) & 0o600 == 0o600


def test_a_failure_in_the_middle_leaves_the_old_file_alone(tmp_path: Path) -> None:
    target = tmp_path / "file.bin"
    write_atomically(target, b"old")

    def interrupted() -> None:
        with written_atomically(target) as scratch:
            scratch.write_bytes(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    with pytest.raises(UserError, match="could not be written"):
        write_atomically(blocker / "inside", b"")


def test_a_full_disk_leaves_the_old_file_alone(tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: the same kind of error."""
    target = tmp_path / "file.bin"
    write_atomically(target, b"old")
    program = (
        "import signal, resource, pathlib, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (4096, {resource.RLIM_INFINITY}))\n"
        "from lenet_gui.files import write_atomically\n"
        "from lenet_gui.errors import UserError\n"
        "try:\n"
        "    write_atomically(pathlib.Path(sys.argv[1]), b'x' * 100_000)\n"
        "except UserError as error:\n"
        "    print(error)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(target)], capture_output=True, text=True, check=True
    )
    assert "could not be written (File too large)" in told.stdout
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real"
    link = tmp_path / "link"
    link.symlink_to(real)
    for content in (b"new", b"newer"):  # the file is not there at first
        write_atomically(link, content)
        assert link.is_symlink()
        assert real.read_bytes() == content


def test_the_permissions_of_an_old_file_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_bytes(b"")
    target.chmod(0o640)
    write_atomically(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_pipe_or_a_device_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert is_stream(pipe)
    for refuses in (check_writable, lambda target: write_atomically(target, b"")):
        with pytest.raises(UserError, match="pipe is no ordinary file: choose another place"):
            refuses(pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_folder_is_told(tmp_path: Path) -> None:
    for refuses in (check_writable, lambda target: write_atomically(target, b"")):
        with pytest.raises(UserError, match="is a folder: name a file in it"):
            refuses(tmp_path)
    assert not is_stream(tmp_path)


def test_names_are_written_up_to_the_longest_there_can_be(tmp_path: Path) -> None:
    longest = tmp_path / ("ä" * 127)
    check_writable(longest)
    write_atomically(longest, b"whole")
    assert is_file(longest)
    too_long = tmp_path / ("ä" * 128)
    for refuses in (check_writable, is_file, lambda target: write_atomically(target, b"")):
        with pytest.raises(UserError, match=r"File name too long"):
            refuses(too_long)
    assert not is_stream(too_long)
    assert list(tmp_path.iterdir()) == [longest]
