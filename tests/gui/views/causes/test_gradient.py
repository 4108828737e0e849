"""The edge of the ink is drawn whole, and nothing else."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lenet_gui.gui.views.causes.gradient import Point, outlines

inks = arrays.arrays(np.bool_, st.tuples(st.integers(1, 7), st.integers(1, 7)))


def borders(inked: np.ndarray) -> Iterator[frozenset[Point]]:
    """The ends of the line between each two neighbours of which one has ink."""
    rows, columns = inked.shape
    for row in range(rows):
        for column in range(columns):
            if column + 1 < columns and inked[row, column] != inked[row, column + 1]:
                yield frozenset(((column + 1, row), (column + 1, row + 1)))
            if row + 1 < rows and inked[row, column] != inked[row + 1, column]:
                yield frozenset(((column, row + 1), (column + 1, row + 1)))


@given(inks)
def test_every_border_of_the_ink_is_drawn_once(inked: np.ndarray) -> None:
    drawn = [frozenset(step) for line in outlines(inked) for step in pairwise(line)]
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == set(borders(inked))


@given(inks)
def test_round_ink_that_lies_within_there_are_closed_lines(inked: np.ndarray) -> None:
    for line in outlines(np.pad(inked, 1)):
        assert line[0] == line[-1]


def test_a_ring_has_two_outlines() -> None:
    ring = np.pad(np.ones((5, 5), np.bool_), 2)
    ring[4, 4] = False
    assert sorted(len(line) - 1 for line in outlines(ring)) == [4, 20]
