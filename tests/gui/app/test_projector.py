"""The window for a projector: opened with a key, following, large, remembered."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSlider,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.projector_window import ProjectorWindow
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.settings import Projection, Settings
from lenet_gui.gui.core.view_table import VIEWS
from lenet_gui.gui.portraits import draw
from lenet_gui.gui.views.compare.view import CompareView
from lenet_gui.gui.views.ink.view import InkView
from lenet_gui.gui.views.invariance.view import InvarianceView
from lenet_gui.gui.views.maps.view import MapsView
from lenet_gui.gui.views.unit.view import UnitView
from lenet_gui.gui.views.weights.view import WeightsView
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.net.layers import Unit
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.grid.content import Caption
from lenet_gui.pictures.grid.layout import Type


def press(window: QWidget, keys: str) -> None:
    QTest.keySequence(QApplication.focusWidget() or window, keys)


@pytest.fixture
def projector(window: MainWindow, qtbot: QtBot) -> ProjectorWindow:
    press(window, "F9")
    found = window.projector.window
    assert found is not None
    qtbot.waitExposed(found)
    return found


def drawn(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.live.read):
        draw(window)
    qtbot.waitUntil(lambda: window.live.is_settled)


def test_it_follows_drawing_answer_view_and_what_is_held(
    window: MainWindow, projector: ProjectorWindow, qtbot: QtBot
) -> None:
    drawn(window, qtbot)
    qtbot.waitUntil(lambda: projector.picture.drawing == window.canvas.drawing)
    assert projector.answer.reading is window.live.reading
    view = projector.view
    assert isinstance(view, MapsView)
    assert view is not window.maps
    assert view.canvas.reading is window.live.reading
    window.activateWindow()
    press(window, "Shift+F2")
    view, main = projector.view, window.view_stack.view
    assert isinstance(view, UnitView)
    assert isinstance(main, UnitView)
    main.choose(Unit("S4", 3, 1, 2))
    qtbot.waitUntil(lambda: view.unit == Unit("S4", 3, 1, 2))
    assert projector.picture.framed == window.canvas.framed
    cell = main.strip.first()
    main.strip.point_at(cell)
    qtbot.waitUntil(lambda: view.strip.hovered == cell)
    assert view.panel.title == main.panel.title
    window.canvas.clear()
    qtbot.waitUntil(lambda: projector.picture.drawing.is_empty)
    assert projector.answer.reading is None


def test_it_shows_a_chosen_view_whatever_is_in_front(
    window: MainWindow, projector: ProjectorWindow, qtbot: QtBot
) -> None:
    window.actions_["projected-compare"].trigger()
    assert isinstance(projector.view, CompareView)
    press(window, "Shift+F2")
    assert isinstance(projector.view, CompareView)
    assert not isinstance(window.view_stack.view, CompareView)
    drawn(window, qtbot)
    qtbot.waitUntil(lambda: "3" in projector.view.head.sentence)


def test_every_view_comes_without_controls(
    window: MainWindow, projector: ProjectorWindow, qtbot: QtBot
) -> None:
    drawn(window, qtbot)
    controls = (QPushButton, QToolButton, QComboBox, QCheckBox, QRadioButton, QSlider)
    for entry in VIEWS:
        window.actions_[f"projected-{entry.name}"].trigger()
        shown = [w for kind in controls for w in projector.findChildren(kind) if w.isVisible()]
        assert shown == [], entry.name
        assert projector.view.isVisible()
        told = [label.text() for label in projector.findChildren(QLabel) if label.isVisible()]
        for grid in projector.findChildren(CellGrid):
            assert grid.guide_marks == {}, entry.name
            captions = [each for each in grid.content.labels.values() if isinstance(each, Caption)]
            told += [run.text for each in captions for line in each.lines for run in line]
        asked = ("Click", "Point at", "choose its", "File, ")
        assert not [words for words in told if any(map(words.__contains__, asked))], entry.name
        QTest.keyClick(projector, Qt.Key.Key_Tab)
        focused = [part for part in projector.findChildren(QWidget) if part.hasFocus()]
        assert focused == [], entry.name


def type_height(view: MapsView) -> float:
    """The height of a line under the maps, in logical pixels."""
    looks = view.canvas.looks
    return looks.metrics[Type.SMALL].height() * looks.size


def test_the_type_grows_with_the_window(
    window: MainWindow, projector: ProjectorWindow, qtbot: QtBot
) -> None:
    view = projector.view
    assert isinstance(view, MapsView)
    usual = type_height(window.maps)
    projector.resize(1920, 1080)
    assert projector.type_scale > 2
    assert type_height(view) > 2 * usual * 0.95
    window.actions_["projected-unit"].trigger()
    drawn(window, qtbot)
    qtbot.waitUntil(lambda: projector.view.panel.isVisible())
    for label in projector.view.panel.findChildren(QWidget, "unit_title"):
        assert label.font().pointSizeF() > 2 * theme.title_font().pointSizeF()
    projector.resize(800, 500)
    assert projector.type_scale == 1
    assert type_height(window.maps) == usual


def is_whole(view: QWidget) -> bool:
    """Whether nothing of it is scrolled to, which nobody can do there, but the sheet of weights."""
    bars = [bar for bar in view.findChildren(QScrollBar) if bar.isVisible()]
    is_scrolled = any(bar.maximum() for bar in bars) and not isinstance(view, WeightsView)
    return view.minimumSizeHint().width() <= view.width() and not is_scrolled


def test_the_type_leaves_room_for_the_whole_of_every_view(
    window: MainWindow, projector: ProjectorWindow, qtbot: QtBot
) -> None:
    drawn(window, qtbot)
    for size, least in (((1920, 1080), 1.55), ((1280, 720), 1.0)):
        projector.resize(*size)
        for entry in VIEWS:
            window.actions_[f"projected-{entry.name}"].trigger()
            view = projector.view
            assert isinstance(view, QWidget)
            qtbot.waitUntil(lambda view=view: is_whole(view))
            assert projector.type_scale >= least


def test_what_its_controls_would_show_is_told(
    window: MainWindow, projector: ProjectorWindow, qtbot: QtBot
) -> None:
    """A step that is left out, a dial that is turned."""
    drawn(window, qtbot)
    window.actions_["view-ink"].trigger()
    ink = window.view_stack.view
    assert isinstance(ink, InkView)
    ink.cards[1].switch.click()
    shown = projector.view
    assert isinstance(shown, InkView)
    qtbot.waitUntil(lambda: shown.cards[1].title.text().endswith("Box: left out"))
    assert shown.cards[1].title.isVisible()
    window.actions_["view-invariance"].trigger()
    dials, turned = window.view_stack.view, projector.view
    assert isinstance(dials, InvarianceView)
    assert isinstance(turned, InvarianceView)
    QTest.keyClick(dials.dials.sliders["rotation"], Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: turned.note.text() == "Disturbed: rotation +1.5°.")


def test_both_drawings_are_seen_in_it(
    window: MainWindow, projector: ProjectorWindow, qtbot: QtBot
) -> None:
    """B itself, and in Unit all of its terms, in type as large as both allow."""
    drawn(window, qtbot)
    assert not projector.kept.isVisible()
    projector.resize(1920, 1080)
    window.actions_["view-unit"].trigger()
    with qtbot.waitSignal(window.live.read):
        window.actions_["keep-drawing"].trigger()
    qtbot.waitUntil(lambda: projector.kept.answer == "Drawing B: 3")
    assert projector.kept.picture.drawing == window.canvas.kept
    view = projector.view
    assert isinstance(view, UnitView)
    terms = (view.panel.terms, view.kept_panel.terms)

    def are_whole() -> bool:
        fit = [each.layout_of.width <= each.width() for each in terms]
        return all(fit) and all(
            each.visibleRegion().boundingRect() == each.rect() for each in terms
        )

    qtbot.waitUntil(lambda: view.kept_panel.isVisible() and are_whole())
    assert projector.type_scale >= 1.8


def test_escape_and_f11_leave_its_full_screen(
    window: MainWindow, projector: ProjectorWindow
) -> None:
    for leave in ("F11", "Esc"):
        press(projector, "F11")
        assert projector.isFullScreen()
        assert not window.isFullScreen()
        press(projector, leave)
        assert not projector.isFullScreen()


def test_the_keys_of_the_window_are_good_in_it(
    window: MainWindow, projector: ProjectorWindow, qtbot: QtBot
) -> None:
    drawn(window, qtbot)
    projector.activateWindow()
    qtbot.waitUntil(projector.isActiveWindow)
    QTest.keySequence(projector, "Ctrl+Backspace")
    assert window.canvas.drawing.is_empty
    QTest.keySequence(projector, "Shift+F2")
    assert isinstance(projector.view, UnitView)


def test_it_can_be_light_while_the_window_is_dark(
    window: MainWindow,
    projector: ProjectorWindow,
    pixels: Callable[[QWidget], np.ndarray],
    qtbot: QtBot,
) -> None:
    window.actions_["theme-dark"].trigger()
    qtbot.waitUntil(lambda: theme.theme_of(projector.view) is Theme.DARK)
    window.actions_["projector-light"].trigger()
    assert theme.theme_of(projector.view) is Theme.LIGHT
    assert theme.theme_of(window) is Theme.DARK
    assert pixels(projector)[2, 2].min() > 200
    window.actions_["projector-light"].trigger()
    assert theme.theme_of(projector.view) is Theme.DARK


def test_view_place_and_light_are_remembered(
    window: MainWindow, projector: ProjectorWindow, qtbot: QtBot
) -> None:
    window.actions_["projected-unit"].trigger()
    window.actions_["projector-light"].trigger()
    projector.setGeometry(60, 70, 640, 420)
    projector.close()
    assert window.projector.window is None
    assert not window.actions_["projector"].isChecked()
    expected = Projection("unit", True, (60, 70, 640, 420), False)
    assert Settings().remembered.projection == expected
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window, "F9")
    again = window.projector.window
    assert again is not None
    assert again.geometry().getRect() == (60, 70, 640, 420)
    assert isinstance(again.view, UnitView)
    assert theme.theme_of(again) is Theme.LIGHT
    window.close()
    assert window.projector.window is None


def test_a_closed_one_costs_nothing(
    window: MainWindow, projector: ProjectorWindow, qtbot: QtBot
) -> None:
    destroyed = []
    projector.view.destroyed.connect(lambda: destroyed.append(True))
    press(window, "F9")
    qtbot.waitUntil(lambda: bool(destroyed))
    drawn(window, qtbot)
    assert window.projector.window is None


def test_it_is_made_small_on_the_only_screen(
    window: MainWindow, projector: ProjectorWindow
) -> None:
    assert len(QGuiApplication.screens()) == 1
    room = window.screen().availableGeometry()
    assert room.contains(projector.geometry())
    assert not projector.isFullScreen()
    assert projector.mapToGlobal(QPoint(0, 0)) != window.mapToGlobal(QPoint(0, 0))
    assert projector.windowFlags() & Qt.WindowType.Window
