"""Grey is the same in every theme, and kinds have colours that nothing else has."""

import numpy as np
import pytest

from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.grid.colouring import colours_of, kind_colour
from lenet_gui.pictures.grid.content import GridContent, KindLegend
from lenet_gui.pictures.grid.layout import GridLayout, PlacedPanel, Rect
from lenet_gui.pictures.grid.on_sheet import grid_items
from lenet_gui.pictures.grid.panel import Cell, Colours, Panel, Values
from lenet_gui.pictures.sheet import Rectangle, Text


class Words:
    """Of cells without names."""

    def picture(self, picture: int) -> str:
        return "picture"

    def cell(self, cell: Cell) -> str:
        return "cell"

    def value(self, cell: Cell, value: float) -> str:
        return ""

    def unit(self, cell: Cell) -> None:
        return None


def panel(colours: Colours, columns: int) -> Panel:
    return Panel("panel", 1, 1, columns, Words(), colours)


@pytest.mark.parametrize("theme", list(Theme))
def test_grey_is_black_and_white_in_every_theme(theme: Theme) -> None:
    grey = panel(Colours.GREY, 3)
    found = colours_of(grey, Values.of(grey, [0.0, 100 / 255, 1.0]), theme)
    assert found[0, 0].tolist() == [[0] * 3, [100] * 3, [255] * 3]


@pytest.mark.parametrize("theme", list(Theme))
def test_kinds_follow_ink(theme: Theme) -> None:
    kinds, ink = panel(Colours.KINDS, 7), panel(Colours.INK, 2)
    found = colours_of(kinds, Values.of(kinds, [0.0, 1.0, 2, 3, 4, 5, np.nan]), theme)[0, 0]
    ends = colours_of(ink, Values.of(ink, [0.0, 1.0]), theme)[0, 0]
    assert np.array_equal(found[:2], ends)
    assert found[2:6].tolist() == [list(kind_colour(kind, theme)) for kind in (1, 2, 3, 4)]
    assert np.array_equal(found[6], ends[0])
    assert len({tuple(colour) for colour in found[:6].tolist()}) == 6


def test_the_legend_of_a_page_has_a_square_and_a_name_for_each() -> None:
    kinds = panel(Colours.KINDS, 1)
    placed = PlacedPanel(kinds, (9, 9), (Rect(0, 0, 9, 9),))
    layout = GridLayout(200, 60, 1.0, (placed,), {"legend": Rect(0, 20, 200, 40)})
    legend = KindLegend(((1, "lines"), (3, "specks"), (4, "neighbours")))
    items = grid_items(layout, GridContent({}, {"legend": legend}), Theme.LIGHT)
    texts = [item for item in items if isinstance(item, Text)]
    assert [text.text for text in texts] == ["lines", "specks", "neighbours"]
    wanted = ["#{:02x}{:02x}{:02x}".format(*kind_colour(k, Theme.LIGHT)) for k in (1, 3, 4)]
    squares = [item for item in items if isinstance(item, Rectangle) and item.colour in wanted]
    assert [square.colour for square in squares] == wanted
    assert texts[0].y == texts[1].y < texts[2].y
    assert all(0 <= square.x < 200 and square.y >= 20 for square in squares)
