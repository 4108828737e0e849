"""The legend of a colour scale: its lowest value, the colours, its highest value."""

from functools import cache

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.core.text_size import scaled
from lenet_gui.pictures.colours import COLOURS, Theme, diverging_lut
from lenet_gui.pictures.grid.colouring import kind_colour
from lenet_gui.pictures.grid.content import KINDS_IN_A_LINE, KindLegend, Legend

_WIDEST = "+8.88"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@cache
def colour_strip(ground: Theme, *, from_zero: bool = False) -> QImage:
    """The colours of a theme in one line, from the lowest, or that of 0, to the highest."""
    first = COLOURS // 2 if from_zero else 0
    return to_qimage_indexed(np.arange(first, COLOURS, dtype=np.uint8)[None], diverging_lut(ground))


class LegendType:
    """The type of a legend, measured once for all its figures."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self.line, self.ascent = self._metrics.height(), self._metrics.ascent()
        self._widest = self._metrics.horizontalAdvance(_WIDEST)

    def side(self, limit: float | None, high: str) -> float:
        """The room at each end of the colours, for the figures of a limit."""
        side = self.line
        if limit is not None:
            side = self._widest
            if len(high) >= len(_WIDEST):
                side = max(side, self._metrics.horizontalAdvance(high))
        return side + 4

    def low_side(self, legend: Legend, side: float) -> float:
        """The room before the colours: only what a 0 takes, so that they begin at it."""
        low, _ = legend.figures
        return self._metrics.horizontalAdvance(low) + 4 if legend.from_zero else side


def paint_legend(
    painter: QPainter, place: QRectF, legend: Legend, ground: Theme, type_: LegendType
) -> None:
    """Paints the figure of the lowest value, the colours, and that of the highest in `place`."""
    low, high = legend.figures
    side = min(type_.side(legend.limit, high), place.width() / 2 - 6)
    height = min(place.height(), max(6.0, type_.ascent * 0.8))
    before = min(side, type_.low_side(legend, side))
    left, top, width = place.x(), place.y(), place.width() - before - side
    bar = QRectF(left + before, place.center().y() - height / 2, width, height)
    painter.drawImage(bar, colour_strip(ground, from_zero=legend.from_zero))
    painter.setFont(type_.font)
    painter.drawText(QRectF(left, top, before, place.height()), _LEFT, low)
    painter.drawText(QRectF(bar.right() + 4, top, side, place.height()), _LEFT, high)


def paint_kinds(painter: QPainter, place: QRectF, legend: KindLegend, ground: Theme) -> None:
    """Paints a square in its colour before the name of each kind, in the middle of `place`.

    Names are in the painter's font; two stand in a line.
    """
    metrics = QFontMetricsF(painter.font())
    line, side, gap = metrics.height(), metrics.ascent() * 0.8, metrics.horizontalAdvance("  ")
    top = place.y()
    for first in range(0, len(legend.kinds), KINDS_IN_A_LINE):
        kinds = legend.kinds[first : first + KINDS_IN_A_LINE]
        widths = [side + gap + metrics.horizontalAdvance(name) for _, name in kinds]
        x = place.center().x() - (sum(widths) + 2 * gap * (len(kinds) - 1)) / 2
        for (kind, name), width in zip(kinds, widths, strict=True):
            square = QRectF(x, top + (line - side) / 2, side, side)
            painter.fillRect(square, QColor(*kind_colour(kind, ground)))
            painter.drawText(QRectF(x + side + gap, top, width, line), _LEFT, name)
            x += width + 2 * gap
        top += line


class ScaleLegend(QWidget):
    """[-limit, colours, +limit] as a widget; of values that are never negative, from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._legend = Legend(None)
        self._type = LegendType(theme.small_font(self))

    @property
    def legend(self) -> Legend:
        """What is shown."""
        return self._legend

    def show_limit(self, limit: float | None, *, from_zero: bool = False) -> None:
        """Shows the figures of a scale, or none."""
        self._legend = Legend(limit, from_zero=from_zero)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._type = LegendType(theme.small_font(self))

    def sizeHint(self) -> QSize:
        return QSize(scaled(160, self), self.fontMetrics().height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.faint(self))
        place, ground = QRectF(self.rect()), theme.theme_of(self)
        paint_legend(painter, place, self._legend, ground, self._type)
