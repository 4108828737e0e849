"""What is shown of a data set before it is used: samples, counts, orientation. No Qt, no torch."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.collections import Collection
from lenet_gui.data.digits import CLASSES, Digits
from lenet_gui.explore.orientation import Orientation
from lenet_gui.printable import printable
from lenet_gui.text.figures import counted, percent

SAMPLES_OF_CLASS: Final = 4
"""Of ten classes: 40 samples."""

_MOST: Final = 0.5
"""If fewer are read right in both orientations, the digits or their labels are not MNIST's."""


def orientation_sentence(found: Orientation, *, read_transposed: bool, transposed: bool) -> str:
    """How many digits are read right as they are shown, and in the other orientation.

    Args:
        found: what was measured.
        read_transposed: whether rows and columns were exchanged then.
        transposed: whether they are now.
    """
    shown, other = found.as_they_are, found.transposed
    if transposed != read_transposed:
        shown, other = other, shown
    otherwise = "without the exchange" if transposed else "with rows and columns exchanged"
    read = (
        f"The shipped Original reads {percent(shown, 0)} of {counted(found.digits, 'digit')} as "
        f"their labels say, and {otherwise} {percent(other, 0)}"
    )
    if max(shown, other) < _MOST:
        return f"{read}: the digits, or their labels, are unlike those of MNIST."
    if transposed and found.needs_transposing and not read_transposed:
        return f"{read}: they seem to be stored with rows and columns exchanged."
    return f"{read}."


def samples_of(digits: Digits) -> tuple[tuple[int, ...], ...]:
    """For each class the places of up to four of its pictures, spread over the set."""
    return tuple(
        tuple(map(int, _evenly(np.flatnonzero(digits.labels == label), SAMPLES_OF_CLASS)))
        for label in range(CLASSES)
    )


def sizes_text(collection: Collection) -> str:
    """How many pictures there are: "60,000 pictures to train on, 10,000 to test on"."""
    training, test = len(collection.sets.training), len(collection.sets.test)
    return f"{counted(training, 'picture')} to train on, {test:,} to test on"


def count_rows(collection: Collection) -> list[tuple[str, str, str]]:
    """For each class: what it is called, its training and its test pictures; then all of them."""
    rows = [
        (name, f"{training:,}", f"{test:,}")
        for name, training, test in zip(collection.class_names, *collection.counts, strict=True)
    ]
    training, test = (f"{sum(counts):,}" for counts in collection.counts)
    return [*rows, ("all", training, test)]


def remarks(collection: Collection) -> list[str]:
    """How it was read, and what was left out and why: a sentence each."""
    left_out = [f"Left out: {reason} ({count:,})." for reason, count in collection.left_out.items()]
    empty = [
        name
        for name, *counts in zip(collection.class_names, *collection.counts, strict=True)
        if not any(counts)
    ]
    missing = [f"There are no pictures of {', '.join(empty)}."] if empty else []
    return [printable(line) for line in (*collection.notes, *missing, *left_out)]


def _evenly(places: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    """At most so many of the places, spread evenly."""
    if len(places) <= most:
        return places
    chosen: NDArray[np.intp] = places[np.arange(most) * len(places) // most]
    return chosen
