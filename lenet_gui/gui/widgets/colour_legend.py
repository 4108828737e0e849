"""The legend of a colour scale: its lowest value, the colours, its highest value."""

from functools import cache

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.pictures.colours import COLOURS, Theme, diverging_lut
from lenet_gui.pictures.grid.content import legend_figures

_WIDEST = "+8.88"


@cache
def colour_strip(ground: Theme) -> QImage:
    """The colours of a theme in one line, from the lowest to the highest."""
    return to_qimage_indexed(np.arange(COLOURS, dtype=np.uint8)[None], diverging_lut(ground))


def paint_legend(painter: QPainter, place: QRectF, limit: float | None, ground: Theme) -> None:
    """Paints [-limit, colours, +limit] in `place` with the painter's font and pen.

    Without a limit the colours stand between a minus and a plus.
    """
    metrics = QFontMetricsF(painter.font())
    (low, high), side = legend_figures(limit), metrics.height()
    if limit is not None:
        side = max(metrics.horizontalAdvance(_WIDEST), metrics.horizontalAdvance(high))
    side = min(side + 4, place.width() / 2 - 6)
    height = min(place.height(), max(6.0, metrics.ascent() * 0.8))
    bar = QRectF(
        place.x() + side, place.center().y() - height / 2, place.width() - 2 * side, height
    )
    painter.drawImage(bar, colour_strip(ground))
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(
        QRectF(place.x(), place.y(), side, place.height()),
        Qt.AlignmentFlag.AlignLeft | middle,
        low,
    )
    painter.drawText(
        QRectF(bar.right() + 4, place.y(), side, place.height()),
        Qt.AlignmentFlag.AlignLeft | middle,
        high,
    )


class ScaleLegend(QWidget):
    """[-limit, colours, +limit] as a widget."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._limit: float | None = None

    def show_limit(self, limit: float | None) -> None:
        """Shows the figures of a scale, or none."""
        self._limit = limit
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, self.fontMetrics().height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.small_font())
        painter.setPen(theme.faint(self))
        paint_legend(painter, QRectF(self.rect()), self._limit, theme.theme_of(self))
