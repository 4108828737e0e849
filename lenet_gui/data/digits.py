"""Digits as arrays: the common type of all sources and users of digits."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.short_repr import ShortRepr

DIGIT_SIDE = 28
"""Pixels on a side of a digit, as in MNIST."""

CLASSES = 10

RUBBISH = CLASSES
"""The class of a picture that is not a digit."""

UInt8Array = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False, repr=False)
class Digits(ShortRepr):
    """Pictures of digits with their labels, in one order. Nothing in it can be changed.

    The arrays are C-contiguous and not writeable (torch warns when it is asked to share such
    memory: copy with `torch.tensor(array)`).

    Attributes:
        images: uint8 [N, 28, 28]; 0 is paper, 255 is full ink. N may be 0.
        labels: uint8 [N], each 0..9.
        name: what a person calls them, such as "MNIST training" or "built-in test".
        class_names: what the ten labels mean; other data sets than of digits have names of
            their own.

    Raises:
        TypeError: an array is none, or not of type uint8.
        ValueError: a shape is wrong, the numbers of images and labels differ, a label is above
            9, or there are not ten names.
    """

    images: UInt8Array
    labels: UInt8Array
    name: str
    class_names: tuple[str, ...] = field(default=DIGIT_NAMES, repr=False)

    def __post_init__(self) -> None:
        for array in (self.images, self.labels):
            if not isinstance(array, np.ndarray):
                raise TypeError(
                    f"images and labels are arrays of uint8, not a {type(array).__name__}"
                )
        if self.images.dtype != np.uint8 or self.labels.dtype != np.uint8:
            raise TypeError(
                f"images and labels are uint8, not {self.images.dtype} and {self.labels.dtype}"
            )
        if self.images.ndim != 3 or self.images.shape[1:] != (DIGIT_SIDE, DIGIT_SIDE):
            raise ValueError(f"images have the shape [N, 28, 28], not {self.images.shape}")
        if self.labels.shape != (len(self.images),):
            raise ValueError(
                f"{len(self.images)} images need labels of the shape [{len(self.images)}], "
                f"not {self.labels.shape}"
            )
        if len(self.labels) and int(self.labels.max()) >= CLASSES:
            raise ValueError(f"labels are 0..9, and one is {int(self.labels.max())}")
        if len(self.class_names) != CLASSES:
            raise ValueError(f"there are {CLASSES} classes, and {len(self.class_names)} names")
        object.__setattr__(self, "images", _read_only(self.images))
        object.__setattr__(self, "labels", _read_only(self.labels))

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def are_digits(self) -> bool:
        """Whether the classes are the digits 0 to 9."""
        return self.class_names == DIGIT_NAMES

    def first(self, count: int) -> "Digits":
        """The first `count` digits, or all of them if there are fewer.

        Raises:
            ValueError: `count` is negative.
        """
        if count < 0:
            raise ValueError(f"the number of digits is not negative, and it is {count}")
        return replace(self, images=self.images[:count], labels=self.labels[:count])

    def select(self, indices: npt.NDArray[np.integer[Any]], name: str | None = None) -> "Digits":
        """The digits at `indices` (int [M], each 0..N-1), in that order, copied."""
        return Digits(
            self.images[indices], self.labels[indices], name or self.name, self.class_names
        )

    def split(self, held_out: float, seed: int) -> tuple["Digits", "Digits"]:
        """Draws a validation set at random; both parts keep the order of the whole.

        Args:
            held_out: an int is the number of digits to hold out, 0..N-1; a float is their share
                of the whole, at least 0 and below 1 (rounded to whole digits).
            seed: of the draw; the same seed draws the same digits.

        Returns:
            The digits that remain, under the name of the whole, and those held out, whose name
            ends in "(validation)".

        Raises:
            ValueError: nothing would remain, or `held_out` is negative.
        """
        if isinstance(held_out, float) and not 0 <= held_out < 1:
            raise ValueError(f"the share held out is at least 0 and below 1, not {held_out}")
        count = round(held_out * len(self)) if isinstance(held_out, float) else held_out
        if count < 0 or (count > 0 and count >= len(self)):
            raise ValueError(f"{count} of {len(self)} digits cannot be held out")
        chosen = np.zeros(len(self), dtype=bool)
        chosen[np.random.default_rng(seed).permutation(len(self))[:count]] = True
        return (
            self.select(np.flatnonzero(~chosen)),
            self.select(np.flatnonzero(chosen), f"{self.name} (validation)"),
        )


@dataclass(frozen=True, eq=False, repr=False)
class DigitSets(ShortRepr):
    """The two sets of one source of digits.

    Attributes:
        training: to learn from.
        test: never learned from; only for measuring.
        added: more digits to learn from, of another source; never held out or measured on.
        rubbish: uint8 [M, 28, 28], ink that is not a digit, to learn from.
    """

    training: Digits
    test: Digits
    added: Digits | None = None
    rubbish: UInt8Array | None = None


def joined(digits: Digits, more: Digits) -> Digits:
    """Both, one after the other, under the first's name."""
    return Digits(
        np.concatenate((digits.images, more.images)),
        np.concatenate((digits.labels, more.labels)),
        digits.name,
        digits.class_names,
    )


def _read_only(array: UInt8Array) -> UInt8Array:
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view
