"""How the pictures of one layer fill a strip, and which unit lies where. No widgets."""

from dataclasses import dataclass

from lenet_gui.explore.unit import Unit
from lenet_gui.gui.widgets.shape import OUTPUT, SHAPES, Spot


@dataclass(frozen=True)
class StripLayout:
    """Pictures of `rows` x `columns` cells of `factor` pixels, `across` of them in a line."""

    pictures: int
    rows: int
    columns: int
    across: int
    factor: int
    gap: int
    left: int
    top: int

    def corner(self, picture: int) -> tuple[int, int]:
        """Left and top of a picture, in pixels."""
        line, place = divmod(picture, self.across)
        return (
            self.left + place * (self.columns * self.factor + self.gap),
            self.top + line * (self.rows * self.factor + self.gap),
        )

    @property
    def width(self) -> int:
        """Of all pictures together, in pixels."""
        return self.across * (self.columns * self.factor + self.gap) - self.gap

    @property
    def height(self) -> int:
        """Of all pictures together, in pixels."""
        lines = -(-self.pictures // self.across)
        return lines * (self.rows * self.factor + self.gap) - self.gap

    def at(self, x: float, y: float) -> tuple[int, int, int] | None:
        """Picture, row and column under a point; None beside the pictures."""
        for picture in range(self.pictures):
            left, top = self.corner(picture)
            row, column = int((y - top) // self.factor), int((x - left) // self.factor)
            if 0 <= row < self.rows and 0 <= column < self.columns:
                return picture, row, column
        return None


def fit_strip(
    layer: str, width: int, height: int, *, gap: int, most: int, left: int = 0, top: int = 0
) -> StripLayout:
    """The pictures of a layer as large as they go into `width` x `height` pixels.

    Args:
        layer: one of those of the network view.
        width: room, in pixels.
        height: room, in pixels; when even cells of one pixel do not fit, it is overrun.
        gap: between pictures, in pixels.
        most: the largest cell, in pixels.
        left: where the room begins.
        top: where the room begins.
    """
    shape = SHAPES[layer]
    best = (0, 0, 1)
    for across in range(1, shape.pictures + 1):
        lines = -(-shape.pictures // across)
        factor = min(
            (width - (across - 1) * gap) // (across * shape.columns),
            (height - (lines - 1) * gap) // (lines * shape.rows),
            most,
        )
        if (factor, -lines) > best[:2] or best[0] == 0:
            best = max(factor, 0), -lines, across
    return StripLayout(
        shape.pictures, shape.rows, shape.columns, best[2], max(best[0], 1), gap, left, top
    )


def unit_at(layer: str, picture: int, row: int, column: int) -> Unit:
    """The unit of a cell: C5, F6 and the output show their units row by row in one picture."""
    if layer in ("C5", "F6", OUTPUT):
        return Unit(
            layer.lower() if layer == OUTPUT else layer, row * SHAPES[layer].columns + column
        )
    return Unit(layer, picture, row, column)


def middle_of(layer: str) -> Unit:
    """The unit in the middle of a layer's first picture."""
    shape = SHAPES[layer]
    return unit_at(layer, 0, shape.rows // 2, shape.columns // 2)


def spot_of(unit: Unit) -> Spot:
    """Where a unit stands among the pictures of its layer."""
    layer = OUTPUT if unit.layer == "output" else unit.layer
    columns = SHAPES[layer].columns
    if layer in ("C5", "F6", OUTPUT):
        return Spot(layer, 0, *divmod(unit.map, columns), unit.map)
    return Spot(layer, unit.map, unit.row, unit.column, unit.row * columns + unit.column)


def moved(unit: Unit, right: int, down: int) -> Unit:
    """The next unit of the layer; beyond a map's side lies the next map."""
    spot = spot_of(unit)
    shape = SHAPES[spot.layer]
    row, column, picture = spot.row + down, spot.column + right, spot.picture
    if not 0 <= column < shape.columns:
        picture, column = picture + right, column % shape.columns
    row = min(max(row, 0), shape.rows - 1)
    if not 0 <= picture < shape.pictures:
        return unit
    return unit_at(spot.layer, picture, row, column)


def moved_map(unit: Unit, steps: int) -> Unit:
    """The unit at the same place of another map; C5, F6 and the output step by units."""
    spot = spot_of(unit)
    shape = SHAPES[spot.layer]
    if shape.pictures == 1:
        return unit_at(spot.layer, 0, *divmod((spot.unit + steps) % shape.units, shape.columns))
    return unit_at(spot.layer, (spot.picture + steps) % shape.pictures, spot.row, spot.column)
