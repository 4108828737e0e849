"""Reads every digit of a set with a network, as `lenet-gui evaluate` does."""

from collections.abc import Callable

import numpy as np

from lenet_gui.data.digits import Digits
from lenet_gui.explore.readings_of_set import SetReadings
from lenet_gui.net.architecture import DIGITS
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.training.metrics import outputs_of, steady


def read_set(
    network: LeNet5,
    digits: Digits,
    progress: Callable[[int, int], None] | None = None,
    batch_size: int = 500,
) -> SetReadings:
    """Reads all `digits`, with the answers that `training.metrics.evaluate` counts.

    Args:
        network: either variant; it must not change meanwhile.
        digits: may be empty.
        progress: called with the digits read and of all, before each batch and at the end; what it
            raises ends the work.
        batch_size: digits in one forward pass.
    """
    network = steady(network)
    outputs = np.empty((len(digits), DIGITS), np.float32)
    answers = np.empty(len(digits), np.uint8)
    margins = np.empty(len(digits), np.float32)
    for first in range(0, len(digits), batch_size):
        if progress is not None:
            progress(first, len(digits))
        some = slice(first, first + batch_size)
        output = outputs_of(network, digits.images[some])
        scores = network.scores(output)
        best = scores.topk(2, dim=1).values
        outputs[some] = output.cpu().numpy()
        answers[some] = scores.argmax(dim=1).cpu().numpy()
        margins[some] = (best[:, 0] - best[:, 1]).cpu().numpy()
    if progress is not None:
        progress(len(digits), len(digits))
    for array in (outputs, answers, margins):
        array.flags.writeable = False
    return SetReadings(outputs, digits.labels, answers, margins)
