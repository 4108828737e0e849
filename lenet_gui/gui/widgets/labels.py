"""Labels that are updated many times a second."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from lenet_gui.gui.core.copying import offer_copy
from lenet_gui.gui.core.text_size import Font, wear

_REMEMBERED = 8
"""Widths of which a layout may remember the height: with a scroll bar and without, and so on."""
_HIGH = 10_000
"""Pixels: more than any text needs."""


def set_text(label: QLabel, text: str) -> None:
    """Sets a label's text only if it differs: else Qt would lay everything out again."""
    if label.text() != text:
        label.setText(text)


class SteadyLabel(QWidget):
    """Text in a room that is the same whatever it says: nothing is laid out again for it.

    A QLabel has the whole window laid out whenever it is told another text.
    """

    def __init__(
        self,
        font: Font,
        lines: int = 1,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        longest: str = "",
    ) -> None:
        """A label with nothing to say yet.

        Args:
            font: one of the theme's.
            lines: of room at least.
            alignment: of the lines.
            longest: the most that it says; where that wraps, there is room for it.
        """
        super().__init__()
        self._text = ""
        self._lines, self._alignment, self._longest = lines, alignment, longest
        wear(self, font)
        # Fixed, it would get no more height where the longest wraps.
        height = QSizePolicy.Policy.Minimum if longest else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, height)
        policy.setHeightForWidth(bool(longest))
        self.setSizePolicy(policy)

    def text(self) -> str:
        """What it says."""
        return self._text

    def setText(self, text: str) -> None:
        """Says something else."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def heightForWidth(self, width: int) -> int:
        metrics = self.fontMetrics()
        room = QRect(0, 0, max(1, width), _HIGH)
        wrapped = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._longest).height()
        return max(self.sizeHint().height(), wrapped if self._longest else 0)

    def sizeHint(self) -> QSize:
        return QSize(0, self._lines * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._text:
            offer_copy(self, {"&Copy": self.text}, event.globalPos())
        else:
            super().contextMenuEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        flags = self._alignment | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect(), flags, self._text)


class LabelRoom(QWidget):
    """The room of a label whose lines wrap; another is asked for where the text's height changes.

    For a label that is selected from: one that is only looked at is a SteadyLabel.
    """

    def __init__(self, label: QLabel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        label.setParent(self)
        self._asked: dict[int, int] = {}  # the heights that layouts may remember, by width
        policy = label.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_text(self, text: str) -> None:
        """Sets the label's text."""
        if text != self._label.text():
            self._label.setText(text)
            asked = self._asked.items()
            if any(self._label.heightForWidth(width) != height for width, height in asked):
                self._asked.clear()
                self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        self._asked.pop(width, None)  # the latest are last
        height = self._asked[width] = self._label.heightForWidth(width)
        return height

    def sizeHint(self) -> QSize:
        return self._label.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._label.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label.setGeometry(self.rect())
        for width in tuple(self._asked)[:-_REMEMBERED]:
            del self._asked[width]
