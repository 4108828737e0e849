"""A thinned line against the points that went into it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.gui.training.thinned import MOST_POINTS, ThinnedLine


def filled(sizes: list[int], most: int) -> tuple[ThinnedLine, np.ndarray]:
    """A line of random values that came in chunks, and all of its points."""
    line = ThinnedLine(most)
    count = sum(sizes)
    points = np.stack((np.arange(1.0, count + 1), np.random.default_rng(7).normal(size=count)))
    begin = 0
    for size in sizes:
        line.add(points[:, begin : begin + size])
        begin += size
    return line, points


def test_few_points_are_all_kept_and_what_was_taken_stays() -> None:
    line, points = filled([3, 1, 57], 64)
    before = line.points
    np.testing.assert_array_equal(before, points)
    line.add(np.array([[62.0], [9.0]]))
    np.testing.assert_array_equal(before, points)
    assert line.points.shape[1] <= 64


@given(st.lists(st.integers(0, 90), max_size=40), st.sampled_from([8, 12, 64]))
def test_whatever_the_chunks_it_stays_small_ordered_and_true(sizes: list[int], most: int) -> None:
    line, points = filled(sizes, most)
    kept = line.points
    assert kept.shape[1] <= most
    assert np.all(np.diff(kept[0]) > 0)
    np.testing.assert_array_equal(kept[1], points[1][kept[0].astype(int) - 1])
    if points.size:
        assert kept[0, -1] == points[0, -1]
        assert kept[1].min() == points[1].min()
        assert kept[1].max() == points[1].max()


def test_every_part_of_a_million_steps_is_kept_alike() -> None:
    line, points = filled([60_000] * 20, MOST_POINTS)
    x, y = line.points
    assert MOST_POINTS / 2 <= x.size <= MOST_POINTS
    per_epoch = np.histogram(x, bins=20, range=(1, 1_200_001))[0]
    assert per_epoch.min() > 0.9 * per_epoch.max()
    for column in range(100):  # as a plot a hundred pixels wide would show it
        inside = slice(12_000 * column, 12_000 * (column + 1))
        near = (x > inside.start - 300) & (x < inside.stop + 300)
        assert y[near].max() >= points[1, inside].max()
        assert y[near].min() <= points[1, inside].min()


def test_a_level_line_keeps_its_ends() -> None:
    line = ThinnedLine(8)
    line.add(np.stack((np.arange(1000.0), np.ones(1000))))
    x, y = line.points
    assert (x[0], x[-1]) == (0, 999)
    assert set(y) == {1.0}


@pytest.mark.parametrize("most", [0, 4, 30])
def test_a_number_that_cannot_be_halved_is_refused(most: int) -> None:
    with pytest.raises(ValueError, match="multiple of 4"):
        ThinnedLine(most)
