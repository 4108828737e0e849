"""Every layer of A and B side by side; a unit that is pointed at or held is marked in both."""

import math

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from lenet_gui.explore.two_networks import comparable_layers
from lenet_gui.gui.views.compare.content import pair_content, panels_of
from lenet_gui.gui.views.compare.layout import pair_maker
from lenet_gui.gui.views.compare.pair import Pair
from lenet_gui.gui.views.compare.panels import cell_of, counterpart, unit_of
from lenet_gui.gui.views.compare.text import unit_text
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.net.layers import Unit
from lenet_gui.pictures.grid.panel import Cell


class PairGrid(CellGrid):
    """The grid of both networks; it says of a unit what both make of it."""

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        self._pair = Pair()
        self._shown = panels_of(self._pair), _with_gaps(self._pair)
        super().__init__(commands, pair_maker(*self._shown), parent=parent)
        self.setObjectName("compare_maps")
        self.setAccessibleName("Layers of A and B")
        self.can_let_go = True

    @property
    def unit(self) -> Unit | None:
        """The unit that is described."""
        return None if self.spoken is None else unit_of(self.spoken)

    def show_pair(self, pair: Pair) -> None:
        """Shows other readings, or other networks."""
        self._pair = pair
        shown = panels_of(pair), _with_gaps(pair)
        if shown != self._shown:
            self._shown = shown
            self.arrange(pair_maker(*shown))
        self.show_content(pair_content(pair, self._shown[0]))

    def unit_rect(self, side: int, unit: Unit) -> QRect:
        """The logical pixels of a unit of A (0) or B (1)."""
        return self.cell_rect(cell_of(side, unit))

    def marked_with(self, cell: Cell) -> tuple[Cell, ...]:
        return cell, counterpart(cell)

    def text_of(self, cell: Cell) -> str:
        return unit_text(unit_of(cell), self._pair)

    def minimumSizeHint(self) -> QSize:
        """A wide grid needs less height: more pictures fit in a line."""
        least, ratio = super().minimumSizeHint(), self.devicePixelRatioF()
        room = self._looks.room(max(self.width(), least.width()), 0, ratio)
        return QSize(least.width(), math.ceil(self._maker(room).height / ratio))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def laid_out(self) -> None:
        self.updateGeometry()  # another width needs another height

    def _describe(self) -> None:
        words = unit_text(self.unit, self._pair)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)


def _with_gaps(pair: Pair) -> tuple[str, ...]:
    """The layers whose difference may be shown."""
    return () if pair.kin is None else comparable_layers(pair.kin)
