"""The band between two lines of a live plot, filled."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from lenet_gui.gui.core.graphs import pyqtgraph as pg
from lenet_gui.gui.training.plots.curves import Floats

_NOTHING = np.empty(0)


class BandItem(pg.GraphicsObject):
    """Its values are in the plot's coordinates: logarithms where the axis is logarithmic.

    It has no say in what the plot shows: a lower end as good as 0 would take all of a logarithmic
    axis. What is to be seen of it is told by `see`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._ends = (_NOTHING, _NOTHING, _NOTHING)
        self._path = QPainterPath()
        self._brush = QBrush()
        self._seen: tuple[float, float] | None = None

    @property
    def ends(self) -> tuple[Floats, Floats, Floats]:
        """What is filled: x, the lower and the upper end."""
        return self._ends

    @property
    def colour(self) -> QColor:
        """What it is filled with."""
        return self._brush.color()

    def set_band(self, x: Floats, low: Floats, high: Floats, colour: QColor) -> None:
        """Fills another band; where an end is no finite number there is a gap."""
        self.prepareGeometryChange()
        self._ends, self._brush = (x, low, high), QBrush(colour)
        there = np.isfinite(low) & np.isfinite(high)
        self._path = QPainterPath()
        for piece in np.split(np.arange(len(there)), np.flatnonzero(~there)):
            inside = piece[there[piece]]
            if len(inside) > 1:
                around = np.concatenate((inside, inside[::-1]))
                y = np.concatenate((low[inside], high[inside[::-1]]))
                points = zip(x[around].tolist(), y.tolist(), strict=True)
                self._path.addPolygon(QPolygonF([QPointF(*point) for point in points]))
                self._path.closeSubpath()
        self.update()

    def clear(self) -> None:
        """Fills nothing."""
        self.set_band(_NOTHING, _NOTHING, _NOTHING, QColor(0, 0, 0, 0))

    def see(self, span: tuple[float, float] | None) -> None:
        """The lowest and the highest value that the plot shows when it shows all."""
        if span != self._seen:
            self._seen = span
            self.informViewBoundsChanged()

    def dataBounds(
        self,
        ax: int,
        frac: float = 1.0,  # noqa: ARG002
        orthoRange: tuple[float, float] | None = None,  # noqa: ARG002
    ) -> tuple[float | None, float | None]:
        """What a plot that shows all shows for its sake."""
        return (None, None) if ax == 0 or self._seen is None else self._seen

    def boundingRect(self) -> QRectF:
        return self._path.boundingRect()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._brush)
        painter.drawPath(self._path)
