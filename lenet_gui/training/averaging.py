"""A mean of the weights over the last steps, which chance moves less than the last step's own."""

import copy

import torch

from lenet_gui.net.lenet5 import LeNet5


class Averaged:
    """Follows a network in training (Polyak and Juditsky 1992, with a fading memory).

    Args:
        trained: the network whose weights change.
        memory: of the mean, the share that a step keeps, 0..1; early on it keeps less, so that the
            initial weights are soon forgotten.
    """

    def __init__(self, trained: LeNet5, memory: float) -> None:
        self.network = copy.deepcopy(trained)
        self._pairs = list(zip(self.network.parameters(), trained.parameters(), strict=True))
        self._memory = memory

    @torch.no_grad()
    def follow(self, step: int) -> None:
        """Takes in the weights after an update, numbered from 1."""
        share = 1 - min(self._memory, step / (step + 9))
        for mean, newest in self._pairs:
            mean.lerp_(newest, share)
