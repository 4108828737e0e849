"""The optimiser that a recipe asks for."""

from collections.abc import Iterable, Mapping, Sequence

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


def is_state_of(recipe: Recipe, state: Mapping[str, Tensor], shapes: Sequence[torch.Size]) -> bool:
    """Whether `state` is all that the recipe's optimiser keeps after its first update.

    Args:
        recipe: which optimiser, and how it is set.
        state: tensors as "<place of the parameter>.<what>".
        shapes: of the parameters, in their order.
    """
    wanted = {
        f"{place}.{what}": torch.Size() if what == _UPDATES else shape
        for place, shape in enumerate(shapes)
        for what in _kept_by(recipe)
    }
    return {name: tensor.shape for name, tensor in state.items()} == wanted and all(
        tensor.dtype == torch.float32
        and bool(tensor.isfinite().all())
        and bool((tensor >= _LEAST.get(name.partition(".")[2], -torch.inf)).all())
        for name, tensor in state.items()
    )


_UPDATES = "step"  # so many have been made: a number for each parameter
_LEAST = {_UPDATES: 1, "exp_avg_sq": 0, "gain": 0}


def _kept_by(recipe: Recipe) -> tuple[str, ...]:
    """What the optimiser keeps for every parameter, by torch's names."""
    if recipe.optimiser is Optimiser.ADAM:
        return (_UPDATES, "exp_avg", "exp_avg_sq")
    if recipe.optimiser is Optimiser.SDLM:
        return ("gain",)
    return ("momentum_buffer",) if recipe.momentum else ()


def set_rate(optimiser: torch.optim.Optimizer, rate: float) -> None:
    """Sets the learning rate of the next update."""
    for group in optimiser.param_groups:
        if isinstance(group["lr"], Tensor):
            group["lr"].fill_(rate)
        else:
            group["lr"] = rate
