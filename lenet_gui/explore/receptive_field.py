"""Which pixels of the input a unit sees, and which units of the layer below feed it."""

from dataclasses import dataclass

from lenet_gui.net.architecture import INPUT_SIDE, KERNEL_SIDE


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


_STEPS: dict[str, tuple[int, int]] = {
    # layer: (the units below that one unit sees on a side, the step from one unit to the next)
    "C1": (KERNEL_SIDE, 1),
    "S2": (2, 2),
    "C3": (KERNEL_SIDE, 1),
    "S4": (2, 2),
    "C5": (KERNEL_SIDE, 1),
}
_ORDER = tuple(_STEPS)
_SIDES = {"Input": INPUT_SIDE, "C1": 28, "S2": 14, "C3": 10, "S4": 5, "C5": 1}


def fed_by(layer: str, row: int, column: int) -> Square:
    """The square of the layer below (for C1 of the input) that feeds a unit of C1 to C5.

    F6 and the output see all units of the layer below, which have no place: ask C5's field.

    Raises:
        ValueError: there is no such unit.
    """
    _check(layer, row, column)
    side, step = _STEPS[layer]
    return Square(row * step, column * step, row * step + side, column * step + side)


def receptive_field(layer: str, row: int = 0, column: int = 0) -> Square:
    """The square of the input [32, 32] that a unit sees, 5, 6, 14, 16 or 32 pixels on a side.

    F6 and the output see all of it, and so does every unit of C5. No unit looks beyond the border:
    the input is as large as it is so that none has to (II-B).

    Raises:
        ValueError: there is no such unit.
    """
    if layer in ("F6", "output"):
        return Square(0, 0, INPUT_SIDE, INPUT_SIDE)
    _check(layer, row, column)
    top, left, bottom, right = row, column, row + 1, column + 1
    for name in reversed(_ORDER[: _ORDER.index(layer) + 1]):
        side, step = _STEPS[name]
        top, left = top * step, left * step
        bottom, right = (bottom - 1) * step + side, (right - 1) * step + side
    return Square(top, left, bottom, right)


def _check(layer: str, row: int, column: int) -> None:
    if layer not in _STEPS or not (0 <= row < _SIDES[layer] and 0 <= column < _SIDES[layer]):
        raise ValueError(f"there is no unit ({row}, {column}) in a map of {layer}")
