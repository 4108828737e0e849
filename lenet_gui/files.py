"""Files are written whole or not at all."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lenet_gui.errors import UserError


@contextmanager
def written_atomically(target: Path) -> Iterator[Path]:
    """Gives a path beside `target` to write to, and moves it over `target` at the end.

    If anything fails, the new file is removed and the old `target` stays as it was. A link stays
    a link: the file that it leads to is replaced, and keeps its permissions.

    Raises:
        UserError: `target` is a folder or a device, its folder cannot be written, or the disk is
            full.
    """
    scratch: Path | None = None
    try:
        place = _place_of(target)
        place.parent.mkdir(parents=True, exist_ok=True)
        # A part of the name alone: with the ending it must not become too long.
        handle, name = tempfile.mkstemp(prefix=f".{place.name[:20]}.", dir=place.parent)
        os.close(handle)
        scratch = Path(name)
        yield scratch
        with scratch.open("rb+") as written:
            os.fsync(written.fileno())
        scratch.chmod(stat.S_IMODE(place.stat().st_mode) if place.exists() else 0o666 & ~_umask())
        scratch.replace(place)
    except OSError as error:
        raise UserError(
            f"{target} could not be written ({error.strerror or error}): "
            "choose another place or free some space."
        ) from error
    finally:
        if scratch is not None:
            with suppress(OSError):
                scratch.unlink(missing_ok=True)


def write_atomically(target: Path, content: bytes) -> None:
    """Writes `content` to `target`, whole or not at all.

    Raises:
        UserError: the folder cannot be written or the disk is full.
    """
    with written_atomically(target) as scratch:
        scratch.write_bytes(content)


def check_writable(target: Path) -> None:
    """Finds out before long work whether `target` could be written at its end.

    Its folder is made if it is not there; `target` itself stays as it is.

    Raises:
        UserError: `target` is a folder or a device, its name cannot be, or its own folder cannot
            be made or written.
    """
    try:
        place = _place_of(target)
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place.parent):
            pass
    except OSError as error:
        raise UserError(
            f"{target} cannot be written ({error.strerror or error}): choose another place."
        ) from error


def is_stream(target: Path) -> bool:
    """Whether `target` is a pipe or a device, to which one can only append."""
    with suppress(OSError):
        return target.exists() and not target.is_file() and not target.is_dir()
    return False


def is_file(path: Path) -> bool:
    """Whether there is an ordinary file at `path`.

    Raises:
        UserError: that cannot be known: its folder may not be looked into, or its name cannot be.
    """
    try:
        return path.is_file()
    except OSError as error:
        raise UserError(
            f"{path} could not be read ({error.strerror or error}): check the name and the folder."
        ) from error


def _place_of(target: Path) -> Path:
    """Where `target` leads; what is there already must be an ordinary file."""
    if target.is_dir():
        raise UserError(f"{target} is a folder: name a file in it.")
    if is_stream(target):
        # Replacing it would take a device away from the whole machine.
        raise UserError(f"{target} is no ordinary file: choose another place.")
    place = Path(os.path.realpath(target))
    place.exists()  # a name that cannot be is told here
    return place


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
