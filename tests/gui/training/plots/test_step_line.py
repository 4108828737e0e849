"""The figures of steps, kept in stretches, against all the points that went into them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.gui.training.plots.step_line import MOST_POINTS, StepLine


def filled(sizes: list[int], most: int) -> tuple[StepLine, np.ndarray]:
    """A line of random values that came in chunks, and all of its points."""
    line = StepLine(most)
    count = sum(sizes)
    points = np.stack((np.arange(1.0, count + 1), np.random.default_rng(7).normal(size=count)))
    begin = 0
    for size in sizes:
        line.add(points[:, begin : begin + size])
        begin += size
    return line, points


def test_few_points_are_all_kept_and_what_was_taken_stays() -> None:
    line, points = filled([3, 1, 57], 128)
    before = line.stretches
    for each in (before.mean, before.low, before.high, before.highest):
        np.testing.assert_array_equal(each, points[1])
    np.testing.assert_array_equal(before.first, points[0])
    line.add(np.array([[62.0], [9.0]]))
    np.testing.assert_array_equal(before.mean, points[1])
    assert len(line.stretches) == 62


@given(
    st.lists(st.integers(0, 300), max_size=12),
    st.sampled_from([128, 256]),
    st.sampled_from([0.0, 1.0, 8.0, 64.0, 1000.0]),
)
def test_whatever_the_chunks_and_the_columns_nothing_is_lost(
    sizes: list[int], most: int, width: float
) -> None:
    line, (x, y) = filled(sizes, most)
    for kept in (line.stretches, line.columns(width)):
        assert len(kept) <= most
        assert kept.counts.sum() == len(x)
        ends = np.cumsum(kept.counts).astype(int)
        begins = ends - kept.counts.astype(int)
        np.testing.assert_array_equal(kept.first, x[begins])
        np.testing.assert_array_equal(kept.last, x[ends - 1])
        parts = [y[begin:end] for begin, end in zip(begins, ends, strict=True)]
        np.testing.assert_allclose(kept.mean, [part.mean() for part in parts], atol=1e-9)
        np.testing.assert_array_equal(kept.lowest, [part.min() for part in parts])
        np.testing.assert_array_equal(kept.highest, [part.max() for part in parts])
        assert np.all((kept.lowest <= kept.low) & (kept.low <= kept.high))
        assert np.all((kept.lowest <= kept.mean) & (kept.high <= kept.highest))
        assert np.all(kept.high <= kept.highest)


@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=700),
    st.sampled_from([0.0, 8.0, 64.0, 1000.0]),
    st.integers(0, 30_000),
)
def test_points_that_stand_for_several_updates_count_as_so_many(
    sizes: list[int], width: float, end: int
) -> None:
    """In the mean, and in what is told; what is cut off at a place has none beyond it."""
    line = StepLine(128)
    updates = np.array(sizes, np.float64)
    x, y = np.cumsum(updates), np.random.default_rng(3).normal(size=len(sizes))
    line.add(np.stack((x, y)), updates)
    assert line.last == x[-1]
    for kept in (line.stretches, line.columns(width)):
        np.testing.assert_array_equal(np.cumsum(kept.updates), kept.last)
        total = np.sum(kept.mean * kept.updates)
        assert total == pytest.approx(np.sum(y * updates), abs=1e-6)
    cut = line.up_to(end)
    assert cut.last <= end
    held = cut.stretches
    np.testing.assert_array_equal(held.last, line.stretches.last[: len(held)])
    cut.add(np.stack((x, y))[:, x > cut.last], updates[x > cut.last])
    assert cut.stretches.updates.sum() == x[-1]


def test_in_a_mean_an_update_weighs_as_many_digits_as_it_has() -> None:
    line = StepLine(128)
    x, losses = np.arange(1.0, 161), np.ones(160)
    losses[7::8] = 5
    digits = np.where(losses == 1, 128.0, 16.0)
    line.add(np.stack((x, losses)), np.ones(160), digits)
    for kept in (line.stretches, line.columns(64), line.columns(1000)):
        np.testing.assert_array_equal(kept.low, 1)
        assert kept.digits.sum() == digits.sum()
    whole = line.columns(1000)
    assert whole.mean[0] == pytest.approx((140 * 128 + 20 * 16 * 5) / (140 * 128 + 20 * 16))


def test_the_band_holds_80_percent_and_the_mean_follows() -> None:
    line = StepLine()
    values = np.random.default_rng(5).exponential(size=200_000)  # as losses are: a long tail
    x = np.arange(1.0, len(values) + 1)
    for begin in range(0, len(x), 777):
        line.add(np.stack((x, values))[:, begin : begin + 777])
    kept = line.columns(4096)
    assert len(kept) == 49
    inside = [
        np.mean((low <= part) & (part <= high))
        for low, high, part in zip(
            kept.low, kept.high, np.split(values, np.arange(4095, len(values), 4096)), strict=True
        )
    ]
    np.testing.assert_allclose(inside, 0.8, atol=0.05)
    np.testing.assert_allclose(kept.mean, 1, atol=0.1)


def test_every_part_of_a_million_steps_is_kept_alike() -> None:
    line, points = filled([60_000] * 20, MOST_POINTS)
    kept = line.stretches
    assert MOST_POINTS / 16 <= len(kept) <= MOST_POINTS / 4 + 1
    per_epoch = np.histogram(kept.first, bins=20, range=(1, 1_200_001))[0]
    assert per_epoch.min() > 0.9 * per_epoch.max()
    assert kept.last[-1] == points[0, -1]


def test_columns_stay_where_they_are_as_points_come() -> None:
    line, points = filled([1000], 1024)
    before = line.columns(64)
    line.add(np.stack((np.arange(1001.0, 1020), np.zeros(19))))
    after = line.columns(64)
    np.testing.assert_array_equal(after.mean[:15], before.mean[:15])
    np.testing.assert_array_equal(after.first[:15], before.first[:15])
    assert points[0, -1] == 1000


@pytest.mark.parametrize(
    ("a_pixel", "width"), [(0.0, 0), (0.9, 0), (1.1, 8), (10, 32), (20, 64), (1000, 4096)]
)
def test_columns_are_a_few_pixels_wide_and_hold_enough_for_their_tenths(
    a_pixel: float, width: float
) -> None:
    line, _ = filled([500], 1024)
    assert line.column_width(a_pixel) == width
    assert StepLine().column_width(a_pixel) == 0


@pytest.mark.parametrize("most", [0, 4, 100])
def test_a_number_that_cannot_be_halved_is_refused(most: int) -> None:
    with pytest.raises(ValueError, match="multiple of 128"):
        StepLine(most)
