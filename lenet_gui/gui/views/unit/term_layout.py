"""Inputs times weights make terms: three rows of pictures, a column for each feeding map. No Qt."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from lenet_gui.explore.explanation import Explanation
from lenet_gui.explore.reading import Floats
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import INPUT, Unit, layer_below, unit_at
from lenet_gui.pictures.grid.content import Align, Caption, GridContent, Legend, Mark, Marked, Run
from lenet_gui.pictures.grid.layers import is_never_negative
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Cell, Panel, Values
from lenet_gui.text.figures import signed, signed_small
from lenet_gui.text.units import place_name, source_name

ROWS = ("inputs", "weights", "terms")
"""The panels, from above."""

Limits = tuple[float, float, float]
"""Of each of them the |value| of the full colour."""

_PRODUCTS = ("xⱼ", "× wᵢⱼ", "= wᵢⱼ xⱼ")
_SQUARES = ("xⱼ", "wᵢⱼ, the code", "(xⱼ − wᵢⱼ)²")
_OF_SUBSAMPLING = ("xⱼ", "× wᵢ", "= wᵢ xⱼ")
_OF_AVERAGE = ("xⱼ", "× 1/4", "= xⱼ/4")
_OF_MAXIMUM = ("xⱼ", "1 if largest", "= xⱼ or 0")
"""The letters of the formula (see `text.formula`): four inputs have one weight, or are pooled."""

_PLACES = 4
_GAP = 6
_LABEL = 104
_COLOURS = 24
_LEAST_CELL, _LARGEST_CELL = 6, 44
_IN_A_LINE = 8
"""More sources than these, as C5 has, are shown in two lines."""


@dataclass(frozen=True)
class TermWords:
    """What the cells of one row are called; `row` is one of `ROWS`.

    `current` gives the unit that is shown, explained: its figures change with every reading, and
    the panels stay.
    """

    row: str
    current: Callable[[], Explanation]

    @property
    def found(self) -> Explanation:
        """The unit that is shown."""
        return self.current()

    def picture(self, picture: int) -> str:
        """Such as "weights of S2 map 3"."""
        source = source_name(self.found.unit.layer, self.found.sources[picture].map)
        return f"{self.row} of {source}"

    def cell(self, cell: Cell) -> str:
        """Such as "S2 3, row 4, column 7, weights"."""
        return f"{input_name(self.found, cell)}, {self.row}"

    def value(self, cell: Cell, value: float) -> str:  # noqa: ARG002
        """With its sign."""
        return signed_small(value)

    def unit(self, cell: Cell) -> Unit | None:
        """Of the inputs the unit below; weights and terms are no units."""
        below = layer_below(self.found.unit.layer)
        if self.row != ROWS[0] or below == INPUT:
            return None
        source = self.found.sources[cell.picture]
        if source.square is None:
            return unit_at(below, 0, cell.row, cell.column)
        row, column = cell.row + source.square.top, cell.column + source.square.left
        return Unit(below, source.map, row, column)


def input_name(found: Explanation, cell: Cell) -> str:
    """Where an input is in the layer below."""
    source = found.sources[cell.picture]
    name = source_name(found.unit.layer, source.map)
    if source.square is None:
        return f"{name}, unit {cell.row * source.inputs.shape[1] + cell.column}"
    row, column = cell.row + source.square.top, cell.column + source.square.left
    return f"{name}, {place_name(row, column)}"


def term_in_figures(found: Explanation, cell: Cell) -> str:
    """One term: its place, and the product or the squared difference in figures."""
    source, at = found.sources[cell.picture], (cell.row, cell.column)
    x, w = signed_small(float(source.inputs[at])), float(source.weights[at])
    product = f"({x} − {signed(w, 0)})²" if found.is_distance else f"{x} · {signed_small(w)}"
    return f"{input_name(found, cell)}: {product} = {signed_small(float(source.terms[at]))}"


def term_content(
    found: Explanation, panels: tuple[Panel, ...], limits: Limits, spoken: Cell | None
) -> GridContent:
    """The values, words and marks of the terms.

    Args:
        found: the unit, explained.
        panels: as `term_panels` gives them.
        limits: the full colour of each row.
        spoken: the cell that is spoken of, marked in all rows.
    """
    names = _names(found)
    values: dict[str, Values] = {}
    labels: dict[str, Caption | Legend] = {}
    for panel, name, array, limit in zip(panels, names, _arrays(found), limits, strict=True):
        values[panel.name] = Values.of(panel, array, limit)
        from_zero = _is_never_negative(found, panel.name)
        for line in range(_lines(len(found.sources))):
            labels[f"{panel.name} name {line}"] = Caption(((Run(name, is_faint=False),),))
            labels[f"{panel.name} scale {line}"] = Legend(limit, from_zero=from_zero)
    for number, source in enumerate(found.sources):
        told = Run(str(source.map), is_faint=False)
        labels[f"source {number}"] = Caption(((told,),), Align.MIDDLE)
    marks = () if spoken is None else tuple(_marked(row, spoken) for row in ROWS)
    return GridContent(values, labels, marks)


def _is_never_negative(found: Explanation, row: str) -> bool:
    if row == ROWS[0]:
        return is_never_negative(layer_below(found.unit.layer), found.kind)
    return row == ROWS[2] and found.is_distance


def _names(found: Explanation) -> tuple[str, str, str]:
    """What the rows are called."""
    if found.unit.layer in ("S2", "S4"):
        if found.variant is Variant.ORIGINAL:
            return _OF_SUBSAMPLING
        return _OF_MAXIMUM if found.kind.takes_maximum else _OF_AVERAGE
    return _SQUARES if found.is_distance else _PRODUCTS


def limits_of(shown: Iterable[Explanation], inputs_limit: float) -> Limits:
    """The full colour of each row, one for all units that are shown beside each other.

    Args:
        shown: the units, all of one layer.
        inputs_limit: the full colour of the layer below.
    """
    rows = ([float(np.abs(row).max()) for row in _arrays(each)[1:]] for each in shown)
    weights, terms = (max(each) for each in zip(*rows, strict=True))
    return inputs_limit, weights, terms


def term_panels(current: Callable[[], Explanation]) -> tuple[Panel, ...]:
    """A panel for each row, a picture for each feeding map of the unit that `current` gives."""
    sources = current().sources
    rows, columns = sources[0].inputs.shape
    return tuple(Panel(row, len(sources), rows, columns, TermWords(row, current)) for row in ROWS)


def _label(room: Room) -> int:
    """The width of a row's label, in device pixels: its scale's figures, and colours between."""
    figures = 2 * room.measure("+8.88", Type.SMALL)
    return room.pixels(max(_LABEL, figures + 2 * _GAP + _COLOURS))


def _longer_label(room: Room) -> int:
    """The same for the figures of a small scale."""
    return room.pixels(2 * room.measure("+0.0888", Type.SMALL) + 2 * _GAP + _COLOURS)


def term_maker(panels: tuple[Panel, ...]) -> Maker:
    """Lays the terms out: of one source its pictures beside each other, else below each other."""
    beside = bool(panels) and panels[0].pictures == 1

    def lay_out(room: Room) -> GridLayout:
        if not panels:
            return GridLayout(0, 0, room.ratio, ())
        return _beside(room, panels) if beside else _below(room, panels)

    return lay_out


def _beside(room: Room, panels: tuple[Panel, ...]) -> GridLayout:
    gap, label = room.pixels(_GAP), _label(room)
    line = room.pixels(room.lines[Type.SMALL])
    rows, columns = panels[0].rows, panels[0].columns
    wide = (room.pixels(room.width) - 4 * gap) // (3 * columns)
    high = (room.pixels(room.height) - 2 * line - gap) // rows
    cell = _cell(room, min(wide, high))
    longer = max(label, _longer_label(room))
    if 3 * (max(columns * cell, longer) + 2 * gap) <= room.pixels(room.width):
        label = longer
    step = max(columns * cell, label) + 2 * gap
    placed, labels = [], {}
    for number, panel in enumerate(panels):
        place = Rect(1 + number * step, 2 * line + 1, columns * cell, rows * cell)
        placed.append(PlacedPanel(panel, (cell, cell), (place,)))
        labels[f"{panel.name} name 0"] = Rect(place.x, 0, step - 2 * gap, line)
        width = max(place.width, label)
        labels[f"{panel.name} scale 0"] = Rect(place.x, line, width, line - room.pixels(2))
    width, height = 3 * step - 2 * gap + 1, 2 * line + rows * cell + 2
    return GridLayout(width, height, room.ratio, tuple(placed), labels)


def _below(room: Room, panels: tuple[Panel, ...]) -> GridLayout:
    gap, left = room.pixels(_GAP), _label(room)
    line = room.pixels(room.lines[Type.SMALL])
    sources, rows, columns = panels[0].pictures, panels[0].rows, panels[0].columns
    lines = _lines(sources)
    across = -(-sources // lines)
    wide = (room.pixels(room.width) - left - across * gap) // (across * columns)
    high = (room.pixels(room.height) // lines - line - 3 * gap) // (3 * rows)
    cell = _cell(room, min(wide, high))
    width, height = columns * cell, rows * cell
    block = line + 3 * (height + gap)

    def place(number: int, source: int) -> Rect:
        row, column = divmod(source, across)
        top = row * block + line + number * (height + gap)
        return Rect(left + column * (width + gap), top + 1, width, height)

    labels = {}
    for number, panel in enumerate(panels):
        for row in range(lines):
            first = place(number, row * across)
            top = first.y + (height - 2 * line) // 2
            labels[f"{panel.name} name {row}"] = Rect(0, top, left - gap, line)
            scale = Rect(0, top + line, left - gap, line - room.pixels(2))
            labels[f"{panel.name} scale {row}"] = scale
    for source in range(sources):
        first = place(0, source)
        labels[f"source {source}"] = Rect(first.x - 1, first.y - line - 1, width + gap, line)
    placed = tuple(
        PlacedPanel(panel, (cell, cell), tuple(place(number, each) for each in range(sources)))
        for number, panel in enumerate(panels)
    )
    total = left + across * (width + gap)
    return GridLayout(total, lines * block + 2, room.ratio, placed, labels)


def _lines(sources: int) -> int:
    return 1 if sources <= _IN_A_LINE else 2


def _cell(room: Room, wanted: int) -> int:
    return max(room.pixels(_LEAST_CELL), min(wanted, room.pixels(_LARGEST_CELL)))


def _marked(row: str, spoken: Cell) -> Marked:
    return Marked(Cell(row, spoken.picture, spoken.row, spoken.column), Mark.FIELD)


def _arrays(found: Explanation) -> tuple[Floats, Floats, Floats]:
    """Inputs, weights and terms, each float32 [sources, rows, columns]."""
    return (
        np.stack([source.inputs for source in found.sources]),
        np.stack([source.weights for source in found.sources]),
        np.stack([source.terms for source in found.sources]),
    )
