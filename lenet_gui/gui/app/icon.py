"""The program's icon: the network's own 12x7 code of the digit 5 (Fig. 3 of the paper)."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from lenet_gui.gui.core import theme
from lenet_gui.net.codes import CODE_HEIGHT, CODE_WIDTH, CODES

_SIDES = (16, 24, 32, 48, 64, 128, 256)


def program_icon() -> QIcon:
    """The icon at every usual size."""
    icon = QIcon()
    for side in _SIDES:
        icon.addPixmap(icon_pixmap(side))
    return icon


def icon_pixmap(side: int) -> QPixmap:
    """The icon, `side` pixels wide and high."""
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#10243a"))
    painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.2, side * 0.2)
    cell = max(1, round(side * 0.86 / CODE_HEIGHT))
    corner = QPointF(round((side - cell * CODE_WIDTH) / 2), round((side - cell * CODE_HEIGHT) / 2))
    gap = cell * 0.12 if cell >= 4 else 0
    for place, bit in enumerate(CODES[5]):
        if bit < 0:
            continue
        y, x = divmod(place, CODE_WIDTH)
        painter.setBrush(theme.ORANGE if y < CODE_HEIGHT // 2 else theme.SKY)
        painter.drawRect(
            QRectF(corner.x() + x * cell, corner.y() + y * cell, cell - gap, cell - gap)
        )
    painter.end()
    return pixmap
