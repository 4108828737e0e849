"""Writes files completely or not at all, and removes what a killed program left half written."""

import os
import platform
import re
import shutil
import stat
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from lenet_gui.errors import UserError

LEFT_OVER_S = 24 * 60 * 60.0
"""No file takes this long to write: an unfinished one of this age is a leftover."""

_UNFINISHED = re.compile(r"\..*\.([0-9a-f]{8})-([0-9]{1,10})-[0-9a-f]{16}\.lenet-part", re.DOTALL)
"""The name of what is being written: the machine, the process, and a unique number."""


@contextmanager
def written_atomically(target: Path) -> Iterator[Path]:
    """Yields a path beside `target` to write to, and moves it over `target` at the end.

    If anything fails, the new file is removed and the old `target` stays as it was; only a killed
    process leaves it (see `remove_leftovers`). A link stays a link: the file that it leads to is
    replaced, and keeps its permissions.

    Raises:
        UserError: `target` is a folder or a device, its folder cannot be written, or the disk is
            full.
    """
    with _moved_over(target) as scratch:
        yield scratch
        with scratch.open("rb+") as written:
            os.fsync(written.fileno())


def write_atomically(target: Path, content: bytes) -> None:
    """Writes `content` to `target`, completely or not at all.

    Raises:
        UserError: the folder cannot be written or the disk is full.
    """
    with written_atomically(target) as scratch:
        scratch.write_bytes(content)


def write_folder_atomically(target: Path, contents: Mapping[str, bytes]) -> None:
    """Writes a folder with files of these names, completely or not at all.

    If anything fails, nothing is left of it; only a killed process leaves an unfinished folder.
    Such leftovers beside `target` are removed first: the place is the user's, and nothing else
    looks through it.

    Raises:
        UserError: there is a file, or a folder that is not empty; or it cannot be written.
    """
    check_folder(target)
    remove_leftovers(target.parent)
    with _moved_over(target, is_folder=True) as scratch:
        for name, content in contents.items():
            with (scratch / name).open("xb") as written:
                written.write(content)
                os.fsync(written.fileno())


@contextmanager
def _moved_over(target: Path, *, is_folder: bool = False) -> Iterator[Path]:
    """A new file or folder beside `target`, which takes its place and permissions at the end.

    Of a folder only if it is empty. If anything fails, nothing is left of the new one.
    """
    scratch: Path | None = None
    try:
        place = Path(os.path.realpath(target)) if is_folder else _place_of(target)
        place.parent.mkdir(parents=True, exist_ok=True)
        permissions = stat.S_IMODE(place.stat().st_mode) if place.exists() else None
        scratch = _unfinished(place, private=permissions is not None, is_folder=is_folder)
        yield scratch
        if permissions is not None:
            scratch.chmod(permissions)
        scratch.replace(place)
    except OSError as error:
        raise UserError(
            f"{target} could not be written ({error.strerror or error}): "
            "choose another place or free some space."
        ) from error
    finally:
        if scratch is not None and is_folder:
            shutil.rmtree(scratch, ignore_errors=True)
        elif scratch is not None:
            with suppress(OSError):
                scratch.unlink(missing_ok=True)


def check_folder(target: Path) -> None:
    """Checks that `target` can become a folder: it is not there yet, or it is empty.

    Raises:
        UserError: it is a file, contains something, or its own folder cannot be made or written.
    """
    try:
        if target.exists() and not target.is_dir():
            raise UserError(f"{target} is a file: choose another name for the folder.")
        if target.is_dir() and any(target.iterdir()):
            raise UserError(f"The folder {target} is not empty: choose an empty or a new one.")
        _write_beside(Path(os.path.realpath(target)))
    except OSError as error:
        raise _unwritable(target, error) from error


