"""The stroke under the pen: its points, its curve so far, and where it changed last."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from lenet_gui.data.drawing import PenPoint, Stroke
from lenet_gui.data.smooth import GrowingCurve
from lenet_gui.gui.draw.stroke_painting import bounds


class LiveStroke:
    """A stroke that grows point by point; only its tail is ever drawn again."""

    def __init__(self, erases: bool) -> None:
        self.erases = erases
        self._points: list[PenPoint] = []
        self._curve = GrowingCurve()
        self._settled = np.empty((0, 3))
        self._tail = np.empty((0, 3))

    def grow(self, point: PenPoint) -> QRectF:
        """Moves on to `point`; returns what may look different now, in units of the canvas.

        The rectangle is null when nothing changed.
        """
        if not self._curve.append(point):
            return QRectF()
        self._points.append(point)
        before = self._tail
        fresh = _rows(self._curve.settled[len(self._settled) :])
        self._settled = np.concatenate([self._settled, fresh])
        self._tail = _rows(self._curve.tail())
        return bounds(np.concatenate([before, fresh, self._tail]))

    @property
    def stroke(self) -> Stroke:
        """The stroke as it is now."""
        return Stroke(tuple(self._points), self.erases)

    @property
    def vertices(self) -> NDArray[np.float64]:
        """The flattened curve [n, 3]: x, y and width in units of the canvas side."""
        return np.concatenate([self._settled, self._tail[1:]])


def _rows(vertices: list[tuple[float, float, float]]) -> NDArray[np.float64]:
    return np.array(vertices, dtype=np.float64).reshape(-1, 3)
