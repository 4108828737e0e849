"""Which pixels of the input a unit sees, and which units of the layer below feed it."""

from dataclasses import dataclass

from lenet_gui.net.layers import GEOMETRY, INPUT, OUTPUT, layer_below


@dataclass(frozen=True)
class Square:
    """Rows top..bottom - 1 and columns left..right - 1 of a map or of the input."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> slice:
        """For indexing."""
        return slice(self.top, self.bottom)

    @property
    def columns(self) -> slice:
        """For indexing."""
        return slice(self.left, self.right)

    @property
    def side(self) -> int:
        """Rows inside."""
        return self.bottom - self.top


def fed_by(layer: str, row: int, column: int) -> Square:
    """The square of the layer below (for C1 of the input) that feeds a unit of C1 to C5.

    F6 and the output see all units of the layer below, which have no position: use C5's field.

    Raises:
        ValueError: there is no such unit.
    """
    geometry = GEOMETRY.get(layer)
    if geometry is None or geometry.window is None:
        raise ValueError(f"there is no unit of {layer} that a square feeds")
    if not (0 <= row < geometry.side and 0 <= column < geometry.side):
        raise ValueError(f"there is no unit ({row}, {column}) in a map of {layer}")
    top, left = row * geometry.step, column * geometry.step
    return Square(top, left, top + geometry.window, left + geometry.window)


def receptive_field(layer: str, row: int = 0, column: int = 0) -> Square:
    """The square of the input [32, 32] that a unit sees, 5, 6, 14, 16 or 32 pixels on a side.

    F6 and the output see all of it, and so does every unit of C5. No unit sees beyond the border:
    the input is as large as it is for that reason (II-B).

    Raises:
        ValueError: there is no such unit.
    """
    if layer in ("F6", OUTPUT):
        return receptive_field("C5")
    square = fed_by(layer, row, column)
    below = layer_below(layer)
    if below == INPUT:
        return square
    first = receptive_field(below, square.top, square.left)
    last = receptive_field(below, square.bottom - 1, square.right - 1)
    return Square(first.top, first.left, last.bottom, last.right)
