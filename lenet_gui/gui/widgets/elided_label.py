"""Text that shortens itself where the room ends; the tooltip has all of it."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.gui.core.copying import offer_copy
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.printable import printable


class ElidedLabel(QWidget):
    """Takes the room that is left over, and needs little of it; its context menu copies it all.

    It is always as high as its lines, whatever it says; what does not fit into the last is elided.
    """

    def __init__(
        self,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        lines: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._elide, self._lines = elide, lines
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:
        """Shows another text, without breaks of its own."""
        text = printable(text)
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            set_tip(self, text)
            self.updateGeometry()
            self.update()

    @property
    def shown(self) -> str:
        """What is read there, the lines joined; shorter than the text where that is elided."""
        return "".join(self._shown())

    def fits(self, width: int) -> bool:
        """Whether the whole text has room in its lines if they are so many pixels wide."""
        return self.fontMetrics().horizontalAdvance(self._broken(width)[-1]) <= width

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        sides = self.contentsMargins()
        width = metrics.horizontalAdvance(self._text) + 2 + sides.left() + sides.right()
        return QSize(width, self._lines * metrics.height())

    def minimumSizeHint(self) -> QSize:
        least = 6 * self.fontMetrics().averageCharWidth()
        hint = self.sizeHint()
        return QSize(min(hint.width(), least), hint.height())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._text:
            offer_copy(self, {"&Copy": self.text}, event.globalPos())
        else:
            super().contextMenuEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room, metrics, lines = self.contentsRect(), self.fontMetrics(), self._shown()
        top = room.top() + (room.height() - len(lines) * metrics.height()) // 2
        for number, line in enumerate(lines):
            place = QRect(room.left(), top + number * metrics.height(), room.width(), 0)
            place.setHeight(metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line.rstrip())

    def _shown(self) -> list[str]:
        width = self.contentsRect().width()
        *above, last = self._broken(width)
        return [*above, self.fontMetrics().elidedText(last, self._elide, width)]

    def _broken(self, width: int) -> list[str]:
        """The text in at most so many lines as there are; the last has all that is left."""
        if self._lines == 1:
            return [self._text]
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(self._text, self.font())
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        while len(starts) < self._lines and (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, 0))
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], len(self._text)]
        return [self._text[a:b] for a, b in zip(starts, ends, strict=True)] or [""]
