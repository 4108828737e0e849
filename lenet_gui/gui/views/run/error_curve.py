"""The test error over a run's epochs, small, with a line at the epoch that is shown."""

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.explore.run_history import RunHistory
from lenet_gui.gui.core import theme
from lenet_gui.text.figures import figure

_DOT = 2.5


class ErrorCurve(QWidget):
    """`chosen(int)`: the place, among the epochs that are kept, that was clicked or dragged to.

    The axis of the errors is logarithmic. Epochs that are kept have a dot.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run_curve")
        self.setAccessibleName("Test error over the epochs")
        self.setToolTip("Test error over the epochs: click to go to one")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._back: RunHistory | None = None
        self._place = 0
        self._font = theme.small_font()

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 3 * self.fontMetrics().height() + 8)

    def sizeHint(self) -> QSize:
        return QSize(400, 5 * self.fontMetrics().height())

    def show_run(self, back: RunHistory | None, place: int) -> None:
        """Shows a run, with the line at the epoch in `place`."""
        self._back, self._place = back, place
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._font = theme.small_font()
            self.update()

    def area(self) -> QRectF:
        """Where the curve lies, in the widget's pixels."""
        metrics = QFontMetricsF(self._font, self)
        left = metrics.horizontalAdvance("100.00 %") + 6
        line = metrics.height()
        return QRectF(left, 4, self.width() - left - line, self.height() - line - 8)

    def x_of(self, epoch: int) -> float:
        """Where an epoch lies across."""
        area, last = self.area(), self._back.last if self._back else 0
        return area.x() + epoch / max(last, 1) * area.width()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(event.position().x())

    def _choose(self, x: float) -> None:
        if self._back is not None:
            area = self.area()
            epoch = round((x - area.x()) / max(area.width(), 1.0) * self._back.last)
            self.chosen.emit(self._back.nearest(epoch))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        area, faint = self.area(), theme.faint(self)
        grid = theme.between(theme.theme_ground(self), self.palette().windowText().color(), 0.25)
        painter.setPen(QPen(grid, 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if self._back is None:
            return
        errors = {epoch: 100 * share for epoch, share in sorted(self._back.test_errors.items())}
        epoch = self._back.epochs[self._place].number
        here = self.x_of(epoch)
        self._paint_epochs(painter, area, epoch, faint)
        if not errors:
            painter.setPen(faint)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "No test error is known yet.")
        else:
            self._paint_errors(painter, area, errors, faint)
            painter.setPen(faint)
            corner = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            painter.drawText(area.adjusted(5, 0, 0, -1), corner, "test error")
        painter.setPen(QPen(theme.FRAME, 2))
        painter.drawLine(QPointF(here, area.top() - 3), QPointF(here, area.bottom() + 3))

    def _paint_epochs(self, painter: QPainter, area: QRectF, epoch: int, faint: QColor) -> None:
        """0, the epoch shown, and the last one under the axis."""
        metrics = QFontMetricsF(self._font, self)
        last = self._back.last if self._back else 0
        taken: list[QRectF] = []
        for number in dict.fromkeys((epoch, 0, last)):
            text = f"epoch {number}" if number == epoch else str(number)
            width = metrics.horizontalAdvance(text) + 4
            left = min(self.x_of(number) - width / 2, self.width() - width)
            place = QRectF(left, area.bottom() + 3, width, metrics.height())
            if not any(place.intersects(other) for other in taken):
                painter.setPen(self.palette().windowText().color() if number == epoch else faint)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
                taken.append(place)

    def _paint_errors(
        self, painter: QPainter, area: QRectF, errors: dict[int, float], faint: QColor
    ) -> None:
        kept = {one.number for one in self._back.epochs} if self._back else set()
        low, high = _ends(errors)
        metrics = QFontMetricsF(self._font, self)

        def y_of(error: float) -> float:
            share = math.log(max(error, low) / low) / math.log(high / low)
            return area.bottom() - 4 - share * (area.height() - 8)

        last_y = -metrics.height()
        for error in sorted({max(errors.values()), min(errors.values())}, reverse=True):
            middle = max(y_of(error), metrics.height() / 2)
            if middle - last_y < metrics.height():
                continue
            last_y = middle
            place = QRectF(0, middle - metrics.height() / 2, area.x() - 6, metrics.height())
            painter.setPen(faint)
            sides = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, sides, f"{figure(error)} %")
        points = [QPointF(self.x_of(epoch), y_of(error)) for epoch, error in errors.items()]
        colour = theme.accent(self)
        painter.setPen(QPen(colour, 1.5))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(colour)
        crowded = area.width() / max(len(points), 1) < 3 * _DOT
        for epoch, point in zip(errors, points, strict=True):
            if epoch in kept and not crowded:
                painter.drawEllipse(point, _DOT, _DOT)


def _ends(errors: dict[int, float]) -> tuple[float, float]:
    """The ends of the axis in percent; an error of 0 stands at the lower one."""
    above = [error for error in errors.values() if error > 0] or [0.01]
    low, high = min(above), max(above)
    return (low, high) if high > 1.05 * low else (low / 1.05, high * 1.05)
