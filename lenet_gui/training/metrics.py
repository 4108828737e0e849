"""How well a network reads a set of digits: loss, accuracy, confusion matrix, missed digits."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import torch

from lenet_gui.data.digits import Digits, UInt8Array
from lenet_gui.data.input_range import to_input
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import DIGITS
from lenet_gui.net.losses import LossFunction
from lenet_gui.net.network import Network
from lenet_gui.short_repr import ShortRepr
from lenet_gui.training.events import Confusion, Score

N = TypeVar("N", bound=Network)


class Diverged(UserError):  # noqa: N818 - a finding about the training
    """A loss or a weight is no longer a finite number."""

    @classmethod
    def in_epoch(
        cls, epoch: int, rate: float, saved_epoch: int, checkpoint: Path | None
    ) -> "Diverged":
        """Says when it happened, at which rate, and which checkpoint is kept."""
        kept = (
            f"the checkpoint of epoch {saved_epoch} is kept at {checkpoint}"
            if checkpoint
            else "there is no checkpoint yet"
        )
        return cls(
            f"The loss is no longer a finite number in epoch {epoch} at learning rate {rate:g}: "
            f"choose a smaller rate; {kept}."
        )


class TrainingStopped(Exception):  # noqa: N818 - asked for, no fault
    """A training run or an evaluation was asked to stop before its end."""


@dataclass(frozen=True)
class Miss:
    """A digit that the network misreads; `index` is its index in the set."""

    index: int
    true: int
    predicted: int


@dataclass(frozen=True, repr=False)
class Evaluation(ShortRepr):
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
    def error(self) -> float:
        """The share of the digits that are misread, 0..1."""
        return len(self.misses) / self.digits

    @property
    def score(self) -> Score:
        """The four figures without the missed digits."""
        return Score(self.loss, self.accuracy, len(self.misses), self.digits)


def is_finite(network: Network) -> bool:
    """Whether every weight is a finite number."""
    return all(bool(parameter.isfinite().all()) for parameter in network.parameters())


def steady(network: N) -> N:
    """A copy in evaluation mode that rounds its sums in one way: in the faster memory format."""
    copied: N = copy.deepcopy(network).to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]
    return copied.eval()


def outputs_of(network: Network, images: UInt8Array) -> torch.Tensor:
    """The outputs [n, 10] of images [n, 28, 28], on the network's own device."""
    with torch.inference_mode():
        some = torch.tensor(images).to(next(network.parameters()).device)
        output: torch.Tensor = network(to_input(some, *network.kind.input_values)).output
    return output


def evaluate(
    network: Network,
    digits: Digits,
    loss: LossFunction,
    batch_size: int = 500,
    stop: Callable[[], bool] | None = None,
) -> Evaluation:
    """Runs every digit through the network, on the network's own device.

    The same network and digits give the same result every time. Of equal outputs the smaller
    digit is the answer.

    Args:
        network: any.
        digits: at least one.
        loss: from `net.losses.loss_function`.
        batch_size: digits in one forward pass.
        stop: called before each batch.

    Raises:
        TrainingStopped: `stop` returned True.
        ValueError: there are no digits.
    """
    if not len(digits):
        raise ValueError("there are no digits to evaluate")
    network = steady(network)
    device = next(network.parameters()).device
    labels = torch.tensor(digits.labels).long()
    losses: list[float] = []
    answers = []
    with torch.inference_mode():
        for first in range(0, len(digits), batch_size):
            if stop is not None and stop():
                raise TrainingStopped
            output = outputs_of(network, digits.images[first : first + batch_size])
            right = labels[first : first + batch_size].to(device)
            losses.append(loss(output, right).item() * len(right))
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
