"""The line round a place of a picture."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core import theme


def paint_frame(painter: QPainter, widget: QWidget, place: QRect, colour: QColor) -> None:
    """A line round a place, set off from whatever lies under it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.theme_ground(widget), 1))
    painter.drawRect(place.adjusted(-2, -2, 1, 1))
    painter.setPen(QPen(colour, 2))
    painter.drawRect(place)
