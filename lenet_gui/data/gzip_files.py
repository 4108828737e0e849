"""Reading files that may be compressed with gzip, as those of MNIST are."""

import errno
import zlib
from pathlib import Path
from typing import Final

from lenet_gui.errors import UserError
from lenet_gui.safe_reading import read_ordinary

REMEDY: Final = "choose another copy or download it again"

LARGEST_CONTENT: Final = 1 << 30
"""Bytes after decompression beyond which a file is refused; MNIST's largest has 47,040,016."""

GZIP_OVERHEAD: Final = 1 << 16
"""Bytes that gzip may add to what it cannot compress."""

GZIP_MAGIC: Final = b"\x1f\x8b"
_ZLIB_READS_GZIP: Final = 31  # zlib's window bits for a gzip header and checksum
_FIRST_PIECE: Final = 256
"""Bytes that a member is given first. zlib copies the rest: with much of it, for many small
members, that would take forever."""
_LARGEST_PIECE: Final = 1 << 20


class GzipFault(Exception):  # noqa: N818 - it is a finding about bytes, which callers word
    """Why bytes cannot be decompressed, as words that follow the file's name: "is cut short"."""


def decompressed(content: bytes, largest: int) -> bytes:
    """The bytes inside gzip `content`; all its members, whose checksums are verified.

    The time grows with the bytes that come in and go out, however many members there are.

    Args:
        content: the bytes of a .gz file.
        largest: the most bytes to give.

    Raises:
        GzipFault: `content` is not gzip, is cut short or damaged, or holds more than `largest`
            bytes.
    """
    whole = bytearray()
    place = 0
    while place < len(content):
        if not content.startswith(GZIP_MAGIC, place):
            raise GzipFault("contains bytes that are not gzip" if place else "is not a gzip file")
        place = _add_member(content, place, whole, largest)
    return bytes(whole)


def _add_member(content: bytes, place: int, whole: bytearray, largest: int) -> int:
    """Adds the content of the member at `place` to `whole`; returns where it ends."""
    member = zlib.decompressobj(_ZLIB_READS_GZIP)
    view = memoryview(content)
    piece = _FIRST_PIECE
    while not member.eof:
        if place == len(content):
            raise GzipFault("is cut short")
        given = view[place : place + piece]
        place += len(given)
        piece = min(2 * piece, _LARGEST_PIECE)
        try:
            whole += member.decompress(given, largest + 1 - len(whole))
        except zlib.error as error:
            raise GzipFault("is damaged") from error
        if len(whole) > largest:
            raise GzipFault(f"contains more than {largest:,} bytes")
    return place - len(member.unused_data)


def read_content(path: Path, largest: int = LARGEST_CONTENT) -> bytes:
    """The bytes of the file at `path`, decompressed if they are gzip, whatever its name.

    Raises:
        UserError: the file cannot be read, is not a regular one, is empty, is incomplete, or holds
            more than `largest` bytes.
    """
    too_large = f"{path} contains more than {largest:,} bytes: {REMEDY}."
    try:
        content = read_ordinary(path, largest + GZIP_OVERHEAD)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise UserError(too_large) from error
        raise UserError(
            f"{path} could not be read ({error.strerror or error}): "
            "allow reading it, or choose another folder."
        ) from error
    if not content:
        raise UserError(f"{path} is empty: {REMEDY}.")
    if not content.startswith(GZIP_MAGIC):
        if len(content) > largest:
            raise UserError(too_large)
        return content
    try:
        return decompressed(content, largest)
    except GzipFault as fault:
        raise UserError(f"{path} {fault}: {REMEDY}.") from fault
