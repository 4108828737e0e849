"""Painting whole and painting point by point are the same; ink adds, the eraser takes away."""

import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lenet_gui.data.drawing import Backdrop, Drawing, PenPoint, Stroke
from lenet_gui.data.paint import RASTER_SIDE, Painter, paint
from lenet_gui.data.smooth import FLATNESS, MOST_PIECES, SPACING

coordinates = st.one_of(
    st.floats(-0.1, 1.1), st.integers(0, 300).map(lambda i: i / 300), st.just(0.5)
)
points = st.builds(PenPoint, coordinates, coordinates, st.one_of(st.just(0.08), st.floats(0, 0.16)))
strokes = st.builds(Stroke, st.lists(points, min_size=1, max_size=8).map(tuple), st.booleans())
backdrops = st.one_of(
    st.none(),
    st.integers(0, 9).map(
        lambda seed: Backdrop(np.random.default_rng(seed).random((28, 20), np.float32))
    ),
)
few = settings(max_examples=40)


@few
@given(backdrops, st.lists(st.tuples(strokes, st.booleans()), max_size=4))
def test_painting_point_by_point_gives_the_same_bits(
    backdrop: Backdrop | None, steps: list[tuple[Stroke, bool]]
) -> None:
    painter = Painter(Drawing(backdrop=backdrop))
    drawn = Drawing(backdrop=backdrop)
    for stroke, looking in steps:
        painter.start_stroke(stroke.points[0], stroke.erases)
        for count, point in enumerate(stroke.points[1:], 2):
            if looking:
                part = drawn.with_stroke(Stroke(stroke.points[: count - 1], stroke.erases))
                assert painter.drawing == part
                np.testing.assert_array_equal(painter.raster, paint(part))
            painter.extend(point)
        drawn = drawn.with_stroke(stroke)
        np.testing.assert_array_equal(painter.raster, paint(drawn))
        assert painter.finish_stroke() == drawn
    np.testing.assert_array_equal(painter.raster, paint(drawn))


@few
@given(backdrops, st.lists(strokes, max_size=4))
def test_the_ink_lies_in_0_to_1(backdrop: Backdrop | None, drawn: list[Stroke]) -> None:
    raster = paint(Drawing(tuple(drawn), backdrop))
    assert raster.shape == (RASTER_SIDE, RASTER_SIDE)
    assert raster.dtype == np.float32
    assert raster.min() >= 0
    assert raster.max() <= 1


denormal = st.sampled_from([0.0, 5e-324, 1.4e-45, -1.4e-45, 1e-40, -1e-30, 1e-17])
at_the_origin = st.builds(PenPoint, denormal, denormal, st.floats(0, 0.16))
extreme = st.builds(
    PenPoint,
    st.floats(-1e300, 1e300),
    st.floats(-1e300, 1e300),
    st.floats(0, 1e300),
)


@few
@given(st.lists(st.one_of(at_the_origin, points, extreme), min_size=1, max_size=6), st.booleans())
@example([PenPoint(0, 0, 0.16), PenPoint(1.4e-45, 0, 0)], False)  # what once overflowed
@example([PenPoint(0, 0, 0.03), PenPoint(0.5, 0, 0.16), PenPoint(1e-300, 5e-324, 0.03)], False)
@example([PenPoint(0.5, 0.5, 1e300)], True)
def test_any_finite_point_can_be_painted(drawn: list[PenPoint], erases: bool) -> None:
    stroke = Stroke(tuple(drawn), erases)
    painter = Painter()
    painter.start_stroke(drawn[0], erases)
    for point in drawn[1:]:
        painter.extend(point)
    raster = painter.raster
    assert ((raster >= 0) & (raster <= 1)).all()  # not true of NaN either
    np.testing.assert_array_equal(raster, paint(Drawing((stroke,))))


near = st.builds(
    PenPoint,
    st.integers(-9, 9).map(lambda i: 0.5 + i * 1e-7),
    st.floats(0.4999, 0.5001),
    st.floats(0, 0.16) | st.sampled_from([0.0, 1e-12, 0.085]),
)


@few
@given(st.lists(near, min_size=1, max_size=12), st.booleans())
def test_points_nearer_than_a_pixel_leave_ink_in_0_to_1(
    drawn: list[PenPoint], erases: bool
) -> None:
    raster = paint(Drawing((Stroke(drawn, erases),), Backdrop(np.full((8, 8), 0.5))))
    assert ((raster >= 0) & (raster <= 1)).all()


