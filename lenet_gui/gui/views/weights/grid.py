"""All weights of a network on a grid; what Table I ties to a map lights up."""

import math
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from lenet_gui.explore.weights import WeightPictures
from lenet_gui.gui.views.weights.content import lit_maps, weights_content
from lenet_gui.gui.views.weights.layout import head_name, weights_maker
from lenet_gui.gui.views.weights.panels import Map, index_of, map_of, values_of
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.net.layers import GEOMETRY
from lenet_gui.pictures.grid.content import Mark, Marked
from lenet_gui.pictures.grid.panel import Cell, Values


class WeightsGrid(CellGrid):
    """Shows all weights; one is always held.

    While the pointer is over a map of C3 or S2, or over a weight of its own, the maps that
    Table I ties it to light up: `ties_changed()`.
    """

    ties_changed = Signal()

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        self._pictures: WeightPictures | None = None
        self._values: Mapping[str, Values] = {}
        self._head: Map | None = None
        self._echoed: Cell | None = None
        self._tied: Map | None = None
        super().__init__(commands, weights_maker(()), parent=parent)
        self.setObjectName("weights_grid")
        self.setAccessibleName("All trainable weights")
        self.pointed.connect(self._tie)

    @property
    def tied(self) -> Map | None:
        """The map of S2 or C3 whose ties are lit up."""
        return self._tied

    @property
    def lit(self) -> frozenset[Map]:
        """The maps that are lit up: the one spoken of, and those that Table I ties it to."""
        pictures = self._pictures
        return frozenset() if pictures is None else lit_maps(pictures.variant, self._tied)

    def show_weights(self, pictures: WeightPictures) -> None:
        """Shows a network's weights."""
        before, self._pictures = self._pictures, pictures
        is_another = before is None or before.variant is not pictures.variant
        if is_another:
            self._head = self._tied = None
            self.arrange(weights_maker(pictures.shown))
        self._values = values_of(pictures)
        self._show()
        if is_another:
            self._tie()
            self.ties_changed.emit()  # the same map may be fed by others

    def hold(self, cell: Cell | None) -> None:
        super().hold(cell)
        self._tie()

    def echo(self, cell: Cell | None) -> None:
        """Marks a weight that is pointed at elsewhere, or none."""
        if cell != self._echoed:
            self._echoed = cell
            self._tie()
            self._show()

    def head_rect(self, layer: str, number: int) -> QRect:
        """The logical pixels of the head of a column (C3) or of a row (S2) of Table I."""
        return self._logical(self.layout_of.labels[head_name(layer, number)])

    def minimumSizeHint(self) -> QSize:
        """A wide grid needs more height: its kernels are larger."""
        least = super().minimumSizeHint()
        return QSize(least.width(), math.ceil(self.layout_of.height / self.devicePixelRatioF()))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def laid_out(self) -> None:
        self.updateGeometry()

    def _show(self) -> None:
        if self._pictures is not None:
            echoed = () if self._echoed is None else (Marked(self._echoed, Mark.CHOSEN),)
            found = weights_content(self._pictures, self._values, self._tied)
            self.show_content(replace(found, marks=(*found.marks, *echoed)))

    @Slot()
    def _tie(self) -> None:
        """Lights up what Table I ties to what is spoken of."""
        tied, cell = self._head, self._echoed or self.spoken
        if tied is None and self._pictures is not None and cell is not None:
            part = self._pictures.part(cell.panel)
            tied = None if part is None else map_of(part, index_of(part, cell))
        if tied != self._tied:
            self._tied = tied
            self._show()
            self.ties_changed.emit()

    def _point_at_head(self, head: Map | None) -> None:
        if head != self._head:
            self._head = head
            self._tie()

    def _head_under(self, position: QPointF) -> Map | None:
        ratio = self.devicePixelRatioF()
        name = self.layout_of.label_at(position.x() * ratio, position.y() * ratio)
        for layer in ("S2", "C3"):
            for number in range(GEOMETRY[layer].maps):
                if name == head_name(layer, number):
                    return layer, number
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point_at_head(self._head_under(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at_head(None)
