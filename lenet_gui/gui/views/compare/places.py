"""Where the layers of A and B lie side by side, as a pure function of the room. No widgets.

Everything is in device pixels, so that maps are enlarged by whole factors on every screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lenet_gui.gui.widgets.places import Rect
from lenet_gui.net.layers import GEOMETRY, OUTPUT, UNIT_LAYERS, Unit, place_of, unit_at

SIDES = (0, 1)
"""A and B."""

_FIRST = {"C1": 2, "S2": 2, "C3": 2, "S4": 3, "C5": 4, "F6": 3, OUTPUT: 12}
"""The pixels of a unit in a small window, where the column is wide enough for them."""

_GROWTH = 5
"""No layer's pictures become larger than so many times their first size."""

_ACROSS = 8
"""At most so many pictures in a line: those of C3 and S4 stand in the same two lines."""

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


@dataclass(frozen=True)
class Columns:
    """Labels stand from 0 on; A's pictures from `lefts[0]`, B's from `lefts[1]`, `width` each."""

    lefts: tuple[int, int]
    width: int


def columns(width: float, ratio: float, label: float) -> Columns:
    """The columns in `width` logical pixels, of which `label` are for the labels."""
    left = round((label + LABEL_GAP) * ratio)
    between = round(BETWEEN * ratio)
    column = max((int(width * ratio) - left - between) // 2, 1)
    return Columns((left, left + column + between), column)


@dataclass(frozen=True)
class PairRow:
    """One layer: `across` pictures in a line, `factor` pixels a unit, from `top` on."""

    layer: str
    top: int
    height: int
    factor: int
    across: int
    gap: int  # between the pictures of a line


@dataclass(frozen=True)
class PairLayout:
    """The rows of both networks; `least` is the height, in device pixels, that they need."""

    columns: Columns
    ratio: float
    line_gap: int  # between the lines of a row
    rows: tuple[PairRow, ...]
    least: int

    def row(self, layer: str) -> PairRow:
        """The row of a layer."""
        return self.rows[UNIT_LAYERS.index(layer)]

    def picture(self, side: int, layer: str, number: int) -> Rect:
        """The pixels of one picture of A (0) or B (1)."""
        row, shape = self.row(layer), GEOMETRY[layer]
        line, place = divmod(number, row.across)
        width, height = shape.columns * row.factor, shape.rows * row.factor
        left = self.columns.lefts[side] + place * (width + row.gap)
        return Rect(left, row.top + line * (height + self.line_gap), width, height)

    def cell(self, side: int, unit: Unit) -> Rect:
        """The pixels of one unit of A or B."""
        place, factor = place_of(unit), self.row(unit.layer).factor
        picture = self.picture(side, unit.layer, place.picture)
        left, top = picture.x + place.column * factor, picture.y + place.row * factor
        return Rect(left, top, factor, factor)

    def at(self, x: float, y: float) -> tuple[int, Unit] | None:
        """The side and the unit under a point; None beside the pictures."""
        row = self.row_at(y)
        if row is None:
            return None
        for side in SIDES:
            for number in range(GEOMETRY[row.layer].pictures):
                place = self.picture(side, row.layer, number)
                if place.contains(x, y):
                    down, right = int(y - place.y), int(x - place.x)
                    unit = unit_at(row.layer, number, down // row.factor, right // row.factor)
                    return side, unit
        return None

    def row_at(self, y: float) -> PairRow | None:
        """The row at a height; None between the rows."""
        return next((row for row in self.rows if row.top <= y < row.top + row.height), None)


def lay_out(
    size: tuple[float, float],
    ratio: float,
    label: float,
    labels: Mapping[str, float],
    digits: float,
) -> PairLayout:
    """The rows as large as they go into the room, and at least as large as can be read.

    Args:
        size: width and height of the room, in logical pixels.
        ratio: device pixels for each logical pixel, at least 1.
        label: the width of the labels, in logical pixels.
        labels: the height of each row's label, in logical pixels.
        digits: room for the digits under the output's cells, in logical pixels.
    """
    placed = columns(size[0], ratio, label)
    room = _Room(
        placed.width,
        round(_GAP * ratio),
        round(_LINE_GAP * ratio),
        round(_ROW_GAP * ratio),
        {layer: round(labels[layer] * ratio) for layer in UNIT_LAYERS},
        round(digits * ratio),
    )
    first = {layer: room.first(layer, round(size * ratio)) for layer, size in _FIRST.items()}
    factors = dict(first)
    least, height = room.needed(factors), int(size[1] * ratio)
    growing = set(UNIT_LAYERS)
    while growing:
        # The row that has grown least comes next, so that all grow alike, as far as each can; but
        # later where it needs more lines, which costs the others so much height.
        layer = min(growing, key=lambda one: _turn(room, one, factors[one], first[one]))
        larger = factors | {layer: factors[layer] + 1}
        fits = room.across(layer, larger[layer]) > 0 and room.needed(larger) <= height
        if fits and larger[layer] <= _GROWTH * first[layer]:
            factors = larger
        else:
            growing.discard(layer)
    spare = max(0, height - room.needed(factors)) // (len(UNIT_LAYERS) - 1)
    row_gap = room.row_gap + min(spare, 2 * room.row_gap)
    rows, top = [], 0
    for layer in UNIT_LAYERS:
        tall = room.height(layer, factors[layer])
        across = max(room.across(layer, factors[layer]), 1)
        gap = room.spread(layer, factors[layer], across)
        rows.append(PairRow(layer, top, tall, factors[layer], across, gap))
        top += tall + row_gap
    return PairLayout(placed, ratio, room.line_gap, tuple(rows), least)


def _turn(room: "_Room", layer: str, factor: int, first: int) -> tuple[float, int]:
    """Which row grows next: the smallest."""
    jumps = room.across(layer, factor + 1) < room.across(layer, factor)
    return factor / first * (_JUMP if jumps else 1.0), UNIT_LAYERS.index(layer)


@dataclass(frozen=True)
class _Room:
    """What a column has, in device pixels."""

    width: int
    gap: int
    line_gap: int
    row_gap: int
    labels: Mapping[str, int]
    digits: int

    def across(self, layer: str, factor: int) -> int:
        """So many pictures stand in a line, all lines alike; 0 where not even one fits."""
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
        """The height of all rows with the gaps between them, and of the marks at both ends."""
        rows = sum(self.height(layer, factor) for layer, factor in factors.items())
        return rows + (len(UNIT_LAYERS) - 1) * self.row_gap
