"""Thumbnails of steps side by side, with arrows between them."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QResizeEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid, Walk
from lenet_gui.pictures.grid.layout import Maker

GAP = 4
"""The least room, in logical pixels, for an arrow between two thumbnails."""


class StepStrip(CellGrid):
    """A panel for each step, in their order; `tips` says of each what it is.

    It takes the height that its width needs.
    """

    is_seen_through = True
    tips: Sequence[str] = ()
    _arrows: list[list[QPointF]]

    def __init__(self, commands: CellCommands, maker: Maker, parent: QWidget | None = None) -> None:
        super().__init__(commands, maker, Walk.NOTHING, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def cells(self) -> list[QRectF]:
        """The places of the thumbnails, in logical pixels."""
        ratio = self.devicePixelRatioF()
        places = (placed.bounds for placed in self.layout_of.panels)
        return [
            QRectF(each.x / ratio, each.y / ratio, each.width / ratio, each.height / ratio)
            for each in places
        ]

    def explain(self, position: QPointF) -> str:
        """What the step at a place of the widget is."""
        x, y = position.x(), position.y()
        pairs = zip(self.cells, self.tips, strict=False)
        over = [(abs(c.center().y() - y), tip) for c, tip in pairs if c.left() <= x < c.right()]
        return min(over, key=lambda each: each[0])[1] if over else ""

    def description(self) -> str:
        """Every step, or the pixel under the pointer."""
        return super().description() or ". ".join(self.tips)

    def laid_out(self) -> None:
        """It takes the height that its width needs."""
        self._place_arrows()
        wanted = round(self.layout_of.height / self.devicePixelRatioF())
        if wanted != self.minimumHeight() or wanted != self.maximumHeight():
            self.setFixedHeight(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paint_under(self, painter: QPainter) -> None:
        """Arrows from step to step."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.looks.faint, 1.5))
        for arrow in self._arrows:
            painter.drawPolyline(arrow)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _place_arrows(self) -> None:
        size = self.looks.size
        shrink = QTransform.fromScale(1 / size, 1 / size)
        cells = [shrink.mapRect(each) for each in self.cells]
        self._arrows = []
        for left, right in pairwise(cells):
            if right.left() < left.right():  # in the next line
                continue
            middle = max(left.center().y(), right.center().y())
            x = (left.right() + right.left()) / 2
            tip = QPointF(x + 1.5, middle)
            self._arrows.append([QPointF(x - 1, middle - 3), tip, QPointF(x - 1, middle + 3)])
