"""The canvas under the mouse: strokes, rubbing out, history, and drawings put on it."""

import tracemalloc
from collections.abc import Iterable
from math import inf, nan

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lenet_gui.data.drawing import MAX_PEN_WIDTH, MIN_PEN_WIDTH, Backdrop, Drawing
from lenet_gui.data.paint import paint
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.draw.canvas import DrawingCanvas

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
SEVEN = [(0.3, 0.3), (0.45, 0.3), (0.65, 0.32), (0.6, 0.5), (0.5, 0.7), (0.45, 0.85)]


@pytest.fixture
def canvas(qtbot: QtBot, notifier: Notifier) -> DrawingCanvas:
    canvas = DrawingCanvas(notifier)
    qtbot.addWidget(canvas)
    canvas.resize(240, 240)
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


def at(canvas: DrawingCanvas, x: float, y: float) -> QPoint:
    area = canvas.area
    return QPoint(round(area.x() + x * area.width()), round(area.y() + y * area.height()))


def stroke(
    canvas: DrawingCanvas, points: Iterable[tuple[float, float]], button: Qt.MouseButton = LEFT
) -> None:
    first, *rest = [at(canvas, *point) for point in points]
    QTest.mousePress(canvas, button, pos=first)
    for place in rest:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, button, pos=rest[-1] if rest else first)


def test_a_stroke_is_kept_in_units_of_the_sheet(canvas: DrawingCanvas) -> None:
    stroke(canvas, SEVEN)
    (drawn,) = canvas.drawing.strokes
    assert not drawn.erases
    got = [(point.x, point.y) for point in drawn.points]
    assert np.allclose(got, SEVEN, atol=0.5 / canvas.area.width() + 1e-9)
    assert {point.width for point in drawn.points} == {canvas.pen_width}


def test_the_drawing_changes_with_every_move(canvas: DrawingCanvas) -> None:
    seen: list[Drawing] = []
    canvas.drawing_changed.connect(seen.append)
    QTest.mousePress(canvas, LEFT, pos=at(canvas, *SEVEN[0]))
    assert len(seen) == 1
    assert not seen[0].is_empty
    for number, point in enumerate(SEVEN[1:], start=2):
        QTest.mouseMove(canvas, at(canvas, *point))
        assert len(seen) == number
        assert len(seen[-1].strokes[0].points) == number
        assert paint(seen[-1]).sum() > paint(seen[-2]).sum()
    assert not canvas.can_undo
    QTest.mouseRelease(canvas, LEFT, pos=at(canvas, *SEVEN[-1]))
    assert canvas.can_undo
    assert canvas.drawing == seen[-1]


def test_a_click_leaves_a_dot_as_wide_as_the_pen(canvas: DrawingCanvas) -> None:
    canvas.set_pen_width(0.1)
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 0.5, 0.5))
    ink = paint(canvas.drawing)
    assert ink.sum() == pytest.approx(np.pi / 4 * (0.1 * 224) ** 2, rel=0.03)


def test_a_second_quick_click_draws_too(canvas: DrawingCanvas) -> None:
    place = at(canvas, 0.2, 0.2)
    QTest.mouseClick(canvas, LEFT, pos=place)
    QTest.mouseDClick(canvas, LEFT, pos=at(canvas, 0.6, 0.6))
    assert len(canvas.drawing.strokes) >= 2


def test_the_same_movement_gives_the_same_drawing_at_every_size(canvas: DrawingCanvas) -> None:
    stroke(canvas, SEVEN)
    small = paint(canvas.drawing)
    canvas.clear()
    canvas.resize(520, 700)
    assert canvas.area.width() == canvas.area.height()
    assert canvas.area.center().y() == pytest.approx(350, abs=1)
    stroke(canvas, SEVEN)
    assert np.abs(paint(canvas.drawing) - small).mean() < 0.01


def test_ink_may_run_over_the_edge(canvas: DrawingCanvas) -> None:
    stroke(canvas, [(0.5, 0.5), (0.9, 0.5), (1.3, 0.5)])
    last = canvas.drawing.strokes[0].points[-1]
    assert last.x == pytest.approx(1.3, abs=0.01)
    ink = paint(canvas.drawing)
    assert ink[112, -1] == 1


