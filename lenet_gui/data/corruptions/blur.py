"""Blur: through frosted glass, and by a hand that moves."""

from math import ceil

import numpy as np
from scipy import ndimage

from lenet_gui.data.corruptions.images import SIDE, Draws, Images


def smoothed(images: Images, sigma: float) -> Images:
    """Blurred by a Gaussian of `sigma` pixels, 0 for none; beyond its border an image goes on."""
    if not sigma:
        return images.copy()
    blurred: Images = ndimage.gaussian_filter(images, (0, sigma, sigma), mode="nearest")
    return blurred


def glass_blur(
    images: Images, draws: Draws, sigma: float = 0.7, reach: int = 1, rounds: int = 2
) -> Images:
    """Frosted glass: blurred, pixels exchanged with near ones, blurred again.

    In each of the rounds, each pixel, from the last to the first, is exchanged with probability 1/2
    with a near one: in both directions from `reach` pixels before it to `reach` - 1 after it.
    MNIST-C: 0.7, 1 and 2, its severity 1.
    """
    shuffled = smoothed(images, sigma)
    places = range(SIDE - reach, reach, -1)
    shape = (rounds, len(places), len(places), 3)
    numbers = np.array([draw.random(shape) for draw in draws]).reshape(len(images), *shape)
    moved = np.floor(numbers[..., :2] * 2 * reach).astype(int) - reach
    moved[numbers[..., 2] < 0.5] = 0
    every = np.arange(len(images))
    for turn in range(rounds):
        for i, row in enumerate(places):
            for j, column in enumerate(places):
                down, right = moved[:, turn, i, j].T
                rows, columns = np.clip((row + down, column + right), 0, SIDE - 1)
                here = shuffled[:, row, column].copy()
                shuffled[:, row, column] = shuffled[every, rows, columns]
                shuffled[every, rows, columns] = here
    return smoothed(shuffled, sigma)


def motion_blur(
    images: Images, draws: Draws, sigma: float = 3, reach: int = 10, tilt: float = 45
) -> Images:
    """A hand that moves: each pixel is the mean along a line that begins there.

    The weights fall as a Gaussian of `sigma` pixels, up to 2 `reach`; the line's angle to the
    horizontal is uniform in +-tilt degrees. MNIST-C: 3, 10 and 45, its severity 1. Assumption:
    the line takes the nearest pixels, and paper lies beyond the border.
    """
    if not sigma:
        return images.copy()
    steps = np.arange(2 * reach + 1)
    weights = np.exp(-0.5 * (steps / sigma) ** 2)
    weights /= weights.sum()
    angles = np.radians([draw.uniform(-tilt, tilt) for draw in draws])
    margin = ceil(steps[-1])
    wide = np.pad(images, ((0, 0), (margin, margin), (margin, margin)))
    every = np.arange(len(images))[:, None, None]
    rows, columns = np.arange(SIDE)[:, None] + margin, np.arange(SIDE) + margin
    blurred = np.zeros_like(images)
    for step, weight in zip(steps, weights, strict=True):
        down = np.rint(step * np.sin(angles)).astype(int)[:, None, None]
        right = np.rint(step * np.cos(angles)).astype(int)[:, None, None]
        blurred += weight * wide[every, rows + down, columns + right]
    return blurred
