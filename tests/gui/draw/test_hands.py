"""The canvas under a pen with pressure and under fingers."""

from collections.abc import Iterator
from math import inf, nan

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.data.paint import paint
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.draw.canvas import DrawingCanvas
from lenet_gui.gui.draw.part_picker import PartPicker
from lenet_gui.gui.draw.pen import pressed_width
from lenet_gui.gui.draw.picture_import import imported
from tests.support.pictures import row_of

TIP, OTHER_END = QPointingDevice.PointerType.Pen, QPointingDevice.PointerType.Eraser
PRESS, MOVE, RELEASE = (
    QEvent.Type.TabletPress,
    QEvent.Type.TabletMove,
    QEvent.Type.TabletRelease,
)


@pytest.fixture
def canvas(qtbot: QtBot, notifier: Notifier) -> DrawingCanvas:
    canvas = DrawingCanvas(notifier)
    qtbot.addWidget(canvas)
    canvas.resize(300, 240)
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


class Pen:
    """A pen of a tablet, one end of it."""

    def __init__(
        self,
        canvas: DrawingCanvas,
        end: QPointingDevice.PointerType = TIP,
        feels_pressure: bool = True,
    ) -> None:
        self.canvas = canvas
        self.receiver: QWidget = canvas
        can = QInputDevice.Capability.Position
        if feels_pressure:
            can |= QInputDevice.Capability.Pressure
        self.device = QPointingDevice("pen", 77, QInputDevice.DeviceType.Stylus, end, can, 1, 3)

    def send(
        self,
        kind: QEvent.Type,
        x: float,
        y: float,
        pressure: float = 0.5,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    ) -> QTabletEvent:
        area = self.canvas.area
        place = QPointF(area.x() + x * area.width(), area.y() + y * area.height())
        none = Qt.MouseButton.NoButton
        event = QTabletEvent(
            kind,
            self.device,
            place,
            self.canvas.mapToGlobal(place),
            pressure,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            Qt.KeyboardModifier.NoModifier,
            none if kind == MOVE else button,
            none if kind == RELEASE else button,
        )
        event.ignore()
        QApplication.sendEvent(self.receiver, event)
        return event

    def stroke(self, *points: tuple[float, float, float]) -> None:
        self.send(PRESS, *points[0])
        for point in points[1:]:
            self.send(MOVE, *point)
        self.send(RELEASE, points[-1][0], points[-1][1], 0.0)


def test_pressure_makes_the_line_wider(canvas: DrawingCanvas) -> None:
    Pen(canvas).stroke((0.2, 0.5, 0.1), (0.4, 0.5, 0.3), (0.6, 0.5, 0.6), (0.8, 0.5, 1.0))
    (stroke,) = canvas.drawing.strokes
    widths = [point.width for point in stroke.points]
    assert widths == sorted(widths)
    assert widths[0] < canvas.pen_width < widths[-1]
    ink = paint(canvas.drawing)
    assert ink[:, 56].sum() < ink[:, 112].sum() < ink[:, 170].sum()


def test_half_the_pressure_gives_the_set_width(canvas: DrawingCanvas) -> None:
    Pen(canvas).stroke((0.2, 0.5, 0.5), (0.4, 0.5, 0.5))
    assert canvas.drawing.strokes[0].points[0].width == pytest.approx(canvas.pen_width)


def test_a_pen_that_feels_no_pressure_draws_with_the_set_width(canvas: DrawingCanvas) -> None:
    Pen(canvas, feels_pressure=False).stroke((0.2, 0.5, 0.0), (0.4, 0.5, 1.0))
    assert {point.width for point in canvas.drawing.strokes[0].points} == {canvas.pen_width}


def test_a_pressure_that_is_no_number_counts_as_half(canvas: DrawingCanvas) -> None:
    Pen(canvas).stroke((0.2, 0.5, nan), (0.4, 0.5, nan), (0.6, 0.5, inf))
    widths = [point.width for point in canvas.drawing.strokes[0].points]
    assert widths[:2] == pytest.approx([canvas.pen_width] * 2)
    assert widths[2] == pytest.approx(pressed_width(canvas.pen_width, 1.0))


