"""How robust networks are: their errors on a set of digits under each corruption of MNIST-C."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lenet_gui.data.corruptions.table import CORRUPTIONS, corrupted
from lenet_gui.data.digits import Digits, UInt8Array
from lenet_gui.net.network import Network
from lenet_gui.training.metrics import outputs_of, steady


@dataclass(frozen=True)
class Robustness:
    """The errors of one network.

    `digits` is how many the set has, `clean` how many of them it misreads as they are, and
    `corrupted` how many under each corruption, by the corruption's name, in the order of the paper.
    """

    digits: int
    clean: int
    corrupted: Mapping[str, int]

    @property
    def clean_error(self) -> float:
        """The share misread as they are, 0..1."""
        return self.clean / self.digits

    def error(self, corruption: str) -> float:
        """The share misread under a corruption, 0..1."""
        return self.corrupted[corruption] / self.digits

    @property
    def mean_error(self) -> float:
        """The mean of the errors under the corruptions, without the clean error, 0..1."""
        return sum(self.corrupted.values()) / self.digits / len(self.corrupted)


def robustness_of(
    networks: Sequence[Network],
    digits: Digits,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Robustness, ...]:
    """Reads the digits as they are and under every corruption, with each network.

    A digit is corrupted in the same way for all networks; see `corrupted`. As in an evaluation, a
    digit that is read right and rejected is right, and of equal outputs the smaller digit is the
    answer.

    Args:
        networks: any.
        digits: at least one.
        seed: of the corruptions, at least 0.
        progress: called with the parts of the work done and of all; what it raises ends the work.
    """
    steadied = [steady(network) for network in networks]
    clean = [_errors(network, digits) for network in steadied]
    errors: list[dict[str, int]] = [{} for _ in steadied]
    parts = len(CORRUPTIONS) + 1
    for number, corruption in enumerate(CORRUPTIONS):
        if progress is not None:
            progress(number + 1, parts)
        some = corrupted(digits, corruption, seed)
        for network, found in zip(steadied, errors, strict=True):
            found[corruption.name] = _errors(network, some)
    if progress is not None:
        progress(parts, parts)
    return tuple(Robustness(len(digits), *each) for each in zip(clean, errors, strict=True))


def answers_to_one(
    networks: Sequence[Network], digits: Digits, place: int, seed: int = 0
) -> tuple[UInt8Array, UInt8Array]:
    """One digit of a set as it is and under every corruption, and what the networks read there.

    Returns:
        uint8 [16, 28, 28], first the digit as it is; and the answers, uint8 [networks, 16].
    """
    one = digits.select(np.array([place]))
    images = [one.images[0], *(corrupted(one, each, seed, place).images[0] for each in CORRUPTIONS)]
    stacked: UInt8Array = np.stack(images)
    answers = np.array([_answers(steady(network), stacked) for network in networks], np.uint8)
    return stacked, answers


def _answers(network: Network, images: UInt8Array, batch_size: int = 500) -> UInt8Array:
    """What a steady network reads in images [n, 28, 28]: uint8 [n]."""
    answers = np.empty(len(images), np.uint8)
    for first in range(0, len(images), batch_size):
        some = slice(first, first + batch_size)
        scores = network.scores(outputs_of(network, images[some]))
        answers[some] = scores.argmax(dim=1).cpu().numpy()
    return answers


def _errors(network: Network, digits: Digits) -> int:
    return int((_answers(network, digits.images) != digits.labels).sum())
