"""Fields in groups, each under its title, in as many columns as the width allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from lenet_gui.gui.core.guide_link import GuideLabel, explain
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.text_size import fit, wear
from lenet_gui.gui.core.theme import UNIT, group_title, small_font, title_font, warning
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.guide.places import Place

_GAP = 3 * UNIT // 2
"""Between columns, in pixels."""

_SIGN = "!"


class FieldCell(QWidget):
    """One field: label, editor, and an error sign, whose room is always kept.

    If the guide explains it, the label is a link there.
    """

    def __init__(
        self, label: str, editor: QWidget, tooltip: str, place: Place | None = None
    ) -> None:
        super().__init__()
        self.editor = editor
        self.label = plain_label(label) if place is None else GuideLabel(label, place)
        self.label.setBuddy(editor)
        self.label.setContentsMargins(0, 0, UNIT // 2, 0)
        self.sign = plain_label()
        wear(self.sign, title_font)
        fit(self.sign, "width", _as_wide_as_a_sign)
        self._tooltip = tooltip
        self._reason = ""
        self._problem = ""
        editor.setAccessibleName(label)
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(UNIT // 2)
        layout.setVerticalSpacing(0)
        layout.addWidget(self.label, 0, 0)
        layout.addWidget(editor, 0, 1)
        layout.addWidget(self.sign, 0, 2)
        layout.setColumnStretch(1, 1)
        if place is not None:
            explain(self, place)
        self._explain()
        self._recolour()

    @property
    def title_width(self) -> int:
        """The width of the label, and of the gap before the editor."""
        return self.label.sizeHint().width() + UNIT // 2

    @property
    def editor_width(self) -> int:
        """The least width of the editor and of the sign after it, in pixels."""
        least = max(self.editor.minimumSizeHint().width(), self.editor.minimumWidth())
        return least + UNIT // 2 + self.sign.width()

    @property
    def explanation(self) -> str:
        """What the field is, and why it has no effect now, if so."""
        return self._reason or self._tooltip

    @property
    def problem(self) -> str:
        """What is wrong with the field; empty if nothing is."""
        return self._problem

    def show_problem(self, words: str) -> None:
        """Marks the field as wrong, with these words, or as right if there are none."""
        self._problem = words
        self.sign.setText(_SIGN if words else "")
        self.editor.setAccessibleDescription(words)
        self._explain()

    def allow(self, reason: str) -> None:
        """Enables the field if `reason` is empty, else disables it with that tooltip."""
        self._reason = reason
        self.editor.setEnabled(not reason)
        self.label.setEnabled(not reason)
        self._explain()

    def tell(self, tooltip: str) -> None:
        """Another tooltip, for as long as the field is enabled."""
        self._tooltip = tooltip
        self._explain()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()

    def _explain(self) -> None:
        wrong = [f"{self.label.text()} {self._problem}."] if self._problem else []
        for widget in (self.editor, self.label, self.sign):
            set_tip(widget, *wrong, *self.explanation.splitlines())

    def _recolour(self) -> None:
        _warn(self.sign)


class GroupTitle(QWidget):
    """The title over a group of fields and, beside it, what is wrong with them."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = group_title(title)
        self.problem = ElidedLabel()
        wear(self.problem, small_font)
        self.problem.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, UNIT // 2, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self.title)
        row.addWidget(self.problem, 1)
        _warn(self.problem)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            _warn(self.problem)


@dataclass(frozen=True)
class FieldGroup:
    """Cells that belong together, and their title; the first group needs none."""

    cells: Sequence[FieldCell]
    title: GroupTitle | None = None

    def show_problems(self) -> None:
        """Shows beside the title what is wrong with the fields; the tooltip has it line by line."""
        if self.title is None:
            return
        wrong = [f"{cell.label.text()} {cell.problem}" for cell in self.cells if cell.problem]
        self.title.problem.setText(f"{_SIGN} {'; '.join(wrong)}" if wrong else "")
        set_tip(self.title.problem, *(f"{each}." for each in wrong))


class FieldGrid(QScrollArea):
    """Groups of cells, read line by line; what does not fit is scrolled to."""

    def __init__(self, groups: Sequence[FieldGroup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._groups = tuple(groups)
        self._content = QWidget()
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, 0, UNIT, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(UNIT // 2)
        self._columns = 0
        self.setWidget(self._content)
        self._arrange(1)
        editors = [cell.editor for group in self._groups for cell in group.cells]
        for before, after in pairwise(editors):
            QWidget.setTabOrder(before, after)
        fit(self, "columns", _renew)

    @property
    def columns(self) -> int:
        """The number of columns now."""
        return self._columns

    def width_for(self, columns: int) -> int:
        """The width in pixels of a number of columns, including the scroll bar."""
        fields = sum(
            max((cell.title_width for cell in column), default=0)
            + max((cell.editor_width for cell in column), default=0)
            for column in self._split(columns)
        )
        bar = self.verticalScrollBar().sizeHint().width()
        return fields + (columns - 1) * _GAP + UNIT + bar

    def sizeHint(self) -> QSize:
        """For the current layout of the fields; Qt's own answer would be that of the first time."""
        return self._content.sizeHint()

    def renew(self) -> None:
        """Arranges the cells anew: their words have another size."""
        self._columns = 0
        self._arrange(self._columns_for(self.width()))
        self.setMinimumWidth(self.width_for(1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self._columns_for(self.width()))

    def _columns_for(self, width: int) -> int:
        return next((n for n in (4, 3, 2) if self.width_for(n) <= width), 1)

    def _split(self, columns: int) -> list[list[FieldCell]]:
        """The cells of each column, of all groups."""
        split: list[list[FieldCell]] = [[] for _ in range(columns)]
        for group in self._groups:
            for number, cell in enumerate(group.cells):
                split[number % columns].append(cell)
        return split

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in self._split(columns):
            widest = max((cell.label.sizeHint().width() for cell in column), default=0)
            for cell in column:
                cell.label.setMinimumWidth(widest)
        row = 0
        for group in self._groups:
            if group.title is not None:
                self._grid.addWidget(group.title, row, 0, 1, columns)
                row += 1
            for number, cell in enumerate(group.cells):
                self._grid.addWidget(cell, row + number // columns, number % columns)
            row += -(-len(group.cells) // columns)
        for place in range(max(columns, self._grid.columnCount())):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
        for place in range(self._grid.rowCount()):
            self._grid.setRowStretch(place, 0)
        self._grid.setRowStretch(row, 1)
        self._columns = columns
        self.updateGeometry()


def _as_wide_as_a_sign(label: QWidget) -> None:
    label.setFixedWidth(label.fontMetrics().horizontalAdvance(_SIGN) + 2)


def _renew(grid: QWidget) -> None:
    assert isinstance(grid, FieldGrid)  # noqa: S101 - given to these alone
    grid.renew()


def _warn(label: QWidget) -> None:
    """Gives the words the colour of errors."""
    palette = label.palette()
    if palette.color(QPalette.ColorRole.WindowText) != warning(label):
        palette.setColor(QPalette.ColorRole.WindowText, warning(label))
        label.setPalette(palette)
