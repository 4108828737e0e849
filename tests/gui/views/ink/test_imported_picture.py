"""The ink view begins with an imported picture as it came; its steps can be left out, too."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from lenet_gui.data.pictures.steps import Dropped
from lenet_gui.explore.preprocessing import OF_ALL, OF_PICTURES, Step
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.views.ink.state import InkState
from lenet_gui.gui.views.ink.step_grid import LEGEND
from lenet_gui.gui.views.ink.view import InkView
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.grid.content import KindLegend
from lenet_gui.pictures.grid.panel import Cell
from lenet_gui.pictures.sheet import Patch, Text
from tests.support.pictures import Picture, messy, row_of

Opened = Callable[[Picture], InkView]


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Opened:
    """`opened(picture)`: the ink view, with the picture read."""

    def open_picture(picture: Picture) -> InkView:
        file = tmp_path / "picture.png"
        Image.fromarray(picture).save(file)
        window.view_stack.turn_to("ink")
        view = window.view_stack.view
        assert isinstance(view, InkView)
        window.canvas_panel.open_picture(file)
        qtbot.waitUntil(lambda: window.canvas.pictures.is_settled and window.live.is_settled)
        qtbot.waitUntil(lambda: view.is_settled)
        return view

    return open_picture


def click(view: InkView, step: Step) -> None:
    switch = next(card.switch for card in view.cards if card.step is step)
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(8, switch.height() // 2))


def test_every_step_from_the_picture_to_the_input_is_shown(
    window: MainWindow, opened: Opened, drawn: Callable[[], None]
) -> None:
    view = opened(messy(7))
    assert [card.step for card in view.cards] == list(Step)
    titles = [card.title.text() for card in view.cards]
    assert titles[:4] == ["1 Picture", "2 Paper removed", "3 Digit alone", "4 Painted"]
    assert view.headline.text() == "With every step: 7"
    told = [card.details.text() for card in view.cards[:3]]
    assert told == ["200×200 pixels", "dark ink on lighter paper", ""]
    picture, _, alone = (card.picture for card in view.cards[:3])
    assert not view.cards[0].switch.isVisible()
    assert picture.value_text(Cell("picture", 0, 0, 0)) == "brightness 0.78"
    assert alone.value_text(Cell("picture", 0, 20, 100)) == "dropped: printed lines"
    assert alone.content.labels[LEGEND] == KindLegend(
        ((Dropped.LINE, "printed lines"), (Dropped.SPECK, "specks"))
    )
    assert picture.content.strokes == ()
    window.canvas.clear()
    drawn()
    assert [card.step for card in view.cards] == list(OF_ALL)
    assert view.cards[0].title.text() == "1 Painted"


def test_what_was_removed_decides_the_answer(opened: Opened, qtbot: QtBot) -> None:
    view = opened(messy(7))
    click(view, Step.DROPPED)
    assert view.headline.text().startswith("Without dropping anything: ")
    assert view.headline.text().endswith(" instead of 7")
    assert view.preprocessing is not None
    assert view.preprocessing.box.height > 150 / 200 * 224  # from line to line
    assert view.cards[2].details.text() == "all ink counts"
    assert LEGEND not in view.cards[2].picture.layout_of.labels
    said = [card.alone.text() for card in view.cards]
    assert said[0] == ""
    assert "7" not in said[2].removeprefix("without it: ").split(",")[0]
    click(view, Step.DROPPED)
    click(view, Step.PAPER)
    assert view.headline.text().startswith("Without removing the paper: ")
    assert view.preprocessing.painted[0].min() == pytest.approx(55 / 255, abs=0.01)
    QTest.mouseClick(view.all_on, Qt.MouseButton.LeftButton)
    assert view.headline.text() == "With every step: 7"
    assert view.reading is not None
    assert np.array_equal(view.preprocessing.input, view.reading.input)


def test_a_picture_of_several_digits_shows_why_it_has_no_answer(
    window: MainWindow, opened: Opened, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    view = opened(row_of(1, 7, 2))
    assert [card.step for card in view.cards] == list(OF_PICTURES)
    assert view.headline.text() == "Several digits: 3"
    assert view.empty.sentence == ""
    assert view.cards[2].details.text() == "several digits: 3"
    assert len(view.cards[2].picture.content.strokes) == 3  # around each
    assert not any(card.switch.isEnabled() for card in view.cards)
    assert view.exported() is None
    picker = window.canvas.picker
    one, other = picker.on_widget(118, 4), picker.on_widget(218, 108)
    QTest.mousePress(picker, Qt.MouseButton.LeftButton, pos=one.toPoint())
    QTest.mouseMove(picker, other.toPoint())
    QTest.mouseRelease(picker, Qt.MouseButton.LeftButton, pos=other.toPoint())
    qtbot.waitUntil(lambda: view.headline.text() == "With every step: 7")
    assert view.cards[0].details.text() == "336×112 pixels,\nread in the rectangle"
    assert len(view.cards[0].picture.content.strokes) == 1
    assert all(card.switch.isEnabled() for card in view.cards)


def test_an_enlarged_step_of_a_picture_gives_way_to_a_drawing(
    window: MainWindow, opened: Opened, drawn: Callable[[], None]
) -> None:
    view = opened(messy(2))
    QTest.mouseClick(view.cards[2].picture, Qt.MouseButton.LeftButton)
    assert view.state == InkState(enlarged=Step.DROPPED)
    QTest.keyClick(view.enlarged.picture, Qt.Key.Key_PageUp)
    QTest.keyClick(view.enlarged.picture, Qt.Key.Key_PageUp)
    assert view.state == InkState(enlarged=Step.PICTURE)
    view.restore(InkState(frozenset({Step.DROPPED}), Step.PAPER))
    assert view.state == InkState(frozenset({Step.DROPPED}), Step.PAPER)
    window.canvas.clear()
    drawn()
    assert view.headline.text() == "With every step: 3"  # a drawing has nothing to drop
    assert view.state.enlarged is Step.PAINTED


def test_the_page_has_every_step(opened: Opened) -> None:
    view = opened(messy(7))
    exported = view.exported()
    assert exported is not None
    assert set(exported.arrays) == {step.name.lower() for step in Step}
    assert exported.arrays["picture"].shape == (200, 200)
    rows = list(csv.DictReader(io.StringIO(exported.table.as_csv().decode())))
    assert [row["step"] for row in rows][:3] == ["picture", "paper", "dropped"]
    assert rows[0]["read without it as"] == ""
    assert rows[2]["read without it as"] not in ("", "7")
    for theme in Theme:
        items = exported.sheet(theme).items
        texts = {item.text for item in items if isinstance(item, Text)}
        assert {"1 Picture", "printed lines", "specks"} <= texts
        patches = {item.label: item for item in items if isinstance(item, Patch)}
        paper = patches["Picture"].colours[100, 2].tolist()
        assert paper == [200, 200, 200]


def test_strokes_over_a_picture_are_read_with_it(
    window: MainWindow, opened: Opened, qtbot: QtBot
) -> None:
    view = opened(messy(1))
    before = view.preprocessing
    assert before is not None
    centre = window.canvas.area.center()
    QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=centre)
    QTest.mouseMove(window.canvas, centre + QPoint(60, 0))
    QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=centre + QPoint(60, 0))
    qtbot.waitUntil(lambda: window.live.drawing is window.canvas.drawing)
    assert view.preprocessing is not None
    assert view.preprocessing.box.width > before.box.width
    assert len(view.cards) == len(Step)
    click(view, Step.DROPPED)
    assert view.preprocessing.painted[112, 150] > 0.5  # the stroke is there, too


def test_strokes_over_several_digits_make_them_a_drawing_with_every_step(
    window: MainWindow, opened: Opened, qtbot: QtBot
) -> None:
    view = opened(row_of(2, 7))
    assert [card.step for card in view.cards] == list(OF_PICTURES)
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=window.canvas.area.center())
    qtbot.waitUntil(lambda: window.live.drawing is window.canvas.drawing and view.is_settled)
    assert view.preprocessing is not None
    assert [card.step for card in view.cards] == list(view.preprocessing.steps) == list(Step)
    assert all(card.picture.content.values for card in view.cards)
