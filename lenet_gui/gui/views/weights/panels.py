"""The parts of a network's weights as panels, what their cells are called, and their values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lenet_gui.explore.weights import Kind, Part, WeightPictures
from lenet_gui.gui.views.weights.text import picture_name, weight_name, weight_value
from lenet_gui.net.layers import GEOMETRY, UNIT_LAYERS, Unit
from lenet_gui.pictures.grid.panel import Cell, Panel, Values


@dataclass(frozen=True)
class WeightWords:
    """What the pictures and weights of a part are called."""

    part: Part = field(repr=False)

    def picture(self, picture: int) -> str:
        """Such as "C3 map 7 from S2 map 2", or "C5 weights"."""
        return picture_name(self.part, picture)

    def cell(self, cell: Cell) -> str:
        """Such as "C3 map 7 from S2 map 2, row 1, column 3"."""
        return weight_name(self.part, index_of(self.part, cell))

    def value(self, cell: Cell, value: float) -> str:  # noqa: ARG002
        """With its sign."""
        return weight_value(self.part, value)

    def unit(self, cell: Cell) -> Unit | None:
        """The unit that has the weight; of a map, whose units share it, the one in the middle."""
        return unit_of(self.part, index_of(self.part, cell))


def panel_of(part: Part) -> Panel:
    """A part as a panel, which has the name of the parameter."""
    rows, columns = part.shape
    return Panel(part.parameter, len(part.values), rows, columns, WeightWords(part))


def values_of(pictures: WeightPictures) -> Mapping[str, Values]:
    """All weights in the colours of their layers' scales, by panel."""
    return {
        part.parameter: Values.of(panel_of(part), part.values, pictures.limit(part))
        for part in pictures.shown
    }


def cell_of(part: Part, index: int) -> Cell:
    """The cell of a weight."""
    return Cell(part.parameter, *part.cell_of(index))


def index_of(part: Part, cell: Cell) -> int:
    """The weight of a cell."""
    return part.index_of(cell.picture, cell.row, cell.column)


def layer_of(cell: Cell | str) -> str:
    """The layer of a cell, or of a panel by its name."""
    name = cell if isinstance(cell, str) else cell.panel
    return next(layer for layer in UNIT_LAYERS if name.startswith(layer + "."))


def unit_of(part: Part, index: int) -> Unit:
    """The unit whose sum a weight is part of; of a map's units the one in the middle."""
    middle = GEOMETRY[part.layer].side // 2
    return Unit(part.layer, part.map_of(index), middle, middle)


Map = tuple[str, int]
"""A map of S2 or C3, by its layer and number."""


def map_of(part: Part, index: int) -> Map | None:
    """The map of S2 or C3 that a weight belongs to; None of weights of other layers."""
    return (part.layer, part.map_of(index)) if part.layer in ("S2", "C3") else None


def kernels_of(part: Part, tied: Map) -> tuple[int, ...]:
    """The kernels of C3 in the column, or the row, of Table I that a map stands for."""
    if part.layer != "C3" or part.kind is not Kind.KERNELS:
        return ()
    axis = 1 if tied[0] == "C3" else 0
    return tuple(picture for picture, at in enumerate(part.places) if at[axis] == tied[1])
