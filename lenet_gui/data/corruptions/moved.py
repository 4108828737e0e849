"""Digits sheared, scaled, turned and moved, about the middle of the image."""

from math import cos, sin

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from lenet_gui.data.corruptions.images import CENTRE, SIDE, Draws, Images, signs

Matrix = NDArray[np.float64]
"""[2, 2]: from where a pixel at (row, column) from the middle is taken; bilinear, paper outside."""


def shear(images: Images, draws: Draws, angle: float = 0.4) -> Images:
    """Leaning to the left or to the right, either as likely, by an angle in radians.

    A row is moved by sin(angle) pixels more than the one before it. MNIST-C: 0.4, its severity 2.
    Assumption: the digit also becomes 1 / cos(angle) times as tall, as in the published images.
    """
    lean = np.array(((cos(angle), 0.0), (sin(angle), 1.0)))
    return _either(images, draws, lean, lean * ((1, 1), (-1, 1)))


def scale(images: Images, _draws: Draws, factor: float = 0.7) -> Images:
    """Smaller, by a factor. MNIST-C: 0.7, its severity 3."""
    return _mapped(images, np.eye(2) / factor)


def rotate(images: Images, draws: Draws, angle: float = 0.4) -> Images:
    """Turned to the left or to the right, either as likely, by an angle in radians.

    MNIST-C: 0.4, its severity 2, which is 22.9 degrees.
    """
    turn = np.array(((cos(angle), sin(angle)), (-sin(angle), cos(angle))))
    return _either(images, draws, turn, turn.T)


def translate(images: Images, draws: Draws, pixels: int = 3) -> Images:
    """Moved up or down and to the left or right, each as likely, by so many pixels.

    MNIST-C: 3, its severity 3.
    """
    wide = np.pad(images, ((0, 0), (pixels, pixels), (pixels, pixels)))
    moved = np.empty_like(images)
    for place, (down, right) in enumerate(pixels * (1 + signs(draws, 2))):
        moved[place] = wide[place, down : down + SIDE, right : right + SIDE]
    return moved


def _either(images: Images, draws: Draws, one: Matrix, other: Matrix) -> Images:
    """Each image by one of two maps, drawn for it."""
    by_other = signs(draws)[:, 0] > 0
    mapped = np.empty_like(images)
    mapped[~by_other] = _mapped(images[~by_other], one)
    mapped[by_other] = _mapped(images[by_other], other)
    return mapped


def _mapped(images: Images, matrix: Matrix) -> Images:
    if not len(images):
        return images.copy()
    among = np.eye(3)  # no image is mixed with another
    among[1:, 1:] = matrix
    offset = (0.0, *(CENTRE - matrix @ (CENTRE, CENTRE)))
    mapped: Images = ndimage.affine_transform(images, among, offset, order=1, mode="grid-constant")
    return np.clip(mapped, 0, 1)
