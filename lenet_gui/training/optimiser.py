"""The optimiser that a recipe asks for."""

from collections.abc import Iterable, Mapping, Sequence

import torch
from torch import Tensor, nn

from lenet_gui.training.descent import SGD, Adam, Descent
from lenet_gui.training.recipe import Optimiser, Recipe
from lenet_gui.training.sdlm import SDLM


def make_optimiser(recipe: Recipe, parameters: Iterable[nn.Parameter]) -> Descent:
    """An optimiser for the parameters that have gradients; the rate is set before each update.

    The fused kernels do a whole update in one pass over the weights: at 60,000 parameters the
    plain ones spend more time on calls than on computation.
    """
    trained = [parameter for parameter in parameters if parameter.requires_grad]
    if recipe.optimiser is Optimiser.SDLM:
        return SDLM(trained, recipe.learning_rate, recipe.mu)
    if recipe.optimiser is Optimiser.ADAM:
        return Adam(trained, recipe.learning_rate, recipe.weight_decay)
    return SGD(trained, recipe.learning_rate, recipe.momentum, recipe.weight_decay)


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


_UPDATES = "step"  # number of updates made, for each parameter
_LEAST = {_UPDATES: 1, "exp_avg_sq": 0, "gain": 0}


def _kept_by(recipe: Recipe) -> tuple[str, ...]:
    """What the optimiser keeps for every parameter, by torch's names."""
    if recipe.optimiser is Optimiser.ADAM:
        return (_UPDATES, "exp_avg", "exp_avg_sq")
    if recipe.optimiser is Optimiser.SDLM:
        return ("gain",)
    return ("momentum_buffer",) if recipe.momentum else ()
