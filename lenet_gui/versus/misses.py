"""The test digits that a network misses: ours for the paper's Fig. 8."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.digits import Digits
from lenet_gui.net.architecture import LOSSES
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.losses import loss_function
from lenet_gui.training.metrics import Miss, TrainingStopped, evaluate

AT_ONCE = 500
"""Digits between two reports; the batch of an evaluation, so that both give the same answers."""


@dataclass(frozen=True, eq=False)
class Misses:
    """The digits of a set that a network misreads, in the order of the set.

    `images` are uint8 [misses, 28, 28], 0 paper to 255 ink, read-only.
    """

    misses: tuple[Miss, ...]
    images: NDArray[np.uint8]
    digits: int  # of the whole set

    @property
    def error(self) -> float:
        """In percent."""
        return 100 * len(self.misses) / self.digits


def find_misses(
    network: LeNet5,
    digits: Digits,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Misses | None:
    """Reads every digit of a set; None if `stop` returned True.

    Args:
        network: either variant.
        digits: at least one.
        progress: called with the number of digits read, and of all digits.
        stop: called between batches.
    """
    loss = loss_function(LOSSES[network.variant][0])
    found: list[Miss] = []
    for first in range(0, len(digits), AT_ONCE):
        some = Digits(
            digits.images[first : first + AT_ONCE],
            digits.labels[first : first + AT_ONCE],
            digits.name,
        )
        try:
            evaluation = evaluate(network, some, loss, AT_ONCE, stop)
        except TrainingStopped:
            return None
        found += [Miss(first + m.index, m.true, m.predicted) for m in evaluation.misses]
        if progress is not None:
            progress(first + len(some), len(digits))
    images = digits.images[[miss.index for miss in found]]
    images.flags.writeable = False
    return Misses(tuple(found), images, len(digits))
