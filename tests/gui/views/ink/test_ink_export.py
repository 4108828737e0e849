"""The ink view's state comes back, and what it gives away is what it shows."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.explore.preprocessing import OF_ALL, Step
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.views.ink.picture import StepPicture
from lenet_gui.gui.views.ink.state import InkState
from lenet_gui.gui.views.ink.view import InkView
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.export import save
from lenet_gui.pictures.grid.panel import Cell
from lenet_gui.pictures.sheet import Patch, Text
from lenet_gui.plain_json import from_json, to_json


@pytest.fixture
def view(window: MainWindow) -> InkView:
    window.view_stack.turn_to("ink")
    view = window.view_stack.view
    assert isinstance(view, InkView)
    return view


def states() -> st.SearchStrategy[InkState]:
    steps = st.sampled_from(OF_ALL)
    return st.builds(InkState, st.frozensets(steps), st.none() | steps)


def middle(picture: StepPicture, row: int, column: int) -> QPoint:
    return picture.cell_rect(Cell("picture", 0, row, column)).center()


@given(states())
def test_every_state_comes_back_equal_from_json(state: InkState) -> None:
    assert from_json(InkState, to_json(state)) == state


def test_the_view_comes_back_to_every_state(view: InkView, drawn: Callable[[], None]) -> None:
    view.restore(InkState(frozenset({Step.BOX}), Step.MASS))  # before anything is drawn
    assert view.state == InkState(frozenset({Step.BOX}), Step.MASS)
    drawn()

    @settings(max_examples=12)
    @given(states())
    def comes_back(state: InkState) -> None:
        view.restore(state)
        assert view.state == state
        assert view.enlarged.isVisible() is (state.enlarged is not None)

    comes_back()
    view.restore(InkState())
    view.cards[2].switch.click()
    QTest.mouseClick(view.cards[0].picture, Qt.MouseButton.LeftButton)
    assert view.state == InkState(frozenset({Step.MASS}), Step.PAINTED)
    QTest.keyClick(view.enlarged.picture, Qt.Key.Key_PageDown)
    assert view.state == InkState(frozenset({Step.MASS}), Step.BOX)


def test_what_is_taken_away_is_what_is_shown(
    view: InkView, drawn: Callable[[], None], tmp_path: Path
) -> None:
    assert view.exported() is None  # nothing is drawn
    drawn()
    view.restore(InkState(frozenset({Step.FRAME})))
    exported = view.exported()
    assert exported is not None
    for step in OF_ALL:
        array = exported.arrays[step.name.lower()]
        np.testing.assert_array_equal(array, view.preprocessing.picture(step))
    rows = list(csv.DictReader(io.StringIO(exported.table.as_csv().decode())))
    assert [row["step"] for row in rows if row["taken"] == "no"] == ["frame"]
    for row, card in zip(rows, view.cards, strict=True):
        assert f"{row['read without it as']}, margin " in card.alone.text()
        assert f"{float(row['margin without it']):.2f}" in card.alone.text()
    for theme in Theme:
        sheet = exported.sheet(theme)
        texts = [item.text for item in sheet.items if isinstance(item, Text)]
        assert texts[0] == "Preprocessing"
        assert view.headline.text() in texts
        assert "4 28×28, left out" in texts
        for card in view.cards:
            assert set(card.details.text().split("\n")) | {card.alone.text()} <= set(texts)
        patches = {item.label: item for item in sheet.items if isinstance(item, Patch)}
        shape = patches["Painted"].colours.shape[:2]
        assert shape == view.preprocessing.painted.shape  # a whole unit for each point
        save(exported, tmp_path / f"{theme}.png", theme, 1)


def test_a_pixel_is_copied_and_read_aloud(view: InkView, drawn: Callable[[], None]) -> None:
    drawn()
    picture = view.cards[5].picture
    point = middle(picture, 16, 15)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(picture, QContextMenuEvent(reason, point, picture.mapToGlobal(point)))
    menu = picture.findChild(QMenu, "cell-menu")
    assert [action.text() for action in menu.actions()][-1] == "&Save picture…"  # it is no unit
    menu.setActiveAction(next(each for each in menu.actions() if each.text() == "Copy &value"))
    QTest.keyClick(menu, Qt.Key.Key_Return)
    value = float(view.preprocessing.input[16, 15])
    assert float(QGuiApplication.clipboard().text()) == pytest.approx(value, rel=1e-6)
    table = QAccessible.queryAccessibleInterface(picture)
    assert table.childCount() == 32 * 32
    told = table.child(16 * 32 + 15)
    assert told.text(QAccessible.Text.Name) == "row 16, column 15"
    assert told.text(QAccessible.Text.Value) == f"{value:+.3f}".replace("-", "−")
    assert picture.explain(point.toPointF()).endswith("Click, or press Enter, to enlarge")


def test_the_painted_sheet_fills_its_place_and_every_point_is_found(
    view: InkView, drawn: Callable[[], None], pixels: Callable[[QWidget], np.ndarray]
) -> None:
    drawn()
    picture, painted = view.cards[0].picture, view.preprocessing.painted
    place = picture.picture_rect(Cell("picture", 0, 0, 0))
    assert place.width() < painted.shape[1]  # more points than pixels
    assert min(picture.width(), picture.height()) - place.width() <= 8
    rows, columns = np.nonzero(painted == 1.0)
    inked = int(rows[len(rows) // 2]), int(columns[len(rows) // 2])
    at = middle(picture, *inked)
    found = picture.cell_under(at.toPointF())
    assert abs(found.row - inked[0]) <= 1
    assert abs(found.column - inked[1]) <= 1
    shown = pixels(picture)
    assert int(shown[at.y(), at.x()].sum()) < int(shown[place.top() + 8, place.left() + 8].sum())


def test_another_screen_and_other_colours_are_painted_anew(
    view: InkView,
    drawn: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    dark_palette: QPalette,
    pixels: Callable[[QWidget], np.ndarray],
) -> None:
    drawn()
    picture = view.cards[4].picture
    before = picture.layout_of
    monkeypatch.setattr(StepPicture, "devicePixelRatioF", lambda _self: 2.0)
    QApplication.sendEvent(picture, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert picture.layout_of.ratio == 2.0
    assert picture.layout_of.panels[0].cell[0] >= 2 * before.panels[0].cell[0]
    monkeypatch.undo()
    QApplication.sendEvent(picture, QEvent(QEvent.Type.DevicePixelRatioChange))
    corner = middle(picture, 0, 0)
    light = pixels(picture)[corner.y(), corner.x()]
    picture.setPalette(dark_palette)
    assert int(pixels(picture)[corner.y(), corner.x()].sum()) < int(light.sum())


def test_the_focus_is_seen_on_the_picture_that_has_it(
    view: InkView, drawn: Callable[[], None]
) -> None:
    drawn()
    first, second = view.cards[0].picture, view.cards[1].picture
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert first.held is not None
    second.setFocus(Qt.FocusReason.TabFocusReason)
    assert first.held is None
    assert second.held is not None
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert view.state.enlarged is Step.BOX
    QTest.keyClick(view.enlarged.picture, Qt.Key.Key_Return)
    assert view.state.enlarged is None


def test_an_enlarged_step_outlasts_the_drawing(
    window: MainWindow, view: InkView, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    drawn()
    window.cell_commands.enlarge(view.cards[3].picture, Cell("picture", 0, 0, 0))
    dialog = window.findChild(QDialog, "enlarged")
    assert dialog.picture.value_text(Cell("enlarged", 0, 14, 14)).startswith("ink ")
    window.canvas.clear()
    qtbot.waitUntil(lambda: view.preprocessing is None)
    assert dialog.isVisible()
    drawn()
    assert dialog.picture.value_text(Cell("enlarged", 0, 14, 14)).startswith("ink ")
    dialog.close()
