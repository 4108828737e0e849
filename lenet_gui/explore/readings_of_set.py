"""The readings of every digit of a set: answers and margins. No torch."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.digits import CLASSES, UInt8Array
from lenet_gui.explore.reading import Floats
from lenet_gui.training.events import Confusion


@dataclass(frozen=True, eq=False)
class SetReadings:
    """The readings of a set of n digits, in its order; arrays are not writeable.

    `outputs` float32 [n, 10]: distances (Original) or logits (Modern). `labels` uint8 [n]: what
    the digits are. `answers` uint8 [n]: the best digit, of equal outputs the smaller one.
    `margins` float32 [n]: how far the runner-up is behind, never negative.
    """

    outputs: Floats
    labels: UInt8Array
    answers: UInt8Array
    margins: Floats

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """Bool [n]: whether the answer differs from the label."""
        found: NDArray[np.bool_] = self.answers != self.labels
        return found

    @property
    def confusion(self) -> Confusion:
        """Counts by true digit (row) and answer (column)."""
        pairs = self.labels.astype(np.intp) * CLASSES + self.answers
        counts = np.bincount(pairs, minlength=CLASSES * CLASSES).reshape(CLASSES, CLASSES)
        return tuple(tuple(row) for row in counts.tolist())
