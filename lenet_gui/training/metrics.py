"""How a network does on a set of digits: loss, accuracy, confusion matrix and misses."""

import copy
from collections.abc import Callable
from dataclasses import dataclass

import torch

from lenet_gui.data.digits import Digits
from lenet_gui.data.input_range import to_input
from lenet_gui.net.architecture import DIGITS, INPUT_RANGE
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.losses import LossFunction
from lenet_gui.training.events import Confusion, Score


class TrainingStopped(Exception):  # noqa: N818 - asked for, no fault
    """A training or an evaluation was asked to stop before its end."""


@dataclass(frozen=True)
class Miss:
    """A digit that the network reads wrongly; `index` is its place in the set."""

    index: int
    true: int
    predicted: int


@dataclass(frozen=True)
class Evaluation:
    """The outcome of an evaluation.

    `loss` is the mean over the digits, `accuracy` the share right (0..1), `confusion` counts by
    true (row) and predicted digit, `misses` are in the order of the set.
    """

    loss: float
    accuracy: float
    confusion: Confusion
    misses: tuple[Miss, ...]
    digits: int

    @property
    def score(self) -> Score:
        """The four figures without the single digits."""
        return Score(self.loss, self.accuracy, len(self.misses), self.digits)


def evaluate(
    network: LeNet5,
    digits: Digits,
    loss: LossFunction,
    batch_size: int = 500,
    stop: Callable[[], bool] | None = None,
) -> Evaluation:
    """Runs every digit through the network, on the network's own device.

    The same network and digits give the same result every time. Of equal outputs the smaller
    digit is the answer.

    Args:
        network: either variant.
        digits: at least one.
        loss: from `net.losses.loss_function`.
        batch_size: digits in one forward pass.
        stop: asked before each batch.

    Raises:
        TrainingStopped: `stop` said so.
    """
    device = next(network.parameters()).device
    # The memory format decides how sums are rounded: always the same one, and the faster.
    network = copy.deepcopy(network).to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]
    background, ink = INPUT_RANGE[network.variant]
    labels = torch.tensor(digits.labels).long()
    losses: list[float] = []
    answers = []
    with torch.inference_mode():
        for first in range(0, len(digits), batch_size):
            if stop is not None and stop():
                raise TrainingStopped
            some = torch.tensor(digits.images[first : first + batch_size]).to(device)
            right = labels[first : first + batch_size].to(device)
            output = network(to_input(some, background, ink)).output
            losses.append(loss(output, right).item() * len(some))
            answers.append(network.scores(output).argmax(dim=1).cpu())
    predicted = torch.cat(answers)
    counts = torch.bincount(labels * DIGITS + predicted, minlength=DIGITS * DIGITS)
    wrong = (predicted != labels).nonzero().flatten().tolist()
    return Evaluation(
        loss=sum(losses) / len(digits),
        accuracy=(len(digits) - len(wrong)) / len(digits),
        confusion=tuple(tuple(row) for row in counts.view(DIGITS, DIGITS).tolist()),
        misses=tuple(Miss(i, int(labels[i]), int(predicted[i])) for i in wrong),
        digits=len(digits),
    )
