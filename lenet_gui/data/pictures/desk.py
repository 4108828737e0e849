"""A sheet on a table, or a picture on a screen: what lies around it is made paper as well."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Points = NDArray[np.float64]

SMALLEST_SIDE: Final = 100
"""In a smaller picture no sheet is looked for: it is a digit, cut out."""
SMALLEST_SHEET: Final = 0.08
"""A sheet covers at least this share of the picture."""
DIFFERENT: Final = 0.15
"""The surroundings differ from the sheet by at least this, of black to white."""
SOLID: Final = 0.7
"""At least this share of a sheet is bare: it is no outline."""
FOUR_SIDED: Final = 0.88
"""A sheet fills this share of the four sides around it, seen at an angle or not; a 0 less."""
NARROWEST: Final = 0.25
"""The sheet's shorter extent, of its longer one: a window's title bar is narrower."""
NARROW: Final = 1 / 16
"""What is narrower than this, of the picture, and as light as the sheet, is of the table."""
PEN: Final = 1 / 10
"""A pen that lies beside a digit, and a digit cut by the edge, is narrower than this."""
ROUGH: Final = 0.01
"""Of a sheet seen in part, the table has a grain: what is plain may be paper in the shade."""
MOST_OF_PICTURE: Final = 0.5
"""A sheet of which the picture shows less than three sides covers at least this share of it."""
LEAST_ALIKE: Final = 0.6
"""Of two sheets that are alike, the smaller one has at least this share of the larger one."""
_BLOCKS: Final = 128
"""The sheet is looked for in about so many blocks along the longer side."""
_MOST_AT_EDGE: Final = 0.35
"""Of the picture's edge, the sheet covers no more than this share of at least three sides."""
_SAME: Final = 1e-4
"""Levels that differ less are the same."""
_RIM: Final = 2
"""Blocks along the sheet's edge that count as its surroundings."""


def without_desk(levels: Floats) -> Floats:
    """`levels` [h, w], 0..1, in which the paper of a sheet goes on to the picture's edge.

    The sheet is lighter than what it lies on, with dark ink, or darker, with light ink. It has four
    sides and sharp edges; three of its sides at least, or the larger part of it, are in the
    picture. Without such a sheet, `levels` themselves are returned.
    """
    if min(levels.shape) < SMALLEST_SIDE:
        return levels
    lighter = _going_on(levels)
    if lighter is not None:
        return lighter
    darker = _going_on(1 - levels)
    return levels if darker is None else 1 - darker


def sheet_of(levels: Floats, bare: Floats) -> Mask:
    """Where `levels` [h, w] show the sheet that goes on in `bare`, as `without_desk` made them."""
    sheet: Mask = np.abs(levels - bare) < _SAME
    return sheet


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
    is_bright = small > _between(small)
    largest = ndimage.binary_fill_holes(_largest(is_bright))
    around_it = _largest(ndimage.binary_fill_holes(is_bright))  # of a large 0, that is inside it
    for sheet in (largest, around_it):
        found = _as_sheet(small, is_bright, _without_planks(sheet))
        if found is not None:
            return found | _alike(found, is_bright)
    return None


def _roughness(small: Floats, mask: Mask) -> float:
    """How much neighbouring blocks of a mask differ, along or across, in the median."""
    most = 0.0
    for axis in (0, 1):
        both = mask & np.roll(mask, 1, axis)
        differing = np.abs(small - np.roll(small, 1, axis))[both]
        most = max(most, float(np.median(differing)) if differing.size else 0.0)
    return most


def _alike(sheet: Mask, is_bright: Mask) -> Mask:
    """Others as large, without their rims: as when digits of a data set are shown side by side."""
    wide = _where_wide(ndimage.binary_fill_holes(is_bright), NARROW)
    parts, _ = ndimage.label(ndimage.binary_erosion(wide, iterations=_RIM, border_value=1))
    alike = np.zeros_like(sheet)
    for number, area in enumerate(np.bincount(parts.ravel())[1:].tolist(), 1):
        if LEAST_ALIKE * sheet.sum() < area < sheet.sum() / LEAST_ALIKE:
            part = parts == number
            filled, proportion = _four_sides(part)
            if filled > FOUR_SIDED and proportion > NARROWEST:
                alike |= part
    return alike


