"""Every run in a table that can be sorted by each of its headings."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableWidgetItem, QWidget

from lenet_gui.gui.core.plain import plain_tip, set_tip
from lenet_gui.gui.core.theme import UNIT
from lenet_gui.gui.run_table.text import HEADINGS, LAST_TRAINED, TEXT_COLUMNS, row_of, sort_keys
from lenet_gui.gui.widgets.copied_table import CopiedTable
from lenet_gui.training.run_folders import RunFolder

_KEY, _FOLDER = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_TIP = Qt.ItemDataRole.ToolTipRole


class RunsTable(CopiedTable):
    """Sorted by a click on a heading, or with `sort_menu`; the run that was trained last is first.

    What is selected stays selected, also when runs come and go, or a training goes on.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEADINGS, TEXT_COLUMNS, parent)
        self.setObjectName("table of runs")
        self.setAccessibleName("Runs")
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._runs: tuple[RunFolder, ...] = ()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        set_tip(header, "Sort by this; once more for the other way round")
        header.setSortIndicator(LAST_TRAINED, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        self.sort_menu = QMenu("S&ort by", self)
        for column, heading in enumerate(HEADINGS):
            action = self.sort_menu.addAction(heading)
            action.setData(column)
        self.sort_menu.triggered.connect(self._sort)

    @property
    def selected(self) -> RunFolder | None:
        """The run that alone is selected."""
        rows = {index.row() for index in self.selectedIndexes()}
        if len(rows) != 1:
            return None
        folder = self._folder(rows.pop())
        return next((run for run in self._runs if run.folder == folder), None)

    def show_runs(self, runs: Sequence[RunFolder]) -> None:
        """Shows these; nothing moves where they are as they were."""
        if tuple(runs) == self._runs:
            return
        before, row = self._selected_folders(), self.currentRow()
        current, scrolled = self._folder(row), self.verticalScrollBar().value()
        self._runs = tuple(runs)
        self.blockSignals(True)  # what is selected is told once
        self._fill()
        self._select_again(before, current, row)
        self.verticalScrollBar().setValue(scrolled)
        self.blockSignals(False)
        if self._selected_folders() != before:
            self.itemSelectionChanged.emit()

    def select(self, folder: Path) -> None:
        """Selects the run in a folder alone, and scrolls to it."""
        for row in range(self.rowCount()):
            if self._folder(row) == folder:
                self.setCurrentCell(row, 0)
                self.scrollTo(self.currentIndex())

    def sizeHintForColumn(self, column: int) -> int:
        """With room between the columns."""
        return super().sizeHintForColumn(column) + 2 * UNIT

    def sizeHintForRow(self, row: int) -> int:
        return super().sizeHintForRow(row) + UNIT // 2

    def new_item(self, text: str) -> QTableWidgetItem:
        return _Item(text)

    @Slot(QAction)
    def _sort(self, action: QAction) -> None:
        header, column = self.horizontalHeader(), action.data()
        order = Qt.SortOrder.AscendingOrder
        if header.sortIndicatorSection() == column and header.sortIndicatorOrder() == order:
            order = Qt.SortOrder.DescendingOrder
        self.sortItems(column, order)

    def _fill(self) -> None:
        self.setSortingEnabled(False)
        self.set_rows([row_of(run) for run in self._runs])
        for row, run in enumerate(self._runs):
            for column, key in enumerate(sort_keys(run)):
                item = self.item(row, column)
                if item is None:
                    continue
                item.setData(_KEY, key)
                item.setData(_FOLDER, run.folder)
                item.setData(_TIP, plain_tip(run.trouble or str(run.folder)))
        self.setSortingEnabled(True)

    def _select_again(self, folders: set[Path | None], current: Path | None, row: int) -> None:
        """The same as before; where the current one has gone, what stands in its place."""
        self.clearSelection()
        places = [self._folder(each) for each in range(self.rowCount())]
        if current not in places:
            self.setCurrentCell(min(max(row, 0), self.rowCount() - 1), 0)
            return
        flag, model = QItemSelectionModel.SelectionFlag, self.selectionModel()
        for place, folder in enumerate(places):
            if folder in folders:
                model.select(self.model().index(place, 0), flag.Select | flag.Rows)
        model.setCurrentIndex(self.model().index(places.index(current), 0), flag.NoUpdate)

    def _selected_folders(self) -> set[Path | None]:
        return {self._folder(index.row()) for index in self.selectedIndexes()}

    def _folder(self, row: int) -> Path | None:
        item = self.item(row, 0)
        return None if item is None else item.data(_FOLDER)


class _Item(QTableWidgetItem):
    """Sorted by what it means, not by how it is written."""

    def __lt__(self, other: QTableWidgetItem) -> bool:
        one, another = self.data(_KEY), other.data(_KEY)
        return one is not None and another is not None and bool(one < another)
