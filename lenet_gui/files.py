"""Files are written whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lenet_gui.errors import UserError


@contextmanager
def written_atomically(target: Path) -> Iterator[Path]:
    """Gives a path beside `target` to write to, and moves it over `target` at the end.

    If anything fails, the new file is removed and the old `target` stays as it was.

    Raises:
        UserError: the folder cannot be written or the disk is full.
    """
    scratch: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", dir=target.parent)
        os.close(handle)
        scratch = Path(name)
        yield scratch
        with scratch.open("rb+") as written:
            os.fsync(written.fileno())
        scratch.chmod(0o666 & ~_umask())
        scratch.replace(target)
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
        UserError: `target` is a folder, or its own folder cannot be made or written.
    """
    if target.is_dir():
        raise UserError(f"{target} is a folder: name a file in it.")
    if target.exists() and not target.is_file():
        return  # a pipe or a device: its folder does not matter
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=target.parent):
            pass
    except OSError as error:
        raise UserError(
            f"{target} cannot be written ({error.strerror or error}): choose another place."
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
