"""The empty sheet offers a sample digit, and takes no point from a stroke for it."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lenet_gui.data.drawing import Drawing
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.draw.canvas import DrawingCanvas
from lenet_gui.gui.draw.view import CanvasView

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Hand = Callable[[DrawingCanvas, Sequence[QPoint]], None]


@pytest.fixture
def canvas(qtbot: QtBot, notifier: Notifier) -> DrawingCanvas:
    canvas = DrawingCanvas(notifier)
    qtbot.addWidget(canvas)
    canvas.resize(240, 240)
    with qtbot.waitExposed(canvas):
        canvas.show()
    return canvas


@pytest.fixture
def wanted(canvas: DrawingCanvas) -> list[bool]:
    """Grows when a sample is asked for."""
    asked: list[bool] = []
    canvas.sample_wanted.connect(lambda: asked.append(True))
    return asked


def by_mouse(canvas: DrawingCanvas, points: Sequence[QPoint]) -> None:
    QTest.mousePress(canvas, LEFT, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(canvas, point)
    QTest.mouseRelease(canvas, LEFT, pos=points[-1])


def by_finger(canvas: DrawingCanvas, points: Sequence[QPoint]) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(canvas, device).press(0, points[0], canvas)
    for point in points[1:]:
        QTest.touchEvent(canvas, device).move(0, point, canvas)
    QTest.touchEvent(canvas, device).release(0, points[-1], canvas)


HANDS = pytest.mark.parametrize("hand", [by_mouse, by_finger])


def on_offer(canvas: DrawingCanvas) -> QPoint:
    return canvas.offer.geometry().center()


def plainly(canvas: DrawingCanvas, points: Sequence[QPoint]) -> Drawing:
    """What a sheet without an offer makes of a stroke."""
    plain = CanvasView()
    plain.resize(canvas.size())
    plain.start_stroke(QPointF(points[0]), erases=False)
    for point in points[1:]:
        plain.extend_stroke(QPointF(point))
    plain.finish_stroke()
    return plain.drawing


@HANDS
def test_a_click_on_it_asks_and_leaves_no_ink(
    canvas: DrawingCanvas, wanted: list[bool], hand: Hand
) -> None:
    middle = on_offer(canvas)
    hand(canvas, [middle, middle + QPoint(2, 1)])  # no hand is quite still
    assert wanted == [True]
    assert canvas.drawing.is_empty
    assert not canvas.can_undo
    assert canvas.offer.isVisible()


@HANDS
def test_a_stroke_that_begins_on_it_has_all_of_its_points(
    canvas: DrawingCanvas, wanted: list[bool], hand: Hand
) -> None:
    middle = on_offer(canvas)
    points = [middle + QPoint(step, step // 2) for step in range(0, 60, 3)]
    hand(canvas, points)
    assert wanted == []
    assert canvas.drawing == plainly(canvas, points)
    assert len(canvas.drawing.strokes[0].points) == len(points)
    assert not canvas.offer.isVisible()
    canvas.undo()
    assert canvas.offer.isVisible()


def test_whatever_begins_on_it_is_a_click_or_the_very_stroke(
    canvas: DrawingCanvas, wanted: list[bool]
) -> None:
    steps = st.integers(-25, 25)

    @settings(max_examples=25)
    @given(moves=st.lists(st.tuples(steps, steps), max_size=12))
    def holds(moves: list[tuple[int, int]]) -> None:
        canvas.clear()
        wanted.clear()
        points = [on_offer(canvas)]
        for across, down in moves:
            points.append(points[-1] + QPoint(across, down))
        by_mouse(canvas, points)
        farthest = max((point - points[0]).manhattanLength() for point in points)
        if farthest < QGuiApplication.styleHints().startDragDistance():
            assert wanted == [True]
            assert canvas.drawing.is_empty
        else:
            assert wanted == []
            assert canvas.drawing == plainly(canvas, points)

    holds()


def test_a_press_on_it_that_is_broken_off_leaves_its_point(
    canvas: DrawingCanvas, wanted: list[bool]
) -> None:
    QTest.mousePress(canvas, LEFT, pos=on_offer(canvas))
    canvas.finish_stroke()  # as when the window is left: its end is not heard of
    assert wanted == []
    assert len(canvas.drawing.strokes[0].points) == 1


def test_it_is_there_only_while_the_sheet_is_empty_and_nothing_is_dragged(
    canvas: DrawingCanvas,
) -> None:
    assert canvas.offer.isVisible()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/one.png")])
    drag = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, mime, LEFT, NONE)
    QApplication.sendEvent(canvas, drag)
    assert canvas.offer.text() == ""
    QApplication.sendEvent(canvas, QDragLeaveEvent())
    assert canvas.offer.text()
    QTest.mousePress(canvas, LEFT, pos=QPoint(40, 40))
    assert not canvas.offer.isVisible()  # gone with the first point
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(40, 40))
    canvas.clear()
    assert canvas.offer.isVisible()


def test_the_pointer_over_it_points(canvas: DrawingCanvas) -> None:
    QTest.mouseMove(canvas, on_offer(canvas))
    assert canvas.cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(canvas, QPoint(20, 20))
    assert canvas.cursor().shape() is not Qt.CursorShape.PointingHandCursor


def test_the_keys_reach_it_and_the_sample_comes_without_mnist(
    window: MainWindow, qtbot: QtBot
) -> None:
    offer = window.canvas.offer
    assert offer.text() == "Show a sample digit"
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is offer
    with qtbot.waitSignal(window.live.read):
        QTest.keyClick(offer, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: not window.canvas.drawing.is_empty, timeout=30_000)
    assert not offer.isVisible()
    assert window.canvas.hasFocus()  # not lost with the link
    assert "A built-in" in window.statusBar().currentMessage()
    qtbot.waitUntil(lambda: window.live.reading is not None)
