"""One update: from a batch to its loss and output, changing the weights."""

import time
from collections.abc import Callable, Generator
from typing import Protocol

import torch
from torch import Tensor

from lenet_gui.net.network import Network
from lenet_gui.training.averaging import Averaged
from lenet_gui.training.batches import Batch
from lenet_gui.training.cuda_graph import GraphedUpdate
from lenet_gui.training.descent import Descent
from lenet_gui.training.events import UpdateDue
from lenet_gui.training.gradients import Gradients, gradients_of
from lenet_gui.training.optimiser import make_optimiser
from lenet_gui.training.recipe import Optimiser, Recipe
from lenet_gui.training.thread_choice import ThreadChoice

Update = Callable[[Batch], tuple[Tensor, Tensor]]
"""From a batch to its mean loss (a scalar) and output [n, 10], before the update."""


def update_of(
    gradients: Gradients,
    optimiser: Descent,
    recipe: Recipe,
    device: torch.device,
) -> Update:
    """The function that makes an update: step by step, or as one CUDA graph on such a device.

    Only Adam's update can be recorded with a rate that changes, so the others go step by step.
    """

    def update(batch: Batch) -> tuple[Tensor, Tensor]:
        loss, output = gradients(batch)
        optimiser.step()
        return loss, output

    if device.type == "cuda" and recipe.optimiser is Optimiser.ADAM:
        return GraphedUpdate(update, recipe.batch_size)
    return update


class OwnUpdates:
    """The updates of one network by itself.

    With `follow_load`, on the CPU, they go between one thread and as many as torch has, whichever
    is fastest beside other programs; the rounding of sums then depends on the load.
    """

    def __init__(
        self,
        network: Network,
        averaged: Averaged | None,
        recipe: Recipe,
        device: torch.device,
        *,
        follow_load: bool = False,
    ) -> None:
        self.optimiser = make_optimiser(recipe, network.parameters())
        gradients = gradients_of(network, recipe)
        self._update = update_of(gradients, self.optimiser, recipe, device)
        self._averaged = averaged
        follows = follow_load and device.type == "cpu"
        self._threads = ThreadChoice(torch.get_num_threads()) if follows else None
        if self._threads is not None:
            torch.set_num_threads(self._threads.threads)

    def make(self, batch: Batch, step: int) -> Generator[UpdateDue, None, tuple[Tensor, Tensor]]:
        """Makes the update `step`, from 1, without waiting; gives its loss and output."""
        yield from ()
        began = time.perf_counter()
        loss, output = self._update(batch)
        if self._averaged is not None:
            self._averaged.follow(step)
        if self._threads is not None:
            _follow(self._threads, time.perf_counter() - began)
        return loss, output


def _follow(threads: ThreadChoice, seconds: float) -> None:
    before = threads.threads
    threads.took(seconds)
    if threads.threads != before:
        torch.set_num_threads(threads.threads)


class Updates(Protocol):
    """Makes the updates of a training run, and keeps its optimiser."""

    @property
    def optimiser(self) -> Descent:
        """The optimiser of the network's parameters, with its state."""

    def make(self, batch: Batch, step: int) -> Generator[UpdateDue, None, tuple[Tensor, Tensor]]:
        """Makes the update `step`, from 1, or waits until it is made.

        Gives the batch's mean loss (a scalar) and output [n, 10], before the update.
        """


MakesUpdates = Callable[[Network, Averaged | None, Recipe, torch.device], Updates]
"""From a new network, its running mean, the recipe and the device."""
