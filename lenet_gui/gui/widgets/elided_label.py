"""A line of text that shortens itself where the room ends; the tooltip has all of it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.foreign import printable
from lenet_gui.gui.core.copying import offer_copy
from lenet_gui.gui.core.plain import set_tip


class ElidedLabel(QWidget):
    """Takes the room that is left over, and needs little of it; its context menu copies it all."""

    def __init__(
        self, elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._elide = elide
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:
        """Shows another text, always in one line."""
        text = printable(text)
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            set_tip(self, text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        sides = self.contentsMargins()
        width = metrics.horizontalAdvance(self._text) + 2 + sides.left() + sides.right()
        return QSize(width, metrics.height())

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(min(self.sizeHint().width(), 6 * metrics.averageCharWidth()), metrics.height())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._text:
            offer_copy(self, {"&Copy": self.text}, event.globalPos())
        else:
            super().contextMenuEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self._text, self._elide, self.contentsRect().width())
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignVCenter, shown)
