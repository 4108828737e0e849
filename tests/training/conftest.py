"""Small digits that are quick to learn, and the events of small training runs."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.training.control import Control
from lenet_gui.training.events import Event
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.trainer import train


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    """Other programs may use the cores: threads that wait for each other would take long."""
    torch.set_num_threads(1)


def _digits(count: int, seed: int, name: str) -> Digits:
    """Each class is a bar at an angle of its own, with noise."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, 10, count).astype(np.uint8)
    down, across = np.mgrid[-13.5:14, -13.5:14]
    angles = np.arange(10) * np.pi / 10
    bars = np.abs(across * np.cos(angles)[:, None, None] + down * np.sin(angles)[:, None, None])
    clean = np.where((bars < 2) & (np.hypot(across, down) < 10), 255, 0)
    noisy = clean[labels] + random.normal(0, 30, (count, 28, 28))
    return Digits(np.clip(noisy, 0, 255).astype(np.uint8), labels, name)


@pytest.fixture(scope="session")
def sets() -> DigitSets:
    """300 training and 80 test digits."""
    return DigitSets(_digits(300, 1, "small training"), _digits(80, 2, "small test"))


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    """Three epochs of ten steps; the last batch is smaller."""
    return Recipe(
        name="small",
        variant="modern",
        loss="cross-entropy",
        epochs=3,
        batch_size=32,
        schedule="constant",
        learning_rate=0.002,
        device="cpu",
        seed=5,
    )


@pytest.fixture
def train_all(sets: DigitSets) -> Callable[..., list[Event]]:
    """Runs a training run to its end and gives its events."""

    def run(recipe: Recipe, checkpoint=None, control=None, **options) -> list[Event]:
        return list(train(recipe, sets, checkpoint, control or Control(), **options))

    return run
