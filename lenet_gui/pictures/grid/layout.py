"""The layout of a grid's pictures, as a pure function of the available room.

All rectangles are in device pixels, so that cells are enlarged by whole factors on every screen.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from lenet_gui.pictures.grid.panel import Cell, Panel


@dataclass(frozen=True)
class Rect:
    """A rectangle in whole device pixels; right and bottom are just outside it."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column to the right of the rectangle."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first line below the rectangle."""
        return self.y + self.height

    def contains(self, x: float, y: float) -> bool:
        """Whether a point is in the rectangle."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def overlaps(self, other: "Rect") -> bool:
        """Whether the two share a pixel."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def around(self, by: int) -> "Rect":
        """The rectangle grown by a number of pixels on every side."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    @staticmethod
    def bounding(rects: "Iterable[Rect]") -> "Rect":
        """The smallest rectangle around all of them."""
        found = tuple(rects)
        left, top = min(rect.x for rect in found), min(rect.y for rect in found)
        right, bottom = max(rect.right for rect in found), max(rect.bottom for rect in found)
        return Rect(left, top, right - left, bottom - top)


class Type(StrEnum):
    """The sizes and weights of type in a grid."""

    TITLE = "title"
    SMALL = "small"
    BOLD = "bold"  # small, for the most important


@dataclass(frozen=True)
class Room:
    """What a layout can use: a size in logical pixels, and the metrics of the type.

    Args:
        width: in logical pixels; 0 x 0 asks for the smallest possible layout.
        height: in logical pixels.
        ratio: device pixels for each logical pixel, at least 1.
        measure: the width of a text in a type, in logical pixels.
        lines: the height of a line of each type, in logical pixels.
    """

    width: float
    height: float
    ratio: float
    measure: Callable[[str, Type], float] = field(repr=False)
    lines: Mapping[Type, float]

    def pixels(self, logical: float) -> int:
        """Whole device pixels of a length in logical pixels."""
        return round(logical * self.ratio)

    @property
    def least(self) -> "Room":
        """The same room without any size."""
        return replace(self, width=0, height=0)


