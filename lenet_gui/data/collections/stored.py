"""What a reader finds: pictures and labels as they are stored, before they become digits."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy.typing as npt

Progress = Callable[[int, int], None]
"""Called with the number of pictures so far, and of all."""


@dataclass(frozen=True, eq=False)
class StoredSet:
    """Pictures of one size with their labels.

    Attributes:
        images: of numbers, [N, rows, columns].
        labels: of whole numbers or of text, [N].
    """

    images: npt.NDArray[Any]
    labels: npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Stored:
    """A data set as it is stored.

    Attributes:
        name: what its files or folders call it.
        training: the set to learn from, or the only one.
        test: the set to measure on; None if there is only one set.
        files: what was read.
        left_out: how many pictures, or files, were left out, for each reason.
        notes: sentences about how it was read.
        is_known_transposed: its name says that rows and columns are exchanged in it.
        checksums: the MD5 of compressed files as they are stored, by their usual names.
    """

    name: str
    training: StoredSet
    test: StoredSet | None
    files: tuple[Path, ...]
    left_out: Counter[str] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()
    is_known_transposed: bool = False
    checksums: Mapping[str, str] = field(default_factory=dict)
