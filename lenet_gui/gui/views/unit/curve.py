"""The squashing function as a small curve, with the point of one unit on it."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.explore.explanation import Explanation
from lenet_gui.gui.core import theme
from lenet_gui.net.architecture import Variant

_REACH = 4.0
_SHAPE: dict[Variant, tuple[float, float]] = {
    Variant.ORIGINAL: (1.7159, 2 / 3),
    Variant.MODERN: (1.0, 1.0),
}


class SquashingCurve(QWidget):
    """Paints x = f(a) over -4..4; a sum beyond it is shown at the border."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("squashing_curve")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._found: Explanation | None = None

    def sizeHint(self) -> QSize:
        return QSize(152, 98)

    def show_unit(self, found: Explanation | None) -> None:
        """Shows where a unit lies; nothing where it is not squashed."""
        self._found = found if found is not None and found.squashed else None
        self.setVisible(self._found is not None)
        self.update()

    def place_of(self, a: float, x: float) -> QPointF:
        """Where a sum and its squashed value lie in the widget."""
        room = self._room()
        amplitude = _SHAPE[self._found.variant][0] if self._found else 1.0
        across = (min(max(a, -_REACH), _REACH) + _REACH) / (2 * _REACH)
        up = (x / amplitude + 1) / 2
        return QPointF(room.x() + across * room.width(), room.bottom() - up * room.height())

    def _room(self) -> QRectF:
        line = self.fontMetrics().height()
        return QRectF(self.rect()).adjusted(6, 6, -6, -line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._found is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.small_font())
        faint, text = theme.faint(self), self.palette().color(self.foregroundRole())
        room = self._room()
        amplitude, slope = _SHAPE[self._found.variant]
        zero = self.place_of(0, 0)
        painter.setPen(QPen(theme.between(theme.theme_ground(self), text, 0.24), 1))
        painter.drawLine(QPointF(room.x(), zero.y()), QPointF(room.right(), zero.y()))
        painter.drawLine(QPointF(zero.x(), room.y()), QPointF(zero.x(), room.bottom()))
        painter.setPen(faint)
        under = QRectF(room.x(), room.bottom(), room.width(), self.height() - room.bottom())
        for side, told in (
            (Qt.AlignmentFlag.AlignLeft, "a = −4"),
            (Qt.AlignmentFlag.AlignHCenter, "0"),
            (Qt.AlignmentFlag.AlignRight, "4"),
        ):
            painter.drawText(under, side | Qt.AlignmentFlag.AlignVCenter, told)
        painter.drawText(QPointF(zero.x() + 4, room.y() + 8), f"{amplitude:g}")
        steps = [_REACH * (step / 40 - 1) for step in range(81)]
        curve = QPolygonF([self.place_of(a, amplitude * math.tanh(slope * a)) for a in steps])
        painter.setPen(QPen(text, 1.5))
        painter.drawPolyline(curve)
        point = self.place_of(self._found.sum, self._found.value)
        painter.setPen(QPen(theme.accent(self), 1, Qt.PenStyle.DashLine))
        painter.drawLine(point, QPointF(point.x(), zero.y()))
        painter.drawLine(point, QPointF(zero.x(), point.y()))
        painter.setPen(QPen(theme.theme_ground(self), 1.5))
        painter.setBrush(theme.accent(self))
        painter.drawEllipse(point, 4.5, 4.5)