def test_the_eraser_and_the_right_button_rub_out(canvas: DrawingCanvas) -> None:
    across, down = [(0.2, 0.5), (0.8, 0.5)], [(0.5, 0.2), (0.5, 0.8)]
    stroke(canvas, across)
    whole = paint(canvas.drawing).sum()
    stroke(canvas, down, RIGHT)
    assert canvas.drawing.strokes[-1].erases
    assert paint(canvas.drawing).sum() < whole
    assert paint(canvas.drawing)[112, 112] == 0
    canvas.undo()
    canvas.set_erasing(True)
    stroke(canvas, down)
    assert canvas.drawing.strokes[-1].erases
    assert paint(canvas.drawing)[112, 112] == 0
    canvas.set_erasing(False)
    stroke(canvas, down)
    assert paint(canvas.drawing)[112, 112] == 1


def test_rubbing_out_on_clean_paper_does_nothing(canvas: DrawingCanvas) -> None:
    stroke(canvas, SEVEN, RIGHT)
    assert canvas.drawing.is_empty
    assert not canvas.can_undo
    stroke(canvas, SEVEN)
    assert not canvas.drawing.strokes[0].erases


def test_undo_redo_and_clear(canvas: DrawingCanvas) -> None:
    told: list[tuple[bool, bool]] = []
    canvas.history_changed.connect(lambda *can: told.append(can))
    stroke(canvas, SEVEN)
    stroke(canvas, [(0.4, 0.6), (0.6, 0.6)])
    two = canvas.drawing
    canvas.undo()
    assert len(canvas.drawing.strokes) == 1
    assert told[-1] == (True, True)
    canvas.undo()
    assert canvas.drawing.is_empty
    assert told[-1] == (False, True)
    canvas.undo()
    canvas.redo()
    canvas.redo()
    assert canvas.drawing == two
    assert told[-1] == (True, False)
    canvas.clear()
    assert canvas.drawing.is_empty
    canvas.undo()
    assert canvas.drawing == two
    canvas.undo()
    stroke(canvas, [(0.1, 0.1), (0.2, 0.2)])
    assert not canvas.can_redo


def test_clearing_an_empty_canvas_is_no_step(canvas: DrawingCanvas) -> None:
    canvas.clear()
    assert not canvas.can_undo


def test_undo_in_the_middle_of_a_stroke_takes_it_back(canvas: DrawingCanvas) -> None:
    stroke(canvas, SEVEN)
    QTest.mousePress(canvas, LEFT, pos=at(canvas, 0.1, 0.1))
    QTest.mouseMove(canvas, at(canvas, 0.3, 0.1))
    canvas.undo()
    QTest.mouseMove(canvas, at(canvas, 0.9, 0.9))
    QTest.mouseRelease(canvas, LEFT, pos=at(canvas, 0.9, 0.9))
    assert len(canvas.drawing.strokes) == 1
    assert canvas.can_redo


def test_a_picture_put_on_the_canvas_can_be_drawn_over_and_undone(canvas: DrawingCanvas) -> None:
    stroke(canvas, SEVEN)
    picture = np.zeros((28, 28), np.float32)
    picture[10:20, 5:9] = 1
    canvas.put(Drawing(backdrop=Backdrop(picture)))
    assert canvas.drawing.strokes == ()
    stroke(canvas, [(0.6, 0.5), (0.8, 0.5)])
    assert canvas.drawing.backdrop is not None
    assert np.array_equal(canvas.drawing.backdrop.ink, picture)
    stroke(canvas, [(0.25, 0.3), (0.25, 0.8)], RIGHT)
    assert paint(canvas.drawing)[112, 56] == 0
    for _ in range(3):
        canvas.undo()
    assert canvas.drawing.backdrop is None
    assert len(canvas.drawing.strokes) == 1


def test_a_stroke_whose_end_is_not_heard_of_is_kept(canvas: DrawingCanvas) -> None:
    QTest.mousePress(canvas, LEFT, pos=at(canvas, 0.1, 0.1))
    QTest.mouseMove(canvas, at(canvas, 0.3, 0.1))
    canvas.event(QEvent(QEvent.Type.WindowDeactivate))
    assert canvas.can_undo
    assert not canvas.is_stroking
    QTest.mousePress(canvas, LEFT, pos=at(canvas, 0.1, 0.5))
    QTest.mousePress(canvas, LEFT, pos=at(canvas, 0.1, 0.9))
    QTest.mouseRelease(canvas, LEFT, pos=at(canvas, 0.1, 0.9))
    assert len(canvas.drawing.strokes) == 3


