"""How large a picture may be, so that reading it takes neither all memory nor forever."""

import struct
from typing import Any, BinaryIO, Final

from PIL import Image, TiffImagePlugin

LONGEST_SIDE: Final = 1024
"""Larger pictures are reduced, by a whole factor, to at most this side."""

MOST_PIXELS: Final = 64_000_000
"""No picture may have more; a phone's of 50 megapixels has up to 50.4 million."""

LARGEST_FILE: Final = 1 << 29
"""Bytes of a file beyond which it is not read."""

MOST_BYTES: Final = 350_000_000
"""What decoding may take; kinds that take more per pixel may have fewer pixels."""

MOST_PIXELS_IN_PYTHON: Final = 1_000_000
"""If Pillow decodes pixel by pixel in Python, which takes a second for this many."""

MOST_ICON_PIXELS: Final = 1 << 21
"""In an icon; its format allows 256 x 256."""

MOST_SCANS: Final = 100
"""Of a JPEG: each goes through the whole picture, and takes only a few bytes."""

_DECODED_IN_PYTHON: Final = frozenset({"bmp_rle", "ppm", "ppm_plain"})
_WEBP_BYTES: Final = 16  # a pixel: the decoder keeps two pictures, and gives bytes, then pixels
_AVIF_BYTES: Final = 16  # the same, the decoder's own with up to 16 bits a colour
_HEIC_BYTES: Final = 7  # half a picture of the decoder's, bytes, then pixels
_HEIC_BYTES_OF_MORE: Final = 16  # with transparency, or with more than 8 bits a colour
_JPEG_2000_BYTES: Final = 8  # for each colour: the decoder's are of 32 bits


def most_pixels(opened: Image.Image) -> int:
    """How many pixels a picture of this kind may have; it is opened and not yet decoded.

    Raises:
        Exception: of nearly any kind, if the file's header is damaged.
    """
    tiles = getattr(opened, "tile", [])
    if any(tile.codec_name in _DECODED_IN_PYTHON for tile in tiles):
        return MOST_PIXELS_IN_PYTHON
    return min(MOST_PIXELS, int(MOST_BYTES / _bytes_a_pixel(opened)))


def has_endless_scans(stream: BinaryIO) -> bool:
    """Whether a JPEG has more scans than any genuine one."""
    stream.seek(0)
    scans, before = 0, b""
    while piece := stream.read(1 << 20):
        scans += (before + piece).count(b"\xff\xda")  # in coded data a 0 follows every ff
        before = piece[-1:] if piece.endswith(b"\xff") else b""
        if scans > MOST_SCANS:
            return True
    return False


def is_icon_too_large(stream: BinaryIO) -> bool:
    """Whether the file is an icon with a picture in it that is larger than icons are.

    Pillow decodes icons as it opens them, and trusts sizes that need not be true.

    Raises:
        struct.error: it is an icon, and cut short.
    """
    stream.seek(0)
    header = stream.read(6)
    if not header.startswith(b"\0\0\1\0"):
        return False
    (count,) = struct.unpack_from("<H", header, 4)
    entries = stream.read(16 * count)
    for place in range(len(entries) // 16):
        (offset,) = struct.unpack_from("<I", entries, 16 * place + 12)
        stream.seek(offset)
        width, height = _size_within(stream.read(24))
        if abs(width * height) > MOST_ICON_PIXELS:
            return True
    return False


def _size_within(begin: bytes) -> tuple[int, int]:
    """Of a PNG, or of a bitmap without a file's header."""
    if begin.startswith(b"\x89PNG"):
        width, height = struct.unpack_from(">II", begin, 16)
    elif begin.startswith(b"\x0c\0\0\0"):
        width, height = struct.unpack_from("<HH", begin, 4)
    else:
        width, height = struct.unpack_from("<ii", begin, 4)
    return width, height


def _bytes_a_pixel(opened: Image.Image) -> float:
    """What decoding takes at its peak, for each pixel; of ours, Pillow keeps four."""
    if opened.format == "WEBP":
        return _WEBP_BYTES
    if opened.format == "AVIF":
        return _AVIF_BYTES
    if opened.format == "HEIF":
        is_plain = opened.mode in ("L", "RGB") and opened.info.get("bit_depth", 8) == 8
        return _HEIC_BYTES if is_plain else _HEIC_BYTES_OF_MORE
    if opened.format == "JPEG2000":
        return _JPEG_2000_BYTES * max(2, len(opened.getbands()))
    if isinstance(opened, TiffImagePlugin.TiffImageFile):
        return 4 + _tiff_bytes(opened) / max(1, opened.width * opened.height)
    layers = getattr(opened, "layer", None)
    if layers:  # a JPEG, decoded smaller at once; but all its coefficients may be kept
        smaller = next(s for s in (8, 4, 2, 1) if s == 1 or min(opened.size) >= s * LONGEST_SIDE)
        return _coefficients(layers) + 4 / smaller**2
    return 4


def _coefficients(layers: list[tuple[int, int, int, int]]) -> float:
    """Bytes a pixel of a JPEG's coefficients, two for each; layers are sampled more or less."""
    widest = max(across for _, across, _, _ in layers) or 1
    highest = max(down for _, _, down, _ in layers) or 1
    return sum(2 * across * down / (widest * highest) for _, across, down, _ in layers)


def _tiff_bytes(opened: TiffImagePlugin.TiffImageFile) -> float:
    """What libtiff takes besides the picture: a strip or tile, packed and unpacked; a rotation."""
    tags: Any = opened.tag_v2
    width, height = opened.size
    turned = 4 * width * height if tags.get(274, 1) != 1 else 0
    if all(tile.codec_name == "raw" for tile in opened.tile):
        return turned
    bits = tags.get(258, (1,))
    sides = (tags[322], tags[323]) if 322 in tags else (width, min(tags.get(278, height), height))
    unpacked = sides[0] * sides[1] * max(4, sum(bits) / 8)
    packed = max(tags.get(325 if 322 in tags else 279, (0,)))
    return float(turned + unpacked + packed)
