"""What every corruption takes and gives: images in 0..1, and a random generator for each."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.digits import DIGIT_SIDE

Images = NDArray[np.float64]
"""[N, 28, 28], 0..1: 0 is paper, 1 is full ink."""

Draws = Sequence[np.random.Generator]
"""One generator for each image, so that an image becomes the same in every company."""

Corrupt = Callable[[Images, Draws], Images]
"""A corruption: new images, of the same shape and range; those it is given stay as they are."""

SIDE = DIGIT_SIDE
CENTRE = (SIDE - 1) / 2
"""The middle of an image, in pixels from the middle of its first one: 13.5."""


def uniform(images: Images, draws: Draws) -> Images:
    """A number for each pixel, uniform in 0..1."""
    return np.reshape([draw.random((SIDE, SIDE)) for draw in draws], images.shape)


def signs(draws: Draws, count: int = 1) -> NDArray[np.intp]:
    """-1 or +1, either as likely: [N, count]."""
    drawn = np.array([draw.integers(0, 2, count) for draw in draws], np.intp)
    return drawn.reshape(len(draws), count) * 2 - 1
