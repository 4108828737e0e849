"""Antialiased pieces of pen line on a raster, many at a time."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

LONGEST_PIECE: Final = 16.0
"""Longer pieces, in pixels, are cut: small windows around them cost less than one large one."""
BATCH: Final = 48
"""Pieces computed together: the work then stays in the processor's cache."""
NO_LENGTH: Final = np.float32(1e-12)
"""Shorter pieces, in pixels, are dots: what is divided by their length could leave float32."""


def cover(raster: Floats, vertices: NDArray[np.float64]) -> None:
    """Adds the pen line along `vertices` to the coverage `raster` [h, w], in place.

    Vertices are [n, 3]: x, y and the pen's diameter in pixels (pixel (0, 0) has its centre at
    (0.5, 0.5)). A pixel's coverage is clip(radius + 0.5 - distance, 0, 1), the distance being that
    from its centre to the line and the radius that at the nearest place of the line; pieces are
    united by their maximum, so their order and grouping leave the result the same to the bit.
    One vertex is a dot.
    """
    starts, ends = _pieces(vertices)
    if not len(starts):
        return
    height, width = raster.shape
    reach = np.maximum(starts[:, 2], ends[:, 2])[:, None] / 2 + 0.5
    low = np.floor(np.minimum(starts[:, :2], ends[:, :2]) - reach).astype(np.intp)
    high = np.ceil(np.maximum(starts[:, :2], ends[:, :2]) + reach).astype(np.intp)
    seen = (high > 0).all(axis=1) & (low < (width, height)).all(axis=1)
    begun, ended = starts[seen].astype(np.float32), ends[seen].astype(np.float32)
    low, high = low[seen], high[seen]
    for first in range(0, len(begun), BATCH):
        batch = slice(first, first + BATCH)
        size = np.minimum((high[batch] - low[batch]).max(axis=0), (width, height))
        # A window that would hang over the edge is moved inside: it still holds its piece.
        corner = np.clip(low[batch], 0, (width, height) - size)
        w, h = size.tolist()
        windows = _coverage(begun[batch], ended[batch], corner, w, h)
        for window, (x, y) in zip(windows, corner.tolist(), strict=True):
            part = raster[y : y + h, x : x + w]
            np.maximum(part, window, out=part)


def _pieces(
    vertices: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Starts and ends [n, 3] of the line's pieces, none longer than `LONGEST_PIECE`."""
    if len(vertices) < 2:
        return vertices, vertices
    starts, ends = vertices[:-1], vertices[1:]
    step = ends - starts
    cuts = np.ceil(np.hypot(step[:, 0], step[:, 1]) / LONGEST_PIECE).astype(np.intp)
    if cuts.max() <= 1:
        return starts, ends
    cuts = np.maximum(cuts, 1)
    starts, step, ends = (np.repeat(a, cuts, axis=0) for a in (starts, step, ends))
    parts = np.repeat(cuts, cuts)
    number = np.arange(len(parts)) - np.repeat(np.cumsum(cuts) - cuts, cuts)
    inner = (number + 1 < parts)[:, None]
    cut_ends = np.where(inner, starts + step * ((number + 1) / parts)[:, None], ends)
    return starts + step * (number / parts)[:, None], cut_ends


def _coverage(starts: Floats, ends: Floats, corner: NDArray[np.intp], w: int, h: int) -> Floats:
    """The coverage [n, h, w] of n pieces, each in its window with the upper left `corner`."""
    step = ends[:, :2] - starts[:, :2]
    length = np.hypot(step[:, 0], step[:, 1])
    still = length < NO_LENGTH
    unit = step / np.where(still, np.float32(1), length)[:, None]
    unit[still] = (1, 0)
    # Pixel centres as seen from the piece's start: [n, w] and [n, h].
    x = (corner[:, :1] + np.arange(w) + 0.5).astype(np.float32) - starts[:, :1]
    y = (corner[:, 1:] + np.arange(h) + 0.5).astype(np.float32) - starts[:, 1:2]
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
    radius = starts[:, 2] / 2
    growth = (ends[:, 2] / 2 - radius) / np.where(still, np.float32(1), length)
    # Two dots in one place: the larger one.
    radius = np.where(still, np.maximum(radius, ends[:, 2] / 2), radius)
    nearest *= growth[:, None, None]
    nearest += (radius + np.float32(0.5))[:, None, None]
    nearest -= distance
    np.maximum(nearest, np.float32(0), out=nearest)
    return np.minimum(nearest, np.float32(1), out=nearest)
