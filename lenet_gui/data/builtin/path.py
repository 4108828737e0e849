"""A stroke's smooth path as a linear function of its knots, so that moving knots is cheap."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

SPACING: Final = 0.08
"""Distance between samples of the path, where the digit's height is 1."""

HASTE_REACH: Final = 0.09
"""How far along the path a fast pen rounds a corner, where the digit's height is 1."""


@dataclass(frozen=True)
class Pen:
    """One stroke: knots [K, 2] in a unit box and the indices of those that are corners."""

    knots: FloatArray
    corners: tuple[int, ...]

    @cached_property
    def careful(self) -> FloatArray:
        """Matrix [S, K]: times knots, it gives samples of the path through all knots."""
        bounds = [0, *self.corners, len(self.knots) - 1]
        rows = [np.zeros((0, len(self.knots)))]
        for first, last in pairwise(bounds):
            if last > first:
                piece = np.zeros((_samples(self.knots[first : last + 1]), len(self.knots)))
                piece[:, first : last + 1] = _spline_matrix(
                    self.knots[first : last + 1], len(piece)
                )
                rows.append(piece if last == bounds[-1] else piece[:-1])
        return np.concatenate(rows)

    @cached_property
    def hasty(self) -> FloatArray:
        """The same, with the corners cut and bows flattened; the ends stay."""
        careful = self.careful
        place = np.arange(len(careful)) * SPACING
        blur = np.exp(-0.5 * ((place[:, None] - place) / HASTE_REACH) ** 2)
        hasty = blur @ careful / blur.sum(axis=1, keepdims=True)
        hasty[[0, -1]] = careful[[0, -1]]
        return np.asarray(hasty, dtype=np.float64)


def _samples(knots: FloatArray) -> int:
    length = np.linalg.norm(np.diff(knots, axis=0), axis=1).sum()
    return max(3, 1 + round(float(length) / SPACING))


def _spline_matrix(knots: FloatArray, samples: int) -> FloatArray:
    """The cubic Hermite spline through knots, with chord-length steps, as matrix [samples, K].

    The tangent at a knot is that of the parabola through it and its two neighbours; the ends are
    natural (no curvature). Steps are taken from the designed knots, so the spline is linear in
    the knots that later replace them.
    """
    count = len(knots)
    steps = np.linalg.norm(np.diff(knots, axis=0), axis=1)
    at = np.concatenate(([0.0], np.cumsum(steps)))
    unit = np.eye(count)
    slopes = np.diff(unit, axis=0) / steps[:, None]
    tangents = np.empty((count, count))
    before, after = steps[:-1, None], steps[1:, None]
    tangents[1:-1] = (slopes[:-1] * after + slopes[1:] * before) / (before + after)
    tangents[0] = slopes[0] if count == 2 else (3 * slopes[0] - tangents[1]) / 2
    tangents[-1] = slopes[-1] if count == 2 else (3 * slopes[-1] - tangents[-2]) / 2
    where = np.linspace(0, at[-1], samples)
    left = np.clip(np.searchsorted(at, where, side="right") - 1, 0, count - 2)
    step = steps[left][:, None]
    u = ((where - at[left])[:, None]) / step
    return np.asarray(
        (2 * u**3 - 3 * u**2 + 1) * unit[left]
        + (u**3 - 2 * u**2 + u) * step * tangents[left]
        + (3 * u**2 - 2 * u**3) * unit[left + 1]
        + (u**3 - u**2) * step * tangents[left + 1],
        dtype=np.float64,
    )
