"""Where every weight lies on the sheet of the weights view, in logical pixels. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from lenet_gui.explore.weights import Kind, Part, WeightPictures
from lenet_gui.net.architecture import DIGITS
from lenet_gui.net.codes import CODE_HEIGHT, CODE_WIDTH
from lenet_gui.net.layers import GEOMETRY, OUTPUT

Box = tuple[int, int, int, int]
"""Left, top, width, height."""

_GAP = 4
_SMALL = 12
"""The side of a coefficient or a bias that stands alone."""

_BESIDE = 8
"""The width of a bias in the column beside a matrix."""

_LARGEST_KERNEL_CELL, _LARGEST_F6_CELL, _OUTPUT_CELL = 8, 2, 3


@dataclass(frozen=True)
class PartPlace:
    """One part: its first corner, the size of a weight, and the step from picture to picture."""

    part: Part
    left: int
    top: int
    cell: tuple[int, int]
    step: tuple[int, int]

    def picture_box(self, picture: int) -> Box:
        """Where a picture lies."""
        (row, column), (rows, columns) = self.part.places[picture], self.part.shape
        return (
            self.left + column * self.step[0],
            self.top + row * self.step[1],
            columns * self.cell[0],
            rows * self.cell[1],
        )

    def box(self, index: int) -> Box:
        """Where a weight lies."""
        picture, row, column = self.part.cell_of(index)
        left, top, _, _ = self.picture_box(picture)
        return left + column * self.cell[0], top + row * self.cell[1], *self.cell

    @property
    def bounds(self) -> Box:
        """Where the whole part lies."""
        (rows, columns), (grid_rows, grid_columns) = self.part.shape, self.part.grid
        width = (grid_columns - 1) * self.step[0] + columns * self.cell[0]
        height = (grid_rows - 1) * self.step[1] + rows * self.cell[1]
        return self.left, self.top, width, height

    def at(self, x: float, y: float) -> int | None:
        """The weight at a point."""
        index = self.nearest(x, y)
        return index if _contains(self.box(index), x, y) else None

    def nearest(self, x: float, y: float) -> int:
        """The weight that is nearest to a point."""
        boxes = [self.picture_box(picture) for picture in range(len(self.part.places))]
        picture = min(range(len(boxes)), key=lambda number: _distance(boxes[number], x, y))
        left, top, _, _ = boxes[picture]
        rows, columns = self.part.shape
        row = min(max(int((y - top) // self.cell[1]), 0), rows - 1)
        column = min(max(int((x - left) // self.cell[0]), 0), columns - 1)
        return self.part.index_of(picture, row, column)


@dataclass(frozen=True)
class Label:
    """Words at a place; those of the column at the left end at its right."""

    box: Box
    text: str
    at_right: bool = False


@dataclass(frozen=True)
class Head:
    """The number of a map over its column, or before its row, of Table I."""

    layer: str
    map: int
    box: Box


@dataclass(frozen=True)
class WeightsLayout:
    """Everything's place; `captions` are the layers' lines, `codes` the fixed codes of Fig. 3.

    `parts` in the order of `WeightPictures.parts`.
    """

    height: int
    captions: dict[str, Box]
    parts: tuple[PartPlace, ...]
    labels: tuple[Label, ...]
    heads: tuple[Head, ...]
    codes: tuple[Box, ...]

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """The part and the weight at a point."""
        for number, place in enumerate(self.parts):
            if _contains(place.bounds, x, y):
                index = place.at(x, y)
                return None if index is None else (number, index)
        return None

    def head_at(self, x: float, y: float) -> Head | None:
        """The map whose number is at a point."""
        return next((head for head in self.heads if _contains(head.box, x, y)), None)

    def moved(self, number: int, index: int, right: int, down: int) -> tuple[int, int]:
        """The weight beside another: of its picture, else of the next one, else of the next part.

        `index` is a weight of part `number`; one of `right` and `down` is 1 or -1, the other 0.
        """
        place = self.parts[number]
        picture, row, column = place.part.cell_of(index)
        rows, columns = place.part.shape
        if 0 <= row + down < rows and 0 <= column + right < columns:
            return number, place.part.index_of(picture, row + down, column + right)
        left, top, width, height = place.box(index)
        x, y = left + width / 2, top + height / 2
        if (other := _next_picture(place.part, picture, right, down)) is not None:
            a, b, wide, high = place.picture_box(other)
            inside = min(max(x, a), a + wide - 1), min(max(y, b), b + high - 1)
            return number, place.nearest(*inside)
        beyond = [
            (_distance(each.bounds, x, y), other)
            for other, each in enumerate(self.parts)
            if other != number and _is_beyond(each.bounds, place.bounds, right, down)
        ]
        if not beyond:
            return number, index
        other = min(beyond)[1]
        return other, self.parts[other].nearest(x, y)


def lay_out(pictures: WeightPictures, width: int, line: int, label: int) -> WeightsLayout:
    """The weights from C1 at the top to the output, as large as whole pixels let them be.

    `width` is that of the sheet, `line` the height of a line of small words, `label` the width of
    the column of words at the left.
    """
    return _Composer(pictures, width, line, label).composed()


class _Composer:
    """Goes down the sheet, layer by layer."""

    def __init__(self, pictures: WeightPictures, width: int, line: int, label: int) -> None:
        self._pictures, self._width, self._line, self._label = pictures, width, line, label
        self._y = 0
        self._captions: dict[str, Box] = {}
        self._parts: list[PartPlace] = []
        self._labels: list[Label] = []
        self._heads: list[Head] = []
        self._codes: tuple[Box, ...] = ()
        maps = GEOMETRY["C3"].maps
        room = width - label - (maps - 1) * _GAP
        self._cell = min(max(room // (maps * 5), 3), _LARGEST_KERNEL_CELL)

    def composed(self) -> WeightsLayout:
        layers = dict.fromkeys(part.layer for part in self._pictures.parts)
        for layer in (*layers, OUTPUT):
            if layer in self._captions:
                continue
            self._caption(layer)
            parts = [part for _, part in self._pictures.of_layer(layer)]
            if layer == "C3":
                self._table_i(parts)
            elif layer in ("C5", "F6"):
                self._matrix(parts)
            elif layer == OUTPUT:
                self._output(parts)
            else:
                self._rows(parts, self._step_of(layer))
            self._y += self._line // 2
        return WeightsLayout(
            self._y,
            self._captions,
            tuple(self._parts),
            tuple(self._labels),
            tuple(self._heads),
            self._codes,
        )

    def _step_of(self, layer: str) -> int:
        """From map to map: those of S2 stand under those of C1, those of S4 under C3's."""
        return 5 * (self._cell + 2 if layer in ("C1", "S2") else self._cell) + _GAP

    def _caption(self, layer: str) -> None:
        self._captions[layer] = (0, self._y, self._width, self._line + 4)
        self._y += self._line + 6

    def _rows(self, parts: Sequence[Part], step: int) -> None:
        """A row for each part, a column for each map."""
        for part in parts:
            cell = (step - _GAP) // part.shape[1] if part.kind is Kind.KERNELS else _SMALL
            self._put(part, self._label, (cell, cell), (step, 0), str(part.kind))

    def _put(
        self, part: Part, left: int, cell: tuple[int, int], step: tuple[int, int], words: str
    ) -> None:
        place = PartPlace(part, left, self._y, cell, step)
        self._parts.append(place)
        _, top, _, height = place.bounds
        if words:
            high = max(min(height, 3 * self._line), self._line)
            top += min(0, (height - self._line) // 2)
            self._labels.append(Label((0, top, self._label - 6, high), words, at_right=True))
        self._y += height + _GAP

    def _table_i(self, parts: Sequence[Part]) -> None:
        """C3's kernels: a column for each of its maps, a row for each map of S2."""
        step = self._step_of("C3")
        side = 5 * self._cell
        for c3_map in range(GEOMETRY["C3"].maps):
            box = (self._label + c3_map * step, self._y, side, self._line)
            self._heads.append(Head("C3", c3_map, box))
        self._labels.append(Label((0, self._y, self._label - 6, self._line), "from \\ to", True))
        self._y += self._line + 2
        for s2_map in range(GEOMETRY["S2"].maps):
            top = self._y + s2_map * step + (side - self._line) // 2
            self._heads.append(Head("S2", s2_map, (0, top, self._label - 6, self._line)))
        kernels, biases = parts
        cell = self._cell, self._cell
        self._put(kernels, self._label, cell, (step, step), "")
        self._put(biases, self._label, (_SMALL, _SMALL), (step, 0), str(biases.kind))

    def _matrix(self, parts: Sequence[Part]) -> None:
        """A matrix, and its biases in a column beside it."""
        weights, biases = parts
        columns = weights.shape[1]
        left = self._label
        if left + columns + _GAP + _BESIDE > self._width:
            left = 0  # in a narrow window it needs the column of the words, too
        room = (self._width - left - _GAP - _BESIDE) // columns
        cell = min(max(room, 1), _LARGEST_F6_CELL if weights.layer == "F6" else 1)
        beside = PartPlace(biases, left + columns * cell + _GAP, self._y, (_BESIDE, cell), (0, 0))
        self._put(weights, left, (cell, cell), (0, 0), str(weights.kind) if left else "")
        self._parts.append(beside)

    def _output(self, parts: Sequence[Part]) -> None:
        """A picture for each digit: trained weights, or the codes that no training changes."""
        step = CODE_WIDTH * _OUTPUT_CELL + 2 * _GAP
        for part in parts:
            cell = _OUTPUT_CELL if part.kind is Kind.WEIGHTS else _SMALL
            self._put(part, self._label, (cell, cell), (step, 0), str(part.kind))
        if not parts:
            size = CODE_WIDTH * _OUTPUT_CELL, CODE_HEIGHT * _OUTPUT_CELL
            self._codes = tuple(
                (self._label + digit * step, self._y, *size) for digit in range(DIGITS)
            )
            words = Label((0, self._y, self._label - 6, 2 * self._line), "fixed\ncodes", True)
            self._labels.append(words)
            self._y += size[1] + _GAP


def _next_picture(part: Part, picture: int, right: int, down: int) -> int | None:
    """The nearest picture of the same row, or column, of the grid."""
    row, column = part.places[picture]

    def along(number: int) -> int:
        other_row, other_column = part.places[number]
        if right:
            return (other_column - column) * right if other_row == row else 0
        return (other_row - row) * down if other_column == column else 0

    ahead = [number for number in range(len(part.places)) if along(number) > 0]
    return min(ahead, key=along) if ahead else None


def _is_beyond(box: Box, than: Box, right: int, down: int) -> bool:
    """Whether a box lies wholly to one side of another; sideways only at the same height."""
    left, top, width, height = box
    other_left, other_top, other_width, other_height = than
    if down:
        return top >= other_top + other_height if down > 0 else top + height <= other_top
    if top >= other_top + other_height or top + height <= other_top:
        return False
    return left >= other_left + other_width if right > 0 else left + width <= other_left


def _contains(box: Box, x: float, y: float) -> bool:
    left, top, width, height = box
    return left <= x < left + width and top <= y < top + height


def _distance(box: Box, x: float, y: float) -> float:
    left, top, width, height = box
    return max(left - x, 0, x - left - width) + max(top - y, 0, y - top - height)
