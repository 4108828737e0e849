"""The stroke under the pen grows with what changes it, and says where it looks different."""

from lenet_gui.data.drawing import PenPoint
from lenet_gui.data.smooth import smooth_path
from lenet_gui.gui.draw.live_stroke import LiveStroke


def test_what_a_pen_cannot_do_is_no_movement() -> None:
    live = LiveStroke(erases=False)
    start = PenPoint(0.0, 0.5, 0.08)
    assert not live.grow(start).isNull()
    assert live.grow(start).isNull()
    assert live.grow(PenPoint(1.4e-45, 0.5, 0.08)).isNull()
    assert live.stroke.points == (start,)
    assert len(live.vertices) == 1


def test_a_pen_pressed_harder_in_its_place_gets_wider() -> None:
    live = LiveStroke(erases=False)
    live.grow(PenPoint(0.3, 0.5, 0.04))
    touched = live.grow(PenPoint(0.3 + 1e-12, 0.5, 0.12))
    assert touched.width() >= 0.12 - 1e-9
    assert {x for x, _, _ in live.vertices.tolist()} == {0.3}
    assert live.vertices[-1, 2] == 0.12


def test_its_curve_is_that_of_the_stroke_it_becomes() -> None:
    live = LiveStroke(erases=True)
    for x in (0.1, 0.1, 0.1001, 0.4, 0.4 + 1e-9, 0.7):
        live.grow(PenPoint(x, 0.2 + x * x))
    assert live.stroke.erases
    assert live.vertices.tolist() == smooth_path(live.stroke.points).tolist()
