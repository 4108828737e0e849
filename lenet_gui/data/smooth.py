"""The smooth curve through a stroke's points, which can grow while the pen still moves."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil, hypot, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.drawing import PenPoint

Vertex = tuple[float, float, float]
"""x, y and the pen's width, in units of the canvas side."""

SAME_PLACE: Final = 1e-6
"""Points nearer than this to the one before them lie in its place, in units of the canvas side.

No pen is that near to where it was: the finest tablets have 5,080 lines to the inch, 0.005 mm, more
than this on every canvas less than 5 m wide. It is a five-thousandth of a painted pixel.
"""
SPACING: Final = 0.75 / 224
"""Points closer than this to the one before them say nothing of the shape and are passed over."""
FLATNESS: Final = 0.1 / 224
"""How far the flattened curve may lie from the true one."""
MOST_PIECES: Final = 24
FARTHEST: Final = 1.0
"""Points farther outside the canvas than this are brought to this distance."""
WIDEST: Final = 6.0
"""No pen is wider than this: from wherever it is, it covers the whole canvas."""


@dataclass
class GrowingCurve:
    """The smooth curve of a stroke that grows point by point.

    The curve is the quadratic spline whose control points are the pen's points and whose joints
    are the midpoints between them; it starts and ends at the first and last point, and the width
    runs along with it. `settled` is the part that no further point changes (a flattened polyline);
    `tail()` continues it to the last point. Only the tail, about one point long, is ever drawn
    again.

    Every stroke comes through here, so this is where points in one place are told (`SAME_PLACE`).
    """

    settled: list[Vertex] = field(default_factory=list)
    _before: Vertex | None = None
    _last: Vertex | None = None
    _passed_over: Vertex | None = None

    def append(self, point: PenPoint) -> bool:
        """Adds the pen's next point; returns whether the curve is another one now."""
        new = (_bounded(point.x), _bounded(point.y), min(point.width, WIDEST))
        last = self._last
        if last is None:
            self._last = new
            self.settled.append(new)
            return True
        step = hypot(new[0] - last[0], new[1] - last[1])
        if step < SAME_PLACE:
            new = (last[0], last[1], new[2])
        if step < SPACING and abs(new[2] - last[2]) < SPACING:
            ended = self._passed_over or last
            self._passed_over = None if new == last else new
            return new != ended
        self._passed_over = None
        if self._before is None:
            self.settled.append(_midpoint(last, new))
        else:
            self.settled += _quadratic(self.settled[-1], last, _midpoint(last, new))
        self._before, self._last = last, new
        return True

    def tail(self) -> list[Vertex]:
        """The curve from the last settled vertex (included) to the pen's last point."""
        if self._last is None:
            return []
        start, last = self.settled[-1], self._last
        if self._passed_over is None:
            return [start] if self._before is None else [start, last]
        end = self._passed_over
        if self._before is None:
            return [start, end]
        return [start, *_quadratic(start, last, _midpoint(last, end)), end]


def smooth_path(points: Iterable[PenPoint]) -> NDArray[np.float64]:
    """The flattened smooth curve of a stroke: [n, 3] of x, y, width in units of the canvas side.

    A stroke without points gives [0, 3]; one point, or points in one place, give at least one
    row, whose dot is the pen itself.
    """
    curve = GrowingCurve()
    for point in points:
        curve.append(point)
    vertices = curve.settled + curve.tail()[1:]
    return np.array(vertices, dtype=np.float64).reshape(-1, 3)


def _bounded(coordinate: float) -> float:
    return min(max(coordinate, -FARTHEST), 1 + FARTHEST)


def _midpoint(a: Vertex, b: Vertex) -> Vertex:
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2)


def _quadratic(start: Vertex, control: Vertex, end: Vertex) -> list[Vertex]:
    """The vertices after `start` of the quadratic curve, as many as its bend needs."""
    # The curve's farthest distance from its chord; cut into n pieces it is n^2 times smaller.
    bend = (
        hypot(start[0] - 2 * control[0] + end[0], start[1] - 2 * control[1] + end[1]) / 4
        + abs(start[2] - 2 * control[2] + end[2]) / 4
    )
    pieces = min(ceil(sqrt(bend / FLATNESS)), MOST_PIECES)
    vertices = []
    for i in range(1, pieces):
        t = i / pieces
        a, b, c = (1 - t) * (1 - t), 2 * t * (1 - t), t * t
        vertices.append(
            (
                a * start[0] + b * control[0] + c * end[0],
                a * start[1] + b * control[1] + c * end[1],
                a * start[2] + b * control[2] + c * end[2],
            )
        )
    vertices.append(end)
    return vertices
