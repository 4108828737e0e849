"""A picture made of cells in rows and columns, told in words by pointer or arrow keys."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.theme import UNIT
from lenet_gui.text.units import place_name

Cell = tuple[int, int]
"""Row and column, from 0."""

_MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class CellsWidget(QWidget):
    """Knows the cell that is pointed at; what the cells are, a subclass says."""

    pointed = Signal(str)  # the cell under the pointer or the keys, in words

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._cell: Cell | None = None

    def extent(self) -> tuple[int, int]:
        """Rows and columns; (0, 0) while there are no cells."""
        return 0, 0

    def cell_at(self, position: QPointF) -> Cell | None:  # noqa: ARG002 - of subclasses
        """The cell at a place of the widget."""
        return None

    def told(self, cell: Cell) -> str:
        """A cell in words."""
        return place_name(*cell)

    @property
    def instead(self) -> str:
        """The sentence that stands where there are no cells."""
        return ""

    def sizeHint(self) -> QSize:
        return QSize(26 * UNIT, 25 * UNIT)

    def minimumSizeHint(self) -> QSize:
        return QSize(18 * UNIT, 13 * UNIT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.point(self.cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002
        self.point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = _MOVES.get(Qt.Key(event.key()))
        rows, columns = self.extent()
        if move is None or not rows:
            super().keyPressEvent(event)
        elif self._cell is None:
            self.point((0, 0))
        else:
            row, column = self._cell
            self.point(((row + move[0]) % rows, (column + move[1]) % columns))

    def point(self, cell: Cell | None) -> None:
        """Marks a cell and tells it, or none; one that is not there is none."""
        rows, columns = self.extent()
        known = cell is not None and cell[0] < rows and cell[1] < columns
        self._cell = cell if known else None
        words = self.told(cell) if cell is not None and known else ""
        self.setAccessibleDescription(words or self.instead)
        self.pointed.emit(words)
        self.update()
