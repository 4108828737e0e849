"""When a trained network answers "not a digit": calibrated on digits it never saw."""

from collections.abc import Callable
from typing import Final

import numpy as np
import torch

from lenet_gui.data.input_range import to_input
from lenet_gui.net.architecture import LARGEST_J, Variant
from lenet_gui.net.calibration import ANSWERED
from lenet_gui.net.network import Network
from lenet_gui.training.metrics import TrainingStopped

DIGITS: Final = 5_000
"""The number of digits that are written for it."""

_SEED: Final = 2
_BATCH: Final = 1_000


def calibrated_j(network: Network, stop: Callable[[], bool] | None = None) -> float:
    """The j of answers with which `ANSWERED` of the digits that the program writes are accepted.

    They are built-in test digits, which no training run has seen; no test digit of MNIST is
    used.

    Args:
        network: trained with a rubbish class, in evaluation mode.
        stop: called now and then.

    Returns:
        The distance (Original) or minus the logit (Modern) of the best digit beyond which no digit
        is answered, within the limits of `net.calibration`, rounded to two decimals.

    Raises:
        TrainingStopped: `stop` returned True.
    """
    from lenet_gui.data.builtin import builtin_digits
    from lenet_gui.data.builtin.sets import Stream

    def look(_made: int, _wanted: int) -> None:
        if stop is not None and stop():
            raise TrainingStopped

    written = builtin_digits(DIGITS, _SEED, progress=look, stream=Stream.TEST)
    parameter = next(network.parameters())
    best = []
    with torch.inference_mode():
        for first in range(0, len(written), _BATCH):
            images = torch.tensor(written.images[first : first + _BATCH]).to(parameter.device)
            scores = network.scores(network(to_input(images, *network.kind.input_values)).output)
            best.append(scores.amax(dim=1).cpu().numpy())
    j = float(np.quantile(-np.concatenate(best), ANSWERED))
    lowest = 0.0 if network.variant is Variant.ORIGINAL else -LARGEST_J
    return round(min(max(j, lowest), LARGEST_J), 2)
