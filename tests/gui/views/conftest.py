"""A window with a drawing on it, its views, and a pointer that hovers."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from lenet_gui.errors import UserError
from lenet_gui.gui.app.window import MainWindow


@pytest.fixture
def damaged_window(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A window that can read no other network than the one in use."""

    def refuse(*_: object) -> None:
        raise UserError("The shipped weights are damaged.")

    monkeypatch.setattr(window.networks, "shipped", refuse)
    return window


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
