"""The kinds of pictures that can be read, by Pillow's names, and the ends of their files' names."""

from collections.abc import Mapping
from typing import Final

SUFFIXES: Final[Mapping[str, tuple[str, ...]]] = {
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg"),
    "GIF": (".gif",),
    "BMP": (".bmp",),
    "DIB": (".dib",),
    "TIFF": (".tif", ".tiff"),
    "WEBP": (".webp",),
    "PPM": (".ppm", ".pgm", ".pbm", ".pnm"),
    "ICO": (".ico",),
    "AVIF": (".avif",),
    "JPEG2000": (".jp2", ".j2k"),
    "HEIF": (".heic", ".heif"),
}
"""What is read, whatever the file is called; the suffixes are what a dialog offers.

HEIF is read if the package pillow-heif is installed.
"""

_KINDS_OF_HEIC: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs")
_LONGEST_HEADER: Final = 256


def is_heic(begin: bytes) -> bool:
    """Whether a file that begins so is a HEIC picture: its first box names what it contains."""
    if begin[4:8] != b"ftyp":
        return False
    length = min(int.from_bytes(begin[:4], "big"), _LONGEST_HEADER)
    brands = begin[8:12] + begin[16:length]
    return any(brands[place : place + 4] in _KINDS_OF_HEIC for place in range(0, len(brands), 4))
