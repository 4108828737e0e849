"""The pen: its width under pressure, and the round cursor that shows it."""

from math import isnan

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap, QPixmapCache

from lenet_gui.data.drawing import MAX_PEN_WIDTH, MIN_PEN_WIDTH

ERASER_WIDTH = 1.75
"""How much wider the eraser is than the pen."""
LARGEST_CURSOR = 256
SMALLEST_CURSOR = 5


def pressed_width(width: float, pressure: float) -> float:
    """The width of a pen set to `width` under `pressure` 0..1, between the thinnest and thickest.

    Assumption: the set width is that at half the pressure; the width grows linearly from four
        tenths
    of it at no pressure to sixteen tenths at full pressure. A pressure that is not a number counts
    as half.
    """
    felt = 0.5 if isnan(pressure) else min(max(pressure, 0.0), 1.0)
    wanted = width * (0.4 + 1.2 * felt)
    return min(max(wanted, MIN_PEN_WIDTH / 2), MAX_PEN_WIDTH)


def eraser_width(width: float) -> float:
    """The eraser's width beside a pen of `width`."""
    return width * ERASER_WIDTH


def round_cursor(diameter: float, ratio: float, erases: bool) -> QCursor:
    """A ring of `diameter` logical pixels, visible on light and dark; a hazy disc when erasing."""
    ring = min(max(diameter, SMALLEST_CURSOR), LARGEST_CURSOR)
    side = int(ring) + 5
    key, pixmap = f"cursor {ring} {ratio} {erases}", QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = _drawn_ring(ring, side, ratio, erases)
        QPixmapCache.insert(key, pixmap)
    return QCursor(pixmap, side // 2, side // 2)


def _drawn_ring(ring: float, side: int, ratio: float, erases: bool) -> QPixmap:
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(side / 2, side / 2)
    painter.setBrush(QColor(128, 128, 128, 70) if erases else Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor(255, 255, 255, 210), 2.6), (QColor(0, 0, 0, 230), 1.2)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(middle, ring / 2, ring / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.end()
    return pixmap
