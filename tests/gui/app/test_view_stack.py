"""The view_stack: tabs and keys bring a view, and only the one at the front follows the drawing."""

from collections.abc import Callable
from functools import partial, partialmethod

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.view_table import MAPS, VIEWS
from lenet_gui.gui.portraits import draw
from lenet_gui.gui.views.view import LiveState
from lenet_gui.net.architecture import Variant
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.grid.panel import Cell

NAMES = [entry.name for entry in VIEWS]
OTHERS = [name for name in NAMES if name != MAPS]


def said(widget: QWidget) -> str:
    """The text on a widget; of one that has none, nothing."""
    return getattr(widget, "text", str)()


def click_tab(window: MainWindow, name: str) -> None:
    tabs = window.view_stack.tabs
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(NAMES.index(name)).center())


def drawn(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.live.read):
        draw(window)
    qtbot.waitUntil(lambda: window.live.reading is not None and window.live.is_settled)


def test_every_tab_can_be_seen_in_a_small_window(window: MainWindow) -> None:
    tabs = window.view_stack.tabs
    last = tabs.tabRect(len(NAMES) - 1)
    assert tabs.rect().contains(last)
    assert window.rect().contains(tabs.mapTo(window, last.bottomRight()))
    menus = window.menuBar()
    widest = menus.actionGeometry(menus.actions()[-1]).right()
    assert tabs.mapTo(menus, tabs.rect().topLeft()).x() > widest


def test_a_tab_and_a_key_bring_each_view(window: MainWindow) -> None:
    for name in NAMES:
        assert_tab_and_key_bring(window, name)


def assert_tab_and_key_bring(window: MainWindow, name: str) -> None:
    view_stack = window.view_stack
    click_tab(window, name)
    assert view_stack.name == name
    assert window.actions_[f"view-{name}"].isChecked()
    shown = view_stack.view
    assert shown.isVisible()
    view_stack.turn_to(MAPS)
    entry = VIEWS[NAMES.index(name)]
    QTest.keySequence(QApplication.focusWidget() or window, entry.keys)
    assert view_stack.name == name
    assert view_stack.view is shown


def test_the_views_are_gone_through_in_their_order(window: MainWindow) -> None:
    seen = []
    for _ in NAMES:
        seen.append(window.view_stack.name)
        QTest.keySequence(QApplication.focusWidget() or window, "Ctrl+PgDown")
    assert seen == NAMES
    assert window.view_stack.name == MAPS
    QTest.keySequence(QApplication.focusWidget() or window, "Ctrl+PgUp")
    assert window.view_stack.name == NAMES[-1]


def test_only_the_view_on_the_stage_follows_the_drawing(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in OTHERS:
        click_tab(window, name)
        view = window.view_stack.view
        scenes: list[LiveState] = []
        noting = partial(_noting, scenes, type(view).show_live)
        monkeypatch.setattr(type(view), "show_live", partialmethod(noting))
        drawn(window, qtbot)
        assert scenes, name
        assert scenes[-1].reading is window.live.reading
        assert scenes[-1].network is window.networks.shown
        click_tab(window, MAPS)
        assert window.maps.canvas.reading is window.live.reading
        scenes.clear()
        window.canvas.clear()
        qtbot.waitUntil(lambda: window.live.reading is None)
        assert scenes == [], name
        click_tab(window, name)
        assert [live_state.reading for live_state in scenes] == [None]


def _noting(
    scenes: list[LiveState],
    real: Callable[[QWidget, LiveState], None],
    view: QWidget,
    live_state: LiveState,
) -> None:
    scenes.append(live_state)
    real(view, live_state)


def test_each_view_shows_something_else_for_another_drawing_and_in_the_dark(
    window: MainWindow, qtbot: QtBot
) -> None:
    for name in OTHERS:
        click_tab(window, name)
        view = window.view_stack.view
        light = view.grab().toImage()
        window.actions_["theme-dark"].trigger()
        qtbot.waitUntil(partial(_wears, view, Theme.DARK))
        dark = view.grab().toImage()
        assert dark != light, name
        assert dark.pixelColor(2, dark.height() // 2).lightness() < 128
        window.networks.switch(Variant.MODERN)
        drawn(window, qtbot)
        assert not view.grab().toImage().isNull()
        window.canvas.clear()
        qtbot.waitUntil(lambda: window.live.reading is None)
        window.networks.switch(Variant.ORIGINAL)
        window.actions_["theme-light"].trigger()
        qtbot.waitUntil(partial(_wears, view, Theme.LIGHT))


def _wears(view: QWidget, wanted: Theme) -> bool:
    return theme.theme_of(view) is wanted


def test_whatever_takes_the_focus_in_a_view_has_a_name(window: MainWindow) -> None:
    for name in OTHERS:
        click_tab(window, name)
        takers = [
            widget
            for widget in window.view_stack.view.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
        ]
        takers = [w for w in takers if not w.objectName().startswith("qt_")]
        assert takers, name
        assert [w for w in takers if not (w.accessibleName() or said(w) or w.toolTip())] == []


def test_a_frame_lies_on_the_drawing_until_another_view_comes(
    window: MainWindow, qtbot: QtBot
) -> None:
    canvas = window.canvas
    before = canvas.grab().toImage()
    window.view_stack.framed.emit(QRectF(0.25, 0.25, 0.5, 0.5))
    framed = canvas.grab().toImage()
    area = canvas.area
    on_frame = QPointF(area.x() + 0.25 * area.width(), area.center().y()).toPoint()
    assert framed.pixelColor(on_frame).name() == theme.FRAME.name()
    assert framed.pixel(area.center()) == before.pixel(area.center())
    window.view_stack.tabs.setCurrentIndex(len(NAMES) - 1)
    window.view_stack.turn_to(MAPS)
    window.view_stack.framed.emit(None)
    assert canvas.framed is None
    assert canvas.grab().toImage() == before


def test_what_is_enlarged_follows_the_drawing_behind_another_view(
    window: MainWindow, qtbot: QtBot
) -> None:
    maps = window.view_stack.view
    window.cell_commands.enlarge(window.maps.canvas, Cell("C3", 4, 0, 0))
    click_tab(window, "unit")
    before = window.cell_commands.enlarged.grab().toImage()
    drawn(window, qtbot)
    assert window.cell_commands.enlarged.grab().toImage() != before
    assert window.maps.canvas.reading is window.live.reading
    window.cell_commands.enlarged.close()
    window.canvas.clear()
    qtbot.waitUntil(lambda: window.live.reading is None)
    assert window.maps.canvas.reading is not None
    window.view_stack.turn_to(MAPS)
    assert window.view_stack.view is maps
    assert window.maps.canvas.reading is None
