"""The stroke under the pen: its points so far, and where it changed last."""

import numpy as np
from PySide6.QtCore import QRectF

from lenet_gui.data.drawing import PenPoint, Stroke
from lenet_gui.data.smooth import GrowingCurve, Vertices


class LiveStroke:
    """A stroke that grows point by point, each as fast as the first."""

    def __init__(self, erases: bool) -> None:
        self._stroke = Stroke((), erases)
        self._curve = GrowingCurve()
        self._tail = self._curve.tail()

    def grow(self, point: PenPoint) -> QRectF:
        """Extends it to `point`; returns what may look different now, in units of the canvas.

        The rectangle is null when nothing changed.
        """
        before, settled = self._tail, self._curve.extend((point,))
        self._tail = self._curve.tail()
        if not len(settled) and np.array_equal(before, self._tail):
            return QRectF()
        self._stroke = self._stroke.with_point(point)
        return _bounds(np.concatenate([before, settled, self._tail]))

    @property
    def stroke(self) -> Stroke:
        """The stroke as it is now."""
        return self._stroke


def _bounds(vertices: Vertices) -> QRectF:
    """The rectangle that the ink along `vertices` [n, 3] can touch."""
    reach = vertices[:, 2:] / 2
    left, top = (vertices[:, :2] - reach).min(axis=0).tolist()
    right, bottom = (vertices[:, :2] + reach).max(axis=0).tolist()
    return QRectF(left, top, right - left, bottom - top)