def _as_sheet(small: Floats, is_bright: Mask, sheet: Mask) -> Mask | None:
    """The blocks of `sheet` without its rim, if it is one."""
    within = ndimage.binary_erosion(sheet, iterations=_RIM, border_value=1)
    beyond = ~ndimage.binary_dilation(sheet, iterations=_RIM)
    is_solid = np.count_nonzero(is_bright & sheet) > SOLID * np.count_nonzero(sheet)
    if sheet.mean() < SMALLEST_SHEET or not is_solid or not within.any() or not beyond.any():
        return None
    edges = sheet[0], sheet[-1], sheet[:, 0], sheet[:, -1]
    is_partly_seen = sorted(float(edge.mean()) for edge in edges)[2] > _MOST_AT_EDGE
    if is_partly_seen and (sheet.mean() < MOST_OF_PICTURE or _is_mostly_narrow(~sheet)):
        return None
    paper, around = float(np.median(small[within])), float(np.median(small[beyond]))
    inside = within & ndimage.binary_dilation(beyond, iterations=2 * _RIM + 1)
    outside = ~beyond & ndimage.binary_dilation(beyond, iterations=1)
    at_edge = float(np.median(small[outside]))
    is_sharp = float(np.median(small[inside])) - at_edge > 0.6 * (paper - around)
    ends_at_ink = around - at_edge > 0.6 * (paper - around)
    has_ink = float(small[within].min()) < paper - 0.3 * (paper - around)
    if paper - around < DIFFERENT or not is_sharp or not has_ink:
        return None
    if is_partly_seen and (ends_at_ink or _roughness(small, beyond) < ROUGH):
        return None
    filled, proportion = _four_sides(sheet)
    return within if filled > FOUR_SIDED and proportion > NARROWEST else None


def _largest(mask: Mask) -> Mask:
    """Its largest connected part."""
    parts, _ = ndimage.label(mask)
    found: Mask = parts == np.argmax(np.bincount(parts.ravel(), minlength=2)[1:]) + 1
    return found


def _without_planks(sheet: Mask) -> Mask:
    """The sheet without what is as light as it, and narrow, beside it: the grain of wood."""
    wide = _where_wide(sheet, NARROW)
    return _largest(wide) if wide.any() else sheet


def _is_mostly_narrow(around: Mask) -> bool:
    """Whether what lies around a sheet is rather a stroke or a pen at the picture's edge."""
    wide = np.count_nonzero(_where_wide(around, PEN))
    return bool(wide < SOLID * np.count_nonzero(around))


def _where_wide(mask: Mask, narrow: float) -> Mask:
    """The mask without what of it is narrow; beyond the picture it goes on as it is there."""
    reach = max(1, round(narrow * max(mask.shape) / 2))
    wide = np.pad(mask, reach, mode="edge")
    opened: Mask = ndimage.binary_opening(wide, iterations=reach)[reach:-reach, reach:-reach]
    return opened


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


def _four_sides(mask: Mask) -> tuple[float, float]:
    """Of the narrowest four sides around a mask: the share that is of the mask, and proportion.

    The proportion is that of the smallest extent to the largest, in any direction.
    """
    rows, columns = np.nonzero(mask & ~ndimage.binary_erosion(mask))
    corners = np.concatenate([np.stack((columns + x, rows + y), 1) for x in (0, 1) for y in (0, 1)])
    angles = np.deg2rad(np.arange(0, 360, 5))
    reached = corners @ np.stack((np.cos(angles), np.sin(angles)))
    farthest = reached.argmax(axis=0)
    extents = reached.max(axis=0)[:36] - reached.min(axis=0)[:36]
    hull = corners[farthest[farthest != np.roll(farthest, 1)]].astype(np.float64)
    while len(hull) > 4:
        fewer = (_without_side(hull, side) for side in range(len(hull)))
        hull = min((each for each in fewer if each is not None), key=_area)
    return np.count_nonzero(mask) / _area(hull), float(extents.min() / extents.max())


def _without_side(hull: Points, side: int) -> Points | None:
    """A convex hull whose neighbours of one side go on until they meet; None if they never do."""
    first, second, third, fourth = (hull[(side + n) % len(hull)] for n in (-1, 0, 1, 2))
    along, back = second - first, third - fourth
    turn = float(along[1] * back[0] - along[0] * back[1])
    if turn < 1e-9:
        return None
    gone = float((third - second)[1] * back[0] - (third - second)[0] * back[1]) / turn
    rolled = np.roll(hull, -side, axis=0)
    return np.concatenate(([second + gone * along], rolled[2:]))


def _area(hull: Points) -> float:
    """The area inside a polygon [n, 2]."""
    (x, y), (next_x, next_y) = hull.T, np.roll(hull, -1, axis=0).T
    return float(abs((x * next_y - next_x * y).sum()) / 2)
