"""A network is at chance unless it is clearly better than always giving the same digit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.training.chance import is_at_chance
from lenet_gui.training.events import Confusion

MNIST_TEST = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)
"""How many of the 10,000 test digits are a 0, a 1, ..."""


def confusion(counts: tuple[int, ...], right: int) -> Confusion:
    """Of so many digits of each class so many are right, the first ones; the others are missed."""
    rows = []
    for digit, count in enumerate(counts):
        hits = min(count, right)
        right -= hits
        row = [0] * 10
        row[digit] = hits
        row[(digit + 1) % 10] += count - hits
        rows.append(tuple(row))
    return tuple(rows)


@pytest.mark.parametrize(
    ("right", "at_chance"),
    [(0, True), (980, True), (1030, True), (1135, True), (1230, True), (1231, False)],
)
def test_the_edge_on_the_mnist_test_digits(right: int, at_chance: bool) -> None:
    assert is_at_chance(confusion(MNIST_TEST, right)) is at_chance


def test_the_edge_on_few_digits() -> None:
    """40 digits, 4 of each: 4 + 3 * 1.9 = 9.7 right ones."""
    assert is_at_chance(confusion((4,) * 10, 9))
    assert not is_at_chance(confusion((4,) * 10, 10))


@settings(max_examples=100)
@given(st.tuples(*[st.integers(0, 300)] * 10).filter(any), st.integers(0, 9))
def test_always_the_same_answer_is_at_chance_unless_it_is_always_right(
    counts: tuple[int, ...], answer: int
) -> None:
    constant = tuple(
        tuple(count if column == answer else 0 for column in range(10)) for count in counts
    )
    assert is_at_chance(constant) is (counts[answer] < sum(counts))
    assert not is_at_chance(confusion(counts, sum(counts)))
