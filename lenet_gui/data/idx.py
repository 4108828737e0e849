"""Reading IDX, the file format of MNIST, plain or compressed with gzip."""

import errno
import math
import struct
import zlib
from pathlib import Path
from typing import Final

import numpy as np

from lenet_gui.data.digits import CLASSES, DIGIT_SIDE, UInt8Array
from lenet_gui.errors import UserError
from lenet_gui.safe_reading import read_ordinary

IMAGES_MAGIC: Final = 0x0803
"""The first four bytes, big-endian: unsigned bytes in 3 dimensions."""

LABELS_MAGIC: Final = 0x0801
"""The same in 1 dimension."""

REMEDY: Final = "delete it and download MNIST again"

LARGEST_CONTENT: Final = 1 << 30
"""Bytes after decompression beyond which a file is refused; MNIST's largest has 47,040,016."""

GZIP_OVERHEAD: Final = 1 << 16
"""Bytes that gzip may add to what it cannot compress."""

_GZIP_MAGIC: Final = b"\x1f\x8b"
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
        if not content.startswith(_GZIP_MAGIC, place):
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
    if not content.startswith(_GZIP_MAGIC):
        if len(content) > largest:
            raise UserError(too_large)
        return content
    try:
        return decompressed(content, largest)
    except GzipFault as fault:
        raise UserError(f"{path} {fault}: {REMEDY}.") from fault


def images_of(content: bytes, path: Path) -> UInt8Array:
    """The images in the content of an IDX file.

    Args:
        content: the decompressed bytes.
        path: where they come from, for the messages.

    Returns:
        uint8 [N, 28, 28], a view of `content` that is not writeable.

    Raises:
        UserError: the magic number is not that of images, the images are not 28x28, or the
            size does not fit the header.
    """
    shape = _shape(content, path, IMAGES_MAGIC, "images")
    if shape[1:] != (DIGIT_SIDE, DIGIT_SIDE):
        raise UserError(
            f"{path} contains images of {shape[1]}x{shape[2]} pixels instead of 28x28: {REMEDY}."
        )
    return _values(content, path, shape)


def labels_of(content: bytes, path: Path) -> UInt8Array:
    """The labels in the content of an IDX file; arguments as for `images_of`.

    Returns:
        uint8 [N], each 0..9, a view of `content` that is not writeable.

    Raises:
        UserError: the magic number is not that of labels, the size does not fit the header, or
            a label is above 9.
    """
    labels = _values(content, path, _shape(content, path, LABELS_MAGIC, "labels"))
    wrong = np.flatnonzero(labels >= CLASSES)
    if wrong.size:
        raise UserError(
            f"{path} gives digit {wrong[0]} the label {labels[wrong[0]]}, which is not 0 to 9: "
            f"{REMEDY}."
        )
    return labels


def _shape(content: bytes, path: Path, magic: int, kind: str) -> tuple[int, ...]:
    """The shape in the header, whose magic number must be `magic`."""
    if len(content) < 4:
        raise UserError(f"{path} is cut short in its header: {REMEDY}.")
    (found,) = struct.unpack_from(">I", content)
    if found != magic:
        raise UserError(
            f"{path} begins with the magic number {found} instead of {magic}, so it is not an "
            f"IDX file of {kind}: {REMEDY}."
        )
    dimensions = magic & 0xFF
    if len(content) < _header_size(dimensions):
        raise UserError(f"{path} is cut short in its header: {REMEDY}.")
    return struct.unpack_from(f">{dimensions}I", content, 4)


def _values(content: bytes, path: Path, shape: tuple[int, ...]) -> UInt8Array:
    """The bytes after the header in its shape; there must be exactly as many as it announces."""
    start = _header_size(len(shape))
    announced = start + math.prod(shape)  # Python integers: a forged header does not overflow
    if len(content) < announced:
        raise UserError(
            f"{path} is cut short: its header announces {announced:,} bytes and it has "
            f"{len(content):,}: {REMEDY}."
        )
    if len(content) > announced:
        raise UserError(
            f"{path} is too long: its header announces {announced:,} bytes and it has "
            f"{len(content):,}: {REMEDY}."
        )
    return np.frombuffer(content, dtype=np.uint8, offset=start).reshape(shape)


def _header_size(dimensions: int) -> int:
    return 4 + 4 * dimensions
