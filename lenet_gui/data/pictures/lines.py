"""Printed lines of ruled and squared paper and of forms, which are not ink of the digit."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.levels import STRONG
from lenet_gui.data.pictures.paper import Contrast
from lenet_gui.data.pictures.stroke_width import mean_width
from lenet_gui.data.pictures.tilted_lines import SMALLEST_SIDE, tilted_lines

Mask = NDArray[np.bool_]

SHORTEST: Final = 0.75
"""A printed line runs over at least this share of the picture."""
LEAST_OF_NET: Final = 0.1
"""A piece of a pale line is at least as long as this share of the picture's shorter side."""
THINNER: Final = 0.7
"""It is thinner than this share of the ink beside it, or pale."""

MANY: Final = 4
"""So many lines are printed, though they are as thick as the strokes; no digit has them."""
AS_THICK: Final = 1.2
"""They are no thicker than this, of the strokes."""


@dataclass(frozen=True, eq=False)
class PrintedLines:
    """Lines that run through a picture: a mask [h, w], and a box around each."""

    mask: Mask
    boxes: tuple[Box, ...]

    def with_others(self, others: Self) -> "PrintedLines":
        """Both."""
        return PrintedLines(self.mask | others.mask, self.boxes + others.boxes)


def printed_lines(ink: Mask, contrast: Contrast) -> PrintedLines:
    """Which pixels of `ink` [h, w] belong to lines that run across or down the picture.

    Where a line crosses a stroke, the crossing belongs to the stroke.
    """
    lines = np.zeros(ink.shape, np.bool_)
    boxes: list[Box] = []
    thickest = 0.0
    for is_down in (False, True):
        found, thickness = _across(ink.T if is_down else ink)
        rest = (ink.T if is_down else ink) & ~found
        if not found.any() or not rest.any():
            continue
        strong, values = contrast.strong, contrast.values
        if is_down:
            strong, values = strong.T, values.T
        is_pale = float(np.median(values[found])) < STRONG * contrast.full
        if is_pale or thickness <= THINNER * mean_width(rest & strong):
            lines |= found.T if is_down else found
            boxes += [_turned(box) if is_down else box for box in _boxes(found)]
            thickest = max(thickest, thickness)
    for is_down in (False, True) if boxes else ():
        walls = _walls(ink.T, lines.T, thickest) if is_down else _walls(ink, lines, thickest)
        for box in walls:
            wall = _turned(box) if is_down else box
            boxes.append(wall)
            place = slice(wall.top, wall.bottom), slice(wall.left, wall.right)
            lines[place] |= ink[place]
    return PrintedLines(lines, tuple(boxes))


def tilted_printed_lines(ink: Mask, contrast: Contrast, sheet: Mask) -> PrintedLines:
    """The same of lines that run across or down the `sheet` [h, w] at a tilt."""
    across = tilted_lines(ink, sheet)
    down = tilted_lines(ink.T, sheet.T)
    found_across, thickness_across = _thin(ink, ink & across.near)
    found_down, thickness_down = _thin(ink.T, ink.T & down.near)
    rest = ink & ~found_across & ~found_down.T
    lines = PrintedLines(np.zeros_like(ink), ())
    if not rest.any():
        return lines
    pen = mean_width(rest)
    for count, found, thickness, is_down in (
        (across.lines, found_across, thickness_across, False),
        (down.lines, found_down, thickness_down, True),
    ):
        if not count:
            continue
        mask = found.T if is_down else found
        is_pale = float(np.median(contrast.values[mask])) < STRONG * contrast.full
        if is_pale or thickness <= (THINNER if count < MANY else AS_THICK) * pen:
            boxes = _boxes(found)
            turned = (_turned(box) for box in boxes) if is_down else boxes
            lines = lines.with_others(PrintedLines(mask, tuple(turned)))
    return lines


def pale_net(ink: Mask, contrast: Contrast, sheet: Mask) -> PrintedLines:
    """Pale lines of any direction, straight or not, as of a page that curves.

    They are paler and thinner than the strokes, and come from the edge of the `sheet` [h, w]. What
    of them is as near to a stroke as that is wide may be its soft edge, and is left.
    """
    if min(ink.shape) < SMALLEST_SIDE:
        return PrintedLines(np.zeros_like(ink), ())
    strong = contrast.strong
    pen = mean_width(strong)
    reach = max(2, round(pen))
    far = ink & ~ndimage.binary_dilation(strong, _EIGHT, iterations=reach)
    labels, _ = ndimage.label(ndimage.binary_dilation(far, _EIGHT), _EIGHT)
    inside = ndimage.binary_erosion(sheet, _EIGHT, iterations=_RIM)
    net = np.zeros_like(ink)
    boxes = []
    for number, (rows, columns) in enumerate(ndimage.find_objects(labels), 1):
        length = max(rows.stop - rows.start, columns.stop - columns.start)
        part = labels[rows, columns] == number
        if length < LEAST_OF_NET * min(ink.shape) or inside[rows, columns][part].all():
            continue
        part &= far[rows, columns]
        if mean_width(part) <= THINNER * pen:
            net[rows, columns] |= part
            boxes.append(Box(columns.start, rows.start, columns.stop, rows.stop))
    return PrintedLines(net, tuple(boxes))


