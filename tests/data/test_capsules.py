"""The antialiased pen line against discs swept over a sixteen times finer raster."""

import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lenet_gui.data.capsules import BATCH, LONGEST_PIECE, cover

FINE = 16


def swept(vertices: np.ndarray, side: int) -> np.ndarray:
    """The share of each pixel that a disc rolling along the line touches, by brute force."""
    y, x = (np.mgrid[0 : side * FINE, 0 : side * FINE] + 0.5) / FINE
    touched = np.zeros(x.shape, bool)
    for start, end in pairwise(vertices):
        for t in np.linspace(0, 1, 40):
            cx, cy, width = start + t * (end - start)
            touched |= (x - cx) ** 2 + (y - cy) ** 2 <= (width / 2) ** 2
    return np.asarray(touched.reshape(side, FINE, side, FINE).mean((1, 3)))


@pytest.mark.parametrize(
    "line",
    [
        [(14, 14, 9), (14, 14, 9)],
        [(8.3, 9.1, 7), (20.2, 9.1, 7)],
        [(9, 19, 8), (18.5, 8.2, 8)],
        [(7, 20, 7), (9, 9, 8), (19, 12, 9), (20, 20, 8.5)],
        [(-3, 5, 8), (10, 31, 8)],
    ],
)
def test_it_covers_what_a_rolling_disc_touches(line: list[tuple[float, float, float]]) -> None:
    vertices = np.array(line, float)
    raster = np.zeros((28, 28), np.float32)
    cover(raster, vertices)
    exact = swept(vertices, 28)
    # A pixel cut by a slanted edge differs from the distance rule by at most about a tenth.
    assert np.abs(raster - exact).max() < 0.13
    assert abs(raster.sum() - exact.sum()) < 0.015 * exact.sum() + 0.2


def test_the_rule_at_single_pixels() -> None:
    raster = np.zeros((20, 20), np.float32)
    cover(raster, np.array([(4.5, 10.5, 6), (14.5, 10.5, 6)], float))
    assert raster[10, 9] == 1
    assert raster[12, 9] == 1  # its centre is 2 from the line, the radius 3
    assert raster[13, 9] == 0.5  # 3 from the line: half covered
    assert raster[14, 9] == 0
    assert raster[10, 1] == 0.5  # 3 to the left of the start


def test_a_dot_and_its_mass() -> None:
    raster = np.zeros((64, 64), np.float32)
    cover(raster, np.array([(31.3, 32.8, 20)]))
    assert raster.sum() == pytest.approx(np.pi * 100, rel=0.005)


def test_no_vertices_leave_it_alone() -> None:
    raster = np.zeros((8, 8), np.float32)
    cover(raster, np.empty((0, 3)))
    assert raster.max() == 0


def test_what_lies_outside_leaves_it_alone() -> None:
    raster = np.zeros((8, 8), np.float32)
    cover(raster, np.array([(-100, -100, 9), (-50, 3, 9), (4, 50, 9), (300, 9, 9)], float))
    assert raster.max() == 0


def test_a_pen_wider_than_the_raster_fills_it() -> None:
    raster = np.zeros((8, 12), np.float32)
    cover(raster, np.array([(4, 4, 90), (5, 5, 90)], float))
    assert raster.min() == 1


def test_it_only_adds() -> None:
    raster = np.full((30, 30), 0.6, np.float32)
    cover(raster, np.array([(5, 5, 6), (25, 20, 6)], float))
    assert raster.min() == np.float32(0.6)
    assert raster.max() == 1


def test_a_long_line_is_cut_without_a_seam() -> None:
    cut = np.zeros((96, 96), np.float32)
    start, end = np.array([5, 8, 7.0]), np.array([90, 83, 13.0])
    cover(cut, np.stack([start, end]))
    y, x = np.mgrid[0:96, 0:96] + 0.5
    step = (end - start)[:2]
    t = np.clip(((x - 5) * step[0] + (y - 8) * step[1]) / (step @ step), 0, 1)
    distance = np.hypot(x - 5 - t * step[0], y - 8 - t * step[1])
    whole = np.clip((7 + 6 * t) / 2 + 0.5 - distance, 0, 1)
    assert np.hypot(*step) > 5 * LONGEST_PIECE
    # Where a growing pen is cut, the round ends of the pieces stand out by a thousandth.
    np.testing.assert_allclose(cut, whole, atol=2e-3)


def test_the_grouping_of_the_pieces_changes_no_bit() -> None:
    chance = np.random.default_rng(3)
    vertices = chance.uniform((-10, -10, 2), (74, 74, 20), (3 * BATCH, 3))
    together, alone = np.zeros((2, 64, 64), np.float32)
    cover(together, vertices)
    for i in chance.permutation(len(vertices) - 1):
        cover(alone, vertices[i : i + 2])
    np.testing.assert_array_equal(together, alone)


