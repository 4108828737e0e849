"""A data set that can be used: its name, its two sets, its classes, and how it was read."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.data.words import Transpose


@dataclass(frozen=True, eq=False)
class Collection:
    """A data set that a person chose.

    Attributes:
        name: "MNIST" if its bytes are MNIST's, and only then; else a well-known name that its
            checksum shows, or that of its files or folder.
        sets: "NAME training" and "NAME test".
        path: the folder or file that was chosen.
        files: what was read.
        transpose: how it was asked for.
        transposed: whether rows and columns of its pictures were exchanged when it was read.
        left_out: how many pictures, rows or files were left out, for each reason in words.
        notes: sentences about how it was read, such as which pictures were scaled.
        unlike_mnist: which of its four arrays are not those of MNIST; none if it is MNIST.
    """

    name: str
    sets: DigitSets
    path: Path
    files: tuple[Path, ...]
    transpose: Transpose = Transpose.AUTO
    transposed: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    unlike_mnist: tuple[str, ...] = ()

    @property
    def is_mnist(self) -> bool:
        """Whether it is MNIST, byte for byte; it may be transposed."""
        return not self.unlike_mnist

    @property
    def class_names(self) -> tuple[str, ...]:
        """What its ten classes are called, in order; "0" to "9" for digits."""
        return self.sets.test.class_names

    @property
    def are_digits(self) -> bool:
        """Whether its classes are the digits."""
        return self.sets.test.are_digits

    @property
    def counts(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """How many pictures of each class there are to learn from, and to measure on."""
        return _counts(self.sets.training), _counts(self.sets.test)

    @property
    def fingerprint(self) -> str:
        """Tells data sets apart: of the pictures as they are used, transposed or not."""
        digest = hashlib.sha256()
        for digits in (self.sets.training, self.sets.test):
            digest.update(digits.images.data)
            digest.update(digits.labels.data)
        return digest.hexdigest()[:16]


def _counts(digits: Digits) -> tuple[int, ...]:
    return tuple(int(count) for count in np.bincount(digits.labels, minlength=10))
