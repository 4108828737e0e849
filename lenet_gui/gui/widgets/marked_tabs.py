"""Tabs of which the one in front has a line in the accent colour: in the dark all look alike."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar

from lenet_gui.gui.core.theme import accent

_HIGH = 3
"""Logical pixels."""


class MarkedTabs(QTabBar):
    """Draws the line along the lower edge."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        place = self.tabRect(self.currentIndex())
        if place.isValid():
            line = QRect(place.left() + 1, place.bottom() - _HIGH + 1, place.width() - 2, _HIGH)
            QPainter(self).fillRect(line, accent(self))