def test_positions_are_finer_than_pixels(canvas: DrawingCanvas) -> None:
    Pen(canvas).stroke((0.2012, 0.5004, 0.5), (0.4034, 0.6051, 0.5))
    first, last = canvas.drawing.strokes[0].points
    assert (first.x, first.y) == pytest.approx((0.2012, 0.5004), abs=1e-6)
    assert (last.x, last.y) == pytest.approx((0.4034, 0.6051), abs=1e-6)


def test_every_event_of_the_pen_is_accepted(canvas: DrawingCanvas) -> None:
    pen = Pen(canvas)
    hover = pen.send(MOVE, 0.1, 0.1, 0.0)
    events = [hover, pen.send(PRESS, 0.2, 0.2), pen.send(MOVE, 0.5, 0.5)]
    events.append(pen.send(RELEASE, 0.5, 0.5, 0.0))
    assert all(event.isAccepted() for event in events)
    assert len(canvas.drawing.strokes) == 1


def test_the_other_end_and_the_barrel_button_rub_out(canvas: DrawingCanvas) -> None:
    tip, other_end = Pen(canvas), Pen(canvas, OTHER_END)
    tip.stroke((0.2, 0.5, 0.5), (0.8, 0.5, 0.5))
    ring = canvas.cursor().pixmap().width()
    other_end.send(MOVE, 0.5, 0.1, 0.0)
    assert canvas.cursor().pixmap().width() > ring
    other_end.stroke((0.5, 0.3, 0.5), (0.5, 0.7, 0.5))
    assert canvas.drawing.strokes[-1].erases
    assert paint(canvas.drawing)[112, 112] == 0
    tip.send(MOVE, 0.5, 0.1, 0.0)
    assert canvas.cursor().pixmap().width() == ring
    right = Qt.MouseButton.RightButton
    tip.send(PRESS, 0.3, 0.3, 0.5, right)
    tip.send(MOVE, 0.3, 0.7, 0.5)
    tip.send(RELEASE, 0.3, 0.7, 0.0, right)
    assert canvas.drawing.strokes[-1].erases


def test_a_finger_draws(canvas: DrawingCanvas) -> None:
    seen: list[object] = []
    canvas.drawing_changed.connect(seen.append)
    screen = QTest.createTouchDevice()
    corner = canvas.area.topLeft()
    QTest.touchEvent(canvas, screen).press(0, _point(canvas, 0.3, 0.3), canvas).commit()
    QTest.touchEvent(canvas, screen).move(0, _point(canvas, 0.5, 0.6), canvas).commit()
    QTest.touchEvent(canvas, screen).move(0, _point(canvas, 0.7, 0.3), canvas).commit()
    assert len(seen) == 3
    assert not canvas.can_undo
    QTest.touchEvent(canvas, screen).release(0, _point(canvas, 0.7, 0.3), canvas).commit()
    (stroke,) = canvas.drawing.strokes
    places = [(point.x, point.y) for point in stroke.points]
    assert places == [
        pytest.approx(place, abs=0.5 / canvas.area.width() + 1e-9)
        for place in [(0.3, 0.3), (0.5, 0.6), (0.7, 0.3)]
    ]
    assert corner.x() > corner.y()
    assert canvas.can_undo


