"""Where the layers of A and B lie side by side, as a pure function of the room. No Qt.

Everything is in device pixels, so that maps are enlarged by whole factors on every screen.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from lenet_gui.gui.views.compare.panels import NAMES, SIDES, layer_of, panel_name, side_of
from lenet_gui.net.layers import GEOMETRY, OUTPUT, UNIT_LAYERS
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Cell, Panel

_UNDER = 3
"""Between the output's cells and their digits, which the mark of the answer is not to touch."""

_FIRST = {"C1": 2, "S2": 2, "C3": 2, "S4": 3, "C5": 4, "F6": 3, OUTPUT: 12}
"""The pixels of a unit in a small window, where the column is wide enough for them."""

_LIKE = {"C1": 2, "S2": 4, "C3": 4, "S4": 8, "C5": 5, "F6": 5, OUTPUT: 14}
"""The pixels of a unit in these proportions make pictures of like size, which rows grow towards."""

_GROWTH = 5
"""The most that a layer's pictures grow, in times their first size."""

_ACROSS = 8
"""The most pictures in a line: those of C3 and S4 take the same two lines."""

_JUMP = 1.6
"""A row waits with more lines until the others have grown so much more."""

_GAP, _LINE_GAP = 2, 4
LABEL_GAP = 6
"""Between the labels and A, in logical pixels."""

BETWEEN = 12
"""Between A and B, in logical pixels."""

INSET = 2
"""What everything keeps from the sides, in logical pixels: the focus is shown there."""

_ROW_GAP = 6
_LEAST_COLUMN = 150

_LONGEST_NAMES = (("C1 ", "16 @ 28×28"), ("Output ", "10"))
_LONGEST_WORDS = ("A ±8.88  B ±8.88", "A 0–188  B ±8.88", "|A−B| 8.88, r −8.88")


def label_width(measure: Callable[[str, Type], float]) -> float:
    """The width of the rows' labels, in logical pixels, for the longest words that one may have.

    Args:
        measure: the width of a text in a type, in logical pixels.
    """
    named = [measure(name, Type.TITLE) + measure(size, Type.SMALL) for name, size in _LONGEST_NAMES]
    return max(*named, *(measure(words, Type.SMALL) for words in _LONGEST_WORDS)) + 2


@dataclass(frozen=True)
class Columns:
    """Labels begin at 0; A's pictures from `lefts[0]`, B's from `lefts[1]`, `width` each."""

    lefts: tuple[int, int]
    width: int


