"""Resampling by area: each new pixel is the mean of the ink under it."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_SHOWN: Final = 0.9
"""The share of its strength that the ink of a picture keeps on a smaller square."""


def resampled(
    picture: Floats, shape: tuple[int, int], scale: float, offset: tuple[float, float] = (0, 0)
) -> Floats:
    """`picture` [h, w] resampled by area to `shape`, float32.

    Old pixel (i, j) covers the square of side `scale` whose upper left corner lies at
    offset + scale * (i, j) (down, right) in the new picture, whose pixel (o, p) is the unit square
    from (o, p). What no old pixel covers counts as empty.
    """
    rows = _resampled_rows(picture, shape[0], scale, offset[0])
    return _resampled_rows(rows.T, shape[1], scale, offset[1]).T.astype(np.float32, order="C")


def fitted_into_square(picture: Floats, side: int) -> Floats:
    """`picture` [h, w] scaled by one factor so that its longer side is `side`, centred on 0s.

    Float32 [side, side]. A picture whose side divides `side` becomes exact blocks.
    """
    height, width = picture.shape
    scale = side / max(height, width)
    offset = ((side - height * scale) / 2, (side - width * scale) / 2)
    fitted = resampled(picture, (side, side), scale, offset)
    return unfaded(fitted, picture, _SHOWN) if scale < 1 else np.clip(fitted, 0, 1)


def unfaded(scaled: Floats, picture: Floats, share: float) -> Floats:
    """`scaled`, 0..1, with the strength that thin lines of `picture` lost; see `strength_lost`."""
    factor = strength_lost(scaled, picture, share)
    return np.clip(scaled * np.float32(factor) if factor > 1 else scaled, 0, 1)


def strength_lost(scaled: Floats, picture: Floats, share: float) -> float:
    """What thin lines of `picture` are multiplied by after it was made smaller; 1 or more.

    A line thinner than the new pixels covers only a part of each and would become pale: with this
    factor the strongest pixels (a twentieth of those with ink) have this share of the strength
    that they had.
    """
    inked = scaled[scaled > 0]
    if not inked.size:
        return 1.0
    place = inked.size - max(1, inked.size // 20)
    strongest = float(np.partition(inked, place)[place])
    return max(1.0, share * float(picture.max(initial=0)) / strongest)


def _resampled_rows(
    picture: NDArray[np.floating], n_out: int, scale: float, offset: float
) -> NDArray[np.float64]:
    """`picture` [n, m] resampled along its first axis: [n_out, m].

    The ink above any height is a running sum with a part of the row at that height; a new row is
    the difference between its two edges. (A matrix product would do, but its threads compete with
    training that runs beside, and this is as fast.)
    """
    n, m = picture.shape
    above = np.zeros((n + 1, m))
    np.cumsum(picture, axis=0, dtype=np.float64, out=above[1:])
    edges = np.clip((np.arange(n_out + 1) - offset) / scale, 0, n)
    row = np.minimum(edges.astype(np.intp), n - 1)
    ink = above[row] + (edges - row)[:, None] * picture[row]
    result: NDArray[np.float64] = np.diff(ink, axis=0) * scale
    return result
