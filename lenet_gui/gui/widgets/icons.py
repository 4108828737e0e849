"""The icons of tools and panels: lines drawn by the program, sharp at every scale."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QIcon,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.text_size import factor
from lenet_gui.gui.core.theme import accent

SIDE = 20
"""Usual pixels on a side; the lines below are drawn on a grid of as many units."""
_RATIOS = (1, 2, 3)


def tool_icon(name: str, widget: QWidget) -> QIcon:
    """The icon of a tool in the colours of the widget's palette; the accent when switched on.

    Names: pen, eraser, mark-digit, undo, redo, clear, open-picture, random-digit, swap-drawings,
    forget-kept, close-panel, float-panel, pin.
    """
    group = QPalette.ColorGroup
    role = QPalette.ColorRole.ButtonText
    normal = widget.palette().color(group.Active, role)
    pale = QColor(normal)
    pale.setAlpha(90)
    looks = (
        (normal, QIcon.Mode.Normal, QIcon.State.Off),
        (accent(widget), QIcon.Mode.Normal, QIcon.State.On),
        (pale, QIcon.Mode.Disabled, QIcon.State.Off),
        (pale, QIcon.Mode.Disabled, QIcon.State.On),
    )
    icon, size = QIcon(), factor(widget)
    for colour, mode, state in looks:
        for ratio in _RATIOS:
            icon.addPixmap(_pixmap(name, colour, ratio, size), mode, state)
    return icon


def _pixmap(name: str, colour: QColor, ratio: int, size: float) -> QPixmap:
    """From Qt's cache if it has been drawn before."""
    key = f"tool {name} {colour.name(QColor.NameFormat.HexArgb)} {ratio} {size}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = _drawn(_DRAWN[name], colour, ratio, size)
        QPixmapCache.insert(key, pixmap)
    return pixmap


def _drawn(draw: Callable[[QPainter], None], colour: QColor, ratio: int, size: float) -> QPixmap:
    side = round(SIDE * size) * ratio
    pixmap = QPixmap(side, side)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size, size)
    pen = QPen(colour, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    draw(painter)
    painter.end()
    return pixmap


def _line(painter: QPainter, *points: tuple[float, float], closed: bool = False) -> None:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    if closed:
        path.closeSubpath()
    painter.drawPath(path)


def _filled(painter: QPainter, *points: tuple[float, float]) -> None:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    painter.fillPath(path, painter.pen().color())


def _pen(painter: QPainter) -> None:
    _line(painter, (3.5, 16.5), (4.5, 12.5), (13.5, 3.5), (16.5, 6.5), (7.5, 15.5), closed=True)
    _line(painter, (11.5, 5.5), (14.5, 8.5))
    _filled(painter, (3.5, 16.5), (4.1, 14), (6, 15.9))


def _eraser(painter: QPainter) -> None:
    _line(painter, (7.5, 16), (3, 11.5), (11.5, 3), (16.5, 8), (8.5, 16), closed=True)
    _filled(painter, (7.5, 16), (3, 11.5), (6.75, 7.75), (11.75, 12.75), (8.5, 16))
    _line(painter, (8.5, 16), (17, 16))


def _mark_digit(painter: QPainter) -> None:
    for x, right in ((3.0, 1), (17.0, -1)):
        for y, down in ((3.0, 1), (17.0, -1)):
            _line(painter, (x + 4 * right, y), (x, y), (x, y + 4 * down))
    _line(painter, (8, 8), (10, 6.5), (10, 13.5))
    _line(painter, (8, 13.5), (12, 13.5))


def _undo(painter: QPainter) -> None:
    path = QPainterPath(QPointF(4, 8))
    path.lineTo(12, 8)
    path.cubicTo(17.3, 8, 17.3, 16, 12, 16)
    path.lineTo(8, 16)
    painter.drawPath(path)
    _line(painter, (7.5, 4.5), (4, 8), (7.5, 11.5))


def _redo(painter: QPainter) -> None:
    painter.translate(SIDE, 0)
    painter.scale(-1, 1)
    _undo(painter)


def _clear(painter: QPainter) -> None:
    _line(painter, (3.5, 5.5), (16.5, 5.5))
    _line(painter, (7.5, 5.5), (7.5, 3.5), (12.5, 3.5), (12.5, 5.5))
    _line(painter, (5, 5.5), (5.8, 16.5), (14.2, 16.5), (15, 5.5))
    _line(painter, (8.5, 8.5), (8.5, 13.5))
    _line(painter, (11.5, 8.5), (11.5, 13.5))


def _open_picture(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(2.5, 4, 15, 12.5), 1.5, 1.5)
    _line(painter, (3, 14.5), (7.5, 9.5), (11, 13.5), (13, 11.5), (17, 15))
    painter.setBrush(painter.pen().color())
    painter.drawEllipse(QPointF(13, 7.8), 0.9, 0.9)


def _random_digit(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(3.5, 3.5, 13, 13), 2.5, 2.5)
    painter.setBrush(painter.pen().color())
    painter.setPen(Qt.PenStyle.NoPen)
    for x, y in ((7, 7), (13, 7), (10, 10), (7, 13), (13, 13)):
        painter.drawEllipse(QPointF(x, y), 1.25, 1.25)


def _swap_drawings(painter: QPainter) -> None:
    _line(painter, (3.5, 7), (16, 7))
    _line(painter, (12.5, 3.5), (16, 7), (12.5, 10.5))
    _line(painter, (16.5, 13.5), (4, 13.5))
    _line(painter, (7.5, 10), (4, 13.5), (7.5, 17))


def _cross(painter: QPainter) -> None:
    _line(painter, (5.5, 5.5), (14.5, 14.5))
    _line(painter, (14.5, 5.5), (5.5, 14.5))


def _float_panel(painter: QPainter) -> None:
    _line(painter, (4, 8), (12, 8), (12, 16), (4, 16), closed=True)
    _line(painter, (8, 7), (8, 4), (16, 4), (16, 12), (13, 12))


def _pin(painter: QPainter) -> None:
    _line(painter, (7, 3.5), (13, 3.5))
    _line(painter, (8, 3.5), (8, 8), (5.5, 11.5), (14.5, 11.5), (12, 8), (12, 3.5))
    _line(painter, (10, 11.5), (10, 17))


_DRAWN: dict[str, Callable[[QPainter], None]] = {
    "pen": _pen,
    "eraser": _eraser,
    "mark-digit": _mark_digit,
    "undo": _undo,
    "redo": _redo,
    "clear": _clear,
    "open-picture": _open_picture,
    "random-digit": _random_digit,
    "swap-drawings": _swap_drawings,
    "forget-kept": _cross,
    "close-panel": _cross,
    "float-panel": _float_panel,
    "pin": _pin,
}
