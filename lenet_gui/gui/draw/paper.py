"""The hint on the empty canvas, and the line around the canvas."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.widgets.ink_colours import CanvasColours

HINT = "Draw a digit here"
SECOND_HINT = "or drop a picture of one"
DROP_HINT = "Drop the picture here"
GUIDE = 0.15
"""The places of the corner marks, as a share of the side: a digit between them has a good size."""


def paint_hint(painter: QPainter, widget: QWidget, area: QRect, colours: CanvasColours) -> None:
    """Corner marks and two lines of text in the middle of the canvas, as far as they fit."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_guide(painter, QRectF(area), colours)
    painter.setPen(colours.hint)
    for text, font, line in _hint_lines(widget, area):
        if QFontMetricsF(font, widget).horizontalAdvance(text) <= line.width():
            painter.setFont(font)
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def below_hint(widget: QWidget, area: QRect) -> QPointF:
    """The middle of the upper edge of what stands under the two lines."""
    *_, (_, _, last) = _hint_lines(widget, area)
    return QPointF(last.center().x(), last.bottom() + theme.UNIT)


def _hint_lines(widget: QWidget, area: QRect) -> list[tuple[str, QFont, QRectF]]:
    """The words of the hint with their fonts and places; a third line has room under them."""
    lines = ((HINT, theme.title_font(widget)), (SECOND_HINT, theme.small_font(widget)))
    heights = [QFontMetricsF(font, widget).lineSpacing() for _, font in lines]
    gap = theme.UNIT / 4
    top = area.center().y() - (sum(heights) + gap + theme.UNIT + heights[0]) / 2
    placed = []
    for (text, font), height in zip(lines, heights, strict=True):
        line = QRectF(area.x() + 0.03 * area.width(), top, 0.94 * area.width(), height)
        placed.append((text, font, line))
        top += height + gap
    return placed


def paint_edge(
    painter: QPainter, widget: QWidget, area: QRect, colours: CanvasColours, *, dropping: bool
) -> None:
    """The canvas's edge: thin, or in the accent when focused or under a dragged picture."""
    painter.save()
    strong = dropping or widget.hasFocus()
    width = 2.0 if strong else 1.0
    colour = theme.accent(widget) if strong else colours.edge
    if dropping:
        veil = QColor(theme.accent(widget))
        veil.setAlpha(40)
        painter.fillRect(area, veil)
        painter.setPen(colours.ink)
        painter.setFont(theme.title_font(widget))
        bottom = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(area.adjusted(0, 0, 0, -theme.UNIT), bottom, DROP_HINT)
    painter.setPen(
        QPen(
            colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin
        )
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    out = width / 2
    painter.drawRect(QRectF(area).adjusted(-out, -out, out, out))
    painter.restore()


def _paint_guide(painter: QPainter, area: QRectF, colours: CanvasColours) -> None:
    inset = area.width() * GUIDE
    arm = area.width() * 0.05
    faint = QColor(colours.edge)
    faint.setAlpha(150)
    painter.setPen(QPen(faint, 1.25, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    box = area.adjusted(inset, inset, -inset, -inset)
    for corner, right, down in (
        (box.topLeft(), 1, 1),
        (box.topRight(), -1, 1),
        (box.bottomLeft(), 1, -1),
        (box.bottomRight(), -1, -1),
    ):
        painter.drawLine(corner, corner + QPointF(right * arm, 0))
        painter.drawLine(corner, corner + QPointF(0, down * arm))


def paint_frame(painter: QPainter, widget: QWidget, area: QRect, part: QRectF) -> None:
    """Frames `part`, in units of the canvas side, as far as it is on the canvas."""
    side = area.width()
    left, top = area.x() + part.x() * side, area.y() + part.y() * side
    there = QRectF(left, top, part.width() * side, part.height() * side)
    frame = there.intersected(QRectF(area).adjusted(1, 1, -1, -1)).toRect()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.theme_ground(widget), 4))
    painter.drawRect(frame)
    painter.setPen(QPen(theme.FRAME, 2))
    painter.drawRect(frame)
