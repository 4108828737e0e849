"""How each kind of line is drawn: told apart by dashes and symbols, not by colour alone."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from lenet_gui.gui.core.theme import BLUE, GREEN, ORANGE, SKY, VERMILION
from lenet_gui.gui.training.curves import Line
from lenet_gui.pictures.colours import Theme

PENS = Qt.PenStyle


@dataclass(frozen=True)
class LineStyle:
    """Dashes, symbol (pyqtgraph's name, or None), width in pixels, colours by theme."""

    dashes: Qt.PenStyle
    symbol: str | None
    width: int
    light: QColor
    dark: QColor

    def colour(self, theme: Theme, *, earlier: bool = False) -> QColor:
        """The line's colour; that of an earlier run is dimmed."""
        colour = QColor(self.dark if theme is Theme.DARK else self.light)
        colour.setAlpha(110 if earlier else 255)
        return colour

    def pen(self, theme: Theme, *, earlier: bool = False) -> QPen:
        """A cosmetic pen; lines of an earlier run are one pixel wide."""
        pen = QPen(self.colour(theme, earlier=earlier), 1 if earlier else self.width, self.dashes)
        pen.setCosmetic(True)
        return pen


STYLES: dict[Line, LineStyle] = {
    # Thousands of points: one pixel, solid, no symbols. Anything else is slow.
    Line.STEP: LineStyle(PENS.SolidLine, None, 1, QColor("#9CBFD8"), QColor("#3F6E8C")),
    Line.TRAIN: LineStyle(PENS.SolidLine, "o", 2, BLUE, SKY),
    Line.TEST: LineStyle(PENS.DashLine, "s", 2, VERMILION, ORANGE),
    Line.VALIDATION: LineStyle(PENS.DashDotLine, "t", 2, GREEN, QColor("#2FC79B")),
}


def paint_sample(
    painter: QPainter, box: QRectF, line: Line, theme: Theme, *, earlier: bool = False
) -> None:
    """Draws a short piece of the line with its symbol into `box`, for a legend."""
    style = STYLES[line]
    middle = box.center()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(style.pen(theme, earlier=earlier))
    painter.drawLine(QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y()))
    if style.symbol is None:
        return
    colour = style.colour(theme, earlier=earlier)
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if earlier else colour)
    r = 3.5
    if style.symbol == "o":
        painter.drawEllipse(middle, r, r)
    elif style.symbol == "s":
        painter.drawRect(QRectF(middle.x() - r, middle.y() - r, 2 * r, 2 * r))
    else:
        corners = [QPointF(-r, -r), QPointF(r, -r), QPointF(0, r)]
        painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))
