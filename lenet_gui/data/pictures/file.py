"""Reading a picture file of any format into pixels, safely."""

import io
import logging
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lenet_gui.data.pictures.formats import SUFFIXES, is_heic
from lenet_gui.data.pictures.levels import Pixels
from lenet_gui.data.pictures.limits import (
    LARGEST_FILE,
    LONGEST_SIDE,
    MOST_ICON_PIXELS,
    MOST_PIXELS,
    has_endless_scans,
    is_icon_too_large,
    most_pixels,
)
from lenet_gui.data.silence import silent_libtiff
from lenet_gui.errors import UserError
from lenet_gui.safe_reading import open_ordinary

Floats = NDArray[np.float32]
Levels = TypeVar("Levels", bound=NDArray[Any])

# Pillow also logs oddities; unhandled, they would go to stderr beside the one sentence.
logging.getLogger("PIL").addHandler(logging.NullHandler())

ADVICE: Final = "choose a PNG or JPEG picture of one digit"
COPIED: Final = "The picture"
"""What a picture that comes from no file is called in a message."""


def read_pixels(source: Path | bytes) -> Pixels:
    """The pixels of a picture, at most 1024 a side.

    `source` is a file, or the bytes of one. The camera's orientation (EXIF) is applied,
    palettes and 16-bit greys are understood, of several frames the first is taken.

    Raises UserError that names the file when it is missing, not a file, empty, unreadable, or
    larger than what can be read within 400 MB: 64 million pixels, for some kinds of files fewer.
    """
    name = name_of(source)
    if isinstance(source, bytes):
        return _pixels_of_stream(io.BytesIO(source), name)
    try:
        with open_ordinary(source) as stream:
            if os.fstat(stream.fileno()).st_size > LARGEST_FILE:
                raise UserError(f"{name} is too large: it has more than {LARGEST_FILE:,} bytes.")
            return _pixels_of_stream(stream, name)
    except FileNotFoundError as error:
        raise UserError(f"{name} does not exist: check the name of the picture.") from error
    except IsADirectoryError as error:
        raise UserError(f"{name} is a folder, not a picture: {ADVICE}.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(f"{name} cannot be read ({reason}): {ADVICE}.") from error


def name_of(source: Path | bytes) -> str:
    """What `source` is called in a message."""
    return COPIED if isinstance(source, bytes) else str(source)


def _pixels_of_stream(stream: BinaryIO, name: str) -> Pixels:
    try:
        with opened_picture(stream, name) as opened:
            size = opened.size  # JPEG may be decoded smaller
            decode(opened)
            return pixels_of_image(opened, size)
    except UserError:
        raise
    except Image.DecompressionBombError as error:
        raise UserError(_too_large(name)) from error
    except Exception as error:  # damaged files raise nearly anything in Pillow
        raise UserError(f"{name} cannot be read as a picture: {ADVICE}.") from error


@contextmanager
def opened_picture(stream: BinaryIO, name: str) -> Iterator[Image.Image]:
    """A picture of any of the kinds in `SUFFIXES`, opened and not yet decoded.

    `name` is what a sentence calls it; Pillow's warnings are silent.

    Raises:
        UserError: it is empty, or larger than what can be decoded within bounds.
        Exception: of nearly any kind, if the file is damaged.
    """
    if not stream.read(1):
        raise UserError(f"{name} is empty: {ADVICE}.")
    stream.seek(0)
    # Pillow warns about odd, large and damaged files; they are told or refused here.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _require_small_icons(stream, name)
        _require_reader_of_heic(stream, name)
        with Image.open(stream, formats=_readable()) as opened:
            _require_bounds(opened, stream, name)
            yield opened


def decode(opened: Image.Image, mode: str | None = None, longest: int = LONGEST_SIDE) -> None:
    """Decodes an opened picture, one of JPEG at once about as small as `longest` pixels a side.

    It may then have the `mode` that is named, if that is as fast.

    Raises:
        Exception: of nearly any kind, if the file is damaged.
    """
    opened.draft(mode, (longest, longest))  # only of JPEG
    with silent_libtiff() if opened.format == "TIFF" else nullcontext():
        opened.load()


def _require_small_icons(stream: BinaryIO, name: str) -> None:
    if is_icon_too_large(stream):
        raise UserError(_too_large(name, "", MOST_ICON_PIXELS))
    stream.seek(0)


def _require_reader_of_heic(stream: BinaryIO, name: str) -> None:
    """Loads pillow-heif, an optional package, for a HEIC picture."""
    if is_heic(stream.read(256)):
        try:
            import pillow_heif
        except ImportError as error:
            raise UserError(
                f"{name} is a HEIC picture, which the package pillow-heif reads: install it (pip "
                "install pillow-heif), or save the picture as JPEG or PNG."
            ) from error
        pillow_heif.register_heif_opener(depth_images=False, aux_images=False)
    stream.seek(0)


def _readable() -> list[str]:
    """The kinds of `SUFFIXES` that this Pillow can read."""
    Image.init()
    return [kind for kind in SUFFIXES if kind in Image.OPEN]


def _require_bounds(opened: Image.Image, stream: BinaryIO, name: str) -> None:
    width, height = opened.size
    most = most_pixels(opened)
    if width * height > most:
        raise UserError(_too_large(name, f" ({width}x{height} pixels)", most))
    if opened.format in ("JPEG", "MPO"):
        place = stream.tell()
        if has_endless_scans(stream):
            raise ValueError("a picture of too many scans")
        stream.seek(place)


def pixels_of_image(image: Image.Image, full_size: tuple[int, int] | None = None) -> Pixels:
    """The same of a picture that Pillow has loaded, perhaps smaller than its `full_size` is.

    Raises ValueError when its levels are not finite.
    """
    width, height = full_size or image.size
    full_size = (height, width) if _orientation(image) in _LYING else (width, height)
    if image.mode in ("I", "F"):
        levels = upright(_spread(_reduced(image, _plain_levels)), image)
        return Pixels(levels, None, full_size)
    if image.mode.startswith("I;16"):
        levels = _reduced(image, _sixteen_bit_levels)
        return Pixels(upright(levels / np.float32(_white_of(levels)), image), None, full_size)
    colours = upright(_reduced(image, _levels), image)
    if colours.ndim == 2 or colours.shape[2] == 3:
        return Pixels(colours, None, full_size)
    return Pixels(colours[..., :3], colours[..., 3], full_size)


def _reduced(image: Image.Image, levels: Callable[[Image.Image, int], Floats]) -> Floats:
    """The levels of blocks of `image`, so that no side is longer than `LONGEST_SIDE`.

    It is done in parts: a converted picture takes as much memory again. `levels` gives
    those of a part whose blocks have sides of that many pixels.
    """
    width, height = image.size
    factor = -(-max(width, height) // LONGEST_SIDE)
    if factor == 1:
        return levels(image, 1)
    side = factor * max(1, _PART // factor)
    rows = [
        np.concatenate(
            [
                levels(image.crop((x, y, min(x + side, width), min(y + side, height))), factor)
                for x in range(0, width, side)
            ],
            axis=1,
        )
        for y in range(0, height, side)
    ]
    return np.concatenate(rows)


_PART: Final = 2048
"""The side of a part, in pixels, or a little less."""


def _levels(image: Image.Image, factor: int) -> Floats:
    """Blocks of `image`, 0..1: grey [h, w], colours [h, w, 3], or with transparency [h, w, 4]."""
    if image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode == "1":
        image = image.convert("L")
    elif image.mode != "L":
        image = image.convert("RGB")  # palettes, CMYK, Lab ... all can be converted to RGB
    return np.asarray(image.reduce(factor), np.float32) / np.float32(255)


def _plain_levels(image: Image.Image, factor: int) -> Floats:
    """The levels of blocks of `image` as they are."""
    return np.asarray(image.convert("F").reduce(factor), np.float32)


def _sixteen_bit_levels(image: Image.Image, factor: int) -> Floats:
    return _plain_levels(image.convert("I"), factor)


_WHITES: Final = (255, 1023, 4095, 16383, 65535)
"""White in 8, 10, 12, 14 and 16 bits: of 16, scanners and cameras often use fewer."""


def _white_of(levels: Floats) -> int:
    """What is white in a picture of 16 bits a pixel, whose file does not say it."""
    highest = float(levels.max())
    return next((white for white in _WHITES if highest <= white), _WHITES[-1])


def upright(levels: Levels, opened: Image.Image) -> Levels:
    """`levels` [h, w, ...] as the camera was held (EXIF's orientation, 1 to 8)."""
    orientation = _orientation(opened)
    turned = _TURNS[orientation](levels) if orientation in _TURNS else levels
    made: Levels = np.ascontiguousarray(turned)  # type: ignore[assignment]
    return made


def _orientation(image: Image.Image) -> Any:
    """Whatever EXIF says; 1 is upright."""
    return image.getexif().get(_EXIF_ORIENTATION, 1)


def _transposed(levels: Levels) -> Levels:
    swapped: Levels = np.swapaxes(levels, 0, 1)
    return swapped


_EXIF_ORIENTATION: Final = 0x0112
_LYING: Final = (5, 6, 7, 8)
"""The orientations in which width and height are exchanged."""
_TURNS: Final[dict[int, Callable[[Any], Any]]] = {
    2: np.fliplr,
    3: lambda levels: np.rot90(levels, 2),
    4: np.flipud,
    5: _transposed,
    6: lambda levels: np.rot90(levels, -1),
    7: lambda levels: _transposed(np.rot90(levels, 2)),
    8: np.rot90,
}


def _spread(levels: Floats) -> Floats:
    """Levels of unknown unit (32-bit integers, floats), from smallest to largest."""
    wide = levels.astype(np.float64)
    low, high = wide.min(), wide.max()
    if not np.isfinite(high - low):
        raise ValueError("levels that are not finite")
    spread: Floats = ((wide - low) / (high - low or 1)).astype(np.float32)
    return spread


def _too_large(name: str, size: str = "", most: int = MOST_PIXELS) -> str:
    return (
        f"{name} is too large{size}: crop or reduce it to at most {most // 1_000_000} million "
        "pixels."
    )
