"""Which digits of a set are shown, and in which order: plain numpy, quick for 60,000 of them."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.digits import UInt8Array
from lenet_gui.explore.readings_of_set import SetReadings

Indices = NDArray[np.intp]


class Which(StrEnum):
    """Which digits; the last three need a second network, B."""

    ALL = "all"
    WRONG = "wrong"  # A is wrong
    RIGHT = "right"
    ONLY_A = "only A is wrong"
    ONLY_B = "only B is wrong"
    BOTH = "both are wrong"


OF_TWO = (Which.ONLY_A, Which.BOTH, Which.ONLY_B)
"""The errors of two networks; each missed digit is in one of the three."""


class Order(StrEnum):
    """The order; equal margins stay in the order of the set."""

    INDEX = "index"
    SMALLEST_MARGIN = "smallest margin first"
    LARGEST_MARGIN = "largest margin first"


@dataclass(frozen=True)
class Wish:
    """What is to be shown: `label` and `answer` 0..9, None for any; `answer` is A's."""

    which: Which = Which.ALL
    label: int | None = None
    answer: int | None = None
    order: Order = Order.INDEX

    @property
    def needs_readings(self) -> bool:
        """Whether it needs A's readings of the set."""
        return (
            self.which is not Which.ALL or self.answer is not None or self.order is not Order.INDEX
        )

    @property
    def needs_two(self) -> bool:
        """Whether it needs B's readings of the set, too."""
        return self.which in OF_TWO


def chosen(
    labels: UInt8Array, wish: Wish, a: SetReadings | None = None, b: SetReadings | None = None
) -> Indices:
    """The places in the set, intp [m], of the digits that a wish asks for, in its order.

    Margins are A's, but for `ONLY_B` those of B: of the network that is wrong.

    Raises:
        ValueError: the wish needs readings that are not given, or they are of another set.
    """
    if any(each is not None and len(each) != len(labels) for each in (a, b)):
        raise ValueError("the readings are of another set")
    if (wish.needs_readings and a is None) or (wish.needs_two and b is None):
        raise ValueError("this is not known before the digits are read")
    keep = np.ones(len(labels), bool)
    if wish.label is not None:
        keep &= labels == wish.label
    if wish.answer is not None and a is not None:
        keep &= a.answers == wish.answer
    if a is not None:
        keep &= _kept(wish.which, a, b)
    found: Indices = np.flatnonzero(keep)
    judge = b if wish.which is Which.ONLY_B else a
    if wish.order is Order.INDEX or judge is None:
        return found
    margins = judge.margins[found]
    if wish.order is Order.LARGEST_MARGIN:
        margins = -margins
    return found[np.argsort(margins, kind="stable")]


def _kept(which: Which, a: SetReadings, b: SetReadings | None) -> NDArray[np.bool_]:
    errs = a.wrong
    if which is Which.ALL:
        return np.ones(len(a), bool)
    if which is Which.WRONG:
        return errs
    if which is Which.RIGHT or b is None:
        return ~errs
    if which is Which.ONLY_A:
        return errs & ~b.wrong
    return b.wrong & (errs if which is Which.BOTH else ~errs)
