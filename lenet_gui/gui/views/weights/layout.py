"""Where every weight lies, from C1 at the top to the output, as a function of the room. No Qt."""

from collections.abc import Sequence
from dataclasses import replace

from lenet_gui.explore.weights import Kind, Part
from lenet_gui.gui.views.weights.panels import layer_of, panel_of
from lenet_gui.net.codes import CODE_WIDTH
from lenet_gui.net.layers import GEOMETRY, OUTPUT, UNIT_LAYERS
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Cell

# All lengths are in logical pixels.
_EDGE = 3
_GAP = 4
_LEAST_WIDTH = 440
_LEGEND = 150
_HEAD = 40
"""The width of the head of a row of Table I."""

_SMALL = 12
"""The side of a coefficient or a bias that stands alone."""

_BESIDE = 8
"""The width of a bias in the column beside a matrix."""

_LEAST_KERNEL_CELL, _LARGEST_KERNEL_CELL = 3, 8
_LARGEST_MATRIX_CELL = {"C5": 1, "F6": 2}
_OUTPUT_CELL = 3

_LEAP = 5

TABLE_CORNER = "table"
"""The name of the label in the corner of Table I; of the others see below."""


def caption_name(layer: str) -> str:
    """The label of a layer's line of words."""
    return f"{layer} caption"


def legend_name(layer: str) -> str:
    """The label of a layer's colour scale."""
    return f"{layer} scale"


def kind_name(part: Part) -> str:
    """The label that says what a part's weights are called."""
    return f"{part.parameter} kind"


def head_name(layer: str, number: int) -> str:
    """The label that is the head of a column (C3) or of a row (S2) of Table I."""
    return f"{layer} {number}"


class WeightsLayout(GridLayout):
    """The keys stay in their line, go five weights at a time with Ctrl, and from layer to layer."""

    def step(self, cell: Cell, right: int, down: int) -> Cell:
        # The kernels of Table I follow each other down its columns, not along its lines.
        found = super().step(cell, right, down)
        here, there = self.box(cell), self.box(found)
        is_level = there.y < here.bottom and here.y < there.bottom
        return cell if right and not is_level else found

    def leap(self, cell: Cell, right: int, down: int) -> Cell:
        for _ in range(_LEAP):
            cell = self.step(cell, right, down)
        return cell

    def step_panel(self, cell: Cell, by: int) -> Cell:
        """The first weight of the layer before or after, or of the first or last one."""
        names = [placed.panel.name for placed in self.panels]
        layers = list(dict.fromkeys(map(layer_of, names)))
        place = layers.index(layer_of(cell)) + by
        layer = layers[min(max(place, 0), len(layers) - 1)]
        return Cell(next(name for name in names if layer_of(name) == layer), 0, 0, 0)


def weights_maker(parts: Sequence[Part]) -> Maker:
    """Lays the parts of a network out, as large as whole pixels let them be in the width."""

    def lay_out(room: Room) -> WeightsLayout:
        return _Composer(parts, room).composed()

    return lay_out


