"""The designed shapes of the digits and the smooth paths through their knots."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lenet_gui.data.builtin.hand import Trace
from lenet_gui.data.builtin.path import SPACING, Pen
from lenet_gui.data.builtin.sets import drawing_of_traces
from lenet_gui.data.builtin.shapes import Shape, cumulative_weights, shapes_of
from lenet_gui.data.ink import trace_ink
from lenet_gui.data.paint import paint

EVERY_SHAPE = [(digit, shape) for digit in range(10) for shape in shapes_of(digit)]


def plain_image(shape: Shape) -> np.ndarray:
    """The shape as designed, with one pen."""
    paths = [stroke.careful @ stroke.knots for stroke in shape.strokes]
    traces = tuple(Trace(0.2 + 0.6 * path, np.full(len(path), 0.06)) for path in paths)
    steps = trace_ink(paint(drawing_of_traces(traces)))
    assert steps is not None
    return steps.centred


@pytest.mark.parametrize("digit", range(10))
def test_each_digit_has_several_shapes(digit: int) -> None:
    shapes = shapes_of(digit)
    assert len(shapes) >= 5
    assert len({shape.name for shape in shapes}) == len(shapes)
    rising = cumulative_weights(digit)
    assert len(rising) == len(shapes)
    assert (np.diff(rising) > 0).all()
    assert rising[0] > 0
    assert rising[-1] == pytest.approx(1)


@pytest.mark.parametrize(
    ("digit", "names"),
    [
        (0, {"plain", "slashed"}),
        (1, {"plain", "flag", "long flag", "flag and base"}),
        (2, {"plain", "looped"}),
        (3, {"round", "flat-topped"}),
        (4, {"open", "closed"}),
        (5, {"one stroke", "two strokes"}),
        (7, {"plain", "crossed", "hooked"}),
        (8, {"as an S", "from the middle"}),
        (9, {"straight", "curved"}),
    ],
)
def test_the_common_habits_are_there(digit: int, names: set[str]) -> None:
    assert names <= {shape.name for shape in shapes_of(digit)}


@pytest.mark.parametrize(("digit", "shape"), EVERY_SHAPE, ids=lambda v: getattr(v, "name", v))
def test_a_shape_fills_its_box(digit: int, shape: Shape) -> None:
    path = np.concatenate([stroke.careful @ stroke.knots for stroke in shape.strokes])
    assert path.min() > -0.05
    assert path.max() < 1.06
    assert np.ptp(path[:, 1]) > 0.85
    for stroke in shape.strokes:
        assert len(stroke.knots) >= 2
        assert np.linalg.norm(np.diff(stroke.knots, axis=0), axis=1).min() > 0.03


def test_all_shapes_differ() -> None:
    images = {
        (digit, shape.name, len(shape.strokes)): plain_image(shape) for digit, shape in EVERY_SHAPE
    }
    for one, other in combinations(images, 2):
        difference = np.abs(images[one] - images[other]).sum() / images[one].sum()
        if one[0] != other[0]:
            assert difference > 0.25, (one, other)
        elif one[2] == other[2]:  # one stroke or two may well leave the same ink
            assert difference > 0.02, (one, other)


def test_a_path_goes_through_its_ends_and_corners() -> None:
    pen = Pen(np.array([[0.1, 0.1], [0.5, 0.0], [0.9, 0.2], [0.3, 0.6], [0.4, 1.0]]), (2,))
    path = pen.careful @ pen.knots
    np.testing.assert_allclose(path[[0, -1]], pen.knots[[0, -1]], atol=1e-12)
    assert np.linalg.norm(path - pen.knots[2], axis=1).min() < 1e-12
    for knot in pen.knots:
        assert np.linalg.norm(path - knot, axis=1).min() < SPACING
    assert np.linalg.norm(np.diff(path, axis=0), axis=1).max() < 1.5 * SPACING


def test_a_hasty_pen_cuts_the_corner_and_keeps_the_ends() -> None:
    pen = Pen(np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]), (1,))
    hasty = pen.hasty @ pen.knots
    np.testing.assert_allclose(hasty[[0, -1]], pen.knots[[0, -1]], atol=1e-12)
    assert 0.03 < np.linalg.norm(hasty - (1.0, 0.0), axis=1).min() < 0.3


def test_two_knots_make_a_straight_line() -> None:
    pen = Pen(np.array([[0.2, 0.0], [0.6, 1.0]]), ())
    path = pen.careful @ pen.knots
    t = np.linspace(0, 1, len(path))[:, None]
    np.testing.assert_allclose(path, (1 - t) * pen.knots[0] + t * pen.knots[1], atol=1e-12)


@pytest.mark.parametrize("part", [2, 3, 4])
def test_a_parabola_is_followed_between_inner_knots(part: int) -> None:
    # The tangents at inner knots are those of a parabola, so one with even chords is met exactly.
    x = np.linspace(-1, 1, 6)
    flat = np.stack((x, 0.001 * x * x), axis=1)  # so flat that chords are even
    path = Pen(flat, ()).careful @ flat
    inside = path[(path[:, 0] > x[part - 1]) & (path[:, 0] < x[part])]
    assert len(inside) > 2
    np.testing.assert_allclose(inside[:, 1], 0.001 * inside[:, 0] ** 2, atol=1e-6)


@given(
    move=arrays.arrays(np.float64, 2, elements=st.floats(-2, 2)),
    turn=arrays.arrays(np.float64, (2, 2), elements=st.floats(-2, 2)),
    which=st.integers(0, len(EVERY_SHAPE) - 1),
)
def test_mapped_knots_give_the_mapped_path(move: np.ndarray, turn: np.ndarray, which: int) -> None:
    for pen in EVERY_SHAPE[which][1].strokes:
        for matrix in (pen.careful, pen.hasty):
            np.testing.assert_allclose(
                matrix @ (pen.knots @ turn.T + move),
                matrix @ pen.knots @ turn.T + move,
                atol=1e-9,
            )
