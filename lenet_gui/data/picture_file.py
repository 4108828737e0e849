"""Reading a picture file into grey levels, whatever its format, without being harmed by it."""

import io
import logging
import warnings
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from lenet_gui.errors import UserError

Floats = NDArray[np.float32]

FORMATS: Final = ("PNG", "JPEG", "GIF", "BMP", "DIB", "TIFF", "WEBP", "PPM", "ICO")
MOST_PIXELS: Final = 50_000_000
"""Larger pictures are turned away by their header, before anything is decoded."""
LONGEST_SIDE: Final = 1024
"""Larger pictures are reduced, by a whole factor, to at most this side."""
# Pillow also logs what is odd; unheard, that would go to stderr beside the one sentence.
logging.getLogger("PIL").addHandler(logging.NullHandler())

ADVICE: Final = "choose a PNG or JPEG picture of one digit"


def grey_of_picture(source: Path | bytes) -> Floats:
    """The grey levels [h, w] of a picture, float32, 0 (black) .. 1 (white), at most 1024 a side.

    `source` is a file, or the bytes of one. The camera's orientation (EXIF) is applied, what is
    transparent lies over white, palettes and 16-bit greys are understood, of several frames the
    first is taken.

    Raises UserError that names the file when it is missing, no file, empty, unreadable, or larger
    than 50 million pixels.
    """
    name = name_of(source)
    if isinstance(source, bytes):
        return _grey_of_stream(io.BytesIO(source), name)
    try:
        if source.is_dir():
            raise UserError(f"{name} is a folder, not a picture: {ADVICE}.")
        if source.exists() and not source.is_file():  # reading a pipe could wait for ever
            raise UserError(f"{name} is no ordinary file: {ADVICE}.")
        with source.open("rb") as stream:
            return _grey_of_stream(stream, name)
    except FileNotFoundError as error:
        raise UserError(f"{name} does not exist: check the name of the picture.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(f"{name} cannot be read ({reason}): {ADVICE}.") from error


def name_of(source: Path | bytes) -> str:
    """What to call `source` in a sentence."""
    return "The picture" if isinstance(source, bytes) else str(source)


def _grey_of_stream(stream: BinaryIO, name: str) -> Floats:
    if not stream.read(1):
        raise UserError(f"{name} is empty: {ADVICE}.")
    stream.seek(0)
    # Pillow warns of odd, large and damaged files; this function answers for all of them itself.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(stream, formats=FORMATS) as opened:
                return _grey(opened, name)
        except UserError:
            raise
        except Image.DecompressionBombError as error:
            raise UserError(_too_large(name)) from error
        except Exception as error:  # damaged files raise nearly anything in Pillow
            raise UserError(f"{name} cannot be read as a picture: {ADVICE}.") from error


def _grey(opened: Image.Image, name: str) -> Floats:
    width, height = opened.size
    if width * height > MOST_PIXELS:
        raise UserError(_too_large(name, f" ({width}x{height} pixels)"))
    opened.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # JPEG alone: decoded smaller at once
    image = ImageOps.exif_transpose(opened)
    if image.mode.startswith("I;16"):
        levels = np.asarray(_reduced(image.convert("I").convert("F")), np.float32)
        return levels / np.float32(65535)
    if image.mode in ("I", "F"):
        return _spread(np.asarray(_reduced(image.convert("F")), np.float32))
    if image.has_transparency_data:
        image = _reduced(image.convert("RGBA"))
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    if image.mode == "1":
        image = image.convert("L")
    elif image.mode != "L":
        image = image.convert("RGB")  # palettes, CMYK, Lab ... all have a way to RGB
    return np.asarray(_reduced(image).convert("L"), np.float32) / np.float32(255)


def _reduced(image: Image.Image) -> Image.Image:
    """`image` with blocks of pixels replaced by their mean, so that no side is too long."""
    factor = -(-max(image.size) // LONGEST_SIDE)
    return image if factor == 1 else image.reduce(factor)


def _spread(levels: Floats) -> Floats:
    """Levels whose unit is unknown (32-bit integers, floats), from their least to greatest."""
    wide = levels.astype(np.float64)
    low, high = wide.min(), wide.max()
    if not np.isfinite(high - low):
        raise ValueError("levels that are not finite")
    spread: Floats = ((wide - low) / (high - low or 1)).astype(np.float32)
    return spread


def _too_large(name: str, size: str = "") -> str:
    return (
        f"{name} is too large{size}: crop or reduce it to at most "
        f"{MOST_PIXELS // 1_000_000} million pixels."
    )
