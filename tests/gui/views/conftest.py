"""A window with a drawing on it, its views, and a pointer that hovers."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.portraits import draw


@pytest.fixture
def drawn(window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """`drawn()`: draws a digit with the mouse and waits until it is read."""

    def do() -> None:
        with qtbot.waitSignal(window.live.read):
            draw(window)
        qtbot.waitUntil(lambda: window.live.drawing is window.canvas.drawing)
        qtbot.waitUntil(lambda: window.live.reading is not None)

    return do


@pytest.fixture
def hover() -> Callable[[QWidget, QPoint], None]:
    """`hover(widget, point)`: the pointer moves there, no button held."""

    def do(widget: QWidget, point: QPoint) -> None:
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(point),
            QPointF(widget.mapToGlobal(point)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(widget, event)

    return do
