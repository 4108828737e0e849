"""What a layout of the network view is: rectangles in device pixels, and what lies at a point."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lenet_gui.net.layers import ACTIVATION_LAYERS, Unit, place_of, unit_at


@dataclass(frozen=True)
class Rect:
    """A rectangle in whole device pixels; right and bottom lie just outside of it."""

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
        """Whether a point lies in the rectangle."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def overlaps(self, other: "Rect") -> bool:
        """Whether the two share a pixel."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


@dataclass(frozen=True)
class LayerRow:
    """One layer: its label and its pictures, each `rows` x `columns` cells of `factor` pixels."""

    layer: str
    label: Rect
    factor: int
    rows: int
    columns: int
    pictures: tuple[Rect, ...]


@dataclass(frozen=True)
class NetworkLayout:
    """The whole view in device pixels; larger than the room given when that was too small."""

    width: int
    height: int
    ratio: float
    rows: tuple[LayerRow, ...]
    note: Rect
    digits: tuple[Rect, ...]  # the captions 0..9 under the output's cells

    @cached_property
    def by_layer(self) -> dict[str, LayerRow]:
        """The rows by the names of their layers."""
        return {row.layer: row for row in self.rows}

    def unit_under(self, x: float, y: float) -> Unit | None:
        """The unit under a point, None beside the pictures."""
        for row in self.rows:
            for index, picture in enumerate(row.pictures):
                if picture.contains(x, y):
                    down, right = int(y - picture.y) // row.factor, int(x - picture.x) // row.factor
                    return unit_at(row.layer, index, down, right, row.columns)
        return None

    def cell(self, unit: Unit) -> Rect:
        """The pixels of one unit."""
        row = self.by_layer[unit.layer]
        place = place_of(unit, row.columns)
        picture, side = row.pictures[place.picture], row.factor
        return Rect(picture.x + place.column * side, picture.y + place.row * side, side, side)

    def neighbour(self, layer: str, picture: int, right: int, down: int) -> tuple[str, int] | None:
        """The picture that lies one step to the side of a picture, None at the border.

        To the left and right within the layer, at its ends on to what stands beside it; up and
        down to the nearest picture of the next line. The output has no pictures of its own.
        """
        here = self.by_layer[layer].pictures[picture]
        if right and 0 <= picture + right < len(self.by_layer[layer].pictures):
            return layer, picture + right
        beyond = [
            (abs(place.x - here.x), abs(place.y - here.y), row.layer, index)
            for row in self.rows
            if row.layer in ACTIVATION_LAYERS and row.layer != layer
            for index, place in enumerate(row.pictures)
            if right and (place.x - here.x) * right > 0 and _same_line(place, here)
        ] + [
            (abs(place.y - here.y), abs(place.x - here.x), row.layer, index)
            for row in self.rows
            if row.layer in ACTIVATION_LAYERS
            for index, place in enumerate(row.pictures)
            if down and (place.y - here.y) * down > 0
        ]
        return min(beyond)[2:] if beyond else None

    def everything(self) -> Iterator[Rect]:
        """All that must not overlap."""
        for row in self.rows:
            yield row.label
            yield from row.pictures
        yield self.note
        yield from self.digits


def _same_line(one: Rect, other: Rect) -> bool:
    """Whether one of the two ends or begins level with the other."""
    return one.y < other.bottom and other.y < one.bottom