def test_a_second_finger_is_not_heard(canvas: DrawingCanvas) -> None:
    screen = QTest.createTouchDevice()
    QTest.touchEvent(canvas, screen).press(0, _point(canvas, 0.2, 0.2), canvas).commit()
    both = QTest.touchEvent(canvas, screen)
    both.move(0, _point(canvas, 0.3, 0.2), canvas).press(1, _point(canvas, 0.8, 0.8), canvas)
    both.commit()
    both = QTest.touchEvent(canvas, screen)
    both.move(0, _point(canvas, 0.4, 0.2), canvas).move(1, _point(canvas, 0.8, 0.6), canvas)
    both.commit()
    both = QTest.touchEvent(canvas, screen)
    both.release(0, _point(canvas, 0.4, 0.2), canvas).move(1, _point(canvas, 0.8, 0.5), canvas)
    both.commit()
    QTest.touchEvent(canvas, screen).release(1, _point(canvas, 0.8, 0.5), canvas).commit()
    (stroke,) = canvas.drawing.strokes
    assert all(point.y == pytest.approx(0.2, abs=0.01) for point in stroke.points)


def test_a_palm_gives_way_to_the_pen(canvas: DrawingCanvas) -> None:
    screen = QTest.createTouchDevice()
    QTest.touchEvent(canvas, screen).press(0, _point(canvas, 0.9, 0.9), canvas).commit()
    Pen(canvas).stroke((0.2, 0.5, 0.5), (0.4, 0.5, 0.5))
    QTest.touchEvent(canvas, screen).move(0, _point(canvas, 0.1, 0.9), canvas).commit()
    QTest.touchEvent(canvas, screen).release(0, _point(canvas, 0.1, 0.9), canvas).commit()
    palm, pen = canvas.drawing.strokes
    assert len(palm.points) == 1
    assert len(pen.points) == 2


def _point(canvas: DrawingCanvas, x: float, y: float) -> QPoint:
    area = canvas.area
    place = QPointF(area.x() + x * area.width(), area.y() + y * area.height())
    return place.toPoint()


@pytest.fixture
def picker(canvas: DrawingCanvas) -> Iterator[PartPicker]:
    """Over a picture of three digits."""
    picture = np.repeat(row_of(1, 7, 2)[..., None], 3, axis=2)
    canvas.put(imported(picture))
    canvas.set_picking(True)
    yield canvas.picker
    canvas.pictures.close_down()


def test_a_finger_draws_the_rectangle_of_a_picture(
    canvas: DrawingCanvas, picker: PartPicker, qtbot: QtBot
) -> None:
    device = QTest.createTouchDevice()
    one, other = (picker.on_widget(x, y).toPoint() for x, y in ((118, 4), (218, 108)))
    with qtbot.waitSignal(picker.chosen) as chosen:
        QTest.touchEvent(picker, device).press(0, one, picker).commit()
        QTest.touchEvent(picker, device).move(0, (one + other) / 2, picker).commit()
        QTest.touchEvent(picker, device).move(0, other, picker).commit()
        QTest.touchEvent(picker, device).release(0, other, picker).commit()
    (part,) = chosen.args
    assert (part.left, part.right) == pytest.approx((118, 218), abs=3)
    assert not canvas.drawing.strokes
    qtbot.waitUntil(lambda: canvas.drawing.digits == 1)


def test_a_pen_draws_the_rectangle_of_a_picture(
    canvas: DrawingCanvas, picker: PartPicker, qtbot: QtBot
) -> None:
    pen = Pen(canvas)
    pen.receiver = picker
    with qtbot.waitSignal(picker.chosen):
        for kind, x, y in ((PRESS, 0.35, 0.35), (MOVE, 0.5, 0.5), (RELEASE, 0.65, 0.65)):
            assert pen.send(kind, x, y).isAccepted()
    assert not canvas.drawing.strokes
    qtbot.waitUntil(lambda: canvas.drawing.digits == 1)


def test_a_drag_whose_end_was_never_received_is_let_go(picker: PartPicker) -> None:
    QTest.mousePress(picker, Qt.MouseButton.LeftButton, pos=QPoint(20, 60))
    QTest.mouseMove(picker, QPoint(90, 150))
    assert picker.part is not None
    none = Qt.MouseButton.NoButton
    place = QPointF(100, 160)
    moved = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        picker.mapToGlobal(place),
        none,
        none,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(picker, moved)
    assert picker.part is None
