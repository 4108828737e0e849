"""Resampling by area: each new pixel is the mean of the ink under it."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def area_weights(n_in: int, n_out: int, scale: float, offset: float = 0.0) -> Floats:
    """The matrix [n_out, n_in] that resamples a row of n_in pixels by area.

    Old pixel i covers [offset + i * scale, offset + (i + 1) * scale) of the new row, whose pixel o
    is [o, o + 1); the weight is the length they share. What no old pixel covers counts as empty.
    """
    edges = offset + scale * np.arange(n_in + 1)
    pixels = np.arange(n_out)[:, None]
    shared = np.minimum(edges[1:], pixels + 1) - np.maximum(edges[:-1], pixels)
    weights: Floats = np.maximum(shared, 0.0).astype(np.float32)
    return weights


def fitted_into_square(picture: Floats, side: int) -> Floats:
    """`picture` [h, w] scaled by one factor so that its longer side is `side`, centred on 0s.

    Float32 [side, side]. A picture whose side divides `side` becomes exact blocks.
    """
    height, width = picture.shape
    scale = side / max(height, width)
    rows = area_weights(height, side, scale, (side - height * scale) / 2)
    columns = area_weights(width, side, scale, (side - width * scale) / 2)
    return np.clip(rows @ picture @ columns.T, 0, 1)
