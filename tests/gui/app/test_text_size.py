"""Text and pictures grow together, by keys, and are as large again the next day."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QToolButton, QWidget

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.core.text_size import PERCENTS, text_size
from lenet_gui.gui.core.view_table import VIEWS

CTRL = Qt.KeyboardModifier.ControlModifier


def pixels(widget: QWidget) -> int:
    """The size of a widget's type."""
    return QFontInfo(widget.font()).pixelSize()


def press(window: MainWindow, key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(window, key, CTRL)


def test_keys_make_all_text_larger_and_smaller_within_bounds(window, qtbot):
    before = pixels(window.menuBar())
    press(window, Qt.Key.Key_Plus)
    assert text_size() == 110
    press(window, Qt.Key.Key_Plus, 20)
    assert text_size() == PERCENTS[-1] == 250
    assert pixels(window.menuBar()) > 2 * before
    press(window, Qt.Key.Key_Minus, 20)
    assert text_size() == PERCENTS[0] == 80
    assert pixels(window.menuBar()) < before
    press(window, Qt.Key.Key_0)
    assert text_size() == 100
    assert pixels(window.menuBar()) == before


def test_the_panels_at_the_sides_grow_with_the_text(window, qtbot):
    window.resize(1600, 1000)
    QApplication.processEvents()
    before = window.canvas_panel.width(), window.answer_view.width()
    press(window, Qt.Key.Key_Plus, 3)
    assert text_size() == 150
    head, canvas = window.answer_view.head, window.canvas
    qtbot.waitUntil(lambda: canvas.visibleRegion().boundingRect() == canvas.rect())
    qtbot.waitUntil(lambda: head.visibleRegion().boundingRect().width() == head.width())
    press(window, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: abs(window.canvas_panel.width() - before[0]) <= 2)
    qtbot.waitUntil(lambda: abs(window.answer_view.width() - before[1]) <= 2)


def test_the_menu_says_how_large_the_text_is(window):
    usual = window.actions_["usual-text"]
    assert "100 %" in usual.text()
    window.actions_["larger-text"].trigger()
    assert "110 %" in usual.text()


def test_everything_that_holds_text_grows(window, qtbot, drawn):
    """Fonts that a widget was given, icons, the canvas, the grids."""
    drawn()
    for entry in VIEWS:
        window.actions_[f"view-{entry.name}"].trigger()
    labels = [w for w in window.findChildren(QLabel) if w.text()]
    icon = window.findChild(QToolButton, "tool-pen")
    before = [pixels(label) for label in labels], icon.iconSize().width()
    least = window.maps.canvas.minimumSizeHint()
    press(window, Qt.Key.Key_Plus, 5)
    assert text_size() == 200
    grown = [pixels(label) / size for label, size in zip(labels, before[0], strict=True)]
    assert min(grown) > 1.8
    assert icon.iconSize().width() == 2 * before[1]
    larger = window.maps.canvas.minimumSizeHint()
    assert larger.width() > 1.8 * least.width()
    assert window.canvas.minimumWidth() == 320


def test_a_cell_is_found_under_the_pointer_at_every_size(window, drawn):
    drawn()
    window.resize(1600, 1000)
    for _ in range(3):
        grid = window.maps.canvas
        for placed in grid.layout_of.panels:
            cell = placed.panel.cell_at(placed.panel.count - 1)
            centre = grid.cell_rect(cell).center()
            assert grid.cell_under(centre.toPointF()) == cell
        bars = window.answer_view.bars
        assert bars.row_at(bars.cell_rect(bars.panels[-1].cell_at(7)).center().y()) == 7
        press(window, Qt.Key.Key_Plus, 3)


def test_the_next_window_has_the_same_size(window, qtbot):
    press(window, Qt.Key.Key_Plus, 3)
    window.close()
    assert Settings().remembered.text_size == 150
    again = MainWindow()
    qtbot.addWidget(again)
    assert text_size() == 150
    assert "150 %" in again.actions_["usual-text"].text()
    again.close()


@pytest.mark.parametrize("size", [(1024, 700), (1600, 1000)])
def test_at_the_largest_size_everything_can_be_reached(window, qtbot, size):
    """The window keeps its size, and what does not fit in it scrolls."""
    window.resize(*size)
    press(window, Qt.Key.Key_Plus, 20)
    for entry in VIEWS:
        window.actions_[f"view-{entry.name}"].trigger()
        QApplication.processEvents()
        assert (window.width(), window.height()) == size
        for focus in window.findChildren(QWidget):
            if focus.isVisible() and focus.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert can_be_seen(focus, window), f"{entry.name}: {focus.objectName()} {focus}"


def can_be_seen(widget: QWidget, window: QWidget) -> bool:
    """Whether all of a widget lies in the window, or in what scrolls within it."""
    inner, outer = widget, widget.parentWidget()
    while outer is not None and inner is not window:
        place = QRect(QPoint(), inner.size()).translated(inner.pos())
        scrolls = isinstance(outer.parentWidget(), QScrollArea)
        if not scrolls and not outer.rect().adjusted(-1, -1, 1, 1).contains(place):
            return inner.window() is not window
        inner, outer = outer, outer.parentWidget()
    return True


def test_small_type_is_never_too_small_to_read(qapp):
    assert theme.small_font().pointSizeF() * 96 / 72 >= 11
