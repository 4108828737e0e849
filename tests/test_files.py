"""A file is written whole or not at all, and what a killed program left is cleared away."""

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lenet_gui.errors import UserError
from lenet_gui.files import (
    LEFT_OVER_S,
    check_writable,
    is_file,
    is_stream,
    remove_leftovers,
    write_atomically,
    write_folder_atomically,
    written_atomically,
)


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


@pytest.mark.parametrize("mask", [0o022, 0o027, 0o077])
def test_a_new_file_has_the_permissions_of_any_new_file(mask: int, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        (tmp_path / "any").write_bytes(b"")
        write_atomically(tmp_path / "file", b"new")
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == {0o666 & ~mask}


def test_the_mask_of_the_process_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other threads would make their files with the mask that is set for a moment."""
    monkeypatch.setattr(os, "umask", lambda _: pytest.fail("the mask was changed"))
    write_atomically(tmp_path / "file", b"new")
    write_atomically(tmp_path / "file", b"newer")


def test_a_private_file_is_private_while_it_is_written(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_bytes(b"")
    target.chmod(0o600)
    with written_atomically(target) as scratch:
        assert stat.S_IMODE(scratch.stat().st_mode) == 0o600


WRITES_FOR_EVER = """
import pathlib, sys
from lenet_gui.files import written_atomically
with written_atomically(pathlib.Path(sys.argv[1])) as scratch:
    scratch.write_bytes(b"half")
    print(scratch, flush=True)
    sys.stdin.read()
"""


@contextmanager
def writing(target: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process in the middle of writing, and its unfinished file."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITES_FOR_EVER, str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        unfinished = Path(process.stdout.readline().strip())
        assert unfinished.parent == target.parent
        assert unfinished.read_bytes() == b"half"
        yield process, unfinished
        process.kill()


def test_what_a_killed_process_left_is_removed_and_what_a_living_one_writes_is_not(
    tmp_path: Path,
) -> None:
    target = tmp_path / ("ü" * 127)
    with writing(target) as (process, unfinished):
        remove_leftovers(tmp_path)
        assert unfinished.is_file()
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert list(tmp_path.iterdir()) == [unfinished]
        remove_leftovers(tmp_path)
        assert list(tmp_path.iterdir()) == []


def test_where_nobody_knows_the_writer_age_decides(tmp_path: Path) -> None:
    """Written elsewhere, or by a process whose number another one has by now."""
    with written_atomically(tmp_path / "file") as scratch:
        machine, process, number = scratch.name.split(".")[-2].split("-")
        files = [
            scratch.with_name(f".file.{one}.lenet-part")
            for one in (f"{int(machine, 16) ^ 1:08x}-1-{number}", f"{machine}-1-{number}")
        ]
        assert int(process) == os.getpid()
        for file in files:
            file.write_bytes(b"")
        remove_leftovers(tmp_path)
        assert all(file.is_file() for file in files)
        old = time.time() - LEFT_OVER_S - 60
        for file in files:
            os.utime(file, (old, old))
        remove_leftovers(tmp_path)
        assert not any(file.exists() for file in files)
        assert scratch.is_file()


def test_a_folder_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "folder"
    write_folder_atomically(target, {"one": b"1", "two": b"2"})
    assert {one.name: one.read_bytes() for one in target.iterdir()} == {"one": b"1", "two": b"2"}
    with pytest.raises(UserError, match=r"The folder .* is not empty: choose an empty or a new"):
        write_folder_atomically(target, {"three": b"3"})
    empty = tmp_path / "empty"
    empty.mkdir(mode=0o750)
    with pytest.raises(UserError, match=r"empty could not be written"):
        write_folder_atomically(empty, {"one": b"1", "deep/two": b"2"})
    assert list(empty.iterdir()) == []
    write_folder_atomically(empty, {"one": b"1"})
    assert stat.S_IMODE(empty.stat().st_mode) == 0o750
    assert {one.name for one in tmp_path.iterdir()} == {"deep", "empty"}
    assert list(target.parent.iterdir()) == [target]


KILLED_WHILE_IT_WROTE_A_FOLDER = """
import os, pathlib, signal, sys
from lenet_gui.files import write_folder_atomically
class Contents(dict):
    def items(self):
        yield "one", b"1"
        os.kill(os.getpid(), signal.SIGKILL)
write_folder_atomically(pathlib.Path(sys.argv[1]), Contents())
"""


def test_a_folder_that_a_killed_process_left_is_removed_with_what_is_in_it(tmp_path: Path) -> None:
    killed = [sys.executable, "-c", KILLED_WHILE_IT_WROTE_A_FOLDER, str(tmp_path / "model")]
    for clear in (
        lambda: remove_leftovers(tmp_path),
        lambda: write_folder_atomically(tmp_path / "other", {"two": b"2"}),
    ):
        subprocess.run(killed, check=False)
        (left,) = tmp_path.iterdir()
        assert [one.name for one in left.iterdir()] == ["one"]
        clear()
        assert not left.exists()
    assert [one.name for one in tmp_path.iterdir()] == ["other"]


def test_nobody_elses_files_are_removed(tmp_path: Path) -> None:
    with writing(tmp_path / "file") as (process, unfinished):
        process.kill()
        process.wait()
    name = unfinished.name
    precious = tmp_path / "precious"
    precious.write_bytes(b"mine")
    unfinished.unlink()
    (tmp_path / name).symlink_to(precious)
    (tmp_path / f"{name[:-27]}{'0' * 16}.lenet-part").symlink_to(tmp_path.parent)
    for other in (name[1:], f"{name}.txt", f"x{name}", ".file.tmp", ".file.x-1-2.lenet-part"):
        (tmp_path / other).write_bytes(b"")
    for file in tmp_path.iterdir():
        os.utime(file, (0, 0), follow_symlinks=False)
    before = sorted(tmp_path.iterdir())
    remove_leftovers(tmp_path)
    assert sorted(tmp_path.iterdir()) == before
    for no_folder in (precious, tmp_path / "gone"):
        remove_leftovers(no_folder)
    assert precious.read_bytes() == b"mine"


def test_a_pipe_or_a_device_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert is_stream(pipe)
    for refuses in (check_writable, lambda target: write_atomically(target, b"")):
        with pytest.raises(UserError, match="pipe is not a regular file: choose another place"):
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
