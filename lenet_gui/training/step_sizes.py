"""The step sizes of SDLM, layer by layer, for an event."""

from collections.abc import Sequence

import numpy as np

from lenet_gui.training.events import StepSizes
from lenet_gui.training.sdlm import SDLM


def step_sizes(epoch: int, optimiser: SDLM, names: Sequence[str], digits: int) -> StepSizes:
    """The step sizes of `optimiser` in an epoch.

    Args:
        epoch: 1 or more.
        optimiser: its curvatures are set.
        names: of its parameters, such as "C1.weight", in its order.
        digits: that the curvatures were measured on.
    """
    by_layer: dict[str, list[np.ndarray]] = {}
    for name, sizes in zip(names, optimiser.step_sizes(), strict=True):
        by_layer.setdefault(name.partition(".")[0], []).append(sizes.cpu().numpy().ravel())
    return StepSizes(
        epoch=epoch,
        eta=optimiser.rate,
        mu=optimiser.mu,
        digits=digits,
        by_layer={layer: _frozen(np.concatenate(parts)) for layer, parts in by_layer.items()},
    )


def _frozen(sizes: np.ndarray) -> np.ndarray:
    sizes.flags.writeable = False
    return sizes
