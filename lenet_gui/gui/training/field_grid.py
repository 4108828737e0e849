"""Fields with their labels and problems, in as many columns as the width allows."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

from lenet_gui.gui.core.guide_link import GuideLabel, explain
from lenet_gui.gui.core.plain import plain_label, plain_tip
from lenet_gui.gui.core.theme import ORANGE, UNIT, VERMILION, small_font, theme_of
from lenet_gui.guide.places import Place
from lenet_gui.pictures.colours import Theme

_GAP = 3 * UNIT // 2
"""Between columns, in pixels."""


class FieldCell(QWidget):
    """One field: label, editor, and below them what is wrong, if anything is.

    Where the guide explains it, the label is a link there.
    """

    def __init__(
        self, label: str, editor: QWidget, tooltip: str, place: Place | None = None
    ) -> None:
        super().__init__()
        self.editor = editor
        self.label = plain_label(label) if place is None else GuideLabel(label, place)
        self.label.setBuddy(editor)
        self.problem = plain_label()
        self.problem.setFont(small_font())
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._tooltip = tooltip
        editor.setAccessibleName(label)
        editor.setToolTip(tooltip)
        self.label.setToolTip(tooltip)
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(UNIT)
        layout.setVerticalSpacing(0)
        layout.addWidget(self.label, 0, 0)
        layout.addWidget(editor, 0, 1)
        layout.addWidget(self.problem, 1, 0, 1, 2)
        layout.setColumnStretch(1, 1)
        if place is not None:
            explain(self, place)
        self._recolour()

    @property
    def editor_width(self) -> int:
        """The least width of the editor, in pixels."""
        return max(self.editor.minimumSizeHint().width(), self.editor.minimumWidth())

    def show_problem(self, words: str) -> None:
        """Says below the field what is wrong with it; nothing if `words` is empty."""
        self.problem.setText(f"! {words}" if words else "")
        self.problem.setVisible(bool(words))
        self.editor.setAccessibleDescription(words)

    def allow(self, reason: str) -> None:
        """Enables the field if `reason` is empty, else disables it with that tooltip."""
        self.editor.setEnabled(not reason)
        self.label.setEnabled(not reason)
        for widget in (self.editor, self.label):
            widget.setToolTip(plain_tip(*(reason or self._tooltip).splitlines()))

    def tell(self, tooltip: str) -> None:
        """Another tooltip, for as long as the field is enabled."""
        self._tooltip = tooltip
        if self.editor.isEnabled():
            self.allow("")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()

    def _recolour(self) -> None:
        colour = ORANGE if theme_of(self) is Theme.DARK else VERMILION
        palette = self.problem.palette()
        if palette.color(QPalette.ColorRole.WindowText) != colour:
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            self.problem.setPalette(palette)


class FieldGrid(QScrollArea):
    """Cells that flow into columns, read downwards; what does not fit is scrolled to."""

    def __init__(self, cells: list[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._cells: list[QWidget] = []
        self._content = QWidget()
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, 0, UNIT, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(UNIT // 2)
        self._columns = 0
        self.setWidget(self._content)
        for cell in cells:
            cell.setParent(self._content)
            cell.hide()

    @property
    def columns(self) -> int:
        """The number of columns now."""
        return self._columns

    @property
    def cells(self) -> list[QWidget]:
        """The cells that are shown, in their order."""
        return list(self._cells)

    def show_cells(self, cells: list[QWidget]) -> None:
        """Shows some of the cells, headings among them, and hides the others."""
        if cells == self._cells:
            return
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.setVisible(cell in cells)
        self._grid.setRowStretch(len(self._cells), 0)
        self._cells = list(cells)
        self._columns = 0
        self._arrange(self._columns_for(self.width()))
        for cell in cells:
            cell.show()
        fields = [cell for cell in cells if isinstance(cell, FieldCell)]
        for before, after in pairwise(fields):
            QWidget.setTabOrder(before.editor, after.editor)
        self.setMinimumWidth(self.width_for(1))

    def width_for(self, columns: int) -> int:
        """The width in pixels that so many columns take, the scroll bar counted."""
        fields = sum(
            _label_width(column) + UNIT + max((c.editor_width for c in _fields(column)), default=0)
            for column in self._split(columns)
        )
        bar = self.verticalScrollBar().sizeHint().width()
        return fields + (columns - 1) * _GAP + UNIT + bar

    def sizeHint(self) -> QSize:
        """Of the fields as they lie now; Qt's own answer would be that of the first time."""
        return self._content.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self._columns_for(self.width()))

    def _columns_for(self, width: int) -> int:
        return next((n for n in (4, 3, 2) if self.width_for(n) <= width), 1)

    def _split(self, columns: int) -> list[list[QWidget]]:
        """As even as can be, with no heading at the foot of a column."""
        rows = -(-len(self._cells) // columns)
        while len(split := _in_columns(self._cells, rows)) > columns:
            rows += 1
        return split

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for place, column in enumerate(self._split(columns)):
            for row, cell in enumerate(column):
                alignment = Qt.AlignmentFlag.AlignBottom  # a heading's, near what it is over
                if isinstance(cell, FieldCell):
                    cell.label.setMinimumWidth(_label_width(column))
                    alignment = Qt.AlignmentFlag.AlignTop
                self._grid.addWidget(cell, row, place, alignment=alignment)
        for place in range(max(columns, self._grid.columnCount())):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(len(self._cells), 1)
        self._columns = columns
        self.updateGeometry()


def _fields(column: list[QWidget]) -> list[FieldCell]:
    return [cell for cell in column if isinstance(cell, FieldCell)]


def _label_width(column: list[QWidget]) -> int:
    return max((cell.label.sizeHint().width() for cell in _fields(column)), default=0)


def _in_columns(cells: list[QWidget], rows: int) -> list[list[QWidget]]:
    """Columns of so many rows at most; a heading that would come last begins the next one."""
    columns: list[list[QWidget]] = []
    for cell in cells:
        left = rows - len(columns[-1]) if columns else 0
        if left == 0 or (left == 1 and not isinstance(cell, FieldCell)):
            columns.append([])
        columns[-1].append(cell)
    return columns
