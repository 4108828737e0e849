"""Packed files from outside, .npz files among them: no more is unpacked than may be."""

import errno
import io
import os
import zipfile
from typing import BinaryIO, Final

from lenet_gui.errors import UserError

LONGEST_TABLE: Final = 24 << 20
"""Bytes of an archive's table of contents, which is read as a whole."""

_KINDS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How files may be packed. Of other kinds zipfile unpacks all at once, however little is wanted."""

_USUAL_CONTENT: Final = 64 << 20
_HIGHEST_RATIO: Final = 200
"""Pictures of digits shrink to a tenth, nothing but black to a thousandth."""


def most_unpacked(packed: int, largest: int) -> int:
    """How many bytes may come of `packed` ones, at most `largest`: a bomb has more."""
    return min(largest, _USUAL_CONTENT + _HIGHEST_RATIO * packed)


def opened_zip(stream: BinaryIO, longest_table: int = LONGEST_TABLE) -> zipfile.ZipFile:
    """An archive, with its table of contents.

    How long the table is, is not believed: an archive may say so twice, and differently.

    Raises:
        OSError: the table is longer than `longest_table` bytes (EFBIG).
        Exception: of nearly any kind, if the archive is damaged.
    """
    archive = zipfile.ZipFile(_ShortReads(stream, longest_table))
    archive.fp = stream  # the files in it may be longer
    return archive


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, largest: int, shown: str) -> bytes:
    """The bytes of a file in an archive.

    Args:
        archive: the archive.
        info: which file it is.
        largest: the most bytes that it may have.
        shown: what it is called in a sentence.

    Raises:
        UserError: it is packed in an unusual way.
        OSError: it has more bytes (EFBIG), or more than anything usual that is packed so small.
        Exception: of nearly any kind, if the archive is damaged.
    """
    if info.compress_type not in _KINDS:
        raise UserError(f"{shown} is packed in an unusual way: unpack it first.")
    most = most_unpacked(min(info.compress_size, size_of(archive)), largest)
    with archive.open(info) as opened:
        content = opened.read(most + 1)
    if len(content) > most:
        raise _too_large()
    return content


def size_of(archive: zipfile.ZipFile) -> int:
    """Bytes of the archive itself."""
    assert archive.fp is not None  # noqa: S101 - it is open
    return archive.fp.seek(0, os.SEEK_END)


class _ShortReads(io.BufferedIOBase):
    """A stream of which at most `longest` bytes are read at once."""

    def __init__(self, stream: BinaryIO, longest: int) -> None:
        self._stream, self._longest = stream, longest

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self._longest + 1 if size is None or size < 0 else size
        if wanted > self._longest + 1:
            raise _too_large()
        content = self._stream.read(wanted)
        if len(content) > self._longest:
            raise _too_large()
        return content

    def seek(self, place: int, whence: int = os.SEEK_SET, /) -> int:
        return self._stream.seek(place, whence)

    def tell(self) -> int:
        return self._stream.tell()


def _too_large() -> OSError:
    return OSError(errno.EFBIG, os.strerror(errno.EFBIG))
