"""Paper of one level: then ink is what differs from the picture's edge, however thick it is."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from lenet_gui.data.pictures.levels import FAINTEST, STRONG, edge_of

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

EVEN: Final = 0.03
"""Paper whose level varies no more than this is even."""
MOSTLY: Final = 0.8
"""The least share of even paper at the edge, and of pixels that are clearly paper or ink."""
NEAR: Final = 0.12
"""So near to paper or to full ink, a pixel is clearly that, of the full contrast."""
GRADUAL: Final = 0.1
"""What takes more than twice this share of the shorter side to change is light, and no ink."""


def is_solid(levels: Floats, window: int, found: Mask, is_light: bool) -> bool:
    """Whether there is little but even paper and ink, and the ink is too thick to be found so.

    It is wider somewhere than the window, as that of a broad brush; or what was found is the paper
    in its gaps, which is connected with the paper around it.
    """
    at_edge = levels[edge_of(levels.shape)]
    paper = np.float32(np.median(at_edge))
    if np.mean(np.abs(at_edge - paper) < EVEN) < MOSTLY:
        return False
    values = np.abs(levels - paper)
    full = float(values.max())
    ink = values > STRONG * full
    between = np.mean((values > NEAR * full) & (values < (1 - NEAR) * full))
    if full < FAINTEST or between > 1 - MOSTLY or ink.mean() > MOSTLY:
        return False
    if is_light == bool(levels[ink].mean() > paper):
        return bool(ndimage.minimum_filter(ink.view(np.uint8), window, mode="constant").any())
    open_paper, _ = ndimage.label(~ink)
    outside = np.bincount(open_paper[edge_of(levels.shape) & ~ink]).argmax()
    return bool(found.any() and np.mean(open_paper[found] == outside) > 0.5)


def with_even_paper(values: Floats, levels: Floats) -> Floats:
    """`values`, or where the paper is as good as even, the contrast with its very level."""
    paper = values + levels
    even = np.float32(np.median(levels[edge_of(levels.shape)]))
    return even - levels if np.abs(paper - even).max() <= EVEN else values


def contrast_with_edge(levels: Floats, smooth: Floats) -> tuple[Floats, bool]:
    """The contrast with the median at the picture's edge, and whether the ink is light.

    There is none where the picture changes so gradually that it is only the light.
    """
    values = levels - np.float32(np.median(levels[edge_of(levels.shape)]))
    is_light = float(values.max()) > -float(values.min())
    values = values if is_light else -values
    reach = max(3, round(GRADUAL * min(levels.shape)))
    steps = ndimage.maximum_filter(smooth, reach) - ndimage.minimum_filter(smooth, reach)
    is_light_alone = float(steps.max()) < 0.5 * float(values.max())
    return (np.zeros_like(values) if is_light_alone else values), is_light
