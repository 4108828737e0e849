"""Pictures of only one layer or one map, larger than on the page of all layers."""

from typing import TYPE_CHECKING

import numpy as np

from lenet_gui.errors import UserError
from lenet_gui.net.layers import ACTIVATION_LAYERS, GEOMETRY, INPUT
from lenet_gui.pictures.painted import C5_COLUMNS, Painted, Style
from lenet_gui.pictures.sheet import (
    GRID,
    MARGIN,
    SMALL_SIZE,
    TEXT_SIZE,
    TITLE_SIZE,
    Anchor,
    Item,
    Patch,
    Sheet,
    Text,
)
from lenet_gui.text.figures import figure, signed
from lenet_gui.text.units import layer_name, map_name

if TYPE_CHECKING:
    from lenet_gui.explore.reading import Reading

_LARGE_MAP = 392
_SMALLEST_WIDTH = 392
_MAPS_GAP = 3 * GRID
_HEADER = 13 * GRID

# For each layer: pictures in a row, units of a cell.
_LAYOUT = {
    INPUT: (1, 12),
    "C1": (3, 6),
    "S2": (3, 12),
    "C3": (4, 12),
    "S4": (4, 24),
    "C5": (1, 18),
    "F6": (1, 32),
}


def layer_sheet(reading: "Reading", layer: str, style: Style) -> Sheet:
    """All maps of one layer, numbered, with the colours' legend.

    Raises:
        UserError: there is no layer of that name.
    """
    check_layer(layer)
    painted = Painted(reading, style)
    columns, cell = _LAYOUT[layer]
    maps = painted.maps(layer)
    count, rows, cells = maps.shape
    side, row_height = rows * cell, rows * cell + 3 * GRID
    pitch = cells * cell + _MAPS_GAP
    width = max(min(count, columns) * pitch - _MAPS_GAP, _SMALLEST_WIDTH)
    items = _header(painted, f"{layer} · {painted.details(layer)}")
    if painted.has_map_scales(layer):
        items += _note(painted, "the limit of each map is given below it")
    else:
        items += painted.bar(layer, MARGIN + width, _legend_baseline())
    for index in range(count):
        row, column = divmod(index, columns)
        x, y = MARGIN + column * pitch, MARGIN + _HEADER + row * row_height
        items += painted.map_items(layer, (x, y), cell, index)
        if count > 1:
            items += painted.caption(layer, index, x, y + side + 14, cells * cell)
    if layer == "C5":
        items += _unit_numbers(painted, cell, rows)
    captions = row_height - side
    bottom = (
        MARGIN + _HEADER + -(-count // columns) * row_height - (captions if count == 1 else GRID)
    )
    return _page(painted, layer, width, bottom + MARGIN, items)


def map_sheet(reading: "Reading", layer: str, index: int, style: Style) -> Sheet:
    """One map, or one unit of C5 or F6, large; small maps carry their values.

    Args:
        reading: what to paint.
        layer: one of `ACTIVATION_LAYERS`.
        index: of the map, from 0 as in Table I.
        style: how the picture looks.

    Raises:
        UserError: there is no such layer or map.
    """
    check_map(layer, index)
    painted = Painted(reading, style)
    values = np.atleast_2d(reading.values(layer)[index])
    cell = _LARGE_MAP // len(values)
    colours = painted.colours_of(values, painted.limit(layer, index))
    name = layer_name(layer) if layer == INPUT else map_name(layer, index)
    patch = Patch(MARGIN, MARGIN + _HEADER, colours, cell, cell, name)
    rows, columns = values.shape
    items = _header(painted, f"{name} · {rows}×{columns}")
    if values.size > 1:
        digits = painted.decimals(layer)
        low, high = figure(float(values.min()), digits), figure(float(values.max()), digits)
        items += _note(painted, f"lowest {low}, highest {high}")
    items += painted.bar(layer, MARGIN + patch.width, _legend_baseline(), index=index)
    items += painted.outlined(patch)
    if values.shape[0] <= 10:
        items += _values(patch, values)
    return _page(painted, name, patch.width, patch.y + patch.height + MARGIN, items)


def check_layer(layer: str) -> None:
    """Raises if there is no layer of that name.

    Raises:
        UserError: lists the layers.
    """
    if layer not in ACTIVATION_LAYERS:
        raise UserError(f"There is no layer {layer}: choose one of {', '.join(ACTIVATION_LAYERS)}.")


def check_map(layer: str, index: int) -> None:
    """Raises if a layer has no map of that number.

    Raises:
        UserError: lists the maps.
    """
    check_layer(layer)
    count = GEOMETRY[layer].maps
    if not 0 <= index < count:
        raise UserError(
            f"{layer} has no map {index}: choose one from 0 to {count - 1}."
            if count > 1
            else f"{layer} has no map {index}: its only one is 0."
        )


def _header(painted: Painted, what: str) -> list[Item]:
    palette = painted.palette
    return [
        Text(MARGIN, MARGIN + 16, painted.network_name(), TITLE_SIZE, palette.ink),
        Text(MARGIN, MARGIN + 38, what, TEXT_SIZE, palette.ink),
        Text(MARGIN, MARGIN + 56, painted.answer_line(), TEXT_SIZE, palette.muted),
    ]


def _legend_baseline() -> int:
    return MARGIN + _HEADER - 14


def _note(painted: Painted, text: str) -> list[Item]:
    return [Text(MARGIN, _legend_baseline(), text, SMALL_SIZE, painted.palette.muted)]


def _unit_numbers(painted: Painted, cell: int, rows: int) -> list[Item]:
    """The number of the last unit of each row of C5, in the margin at its right."""
    x = MARGIN + C5_COLUMNS * cell + 4
    return [
        Text(
            x,
            MARGIN + _HEADER + row * cell + cell // 2 + 4,
            str((row + 1) * C5_COLUMNS - 1),
            SMALL_SIZE,
            painted.palette.muted,
        )
        for row in range(rows)
    ]


def _values(patch: Patch, values: np.ndarray) -> list[Item]:
    """Each cell's value, in black or white, whichever is easier to read on the cell's colour."""
    size = SMALL_SIZE if len(values) > 5 else TEXT_SIZE
    items: list[Item] = []
    for (row, column), value in np.ndenumerate(values):
        luminance = float(patch.colours[row, column] @ np.array((0.299, 0.587, 0.114)))
        items.append(
            Text(
                patch.x + column * patch.cell_width + patch.cell_width // 2,
                patch.y + row * patch.cell_height + patch.cell_height // 2 + 4,
                signed(float(value)),
                size,
                "#000000" if luminance > 128 else "#ffffff",
                Anchor.MIDDLE,
            )
        )
    return items


def _page(painted: Painted, name: str, width: int, height: int, items: list[Item]) -> Sheet:
    return Sheet(
        title=f"{painted.network_name()}, {name}: {painted.answer_line()}",
        width=MARGIN + width + MARGIN,
        height=height,
        page=painted.palette.page,
        items=tuple(items),
    )
