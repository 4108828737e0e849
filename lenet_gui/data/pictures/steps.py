"""What a drawing keeps of an imported picture: as it came, and how its ink was found."""

from dataclasses import dataclass, field, fields
from enum import IntEnum
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.found import FoundInk, Kind
from lenet_gui.data.pictures.levels import separating_levels

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]


class Dropped(IntEnum):
    """What ink was taken for, if not for the digit; 0 in an array is none of these.

    - LINE: printed lines that run across the paper;
    - FRAME: a printed box around the digit;
    - SPECK: far smaller than the digit, or fainter than ink;
    - NEIGHBOUR: small ink beside the digit, or cut by the picture's edge.
    """

    LINE = 1
    FRAME = 2
    SPECK = 3
    NEIGHBOUR = 4


DROPPED_WORDS = {
    Dropped.LINE: "printed lines",
    Dropped.FRAME: "frame",
    Dropped.SPECK: "specks",
    Dropped.NEIGHBOUR: "neighbours",
}

_DROPPED = {
    Kind.LINE: Dropped.LINE,
    Kind.FRAME: Dropped.FRAME,
    Kind.SPECK: Dropped.SPECK,
    Kind.AT_EDGE: Dropped.NEIGHBOUR,
    Kind.BESIDE: Dropped.NEIGHBOUR,
}

_LEAST = 0.1
"""Fainter ink than this is not said to be dropped: it may be the paper's."""


@dataclass(frozen=True, eq=False)
class PictureSteps:
    """A picture as it came, and what was done to it, in 8 bits; all arrays are read-only.

    - levels [h, w]: 0 (black) .. 255 (white), at most 1024 a side; where ink and paper are equally
      bright, how far each colour is from the paper's;
    - part: where the digit was looked for, in pixels of `levels`;
    - ink [part.height, part.width]: all of it, 0 .. 255, once the paper was removed;
    - dropped, of the same shape: what was removed from that, as `Dropped`;
    - digits: a box around each, in pixels of `levels`;
    - is_light: whether the ink is lighter than the paper.

    Raises ValueError: the part lies outside, or an array has another shape, or unknown values.
    """

    levels: Bytes = field(repr=False)
    part: Box
    ink: Bytes = field(repr=False)
    dropped: Bytes = field(repr=False)
    digits: tuple[Box, ...]
    is_light: bool

    def __post_init__(self) -> None:
        height, width = self.levels.shape
        part, shape = self.part, (self.part.height, self.part.width)
        if not (0 <= part.left < part.right <= width and 0 <= part.top < part.bottom <= height):
            raise ValueError("the part of a picture lies outside it")
        if self.ink.shape != shape or self.dropped.shape != shape:
            raise ValueError("the steps of a picture have different shapes")
        if int(self.dropped.max()) > max(Dropped):
            raise ValueError("the steps of a picture have impossible values")
        for array in (self.levels, self.ink, self.dropped):
            array.flags.writeable = False

    @classmethod
    def of(cls, found: FoundInk, levels: Bytes | None = None) -> Self:
        """What was found in a picture; `levels`: of all of it, if they are known already."""
        if levels is None:
            is_whole = found.region is None
            levels = _bytes(found.levels if is_whole else separating_levels(found.pixels))
        height, width = levels.shape
        part = Box(0, 0, width, height) if found.region is None else found.region
        others = (each.box for each in found.left_out if each.kind is Kind.ANOTHER_DIGIT)
        digits = (*others,) if found.kept is None else (found.kept, *others)
        return cls(levels, part, _bytes(found.all_ink), _dropped(found), digits, found.is_light)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PictureSteps):
            return NotImplemented
        if self is other:
            return True
        pairs = ((getattr(self, f.name), getattr(other, f.name)) for f in fields(self))
        return all(
            np.array_equal(one, two) if isinstance(one, np.ndarray) else one == two
            for one, two in pairs
        )

    def __hash__(self) -> int:
        some = self.levels[::16].tobytes()
        return hash((self.levels.shape, self.part, self.digits, some))

    @property
    def is_whole(self) -> bool:
        """Whether the digit was looked for in all of the picture."""
        height, width = self.levels.shape
        return (self.part.width, self.part.height) == (width, height)

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return self.levels.nbytes + self.ink.nbytes + self.dropped.nbytes

    @cached_property
    def kinds(self) -> tuple[Dropped, ...]:
        """What was dropped, each kind once."""
        there = np.bincount(self.dropped.ravel(), minlength=len(Dropped) + 1)
        return tuple(kind for kind in Dropped if there[kind])

    def ink_with(self, *, paper: bool = False, dropped: bool = False) -> Floats:
        """The ink [part.height, part.width], 0..1, if less was removed; else that of the digit.

        Args:
            paper: as dark as the picture came, or as light if the ink is light.
            dropped: with what was dropped.
        """
        ink = self.ink
        if paper:
            part = self.part
            levels = self.levels[part.top : part.bottom, part.left : part.right]
            ink = levels if self.is_light else 255 - levels
        if not dropped:
            ink = np.where(self.dropped > 0, np.uint8(0), ink)
        return ink.astype(np.float32) / np.float32(255)


def _dropped(found: FoundInk) -> Bytes:
    """What each pixel was taken for: ink that was left out is of the smallest box around it.

    What of a picture of one digit is in no box is what remains of printed lines, if there are any,
    or too faint to be ink.
    """
    x, y = (0, 0) if found.region is None else (found.region.left, found.region.top)
    is_left_out = (found.all_ink > _LEAST) & (found.ink == 0)
    dropped = np.zeros(found.ink.shape, np.uint8)
    if found.kept is not None:
        rest = Dropped.LINE if Kind.LINE in found.kinds else Dropped.SPECK
        dropped[is_left_out] = rest
    for each in sorted(found.left_out, key=lambda each: -each.box.width * each.box.height):
        box = each.box.shifted(-x, -y)
        place = slice(box.top, box.bottom), slice(box.left, box.right)
        dropped[place][is_left_out[place]] = _DROPPED.get(each.kind, 0)
    return dropped


def _bytes(values: Floats) -> Bytes:
    """Values 0..1 as 0..255."""
    found: Bytes = np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)
    return found
