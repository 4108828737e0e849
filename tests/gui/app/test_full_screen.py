"""F11: drawing, view and answer alone, and then every panel where it was."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QTabBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.docks import layout_of
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.settings import DockPlace, Layout, Settings
from lenet_gui.gui.views.unit.view import UnitView


def press(window: QWidget, keys: str) -> None:
    QTest.keySequence(QApplication.focusWidget() or window, keys)


def furniture(window: MainWindow) -> list[QWidget]:
    return [
        window.menuBar(),
        window.statusBar(),
        window.findChild(QTabBar, "view-tabs"),
        window.findChild(QDockWidget, "dock-train"),
        window.variant_bar,
        window.canvas_panel.strip,
        window.canvas_panel.pen_slider,
        window.canvas_panel.findChild(QToolButton, "tool-undo"),
    ]


def places(window: MainWindow) -> dict[str, QRect]:
    parts = [*furniture(window), window.canvas, window.view_stack.view, window.answer_view]
    return {
        f"{number} {part.objectName()}": QRect(part.mapToGlobal(part.rect().topLeft()), part.size())
        for number, part in enumerate(parts)
    }


def test_f11_hides_all_but_drawing_view_and_answer_and_brings_it_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    draw = window.findChild(QDockWidget, "dock-draw")
    window.resizeDocks([draw], [300], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: draw.width() == 300)
    before, layout = places(window), layout_of(window)
    for leave in ("F11", "Esc"):
        press(window, "F11")
        assert window.isFullScreen()
        assert not [part for part in furniture(window) if part.isVisible()]
        parts = (window.canvas, window.view_stack.view, window.answer_view)
        lefts = [part.mapToGlobal(part.rect().topLeft()).x() for part in parts]
        assert lefts == sorted(lefts)
        assert all(part.isVisible() for part in parts)
        press(window, leave)
        assert not window.isFullScreen()
        assert not window.actions_["full-screen"].isChecked()
        qtbot.waitUntil(lambda: places(window) == before)
        assert layout_of(window) == layout


def seen(layout: Layout) -> list[DockPlace | str]:
    """Every dock's place, but of a hidden one, which has none, its name alone."""
    return [dock if dock.is_visible else dock.name for dock in layout.docks]


def test_docks_that_were_moved_closed_or_floating_come_back_so(
    window: MainWindow, qtbot: QtBot
) -> None:
    draw, answer = (window.findChild(QDockWidget, f"dock-{name}") for name in ("draw", "answer"))
    answer.setFloating(True)
    answer.setGeometry(40, 50, 260, 300)
    draw.hide()
    before = layout_of(window)
    press(window, "F11")
    assert draw.isVisible()
    assert not answer.isFloating()
    press(window, "F11")
    qtbot.waitUntil(lambda: seen(layout_of(window)) == seen(before))
    assert draw.isHidden()


def test_escape_first_lets_go_of_what_is_held(window: MainWindow) -> None:
    press(window, "Shift+F2")
    view = window.view_stack.view
    assert isinstance(view, UnitView)
    press(window, "F11")
    view.setFocus()
    press(window, "Return")
    assert view.pinned is not None
    press(window, "Esc")
    assert view.pinned is None
    assert window.isFullScreen()
    press(window, "Esc")
    assert not window.isFullScreen()


def test_closed_in_full_screen_it_comes_back_as_it_was(window: MainWindow) -> None:
    before = layout_of(window)
    press(window, "F11")
    window.close()
    assert Settings().remembered.layout == before


def test_a_desktop_that_ends_the_full_screen_brings_the_panels_back(window: MainWindow) -> None:
    press(window, "F11")
    window.showNormal()
    assert [part for part in furniture(window) if not part.isVisible()] == []
    assert not window.actions_["full-screen"].isChecked()


def test_what_is_chosen_in_a_view_can_be_chosen_there(
    window: MainWindow, qtbot: QtBot, drawn
) -> None:
    drawn()
    press(window, "F11")
    assert window.maps.tools.isVisible()
    assert not window.variant_bar.isVisible()
    with qtbot.waitSignal(window.live.read):
        window.actions_["keep-drawing"].trigger()
    press(window, "Shift+F4")
    compare = window.view_stack.view
    assert compare.questions.isVisible()
    compare.questions.setFocus()
    QTest.keyClick(compare.questions, Qt.Key.Key_Down)
    assert compare.questions.currentText() == "Two drawings"
    press(window, "Shift+F2")
    assert window.view_stack.view.mapTo(window.view_stack, QPoint()).y() == 0


def test_in_larger_text_the_words_about_a_weight_come_under_the_sheet(
    window: MainWindow, qtbot: QtBot, drawn
) -> None:
    """The view keeps its size there, whatever the size of text."""
    drawn()
    window.resize(1600, 900)
    press(window, "F11")
    window.resize(1600, 900)
    press(window, "Shift+F3")
    view = window.view_stack.view
    for _ in range(5):
        press(window, "Ctrl++")
    area = view.panel.parentWidget().parentWidget()
    qtbot.waitUntil(lambda: area.width() >= view.panel.width())
    assert area.y() > view.grid.parentWidget().parentWidget().y()
    assert not area.horizontalScrollBar().isVisible()
    press(window, "Ctrl+0")
    qtbot.waitUntil(lambda: area.y() == view.grid.parentWidget().parentWidget().y())
