"""Text and pictures grow together, by keys, and are as large again the next day."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDockWidget,
    QLabel,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.core.text_size import PERCENTS, choose_text_size, text_size
from lenet_gui.gui.core.view_table import VIEWS
from lenet_gui.gui.widgets.elided_label import ElidedLabel

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


def test_a_dragged_dock_is_as_wide_again_after_many_sizes(window, qtbot):
    window.resize(1600, 1000)
    dock = window.findChild(QDockWidget, "dock-answer")
    window.resizeDocks([dock], [400], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    before = dock.width()
    press(window, Qt.Key.Key_Plus, 6)  # the window has not so much room
    assert dock.width() < 2 * before
    press(window, Qt.Key.Key_Minus, 2)
    press(window, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: abs(dock.width() - before) <= 2)


def test_the_docks_share_a_window_of_another_size_anew(window, qtbot):
    """Those of a window that comes back, too."""
    press(window, Qt.Key.Key_Plus, 3)
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    assert text_size() == 150
    canvas, middle = again.canvas, again.centralWidget()
    again.resize(1600, 1000)
    qtbot.waitUntil(lambda: again.canvas_panel.width() > 350)
    qtbot.waitUntil(lambda: canvas.visibleRegion().boundingRect() == canvas.rect())
    again.resize(1024, 700)
    qtbot.waitUntil(lambda: middle.width() > 350)
    again.close()


@pytest.mark.parametrize("times", [3, 5])
@pytest.mark.parametrize("variant", ["original", "modern"])
def test_canvas_and_answer_are_whole_in_a_small_window(window, qtbot, drawn, times, variant):
    """Tools and thumbnails stand in two lines, and the answer keeps to what matters."""
    window.actions_[variant].trigger()
    drawn()
    press(window, Qt.Key.Key_Plus, times)
    parts = [window.canvas, window.canvas_panel.strip, window.answer_view.head]
    parts += [window.answer_view.bars, *window.canvas_panel.findChildren(QToolButton)]

    def are_whole() -> bool:
        shown = [part for part in parts if part.isVisible()]
        reach = [part.mapTo(window, QPoint(part.width() - 1, 0)).x() for part in shown]
        docks = window.findChildren(QDockWidget)
        sides = [dock.findChild(QScrollArea).horizontalScrollBar().maximum() for dock in docks]
        return not any(sides) and max(reach) < window.width()

    qtbot.waitUntil(are_whole, timeout=1000)
    assert window.canvas.visibleRegion().boundingRect() == window.canvas.rect()
    assert window.centralWidget().width() >= 380


def test_the_titles_of_the_docks_grow(window):
    dock = window.findChild(QDockWidget, "dock-draw")

    def height() -> int:
        title = dock.grab(QRect(0, 0, 60, dock.widget().y() - 1)).toImage()
        lines = [{title.pixelColor(x, y).name() for x in range(60)} for y in range(title.height())]
        inked = [y for y, colours in enumerate(lines) if len(colours) > 1]
        return inked[-1] - inked[0]

    before = height()
    press(window, Qt.Key.Key_Plus, 5)
    assert height() > 1.6 * before


def test_menus_and_tabs_are_whole_at_any_size_of_text(window, qtbot):
    menus, tabs = window.menuBar(), window.findChild(QTabBar, "view-tabs")

    def are_whole() -> bool:
        last_menu = menus.actionGeometry(menus.actions()[-1])
        last_tab = tabs.tabRect(tabs.count() - 1)
        reach = tabs.mapTo(window, last_tab.topRight()).x()
        all_menus = menus.rect().contains(last_menu)
        return all_menus and tabs.rect().contains(last_tab) and reach < window.width()

    for size in ((1024, 700), (1600, 1000)):
        window.resize(*size)
        for times in (0, 3, 2):
            press(window, Qt.Key.Key_Plus, times)
            qtbot.waitUntil(are_whole, timeout=1000)
        press(window, Qt.Key.Key_Minus, 2)
        window.actions_["reset-layout"].trigger()
        qtbot.waitUntil(are_whole, timeout=1000)
        press(window, Qt.Key.Key_0)


def test_a_message_is_not_painted_over_the_network_in_use(window):
    press(window, Qt.Key.Key_Plus, 5)
    facts = window.findChild(ElidedLabel, "network-facts")
    menu = window.actions_.menus["&Network"]
    menu.setActiveAction(window.actions_["original"])
    said = window.statusBar().currentMessage()
    assert "Table I" in said
    room = facts.x() if facts.isVisible() else window.width()
    assert window.statusBar().fontMetrics().horizontalAdvance(said) < room
    window.statusBar().clearMessage()
    assert facts.isVisible()


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
    window.resize(1600, 1000)
    qtbot.waitUntil(lambda: window.canvas.minimumHeight() == 320)


def test_boxes_and_dots_grow_with_the_words_beside_them(window):
    for name in ("ink", "invariance", "digits"):
        window.actions_[f"view-{name}"].trigger()
    buttons = [*window.findChildren(QCheckBox), *window.findChildren(QRadioButton)]

    def sides() -> list[int]:
        found = []
        for button in buttons:
            option, element = QStyleOptionButton(), QStyle.SubElement.SE_CheckBoxIndicator
            if isinstance(button, QRadioButton):
                element = QStyle.SubElement.SE_RadioButtonIndicator
            button.initStyleOption(option)
            found.append(button.style().subElementRect(element, option, button).height())
        return found

    before = sides()
    press(window, Qt.Key.Key_Plus, 5)
    assert sides() == [2 * side for side in before]
    press(window, Qt.Key.Key_0)
    assert sides() == before


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


def test_at_twice_the_size_a_curve_and_the_words_about_a_weight_are_seen(window, qtbot, drawn):
    drawn()
    window.resize(1600, 1000)
    choose_text_size(200)
    window.actions_["view-invariance"].trigger()
    plot = window.view_stack.view.plot
    qtbot.waitUntil(lambda: plot.frames != ())
    qtbot.waitUntil(lambda: plot.visibleRegion().boundingRect().height() > 0.5 * plot.height())
    window.actions_["view-weights"].trigger()
    view = window.view_stack.view
    panel = view.panel
    for size in ((1600, 1000), (1024, 700)):
        window.resize(*size)
        qtbot.waitUntil(lambda: panel.visibleRegion().boundingRect().right() == panel.width() - 1)
        assert view.visibleRegion().boundingRect().width() == view.width()


def test_small_type_is_never_too_small_to_read(qapp):
    assert theme.small_font().pointSizeF() * 96 / 72 >= 11


def test_the_names_of_the_rows_come_back_with_the_first_maps(window, drawn):
    drawn()
    window.resize(1024, 700)
    press(window, Qt.Key.Key_Plus, 5)
    QApplication.processEvents()
    bar = window.maps.scroller.horizontalScrollBar()
    for _ in range(6):
        QTest.keyClick(window.maps.canvas, Qt.Key.Key_Right)
    assert bar.value() > 0
    for _ in range(6):
        QTest.keyClick(window.maps.canvas, Qt.Key.Key_Left)
    assert bar.value() == 0
