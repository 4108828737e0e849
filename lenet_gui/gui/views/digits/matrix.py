"""The confusion matrix whose cells choose digits."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.widgets.confusion_matrix import ConfusionMatrix
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.pictures.grid.confusion import confusion_cell
from lenet_gui.pictures.grid.panel import Cell

_LEAST = (26 * theme.UNIT, 25 * theme.UNIT)
"""For figures of four places."""
_UNREAD = "When A has read the set, this shows how often each digit is read as another."

_BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)


class ChoosingMatrix(ConfusionMatrix):
    """`taken(true, answer)` when a cell is clicked, or Enter or Space is pressed on it."""

    taken = Signal(int, int)

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(commands, _LEAST, _UNREAD, parent)
        self.setAccessibleName("Confusion matrix of A: rows: true digit, columns: prediction")
        self.activated.connect(self._take_held)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()  # it takes what room there is

    def resizeEvent(self, event: QResizeEvent) -> None:
        """No higher than its square cells, so that what is said of it stands right below."""
        super().resizeEvent(event)
        self.setMaximumHeight(self.width() + self.fontMetrics().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_under(event.position())
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._take_held(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.held is not None:
            self._take_held(self.held)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys begin at the chosen cell, else at the first; the mouse chooses for itself."""
        by_mouse = event.reason() in _BY_MOUSE
        if self.held is None and self.confusion is not None and not by_mouse:
            self.hold(confusion_cell(*(self.marked or (0, 0))))
        super().focusInEvent(event)

    @Slot(object)
    def _take_held(self, cell: Cell) -> None:
        self.taken.emit(cell.row, cell.column)
