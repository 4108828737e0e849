"""Thicker and thinner ink of a picture, which has no strokes whose width could be changed."""

from math import floor, hypot, isnan, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def grown(ink: Floats, radius: float) -> Floats:
    """`ink` [h, w] grown by `radius` pixels on each side, or shrunk where that is negative.

    Each pixel becomes the largest (the smallest) whose centre lies in a disc around it; outside
    of the picture there is no ink. Raises ValueError for a radius that is not a number.
    """
    if isnan(radius):
        raise ValueError("ink grows by a number, not by NaN")
    farthest = hypot(*ink.shape)  # a disc of that size holds the picture from every position
    radius = min(max(radius, -farthest), farthest)
    if radius < 0:
        return 1 - _largest_in_disc(1 - ink, -radius, outside=1.0)
    return _largest_in_disc(ink, radius, outside=0.0)


def _largest_in_disc(ink: Floats, radius: float, outside: float) -> Floats:
    reach = floor(radius + 1e-9)
    if not reach:
        return ink.copy()
    height, width = ink.shape
    padded = np.full((height + 2 * reach, width + 2 * reach), outside, np.float32)
    padded[reach:-reach, reach:-reach] = ink
    # The maximum over 1, 2, 4 ... pixels from each one on: two of them make any length.
    runs = [padded]
    while 2 ** len(runs) <= 2 * reach + 1:
        half = 2 ** (len(runs) - 1)
        runs.append(np.maximum(runs[-1][:, :-half], runs[-1][:, half:]))
    result = np.full_like(ink, outside if outside == 0 else 0.0)
    for down in range(-reach, reach + 1):
        across = floor(sqrt(max(radius * radius - down * down, 0.0)) + 1e-9)
        length = 2 * across + 1
        level = length.bit_length() - 1
        rows = runs[level][reach + down : reach + down + height]
        first, last = reach - across, reach + across + 1 - 2**level
        np.maximum(result, rows[:, first : first + width], out=result)
        np.maximum(result, rows[:, last : last + width], out=result)
    return result