def _turned(box: Box) -> Box:
    """The box with rows and columns exchanged."""
    return Box(box.top, box.left, box.bottom, box.right)


def _walls(ink: Mask, lines: Mask, thickness: float) -> list[Box]:
    """Around what stands between two lines and is as thin as they: walls of the boxes of a form.

    There are two walls at least, and none goes on beyond the lines, as a 1 may.
    """
    rest = ink & ~lines
    labels, _ = ndimage.label(rest, _EIGHT)
    near = ndimage.binary_dilation(lines, _EIGHT, iterations=2)
    reach = round(2 * thickness) + 3
    walls = []
    for number, (rows, columns) in enumerate(ndimage.find_objects(labels), 1):
        width, height = columns.stop - columns.start, rows.stop - rows.start
        if width > 2 * thickness + 1 or height < 4 * width:
            continue
        part = labels[rows, columns] == number
        first, last = near[rows.start, columns], near[rows.stop - 1, columns]
        above = rest[max(rows.start - reach, 0) : rows.start, columns]
        below = rest[rows.stop : rows.stop + reach, columns]
        is_held = (part[0] & first).any() and (part[-1] & last).any()
        if is_held and not above.any() and not below.any():
            walls.append(Box(columns.start, rows.start, columns.stop, rows.stop))
    return walls if len(walls) > 1 else []


def _boxes(found: Mask) -> list[Box]:
    """A box around each line that runs across; lines in neighbouring rows are one."""
    has_line = np.concatenate(([False], found.any(axis=1), [False]))
    ends = np.flatnonzero(has_line[1:] != has_line[:-1]).reshape(-1, 2).tolist()
    boxes = []
    for top, bottom in ends:
        columns = np.flatnonzero(found[top:bottom].any(axis=0))
        boxes.append(Box(int(columns[0]), top, int(columns[-1]) + 1, bottom))
    return boxes


def without_lines(ink: Mask, lines: Mask, strong: Mask) -> Mask:
    """`ink` without `lines`, but for the places where they cross strokes."""
    rest = ink & ~lines
    margin = _BRIDGE.shape[0] // 2 + 1
    strokes = np.pad(rest & strong, margin)
    bridged = ndimage.binary_closing(strokes, _BRIDGE)[margin:-margin, margin:-margin]
    return rest | (bridged & lines)


_EIGHT: Final = np.ones((3, 3), np.bool_)
_RIM: Final = 2
"""Pixels along a sheet's edge that may belong to it."""
_BRIDGE: Final = np.ones((7, 7), np.bool_)


def _across(ink: Mask) -> tuple[Mask, float]:
    """Thin lines from side to side, and their thickness in pixels."""
    width = ink.shape[1]
    gap = max(3, width // 60) | 1
    # A line that is tilted a little lies in neighbouring rows; gaps in it are closed.
    thick = ndimage.binary_dilation(np.pad(ink, ((1, 1), (gap, gap))), np.ones((3, 1), np.bool_))
    filled = ndimage.maximum_filter1d(thick.view(np.uint8), gap, axis=1)
    closed = ndimage.minimum_filter1d(filled, gap, axis=1)
    length = int(SHORTEST * width) | 1
    eroded = ndimage.minimum_filter1d(closed, length, axis=1, mode="constant", cval=1)
    opened = ndimage.maximum_filter1d(eroded, length, axis=1, mode="constant", cval=0)
    found: Mask = opened[1:-1, gap:-gap].astype(np.bool_) & ink
    return _thin(ink, found)


def _thin(ink: Mask, found: Mask) -> tuple[Mask, float]:
    """What of lines that were `found` is no crossing, and their thickness in pixels."""
    if not found.any():
        return found, 0.0
    heights = _heights(ink)
    thickness = float(np.median(heights[found]))
    return found & (heights <= 1.6 * thickness + 1), thickness


def _heights(ink: Mask) -> NDArray[np.int32]:
    """At each pixel of `ink` the height of the vertical run that it is in; 0 elsewhere."""
    runs = np.zeros((ink.shape[0] + 1, ink.shape[1]), np.int32)
    for row in range(ink.shape[0]):
        runs[row + 1] = (runs[row] + 1) * ink[row]
    heights = runs[1:].copy()
    for row in range(ink.shape[0] - 2, -1, -1):
        goes_on = ink[row] & ink[row + 1]
        heights[row][goes_on] = heights[row + 1][goes_on]
    return heights
