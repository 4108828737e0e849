"""What pictures of ink and their pixels are called."""

from dataclasses import dataclass

from lenet_gui.net.layers import Unit
from lenet_gui.pictures.grid.panel import Cell
from lenet_gui.text.figures import figure
from lenet_gui.text.units import place_name


@dataclass(frozen=True)
class InkWords:
    """`names`: of each picture."""

    names: tuple[str, ...]

    def picture(self, picture: int) -> str:
        """Its name."""
        return self.names[picture]

    def cell(self, cell: Cell) -> str:
        """The picture and the pixel."""
        return f"{self.names[cell.picture]}, {place_name(cell.row, cell.column)}"

    def value(self, cell: Cell, value: float) -> str:  # noqa: ARG002
        """Its ink."""
        return f"ink {figure(value)}"

    def unit(self, cell: Cell) -> Unit | None:  # noqa: ARG002
        """A pixel is not a unit of the network."""
        return None
