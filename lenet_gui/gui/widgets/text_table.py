"""A table of text to read and to copy from: figures to the right, the rest to the left."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtWidgets import QHeaderView, QWidget

from lenet_gui.gui.widgets.copied_table import CopiedTable


class TextTable(CopiedTable):
    """As high as its rows and no higher."""

    upright = Qt.AlignmentFlag.AlignTop

    def __init__(
        self, headings: Sequence[str], text_columns: int, parent: QWidget | None = None
    ) -> None:
        """The first `text_columns` columns start at the left, the others end at the right."""
        super().__init__(headings, text_columns, parent)
        self.setWordWrap(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        # The last text takes what room there is, in as many lines as it needs.
        header.setSectionResizeMode(text_columns - 1, QHeaderView.ResizeMode.Stretch)
        # Once the columns have found their widths: they do so one after the other.
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._fit)
        header.sectionResized.connect(self._fit_soon)

    def set_rows(self, rows: Sequence[Sequence[str]]) -> None:
        super().set_rows(rows)
        self._fit()

    @Slot()
    def _fit_soon(self) -> None:
        self._settled.start(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.columnCount():
            self._fit()

    @Slot()
    def _fit(self) -> None:
        """Rows as high as their text, and the table as high as its rows."""
        self.resizeRowsToContents()
        heights = sum(self.rowHeight(number) for number in range(self.rowCount()))
        frame = 2 * self.frameWidth()
        height = self.horizontalHeader().sizeHint().height() + heights + frame
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