def test_the_pen_keeps_to_its_range_and_tells(canvas: DrawingCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.pen_width_changed) as told:
        canvas.set_pen_width(1.0)
    assert told.args == [MAX_PEN_WIDTH]
    canvas.set_pen_width(0.0)
    assert canvas.pen_width == MIN_PEN_WIDTH
    canvas.thicker()
    assert canvas.pen_width == pytest.approx(MIN_PEN_WIDTH + 0.01)
    canvas.thinner()
    with qtbot.assertNotEmitted(canvas.pen_width_changed):
        canvas.thinner()


NO_PLACES = [
    QPointF(nan, 50), QPointF(50, nan), QPointF(inf, 50), QPointF(50, -inf),
]  # fmt: skip


def send(canvas: DrawingCanvas, kind: QEvent.Type, place: QPointF) -> None:
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    keys = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(canvas, QMouseEvent(kind, place, place, button, held, keys))


@pytest.mark.parametrize("place", NO_PLACES)
def test_a_position_that_is_no_place_is_passed_over(canvas: DrawingCanvas, place: QPointF) -> None:
    send(canvas, QEvent.Type.MouseButtonPress, place)
    assert canvas.drawing.is_empty
    send(canvas, QEvent.Type.MouseButtonPress, QPointF(60, 60))
    for each in (place, QPointF(90, 60), place, QPointF(1e300, -1e300)):
        send(canvas, QEvent.Type.MouseMove, each)
    send(canvas, QEvent.Type.MouseButtonRelease, place)
    (drawn,) = canvas.drawing.strokes
    assert len(drawn.points) == 3
    ink = paint(canvas.drawing)
    assert ((ink >= 0) & (ink <= 1)).all()


def test_a_width_that_is_no_number_leaves_the_pen_as_it_is(canvas: DrawingCanvas) -> None:
    canvas.set_pen_width(0.1)
    canvas.set_pen_width(nan)
    assert canvas.pen_width == 0.1
    canvas.set_pen_width(inf)
    assert canvas.pen_width == MAX_PEN_WIDTH


def test_a_long_stroke_is_drawn_on_with_no_copy_of_it(canvas: DrawingCanvas) -> None:
    """What a move takes, after few points and after many: painting on the screen included."""

    def peak(number: int) -> int:
        tracemalloc.start()
        QTest.mouseMove(canvas, at(canvas, 0.5 + 0.3 * np.sin(number), 0.5 + 0.3 * np.cos(number)))
        QApplication.processEvents()
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    QTest.mousePress(canvas, LEFT, pos=at(canvas, 0.5, 0.5))
    few = [peak(number) for number in range(30)]
    for number in range(4_000):
        place = at(canvas, 0.5 + 0.3 * np.sin(number), 0.5 + 0.3 * np.cos(number))
        send(canvas, QEvent.Type.MouseMove, place.toPointF())
    QApplication.processEvents()
    many = [peak(number) for number in range(30)]
    assert len(canvas.drawing.strokes[0].points) > 4_000
    assert sorted(many)[15] < 1.5 * sorted(few)[15] + 10_000
    QTest.mouseRelease(canvas, LEFT, pos=at(canvas, 0.5, 0.5))
    assert np.isfinite(paint(canvas.drawing)).all()


def test_the_cursor_is_as_large_as_the_pen(canvas: DrawingCanvas) -> None:
    def size() -> float:
        return canvas.cursor().pixmap().deviceIndependentSize().width()

    canvas.set_pen_width(0.1)
    assert size() == pytest.approx(0.1 * canvas.area.width(), abs=6)
    pen = size()
    canvas.set_erasing(True)
    assert size() > pen
    canvas.set_erasing(False)
    canvas.resize(480, 480)
    assert size() == pytest.approx(0.1 * canvas.area.width(), abs=6)


def test_other_buttons_draw_nothing(canvas: DrawingCanvas) -> None:
    stroke(canvas, SEVEN, Qt.MouseButton.MiddleButton)
    QTest.mouseMove(canvas, at(canvas, 0.5, 0.5))
    assert canvas.drawing.is_empty


def test_the_canvas_takes_the_focus_by_key_and_click(canvas: DrawingCanvas) -> None:
    assert canvas.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert canvas.accessibleName()
