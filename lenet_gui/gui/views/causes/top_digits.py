"""The nine digits that excite a map most, each with its patch framed."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.data.ink import with_margin
from lenet_gui.explore.top_digits import TopDigit
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.widgets.frame import paint_frame
from lenet_gui.gui.widgets.ink_colours import canvas_colours, ink_bytes
from lenet_gui.net.architecture import INPUT_SIDE

_ACROSS = 3
_GAP = 6
_MOST = 5
"""Pixels of the screen for a pixel of a digit, at the most."""


class TopDigits(QWidget):
    """`taken(int)`, the place of a digit, on a click or Enter.

    `pointed(int)` follows the pointer and the arrow keys; -1 for none.
    """

    pointed = Signal(int)
    taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_digits")
        self.setAccessibleName("The digits that excite it most")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._images: list[np.ndarray] = []
        self._excited: Sequence[TopDigit] = ()
        self._captions: Sequence[str] = ()
        self._current = 0

    @property
    def excited(self) -> Sequence[TopDigit]:
        """What is shown, the strongest first."""
        return self._excited

    def show_digits(
        self,
        images: Sequence[np.ndarray],
        excited: Sequence[TopDigit],
        captions: Sequence[str],
    ) -> None:
        """Shows digits uint8 [28, 28], with words under them; or none."""
        self._images = [with_margin(image.astype(np.float32) / np.float32(255)) for image in images]
        self._excited, self._captions = excited, captions
        self._current = min(self._current, max(len(images) - 1, 0))
        self.update()

    def box(self, place: int) -> QRect:
        """Where a digit lies."""
        factor = self._factor()
        side, line = INPUT_SIDE * factor, self._line()
        row, column = divmod(place, _ACROSS)
        left = 2 + column * (side + _GAP)
        return QRect(left, 2 + row * (side + line + _GAP), side, side)

    def _factor(self) -> int:
        line = self._line()
        wide = (self.width() - 4 - 2 * _GAP) // (_ACROSS * INPUT_SIDE)
        high = (self.height() - 4 - _ACROSS * line - 2 * _GAP) // (_ACROSS * INPUT_SIDE)
        return max(1, min(wide, high, _MOST))

    def _line(self) -> int:
        return QFontMetrics(theme.small_font()).height()

    def minimumSizeHint(self) -> QSize:
        side = 2 * INPUT_SIDE
        return QSize(4 + _ACROSS * side + 2 * _GAP, 4 + _ACROSS * (side + self._line()) + 2 * _GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = canvas_colours(self)
        lut, factor = colours.lut(), self._factor()
        painter.setFont(theme.small_font())
        for place, (image, excited, words) in enumerate(
            zip(self._images, self._excited, self._captions, strict=True)
        ):
            box = self.box(place)
            painter.fillRect(box.adjusted(-1, -1, 1, 1), colours.edge)
            painter.drawImage(box, to_qimage_indexed(ink_bytes(image), lut))
            field = excited.field
            frame = QRect(
                box.left() + field.left * factor,
                box.top() + field.top * factor,
                (field.right - field.left) * factor,
                (field.bottom - field.top) * factor,
            )
            paint_frame(painter, self, frame.intersected(box), theme.FRAME)
            painter.setPen(self.palette().color(self.foregroundRole()))
            below = QRectF(box.left() - 2, box.bottom() + 2, box.width() + 4, self._line())
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)
        if self.hasFocus() and self._images:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.accent(self), 2))
            painter.drawRect(self.box(self._current).adjusted(-2, -2, 2, 2))

    def _place_under(self, position: QPointF) -> int:
        point = position.toPoint()
        for place in range(len(self._images)):
            if self.box(place).adjusted(0, 0, 0, self._line()).contains(point):
                return place
        return -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self._place_under(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._current = place
            self.update()
            self.taken.emit(place)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self._images:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(self._current)
        elif key in _STEPS:
            place = self._current + _STEPS[key]
            if 0 <= place < len(self._images):
                self._current = place
            self.pointed.emit(self._current)
            self.update()
        else:
            super().keyPressEvent(event)


_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_ACROSS,
    Qt.Key.Key_Down: _ACROSS,
}
