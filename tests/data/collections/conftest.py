"""Small data sets in the forms in which people have them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lenet_gui.data.collections import Collection, read_collection


@pytest.fixture
def read(small_mnist: Any) -> Callable[..., Collection]:
    """`read(path)`: the data set there; `small_mnist` stands for MNIST."""

    def do(path: Path, **options: Any) -> Collection:
        return read_collection(path, mnist=small_mnist.files, **options)

    return do


@pytest.fixture(scope="session")
def ten_each() -> tuple[np.ndarray, np.ndarray]:
    """Thirty pictures, uint8 [30, 28, 28] with a black border, and their labels 0 to 9."""
    chance = np.random.default_rng(3)
    images = np.zeros((30, 28, 28), np.uint8)
    images[:, 4:24, 4:24] = chance.integers(0, 256, (30, 20, 20), dtype=np.uint8)
    return images, np.arange(30, dtype=np.uint8) % 10
