"""Labels that are told anew at every move of the pen have nothing laid out anew."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.widgets.labels import LabelRoom, SteadyLabel

Pixels = Callable[[QWidget], np.ndarray]


class Layouts(QObject):
    """Counts how often a widget is laid out."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(120, 200)
    return holder


def shown(holder: QWidget, widget: QWidget, qtbot: QtBot) -> Layouts:
    column = QVBoxLayout(holder)
    column.addWidget(widget)
    column.addStretch(1)
    with qtbot.waitExposed(holder):
        holder.show()
    QApplication.processEvents()
    return Layouts(holder)


def test_a_steady_label_says_something_else_in_the_same_room(
    holder: QWidget, qtbot: QtBot, pixels: Pixels
) -> None:
    label = SteadyLabel(theme.small_font, 2)
    layouts = shown(holder, label, qtbot)
    room, empty = label.geometry(), pixels(label)
    assert room.height() == 2 * label.fontMetrics().lineSpacing()
    label.setText("one\ntwo")
    QApplication.processEvents()
    assert (layouts.count, label.geometry(), label.text()) == (0, room, "one\ntwo")
    assert QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name) == "one\ntwo"
    two = pixels(label)
    assert (two != empty).any()
    label.setText("one")
    half = room.height() // 2
    assert (pixels(label)[:half] == two[:half]).all()
    assert (pixels(label)[half:] == empty[half:]).all()


def test_the_room_of_a_label_grows_with_its_lines_alone(holder: QWidget, qtbot: QtBot) -> None:
    label: QLabel = plain_label()
    label.setWordWrap(True)
    room = LabelRoom(label)
    layouts = shown(holder, room, qtbot)
    room.set_text("1.25")
    QApplication.processEvents()
    one, asked = room.height(), layouts.count
    assert label.geometry() == room.rect()
    room.set_text("7.50")
    QApplication.processEvents()
    assert (layouts.count, room.height(), label.text()) == (asked, one, "7.50")
    room.set_text("as many words as there is no room for in a single line of so narrow a window")
    QApplication.processEvents()
    assert layouts.count > asked
    assert room.height() >= 3 * label.fontMetrics().lineSpacing() > one
    assert label.geometry() == room.rect()
    room.set_text("1.25")
    QApplication.processEvents()
    assert room.height() == one


def test_a_label_s_room_fits_its_text_in_every_width_that_a_layout_has_tried(
    holder: QWidget, qtbot: QtBot
) -> None:
    label = plain_label()
    label.setWordWrap(True)
    room = LabelRoom(label)
    shown(holder, room, qtbot)
    words = "four words in line"
    wide = label.fontMetrics().horizontalAdvance(words) + 40
    holder.resize(wide + 40, 200)
    QApplication.processEvents()
    room.set_text("four")
    QApplication.processEvents()
    column = holder.layout()
    one = column.heightForWidth(wide // 2)  # as for a scroll bar that is wanted
    room.set_text(words)  # still one line, in the width that it has
    assert column.heightForWidth(wide // 2) > one
