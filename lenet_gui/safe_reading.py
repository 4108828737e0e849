"""Opening files that others may have put there: only regular ones, up to a size.

A pipe would be waited for, a device may never end, and a file may be larger than the memory.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


def open_ordinary(path: Path) -> BinaryIO:
    """Opens a regular file, or a link to one, for reading.

    Raises:
        OSError: it cannot be opened, or is something else: a folder, a pipe, a device, a socket.
        ValueError: an impossible name.
    """
    _require_ordinary(path.stat())  # before it is opened, which may block, or trigger a device
    file = open(path, "rb", opener=_open_without_waiting)  # noqa: SIM115 - has an opener
    try:
        _require_ordinary(os.fstat(file.fileno()))
    except OSError:
        file.close()
        raise
    return file


def read_ordinary(path: Path, largest: int) -> bytes:
    """The bytes of a regular file of at most `largest` bytes.

    Raises:
        OSError: as `open_ordinary`, or the file is larger.
        ValueError: an impossible name.
    """
    with open_ordinary(path) as file:
        size = os.fstat(file.fileno()).st_size
        content = (
            file.read(size + 1) if size <= largest else b""
        )  # this much memory is allocated at once
        if len(content) > size:  # it grew, or is one of the system's own files, whose size is 0
            content += file.read(largest + 1 - len(content))
        if max(len(content), size) > largest:
            raise OSError(errno.EFBIG, f"it is larger than {largest:,} bytes", str(path))
    return content


def _require_ordinary(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file")


def _open_without_waiting(path: str, flags: int) -> int:
    """Does not block on something that replaced the file a moment ago."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
