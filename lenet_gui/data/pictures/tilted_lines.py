"""Printed lines that run across a picture at a tilt, as of squared paper in a photograph."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Numbers = NDArray[np.signedinteger]

TILTS: Final = np.tan(np.deg2rad(np.arange(-14, 14.1, 0.25)))
"""The tilts that are tried: rows down for each column."""
COVERED: Final = 0.9
"""Of a line, at least this share is ink."""
SHORTEST: Final = 0.5
"""It runs over at least this share of the picture, to the picture's or the sheet's edges."""
SMALLEST_SIDE: Final = 100
"""In a smaller picture none is looked for: strokes are as long."""
_SIDE: Final = 256
"""Lines are looked for in at most twice so many blocks along the longer side."""
_MOST_ROUNDS: Final = 16
"""So many tilts are found: seen at an angle, each line has its own."""


class TiltedLines(NamedTuple):
    """Where there is a line [h, w], to a few pixels, and how many lines there are."""

    near: Mask
    lines: int


def tilted_lines(ink: Mask, sheet: Mask) -> TiltedLines:
    """Lines of `ink` [h, w] from side to side of the `sheet` [h, w] on which they are printed."""
    if min(ink.shape) < SMALLEST_SIDE:
        return TiltedLines(np.zeros_like(ink), 0)
    block = max(1, max(ink.shape) // _SIDE)
    small = _reduced(ink, block)
    height, width = small.shape
    rows, columns = _places(small)
    within = _places(_reduced(sheet, block))
    near = np.zeros_like(small)
    count = 0
    for _ in range(_MOST_ROUNDS):
        found = _best(rows, columns, within, (height, width))
        if found is None:
            break
        tilt, is_line = found
        count += int(np.count_nonzero(is_line & ~np.roll(is_line, 1)))
        widened = is_line | np.roll(is_line, 1) | np.roll(is_line, -1)
        is_on = widened[_leveled(rows, columns, tilt, width)]
        near[rows[is_on], columns[is_on]] = True
        rows, columns = rows[~is_on], columns[~is_on]
    return TiltedLines(_enlarged(near, block, ink.shape), count)


def _best(
    rows: Numbers, columns: Numbers, within: tuple[Numbers, Numbers], shape: tuple[int, int]
) -> tuple[float, Mask] | None:
    """The tilt with the most ink in lines, and which levels are lines; None without one."""
    height, width = shape
    most = 0
    best: tuple[float, Mask] | None = None
    for tilt in TILTS.tolist():
        levels = height + 2 * width
        hits = np.bincount(_leveled(rows, columns, tilt, width), minlength=levels)
        if hits.max() < COVERED * SHORTEST * width:
            continue
        lengths = np.bincount(_leveled(*within, tilt, width), minlength=levels)
        is_line = (hits >= COVERED * lengths) & (lengths >= SHORTEST * width)
        if (total := int(hits[is_line].sum())) > most:
            most = total
            best = tilt, np.asarray(is_line, np.bool_)
    return best


def _leveled(rows: Numbers, columns: Numbers, tilt: float, width: int) -> Numbers:
    """The rows in which places come to lie once the picture is level."""
    shift = np.rint(tilt * (np.arange(width) - width / 2)).astype(np.intp)
    leveled: Numbers = rows - shift[columns] + width
    return leveled


def _places(mask: Mask) -> tuple[Numbers, Numbers]:
    """Rows and columns of what is in a mask."""
    rows, columns = np.nonzero(mask)
    return rows, columns


def _reduced(mask: Mask, block: int) -> Mask:
    """Which blocks hold something of a mask, those at its end in part."""
    height, width = (-(-side // block) * block for side in mask.shape)
    wide = np.zeros((height, width), np.bool_)
    wide[: mask.shape[0], : mask.shape[1]] = mask
    blocks = wide.reshape(height // block, block, width // block, block)
    return np.asarray(blocks.any(axis=(1, 3)), np.bool_)


def _enlarged(small: Mask, block: int, shape: tuple[int, ...]) -> Mask:
    return small.repeat(block, axis=0).repeat(block, axis=1)[: shape[0], : shape[1]]
