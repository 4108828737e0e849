"""What was found in a picture: the ink of its digit, and what was left out. Without scipy."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.levels import Pixels
from lenet_gui.errors import UserError

Floats = NDArray[np.float32]

MOST_DIGITS: Final = 20
"""What falls into more parts is not called digits."""


class Kind(StrEnum):
    """What a part of the ink is taken for."""

    DIGIT = "digit"
    ANOTHER_DIGIT = "another digit"
    FRAME = "frame"
    LINE = "printed line"
    SPECK = "speck"
    AT_EDGE = "cut by the edge"
    BESIDE = "beside the digit"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in a picture that is not ink of the digit, and the box around it."""

    kind: Kind
    box: Box


@dataclass(frozen=True, eq=False)
class FoundInk:
    """The ink of one digit in a picture, and what was done to find it.

    All boxes are in pixels of `pixels`: the picture as it was read, upright and at most 1024
    pixels a side. All arrays are read-only.

    - pixels: the picture;
    - region: where the digit was looked for, or None for everywhere;
    - levels [h, w] float32, 0 (black) .. 1 (white), of the region: in which ink was looked for;
    - all_ink [h, w] float32, 0 (paper) .. 1 (full ink), of the region: before any was left out;
    - ink [h, w] float32, the same of the digit alone;
    - kept: the box around the digit, None if there is no digit, or more than one;
    - left_out: what was left out; of several digits, all of them;
    - is_light: whether the ink is lighter than the paper;
    - is_uneven: whether the paper's light changes, so that it was taken away place by place.
    """

    pixels: Pixels
    region: Box | None
    levels: Floats
    all_ink: Floats
    ink: Floats
    kept: Box | None
    left_out: tuple[LeftOut, ...]
    is_light: bool
    is_uneven: bool

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of things that were left out."""
        return frozenset(each.kind for each in self.left_out)

    @property
    def digits(self) -> int:
        """How many digits there are."""
        others = sum(each.kind is Kind.ANOTHER_DIGIT for each in self.left_out)
        return others + (self.kept is not None)


class NotOneDigitError(UserError):
    """A picture shows no digit, or several; `found` says what it shows instead."""

    def __init__(self, sentence: str, found: FoundInk) -> None:
        super().__init__(sentence)
        self.found = found
