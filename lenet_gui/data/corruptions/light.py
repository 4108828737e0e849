"""Other light: brighter, inverted in stripes, seen through fog."""

import numpy as np

from lenet_gui.data.corruptions.images import SIDE, Draws, Images

FOG_SIDE = 256
"""The side of the map of fog whose first corner is laid over a digit, in pixels."""


_LEAST = 1e-12
"""No ink and no fog: nothing is divided by 0."""


def brightness(images: Images, _draws: Draws, more: float = 0.5) -> Images:
    """Every pixel gets more ink, up to full ink. MNIST-C: 0.5, its severity 5."""
    brighter: Images = np.minimum(images + more, 1)
    return brighter


def stripe(images: Images, _draws: Draws, width: int = 7) -> Images:
    """Ink and paper exchanged in a stripe at the left border and in one at the right.

    Each is `width` columns wide. MNIST-C: 7, so that the middle half stays.
    """
    striped = images.copy()
    for columns in (slice(0, width), slice(SIDE - width, SIDE)):
        striped[..., columns] = 1 - striped[..., columns]
    return striped


def fog(images: Images, draws: Draws, thickness: float = 3, decay: float = 1.4) -> Images:
    """Fog added to the ink, and all made fainter so that nothing is above the digit's fullest ink.

    The fog is a plasma of `fog_map`. MNIST-C: thickness 3, decay 1.4, its severity 5.
    """
    fullest = images.max(axis=(1, 2), keepdims=True, initial=0)
    shape = (len(images), SIDE, SIDE)
    over = np.reshape([fog_map(draw, decay)[:SIDE, :SIDE] for draw in draws], shape)
    thick = images + thickness * over
    seen: Images = np.clip(thick * fullest / np.maximum(fullest + thickness, _LEAST), 0, 1)
    return seen


def fog_map(draw: np.random.Generator, decay: float = 1.4) -> Images:
    """A plasma by the diamond-square algorithm: [256, 256], 0 to 1; it continues at its borders.

    Each level, from the largest squares to single pixels, sets the middles of squares, then those
    of their sides, to the mean of the four nearest known heights and a uniform deviation. From
    level to level the deviation falls by the square of `decay`. Assumption: the square; with it
    the map is as smooth as in the images that were published.
    """
    heights = np.zeros((FOG_SIDE, FOG_SIDE))
    step, deviation = FOG_SIDE, 1.0
    while step > 1:
        half = step // 2
        corners = heights[::step, ::step]
        cells = corners.shape
        beside = corners + np.roll(corners, -1, axis=1)
        middles = (beside + np.roll(beside, -1, axis=0)) / 4 + _deviation(draw, cells, deviation)
        heights[half::step, half::step] = middles
        # The middle of a side lies between two corners, and between the middles of two squares.
        upright = middles + np.roll(middles, 1, axis=0)
        heights[::step, half::step] = (beside + upright) / 4 + _deviation(draw, cells, deviation)
        level = middles + np.roll(middles, 1, axis=1)
        below = corners + np.roll(corners, -1, axis=0)
        heights[half::step, ::step] = (below + level) / 4 + _deviation(draw, cells, deviation)
        step, deviation = half, deviation / decay**2
    heights -= heights.min()
    lifted: Images = heights / heights.max()
    return lifted


def _deviation(draw: np.random.Generator, shape: tuple[int, ...], most: float) -> Images:
    return draw.uniform(-most, most, shape)
