"""A sheet on a table, or a picture on a screen: what lies around it is made paper as well."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

SMALLEST_SIDE: Final = 100
"""In a smaller picture no sheet is looked for: it is a digit, cut out."""
SMALLEST_SHEET: Final = 0.08
"""A sheet covers at least this share of the picture."""
DIFFERENT: Final = 0.15
"""The surroundings differ from the sheet by at least this, of black to white."""
SOLID: Final = 0.7
"""At least this share of a sheet is bare: it is no outline."""
RECTANGULAR: Final = 0.85
"""A sheet fills this share of the smallest rectangle around it, turned as needed; a 0 less."""
NARROWEST: Final = 0.25
"""The shorter side of that rectangle, of the longer one: a window's title bar is narrower."""
_BLOCKS: Final = 128
"""The sheet is looked for in about so many blocks along the longer side."""
_MOST_AT_EDGE: Final = 0.35
"""Of the picture's edge, the sheet covers no more than this share of at least three sides."""
_RIM: Final = 2
"""Blocks along the sheet's edge that count as its surroundings."""


def without_desk(levels: Floats) -> Floats:
    """`levels` [h, w], 0..1, in which the paper of a sheet goes on to the picture's edge.

    The sheet is lighter than what it lies on, with dark ink, or darker, with light ink. It is about
    rectangular, has sharp edges, and shows its surroundings on three sides at least; without such
    a sheet, `levels` themselves are returned.
    """
    if min(levels.shape) < SMALLEST_SIDE:
        return levels
    lighter = _going_on(levels)
    if lighter is not None:
        return lighter
    darker = _going_on(1 - levels)
    return levels if darker is None else 1 - darker


def _going_on(levels: Floats) -> Floats | None:
    """`levels` in which a lighter sheet goes on; None without one."""
    block = max(1, max(levels.shape) // _BLOCKS)
    height, width = (side // block for side in levels.shape)
    cut = levels[: height * block, : width * block]
    small = cut.reshape(height, block, width, block).mean(axis=(1, 3))
    sheet = _sheet(small)
    if sheet is None:
        return None
    nearest = ndimage.distance_transform_edt(~sheet, return_distances=False, return_indices=True)
    rows = np.minimum(np.arange(levels.shape[0]) // block, height - 1)[:, None]
    columns = np.minimum(np.arange(levels.shape[1]) // block, width - 1)
    goes_on = small[tuple(nearest)][rows, columns]
    found: Floats = np.where(sheet[rows, columns], levels, goes_on).astype(np.float32)
    return found


def _sheet(small: Floats) -> Mask | None:
    """The blocks of the sheet, without its rim; None if there is none."""
    if np.ptp(small) < DIFFERENT:
        return None
    parts, _ = ndimage.label(small > _between(small))
    largest = parts == np.argmax(np.bincount(parts.ravel())[1:]) + 1
    sheet = ndimage.binary_fill_holes(largest)
    within = ndimage.binary_erosion(sheet, iterations=_RIM)
    beyond = ~ndimage.binary_dilation(sheet, iterations=_RIM)
    is_solid = np.count_nonzero(largest) > SOLID * np.count_nonzero(sheet)
    if sheet.mean() < SMALLEST_SHEET or not is_solid or not within.any() or not beyond.any():
        return None
    edges = sheet[0], sheet[-1], sheet[:, 0], sheet[:, -1]
    if sorted(float(edge.mean()) for edge in edges)[2] > _MOST_AT_EDGE:
        return None
    paper, around = float(np.median(small[within])), float(np.median(small[beyond]))
    inside = within & ndimage.binary_dilation(~within, iterations=1)
    outside = ~beyond & ndimage.binary_dilation(beyond, iterations=1)
    step = float(np.median(small[inside]) - np.median(small[outside]))
    is_sharp = step > 0.6 * (paper - around)
    has_ink = float(small[within].min()) < paper - 0.3 * (paper - around)
    if paper - around < DIFFERENT or not is_sharp or not has_ink:
        return None
    filled, proportion = _rectangle(sheet)
    return within if filled > RECTANGULAR and proportion > NARROWEST else None


def _between(values: Floats) -> float:
    """The level that parts `values` best into dark and light ones (Otsu, 1979)."""
    counts, edges = np.histogram(values, 64)
    middles = (edges[1:] + edges[:-1]) / 2
    below = np.cumsum(counts)[:-1]
    above = counts.sum() - below
    sums = np.cumsum(counts * middles)
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = sums[:-1] / below - (sums[-1] - sums[:-1]) / above
    return float(edges[1:-1][np.nanargmax(below * above * difference**2)])


def _rectangle(mask: Mask) -> tuple[float, float]:
    """Of the smallest rectangle around a mask: the share that is of the mask, and its proportion.

    The proportion is that of the shorter side to the longer one.
    """
    rows, columns = np.nonzero(mask)
    sides = []
    for angle in np.deg2rad(np.arange(0, 90, 5)):
        along = columns * np.cos(angle) + rows * np.sin(angle)
        across = rows * np.cos(angle) - columns * np.sin(angle)
        sides.append(sorted((float(np.ptp(along)) + 1, float(np.ptp(across)) + 1)))
    shorter, longer = min(sides, key=lambda pair: pair[0] * pair[1])
    return len(rows) / (shorter * longer), shorter / longer
