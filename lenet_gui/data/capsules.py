"""Antialiased pieces of pen line on a raster, many at a time."""

from collections.abc import Sequence
from math import ceil, floor
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Vertices = NDArray[np.float64]
Indices = NDArray[np.intp]

LONGEST_PIECE: Final = 16.0
"""Longer pieces, in pixels, are cut: small windows around them cost less than one large one."""
PEN_TO_PIECE: Final = 16.0
"""For a wide pen, pieces may be longer: this share of its width."""
AT_ONCE: Final = 2048
"""Pieces that are checked together, before those that change nothing are skipped."""
BATCH: Final = 48
"""The most pieces computed together, ..."""
BATCH_PIXELS: Final = 24_000
"""... and as many pixels: the work then stays in the processor's cache."""
FEW: Final = 64
"""For fewer pieces, it is not checked where the raster is full already."""
VERY_FEW: Final = 6
"""Up to this many pieces are checked one by one: calling numpy takes longer than plain Python."""
SURELY_SHORT: Final = 0.999
"""Shorter than the longest piece, however its length is rounded."""
FARTHEST: Final = 1e6
"""Larger positions and widths, in pixels, are limited to this."""
NO_LENGTH: Final = np.float32(1e-12)
"""Shorter pieces, in pixels, are dots: dividing by their length could overflow float32."""


