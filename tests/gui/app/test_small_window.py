"""The window can be small: nothing that it shows keeps it large, and what does not fit scrolls."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QScrollArea, QWidget

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.view_table import VIEWS

LEAST = QSize(683, 512)
"""A screen of 1024x768 pixels, 1.5 of which make one of Qt's."""


def visit_all(window: MainWindow) -> None:
    for entry in VIEWS:
        window.actions_[f"view-{entry.name}"].trigger()
        QApplication.processEvents()


def is_whole(widget: QWidget, window: MainWindow) -> bool:
    """Whether nothing of a widget is cut off by the window or by what it scrolls in."""
    return widget.visibleRegion().boundingRect() == widget.rect() and QRect(
        QPoint(), window.size()
    ).contains(QRect(widget.mapTo(window, QPoint()), widget.size()))


def scrolled_sideways(window: MainWindow) -> int:
    """How far, in pixels, what is visible can be scrolled sideways at most."""
    areas = [area for area in window.findChildren(QScrollArea) if area.isVisible()]
    return max(area.horizontalScrollBar().maximum() for area in areas)


def test_no_view_raises_the_least_size_of_the_window(window):
    before = window.minimumSizeHint()
    visit_all(window)
    assert window.minimumSizeHint() == before
    assert before.width() <= LEAST.width()
    assert before.height() <= LEAST.height()


def test_nothing_scrolls_sideways_in_the_least_usual_window(window, drawn):
    drawn()
    for size in ((1100, 700), (1024, 700), (1000, 660)):
        window.resize(*size)
        for entry in VIEWS:
            window.actions_[f"view-{entry.name}"].trigger()
            QApplication.processEvents()
            QApplication.processEvents()
            assert scrolled_sideways(window) == 0, (size, entry.name)


def test_neither_do_the_maps_beside_an_open_training_panel(window, qtbot, drawn):
    drawn()
    docks = [window.findChild(QDockWidget, f"dock-{name}") for name in ("draw", "answer")]
    before = [dock.width() for dock in docks]
    window.training.set_folded(folded=False)
    for size in ((1000, 660), (1100, 700)):
        window.resize(*size)
        qtbot.waitUntil(lambda: scrolled_sideways(window) == 0)
    qtbot.waitUntil(lambda: [dock.width() for dock in docks] == before)


def test_answer_and_canvas_are_whole_in_the_smallest_usual_window(window):
    window.resize(LEAST)
    visit_all(window)
    assert window.size() == LEAST
    assert is_whole(window.canvas, window)
    assert is_whole(window.answer_view.head, window)
    bars = window.answer_view.bars
    assert bars.visibleRegion().boundingRect().width() == bars.width()


def test_boxes_of_the_ink_view_stay_under_the_pointer(window, qtbot, drawn):
    drawn()
    window.actions_["view-ink"].trigger()
    boxes = [card.switch for card in window.view_stack.view.cards]
    for size in ((1024, 700), (1600, 1000)):
        window.resize(*size)
        QApplication.processEvents()
        places = [box.mapTo(window, QPoint()) for box in boxes]
        for box in (*boxes, *boxes):
            QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
            QApplication.processEvents()
            assert [each.mapTo(window, QPoint()) for each in boxes] == places
        assert all(box.isChecked() for box in boxes)


@pytest.mark.parametrize("size", [(800, 600), (1024, 700), (960, 540)])
def test_visiting_the_views_leaves_the_panels_as_they_are(window, size):
    window.resize(*size)
    QApplication.processEvents()
    before = window.answer_view.width(), window.canvas_panel.width()
    visit_all(window)
    assert (window.answer_view.width(), window.canvas_panel.width()) == before
    window.resize(1918, 1170)
    QApplication.processEvents()
    bars = window.answer_view.bars
    assert bars.visibleRegion().boundingRect().width() == bars.width()


def test_the_first_window_is_no_larger_than_the_screen(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    assert window.width() <= room.width()
    assert window.height() <= room.height()
    window.close()


def test_a_view_with_nothing_to_show_becomes_narrow_again(window, qtbot):
    window.resize(1900, 900)
    window.actions_["view-run"].trigger()
    view = window.view_stack
    qtbot.waitUntil(lambda: view.width() > 1100)
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: view.visibleRegion().boundingRect() == view.rect())
