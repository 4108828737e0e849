"""Loss and accuracy of the steps, kept on the device until they are needed."""

from dataclasses import dataclass

import torch
from torch import Tensor

from lenet_gui.data.digits import RUBBISH
from lenet_gui.net.network import Network


@dataclass(frozen=True)
class Count:
    """Figures over some steps: each one's loss, the mean loss, the share right of the digits."""

    losses: tuple[float, ...]
    loss: float
    accuracy: float


class RunningMetrics:
    """Collects the figures of steps. Adding does no computation and waits for no device."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.begin_epoch()

    def begin_epoch(self) -> None:
        """Forgets everything."""
        self._losses: list[Tensor] = []
        self._outputs: list[Tensor] = []
        self._targets: list[Tensor] = []
        self._loss_sum = 0.0
        self._right = 0
        self._digits = 0
        self._patterns = 0

    def add(self, loss: Tensor, output: Tensor, target: Tensor) -> None:
        """Notes a step: its mean loss (scalar), output [n, 10] and right classes [n]."""
        self._losses.append(loss)
        self._outputs.append(output)
        self._targets.append(target)

    @property
    def pending(self) -> int:
        """Steps since the last `count`."""
        return len(self._losses)

    def count(self) -> Count:
        """The figures of the steps since the last call; there must be at least one."""
        losses: list[float] = torch.stack(self._losses).tolist()
        sizes = [len(target) for target in self._targets]
        answers = self._network.scores(torch.cat(self._outputs)).argmax(dim=1)
        targets = torch.cat(self._targets)
        right = int((answers == targets).sum().item())
        known = int((targets != RUBBISH).sum().item())
        loss_sum = sum(loss * size for loss, size in zip(losses, sizes, strict=True))
        self._losses.clear()
        self._outputs.clear()
        self._targets.clear()
        self._loss_sum += loss_sum
        self._right += right
        self._patterns += sum(sizes)
        self._digits += known
        return Count(tuple(losses), loss_sum / sum(sizes), right / max(known, 1))

    @property
    def epoch_loss(self) -> float:
        """Mean loss over the patterns counted since the epoch began."""
        return self._loss_sum / self._patterns

    @property
    def epoch_accuracy(self) -> float:
        """Share right of the digits counted since the epoch began, 0..1."""
        return self._right / max(self._digits, 1)
