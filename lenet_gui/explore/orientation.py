"""Whether the pictures of a data set of digits are stored with rows and columns exchanged."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from lenet_gui.data.digits import Digits, UInt8Array
from lenet_gui.explore.array_reader import read_with_arrays
from lenet_gui.net.array_network import ArrayNetwork
from lenet_gui.net.weight_arrays import read_weights
from lenet_gui.paths import shipped_weights
from lenet_gui.text.figures import percent

SAMPLE: Final = 200
"""Digits that are read, upright and exchanged; a tenth of a second."""

_ENOUGH: Final = 0.7
"""The share that must be read rightly after exchanging; of EMNIST's digits it is above 0.9."""

_MORE: Final = 0.25
"""By how much that share must be larger than before."""


@dataclass(frozen=True)
class Orientation:
    """The shares (0..1) of some digits that the shipped Original reads as their labels say."""

    as_they_are: float
    transposed: float
    digits: int

    @property
    def needs_transposing(self) -> bool:
        """Whether labels and network disagree, and agree after rows and columns are exchanged."""
        return self.transposed >= max(_ENOUGH, self.as_they_are + _MORE)

    @property
    def text(self) -> str:
        """What was found, as a sentence without its end."""
        return (
            f"the shipped Original reads {percent(self.as_they_are, 0)} of {self.digits} digits as "
            f"their labels say, and {percent(self.transposed, 0)} with rows and columns exchanged"
        )


def orientation_of(digits: Digits) -> Orientation | None:
    """Reads some of the digits, evenly spread; None if their classes are no digits.

    Raises:
        UserError: the shipped weights cannot be read.
    """
    if not digits.are_digits or not len(digits):
        return None
    weights = read_weights(shipped_weights("original"))
    network = ArrayNetwork(weights.variant, weights.arrays, weights.form)
    places = np.unique(np.linspace(0, len(digits) - 1, min(SAMPLE, len(digits))).astype(int))
    right = [[_is_right(network, image, digits.labels[place]) for image in _both(digits, place)]
             for place in places]  # fmt: skip
    upright, exchanged = np.mean(right, axis=0)
    return Orientation(float(upright), float(exchanged), len(places))


def _both(digits: Digits, place: int) -> tuple[UInt8Array, UInt8Array]:
    image = digits.images[place]
    return image, image.T


def _is_right(network: ArrayNetwork, image: UInt8Array, label: int) -> bool:
    ink = np.ascontiguousarray(image, np.float32) / np.float32(255)
    return read_with_arrays(network, ink).answer == label
