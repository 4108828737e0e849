"""Digits are validated, cannot be changed, and split without losing or doubling any."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.data.digits import Digits


def numbered(count: int) -> Digits:
    """Digits whose first two pixels spell their number, so that each can be told."""
    images = np.zeros((count, 28, 28), dtype=np.uint8)
    images[:, 0, 0] = np.arange(count) // 256
    images[:, 0, 1] = np.arange(count) % 256
    return Digits(images, (np.arange(count) % 10).astype(np.uint8), "numbered")


def numbers(digits: Digits) -> list[int]:
    return [int(image[0, 0]) * 256 + int(image[0, 1]) for image in digits.images]


def test_they_have_a_length_and_a_name() -> None:
    digits = numbered(12)
    assert len(digits) == 12
    assert digits.name == "numbered"


def test_they_cannot_be_changed() -> None:
    digits = numbered(3)
    with pytest.raises(ValueError, match="read-only"):
        digits.images[0, 0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        digits.labels[0] = 1
    assert digits.images.flags.c_contiguous


def test_the_givers_own_array_stays_writeable() -> None:
    images = np.zeros((1, 28, 28), dtype=np.uint8)
    Digits(images, np.zeros(1, dtype=np.uint8), "one")
    images[0, 0, 0] = 1


@pytest.mark.parametrize(
    ("images", "labels", "error", "words"),
    [
        (np.zeros((2, 28, 28)), np.zeros(2, np.uint8), TypeError, "uint8, not float64"),
        (np.zeros((2, 28, 28), np.uint8), np.zeros(2, np.int64), TypeError, "and int64"),
        (np.zeros((2, 28, 28), np.uint8), [1, 2], TypeError, "arrays of uint8, not a list"),
        (np.zeros((2, 32, 32), np.uint8), np.zeros(2, np.uint8), ValueError, r"\[N, 28, 28\]"),
        (np.zeros((28, 28), np.uint8), np.zeros(28, np.uint8), ValueError, r"\[N, 28, 28\]"),
        (np.zeros((2, 28, 28), np.uint8), np.zeros(3, np.uint8), ValueError, "2 images need"),
        (np.zeros((2, 28, 28), np.uint8), np.zeros((2, 1), np.uint8), ValueError, r"\(2, 1\)"),
        (np.zeros((1, 28, 28), np.uint8), np.full(1, 10, np.uint8), ValueError, "one is 10"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(
    images: np.ndarray, labels: np.ndarray, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        Digits(images, labels, "wrong")


def test_no_digits_are_digits_too() -> None:
    nothing = numbered(0)
    assert len(nothing) == 0
    assert [len(part) for part in nothing.split(0, 0)] == [0, 0]


def test_the_first_digits() -> None:
    digits = numbered(12)
    assert numbers(digits.first(5)) == [0, 1, 2, 3, 4]
    assert numbers(digits.first(100)) == list(range(12))
    assert len(digits.first(0)) == 0
    assert digits.first(5).name == "numbered"
    with pytest.raises(ValueError, match="not negative"):
        digits.first(-1)


def test_a_share_and_a_count_hold_out_the_same() -> None:
    digits = numbered(50)
    by_share, by_count = digits.split(0.2, seed=3), digits.split(10, seed=3)
    assert [numbers(part) for part in by_share] == [numbers(part) for part in by_count]
    assert len(by_share[1]) == 10
    assert by_share[0].name == "numbered"
    assert by_share[1].name == "numbered (validation)"


def test_another_seed_holds_out_others() -> None:
    digits = numbered(50)
    assert numbers(digits.split(10, seed=1)[1]) != numbers(digits.split(10, seed=2)[1])
    assert numbers(digits.split(10, seed=1)[1]) == numbers(digits.split(10, seed=1)[1])


@given(st.integers(1, 600), st.data())
def test_a_split_keeps_every_digit_once_with_its_label(count: int, data: st.DataObject) -> None:
    held_out = data.draw(st.integers(0, count - 1) | st.floats(0, 0.99))
    digits = numbered(count)
    if round(held_out * count) >= count and isinstance(held_out, float):
        with pytest.raises(ValueError, match="cannot be held out"):
            digits.split(held_out, seed=7)
        return
    remaining, validation = digits.split(held_out, seed=7)
    assert sorted(numbers(remaining) + numbers(validation)) == list(range(count))
    for part in (remaining, validation):
        assert numbers(part) == sorted(numbers(part))
        assert part.labels.tolist() == [number % 10 for number in numbers(part)]


@pytest.mark.parametrize("held_out", [-1, 12, 13, -0.1, 1.0, float("nan")])
def test_a_split_that_leaves_nothing_is_refused(held_out: float) -> None:
    with pytest.raises(ValueError, match="held out"):
        numbered(12).split(held_out, seed=0)
