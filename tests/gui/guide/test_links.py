"""F1, and every small question mark of the window, open the guide where it explains them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.guide_link import GuideLabel
from lenet_gui.gui.core.view_table import VIEWS
from lenet_gui.gui.portraits import draw
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.guide.places import Place, field_place, layer_place, view_place
from lenet_gui.net.layers import LAYERS, UNIT_LAYERS
from lenet_gui.pictures.grid.panel import Cell
from lenet_gui.text.units import layer_name
from lenet_gui.training.recipe import FIELDS

ReadAt = Callable[[], str]
WITH_LAYERS = ("maps", "unit", "weights", "compare")


def press_f1(widget: QWidget | None = None) -> None:
    QTest.keyClick(widget or QApplication.focusWidget(), Qt.Key.Key_F1)


def drawn(window: MainWindow, qtbot: QtBot) -> None:
    """Draws a digit, and waits for its maps."""
    draw(window)
    qtbot.waitUntil(lambda: window.live.reading is not None)


def test_f1_opens_the_guide_for_what_has_the_focus(
    window: MainWindow, qtbot: QtBot, read_at: ReadAt
) -> None:
    drawn(window, qtbot)
    window.canvas.setFocus()
    press_f1()
    assert read_at() == "drawing"
    window.answer_view.bars.setFocus()
    press_f1(window.answer_view.bars)
    assert read_at() == "answer"
    reader = window.guide_opener.guide
    assert reader is not None
    reader.page.setFocus()
    window.training.line.follow.setFocus()
    press_f1(window.training.line.follow)
    assert read_at() == "training"
    assert reader.focusWidget() is reader.search  # what is typed next is searched for
    window.maps.canvas.setFocus()
    window.maps.canvas.hold(None)
    press_f1(window.maps.canvas)
    assert read_at() == "maps"
    window.maps.canvas.hold(Cell("C3", 4, 0, 0))
    press_f1(window.maps.canvas)
    assert read_at() == "layers#c3"


def test_f1_opens_the_guide_for_the_view_that_came_to_the_front(
    window: MainWindow, read_at: ReadAt
) -> None:
    window.canvas.setFocus()
    for entry in VIEWS[1:3]:
        window.actions_[f"view-{entry.name}"].trigger()
        press_f1(window)
        assert read_at() == entry.name
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton)
    window.setFocus()
    window.canvas.setFocus()
    press_f1(window.canvas)
    assert read_at() == "drawing"


def test_f1_opens_the_guide_for_the_field_of_the_recipe(
    window: MainWindow, read_at: ReadAt
) -> None:
    window.training.set_folded(folded=False)
    for name in ("epochs", "data", "loss", "learning_rate"):
        window.training.panes.recipe.form.editor(name).setFocus()
        press_f1()
        assert read_at() == field_place(name).link


def test_f1_in_the_guide_goes_to_its_beginning(
    window: MainWindow, read_at: ReadAt, qtbot: QtBot
) -> None:
    window.canvas.setFocus()
    press_f1()
    opened = window.guide_opener.guide
    opened.page.setFocus()
    qtbot.waitUntil(opened.isActiveWindow)
    press_f1(opened.page)
    assert read_at() == "index"
    window.guide_opener.open(Place("causes"))
    opened.page.setFocus()
    QTest.keyClick(opened.page, Qt.Key.Key_Tab)
    QTest.keyClick(opened.page, Qt.Key.Key_Return)
    qtbot.waitUntil(opened.picture.isActiveWindow)
    press_f1(opened.picture)
    assert read_at() == "index"


def test_the_menu_opens_the_guide_and_its_page_of_shortcuts(
    window: MainWindow, read_at: ReadAt
) -> None:
    window.actions_["shortcuts"].trigger()
    assert read_at() == "shortcuts"
    words = window.guide_opener.guide.page.toPlainText()
    for keys in ("Ctrl+O", "Ctrl+Z", "Ctrl+E", "F5", "Alt+2", "F11", "Right button", "Shift and"):
        assert keys in words
    for menu in window.actions_.menus.values():
        for action in menu.actions():
            assert all(key.toString() in words for key in action.shortcuts()), action.text()


def test_the_guide_stands_beside_the_window_and_does_not_hold_it(
    window: MainWindow, read_at: ReadAt
) -> None:
    window.actions_["guide"].trigger()
    draw(window)
    assert not window.canvas.drawing.is_empty
    assert read_at()


def test_the_size_of_the_guide_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["guide"].trigger()
    window.guide_opener.guide.resize(777, 555)
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    again.actions_["guide"].trigger()
    assert again.guide_opener.guide.size().toTuple() == (777, 555)
    again.close()


def test_the_question_mark_beside_the_tabs_is_for_the_view_in_front(
    window: MainWindow, read_at: ReadAt
) -> None:
    button = window.view_stack.guide_button
    for entry in VIEWS:
        window.view_stack.turn_to(entry.name)
        title = entry.title.replace("&", "")
        assert button.isVisible()
        assert button.accessibleName() == f"Guide: {title}"
        assert title in button.toolTip()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert read_at() == view_place(entry.name).link


def test_every_title_of_a_layer_has_a_question_mark(
    window: MainWindow, read_at: ReadAt, qtbot: QtBot
) -> None:
    draw(window)
    qtbot.waitUntil(lambda: window.live.reading is not None)
    for name in WITH_LAYERS:
        window.view_stack.turn_to(name)
        view = window.view_stack.view
        qtbot.waitUntil(lambda view=view: view.is_settled)
        found = set()
        for grid in view.findChildren(CellGrid):
            marks = grid.guide_marks
            for mark in marks.values():
                place = grid.guide_at(mark.center())
                found.add(place)
                click(grid, mark.center())
                assert read_at() == place.link
                assert grid.explain(mark.center()).startswith("What the guide says about")
        wanted = {"maps": LAYERS, "unit": ("output", "F6", "Input")}.get(name, UNIT_LAYERS[:-1])
        assert {layer_place(layer) for layer in wanted} <= found, name


def click(grid: CellGrid, place: QPointF) -> None:
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place.toPoint())


def test_a_question_mark_is_no_cell_and_chooses_none(window: MainWindow, qtbot: QtBot) -> None:
    drawn(window, qtbot)
    canvas = window.maps.canvas
    canvas.hold(None)
    click(canvas, canvas.guide_marks["C1"].center())
    assert canvas.held is None
    QTest.mouseMove(canvas, canvas.guide_marks["S2"].center().toPoint())
    assert canvas.cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(canvas, canvas.rect().bottomRight())
    assert canvas.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_every_label_of_a_recipes_field_is_a_link(window: MainWindow, read_at: ReadAt) -> None:
    window.resize(1300, 1000)
    window.training.set_folded(folded=False)
    window.training.commands.all_settings.setChecked(True)
    for name in FIELDS:
        label = window.training.panes.recipe.form.cell(name).label
        assert isinstance(label, GuideLabel), name
        assert label.accessibleDescription() == f"Guide: {FIELDS[name].label}"
        QTest.mouseClick(label, Qt.MouseButton.LeftButton)
        assert read_at() == field_place(name).link


def test_screen_readers_find_the_question_marks_of_layers(window: MainWindow) -> None:
    canvas = window.maps.canvas
    table = QAccessible.queryAccessibleInterface(canvas)
    count = table.childCount()
    marks = [table.child(count - number) for number in range(len(LAYERS), 0, -1)]
    names = [mark.text(QAccessible.Text.Name) for mark in marks]
    assert sorted(names) == sorted(f"Guide: {layer_name(layer)}" for layer in LAYERS)
    for mark in marks:
        assert mark.role() is QAccessible.Role.Link
        centre = canvas.mapFromGlobal(mark.rect().center())
        assert canvas.guide_at(QPointF(centre)) is not None
        assert table.child(table.indexOfChild(mark)).rect() == mark.rect()
    assert table.child(count) is None


@pytest.mark.parametrize("layer", ["C1", "F6"])
def test_the_menu_of_a_cell_leads_to_its_layer(
    window: MainWindow, read_at: ReadAt, layer: str
) -> None:
    canvas = window.maps.canvas
    menu = window.cell_commands.menu(canvas, Cell(layer, 0, 0, 0))
    (action,) = [each for each in menu.actions() if each.text() == f"&Guide: {layer}"]
    action.trigger()
    assert read_at() == layer_place(layer).link
    menu.close()
