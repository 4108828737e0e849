"""The gradient of a unit on the input, with the edge of the ink over it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtWidgets import QWidget

from lenet_gui.explore.reading import Floats
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.net.architecture import INPUT_SIDE
from lenet_gui.net.layers import Unit
from lenet_gui.pictures.grid.content import GridContent, Stroke
from lenet_gui.pictures.grid.layout import one_picture
from lenet_gui.pictures.grid.panel import Cell, Panel, Values
from lenet_gui.text.figures import signed_small
from lenet_gui.text.units import place_name

_LEAST = 160


@dataclass(frozen=True)
class GradientWords:
    """What the pixels of the gradient are called."""

    def picture(self, picture: int) -> str:  # noqa: ARG002
        """The gradient as a whole."""
        return "Gradient on the input"

    def cell(self, cell: Cell) -> str:
        """A pixel."""
        return place_name(cell.row, cell.column)

    def value(self, cell: Cell, value: float) -> str:  # noqa: ARG002
        """Its slope."""
        return f"{signed_small(value)} a unit of input"

    def unit(self, cell: Cell) -> Unit | None:  # noqa: ARG002
        """A pixel is no unit."""
        return None


PANEL = Panel("gradient", 1, INPUT_SIDE, INPUT_SIDE, GradientWords())


class GradientPicture(CellGrid):
    """Shows a gradient in colours; its pixels are pointed at and walked through."""

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(commands, one_picture(PANEL, _LEAST), parent=parent)
        self.setObjectName("gradient")
        self.setAccessibleName("Gradient on the input")

    def show_gradient(self, gradient: Floats | None, ink: Floats, limit: float) -> None:
        """Shows a gradient [32, 32] up to ±`limit`, and the edge of `ink` [32, 32], 0..1."""
        values = {} if gradient is None else {PANEL.name: Values.of(PANEL, gradient, limit)}
        strokes = tuple(Stroke(PANEL.name, 0, points) for points in edges(ink >= 0.5))
        self.show_content(GridContent(values, strokes=strokes))


def edges(inked: np.ndarray) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The lines between cells with ink and cells without, of bool [rows, columns]."""
    for row, column in np.argwhere(inked[:, 1:] != inked[:, :-1]).tolist():
        yield (column + 1, row), (column + 1, row + 1)
    for row, column in np.argwhere(inked[1:] != inked[:-1]).tolist():
        yield (column, row + 1), (column + 1, row + 1)
