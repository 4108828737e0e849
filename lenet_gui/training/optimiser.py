"""The optimiser that a recipe asks for."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from lenet_gui.training.recipe import Optimiser, Recipe
from lenet_gui.training.sdlm import SDLM


def make_optimiser(recipe: Recipe, parameters: Iterable[nn.Parameter]) -> torch.optim.Optimizer:
    """An optimiser for these parameters; its rate is set anew at every step.

    The fused kernels do a whole update in one pass over the weights: at 60,000 parameters the
    plain ones spend more time on calls than on arithmetic. Adam's rate lies on a GPU beside the
    weights, where a recorded update (`cuda_graph`) finds it.
    """
    parameters = list(parameters)
    if recipe.optimiser is Optimiser.SDLM:
        return SDLM(parameters, lr=recipe.learning_rate, mu=recipe.mu)
    if recipe.optimiser is Optimiser.ADAM:
        device = parameters[0].device
        on_gpu = device.type == "cuda"
        rate = recipe.learning_rate
        return torch.optim.Adam(
            parameters,
            lr=torch.tensor(rate, device=device) if on_gpu else rate,
            weight_decay=recipe.weight_decay,
            fused=True,
            capturable=on_gpu,
        )
    return torch.optim.SGD(
        parameters,
        lr=recipe.learning_rate,
        momentum=recipe.momentum,
        nesterov=recipe.momentum > 0,
        weight_decay=recipe.weight_decay,
        fused=True,
    )


def set_rate(optimiser: torch.optim.Optimizer, rate: float) -> None:
    """Sets the learning rate of the next update."""
    for group in optimiser.param_groups:
        if isinstance(group["lr"], Tensor):
            group["lr"].fill_(rate)
        else:
            group["lr"] = rate
