"""How training gets the gradients of a batch into the parameters' `.grad`."""

from collections.abc import Callable

import torch
from torch import Tensor

from lenet_gui.net.lenet5 import OriginalLeNet5
from lenet_gui.net.losses import eleven_exponents, loss_function, taught_loss
from lenet_gui.net.network import Network
from lenet_gui.net.one_pattern import OnePattern
from lenet_gui.training.batches import Batch
from lenet_gui.training.recipe import Recipe

Gradients = Callable[[Batch], tuple[Tensor, Tensor]]
"""From a batch to its mean loss (a scalar) and output [n, 10], filling `.grad`."""


def gradients_of(network: Network, recipe: Recipe) -> Gradients:
    """The function that fills the network's gradients.

    Autograd in general; for the Original with single patterns on the CPU the pass written out in
    `net.one_pattern`, whose gradients are the same to float rounding.
    """
    if (
        isinstance(network, OriginalLeNet5)
        and recipe.batch_size == 1
        and network.C1.weight.device.type == "cpu"
        and not recipe.teachers_share
    ):
        return _pattern_by_pattern(network, recipe)
    return _by_autograd(network, recipe)


def loss_of_batches(recipe: Recipe) -> Callable[[Tensor, Tensor, Tensor | None], Tensor]:
    """From output [n, 10], right classes [n] and a soft target [n, 11] or None to the mean loss."""
    by_label = loss_function(recipe.loss, recipe.j, recipe.temperature)

    def loss_of(output: Tensor, target: Tensor, soft_target: Tensor | None) -> Tensor:
        if soft_target is None:
            return by_label(output, target)
        exponents = eleven_exponents(output, recipe.loss, recipe.j, recipe.temperature)
        return taught_loss(exponents, target, soft_target, recipe.teachers_share)

    return loss_of


def _by_autograd(network: Network, recipe: Recipe) -> Gradients:
    loss_of = loss_of_batches(recipe)

    def gradients(batch: Batch) -> tuple[Tensor, Tensor]:
        output = network(batch.inputs).output
        loss = loss_of(output, batch.target, batch.soft_target)
        network.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.detach(), output.detach()

    return gradients


def _pattern_by_pattern(network: OriginalLeNet5, recipe: Recipe) -> Gradients:
    one_pattern = OnePattern(network, recipe.loss, recipe.j, recipe.temperature)

    def gradients(batch: Batch) -> tuple[Tensor, Tensor]:
        loss, distances = one_pattern.backward(batch.inputs.numpy()[0, 0], int(batch.target))
        return torch.tensor(loss), torch.from_numpy(distances).unsqueeze(0)

    return gradients
