"""Strokes become a raster of ink, whole or while the pen still moves."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.capsules import cover
from lenet_gui.data.drawing import Drawing, PenPoint, Stroke
from lenet_gui.data.resampling import fitted_into_square
from lenet_gui.data.smooth import GrowingCurve, Vertex, smooth_path

__all__ = ["RASTER_SIDE", "Painter", "paint", "smooth_path"]

Floats = NDArray[np.float32]

RASTER_SIDE: Final = 224
"""Pixels on a side of the painted drawing: 8 for each of MNIST's 28."""


def paint(drawing: Drawing) -> Floats:
    """The ink of `drawing`: float32 [224, 224], 0 (paper) .. 1 (full ink).

    The pen is round and antialiased and follows `smooth_path`. Ink over ink leaves the darker of
    both; an erasing stroke takes away its coverage's share of the ink under it.
    """
    raster = _backdrop(drawing)
    for stroke in drawing.strokes:
        if stroke.erases:
            coverage = np.zeros_like(raster)
            cover(coverage, _in_pixels(smooth_path(stroke.points)))
            raster *= 1 - coverage
        else:
            cover(raster, _in_pixels(smooth_path(stroke.points)))
    return raster


class Painter:
    """Paints a drawing while it is drawn: each further point costs only its own piece of line.

    Start it from a drawing, then `start_stroke`, `extend` with each new point, and
    `finish_stroke`. `raster` always equals `paint(drawing)` to the bit.
    """

    def __init__(self, drawing: Drawing | None = None) -> None:
        self._finished = Drawing() if drawing is None else drawing
        self._base = paint(self._finished)
        self._points: list[PenPoint] = []
        self._erases = False
        self._curve = GrowingCurve()
        self._covered = np.zeros_like(self._base)
        self._vertices_done = 1  # the first one alone draws nothing that lasts
        self._raster: Floats | None = None

    @property
    def drawing(self) -> Drawing:
        """What has been drawn so far, the stroke under way included."""
        if not self._points:
            return self._finished
        return self._finished.with_stroke(Stroke(tuple(self._points), self._erases))

    @property
    def is_drawing(self) -> bool:
        """Whether a stroke is under way."""
        return bool(self._points)

    def start_stroke(self, point: PenPoint, erases: bool = False) -> None:
        """Puts the pen (or the eraser) down; a stroke still under way is finished first."""
        self.finish_stroke()
        self._erases = erases
        self._curve = GrowingCurve()
        self._covered.fill(0)
        self._vertices_done = 1  # the first one alone draws nothing that lasts
        self.extend(point)

    def extend(self, point: PenPoint) -> None:
        """Moves the pen on to `point`."""
        self._points.append(point)
        self._curve.append(point)
        self._raster = None

    def finish_stroke(self) -> Drawing:
        """Lifts the pen, if it is down; returns the drawing."""
        if self._points:
            self._base = self.raster
            self._finished = self.drawing
            self._points = []
        return self._finished

    @property
    def raster(self) -> Floats:
        """The ink so far: float32 [224, 224], 0..1, read-only.

        It is a picture of this moment: later strokes make a new one. The work is done here, so
        several points between two calls are painted together.
        """
        if self._raster is None:
            self._raster = self._painted()
            self._raster.flags.writeable = False
        return self._raster

    def _painted(self) -> Floats:
        if not self._points:
            return self._base
        settled = self._curve.settled
        if len(settled) > self._vertices_done:
            cover(self._covered, _in_pixels(settled[self._vertices_done - 1 :]))
            self._vertices_done = len(settled)
        coverage = self._covered.copy()
        cover(coverage, _in_pixels(self._curve.tail()))
        if self._erases:
            return self._base * (1 - coverage)
        return np.maximum(self._base, coverage, out=coverage)


def _backdrop(drawing: Drawing) -> Floats:
    if drawing.backdrop is None:
        return np.zeros((RASTER_SIDE, RASTER_SIDE), np.float32)
    return fitted_into_square(drawing.backdrop.ink, RASTER_SIDE)


def _in_pixels(vertices: NDArray[np.float64] | list[Vertex]) -> NDArray[np.float64]:
    return np.asarray(vertices, dtype=np.float64).reshape(-1, 3) * RASTER_SIDE
