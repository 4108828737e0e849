"""A grid keeps what it has painted; it always looks as one that shows the same from the start."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.pictures.grid.content import Caption, GridContent, Legend, Mark, Marked, Stroke
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, in_lines
from lenet_gui.pictures.grid.panel import Cell, Colours, Panel, Values
from tests.support.named import Named

Pixels = Callable[[QWidget], np.ndarray]


MAPS, MORE = Panel("maps", 4, 3, 4, Named()), Panel("more", 1, 2, 2, Named())
INK = Panel("ink", 2, 5, 5, Named(), Colours.INK)
COUNTS = Panel("counts", 1, 3, 3, Named(), Colours.COUNTS)
WIDE, HIGH = Panel("turned", 1, 2, 6, Named()), Panel("turned", 1, 4, 3, Named())
"""One panel, in a wide room and in a narrow one."""


def roomy(room: Room) -> GridLayout:
    top, width = room.pixels(20), max(room.pixels(room.width), 120)
    maps = in_lines(
        MAPS, Rect(4, top + 4, width - 8, room.pixels(60)), room.pixels(6), 99, across=4
    )
    below = maps.bounds.bottom + 8
    more = in_lines(MORE, Rect(4, below, 60, 40), 4, 12)
    ink = in_lines(INK, Rect(70, below, 100, 40), 4, 12, across=2)
    counts = PlacedPanel(COUNTS, (1, 1), (Rect(4, below + 50, 20, 20),))  # scaled
    labels = {"title": Rect(0, 0, width // 2, top), "scale": Rect(width // 2, 0, width // 2, top)}
    height = max(room.pixels(room.height), below + 80)
    turned = in_lines(WIDE if width > 250 else HIGH, Rect(40, below + 50, 60, 25), 4, 12)
    return GridLayout(width, height, room.ratio, (maps, more, ink, counts, turned), labels)


def narrow(room: Room) -> GridLayout:
    """Smaller than the widget, without captions, and with fewer panels."""
    return GridLayout(120, 90, room.ratio, (in_lines(MAPS, Rect(4, 8, 100, 60), 4, 12, across=2),))


class Striped(CellGrid):
    """One that paints under its pictures."""

    is_seen_through = True

    def paint_under(self, painter: QPainter) -> None:
        for x in range(0, self.width(), 8):
            painter.fillRect(x, 0, 3, self.height(), self.looks.accent)


@pytest.fixture(params=[CellGrid, Striped])
def made(
    request: pytest.FixtureRequest, qtbot: QtBot, cell_commands: CellCommands
) -> Iterator[Callable[[Maker], CellGrid]]:
    """`made(maker)`: a grid that is seen."""

    def make(maker: Maker) -> CellGrid:
        grid: CellGrid = request.param(cell_commands, maker)
        qtbot.addWidget(grid)
        grid.resize(300, 240)
        grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each is a window, and would take the focus
        with qtbot.waitExposed(grid):
            grid.show()
        return grid

    return make


def some(chance: np.random.Generator, before: GridContent) -> GridContent:
    """Content of which a part is another one than before."""
    values, labels = dict(before.values), dict(before.labels)
    panel = (MAPS, MORE, INK, COUNTS, WIDE)[chance.integers(5)]
    match chance.integers(7):
        case 0:
            values.pop(panel.name, None)
        case 1 | 2:
            numbers = chance.integers(0, 9, panel.count) / (1 if panel is COUNTS else 8)
            limits = chance.uniform(0.5, 3, panel.pictures) if panel is MAPS else 1.0
            values[panel.name] = Values.of(panel, numbers, limits)
        case 3:
            kept = np.linspace(-1, 1, MAPS.count, dtype=np.float32)
            kept[chance.integers(4)] = (np.nan, np.inf, -np.inf, 3e38)[chance.integers(4)]
            values["maps"] = Values.of(MAPS, kept, 0.5)
        case 4:
            labels["scale"] = Legend((None, 0.02, 1.0, 1.001, 2.5)[chance.integers(5)])
        case 5:
            labels["title"] = Caption.small("maps"[: chance.integers(5)])
            labels.pop(("title", "scale")[chance.integers(2)], None)
        case 6:
            faint = {("maps", int(chance.integers(4)))} if chance.random() < 0.5 else set()
            cell = Cell("maps", int(chance.integers(4)), int(chance.integers(3)), 1)
            return replace(
                before,
                marks=(Marked(cell, Mark.CHOSEN), Marked.picture("more", 0, Mark.TIED)),
                faint=frozenset(faint),
                strokes=(Stroke("maps", cell.picture, ((0, 0), (3, 2)), Mark.FIELD),),
            )
    return replace(before, values=values, labels=labels)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_has_changed_it_looks_as_if_shown_at_once(
    made: Callable[[Maker], CellGrid], pixels: Pixels, dark_palette: QPalette, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    grid, maker, content = made(roomy), roomy, GridContent()
    palettes, palette = (QPalette(), dark_palette), QPalette()
    for step in range(40):
        content = some(chance, content)
        grid.show_content(content)
        match chance.integers(12):
            case 0:
                palette = palettes[chance.integers(2)]
                grid.setPalette(palette)
            case 1:
                grid.resize(int(chance.integers(120, 400)), int(chance.integers(90, 300)))
            case 2:
                maker = narrow if maker is roomy else roomy
                grid.arrange(maker)
                grid.show_content(content)
            case 3:
                grid.hide()
                content = some(chance, content)
                grid.show_content(content)
                grid.show()
            case 4:
                grid.hold(Cell("maps", int(chance.integers(4)), 0, 0))
        shown = pixels(grid)
        if step % 5 == 0:
            fresh = made(maker)
            fresh.setPalette(palette)
            fresh.resize(grid.size())
            fresh.hold(grid.held)
            fresh.show_content(content)
            np.testing.assert_array_equal(shown, pixels(fresh))
            fresh.hide()


def test_a_screen_of_another_pixel_ratio_gets_pictures_of_its_own(
    made: Callable[[Maker], CellGrid], pixels: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, content = np.random.default_rng(8), GridContent()
    for _ in range(20):
        content = some(chance, content)
    grid, before = made(roomy), made(roomy)
    for each in (grid, before):
        each.show_content(content)
    first = pixels(grid)
    monkeypatch.setattr(CellGrid, "devicePixelRatioF", lambda _self: 2.0)
    fresh = made(roomy)
    fresh.show_content(content)
    QApplication.sendEvent(grid, QEvent(QEvent.Type.DevicePixelRatioChange))
    np.testing.assert_array_equal(pixels(grid), pixels(fresh))
    monkeypatch.undo()
    QApplication.sendEvent(grid, QEvent(QEvent.Type.DevicePixelRatioChange))
    np.testing.assert_array_equal(pixels(grid), first)
    np.testing.assert_array_equal(first, pixels(before))
