"""Every run in a table that can be sorted by each of its headings."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QTableWidgetItem, QWidget

from lenet_gui.gui.core.plain import plain_tip, set_tip
from lenet_gui.gui.core.theme import UNIT
from lenet_gui.gui.run_table.text import (
    HEADINGS,
    LAST_TRAINED,
    TEXT_COLUMNS,
    row_of,
    sort_keys,
    whole_row_of,
)
from lenet_gui.gui.widgets.copied_table import WHOLE, CopiedTable
from lenet_gui.training.run_folders import RunFolder

_KEY, _FOLDER = WHOLE + 1, WHOLE + 2
_MEASURED = 100
"""How many rows decide how wide a column is."""

_LEAST_NAME = 24
"""How many characters of a name are seen, of which a date takes 10."""
_TIP = Qt.ItemDataRole.ToolTipRole
_BRIEF = (HEADINGS.index("Recipe"), HEADINGS.index("Tested on"))
"""Columns whose cells are brief: their tooltips have the whole."""


class RunsTable(CopiedTable):
    """Sorted by a click on a heading, or with `sort_menu`; the run that was trained last is first.

    What is selected stays selected, also when runs come and go, or a training run goes on; where it
    has gone, what stands in its place is selected.
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
        # Measuring some hundred rows again whenever one changes would take seconds.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setResizeContentsPrecision(_MEASURED)
        set_tip(header, "Sort by this column; again to reverse the order")
        header.setSortIndicator(LAST_TRAINED, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        self._fit_font()
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
        before, row = {run.folder: run for run in self._runs}, self.currentRow()
        self._runs = tuple(runs)
        self.setSortingEnabled(False)
        self._remove_all_but({run.folder for run in runs})
        rows = {self._folder(each): each for each in range(self.rowCount())}
        for run in runs:
            if run.folder not in rows:
                self.insertRow(self.rowCount())
                self._fill(self.rowCount() - 1, run)
            elif run != before[run.folder]:
                self._fill(rows[run.folder], run)
        self.setSortingEnabled(True)
        self._give_names_room()
        if not self.selectedIndexes():
            self.setCurrentCell(min(max(row, 0), self.rowCount() - 1), 0)

    def select(self, folder: Path) -> None:
        """Selects the run in a folder alone, and scrolls to it."""
        for row in range(self.rowCount()):
            if self._folder(row) == folder:
                self.setCurrentCell(row, 0)
                self.scrollTo(self.currentIndex())

    def sizeHintForColumn(self, column: int) -> int:
        """With room between the columns."""
        return super().sizeHintForColumn(column) + 2 * UNIT

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_names_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.columnCount():
            self._fit_font()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last run."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.rowCount() - 1}
        row = ends.get(Qt.Key(event.key()))
        if row is None or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        else:
            self.setCurrentCell(row, 0)

    def new_item(self, text: str) -> QTableWidgetItem:
        return _Item(text)

    @Slot(QAction)
    def _sort(self, action: QAction) -> None:
        header, column = self.horizontalHeader(), action.data()
        order = Qt.SortOrder.AscendingOrder
        if header.sortIndicatorSection() == column and header.sortIndicatorOrder() == order:
            order = Qt.SortOrder.DescendingOrder
        self.sortItems(column, order)

    def _fit_font(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + UNIT)
        self._give_names_room()

    def _give_names_room(self) -> None:
        """The names take the width that is left; where that is little, the table scrolls."""
        header, modes = self.horizontalHeader(), QHeaderView.ResizeMode
        others = sum(header.sectionSize(column) for column in range(1, self.columnCount()))
        least = _LEAST_NAME * self.fontMetrics().averageCharWidth()
        if self.viewport().width() - others >= least:
            header.setSectionResizeMode(0, modes.Stretch)
        else:
            header.setSectionResizeMode(0, modes.Fixed)
            header.resizeSection(0, least)

    def _fill(self, row: int, run: RunFolder) -> None:
        self.set_row(row, row_of(run), whole_row_of(run))
        for column, key in enumerate(sort_keys(run)):
            item = self.item(row, column)
            if item is None:
                continue
            item.setData(_KEY, key)
            item.setData(_FOLDER, run.folder)
            if column not in _BRIEF or run.trouble:
                item.setData(_TIP, plain_tip(run.trouble or str(run.folder)))

    def _remove_all_but(self, folders: set[Path]) -> None:
        for row in reversed(range(self.rowCount())):
            if self._folder(row) not in folders:
                self.removeRow(row)

    def _folder(self, row: int) -> Path | None:
        item = self.item(row, 0)
        return None if item is None else item.data(_FOLDER)


class _Item(QTableWidgetItem):
    """Sorted by what it means, not by how it is written."""

    def __lt__(self, other: QTableWidgetItem) -> bool:
        one, another = self.data(_KEY), other.data(_KEY)
        return one is not None and another is not None and bool(one < another)