@dataclass(frozen=True)
class PlacedPanel:
    """A panel with its pictures at their places.

    `cell` is the width and height of a cell. If a picture has more cells than its place has
    room for, it is scaled to that, and `cell` is (1, 1).
    """

    panel: Panel
    cell: tuple[int, int]
    pictures: tuple[Rect, ...]

    @cached_property
    def bounds(self) -> Rect:
        """The rectangle around all pictures."""
        return Rect.bounding(self.pictures)

    def box(self, cell: Cell, rows: int = 1, columns: int = 1) -> Rect:
        """The pixels of a cell, or of a part of its picture that begins there."""
        (left, top), (right, bottom) = (
            (round(x), round(y))
            for x, y in (
                self.point(cell.picture, cell.column, cell.row),
                self.point(cell.picture, cell.column + columns, cell.row + rows),
            )
        )
        place = self.pictures[cell.picture]
        left, top = min(left, place.right - 1), min(top, place.bottom - 1)
        return Rect(left, top, max(right - left, 1), max(bottom - top, 1))

    def point(self, picture: int, x: float, y: float) -> tuple[float, float]:
        """The place of a point of a picture, given in cells from the picture's corner."""
        place, panel = self.pictures[picture], self.panel
        across, down = place.width / panel.columns, place.height / panel.rows
        return place.x + x * across, place.y + y * down

    @property
    def is_scaled(self) -> bool:
        """Whether the cells are not whole pixels."""
        width, height = self.pictures[0].width, self.pictures[0].height
        return bool(width % self.panel.columns or height % self.panel.rows)

    def at(self, x: float, y: float) -> Cell | None:
        """The cell at a point; None outside the pictures."""
        if not self.bounds.contains(x, y):
            return None
        for number, picture in enumerate(self.pictures):
            if picture.contains(x, y):
                return self._inside(number, x, y)
        return None

    def nearest(self, x: float, y: float) -> Cell:
        """The cell that is nearest to a point."""
        picture = min(
            range(len(self.pictures)), key=lambda number: _distance(self.pictures[number], x, y)
        )
        return self._inside(picture, x, y)

    def _inside(self, picture: int, x: float, y: float) -> Cell:
        place, rows, columns = self.pictures[picture], self.panel.rows, self.panel.columns
        row = min(max(int((y - place.y) * rows // place.height), 0), rows - 1)
        column = min(max(int((x - place.x) * columns // place.width), 0), columns - 1)
        return Cell(self.panel.name, picture, row, column)


@dataclass(frozen=True)
class GridLayout:
    """All panels and the places of the words; larger than the room if that was too small.

    `labels` are places for captions and legends, by names that the owner of the grid knows.
    """

    width: int
    height: int
    ratio: float
    panels: tuple[PlacedPanel, ...]
    labels: Mapping[str, Rect] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[str, PlacedPanel]:
        """The panels by their names."""
        return {placed.panel.name: placed for placed in self.panels}

    def has(self, cell: Cell | None) -> bool:
        """Whether a cell is on the grid."""
        return cell is not None and cell.panel in self.by_name and self.panel(cell).has(cell)

    def panel(self, cell: Cell) -> Panel:
        """The panel of a cell."""
        return self.by_name[cell.panel].panel

    def box(self, cell: Cell) -> Rect:
        """The pixels of a cell."""
        return self.by_name[cell.panel].box(cell)

    def picture(self, cell: Cell) -> Rect:
        """The pixels of a cell's picture."""
        return self.by_name[cell.panel].pictures[cell.picture]

    def at(self, x: float, y: float) -> Cell | None:
        """The cell at a point; None outside the pictures."""
        for placed in self.panels:
            if (found := placed.at(x, y)) is not None:
                return found
        return None

    def label_at(self, x: float, y: float) -> str | None:
        """The name of the label at a point."""
        return next((name for name, rect in self.labels.items() if rect.contains(x, y)), None)

    # Moving with the keys; one of `right` and `down` is 1 or -1, the other 0.

    def step(self, cell: Cell, right: int, down: int) -> Cell:
        """The next cell: of the picture, else of the picture beside it, else of the panel beside.

        If there is nothing beside it, the cell itself.
        """
        panel = self.panel(cell)
        row, column = cell.row + down, cell.column + right
        if 0 <= row < panel.rows and 0 <= column < panel.columns:
            return replace(cell, row=row, column=column)
        placed, here = self.by_name[cell.panel], self.box(cell)
        x, y = here.x + here.width / 2, here.y + here.height / 2
        beside = _beside(placed.pictures, cell.picture, right, down)
        if beside is not None:
            other = placed.pictures[beside]
            inside = min(max(x, other.x), other.right - 1), min(max(y, other.y), other.bottom - 1)
            return placed.nearest(*inside)
        beyond = [
            (_distance(each.bounds, x, y), place)
            for place, each in enumerate(self.panels)
            if each is not placed and _is_beyond(each.bounds, placed.bounds, right, down)
        ]
        if beyond:
            return self.panels[min(beyond)[1]].nearest(x, y)
        # At the end of a line of pictures: on to the next, in reading order.
        picture = cell.picture + right
        if right and 0 <= picture < panel.pictures:
            return replace(cell, picture=picture, column=column % panel.columns)
        return cell

    def leap(self, cell: Cell, right: int, down: int) -> Cell:
        """The same place in the next picture, wrapping around; with one picture, the next cell."""
        panel, steps = self.panel(cell), right + down
        if panel.pictures == 1:
            index = (panel.index_of(cell) + steps) % panel.count
            return panel.cell_at(index)
        return replace(cell, picture=(cell.picture + steps) % panel.pictures)

    def step_picture(self, cell: Cell, right: int, down: int) -> Cell:
        """The picture beside a cell's picture, wherever it is; else the cell itself."""
        placed = self.by_name[cell.panel]
        picture = cell.picture + right
        if right and 0 <= picture < placed.panel.pictures:
            return replace(cell, picture=picture)
        here = self.picture(cell)
        beyond = []
        for place, each in enumerate(self.panels):
            for number, other in enumerate(each.pictures):
                away = abs(other.x - here.x), abs(other.y - here.y)
                if right and each is not placed and (other.x - here.x) * right > 0:
                    if other.y < here.bottom and here.y < other.bottom:
                        beyond.append((*away, place, number))
                elif down and (other.y - here.y) * down > 0:
                    beyond.append((away[1], away[0], place, number))
        if not beyond:
            return cell
        _, _, place, number = min(beyond)
        return Cell(self.panels[place].panel.name, number, 0, 0)

    def step_panel(self, cell: Cell, by: int) -> Cell:
        """The middle of the panel before or after, in their order; else the cell itself."""
        names = [placed.panel.name for placed in self.panels]
        place = names.index(cell.panel) + by
        return self.panels[place].panel.middle if 0 <= place < len(names) else cell


Maker = Callable[[Room], GridLayout]
"""Lays out a grid in a room."""


def in_lines(
    panel: Panel, place: Rect, gap: int, most: int, least: int = 1, across: int | None = None
) -> PlacedPanel:
    """The pictures of a panel in lines, as large as they fit into a place.

    Args:
        panel: whose pictures.
        place: where; it is exceeded if even the smallest cells do not fit.
        gap: between pictures, in pixels.
        most: the largest side of a cell, in pixels.
        least: the smallest, in pixels.
        across: how many pictures in a line; None: the number with the largest cells.
    """
    choices = range(1, panel.pictures + 1) if across is None else (across,)

    def side(many: int) -> int:
        lines = -(-panel.pictures // many)
        wide = (place.width - (many - 1) * gap) // (many * panel.columns)
        high = (place.height - (lines - 1) * gap) // (lines * panel.rows)
        return max(0, min(wide, high, most))

    best = max(choices, key=lambda many: (side(many), many))
    if across is None:  # as many in each line, as far as that goes
        best = -(-panel.pictures // -(-panel.pictures // best))
    factor = max(side(best), least)
    width, height = panel.columns * factor, panel.rows * factor
    pictures = tuple(
        Rect(
            place.x + (number % best) * (width + gap),
            place.y + (number // best) * (height + gap),
            width,
            height,
        )
        for number in range(panel.pictures)
    )
    return PlacedPanel(panel, (factor, factor), pictures)


def one_picture(panel: Panel, least: int, frame: int = 2) -> Maker:
    """Lays out a single picture, in the middle, as large as possible.

    Args:
        panel: with one picture.
        least: the least room, in logical pixels.
        frame: the free margin around it, in logical pixels.
    """

    def lay_out(room: Room) -> GridLayout:
        width, height = (
            max(room.pixels(size), room.pixels(least)) for size in (room.width, room.height)
        )
        edge = room.pixels(frame)
        factor = min((width - 2 * edge) // panel.columns, (height - 2 * edge) // panel.rows)
        side = max(1, factor)
        wide, high = panel.columns * side, panel.rows * side
        place = Rect((width - wide) // 2, (height - high) // 2, wide, high)
        return GridLayout(width, height, room.ratio, (PlacedPanel(panel, (side, side), (place,)),))

    return lay_out


def _beside(pictures: tuple[Rect, ...], picture: int, right: int, down: int) -> int | None:
    """The nearest picture of the same line, or column, to one side of a picture."""
    here = pictures[picture]

    def along(number: int) -> int:
        other = pictures[number]
        if right:
            level = other.y < here.bottom and here.y < other.bottom
            return (other.x - here.x) * right if level else 0
        under = other.x < here.right and here.x < other.right
        return (other.y - here.y) * down if under else 0

    ahead = [number for number in range(len(pictures)) if along(number) > 0]
    return min(ahead, key=along) if ahead else None


def _is_beyond(rect: Rect, than: Rect, right: int, down: int) -> bool:
    """Whether a rectangle is completely to one side of another; sideways only at its height."""
    if down:
        return rect.y >= than.bottom if down > 0 else rect.bottom <= than.y
    if rect.y >= than.bottom or rect.bottom <= than.y:
        return False
    return rect.x >= than.right if right > 0 else rect.right <= than.x


def _distance(rect: Rect, x: float, y: float) -> float:
    return max(rect.x - x, 0, x - rect.right) + max(rect.y - y, 0, y - rect.bottom)
