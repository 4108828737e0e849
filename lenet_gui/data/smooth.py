"""The smooth curve through a stroke's points, which can grow while the pen still moves."""

from collections.abc import Iterable, Sequence
from math import ceil, hypot, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.drawing import PenPoint

Vertices = NDArray[np.float64]
"""[n, 3]: x, y and the pen's width, in units of the canvas side."""
Vertex = list[float]

SAME_PLACE: Final = 1e-6
"""Points nearer than this to the one before are at the same place, in units of the canvas side.

No pen resolves that: the finest tablets have 5,080 lines to the inch, 0.005 mm, more
than this on every canvas less than 5 m wide. It is a five-thousandth of a painted pixel.
"""
SPACING: Final = 0.75 / 224
"""Points closer than this to the one before them do not affect the shape and are skipped."""
FLATNESS: Final = 0.1 / 224
"""How far the flattened curve may lie from the true one."""
MOST_PIECES: Final = 24
FARTHEST: Final = 1.0
"""Points farther outside the canvas than this are moved to this distance."""
WIDEST: Final = 6.0
"""No pen is wider than this: from wherever it is, it covers the whole canvas."""
FEW: Final = 8
"""Fewer points than this are limited one by one: calling numpy takes longer."""

_LOWEST: Final = (-FARTHEST, -FARTHEST, 0.0)
_HIGHEST: Final = (1 + FARTHEST, 1 + FARTHEST, WIDEST)


class GrowingCurve:
    """The smooth curve of a stroke that grows, by a point or by many.

    The curve is the quadratic spline whose control points are the pen's points and whose joints
    are the midpoints between them; it starts and ends at the first and last point, and the width
    runs along with it. What `extend` returns is final: no further point changes it. `tail()`
    continues it to the last point. Only the tail, about one point long, is ever drawn again, so
    the curve keeps no more than that, however long it is.

    Every stroke comes through here, so this is where points at the same place are detected
    (`SAME_PLACE`).
    """

    def __init__(self) -> None:
        self._before: Vertex | None = None
        self._last: Vertex | None = None
        self._passed_over: Vertex | None = None

    def extend(self, points: Iterable[PenPoint]) -> Vertices:
        """Adds the pen's next points; returns the part of the curve that becomes final.

        A flattened polyline that begins with the vertex where the final part ended before, or
        where the pen was put down. It has no vertices if nothing becomes final.
        """
        given = [(point.x, point.y, point.width) for point in points]
        if not given:
            return _NOTHING
        controls = [each for each in (self._before, self._last) if each is not None]
        begun = len(controls)
        self._take(_near(given), controls)
        if len(controls) == begun or len(controls) < 2:
            return _NOTHING
        self._before = controls[-2]
        if begun == 2 and len(controls) == 3:
            return np.array(_bend(*controls))
        return _spline(np.array(controls), begins=begun < 2)

    def tail(self) -> Vertices:
        """The curve from its last final vertex to the pen's last point, both included.

        A curve at one place is one vertex; one without points has none.
        """
        last, end = self._last, self._passed_over
        if last is None:
            return _NOTHING
        if self._before is None:
            return np.array([last] if end is None else [last, end])
        start = _midpoint(self._before, last)
        if end is None:
            return np.array([start, last])
        return np.array([*_bend(self._before, last, end), end])

    def _take(self, points: Sequence[Vertex], controls: list[Vertex]) -> None:
        """Adds the points that shape the curve to `controls`."""
        last, passed_over = self._last, self._passed_over
        for new in points:
            if last is not None:
                step = hypot(new[0] - last[0], new[1] - last[1])
                if step < SPACING:
                    if step < SAME_PLACE:
                        new[:2] = last[:2]
                    if abs(new[2] - last[2]) < SPACING:
                        passed_over = None if new == last else new
                        continue
            passed_over, last = None, new
            controls.append(new)
        self._last, self._passed_over = last, passed_over


def smooth_path(points: Iterable[PenPoint]) -> Vertices:
    """The flattened smooth curve of a stroke: [n, 3] of x, y, width in units of the canvas side.

    A stroke without points gives [0, 3]; one point, or points in one place, give at least one
    row, whose dot is the pen itself.
    """
    curve = GrowingCurve()
    settled = curve.extend(points)
    return np.concatenate([settled, curve.tail()[min(len(settled), 1) :]])


_NOTHING: Final = np.empty((0, 3))
_NOTHING.flags.writeable = False


def _midpoint(a: Vertex, b: Vertex) -> Vertex:
    return [(one + other) / 2 for one, other in zip(a, b, strict=True)]


def _near(points: Sequence[tuple[float, float, float]]) -> list[Vertex]:
    """The points, limited to where a pen can be."""
    if len(points) < FEW:
        limits = tuple(zip(_LOWEST, _HIGHEST, strict=True))
        return [
            [min(max(value, low), high) for value, (low, high) in zip(point, limits, strict=True)]
            for point in points
        ]
    near: list[Vertex] = np.clip(points, _LOWEST, _HIGHEST).tolist()
    return near


def _bend(before: Vertex, control: Vertex, after: Vertex) -> list[Vertex]:
    """The same as `_spline` for three points, to the bit, and ten times as fast."""
    start, end = _midpoint(before, control), _midpoint(control, after)
    x, y, width = (a - 2 * b + c for a, b, c in zip(start, control, end, strict=True))
    bend = sqrt(x * x + y * y) / 4 + abs(width) / 4
    pieces = min(max(ceil(sqrt(bend / FLATNESS)), 1), MOST_PIECES)
    found = [start]
    for number in range(1, pieces + 1):
        t = number / pieces
        parts = (1 - t) * (1 - t), 2 * t * (1 - t), t * t
        found.append(
            [
                parts[0] * a + parts[1] * b + parts[2] * c
                for a, b, c in zip(start, control, end, strict=True)
            ]
        )
    return found


def _spline(controls: Vertices, *, begins: bool = False) -> Vertices:
    """The flattened curve between the first and the last midpoint of `controls` [n, 3].

    With `begins` it starts at the first of them instead.
    """
    joints = (controls[:-1] + controls[1:]) / 2
    start, control, end = joints[:-1], controls[1:-1], joints[1:]
    # The curve's farthest distance from its chord; cut into n pieces it is n^2 times smaller.
    away = start - 2 * control + end
    bend = np.sqrt(away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1]) / 4 + np.abs(away[:, 2]) / 4
    pieces = np.clip(np.ceil(np.sqrt(bend / FLATNESS)), 1, MOST_PIECES).astype(np.intp)
    which = np.repeat(np.arange(len(pieces)), pieces)
    number = np.arange(1, len(which) + 1) - (np.cumsum(pieces) - pieces)[which]
    t = (number / pieces[which])[:, None]
    curved = (
        ((1 - t) * (1 - t)) * start[which] + (2 * t * (1 - t)) * control[which] + t * t * end[which]
    )
    return np.concatenate([controls[:1], joints[:1], curved] if begins else [joints[:1], curved])
