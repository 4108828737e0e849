"""The labelled picture of all layers: from the input down on the left, the answer on the right."""

from typing import TYPE_CHECKING

from lenet_gui.net.layers import INPUT
from lenet_gui.pictures.colours import Scale
from lenet_gui.pictures.output_column import COLUMN_WIDTH, output_column
from lenet_gui.pictures.painted import C5_COLUMNS, Painted, Style, shortened
from lenet_gui.pictures.sheet import (
    BAR_FIGURE,
    GRID,
    MARGIN,
    NAME_SIZE,
    SMALL_SIZE,
    TEXT_SIZE,
    TITLE_SIZE,
    Item,
    Sheet,
    Text,
)

if TYPE_CHECKING:
    from lenet_gui.explore.reading import Reading

_MAPS_WIDTH = 564
"""Six maps of C1 and eight of C3 end on the same edge: 5 * 96 + 84 = 7 * 72 + 60."""

_INPUT_CELL = 3
_C5_CELL = 18
_HEADING = 3 * GRID
_CAPTION = 20
_GAP = 2 * GRID

# For each layer of maps: maps in a row, units from map to map, units of a cell.
_ROWS = {"C1": (6, 96, 3), "S2": (6, 96, 6), "C3": (8, 72, 6), "S4": (8, 72, 12)}


def network_sheet(reading: "Reading", style: Style) -> Sheet:
    """Every activation of `reading` on one page, with the answer and the colours' legend."""
    painted = Painted(reading, style)
    items: list[Item] = [
        Text(MARGIN, MARGIN + 16, painted.network_name(), TITLE_SIZE, painted.palette.ink)
    ]
    if style.weights_name:
        items.append(_weights_name(painted))
    top = MARGIN + 6 * GRID
    items += _input_row(painted, top)
    top += _HEADING + 32 * _INPUT_CELL + _GAP
    for layer in _ROWS:
        rows, top = _map_rows(painted, layer, top)
        items += rows
    items += _c5_row(painted, top)
    bottom = top + _HEADING + 4 * _C5_CELL
    right = MARGIN + _MAPS_WIDTH + 5 * GRID
    items += output_column(painted, right, MARGIN)
    return Sheet(
        title=f"{painted.network_name()}: {painted.answer_line()}",
        width=right + COLUMN_WIDTH + MARGIN,
        height=bottom + MARGIN,
        page=painted.palette.page,
        items=tuple(items),
    )


def _weights_name(painted: Painted) -> Text:
    text = f"weights {shortened(painted.style.weights_name, 72)}"
    return Text(MARGIN, MARGIN + 34, text, TEXT_SIZE, painted.palette.muted)


def _heading(painted: Painted, layer: str, top: int) -> list[Item]:
    left, baseline = MARGIN, top + 14
    name_width = 6 * GRID if layer == INPUT else 4 * GRID
    items: list[Item] = [
        Text(left, baseline, layer, NAME_SIZE, painted.palette.ink),
        Text(left + name_width, baseline, painted.details(layer), TEXT_SIZE, painted.palette.muted),
    ]
    shared = painted.style.scale is not Scale.GLOBAL and not painted.has_map_scales(layer)
    if shared and layer != INPUT:
        items += painted.bar(layer, MARGIN + _MAPS_WIDTH, baseline)
    return items


def _input_row(painted: Painted, top: int) -> list[Item]:
    """The input and, beside it, what the colours mean."""
    palette = painted.palette
    left = MARGIN + 96 + 3 * GRID
    lines = (painted.colour_line(), painted.scale_line())
    items = _heading(painted, INPUT, top)
    items += painted.map_items(INPUT, (MARGIN, top + _HEADING), _INPUT_CELL)
    items += [
        Text(left, top + _HEADING + 12 + 18 * row, line, TEXT_SIZE, palette.ink)
        for row, line in enumerate(lines)
    ]
    right, baseline = left + 2 * BAR_FIGURE + 128, top + _HEADING + 56
    words = {
        Scale.PER_MAP: "input; the limit of each map is given below it",
        Scale.PER_LAYER: "input; the other layers' scales are beside them",
        Scale.GLOBAL: "all layers",
    }[painted.style.scale]
    items += painted.bar(INPUT, right, baseline)
    items.append(Text(right + GRID, baseline, words, SMALL_SIZE, palette.muted))
    return items


def _map_rows(painted: Painted, layer: str, top: int) -> tuple[list[Item], int]:
    """A layer's heading and maps, and where the next layer begins."""
    columns, pitch, cell = _ROWS[layer]
    items = _heading(painted, layer, top)
    top += _HEADING
    maps = painted.maps(layer)
    side = maps.shape[1] * cell
    row_height = side + _CAPTION
    for index in range(len(maps)):
        row, column = divmod(index, columns)
        x, y = MARGIN + column * pitch, top + row * row_height
        items += painted.map_items(layer, (x, y), cell, index)
        items += painted.caption(layer, index, x, y + side + 12, side)
    return items, top + -(-len(maps) // columns) * row_height + GRID


def _c5_row(painted: Painted, top: int) -> list[Item]:
    items = _heading(painted, "C5", top)
    top += _HEADING
    items += painted.map_items("C5", (MARGIN, top), _C5_CELL)
    right = MARGIN + C5_COLUMNS * _C5_CELL + 4
    for row in range(len(painted.maps("C5")[0])):
        last = str((row + 1) * C5_COLUMNS - 1)
        baseline = top + row * _C5_CELL + 13
        items.append(Text(right, baseline, last, SMALL_SIZE, painted.palette.muted))
    return items
