"""The gradient of a unit on the input, with the edge of the ink over it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
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

Point = tuple[int, int]

_LEAST = 160


@dataclass(frozen=True)
class GradientWords:
    """What the pixels of the gradient are called."""

    def picture(self, picture: int) -> str:  # noqa: ARG002
        """The gradient as a whole."""
        return "Input gradient"

    def cell(self, cell: Cell) -> str:
        """A pixel."""
        return place_name(cell.row, cell.column)

    def value(self, cell: Cell, value: float) -> str:  # noqa: ARG002
        """Its slope."""
        return f"{signed_small(value)} per unit of input"

    def unit(self, cell: Cell) -> Unit | None:  # noqa: ARG002
        """A pixel is not a unit."""
        return None


PANEL = Panel("gradient", 1, INPUT_SIDE, INPUT_SIDE, GradientWords())


class GradientPicture(CellGrid):
    """Shows a gradient in colours; the pointer and the arrow keys choose a pixel."""

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(commands, one_picture(PANEL, _LEAST), parent=parent)
        self.setObjectName("gradient")
        self.setAccessibleName("Input gradient")

    def show_gradient(self, gradient: Floats | None, ink: Floats, limit: float) -> None:
        """Shows a gradient [32, 32] up to ±`limit`, and the edge of `ink` [32, 32], 0..1."""
        values = {} if gradient is None else {PANEL.name: Values.of(PANEL, gradient, limit)}
        strokes = tuple(Stroke(PANEL.name, 0, points) for points in outlines(ink >= 0.5))
        self.show_content(GridContent(values, strokes=strokes))


def outlines(inked: NDArray[np.bool_]) -> Iterator[tuple[Point, ...]]:
    """The lines between cells with ink and cells without, of [rows, columns]: few long ones.

    Ink lies at the right of each, so that as many lines leave a corner as come there.
    """
    steps: dict[Point, list[Point]] = {}
    across = inked[:, 1:].astype(np.int8) - inked[:, :-1]
    for row, column in np.argwhere(across).tolist():
        ends = (column + 1, row + 1), (column + 1, row)
        start, end = ends if across[row, column] > 0 else ends[::-1]
        steps.setdefault(start, []).append(end)
    down = inked[1:].astype(np.int8) - inked[:-1]
    for row, column in np.argwhere(down).tolist():
        ends = (column, row + 1), (column + 1, row + 1)
        start, end = ends if down[row, column] > 0 else ends[::-1]
        steps.setdefault(start, []).append(end)
    while steps:
        way = [next(iter(steps))]
        while way[-1] in steps:
            leaving = steps[way[-1]]
            if len(leaving) == 1:
                del steps[way[-1]]
            way.append(leaving.pop())
        yield tuple(way)