@pytest.mark.parametrize("step", [0.0, 1e-9, 3.0, LONGEST_PIECE * 0.7, LONGEST_PIECE])
def test_a_few_pieces_cover_to_the_bit_what_they_do_among_many(step: float) -> None:
    """As a pen adds them, two or three vertices at a time, against all of them at once."""
    chance = np.random.default_rng(4)
    ways = chance.normal(0, (step, step, step / 8), (3 * BATCH, 3))
    vertices = np.array((30, 30, 12.0)) + np.cumsum(ways, axis=0) % (60, 60, 9)
    together, alone = np.zeros((2, 64, 72), np.float32)
    cover(together, vertices)
    for i in range(0, len(vertices) - 1, 2):
        cover(alone, vertices[i : i + 3])
    np.testing.assert_array_equal(together, alone)


def test_long_lines_are_the_same_where_the_raster_is_full_already() -> None:
    """Many pieces at once, which are looked through first, against each one alone."""
    chance = np.random.default_rng(5)
    vertices = chance.normal((32, 32, 14), (20, 20, 3), (1_500, 3))
    together, alone = np.zeros((2, 64, 64), np.float32)
    cover(together, vertices)
    for i in range(len(vertices) - 1):
        cover(alone, vertices[i : i + 2])
    assert together.max() == 1
    np.testing.assert_array_equal(together, alone)


@pytest.mark.parametrize("far", [300.0, 1e5, 1e9, 1e300, np.inf])
def test_a_line_from_far_away_leaves_what_is_near(far: float) -> None:
    seen, near = np.zeros((2, 64, 64), np.float32)
    tracemalloc.start()
    cover(seen, np.array([(20.0, -far, 8.0), (20.0, 30.0, 8.0), (far, 30.0, 8.0)]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    cover(near, np.array([(20.0, -300.0, 8.0), (20.0, 30.0, 8.0), (300.0, 30.0, 8.0)]))
    np.testing.assert_allclose(seen, near, atol=1e-4)
    assert peak < 2**22


any_number = st.floats(width=32) | st.sampled_from([0.0, 5e-324, 1e-13, 20.0, 1e6, 1e300])


@given(
    st.lists(st.tuples(any_number, any_number, any_number), max_size=6),
    st.sampled_from([(1, 1), (28, 28), (9, 30)]),
)
@example([(0.0, 0.0, 0.0), (1e-12, 0.0, 1e38)], (28, 28))
@example([(-1e308, 0.0, 1.0), (1e308, 1e308, 1e308)], (28, 28))
def test_whatever_the_vertices_are_coverage_is_a_share(
    vertices: list[tuple[float, float, float]], shape: tuple[int, int]
) -> None:
    raster = np.zeros(shape, np.float32)
    cover(raster, np.array(vertices, np.float64).reshape(-1, 3))
    assert ((raster >= 0) & (raster <= 1)).all()  # not true of NaN either


def test_a_piece_that_is_no_number_leaves_the_others() -> None:
    seen, expected = np.zeros((2, 28, 28), np.float32)
    cover(seen, np.array([(5, 5, 4), (9, 5, 4), (np.nan, 5, 4), (20, 20, 4), (20, 9, 4)]))
    cover(expected, np.array([(5, 5, 4), (9, 5, 4)], float))
    cover(expected, np.array([(20, 20, 4), (20, 9, 4)], float))
    np.testing.assert_array_equal(seen, expected)


tiny = st.floats(-1e-13, 1e-13)


@given(tiny, tiny, st.floats(0, 40), st.floats(0, 40))
@example(1.4e-45, 0, 8, 9)
@example(1.4e-45, -1.4e-45, 0, 36)
@example(5e-324, 0, 36, 0)
def test_a_piece_without_length_is_its_larger_dot(
    right: float, down: float, begun: float, ended: float
) -> None:
    piece, dot = np.zeros((2, 28, 28), np.float32)
    cover(piece, np.array([(0, 0, begun), (right, down, ended)]))
    cover(dot, np.array([(0, 0, max(begun, ended))]))
    np.testing.assert_allclose(piece, dot, atol=1e-6)


@given(st.integers(-45, -1), st.floats(0, 40), st.floats(0, 40))
def test_however_short_a_piece_is_it_covers_as_much_as_its_ends_at_most(
    power: int, begun: float, ended: float
) -> None:
    piece, dot = np.zeros((2, 28, 28), np.float32)
    step = 10.0**power
    cover(piece, np.array([(0, 0, begun), (step, step, ended)]))
    cover(dot, np.array([(0, 0, max(begun, ended) + 3 * step)]))
    assert (piece <= dot + 1e-5).all()