def columns(width: float, ratio: float, label: float) -> Columns:
    """The columns in `width` logical pixels, of which `label` are for the labels."""
    left = round((label + LABEL_GAP) * ratio)
    between = round(BETWEEN * ratio)
    column = max((int(width * ratio) - left - between) // 2, 1)
    return Columns((left, left + column + between), column)


class PairLayout(GridLayout):
    """Two columns of layers; the keys stay in a column, but go on from A's end to B's beginning."""

    def step(self, cell: Cell, right: int, down: int) -> Cell:
        found = self._column(cell).step(cell, right, down)
        other = side_of(cell) + right
        if found != cell or not right or other not in SIDES:
            return found
        panel = self.by_name[panel_name(other, layer_of(cell))].panel
        ends = (0, 0) if right > 0 else (panel.pictures - 1, panel.columns - 1)
        return replace(cell, panel=panel.name, picture=ends[0], column=ends[1])

    def step_panel(self, cell: Cell, by: int) -> Cell:
        return self._column(cell).step_panel(cell, by)

    def _column(self, cell: Cell) -> GridLayout:
        """The side of a cell alone."""
        panels = tuple(each for each in self.panels if each.panel.name[0] == cell.panel[0])
        return GridLayout(self.width, self.height, self.ratio, panels)


def digit_label(side: int, digit: int) -> str:
    """The name of the place under an output's cell; a layer's label has the layer's name."""
    return f"{NAMES[side]} {digit}"


def pair_maker(panels: tuple[Panel, ...], with_gaps: Collection[str]) -> Maker:
    """Lays the layers out as large as they go into the room, and so large that they can be read.

    Args:
        panels: of `panels.pair_panels`.
        with_gaps: the layers whose labels need a line for how far apart A and B are.
    """

    def lay_out(room: Room) -> PairLayout:
        label = label_width(room.measure)
        least = 2 * INSET + label + LABEL_GAP + BETWEEN + 2 * _LEAST_COLUMN
        width = max(room.width, least)
        placed, inset = columns(width - 2 * INSET, room.ratio, label), room.pixels(INSET)
        column = _Column(
            placed.width,
            room.pixels(_GAP),
            room.pixels(_LINE_GAP),
            room.pixels(_ROW_GAP),
            {layer: _label_height(room, layer in with_gaps) for layer in UNIT_LAYERS},
            room.pixels(room.lines[Type.SMALL] + _UNDER),
        )
        first = {layer: column.first(layer, room.pixels(one)) for layer, one in _FIRST.items()}
        height = max(room.pixels(room.height), column.needed(first) + 2 * inset)
        rows = _rows(column, first, height - 2 * inset)
        by_name = {panel.name: panel for panel in panels}
        found, labels = [], {}
        for side in SIDES:
            for layer, row in rows.items():
                panel = by_name[panel_name(side, layer)]
                left, top = inset + placed.lefts[side], inset + row.top
                found.append(row.placed(panel, left, top, column.line_gap))
        for layer, row in rows.items():
            labels[layer] = Rect(inset, inset + row.top, room.pixels(label), row.height)
        for side, placed_output in enumerate(found[len(rows) - 1 :: len(rows)]):
            for cell in placed_output.panel.cells():
                box = placed_output.box(cell)
                gap = room.pixels(_UNDER)
                under = Rect(box.x, box.bottom + gap, box.width, column.digits - gap)
                labels[digit_label(side, cell.column)] = under
        return PairLayout(room.pixels(width), height, room.ratio, tuple(found), labels)

    return lay_out


def _label_height(room: Room, has_gap: bool) -> int:
    lines = 2 if has_gap else 1
    return room.pixels(room.lines[Type.TITLE] + lines * room.lines[Type.SMALL])


@dataclass(frozen=True)
class _Row:
    """One layer: `across` pictures in a line, `factor` pixels a unit, from `top` on."""

    top: int
    height: int
    factor: int
    across: int
    gap: int  # between the pictures of a line

    def placed(self, panel: Panel, left: int, top: int, line_gap: int) -> PlacedPanel:
        width, height = panel.columns * self.factor, panel.rows * self.factor
        pictures = tuple(
            Rect(left + place * (width + self.gap), top + line * (height + line_gap), width, height)
            for line, place in (divmod(number, self.across) for number in range(panel.pictures))
        )
        return PlacedPanel(panel, (self.factor, self.factor), pictures)


def _rows(column: "_Column", first: Mapping[str, int], height: int) -> dict[str, _Row]:
    """The rows, grown from their first factors as far as the height allows."""
    factors, growing = dict(first), set(UNIT_LAYERS)
    while growing:
        # The row of the smallest pictures comes next, so that all become alike, as far as each can;
        # but later where it needs more lines, which costs the others so much height.
        layer = min(growing, key=lambda one: _turn(column, one, factors[one]))
        larger = factors | {layer: factors[layer] + 1}
        fits = column.across(layer, larger[layer]) > 0 and column.needed(larger) <= height
        if fits and larger[layer] <= _GROWTH * first[layer]:
            factors = larger
        else:
            growing.discard(layer)
    spare = max(0, height - column.needed(factors)) // (len(UNIT_LAYERS) - 1)
    row_gap = column.row_gap + min(spare, 2 * column.row_gap)
    rows, top = {}, 0
    for layer in UNIT_LAYERS:
        tall = column.height(layer, factors[layer])
        across = max(column.across(layer, factors[layer]), 1)
        gap = column.spread(layer, factors[layer], across)
        rows[layer] = _Row(top, tall, factors[layer], across, gap)
        top += tall + row_gap
    return rows


def _turn(column: "_Column", layer: str, factor: int) -> tuple[float, int]:
    """Which row grows next: the smallest."""
    jumps = column.across(layer, factor + 1) < column.across(layer, factor)
    return factor / _LIKE[layer] * (_JUMP if jumps else 1.0), UNIT_LAYERS.index(layer)


@dataclass(frozen=True)
class _Column:
    """What a column has, in device pixels."""

    width: int
    gap: int
    line_gap: int
    row_gap: int
    labels: Mapping[str, int]  # the height of each row's label
    digits: int  # the height of the digits under the output's cells

    def across(self, layer: str, factor: int) -> int:
        """How many pictures are in a line, all lines alike; 0 where not even one fits."""
        shape = GEOMETRY[layer]
        for across in range(min(shape.pictures, _ACROSS), 0, -1):
            wide = across * shape.columns * factor + (across - 1) * self.gap
            if shape.pictures % across == 0 and wide <= self.width:
                return across
        return 0

    def first(self, layer: str, factor: int) -> int:
        """The factor, or the largest smaller one that fits the column; at least 1."""
        while factor > 1 and not self.across(layer, factor):
            factor -= 1
        return factor

    def spread(self, layer: str, factor: int, across: int) -> int:
        """The gap between the pictures of a line, wider where the column is."""
        if across == 1:
            return self.gap
        wide = GEOMETRY[layer].columns * factor
        return max(self.gap, min((self.width - across * wide) // (across - 1), wide // 8))

    def height(self, layer: str, factor: int) -> int:
        """Of a row: of its pictures or its label."""
        shape = GEOMETRY[layer]
        lines = shape.pictures // max(self.across(layer, factor), 1)
        pictures = lines * (shape.rows * factor + self.line_gap) - self.line_gap
        return max(pictures + (self.digits if layer == OUTPUT else 0), self.labels[layer])

    def needed(self, factors: Mapping[str, int]) -> int:
        """The height of all rows with the gaps between them."""
        rows = sum(self.height(layer, factor) for layer, factor in factors.items())
        return rows + (len(UNIT_LAYERS) - 1) * self.row_gap
