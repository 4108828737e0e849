"""What a preview says of a data set: samples, counts, orientation, what was left out."""

from pathlib import Path

import numpy as np
import pytest

from lenet_gui.data.collections import Collection
from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.explore.data_preview import (
    count_rows,
    orientation_sentence,
    remarks,
    samples_of,
    sizes_text,
)
from lenet_gui.explore.orientation import Orientation


def digits(labels: list[int], names: str = "0123456789") -> Digits:
    images = np.zeros((len(labels), 28, 28), np.uint8)
    return Digits(images, np.array(labels, np.uint8), "some", tuple(names))


def collection(training: Digits, test: Digits) -> Collection:
    return Collection(
        "some",
        DigitSets(training, test),
        Path("some"),
        (),
        left_out={"rows without a label": 1_200},
        notes=("It was read.",),
        unlike_mnist=("training images",),
    )


def test_samples_are_spread_over_the_set_and_at_most_four_of_a_class() -> None:
    found = samples_of(digits([0] * 100 + [1] * 3 + [9, 0]))
    assert found[0] == (0, 25, 50, 75)
    assert found[1] == (100, 101, 102)
    assert found[2:9] == ((),) * 7
    assert found[9] == (103,)


def test_counts_are_by_class_and_in_all() -> None:
    shown = collection(digits([0] * 1_100 + [2], "abcdefghij"), digits([2, 2], "abcdefghij"))
    rows = count_rows(shown)
    assert rows[:3] == [("a", "1,100", "0"), ("b", "0", "0"), ("c", "1", "2")]
    assert rows[-1] == ("all", "1,101", "2")
    assert sizes_text(shown) == "1,101 pictures to train on, 2 to test on"


def test_remarks_are_notes_missing_classes_and_what_was_left_out() -> None:
    assert remarks(collection(digits(list(range(9))), digits([1]))) == [
        "It was read.",
        "There are no pictures of 9.",
        "Left out: rows without a label (1,200).",
    ]


@pytest.mark.parametrize(
    ("read_transposed", "transposed", "shares"),
    [(False, False, "16 %, 99 %"), (False, True, "99 %, 16 %"), (True, False, "99 %, 16 %")],
)
def test_the_share_as_shown_comes_first(
    read_transposed: bool, transposed: bool, shares: str
) -> None:
    found = Orientation(0.16, 0.99, 200)
    told = orientation_sentence(found, read_transposed=read_transposed, transposed=transposed)
    shown, other = shares.split(", ")
    assert told.index(f"reads {shown} of 200 digits") < told.index(other)
    assert ("without the exchange" in told) == transposed
    seems = "they seem to be stored with rows and columns exchanged" in told
    assert seems == (transposed and not read_transposed)


def test_digits_unlike_those_of_mnist_are_called_so() -> None:
    told = orientation_sentence(Orientation(0.1, 0.12, 40), read_transposed=False, transposed=False)
    assert told == (
        "The shipped Original reads 10 % of 40 digits as their labels say, and with rows and "
        "columns exchanged 12 %: the digits, or their labels, are unlike those of MNIST."
    )
