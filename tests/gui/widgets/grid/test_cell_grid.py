"""The one grid: pointer, keys, menu, clipboard, pixel ratio, and what a screen reader reads."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QMouseEvent,
    QPalette,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.qimage import from_qimage
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid, Walk
from lenet_gui.net.layers import Unit
from lenet_gui.pictures.colours import Theme, diverging_lut
from lenet_gui.pictures.grid.content import Caption, GridContent, Legend, Mark, Marked, Run, Stroke
from lenet_gui.pictures.grid.layout import (
    GridLayout,
    PlacedPanel,
    Rect,
    Room,
    in_lines,
    one_picture,
)
from lenet_gui.pictures.grid.panel import Cell, Panel, Values
from tests.support.menus import choose, menu_of_cell
from tests.support.named import Named

MAPS = Panel("maps", 2, 3, 4, Named())
MORE = Panel("more", 1, 2, 2, Named())


def maker(room: Room) -> GridLayout:
    top = room.pixels(20)
    width, height = max(room.pixels(room.width), 60), max(room.pixels(room.height), 80)
    maps = in_lines(
        MAPS, Rect(4, top, width - 8, (height - top) // 2), room.pixels(6), 99, across=2
    )
    more = in_lines(MORE, Rect(4, maps.bounds.bottom + 8, 80, 40), 4, 12)
    labels = {"title": Rect(0, 0, width // 2, top), "scale": Rect(width // 2, 0, width // 2, top)}
    return GridLayout(width, height, room.ratio, (maps, more), labels)


def content() -> GridContent:
    values = np.linspace(-1.0, 1.0, MAPS.count, dtype=np.float32)
    return GridContent(
        {"maps": Values.of(MAPS, values), "more": Values.of(MORE, [[0.5, -0.5], [0.25, 0]])},
        {"title": Caption.small("Maps", tip="What maps are"), "scale": Legend(1.0)},
        (Marked(Cell("maps", 1, 0, 0), Mark.CHOSEN), Marked.picture("more", 0, Mark.FIELD)),
        frozenset({("maps", 0)}),
    )


@pytest.fixture
def grid(qtbot: QtBot, cell_commands: CellCommands) -> Iterator[CellGrid]:
    grid = CellGrid(cell_commands, maker)
    qtbot.addWidget(grid)
    grid.resize(300, 240)
    grid.show_content(content())
    with qtbot.waitExposed(grid):
        grid.show()
    return grid


def middle(grid: CellGrid, cell: Cell) -> QPoint:
    return grid.cell_rect(cell).center()


def hover(grid: CellGrid, point: QPoint) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(point),
        QPointF(grid.mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(grid, event)


def test_the_pointer_speaks_of_a_cell_and_a_click_holds_it(grid: CellGrid, qtbot: QtBot) -> None:
    cell = Cell("maps", 1, 2, 3)
    with qtbot.waitSignal(grid.pointed) as pointed:
        hover(grid, middle(grid, cell))
    assert pointed.args == [cell]
    assert grid.spoken == cell
    assert grid.held is None
    assert grid.accessibleDescription() == "map 1, row 2, column 3: +1.00"
    with qtbot.waitSignal(grid.held_changed) as held:
        QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=middle(grid, cell))
    assert held.args == [cell]
    hover(grid, middle(grid, Cell("more", 0, 0, 0)))
    assert grid.spoken == Cell("more", 0, 0, 0)
    QApplication.sendEvent(grid, QEvent(QEvent.Type.Leave))
    assert grid.spoken == cell


def test_what_the_pointer_was_over_is_let_go_when_something_else_lies_there(
    grid: CellGrid, qtbot: QtBot
) -> None:
    cell = Cell("maps", 1, 2, 3)
    point = middle(grid, cell)
    hover(grid, point)
    QApplication.sendEvent(grid, QHelpEvent(QEvent.Type.ToolTip, point, grid.mapToGlobal(point)))
    first = QToolTip.text()
    assert "map 1, row 2, column 3" in first
    grid.arrange(maker)
    grid.show_content(content())  # the same again
    assert (grid.spoken, QToolTip.text()) == (cell, first)
    grid.arrange(one_picture(MORE, 40))
    with qtbot.waitSignal(grid.pointed) as pointed:
        grid.show_content(GridContent())
    assert (pointed.args, grid.spoken, grid.accessibleDescription()) == ([None], None, "")
    qtbot.waitUntil(lambda: "map 1, row 2" not in QToolTip.text())


def test_the_keys_walk_over_cells_pictures_and_panels(grid: CellGrid) -> None:
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.held == MAPS.middle
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.held == Cell("maps", 0, 1, 1)
    QTest.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert grid.held == Cell("maps", 1, 1, 1)
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    assert grid.held == MORE.middle
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert grid.held == MORE.middle  # it cannot be let go here
    grid.can_let_go = True
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert grid.held is None


def test_pictures_are_walked_through_and_opened(qtbot: QtBot, cell_commands: CellCommands) -> None:
    grid = CellGrid(cell_commands, maker, Walk.PICTURES)
    qtbot.addWidget(grid)
    grid.resize(300, 240)
    grid.show_content(content())
    grid.show()
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.held == Cell("maps", 1, 0, 0)
    with qtbot.waitSignal(grid.activated) as opened:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert opened.args == [Cell("maps", 1, 0, 0)]
    with qtbot.waitSignal(grid.activated):
        QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=middle(grid, Cell("more", 0, 1, 1)))


def test_a_value_a_table_and_a_picture_are_copied(grid: CellGrid) -> None:
    clipboard = QGuiApplication.clipboard()
    cell = Cell("more", 0, 0, 1)
    choose(menu_of_cell(grid, cell), "Copy value")
    assert clipboard.text() == "-0.5"
    choose(menu_of_cell(grid, cell), "Copy as table")
    assert clipboard.text() == "map 0, row / column\t0\t1\n0\t0.5\t-0.5\n1\t0.25\t0"
    choose(menu_of_cell(grid, cell), "Copy picture")
    pixels = from_qimage(clipboard.image())
    assert pixels.shape == (256, 256, 3)
    lut = diverging_lut(
        Theme.LIGHT if grid.palette().window().color().lightness() > 127 else Theme.DARK
    )
    assert tuple(pixels[0, 255]) == tuple(lut[64])


@pytest.mark.parametrize(
    ("values", "table"),
    [
        ([[0.1, -1 / 3], [16_777_213, 1e-10]], "0.1\t-0.33333334\n16777213\t1e-10"),
        ([[12, 0], [-0.0, 1.23456789]], "12\t0\n-0\t1.2345679"),
        ([[3e38, 3e38], [1e-45, -2.5]], "3e+38\t3e+38\n1e-45\t-2.5"),
        ([[np.nan, np.inf], [-np.inf, 1]], "nan\tinf\n-inf\t1"),
    ],
)
def test_a_copied_table_has_as_many_digits_as_mean_the_values_alone(
    grid: CellGrid, values: list[list[float]], table: str
) -> None:
    grid.show_content(GridContent({"more": Values.of(MORE, values)}))
    choose(menu_of_cell(grid, Cell("more", 0, 0, 1)), "Copy as table")
    _, *lines = QGuiApplication.clipboard().text().split("\n")
    assert "\n".join(line.split("\t", 1)[1] for line in lines) == table
    read = np.array([line.split("\t") for line in table.split("\n")]).astype(np.float32)
    np.testing.assert_array_equal(read, np.array(values, np.float32))


def test_a_picture_is_saved(
    grid: CellGrid,
    cell_commands: CellCommands,
    qtbot: QtBot,
    tmp_path: Path,
    name_file: Callable[[Callable[[], object], Path], None],
) -> None:
    for suffix, start in ((".png", b"\x89PNG"), (".svg", b"<?xml")):
        target = tmp_path / f"picture{suffix}"
        menu = menu_of_cell(grid, Cell("maps", 0, 0, 0))
        with qtbot.waitSignal(cell_commands.parent().findChild(Notifier).noted):
            name_file(lambda menu=menu: choose(menu, "Save picture…"), target)
        assert target.read_bytes().startswith(start)


def test_a_unit_is_looked_up_elsewhere(
    grid: CellGrid, cell_commands: CellCommands, qtbot: QtBot
) -> None:
    menu = menu_of_cell(grid, Cell("maps", 1, 2, 0))
    with qtbot.waitSignal(cell_commands.show_requested) as asked:
        choose(menu, "Show in Unit")
    assert asked.args == ["unit", Unit("C3", 1, 2, 0)]


def test_the_menu_opens_by_its_key_on_what_is_held(grid: CellGrid) -> None:
    grid.hold(Cell("more", 0, 1, 0))
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(grid, QContextMenuEvent(reason, QPoint(0, 0), QPoint(0, 0)))
    choose(grid.findChild(QMenu, "cell-menu"), "Copy value")
    assert QGuiApplication.clipboard().text() == "0.25"


def test_tooltips_tell_cells_and_captions(grid: CellGrid) -> None:
    at = QPointF(middle(grid, Cell("maps", 0, 0, 0)))
    assert grid.explain(at) == "map 0, row 0, column 0: −1.00".replace("−", "-")
    assert grid.explain(QPointF(5, 5)) == "What maps are"
    assert grid.explain(QPointF(1, 239)) == ""


def test_a_screen_reader_reads_every_cell(grid: CellGrid) -> None:
    table = QAccessible.queryAccessibleInterface(grid)
    assert table.role() == QAccessible.Role.Table
    assert table.childCount() == MAPS.count + MORE.count
    names, values = QAccessible.Text.Name, QAccessible.Text.Value
    told = [(table.child(i).text(names), table.child(i).text(values)) for i in range(28)]
    assert told[0] == ("map 0, row 0, column 0", "-1.00")
    assert told[24] == ("map 0, row 0, column 0", "+0.50")
    assert table.child(28) is None
    assert table.indexOfChild(table.child(17)) == 17
    point = grid.mapToGlobal(middle(grid, Cell("maps", 1, 2, 3)))
    assert table.childAt(point.x(), point.y()).text(values) == "+1.00"
    grid.setFocus()
    grid.hold(Cell("more", 0, 1, 0))
    assert table.child(26).state().selected
    assert table.focusChild().text(values) == "+0.25"
    assert table.child(26).rect().center() == grid.mapToGlobal(middle(grid, Cell("more", 0, 1, 0)))


def test_a_screen_of_another_pixel_ratio_is_painted_anew(
    grid: CellGrid, monkeypatch: pytest.MonkeyPatch, pixels: Callable[[QWidget], np.ndarray]
) -> None:
    before = grid.layout_of
    assert before.ratio == 1.0
    monkeypatch.setattr(CellGrid, "devicePixelRatioF", lambda _self: 2.0)
    QApplication.sendEvent(grid, QEvent(QEvent.Type.DevicePixelRatioChange))
    after = grid.layout_of
    assert after.ratio == 2.0
    assert after.by_name["maps"].cell[0] > before.by_name["maps"].cell[0]
    assert after.panels[0].cell[0] == after.panels[0].cell[1]
    # The same place under the pointer is the same cell.
    cell = Cell("maps", 1, 1, 1)
    assert grid.cell_under(QPointF(middle(grid, cell))) == cell
    assert pixels(grid).size


def test_colours_follow_the_palette(
    grid: CellGrid, dark_palette: QPalette, pixels: Callable[[QWidget], np.ndarray]
) -> None:
    point = middle(grid, Cell("maps", 1, 0, 3))
    light = pixels(grid)[point.y(), point.x()]
    grid.setPalette(dark_palette)
    dark = pixels(grid)[point.y(), point.x()]
    assert int(light.sum()) != int(dark.sum())


def test_what_is_no_number_is_painted_as_zero(
    grid: CellGrid, pixels: Callable[[QWidget], np.ndarray]
) -> None:
    broken = np.zeros(MAPS.count, np.float32)
    broken[0] = np.nan
    grid.show_content(GridContent({"maps": Values.of(MAPS, broken)}))
    one, other = (middle(grid, Cell("maps", 0, 0, column)) for column in (0, 1))
    shown = pixels(grid)
    assert tuple(shown[one.y(), one.x()]) == tuple(shown[other.y(), other.x()])


def test_a_picture_of_more_cells_than_pixels_is_scaled(
    qtbot: QtBot, cell_commands: CellCommands, pixels: Callable[[QWidget], np.ndarray]
) -> None:
    fine = Panel("fine", 1, 200, 200, Named())

    def scaled(room: Room) -> GridLayout:
        placed = PlacedPanel(fine, (1, 1), (Rect(5, 5, 90, 90),))
        return GridLayout(100, 100, room.ratio, (placed,))

    grid = CellGrid(cell_commands, scaled)
    qtbot.addWidget(grid)
    grid.resize(100, 100)
    stripes = np.zeros((200, 200), np.float32)
    stripes[:, ::2] = 1.0  # thinner than pixels
    grid.show_content(GridContent({"fine": Values.of(fine, stripes)}))
    with qtbot.waitExposed(grid):
        grid.show()
    row = pixels(grid)[50, 10:90].astype(int)
    low, high = (diverging_lut(Theme.LIGHT).astype(int)[index] for index in (128, 255))
    between = np.abs(row - low).sum(axis=1) + np.abs(row - high).sum(axis=1)
    assert np.abs(between - np.abs(high - low).sum()).max() <= 9  # mixed from both
    assert (np.abs(row - low).sum(axis=1) > 0).mean() > 0.5
    hover(grid, QPoint(5, 50))
    assert grid.hovered == Cell("fine", 0, 100, 0)
    hover(grid, QPoint(94, 94))
    assert grid.hovered.column >= 197


def test_lines_lie_over_pictures_and_lit_captions_stand_out(
    grid: CellGrid, pixels: Callable[[QWidget], np.ndarray]
) -> None:
    before = pixels(grid).astype(int)
    line = Stroke("maps", 0, ((0, 1.5), (4, 1.5)), Mark.FIELD, 2)
    lit = Caption(((Run("Maps"),),), is_lit=True)
    shown = content()
    grid.show_content(replace(shown, strokes=(line,), labels={**shown.labels, "title": lit}))
    changed = np.abs(pixels(grid).astype(int) - before).sum(axis=2) > 0
    picture = grid.picture_rect(Cell("maps", 0, 0, 0))
    half = picture.top() + picture.height() // 2
    inside = slice(picture.left() + 1, picture.right())
    assert changed[half - 1 : half + 1, inside].any(axis=0).all()
    title = grid.layout_of.labels["title"]
    assert changed[title.y + 1, title.x + 1 : title.right - 1].all()
    assert not changed[picture.bottom() + 3 :].any()


def test_the_page_keys_ask_for_another_panel_where_there_is_one_alone(
    qtbot: QtBot, cell_commands: CellCommands
) -> None:
    grid = CellGrid(cell_commands, one_picture(MORE, 40))
    qtbot.addWidget(grid)
    with qtbot.waitSignal(grid.panel_stepped) as stepped:
        QTest.keyClick(grid, Qt.Key.Key_PageDown)
    assert stepped.args == [1]
    assert grid.held is None
