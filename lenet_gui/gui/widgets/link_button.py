"""A button that looks like a link: for what may be done, where nothing has to be."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionFocusRect, QWidget

from lenet_gui.gui.core import theme

_ROOM = 4
"""Round the words, in logical pixels."""


class LinkButton(QPushButton):
    """Words in the accent colour, underlined while the pointer or the focus is on them."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._is_pointed_at = False

    def point_at(self, *, pointed: bool) -> bool:
        """Underlines the words as if the pointer were over them, or not; whether that is new."""
        is_new = pointed != self._is_pointed_at
        if is_new:
            self._is_pointed_at = pointed
            self.update()
        return is_new

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        words = QSize(metrics.horizontalAdvance(self.text()), metrics.height())
        return words + QSize(2 * _ROOM, 2 * _ROOM)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.point_at(pointed=True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point_at(pointed=False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self.font()
        font.setUnderline(self._is_pointed_at or self.isDown())
        painter.setFont(font)
        painter.setPen(theme.accent(self))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            option.rect = QRect(self.rect()).adjusted(1, 1, -1, -1)
            place = QStyle.PrimitiveElement.PE_FrameFocusRect
            self.style().drawPrimitive(place, option, painter, self)
