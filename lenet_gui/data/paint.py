"""Painting strokes into a raster of ink, at once or while the pen still moves."""

from collections.abc import Iterable
from itertools import islice
from math import ceil, floor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.capsules import cover
from lenet_gui.data.drawing import Drawing, PenPoint, Stroke
from lenet_gui.data.resampling import fitted_into_square
from lenet_gui.data.smooth import GrowingCurve, Vertices

Floats = NDArray[np.float32]
Part = tuple[slice, slice]
"""Rows and columns of a raster."""
NOWHERE: Final[Part] = (slice(0, 0), slice(0, 0))

RASTER_SIDE: Final = 224
"""Pixels on a side of the painted drawing: 8 for each of MNIST's 28."""
AT_ONCE: Final = 2000
"""The number of points that are painted together."""


def paint(drawing: Drawing, side: int = RASTER_SIDE) -> Floats:
    """The ink of `drawing`: float32 [side, side], 0 (paper) .. 1 (full ink).

    The pen is round and antialiased and follows `smooth_path`. Ink over ink leaves the darker of
    both; an erasing stroke removes its coverage's share of the ink under it.
    """
    raster = _backdrop(drawing, side)
    for stroke in drawing.strokes:
        if stroke.erases:
            coverage = np.zeros_like(raster)
            _cover_stroke(coverage, stroke)
            raster *= 1 - coverage
        else:
            _cover_stroke(raster, stroke)
    return raster


class Painter:
    """Paints a drawing while it is drawn: each further point costs only its own piece of line.

    Start it from a drawing, then `start_stroke`, `extend` with each new point, and
    `finish_stroke`. `raster` always equals `paint(drawing, side)` to the bit.
    """

    def __init__(self, drawing: Drawing | None = None, side: int = RASTER_SIDE) -> None:
        self._finished = Drawing() if drawing is None else drawing
        self._side = side
        self._base = paint(self._finished, side)
        self._points: list[PenPoint] = []
        self._erases = False
        self._curve = GrowingCurve()
        self._tail = self._curve.tail()
        self._covered = np.zeros_like(self._base)
        self._raster: Floats | None = None

    @property
    def drawing(self) -> Drawing:
        """What has been drawn so far, the stroke in progress included."""
        if not self._points:
            return self._finished
        return self._finished.with_stroke(Stroke(self._points, self._erases))

    @property
    def is_drawing(self) -> bool:
        """Whether a stroke is in progress."""
        return bool(self._points)

    def start_stroke(self, point: PenPoint, erases: bool = False) -> Part:
        """Puts the pen (or the eraser) down; a stroke still in progress is finished first.

        Returns the part of the raster that may look different now.
        """
        self.finish_stroke()
        self._erases = erases
        self._curve = GrowingCurve()
        self._tail = self._curve.tail()
        self._covered.fill(0)
        return self.extend(point)

    def extend(self, *points: PenPoint) -> Part:
        """Moves the pen through `points`.

        Returns the part of the raster that may look different now.
        """
        if not points:
            return NOWHERE
        self._points += points
        touched = [self._tail]
        for first in range(0, len(points), AT_ONCE):
            settled = self._curve.extend(points[first : first + AT_ONCE]) * self._side
            cover(self._covered, settled)
            touched.append(settled)
        self._tail = self._curve.tail() * self._side
        self._raster = None
        return _part_of((*touched, self._tail), self._side)

    def finish_stroke(self) -> Drawing:
        """Lifts the pen, if it is down; returns the drawing."""
        if self._points:
            self._base = self.raster
            self._finished = self.drawing
            self._points = []
        return self._finished

    @property
    def raster(self) -> Floats:
        """The ink so far: float32 [side, side], 0..1, read-only.

        A snapshot: later strokes make a new one.
        """
        if self._raster is None:
            self._raster = self.ink_in(whole(self._side))
            self._raster.flags.writeable = False
        return self._raster

    def ink_in(self, part: Part) -> Floats:
        """The ink in a part of the raster, as `raster` has it but for float rounding.

        The time depends only on the size of the part.
        """
        base = self._base[part]
        if not self._points:
            return base
        coverage = self._covered[part].copy()
        cover(coverage, self._tail - (part[1].start, part[0].start, 0))
        if self._erases:
            return np.asarray(base * (1 - coverage))
        return np.maximum(base, coverage, out=coverage)


def whole(side: int) -> Part:
    """All of a raster."""
    return slice(0, side), slice(0, side)


def _part_of(lines: Iterable[Vertices], side: int) -> Part:
    """The part of a raster that the pen's lines along vertices [n, 3], in pixels, can touch."""
    vertices = np.concatenate(list(lines))
    reach = vertices[:, 2:] / 2 + 1
    left, top = (vertices[:, :2] - reach).min(axis=0).tolist()
    right, bottom = (vertices[:, :2] + reach).max(axis=0).tolist()

    def kept(at: int) -> int:
        return min(max(at, 0), side)

    rows, columns = (kept(floor(top)), kept(ceil(bottom))), (kept(floor(left)), kept(ceil(right)))
    return slice(*rows), slice(*columns)


def _cover_stroke(coverage: Floats, stroke: Stroke) -> None:
    """Adds a whole stroke to the coverage, some of its points at a time."""
    curve, points, side = GrowingCurve(), iter(stroke.points), len(coverage)
    while some := list(islice(points, AT_ONCE)):
        cover(coverage, curve.extend(some) * side)
    cover(coverage, curve.tail() * side)


def _backdrop(drawing: Drawing, side: int) -> Floats:
    if drawing.backdrop is None:
        return np.zeros((side, side), np.float32)
    return fitted_into_square(drawing.backdrop.ink, side)
