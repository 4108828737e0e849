"""The training digits in memory, in the order and with the distortions of each epoch."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from lenet_gui.data.affine import AffineDistortion
from lenet_gui.data.digits import Digits
from lenet_gui.data.distort import distort
from lenet_gui.data.input_range import to_input
from lenet_gui.net.architecture import INPUT_RANGE, Variant

PREPARED_AT_ONCE = 512
"""Digits gathered, distorted and padded in one go; larger gains nothing, smaller costs calls."""

_ORDER, _DISTORTIONS = 0, 1


@dataclass(frozen=True)
class Batch:
    """Inputs [n, 1, 32, 32] in the variant's range and right classes [n] int64."""

    inputs: Tensor
    target: Tensor


class Batches:
    """Cuts digits into batches; the last of an epoch may be smaller.

    The order and the distortions of an epoch follow from the seed and the number of the epoch
    alone, so that a run can be taken up again at any epoch.
    """

    def __init__(
        self,
        digits: Digits,
        variant: Variant,
        batch_size: int,
        distortions: AffineDistortion | None,
        seed: int,
        device: torch.device,
    ) -> None:
        self._images = torch.tensor(digits.images, device=device)  # uint8 [N, 28, 28]
        self._labels = torch.tensor(digits.labels, device=device).long()
        self._background, self._ink = INPUT_RANGE[variant]
        self._batch_size = batch_size
        self._distortions = distortions
        self._seed = seed

    def __len__(self) -> int:
        return -(-len(self._labels) // self._batch_size)

    def epoch(self, epoch: int) -> Iterator[Batch]:
        """The batches of an epoch, numbered from 1."""
        order = torch.randperm(len(self._labels), generator=self._generator(epoch, _ORDER))
        randomness = self._generator(epoch, _DISTORTIONS)
        size = self._batch_size
        at_once = -(-PREPARED_AT_ONCE // size) * size
        for first in range(0, len(order), at_once):
            chosen = order[first : first + at_once].to(self._images.device)
            inputs = self._prepare(self._images[chosen], randomness)
            target = self._labels[chosen]
            for begin in range(0, len(chosen), size):
                yield Batch(inputs[begin : begin + size], target[begin : begin + size])

    def _prepare(self, images: Tensor, randomness: torch.Generator) -> Tensor:
        if self._distortions is not None:
            images = distort(images.float().div_(255), self._distortions, randomness)
        return to_input(images, self._background, self._ink)

    def _generator(self, epoch: int, purpose: int) -> torch.Generator:
        state = np.random.SeedSequence([self._seed, epoch, purpose]).generate_state(1, np.uint64)
        return torch.Generator().manual_seed(int(state[0]))
