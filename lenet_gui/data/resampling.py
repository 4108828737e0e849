"""Resampling by area: each new pixel is the mean of the ink under it."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


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
    return np.clip(resampled(picture, (side, side), scale, offset), 0, 1)


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