def remove_leftovers(folder: Path) -> None:
    """Removes the files and folders in a folder that this program was writing when it was killed.

    Only those of this user whose process is gone. If that cannot be known, because they are
    from another machine or the process has the number of a running one, they are removed when they
    are older than `LEFT_OVER_S`. What cannot be read or removed stays, silently.
    """
    with suppress(OSError):
        for found in list(folder.iterdir()):
            with suppress(OSError):
                if not _is_leftover(found):
                    continue
                if found.is_dir():
                    shutil.rmtree(found)
                else:
                    found.unlink()


def check_writable(target: Path) -> None:
    """Checks, before long work, whether `target` can be written at its end.

    Its folder is made if it is not there; `target` itself stays as it is.

    Raises:
        UserError: `target` is a folder or a device, its name is impossible, or its own folder
            cannot be made or written.
    """
    try:
        _write_beside(_place_of(target))
    except OSError as error:
        raise _unwritable(target, error) from error


def _write_beside(place: Path) -> None:
    """Makes the folder of a place if it is not there, and tries to write in it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=place.parent):
        pass


def _unwritable(target: Path, error: OSError) -> UserError:
    return UserError(
        f"{target} cannot be written ({error.strerror or error}): choose another place."
    )


def is_stream(target: Path) -> bool:
    """Whether `target` is a pipe or a device, to which one can only append."""
    with suppress(OSError):
        return target.exists() and not target.is_file() and not target.is_dir()
    return False


def is_there(file: Path) -> bool:
    """Whether there is a regular file, as far as can be seen; never an error."""
    with suppress(OSError):
        return file.is_file()
    return False


def is_file(path: Path) -> bool:
    """Whether there is a regular file at `path`.

    Raises:
        UserError: that cannot be known: its folder cannot be read, or its name is impossible.
    """
    try:
        return path.is_file()
    except OSError as error:
        raise UserError(
            f"{path} could not be read ({error.strerror or error}): check the name and the folder."
        ) from error


def _place_of(target: Path) -> Path:
    """Where `target` leads; an existing one must be a regular file."""
    if target.is_dir():
        raise UserError(f"{target} is a folder: name a file in it.")
    if is_stream(target):
        # Replacing it would remove a device from the whole machine.
        raise UserError(f"{target} is not a regular file: choose another place.")
    place = Path(os.path.realpath(target))
    place.exists()  # an impossible name is reported here
    return place


def _unfinished(place: Path, *, private: bool, is_folder: bool = False) -> Path:
    """A new, empty file or folder beside `place`, for this user alone if it is `private`.

    Otherwise the system gives it the permissions of any new file.
    """
    while True:
        # Only a part of the name: with the ending it must not become too long.
        writer = f"{_machine()}-{os.getpid()}-{os.urandom(8).hex()}"
        unfinished = place.with_name(f".{place.name[:20]}.{writer}.lenet-part")
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
        with suppress(FileExistsError):
            if is_folder:
                unfinished.mkdir(0o700 if private else 0o777)
                return unfinished
            os.close(os.open(unfinished, flags, 0o600 if private else 0o666))
            return unfinished


def _is_leftover(found: Path) -> bool:
    name = _UNFINISHED.fullmatch(found.name)
    if name is None:
        return False
    facts = found.lstat()
    if not (stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode)):
        return False
    if hasattr(os, "getuid") and facts.st_uid != os.getuid():
        return False
    if name[1] == _machine() and not _is_running(int(name[2])):
        return True
    return time.time() - facts.st_mtime > LEFT_OVER_S


@cache
def _machine() -> str:
    """Distinguishes the machines, and the containers, that write to one disk."""
    processes = ""
    with suppress(OSError):  # only on Linux
        processes = os.readlink("/proc/self/ns/pid")  # noqa: PTH115 - no path: "pid:[4026531836]"
    return f"{zlib.crc32(f'{platform.node()} {processes}'.encode()):08x}"


def _is_running(process: int) -> bool:
    """Whether a process of this machine runs; True if that cannot be checked safely."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)  # sends nothing
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # another user's; not the number of a process
        return True
    return True
