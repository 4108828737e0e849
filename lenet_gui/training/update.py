"""One update: from a batch to its loss and output, with the weights changed on the way."""

from collections.abc import Callable

import torch
from torch import Tensor

from lenet_gui.training.batches import Batch
from lenet_gui.training.cuda_graph import GraphedUpdate
from lenet_gui.training.descent import Descent
from lenet_gui.training.gradients import Gradients
from lenet_gui.training.recipe import Optimiser, Recipe

Update = Callable[[Batch], tuple[Tensor, Tensor]]
"""From a batch to its mean loss (a scalar) and output [n, 10], as they were before the update."""


def update_of(
    gradients: Gradients,
    optimiser: Descent,
    recipe: Recipe,
    device: torch.device,
) -> Update:
    """What makes an update: step by step, or as one CUDA graph where there is such a device.

    Only Adam's update can be recorded with a rate that changes, so the others go step by step.
    """

    def update(batch: Batch) -> tuple[Tensor, Tensor]:
        loss, output = gradients(batch)
        optimiser.step()
        return loss, output

    if device.type == "cuda" and recipe.optimiser is Optimiser.ADAM:
        return GraphedUpdate(update, recipe.batch_size)
    return update
