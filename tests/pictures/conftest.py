"""Readings to paint: made of numbers alone, and of real networks with drawn weights."""

import numpy as np
import pytest
import torch

from lenet_gui.explore.reader import read_digit
from lenet_gui.explore.reading import Reading
from lenet_gui.net.architecture import Variant
from lenet_gui.net.calibration import Calibration
from lenet_gui.net.lenet5 import build


def digit_image() -> np.ndarray:
    """A seven, roughly: a bar and a slanted stem, float32[28, 28] in 0..1."""
    image = np.zeros((28, 28), np.float32)
    image[6:9, 7:21] = 1.0
    for row in range(9, 23):
        column = 20 - (row - 9) // 2
        image[row, column - 2 : column + 1] = (0.6, 1.0, 0.6)
    return image


def answering(variant: Variant) -> Calibration:
    """With it a network that never learned, whose F6 is far from every code, answers."""
    return Calibration(100.0 if variant is Variant.ORIGINAL else None)


@pytest.fixture(scope="session")
def image() -> np.ndarray:
    return digit_image()


@pytest.fixture(scope="session", params=list(Variant), ids=str)
def reading(request: pytest.FixtureRequest, image: np.ndarray) -> Reading:
    network = build(request.param, torch.Generator().manual_seed(5)).eval()
    return read_digit(network, image, answering(request.param))


@pytest.fixture(scope="session")
def original(image: np.ndarray) -> Reading:
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(5)).eval()
    return read_digit(network, image, answering(Variant.ORIGINAL))
