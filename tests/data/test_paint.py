"""Painting whole and painting point by point are the same; ink adds, the eraser takes away."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lenet_gui.data.drawing import Backdrop, Drawing, PenPoint, Stroke
from lenet_gui.data.paint import RASTER_SIDE, Painter, paint

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
    ink = np.random.default_rng(2).random((700, 533), np.float32)
    raster = paint(Drawing(backdrop=Backdrop(ink)))
    assert raster.sum() * (700 / RASTER_SIDE) ** 2 == pytest.approx(ink.sum(), rel=1e-4)


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
