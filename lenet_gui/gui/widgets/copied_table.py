"""A table of text from which rows can be copied; nothing in it is edited."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableWidget, QTableWidgetItem, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.pictures.exported import Table

WHOLE = Qt.ItemDataRole.UserRole
"""The role of what is copied of a cell that shows it briefly."""


class CopiedTable(QTableWidget):
    """Rows are selected with the pointer or the keys.

    Ctrl+C and the context menu copy them, with the headings, as tab-separated text. In that menu
    the widget's own actions come first.
    """

    upright = Qt.AlignmentFlag.AlignVCenter
    """Where a line is in a row that is higher."""

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
        wear(self, theme.text_font)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)

    def set_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Shows other rows."""
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            self.set_row(number, row)

    def set_row(
        self, number: int, texts: Sequence[str], whole: Sequence[str] | None = None
    ) -> None:
        """Shows something else in one row.

        Where `whole` has more to say than the cell has room for, it is copied, and
        is the tooltip.
        """
        for column, text in enumerate(texts):
            item = self.new_item(text)
            item.setTextAlignment(self._alignment(column))
            if whole is not None:
                item.setData(WHOLE, whole[column])
                item.setToolTip(plain_tip(whole[column]))
            self.setItem(number, column, item)

    def new_item(self, text: str) -> QTableWidgetItem:
        """A cell of the table."""
        return QTableWidgetItem(text)

    def rows(self) -> list[list[str]]:
        """What is shown."""
        return [self._row(number, range(self.columnCount())) for number in range(self.rowCount())]

    def text_of(self, rows: Sequence[int]) -> str:
        """Some rows under the headings, tab-separated; columns that are hidden are left out."""
        columns = [each for each in range(self.columnCount()) if not self.isColumnHidden(each)]
        headings = (self.horizontalHeaderItem(column) for column in columns)
        return Table(
            tuple("" if item is None else item.text() for item in headings),
            tuple(tuple(self._copied(number, columns)) for number in rows),
        ).as_text()

    @Slot()
    def copy_selected(self) -> None:
        """Puts the selected rows on the clipboard, or all where none is selected."""
        selected = sorted({index.row() for index in self.selectedIndexes()})
        rows = selected or range(self.rowCount())
        QGuiApplication.clipboard().setText(self.text_of(rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setObjectName("table-menu")
        menu.aboutToHide.connect(menu.deleteLater)
        if self.actions():
            menu.addActions(self.actions())
            menu.addSeparator()
        for text, command, key in (
            ("&Copy as table", self.copy_selected, QKeySequence.StandardKey.Copy),
            ("Select &all", self.selectAll, QKeySequence.StandardKey.SelectAll),
        ):
            action = QAction(text, menu)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(command)
            menu.addAction(action)
        menu.popup(event.globalPos())

    def _row(self, number: int, columns: Sequence[int]) -> list[str]:
        items = (self.item(number, column) for column in columns)
        return [item.text() if item is not None else "" for item in items]

    def _copied(self, number: int, columns: Sequence[int]) -> list[str]:
        items = (self.item(number, column) for column in columns)
        return ["" if item is None else item.data(WHOLE) or item.text() for item in items]

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft
        if column >= self._text_columns:
            side = Qt.AlignmentFlag.AlignRight
        return side | self.upright
