"""The line at the top of the training panel: progress during training, then the result."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from lenet_gui.gui.core.theme import UNIT
from lenet_gui.gui.training.progress_line import ProgressLine
from lenet_gui.gui.widgets.tinted_row import TintedRow

_WORDS = 30
"""The least number of characters of a row that must be visible in the line."""


class TopLine(QWidget):
    """A row that asks something replaces the progress, so that nothing below moves.

    If the line is too short for its words, or there are two of them, they are below it.
    """

    def __init__(self, line: ProgressLine, *rows: TintedRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line, self._rows = line, rows
        self._is_beside = False
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(UNIT // 2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for part in (line, *rows):
            self._box.addWidget(part)
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for row in rows:
            row.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for one below the other, and high enough for a row in the line's place."""
        parts = (self._line, *self._shown())
        widest = max(part.minimumSizeHint().width() for part in parts)
        highest = max(row.sizeHint().height() for row in self._rows)
        return QSize(widest, max(super().minimumSizeHint().height(), highest))

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, self.minimumSizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arranges everything again when a row appears, disappears, or has other buttons."""
        changes = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest)
        if event.type() in changes:
            self._arrange()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _shown(self) -> list[TintedRow]:
        return [row for row in self._rows if not row.isHidden()]

    def _arrange(self) -> None:
        shown = self._shown()
        is_beside = len(shown) == 1 and self._fits(shown[0])
        if is_beside == self._is_beside:
            return
        self._is_beside = is_beside
        direction = QBoxLayout.Direction
        self._box.setDirection(direction.LeftToRight if is_beside else direction.TopToBottom)
        for row in self._rows:
            self._box.setStretchFactor(row, int(is_beside))
        self._line.show_progress(shown=not is_beside)

    def _fits(self, row: TintedRow) -> bool:
        room = self.width() - self._line.width_without_progress - self._box.spacing()
        words = room - row.width_of_buttons
        least = _WORDS * row.fontMetrics().averageCharWidth()
        return words >= least and row.words.fits(words)
