"""However a drawing changes, the live painter shows what painting it afresh shows."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.data.drawing import Backdrop, Drawing, DrawingHistory, PenPoint, Stroke
from lenet_gui.data.live_paint import LivePainter
from lenet_gui.data.paint import NOWHERE, paint, whole

places = st.builds(
    PenPoint,
    st.floats(0, 1, width=32),
    st.floats(0, 1, width=32),
    st.sampled_from([0.04, 0.08, 0.12]),
)
strokes = st.builds(Stroke, st.lists(places, min_size=1, max_size=5).map(tuple), st.booleans())


def growing(stroke: Stroke) -> list[Stroke]:
    return [Stroke(stroke.points[:n], stroke.erases) for n in range(1, len(stroke.points) + 1)]


@settings(max_examples=40)
@given(
    st.lists(st.one_of(strokes, st.sampled_from(["undo", "redo", "clear", "backdrop"])), max_size=8)
)
def test_it_equals_painting_afresh_after_any_change(steps: list[Stroke | str]) -> None:
    history = DrawingHistory()
    painter = LivePainter()
    ramp = Backdrop(np.linspace(0, 1, 28 * 28, dtype=np.float32).reshape(28, 28))
    for step in steps:
        if isinstance(step, Stroke):
            for grown in growing(step):
                np.testing.assert_array_equal(
                    painter.raster(history.drawing.with_stroke(grown)),
                    paint(history.drawing.with_stroke(grown)),
                )
            history.push(history.drawing.with_stroke(step))
        elif step == "undo":
            history.undo()
        elif step == "redo":
            history.redo()
        elif step == "clear":
            history.push(Drawing())
        else:
            history.push(Drawing(backdrop=ramp))
        np.testing.assert_array_equal(painter.raster(history.drawing), paint(history.drawing))


def test_it_says_what_looks_different() -> None:
    painter = LivePainter(100)
    first = Drawing((Stroke((PenPoint(0.3, 0.3, 0.1),)),))
    rows, columns = painter.show(first)
    assert (rows.start, rows.stop) == (columns.start, columns.stop) == (24, 36)
    assert painter.show(first) == NOWHERE
    grown = Drawing((first.strokes[0].with_point(PenPoint(0.5, 0.3, 0.1)),))
    assert painter.show(grown) == (slice(24, 36), slice(24, 56))
    np.testing.assert_array_equal(painter.ink_in(whole(100)), paint(grown, 100))
    assert painter.show(Drawing()) == whole(100)
    assert painter.ink_in(whole(100)).max() == 0


def test_a_stroke_changed_in_the_middle_is_painted_afresh() -> None:
    points = tuple(PenPoint(x, 0.5) for x in (0.2, 0.4, 0.6))
    painter = LivePainter()
    painter.raster(Drawing((Stroke(points),)))
    moved = Drawing((Stroke((points[0], PenPoint(0.4, 0.2), points[2])),))
    np.testing.assert_array_equal(painter.raster(moved), paint(moved))


def test_an_empty_stroke_paints_nothing() -> None:
    assert LivePainter().raster(Drawing((Stroke(()),))).max() == 0