class _Composer:
    """Goes down the sheet, layer by layer; here all lengths are in device pixels."""

    def __init__(self, parts: Sequence[Part], room: Room) -> None:
        self._parts, self._room = parts, room
        px = room.pixels
        self._width = max(px(room.width), px(_LEAST_WIDTH)) - px(_EDGE)
        self._line = px(room.lines[Type.SMALL])
        self._gap, self._y = px(_GAP), px(_EDGE)
        self._left = px(_EDGE) + px(room.measure(f"{Kind.COEFFICIENTS} ", Type.SMALL)) + px(_GAP)
        maps = GEOMETRY["C3"].maps
        free = self._width - self._left - (maps - 1) * self._gap
        cell = max(free // (maps * 5), px(_LEAST_KERNEL_CELL))
        self._cell = min(cell, px(_LARGEST_KERNEL_CELL))
        self._placed: list[PlacedPanel] = []
        self._labels: dict[str, Rect] = {}

    def composed(self) -> WeightsLayout:
        for layer in UNIT_LAYERS:
            parts = [part for part in self._parts if part.layer == layer]
            if not parts:
                continue
            self._caption(layer)
            if layer == "C3":
                self._table_i(parts)
            elif layer in _LARGEST_MATRIX_CELL:
                self._matrix(parts)
            elif layer == OUTPUT:
                self._output(parts)
            else:
                self._rows(parts, self._step_of(layer))
            self._y += self._line // 2
        width, ratio = self._width + self._room.pixels(_EDGE), self._room.ratio
        return WeightsLayout(width, self._y, ratio, tuple(self._placed), self._labels)

    def _step_of(self, layer: str) -> int:
        """From map to map: those of S2 stand under those of C1, those of S4 under C3's.

        C1's kernels, which are few, are twice as large as C3's.
        """
        times = 2 if layer in ("C1", "S2") else 1
        return 5 * times * self._cell + self._gap

    def _caption(self, layer: str) -> None:
        px = self._room.pixels
        left, height = px(_EDGE), px(self._room.lines[Type.TITLE])
        legend = self._width - px(_LEGEND)
        self._labels[caption_name(layer)] = Rect(left, self._y, legend - left, height)
        self._labels[legend_name(layer)] = Rect(legend, self._y, px(_LEGEND), height)
        self._y += height + px(2)

    def _rows(self, parts: Sequence[Part], step: int) -> None:
        """A row for each part, a column for each map."""
        small = self._room.pixels(_SMALL)
        for part in parts:
            side = (step - self._gap) // part.shape[1] if part.kind is Kind.KERNELS else small
            self._put(part, (side, side), (step, 0))

    def _put(
        self, part: Part, cell: tuple[int, int], step: tuple[int, int], left: int | None = None
    ) -> None:
        """Places a part under what stands there, and its kind before it where there is room."""
        place = _placed(part, self._left if left is None else left, self._y, cell, step)
        self._placed.append(place)
        if left is None:
            top = self._y + (min(place.bounds.height, 3 * self._line) - self._line) // 2
            left, right = self._room.pixels(_EDGE), self._left - self._gap
            self._labels[kind_name(part)] = Rect(left, top, right - left, self._line)
        self._y = place.bounds.bottom + self._gap

    def _table_i(self, parts: Sequence[Part]) -> None:
        """C3's kernels: a column for each of its maps, a row for each map of S2."""
        px, step, side = self._room.pixels, self._step_of("C3"), 5 * self._cell
        right = self._left - self._gap
        for c3_map in range(GEOMETRY["C3"].maps):
            head = Rect(self._left + c3_map * step, self._y, side, self._line)
            self._labels[head_name("C3", c3_map)] = head
        self._labels[TABLE_CORNER] = Rect(px(_EDGE), self._y, right - px(_EDGE), self._line)
        self._y += self._line + px(2)
        for s2_map in range(GEOMETRY["S2"].maps):
            top = self._y + s2_map * step + (side - self._line) // 2
            head = Rect(right - px(_HEAD), top, px(_HEAD), self._line)
            self._labels[head_name("S2", s2_map)] = head
        kernels, biases = parts
        self._put(kernels, (self._cell, self._cell), (step, step))
        del self._labels[kind_name(kernels)]  # the heads of the rows stand there
        self._put(biases, (px(_SMALL), px(_SMALL)), (step, 0))

    def _matrix(self, parts: Sequence[Part]) -> None:
        """A matrix, and its biases in a column beside it, with their name beside that."""
        weights, biases = parts
        columns, beside = weights.shape[1], self._room.pixels(_BESIDE)
        is_wide = self._left + columns + self._gap + beside > self._width
        # In a narrow window it needs the column of the words, too.
        left = self._room.pixels(_EDGE) if is_wide else self._left
        free = (self._width - left - self._gap - beside) // columns
        side = min(max(free, 1), self._room.pixels(_LARGEST_MATRIX_CELL[weights.layer]))
        right = left + columns * side + self._gap
        after, width = right + beside + self._gap, self._kind_width(biases)
        is_room = after + width <= self._width
        if not is_room:
            self._kind(biases, right + beside - width, self._y)
            if is_wide:
                self._kind(weights, left, self._y)
            self._y += self._line
        top = self._y
        self._put(weights, (side, side), (0, 0), left if is_wide else None)
        self._placed.append(_placed(biases, right, top, (beside, side), (0, 0)))
        if is_room:
            self._kind(biases, after, top)

    def _kind(self, part: Part, left: int, top: int) -> None:
        self._labels[kind_name(part)] = Rect(left, top, self._kind_width(part), self._line)

    def _kind_width(self, part: Part) -> int:
        """What the name of a part's kind needs."""
        return self._room.pixels(self._room.measure(f"{part.kind} ", Type.SMALL))

    def _output(self, parts: Sequence[Part]) -> None:
        """A picture for each digit: trained weights, or the codes that no training run changes."""
        side, small = self._room.pixels(_OUTPUT_CELL), self._room.pixels(_SMALL)
        step = CODE_WIDTH * side + 2 * self._gap
        for part in parts:
            cell = small if part.kind is Kind.BIASES else side
            self._put(part, (cell, cell), (step, 0))


def _placed(
    part: Part, left: int, top: int, cell: tuple[int, int], step: tuple[int, int]
) -> PlacedPanel:
    """A part with its first corner at a place, and steps from picture to picture."""
    rows, columns = part.shape
    first = Rect(left, top, columns * cell[0], rows * cell[1])
    pictures = tuple(
        replace(first, x=left + column * step[0], y=top + row * step[1])
        for row, column in part.places
    )
    return PlacedPanel(panel_of(part), cell, pictures)
