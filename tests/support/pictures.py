"""Pictures of digits as people bring them."""

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.drawing import Drawing, PenPoint, Stroke
from lenet_gui.data.paint import paint

Picture = NDArray[np.uint8]

SIDE = 112
"""Pixels of a digit's square."""

_SHAPES = {
    1: ((0.5, 0.15), (0.5, 0.85)),
    2: (
        (0.27, 0.35),
        (0.35, 0.2),
        (0.6, 0.18),
        (0.7, 0.35),
        (0.6, 0.55),
        (0.25, 0.82),
        (0.76, 0.82),
    ),
    7: ((0.25, 0.2), (0.75, 0.2), (0.42, 0.85)),
}


def row_of(*digits: int, paper: int = 255) -> Picture:
    """1, 2 or 7 side by side, black on `paper`: uint8 [112, 112 n]."""
    strokes = (Stroke(PenPoint(x, y, 0.1) for x, y in _SHAPES[digit]) for digit in digits)
    ink = np.concatenate([paint(Drawing((stroke,)), SIDE) for stroke in strokes], axis=1)
    picture: Picture = np.rint(paper * (1 - ink)).astype(np.uint8)
    return picture


def messy(digit: int) -> Picture:
    """A digit on grey paper between two printed lines, with a speck: uint8 [200, 200]."""
    picture = np.full((200, 200), 200, np.uint8)
    picture[44:156, 44:156] = row_of(digit, paper=200)
    picture[[20, 180]] = 60
    picture[40:43, 8:11] = 0
    return picture
