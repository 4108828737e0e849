"""Pictures and strokes, preprocessed for a network."""

from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from lenet_gui.data.drawing import DEFAULT_PEN_WIDTH, fitted_drawing
from lenet_gui.data.ink import Box, InkSteps, trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.data.pictures.digit import (
    PictureInkSteps,
    digit_of_image,
    digit_of_picture,
    digit_of_pixels,
)

Stroke = Sequence[Sequence[float]] | NDArray[np.floating] | NDArray[np.integer]
"""The points (x, y) [n, 2] from the pen's touching down to its lifting."""


def read_picture(
    picture: str | PathLike[str] | bytes | Image.Image | ArrayLike,
    region: tuple[int, int, int, int] | None = None,
) -> PictureInkSteps:
    """The one digit in a picture, dark on light or light on dark, drawn or photographed.

    Args:
        picture: a file, the bytes of one, a picture of Pillow, or pixels uint8, 0 (black) .. 255
            (white): grey [h, w], RGB [h, w, 3] or RGBA [h, w, 4].
        region: where the digit is, if it is not everywhere: (left, top, right, bottom) in pixels
            of the picture, upright.

    Returns:
        Every step of the preprocessing; `centred` [28, 28] is the digit, and `picture` says how its
        ink was found.

    Raises:
        UserError: the picture cannot be read, or shows no digit or several; the sentence names
            the file.
        TypeError: the pixels are not uint8.
        ValueError: they have another shape.
    """
    box = None if region is None else Box(*region)
    if isinstance(picture, bytes):
        return digit_of_picture(picture, box)
    if isinstance(picture, str | PathLike):
        return digit_of_picture(Path(picture), box)
    if isinstance(picture, Image.Image):
        return digit_of_image(picture, box)
    pixels = np.asarray(picture)
    if pixels.dtype != np.uint8:
        raise TypeError(f"pixels are uint8, 0 (black) to 255 (white), not {pixels.dtype}")
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[:, :, None], 3, axis=2)
    return digit_of_pixels(pixels, box)


def read_strokes(strokes: Iterable[Stroke], width: float = DEFAULT_PEN_WIDTH) -> InkSteps:
    """A digit drawn with a round pen, as on the canvas.

    Args:
        strokes: at least one, each a sequence of points (x, y) in any unit, x to the right and y
            down. Together they are fitted into the canvas, with a margin of 15 % of its side. A
            stroke of one point is a dot.
        width: the diameter of the pen, in sides of the canvas, above 0 up to 1.

    Returns:
        Every step of the preprocessing; `centred` [28, 28] is the digit.

    Raises:
        ValueError: there is no point, a point is not two finite numbers, or the width is outside
            its range.
    """
    if not 0 < width <= 1:
        raise ValueError(f"the width of the pen is above 0 and at most 1, not {width}")
    drawing = fitted_drawing([_points(stroke) for stroke in strokes], width)
    if drawing.is_empty:
        raise ValueError("the strokes have no point")
    steps = trace_ink(paint(drawing))
    assert steps is not None  # noqa: S101 - a pen leaves ink in the middle of the canvas
    return steps


def _points(stroke: Stroke) -> Sequence[Sequence[float]]:
    points = np.asarray(stroke, np.float64)
    if points.size and (points.ndim != 2 or points.shape[1] != 2):
        raise ValueError(
            f"strokes are sequences of points (x, y): [n, 2] each, not {list(points.shape)}"
        )
    found: list[list[float]] = points.tolist()
    return found
