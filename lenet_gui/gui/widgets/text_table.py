"""A table of text to read and to copy from: figures to the right, the rest to the left."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from lenet_gui.gui.core import theme


class TextTable(QTableWidget):
    """As high as its rows and no higher; never edited."""

    def __init__(
        self, headings: Sequence[str], text_columns: int, parent: QWidget | None = None
    ) -> None:
        """The first `text_columns` columns start at the left, the others end at the right."""
        super().__init__(0, len(headings), parent)
        self._text_columns = text_columns
        for column, heading in enumerate(headings):
            item = QTableWidgetItem(heading)
            item.setTextAlignment(self._alignment(column))
            self.setHorizontalHeaderItem(column, item)
        self.setFont(theme.text_font())
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        # The last text takes what room there is, and is told in full by its tip.
        header.setSectionResizeMode(text_columns - 1, QHeaderView.ResizeMode.Stretch)

    def set_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Shows other rows."""
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setTextAlignment(self._alignment(column))
                item.setToolTip(text if column == self._text_columns - 1 else "")
                self.setItem(number, column, item)
        self.resizeRowsToContents()
        heights = sum(self.rowHeight(number) for number in range(len(rows)))
        frame = 2 * self.frameWidth()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + heights + frame)

    def rows(self) -> list[list[str]]:
        """What is shown."""
        found = []
        for number in range(self.rowCount()):
            items = (self.item(number, column) for column in range(self.columnCount()))
            found.append([item.text() if item is not None else "" for item in items])
        return found

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft
        if column >= self._text_columns:
            side = Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter
