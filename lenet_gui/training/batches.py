"""The training digits in memory, in the order and with the distortions of each epoch."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor

from lenet_gui.data.digits import RUBBISH, Digits, UInt8Array
from lenet_gui.data.distort import distort
from lenet_gui.data.input_range import to_input
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.training.prefetch import prefetch
from lenet_gui.training.recipe import Order, Recipe

PREPARED_AT_ONCE = 512
"""Digits gathered, distorted and padded at once; larger gains nothing, smaller costs calls."""

AT_ONCE_ON_CUDA = 4096
"""The same on a CUDA card: enough to keep it busy with computation instead of calls; the
distortions of this many take about 100 MB."""

_T = TypeVar("_T")
_CPU = torch.device("cpu")

_ORDER, _DISTORTIONS, _SAMPLE, _SAMPLE_DISTORTIONS = range(4)


@dataclass(frozen=True)
class Batch:
    """What an update learns from.

    `inputs` [n, 1, 32, 32] in the variant's range, `target` [n] int64 the right classes (10:
    rubbish), `soft_target` [n, 11] the posterior of a teacher, if there is one.
    """

    inputs: Tensor
    target: Tensor
    soft_target: Tensor | None = None


class Batches:
    """Cuts digits into batches; the last of an epoch may be smaller.

    The order and the distortions of an epoch follow only from the seed and the number of the
    epoch, so that a run can be continued at any epoch. The order is the same on every device;
    a CUDA card draws its own distortions, piece by piece.

    Args:
        digits: to learn from.
        recipe: how they are cut, ordered and distorted.
        device: where the batches are placed.
        rubbish: [n, 28, 28], non-digit pictures among them.
        at_once: how many digits are prepared at once, rounded up to whole batches.
    """

    def __init__(
        self,
        digits: Digits,
        recipe: Recipe,
        device: torch.device,
        rubbish: UInt8Array | None = None,
        at_once: int | None = None,
    ) -> None:
        images, labels = digits.images, torch.tensor(digits.labels).long()
        if rubbish is not None and len(rubbish):
            images = np.concatenate((images, rubbish))
            labels = torch.cat((labels, torch.full((len(rubbish),), RUBBISH)))
        self._device = device
        draws_there = device.type == "cuda"
        self._drawn_on = device if draws_there else _CPU
        usual = AT_ONCE_ON_CUDA if draws_there else PREPARED_AT_ONCE
        self._at_once = whole_batches(at_once or usual, recipe.batch_size)
        # uint8 [N, 28, 28]; on the CPU the digits' own array, so that they are in memory only once.
        self._images: UInt8Array | Tensor = images
        if device.type != "cpu":
            self._images = torch.tensor(images).to(device)
        self._labels = labels.to(device)
        self._paper, self._ink = NetworkKind(recipe.variant).input_range
        self._recipe = recipe

    @property
    def patterns(self) -> int:
        """Presentations in an epoch."""
        return len(self._labels)

    def __len__(self) -> int:
        return -(-len(self._labels) // self._recipe.batch_size)

    def epoch(self, epoch: int) -> Iterator[Batch]:
        """The batches of an epoch, numbered from 1."""
        numbered = 1 if self._recipe.order is Order.CONSTANT else epoch
        order = torch.randperm(len(self._labels), generator=self._generator(numbered, _ORDER))
        prepared = self._prepared(order, self._generator(epoch, _DISTORTIONS, on=self._drawn_on))
        if self._recipe.distortions is not None and self._drawn_on == _CPU:
            prepared = prefetch(_with_one_thread(prepared))
        size = self._recipe.batch_size
        for inputs, target in prepared:
            for begin in range(0, len(target), size):
                yield Batch(inputs[begin : begin + size], target[begin : begin + size])

    def _prepared(
        self, order: Tensor, randomness: torch.Generator
    ) -> Iterator[tuple[Tensor, Tensor]]:
        """Inputs and targets of some batches at a time."""
        for chosen in torch.split(order.to(self._device), self._at_once):
            yield self._prepare(self._chosen(chosen), randomness), self._labels[chosen]

    def _chosen(self, places: Tensor) -> Tensor:
        """Images by their indices in the set, uint8 [n, 28, 28]."""
        if isinstance(self._images, Tensor):
            return self._images[places]
        return torch.from_numpy(self._images[places.numpy()])

    def sample(self, epoch: int, count: int, part: int = 0) -> Tensor:
        """Inputs [count or all, 1, 32, 32] drawn for an epoch, distorted as its batches are.

        Each `part` of an epoch, from 0, has its own sample.
        """
        order = torch.randperm(len(self._labels), generator=self._generator(epoch, _SAMPLE, part))
        return self._prepare(
            self._chosen(order[:count].to(self._device)),
            self._generator(epoch, _SAMPLE_DISTORTIONS, part, on=self._drawn_on),
        )

    def _prepare(self, images: Tensor, randomness: torch.Generator) -> Tensor:
        distortions, share = self._recipe.distortions, self._recipe.distorted_share
        if distortions is not None:
            plain = images.float().div_(255)
            images = distort(plain, distortions, randomness)
            if share < 1:
                chance = torch.rand(len(images), generator=randomness, device=randomness.device)
                kept = (chance >= share).to(images.device)
                images = torch.where(kept[:, None, None], plain, images)
        return to_input(images, self._paper, self._ink)

    def _generator(
        self, epoch: int, purpose: int, part: int = 0, on: torch.device = _CPU
    ) -> torch.Generator:
        state = np.random.SeedSequence([self._recipe.seed, epoch, purpose, *([part] * (part > 0))])
        return torch.Generator(on).manual_seed(int(state.generate_state(1, np.uint64)[0]))


def whole_batches(digits: int, batch_size: int) -> int:
    """This many digits, rounded up to whole batches."""
    return -(-digits // batch_size) * batch_size


def _with_one_thread(items: Iterator[_T]) -> Iterator[_T]:
    """The same, computed in a single thread.

    A second thread pool would put the first, that of the training, to sleep at every step.
    """
    torch.set_num_threads(1)
    yield from items
