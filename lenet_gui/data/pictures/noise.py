"""The noise of a picture: of a camera, of rough paper, of dots that stand for greys."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from scipy import ndimage

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

DOTS: Final = 0.12
"""More noise than this, of black to white, is of dots that stand for greys, as in faxes."""
DOTS_WIDTH: Final = 1 / 250
"""Such dots are blurred with this standard deviation, of the picture's shorter side."""
ROUGHEST: Final = 0.06
"""Paper is no rougher than this; more is a pattern, as of squares."""
LARGE: Final = 40
"""In fewer pixels on a side, paper is not told from the soft edges of strokes."""
FEWEST: Final = 20
"""In fewer pixels on a side, most of them belong to edges, and no noise is told from these."""
CLEAN: Final = 0.002
"""Less noise than this, of black to white, is none: half a step of 8 bits."""


def noise_of(levels: Floats) -> float:
    """The standard deviation of the noise, from how neighbouring pixels differ; robust."""
    if min(levels.shape) < FEWEST:
        return 0.0
    mixed = levels[1:, 1:] - levels[1:, :-1] - levels[:-1, 1:] + levels[:-1, :-1]
    return float(np.median(np.abs(mixed)) / 0.6745 / 2)


def without_dots(levels: Floats) -> Floats:
    """`levels`, blurred if they are of dots that stand for greys."""
    if noise_of(levels) <= DOTS:
        return levels
    blurred: Floats = ndimage.gaussian_filter(levels, max(1, DOTS_WIDTH * min(levels.shape)))
    return blurred


def smoothed(levels: Floats, noise: float) -> Floats:
    """`levels` without most of the noise; straight edges stay."""
    if noise < CLEAN:
        return levels
    picture = Image.fromarray(np.rint(np.clip(levels, 0, 1) * 255).astype(np.uint8))
    picture = picture.filter(ImageFilter.MedianFilter(3 if noise < 0.02 else 5))
    return np.asarray(picture, np.float32) / np.float32(255)


def grain_of(values: Floats, found: Mask) -> float:
    """The standard deviation of what is not ink, if it is rough paper; 0 where little is known."""
    rest = values[~found]
    if min(values.shape) < LARGE or rest.size < found.size / 2:
        return 0.0
    grain = float(np.median(np.abs(rest - np.median(rest))) / 0.6745)
    return grain if grain < ROUGHEST else 0.0
