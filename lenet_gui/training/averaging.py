"""A mean of the weights over the last updates, which is less noisy than the last weights."""

import copy
from collections.abc import Sequence

import torch
from torch import Tensor

from lenet_gui.net.network import Network


class Averaged:
    """Follows a network in training (Polyak and Juditsky 1992, with a fading memory).

    Args:
        trained: the network whose weights change.
        memory: the share of the mean that an update keeps, 0..1; less at first, so that the
            initial weights are soon forgotten.
    """

    def __init__(self, trained: Network, memory: float) -> None:
        self.network = copy.deepcopy(trained)
        self._means = tuple(self.network.parameters())
        self._trained = tuple(trained.parameters())
        self._memory = memory

    def follow(self, step: int) -> None:
        """Adds the weights after an update, numbered from 1."""
        follow(self._means, self._trained, self._memory, step)


@torch.no_grad()
def follow(means: Sequence[Tensor], trained: Sequence[Tensor], memory: float, step: int) -> None:
    """Adds the weights after an update, numbered from 1, to running means with this memory."""
    share = 1 - min(memory, step / (step + 9))
    for mean, newest in zip(means, trained, strict=True):
        mean.lerp_(newest, share)
