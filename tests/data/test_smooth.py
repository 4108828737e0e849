"""The smooth curve runs where a quadratic spline through the midpoints runs, and can grow."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.data.drawing import PenPoint
from lenet_gui.data.smooth import FLATNESS, SAME_PLACE, GrowingCurve, smooth_path

coordinates = st.floats(-0.2, 1.2)
points = st.builds(PenPoint, coordinates, coordinates, st.floats(0.03, 0.16))
jittery = st.builds(
    PenPoint,
    st.integers(0, 40).map(lambda i: 0.5 + i / 1000),
    st.integers(0, 40).map(lambda i: 0.5 + i / 1000),
    st.sampled_from([0.08, 0.081, 0.1]),
)


def spline(given_points: list[PenPoint], samples: int = 60) -> np.ndarray:
    """The curve by its definition, densely: line, parabolas between the midpoints, line."""
    p = np.array([(q.x, q.y, q.width) for q in given_points])
    t = np.linspace(0, 1, samples)[:, None]
    middle = (p[:-1] + p[1:]) / 2
    parts = [p[0] + t * (middle[0] - p[0])]
    for start, control, end in zip(middle[:-1], p[1:-1], middle[1:], strict=True):
        parts.append((1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end)
    parts.append(middle[-1] + t * (p[-1] - middle[-1]))
    return np.concatenate(parts)


def distance_to_line(places: np.ndarray, line: np.ndarray) -> np.ndarray:
    """How far each of `places` [n, 2] lies from the polyline [m, 2]."""
    a, step = line[:-1], np.diff(line, axis=0)
    squares = np.maximum((step**2).sum(1), 1e-30)
    t = np.clip(((places[:, None] - a) * step).sum(2) / squares, 0, 1)
    return np.asarray(np.linalg.norm(places[:, None] - a - t[..., None] * step, axis=2).min(1))


def test_the_flattened_curve_stays_near_the_true_one() -> None:
    chance = np.random.default_rng(1)
    for _ in range(10):
        drawn = [PenPoint(*place) for place in chance.uniform(0.05, 0.95, (7, 3))]
        true, flat = spline(drawn), smooth_path(drawn)
        assert distance_to_line(true[:, :2], flat[:, :2]).max() < 3 * FLATNESS
        assert distance_to_line(flat[:, :2], true[:, :2]).max() < FLATNESS


def test_the_width_runs_along() -> None:
    drawn = [PenPoint(0.1, 0.5, 0.04), PenPoint(0.5, 0.5, 0.08), PenPoint(0.9, 0.5, 0.12)]
    path = smooth_path(drawn)
    np.testing.assert_allclose(path[:, 2], 0.04 + (path[:, 0] - 0.1) * 0.1, atol=1e-12)


@given(st.lists(points, min_size=1, max_size=12))
def test_it_starts_and_ends_where_the_pen_did(drawn: list[PenPoint]) -> None:
    path = smooth_path(drawn)
    first, last = drawn[0], drawn[-1]
    np.testing.assert_allclose(path[0], (first.x, first.y, first.width))
    np.testing.assert_allclose(path[-1, :2], (last.x, last.y), atol=1e-12)
    assert np.isfinite(path).all()


@given(st.lists(points, min_size=2, max_size=10))
def test_it_stays_inside_the_box_of_its_points(drawn: list[PenPoint]) -> None:
    path = smooth_path(drawn)
    given_points = np.array([(p.x, p.y, p.width) for p in drawn])
    assert (path >= given_points.min(0) - 1e-12).all()
    assert (path <= given_points.max(0) + 1e-12).all()


def test_a_straight_line_needs_few_vertices() -> None:
    drawn = [PenPoint(x, x) for x in np.linspace(0.1, 0.9, 20)]
    assert len(smooth_path(drawn)) <= 21


def test_crowded_points_are_passed_over_but_not_the_last() -> None:
    drawn = [PenPoint(0.5 + i * 1e-5, 0.5) for i in range(500)]
    path = smooth_path(drawn)
    assert len(path) < 10
    assert path[-1, 0] == drawn[-1].x


small = st.floats(-0.6 * SAME_PLACE, 0.6 * SAME_PLACE)


@given(points, st.lists(st.tuples(small, small, st.floats(0.03, 0.16)), max_size=8))
def test_points_nearer_than_a_pen_can_be_lie_in_one_place(
    first: PenPoint, steps: list[tuple[float, float, float]]
) -> None:
    crowded = [PenPoint(first.x + x, first.y + y, width) for x, y, width in steps]
    still = [PenPoint(first.x, first.y, width) for _, _, width in steps]
    np.testing.assert_array_equal(smooth_path([first, *crowded]), smooth_path([first, *still]))


@pytest.mark.parametrize("width", [6.0, 1e3, 1e300])
def test_a_pen_of_any_width_has_a_curve(width: float) -> None:
    path = smooth_path([PenPoint(0.5, 0.5), PenPoint(0.5, 0.6, width)])
    assert path[-1].tolist() == [0.5, 0.6, 6.0]


def test_no_points_give_no_curve() -> None:
    assert smooth_path([]).shape == (0, 3)


def test_points_far_outside_are_brought_near() -> None:
    path = smooth_path([PenPoint(0.5, 0.5), PenPoint(1e9, -1e9)])
    assert np.abs(path).max() <= 2


@settings(max_examples=200)
@given(st.one_of(st.lists(points, max_size=12), st.lists(jittery, max_size=12)))
def test_what_is_settled_stays(drawn: list[PenPoint]) -> None:
    curve = GrowingCurve()
    settled = np.empty((0, 3))
    for count, point in enumerate(drawn, 1):
        before, further = settled, curve.extend([point])
        if len(settled) and len(further):
            np.testing.assert_array_equal(further[0], settled[-1])
            further = further[1:]
        settled = np.concatenate([settled, further])
        np.testing.assert_array_equal(settled[: len(before)], before)
        tail = curve.tail()
        if len(settled):
            np.testing.assert_array_equal(tail[0], settled[-1])
        whole = np.concatenate([settled, tail[min(len(settled), 1) :]])
        np.testing.assert_array_equal(whole, smooth_path(drawn[:count]))


@given(st.lists(st.lists(jittery, max_size=6), max_size=4))
def test_a_curve_grows_by_many_points_as_by_one_after_the_other(
    steps: list[list[PenPoint]],
) -> None:
    by_many, by_one = GrowingCurve(), GrowingCurve()
    for some in steps:
        together = by_many.extend(some)
        alone = [part for point in some if len(part := by_one.extend([point]))]
        joined = [part[min(number, 1) :] for number, part in enumerate(alone)]
        np.testing.assert_array_equal(together, np.concatenate(joined or [np.empty((0, 3))]))
        np.testing.assert_array_equal(by_many.tail(), by_one.tail())
