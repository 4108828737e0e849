"""The stroke under the pen grows with what changes it, and says where it looks different."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from lenet_gui.data.drawing import PenPoint
from lenet_gui.data.smooth import SAME_PLACE, smooth_path
from lenet_gui.gui.draw.live_stroke import LiveStroke

coordinates = st.floats(-0.2, 1.2)
points = st.builds(PenPoint, coordinates, coordinates, st.floats(0.03, 0.16))
small = st.floats(-0.6 * SAME_PLACE, 0.6 * SAME_PLACE)


def test_what_a_pen_cannot_do_is_no_movement() -> None:
    live = LiveStroke(erases=False)
    start = PenPoint(0.0, 0.5, 0.08)
    assert not live.grow(start).isNull()
    assert live.grow(start).isNull()
    assert live.grow(PenPoint(1.4e-45, 0.5, 0.08)).isNull()
    assert live.stroke.points == (start,)


def test_a_pen_pressed_harder_in_its_place_gets_wider() -> None:
    live = LiveStroke(erases=False)
    live.grow(PenPoint(0.3, 0.5, 0.04))
    touched = live.grow(PenPoint(0.3 + 1e-12, 0.5, 0.12))
    assert touched.width() >= 0.12 - 1e-9
    path = smooth_path(live.stroke.points)
    assert {x for x, _, _ in path.tolist()} == {0.3}
    assert path[-1, 2] == 0.12


def test_its_curve_is_that_of_the_stroke_it_becomes() -> None:
    live, drawn = LiveStroke(erases=True), []
    for x in (0.1, 0.1, 0.1001, 0.4, 0.4 + 1e-9, 0.7):
        drawn.append(PenPoint(x, 0.2 + x * x))
        live.grow(drawn[-1])
    assert live.stroke.erases
    assert smooth_path(drawn).tolist() == smooth_path(live.stroke.points).tolist()


@given(st.lists(points, min_size=1, max_size=8), st.integers(0, 7), small)
def test_it_tells_whether_and_where_a_point_changed_it(
    drawn: list[PenPoint], again: int, step: float
) -> None:
    live = LiveStroke(erases=False)
    last = drawn[min(again, len(drawn) - 1)]
    moves = [*drawn, last, PenPoint(last.x + step, last.y, last.width)]
    for count, point in enumerate(moves):
        before, now = smooth_path(moves[:count]), smooth_path(moves[: count + 1])
        touched = live.grow(point)
        assert touched.isNull() == (before.tolist() == now.tolist())
        if not touched.isNull():
            room = touched.adjusted(-1e-9, -1e-9, 1e-9, 1e-9)
            assert room.contains(QPointF(*now[-1, :2]))
            assert not len(before) or room.contains(QPointF(*before[-1, :2]))
