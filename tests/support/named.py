"""Words for the cells of maps that a test makes up."""

from lenet_gui.net.layers import Unit
from lenet_gui.pictures.grid.panel import Cell


class Named:
    """Its units are those of C3."""

    def picture(self, picture: int) -> str:
        return f"map {picture}"

    def cell(self, cell: Cell) -> str:
        return f"map {cell.picture}, row {cell.row}, column {cell.column}"

    def value(self, cell: Cell, value: float) -> str:
        return f"{value:+.2f}"

    def unit(self, cell: Cell) -> Unit | None:
        return Unit("C3", cell.picture, cell.row, cell.column)
