"""The confusion matrix whose cells choose digits."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.widgets.cells import Cell
from lenet_gui.gui.widgets.confusion_matrix import ConfusionMatrix

_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ChoosingMatrix(ConfusionMatrix):
    """`taken(true, answer)` when a cell is clicked, or Enter is pressed on it."""

    taken = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Confusion matrix of A: rows true digit, columns answer")
        self._marked: Cell | None = None

    @property
    def instead(self) -> str:
        return "" if self.confusion else "The confusion matrix comes when the digits are read."

    def minimumSizeHint(self) -> QSize:
        return QSize(26 * theme.UNIT, 25 * theme.UNIT)  # for figures of four places

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()  # it takes what room there is

    def mark(self, cell: Cell | None) -> None:
        """Frames the cell whose digits are shown, or none."""
        self._marked = cell
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self.point(cell)
            self.taken.emit(*cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _TAKE and self._cell is not None:
            self.taken.emit(*self._cell)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._cell is None:
            self.point(self._marked or (0, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._marked is not None and self.confusion is not None:
            painter = QPainter(self)
            painter.setPen(QPen(theme.FRAME, 3))
            painter.drawRect(self.box_of(self._marked).adjusted(1, 1, -2, -2))
