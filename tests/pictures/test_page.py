"""Pages put together from blocks: nothing lies outside, nothing is lost."""

from pathlib import Path

import numpy as np
from PIL import Image

from lenet_gui.pictures.colours import Theme, diverging_lut
from lenet_gui.pictures.export import exported_sheet, save
from lenet_gui.pictures.exported import Exported, Table
from lenet_gui.pictures.grid.content import Caption, GridContent, Legend, Mark, Marked
from lenet_gui.pictures.grid.layout import GridLayout, Rect, Room, in_lines
from lenet_gui.pictures.grid.panel import Cell, Panel, Values
from lenet_gui.pictures.page import Beside, Grid, Inlay, Words, broken, page
from lenet_gui.pictures.sheet import Patch, Sheet, Text


class Named:
    def picture(self, picture: int) -> str:
        return f"map {picture}"

    def cell(self, cell: Cell) -> str:
        return f"row {cell.row}, column {cell.column}"

    def value(self, cell: Cell, value: float) -> str:
        return f"{value:.2f}"

    def unit(self, cell: Cell) -> None:
        return None


PANEL = Panel("maps", 3, 4, 4, Named())
VALUES = np.linspace(-1, 1, PANEL.count, dtype=np.float32)


def maker(room: Room) -> GridLayout:
    placed = in_lines(PANEL, Rect(4, 20, room.pixels(room.width) - 8, 200), 6, 20)
    labels = {"name": Rect(0, 0, 100, 16), "scale": Rect(110, 0, 150, 16)}
    return GridLayout(
        max(270, placed.bounds.right + 4), placed.bounds.bottom + 4, 1, (placed,), labels
    )


def grid() -> Grid:
    content = GridContent(
        {"maps": Values.of(PANEL, VALUES)},
        {"name": Caption.small("Maps"), "scale": Legend(1.0)},
        (Marked(Cell("maps", 1, 1, 1), Mark.CHOSEN), Marked.picture("maps", 0, Mark.TIED)),
        frozenset({("maps", 2)}),
    )
    return Grid(maker, content, 200)


def test_a_page_holds_words_grids_and_sheets_in_either_theme(tmp_path: Path) -> None:
    inlay = Inlay(Sheet("inner", 60, 40, "#ffffff", (Text(5, 20, "inside", 10, "#000000"),)))
    for theme in Theme:
        made = page(
            "A title", (grid(), Beside((Words(("left words",)), inlay)), Words(("end",))), theme
        )
        texts = [item.text for item in made.items if isinstance(item, Text)]
        assert texts[0] == "A title"
        assert {"Maps", "−1.00", "+1.00", "left words", "inside", "end"} <= set(texts)
        patches = [item for item in made.items if isinstance(item, Patch)]
        assert [patch.label for patch in patches if patch.label.startswith("map")] == [
            "map 0",
            "map 1",
            "map 2",
        ]
        lut = diverging_lut(theme)
        first = next(patch for patch in patches if patch.label == "map 0")
        assert tuple(first.colours[0, 0]) == tuple(lut[0])
        target = tmp_path / f"{theme}.png"
        save(exported_sheet(made), target, scale=1)
        with Image.open(target) as picture:
            assert picture.size == (made.width, made.height)
        save(exported_sheet(made), tmp_path / f"{theme}.svg")


def test_long_lines_are_broken_between_words() -> None:
    lines = broken(("one two three four five six", ""), 12, 60)
    assert "".join(lines).replace(" ", "") == "onetwothreefourfivesix"
    assert len(lines) > 2


def test_a_table_is_written_for_files_and_for_the_clipboard() -> None:
    table = Table(("name", "value"), (("a, b", 1), ("c", 0.5)))
    assert table.as_csv() == b'name,value\n"a, b",1\nc,0.5\n'
    assert table.as_text() == "name\tvalue\na, b\t1\nc\t0.5\n"
    exported = Exported("x", lambda theme: page("t", (), theme), table)
    assert exported.suffixes == (".png", ".svg", ".csv")


def test_colours_that_begin_at_0_are_written_right_behind_the_0() -> None:
    def lay_out(_room: Room) -> GridLayout:
        return GridLayout(200, 30, 1, (), {"scale": Rect(10, 0, 150, 16)})

    content = GridContent({}, {"scale": Legend(1.0, from_zero=True)})
    made = page("A title", (Grid(lay_out, content, 30),), Theme.LIGHT)
    zero = next(item for item in made.items if isinstance(item, Text) and item.text == "0")
    (bar,) = (item for item in made.items if isinstance(item, Patch))
    assert 0 < bar.x - zero.x <= 16
    assert tuple(bar.colours[0, 0]) == tuple(diverging_lut(Theme.LIGHT)[128])