def cover(raster: Floats, vertices: Vertices) -> None:
    """Adds the pen line along `vertices` to the coverage `raster` [h, w], 0..1, in place.

    Vertices are [n, 3]: x, y and the pen's diameter in pixels (pixel (0, 0) has its centre at
    (0.5, 0.5)). A pixel's coverage is clip(radius + 0.5 - distance, 0, 1), the distance being that
    from its centre to the line and the radius that at the nearest place of the line; pieces are
    united by their maximum, so their order and grouping leave the result the same to the bit.
    One vertex is a dot. Numbers beyond a million are limited to that; a piece to or from a vertex
    that is no number leaves nothing.

    The time it takes grows with the number of vertices and with the pixels that they change: a
    piece outside of the raster, or where it is full already, costs next to nothing.
    """
    if len(vertices) <= VERY_FEW and _cover_very_few(raster, vertices):
        return
    vertices = np.clip(vertices, -FARTHEST, FARTHEST)
    starts, ends = (vertices, vertices) if len(vertices) == 1 else (vertices[:-1], vertices[1:])
    room = _Room(raster) if len(starts) > FEW else None
    for first in range(0, len(starts), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        _cover(raster, starts[some], ends[some], room)


def _cover_very_few(raster: Floats, vertices: Vertices) -> bool:
    """Covers, as `cover` does, a few short pieces such as a pen's next point adds.

    Returns whether it did: pieces that are long, far away or not finite are left to `cover`.
    """
    if not len(vertices):
        return True
    height, width = raster.shape
    points: list[list[float]] = vertices.tolist()
    seen, boxes = [], []
    for number in range(max(len(points) - 1, 1)):
        start, end = points[number], points[min(number + 1, len(points) - 1)]
        (x, y, pen), (to_x, to_y, to_pen) = start, end
        across, down = to_x - x, to_y - y
        if not across * across + down * down < (LONGEST_PIECE * SURELY_SHORT) ** 2:
            return False
        if not all(abs(value) < FARTHEST / 2 for value in (x, y, pen, to_pen)):
            return False
        reach = max(pen, to_pen) / 2 + 0.5
        left, right = max(floor(min(x, to_x) - reach), 0), min(ceil(max(x, to_x) + reach), width)
        top, bottom = max(floor(min(y, to_y) - reach), 0), min(ceil(max(y, to_y) + reach), height)
        if left < right and top < bottom:
            seen.append((start, end))
            boxes.append((left, top, right, bottom))
    if seen:
        w = max(right - left for left, _, right, _ in boxes)
        h = max(bottom - top for _, top, _, bottom in boxes)
        if len(seen) * w * h > BATCH_PIXELS:
            return False
        corners = [(min(left, width - w), min(top, height - h)) for left, top, _, _ in boxes]
        pieces = np.array(seen).astype(np.float32)
        _unite(raster, _coverage(pieces[:, 0], pieces[:, 1], np.array(corners), w, h), corners)
    return True


def _unite(raster: Floats, windows: Floats, corners: Sequence[Sequence[int]]) -> None:
    """Lays windows [n, h, w] on the raster, each at its left upper corner (x, y)."""
    h, w = windows.shape[1:]
    for window, (x, y) in zip(windows, corners, strict=True):
        part = raster[y : y + h, x : x + w]
        np.maximum(part, window, out=part)


def _cover(raster: Floats, starts: Vertices, ends: Vertices, room: "_Room | None") -> None:
    """Adds pieces from `starts` to `ends` [n, 3] to the coverage."""
    height, width = raster.shape
    low, high = _boxes(starts, ends, width, height)
    seen = np.asarray((high > low).all(axis=1))
    if room is not None:
        seen[seen] = room.is_in_boxes(low[seen], high[seen])
    starts, ends, low, high = starts[seen], ends[seen], low[seen], high[seen]
    cuts = _cuts(starts, ends)
    if cuts.max(initial=1) > 1:
        starts, ends = _cut(starts, ends, cuts, width, height)
        low, high = _boxes(starts, ends, width, height)
    for first in range(0, len(starts), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        changing = np.asarray((high[some] > low[some]).all(axis=1))
        if room is not None:
            changing[changing] = room.is_near(starts[some][changing], ends[some][changing])
            room.is_known = room.is_known and not changing.any()
        _cover_windows(
            raster,
            starts[some][changing].astype(np.float32),
            ends[some][changing].astype(np.float32),
            low[some][changing],
            high[some][changing],
        )


class _Room:
    """Where a raster is not full yet, and so can still change.

    `is_known`: it was counted, and the raster has not changed since.
    """

    def __init__(self, raster: Floats) -> None:
        self._raster = raster
        self._open = np.zeros((raster.shape[0] + 1, raster.shape[1] + 1), np.int32)
        self.is_known = False

    def is_in_boxes(self, low: Indices, high: Indices) -> NDArray[np.bool_]:
        """Whether boxes of pixels from `low` to `high` [n, 2] hold one that can change: [n]."""
        return self._is_within(low[:, 0], low[:, 1], high[:, 0], high[:, 1])

    def is_near(self, starts: Vertices, ends: Vertices) -> NDArray[np.bool_]:
        """Whether pixels that can change come as near to pieces as their ink does: [n].

        Checked in strips of the disc that holds the piece and its ink, so some count as near
        that are not.
        """
        height, width = self._raster.shape
        step = ends[:, :2] - starts[:, :2]
        pen = np.maximum(starts[:, 2], ends[:, 2])
        reach = (pen + np.hypot(step[:, 0], step[:, 1])) / 2 + 0.5
        x, y = ((starts[:, :2] + ends[:, :2]) / 2).T
        found = np.zeros(len(starts), np.bool_)
        for inner, outer in _STRIPS:
            across = reach * np.sqrt(1 - inner * inner)
            left = np.clip(np.floor(x - across), 0, width).astype(np.intp)
            right = np.clip(np.ceil(x + across), 0, width).astype(np.intp)
            for upper, lower in ((inner, outer), (-outer, -inner)):
                top = np.clip(np.floor(y + upper * reach), 0, height).astype(np.intp)
                bottom = np.clip(np.ceil(y + lower * reach), 0, height).astype(np.intp)
                found |= self._is_within(left, top, right, bottom)
        return found

    def _is_within(
        self, left: Indices, top: Indices, right: Indices, bottom: Indices
    ) -> NDArray[np.bool_]:
        if not self.is_known:
            down = np.cumsum(self._raster < 1, axis=0, dtype=np.int32)
            np.cumsum(down, axis=1, out=self._open[1:, 1:])
            self.is_known = True
        above = self._open
        inside = above[bottom, right] - above[top, right] + above[top, left] - above[bottom, left]
        return np.asarray(inside > 0)


_STRIPS = ((0.0, 0.4), (0.4, 0.65), (0.65, 0.85), (0.85, 1.0))
"""Of half a disc, as shares of its radius: from the middle line to the rim."""


def _cover_windows(
    raster: Floats, starts: Floats, ends: Floats, low: Indices, high: Indices
) -> None:
    """Adds pieces that lie in the boxes from `low` to `high` [n, 2]."""
    if not len(starts):
        return
    height, width = raster.shape
    largest = int((high - low).max(axis=0).prod())
    together = min(max(BATCH_PIXELS // largest, 1), BATCH)
    for first in range(0, len(starts), together):
        batch = slice(first, first + together)
        size = (high[batch] - low[batch]).max(axis=0)
        # A window that would reach over the edge is moved inside: it still holds its piece.
        corner = np.minimum(low[batch], (width, height) - size)
        w, h = size.tolist()
        _unite(raster, _coverage(starts[batch], ends[batch], corner, w, h), corner.tolist())


def _boxes(starts: Vertices, ends: Vertices, width: int, height: int) -> tuple[Indices, Indices]:
    """The pixels that pieces can touch: columns and rows [n, 2] from the first to after the last.

    A piece that touches none, or that is not finite, has none.
    """
    reach = np.maximum(starts[:, 2:], ends[:, 2:]) / 2 + 0.5
    low = np.floor(np.minimum(starts[:, :2], ends[:, :2]) - reach)
    high = np.ceil(np.maximum(starts[:, :2], ends[:, :2]) + reach)
    lost = np.isnan(low + high).any(axis=1)
    low[lost] = high[lost] = 0
    size = (width, height)
    return np.clip(low, 0, size).astype(np.intp), np.clip(high, 0, size).astype(np.intp)


def _cuts(starts: Vertices, ends: Vertices) -> NDArray[np.float64]:
    """Into how many short pieces each one is to be cut: whole numbers [n], 1 or more."""
    step = ends[:, :2] - starts[:, :2]
    pen = np.maximum(starts[:, 2], ends[:, 2])
    longest = np.maximum(LONGEST_PIECE, pen / PEN_TO_PIECE)
    return np.asarray(np.maximum(np.ceil(np.hypot(step[:, 0], step[:, 1]) / longest), 1))


def _cut(
    starts: Vertices, ends: Vertices, cuts: NDArray[np.float64], width: int, height: int
) -> tuple[Vertices, Vertices]:
    """The pieces, cut as given; those far outside of the raster are dropped."""
    step = ends - starts
    reach = np.maximum(starts[:, 2], ends[:, 2]) / 2 + 1
    first, after = _near(starts, step, reach, width, height)
    first, after = np.floor(first * cuts), np.ceil(after * cuts)
    kept = np.maximum(after - first, 0).astype(np.intp)
    which = np.repeat(np.arange(len(kept)), kept)
    number = first[which] + (np.arange(len(which)) - (np.cumsum(kept) - kept)[which])
    parts = cuts[which]
    starts, step, ends = starts[which], step[which], ends[which]
    inner = (number + 1 < parts)[:, None]
    cut_ends = np.where(inner, starts + step * ((number + 1) / parts)[:, None], ends)
    return starts + step * (number / parts)[:, None], cut_ends


def _near(
    starts: Vertices, step: Vertices, reach: NDArray[np.float64], width: int, height: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Between which fractions of their length [n], 0..1, pieces come as near as `reach` [n]."""
    first, after = np.zeros(len(starts)), np.ones(len(starts))
    for axis, side in enumerate((width, height)):
        moved = np.abs(step[:, axis]) > NO_LENGTH
        way = np.where(moved, step[:, axis], 1)
        here, there = (-reach - starts[:, axis]) / way, (side + reach - starts[:, axis]) / way
        first = np.where(moved, np.maximum(first, np.minimum(here, there)), first)
        after = np.where(moved, np.minimum(after, np.maximum(here, there)), after)
    return first, after


def _coverage(starts: Floats, ends: Floats, corner: Indices, w: int, h: int) -> Floats:
    """The coverage [n, h, w] of n pieces, each in its window with the upper left `corner`.

    At most 1; below 0 where the piece does not reach.
    """
    step = ends[:, :2] - starts[:, :2]
    length = np.hypot(step[:, 0], step[:, 1])
    still = length < NO_LENGTH
    some_are_still = still.any()
    divisor = np.where(still, np.float32(1), length) if some_are_still else length
    unit = step / divisor[:, None]
    if some_are_still:
        unit[still] = (1, 0)
    # Pixel centres as seen from the piece's start: [n, w] and [n, h].
    x = (corner[:, :1] + (np.arange(w) + 0.5)).astype(np.float32) - starts[:, :1]
    y = (corner[:, 1:] + (np.arange(h) + 0.5)).astype(np.float32) - starts[:, 1:2]
    ux, uy = unit[:, :1], unit[:, 1:]
    along = (x * ux)[:, None, :] + (y * uy)[:, :, None]
    across = (y * ux)[:, :, None] - (x * uy)[:, None, :]
    nearest = np.maximum(along, np.float32(0))
    np.minimum(nearest, length[:, None, None], out=nearest)
    along -= nearest
    along *= along
    across *= across
    along += across
    distance = np.sqrt(along, out=along)
    begun, ended = starts[:, 2] / 2, ends[:, 2] / 2
    growth = (ended - begun) / divisor
    # Two dots in one place: the larger one.
    radius = np.where(still, np.maximum(begun, ended), begun) if some_are_still else begun
    if growth.any():
        nearest *= growth[:, None, None]
        nearest += (radius + np.float32(0.5))[:, None, None]
        nearest -= distance
    else:
        np.subtract((radius + np.float32(0.5))[:, None, None], distance, out=nearest)
    np.minimum(nearest, np.float32(1), out=nearest)
    return np.asarray(nearest)
