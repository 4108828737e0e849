"""How wide the strokes of a mask are."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Mask = NDArray[np.bool_]

_EIGHT: Final = np.ones((3, 3), np.bool_)
"""Pixels that touch at a corner are neighbours."""


def widest(mask: Mask) -> float:
    """The width in pixels of the widest place of a mask; 0 for an empty one."""
    if not mask.any():
        return 0.0
    inside = ndimage.distance_transform_edt(np.pad(mask, 1))
    return 2 * float(inside.max())


def mean_width(mask: Mask) -> float:
    """The width in pixels of the strokes of a mask, where they do not cross; 0 for an empty one."""
    if not mask.any():
        return 0.0
    wide = np.pad(mask, 1)
    outline = np.count_nonzero(wide & ~ndimage.binary_erosion(wide, _EIGHT))
    return 2 * float(np.count_nonzero(wide)) / float(outline)
