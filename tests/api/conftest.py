"""Few digits, and one recipe on them."""

import pytest
import torch

import lenet_gui


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    """Other programs may use the cores: threads that wait for each other would take long."""
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def sets() -> lenet_gui.DigitSets:
    """100 built-in training and 60 test digits."""
    return lenet_gui.digits("builtin", training=100, test=60)


@pytest.fixture(scope="session")
def ink() -> lenet_gui.InkSteps:
    """A seven of one stroke."""
    return lenet_gui.read_strokes([[(0.3, 0.2), (0.7, 0.2), (0.45, 0.8)]])
