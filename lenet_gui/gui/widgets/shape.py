"""What the network view shows of each layer: how many pictures, of how many units. No widgets."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lenet_gui.explore.reading import Reading
from lenet_gui.pictures.colours import INPUT, activations_of

OUTPUT = "Output"
"""The last row of the view; the Original's hold distances, the Modern's logits."""

ROWS = (INPUT, "C1", "S2", "C3", "S4", "C5", "F6", OUTPUT)
"""Everything that the view shows, in the order of the computation."""


@dataclass(frozen=True)
class Shape:
    """A layer's pictures, each of `rows` x `columns` units."""

    pictures: int
    rows: int
    columns: int

    @property
    def units(self) -> int:
        """Units of one picture."""
        return self.rows * self.columns


SHAPES: dict[str, Shape] = {
    INPUT: Shape(1, 32, 32),
    "C1": Shape(6, 28, 28),
    "S2": Shape(6, 14, 14),
    "C3": Shape(16, 10, 10),
    "S4": Shape(16, 5, 5),
    "C5": Shape(1, 8, 15),  # 120 maps of one unit each, shown as one picture
    "F6": Shape(1, 12, 7),  # 84 units, laid out like the codes of Eq. 7
    OUTPUT: Shape(1, 1, 10),
}
"""The pictures of each row. C5's may be laid out otherwise, row by row in the same order."""

ENLARGEABLE = ROWS[:-1]
"""The layers whose pictures can be enlarged."""


@dataclass(frozen=True)
class Spot:
    """One unit of a picture; everything counts from 0. `unit` counts row by row."""

    layer: str
    picture: int
    row: int
    column: int
    unit: int


def values_of(reading: Reading, layer: str) -> npt.NDArray[np.float32]:
    """A row's values, float32 [pictures, units of one picture]."""
    values = reading.output if layer == OUTPUT else activations_of(reading, layer)
    shape = SHAPES[layer]
    return values.reshape(shape.pictures, shape.units)


def picture_name(layer: str, picture: int) -> str:
    """What a picture is called: "C3 map 12", or the layer's name where it is the only one."""
    return f"{layer} map {picture}" if SHAPES[layer].pictures > 1 else layer