def plainly(drawing: Drawing, side: int) -> np.ndarray:
    """The ink by plain loops in double precision: for every piece the distance of every pixel."""
    y, x = np.mgrid[:side, :side] + 0.5
    ink = np.zeros((side, side))
    for stroke in drawing.strokes:
        covered = np.zeros((side, side))
        for start, end in pairwise(np.array(plain_line(stroke)) * side):
            step = end - start
            along = (x - start[0]) * step[0] + (y - start[1]) * step[1]
            t = np.clip(along / (step[0] ** 2 + step[1] ** 2), 0, 1)
            away = np.hypot(x - start[0] - t * step[0], y - start[1] - t * step[1])
            radius = (start[2] + t * step[2]) / 2
            covered = np.maximum(covered, np.clip(radius + 0.5 - away, 0, 1))
        ink = ink * (1 - covered) if stroke.erases else np.maximum(ink, covered)
    return ink


def plain_line(stroke: Stroke) -> list[np.ndarray]:
    """The flattened curve of points that are farther apart than `SPACING`, joint by joint."""
    p = [np.array((point.x, point.y, point.width)) for point in stroke.points]
    joints = [(one + other) / 2 for one, other in pairwise(p)]
    line = [p[0], joints[0]]
    for start, control, end in zip(joints[:-1], p[1:-1], joints[1:], strict=True):
        away = np.abs(start - 2 * control + end)
        bend = (np.hypot(away[0], away[1]) + away[2]) / 4
        pieces = min(max(int(np.ceil(np.sqrt(bend / FLATNESS))), 1), MOST_PIECES)
        line += [
            (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end
            for t in np.arange(1, pieces + 1) / pieces
        ]
    return [*line, p[-1]]


def wandering(chance: np.random.Generator, erases: bool, pressed: bool) -> Stroke:
    """A stroke of 25 points, each of them as far from the last as a mouse's."""
    angles, steps = np.cumsum(chance.normal(0, 0.6, 25)), chance.uniform(2 * SPACING, 0.08, 25)
    x, y = 0.5 + np.cumsum(steps * (np.cos(angles), np.sin(angles)), axis=1)
    widths = chance.uniform(0.04, 0.12, 25) if pressed else np.full(25, 0.085)
    return Stroke([PenPoint(*each) for each in zip(x, y, widths, strict=True)], erases)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("pressed", [False, True])
def test_ordinary_strokes_are_painted_as_by_plain_loops(seed: int, pressed: bool) -> None:
    chance = np.random.default_rng(seed)
    drawing = Drawing([wandering(chance, erases, pressed) for erases in (False, seed > 2, False)])
    # Where a growing pen is cut into pieces, their round ends stand out by some thousandths.
    atol = 5e-3 if pressed else 2e-5
    np.testing.assert_allclose(paint(drawing, 112), plainly(drawing, 112), atol=atol)


def test_a_long_stroke_is_painted_as_its_parts_are() -> None:
    """Looked through in pieces, where much of the paper is full of ink already."""
    chance = np.random.default_rng(8)
    places = 0.5 + 0.1 * chance.standard_normal((3_000, 2))
    points = [PenPoint(x, y, 0.06) for x, y in places]
    painter = Painter(side=96)
    painter.start_stroke(points[0])
    for first in range(1, len(points), 7):
        painter.extend(*points[first : first + 7])
    np.testing.assert_array_equal(painter.raster, paint(Drawing((Stroke(points),)), 96))


def test_painting_on_takes_no_more_memory_after_many_points_than_after_few() -> None:
    def peak(painter: Painter, number: int) -> int:
        tracemalloc.start()
        painter.extend(PenPoint(0.5 + 0.4 * np.sin(number / 9), 0.5 + 0.4 * np.cos(number / 7)))
        painter.ink_in((slice(50, 90), slice(50, 90)))
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    painter = Painter()
    painter.start_stroke(PenPoint(0.5, 0.5))
    few = [peak(painter, number) for number in range(50)]
    painter.extend(*(PenPoint(x, 0.5) for x in np.linspace(0.1, 0.9, 20_000)))
    many = [peak(painter, number) for number in range(50)]
    assert sorted(many)[25] < 2 * sorted(few)[25]


@few
@given(backdrops, st.lists(strokes, min_size=1, max_size=3), st.sampled_from([28, 96, 150]))
def test_a_part_of_the_ink_is_what_changed_and_what_is_there(
    backdrop: Backdrop | None, drawn: list[Stroke], side: int
) -> None:
    painter = Painter(Drawing(backdrop=backdrop), side)
    for stroke in drawn:
        for number, point in enumerate(stroke.points):
            before = painter.raster
            part = painter.extend(point) if number else painter.start_stroke(point, stroke.erases)
            np.testing.assert_allclose(painter.ink_in(part), painter.raster[part], atol=1e-5)
            same = painter.raster == before
            same[part] = True
            assert same.all()


@few
@given(st.lists(strokes, max_size=3), strokes)
def test_ink_only_adds_and_the_eraser_only_takes(before: list[Stroke], last: Stroke) -> None:
    drawing = Drawing(tuple(before))
    change = paint(drawing.with_stroke(last)) - paint(drawing)
    assert (change <= 0).all() if last.erases else (change >= 0).all()


@few
@given(st.permutations(range(3)))
def test_the_order_of_ink_does_not_matter(order: list[int]) -> None:
    lines = [Stroke((PenPoint(0.1, y), PenPoint(0.9, 1 - y))) for y in (0.1, 0.4, 0.8)]
    np.testing.assert_array_equal(
        paint(Drawing(tuple(lines))), paint(Drawing(tuple(lines[i] for i in order)))
    )


def test_an_empty_drawing_is_clean_paper() -> None:
    assert paint(Drawing()).max() == 0
    assert Painter().raster.max() == 0
    assert paint(Drawing((Stroke(()),))).max() == 0


def test_a_line_lies_where_it_was_drawn() -> None:
    raster = paint(Drawing((Stroke((PenPoint(0.25, 0.5, 0.1), PenPoint(0.75, 0.5, 0.1))),)))
    rows, columns = np.nonzero(raster)
    reach = 0.05 * RASTER_SIDE
    assert rows.min() == pytest.approx(RASTER_SIDE / 2 - reach, abs=1.5)
    assert rows.max() == pytest.approx(RASTER_SIDE / 2 + reach, abs=1.5)
    assert columns.min() == pytest.approx(RASTER_SIDE / 4 - reach, abs=1.5)
    assert columns.max() == pytest.approx(RASTER_SIDE * 3 / 4 + reach, abs=1.5)
    length, width = RASTER_SIDE / 2, 0.1 * RASTER_SIDE
    assert raster.sum() == pytest.approx(length * width + np.pi * width**2 / 4, rel=0.005)


def test_the_eraser_leaves_clean_paper_under_it() -> None:
    line = Stroke((PenPoint(0.2, 0.5, 0.06), PenPoint(0.8, 0.5, 0.06)))
    wipe = Stroke((PenPoint(0.1, 0.5, 0.16), PenPoint(0.9, 0.5, 0.16)), erases=True)
    assert paint(Drawing((line, wipe))).max() == 0
    half = Stroke((PenPoint(0.5, 0.5, 0.1), PenPoint(0.9, 0.5, 0.1)), erases=True)
    left = paint(Drawing((line, half)))
    assert left[112, 60] == 1
    assert left[112, 112:].max() == 0
    np.testing.assert_array_equal(
        paint(Drawing((line, half, line))), np.maximum(left, paint(Drawing((line,))))
    )


def test_a_backdrop_of_28_becomes_exact_blocks() -> None:
    digit = np.random.default_rng(0).integers(0, 256, (28, 28)) / np.float32(255)
    raster = paint(Drawing(backdrop=Backdrop(digit)))
    np.testing.assert_allclose(raster, np.kron(digit, np.ones((8, 8))), atol=1e-6)


def test_a_backdrop_keeps_its_aspect() -> None:
    raster = paint(Drawing(backdrop=Backdrop(np.ones((10, 40)))))
    assert raster[84:140].min() == pytest.approx(1)
    assert raster[:84].max() == raster[140:].max() == 0


def test_a_large_backdrop_keeps_its_mass() -> None:
    ink = np.kron(np.random.default_rng(2).random((35, 26), np.float32), np.ones((20, 20)))
    raster = paint(Drawing(backdrop=Backdrop(ink)))
    assert raster.sum() * (700 / RASTER_SIDE) ** 2 == pytest.approx(ink.sum(), rel=1e-4)


@pytest.mark.parametrize("side", [700, 1024])
def test_thin_lines_of_a_large_backdrop_do_not_fade(side: int) -> None:
    ink = np.zeros((side, side), np.float32)
    ink[side // 4 : side // 2, side // 2] = 0.8
    raster = paint(Drawing(backdrop=Backdrop(ink)))
    assert raster.max() == pytest.approx(0.9 * 0.8, rel=0.01)


def test_the_painter_starts_from_a_drawing_and_goes_on() -> None:
    line = Stroke((PenPoint(0.2, 0.2), PenPoint(0.8, 0.3)))
    painter = Painter(Drawing((line,)))
    assert not painter.is_drawing
    first = painter.raster
    painter.start_stroke(PenPoint(0.5, 0.5))
    assert painter.is_drawing
    painter.extend(PenPoint(0.6, 0.6))
    painter.start_stroke(PenPoint(0.1, 0.9))  # without finishing: a new stroke all the same
    assert [len(stroke.points) for stroke in painter.drawing.strokes] == [2, 2, 1]
    np.testing.assert_array_equal(painter.raster, paint(painter.drawing))
    np.testing.assert_array_equal(first, paint(Drawing((line,))))


def test_nobody_writes_into_the_painters_raster() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Painter().raster[0, 0] = 1
