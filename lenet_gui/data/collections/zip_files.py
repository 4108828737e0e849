"""Zip archives from outside, .npz files among them: no more is unpacked than may be."""

import errno
import os
import struct
import zipfile
from typing import BinaryIO, Final

from lenet_gui.data.gzip_files import most_unpacked
from lenet_gui.errors import UserError

LARGEST_DIRECTORY: Final = 24 << 20
"""Bytes of an archive's table of contents, which is read as a whole."""

_KINDS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How files may be packed. Of other kinds zipfile unpacks all at once, however little is wanted."""

_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x06"
_LONGEST_END: Final = 1 << 17


def opened_zip(stream: BinaryIO) -> zipfile.ZipFile:
    """An archive, with its table of contents.

    Raises:
        OSError: the table is longer than `LARGEST_DIRECTORY` (EFBIG).
        Exception: of nearly any kind, if the archive is damaged.
    """
    if _size_of_directory(stream) > LARGEST_DIRECTORY:
        raise _too_large()
    return zipfile.ZipFile(stream)


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
    most = most_unpacked(info.compress_size, largest)
    with archive.open(info) as opened:
        content = opened.read(most + 1)
    if len(content) > most:
        raise _too_large()
    return content


def _size_of_directory(stream: BinaryIO) -> int:
    """Bytes, as the archive's end says."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _LONGEST_END))
    tail = stream.read(_LONGEST_END)
    sizes = [0]
    for mark, offset, form in ((_END, 12, "<I"), (_END_64, 40, "<Q")):
        place = tail.rfind(mark)
        if 0 <= place <= len(tail) - offset - struct.calcsize(form):
            (found,) = struct.unpack_from(form, tail, place + offset)
            sizes.append(found if found != 0xFFFFFFFF else 0)
    stream.seek(0)
    return max(sizes)


def _too_large() -> OSError:
    return OSError(errno.EFBIG, os.strerror(errno.EFBIG))
