"""Digits that something lies over: spots of mud, a dotted line, a zigzag."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.corruptions.blur import smoothed
from lenet_gui.data.corruptions.images import SIDE, Draws, Images

MUD = 63 / 255
"""The ink of mud."""

_LINE_REACH = 2.3
"""A line's ink at the vertical distance d is 1 + log(1 - d / 2.3); none where that is negative."""

_FARTHEST = 0.9
"""In units of the reach: there is no ink from 1 - 1 / e on."""


def spatter(
    images: Images,
    draws: Draws,
    threshold: float = 0.65,
    *,
    mean: float = 0.65,
    deviation: float = 0.3,
    drop: float = 1,
    softness: float = 1.5,
) -> Images:
    """Spots of mud, of a quarter of full ink, that hide the digit.

    Mud lies where normal noise, blurred by `drop` pixels, is above the threshold; its border is
    blurred by `softness`, and what is then less than 0.8 dense is left out. MNIST-C: all the values
    here, its severity 4.
    """
    noise = [draw.normal(mean, deviation, (SIDE, SIDE)) for draw in draws]
    wet = smoothed(np.reshape(noise, images.shape), drop) > threshold
    density = smoothed(wet.astype(float), softness)
    density[density < 0.8] = 0
    return images * (1 - density) + MUD * density


def dotted_line(images: Images, draws: Draws, dash: int = 2) -> Images:
    """A dotted line from the left border to the right one, each end at a height drawn for it.

    Its gaps and dashes are `dash` columns wide. MNIST-C: 2.
    """
    is_gap = np.arange(SIDE) // dash % 2 == 0
    last = SIDE - 1
    lined = images.copy()
    for image, draw in zip(lined, draws, strict=True):
        left, right = draw.integers(0, last, 2)
        ink = line((0, left), (last, right))
        ink[:, is_gap] = 0
        np.minimum(image + ink, 1, out=image)
    return lined


def zigzag(images: Images, draws: Draws, height: float = 2, width: float = 2) -> Images:
    """A zigzag from column 2 to column 25, at a height and with a slope drawn for it.

    `height` is that of its teeth on either side of its middle line, `width` a quarter of the way
    from tooth to tooth, in pixels. MNIST-C: 2 and 2. Assumption: it ends where that line
    ends, on the side of a tooth.
    """
    first, last = 2, SIDE - 3
    covered = images.copy()
    for image, draw in zip(covered, draws, strict=True):
        start = int(draw.integers(0, SIDE - 1))
        end = start + int(draw.integers(-5, 5))
        corners = _zigzag_corners((first, start), (last, end), height, width)
        for one, other in pairwise(corners):
            np.minimum(image + line(one, other), 1, out=image)
    return covered


def line(start: tuple[float, float], end: tuple[float, float]) -> Images:
    """The ink [28, 28] of a soft line between two points (column, row), the first to the left.

    It is full at the line, none 1.45 pixels above and below it, and none in columns before the
    first point's or after the second's.
    """
    (left, top), (right, bottom) = start, end
    if left == right:
        return np.zeros((SIDE, SIDE))
    rows, columns = np.arange(SIDE)[:, None], np.arange(SIDE)
    middle = top + (bottom - top) / (right - left) * (columns - left)
    away = np.minimum(np.abs(rows - middle) / _LINE_REACH, _FARTHEST)
    ink: Images = np.clip(1 + np.log1p(-away), 0, 1)
    ink[:, (columns < np.floor(left)) | (columns >= np.ceil(right))] = 0
    return ink


def _zigzag_corners(
    start: tuple[float, float], end: tuple[float, float], height: float, width: float
) -> NDArray[np.float64]:
    """[M, 2], (column, row): the ends of a zigzag, and the tips of its teeth between them."""
    way = np.subtract(end, start)
    length = float(np.hypot(*way))
    along = way / length
    across = np.array((-along[1], along[0]))
    tips = np.arange(width, length, 2 * width)
    sides = height * (-1.0) ** np.arange(len(tips))
    beyond = (length - tips[-1]) / width
    last = sides[-1] * (1 - beyond)
    places = np.array((0.0, *tips, length))
    offsets = np.array((0.0, *sides, last))
    corners = np.asarray(start) + np.outer(places, along) + np.outer(offsets, across)
    return np.asarray(corners, np.float64)
