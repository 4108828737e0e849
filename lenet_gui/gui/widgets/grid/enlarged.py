"""A window of one picture of any grid, as large as it will go, that follows the grid."""

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.provenance import provenance_of
from lenet_gui.gui.core.text_size import scaled, wear
from lenet_gui.gui.widgets.colour_legend import ScaleLegend
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.net.layers import Unit
from lenet_gui.pictures.exported import Facts
from lenet_gui.pictures.grid.content import GridContent
from lenet_gui.pictures.grid.layout import one_picture
from lenet_gui.pictures.grid.panel import Cell, Colours, Panel, Values, Words

_NAME = "enlarged"
_LEAST = 160
_USUAL = 448

_POINT = "Point at a cell for its value, or press Shift and an arrow key."
_EMPTY = "Draw a digit, and its values appear here."


@dataclass(frozen=True)
class OnePicture:
    """The words of one picture of a panel that is shown alone."""

    words: Words
    panel: str
    number: int

    def picture(self, picture: int) -> str:  # noqa: ARG002 - there is one
        """The picture's name in its panel."""
        return self.words.picture(self.number)

    def cell(self, cell: Cell) -> str:
        """The cell's name in its panel."""
        return self.words.cell(self._there(cell))

    def value(self, cell: Cell, value: float) -> str:
        """The value as its panel writes it."""
        return self.words.value(self._there(cell), value)

    def unit(self, cell: Cell) -> Unit | None:
        """The unit that the cell shows in its panel."""
        return self.words.unit(self._there(cell))

    def _there(self, cell: Cell) -> Cell:
        return Cell(self.panel, self.number, cell.row, cell.column)


class _Picture(CellGrid):
    """The picture; the keys begin in its corner."""

    def __init__(self, commands: CellCommands, panel: Panel) -> None:
        super().__init__(commands, one_picture(panel, _LEAST))
        self.setObjectName("enlarged_picture")
        self.shows_figures = True
        self.can_be_enlarged = False
        self.first = self._corner

    @staticmethod
    def _corner() -> Cell:
        return Cell(_NAME, 0, 0, 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # A dialog that opens sends what Tab would send: nothing is to be held for that.
        QWidget.focusInEvent(self, event)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(_USUAL, self), scaled(_USUAL, self))


class EnlargedDialog(QDialog):
    """Not modal: drawing goes on, and the picture with it.

    Left and Right go to the previous and next picture, Up and Down to another panel, with Shift
    they move over the cells; Escape closes. `picture_changed(panel, picture)`.
    """

    picture_changed = Signal(str, int)

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("enlarged")
        self.setModal(False)
        self._grid: CellGrid | None = None
        self._panel, self._number = "", 0
        self._title = plain_label()
        self._title.setObjectName("enlarged_title")
        wear(self._title, theme.title_font)
        self._about = plain_label()
        wear(self._about, theme.small_font)
        self._back = self._button("enlarged_back", Qt.ArrowType.LeftArrow, "Previous picture (←)")
        self._next = self._button("enlarged_next", Qt.ArrowType.RightArrow, "Next picture (→)")
        self._back.clicked.connect(self.previous_picture)
        self._next.clicked.connect(self.next_picture)
        self._export = QPushButton("Export…")
        self._export.setObjectName("enlarged_export")
        set_tip(self._export, "Save this picture")
        self._export.setAutoDefault(False)
        self._export.clicked.connect(self._ask_export)
        self.picture = _Picture(commands, _alone(Panel("", 1, 1, 1, _Nameless()), 0))
        self.picture.pointed.connect(self._tell_cell)
        self._legend = ScaleLegend()
        self._cell = plain_label()
        self._cell.setObjectName("enlarged_cell")
        wear(self._cell, theme.text_font)
        self._cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._arrange()
        for keys, slot in (
            ("Left", self.previous_picture),
            ("Right", self.next_picture),
            ("Up", self.panel_before),
            ("Down", self.panel_after),
            ("Shift+Left", self._cell_left),
            ("Shift+Right", self._cell_right),
            ("Shift+Up", self._cell_up),
            ("Shift+Down", self._cell_down),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self.picture.setFocus()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.UNIT)
        head.addWidget(self._title)
        head.addWidget(self._about, 1)
        head.addWidget(self._back)
        head.addWidget(self._next)
        head.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(2 * theme.UNIT,) * 4)
        column.setSpacing(theme.UNIT)
        column.addLayout(head)
        column.addWidget(self.picture, 1)
        column.addWidget(self._legend)
        column.addWidget(self._cell)

    def _button(self, name: str, arrow: Qt.ArrowType, words: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setArrowType(arrow)
        button.setAutoRaise(True)
        set_tip(button, words)
        button.setAccessibleName(words)
        return button

    @property
    def grid(self) -> CellGrid | None:
        """The grid that is followed."""
        return self._grid

    @property
    def provenance(self) -> Facts:
        """That of the grid that is followed."""
        return provenance_of(self._grid)

    @property
    def shown(self) -> tuple[str, int]:
        """The panel and the number of the picture."""
        return self._panel, self._number

    def show_picture(self, grid: CellGrid, panel: str, picture: int) -> None:
        """Goes to a picture of a grid, and follows what the grid shows there.

        Raises:
            ValueError: when the grid has no such picture.
        """
        if not grid.layout_of.has(Cell(panel, picture, 0, 0)):
            raise ValueError(f"there is no picture {picture} of {panel}")
        if grid is not self._grid:
            if self._grid is not None:
                self._grid.content_shown.disconnect(self._follow)
                self._grid.destroyed.disconnect(self._let_go)
            self._grid = grid
            grid.content_shown.connect(self._follow)
            grid.destroyed.connect(self._let_go)
        self._panel, self._number = panel, picture
        self._renew()
        self.picture_changed.emit(panel, picture)

    @Slot()
    def _let_go(self) -> None:
        self._grid = None
        if self.isVisible():
            self.close()

    @Slot()
    def _follow(self) -> None:
        """The grid shows something else."""
        if self.isVisible():
            self._renew()

    def _renew(self) -> None:
        """Shows what the grid shows; where the panel is gone, the first one takes its place."""
        grid = self._grid
        if grid is None or not grid.panels:
            return
        if self._panel not in grid.layout_of.by_name:
            self._panel = grid.panels[0].name
        panel = grid.layout_of.by_name[self._panel].panel
        self._number = min(self._number, panel.pictures - 1)
        cell = Cell(panel.name, self._number, 0, 0)
        told, name = grid.about(cell), panel.words.picture(self._number)
        size = f"{panel.rows}×{panel.columns}"
        self.setWindowTitle(told.title)
        self._title.setText(name)
        set_tip(self._title, *told.tip.splitlines())
        self._about.setText(f"{size}, {told.words}" if told.words else size)
        self._back.setEnabled(self._number > 0)
        self._next.setEnabled(self._number < panel.pictures - 1)
        self.picture.setAccessibleName(name)
        self._show_values(_alone(panel, self._number), grid.values_of(cell))

    def _show_values(self, alone: Panel, values: Values | None) -> None:
        if alone != self.picture.panels[0]:
            self.picture.arrange(one_picture(alone, _LEAST))
        self._export.setEnabled(values is not None)
        self._legend.setVisible(alone.colours is Colours.DIVERGING)
        if values is None:
            self._legend.show_limit(None)
            self.picture.show_content(GridContent())
        else:
            limit = values.limit(self._number)
            self._legend.show_limit(limit, from_zero=values.from_zero)
            array = np.asarray(values.array[self._number])
            self.picture.show_content(GridContent({_NAME: Values.of(alone, array, limit)}))
        self._tell_cell()

    @Slot()
    def _tell_cell(self) -> None:
        cell = self.picture.spoken
        if cell is not None:
            self._cell.setText(self.picture.text_of(cell))
        else:
            self._cell.setText(_POINT if self.picture.content.values else _EMPTY)

    @Slot()
    def _ask_export(self) -> None:
        if self._grid is not None:
            self._grid.export_picture(Cell(self._panel, self._number, 0, 0))

    @Slot()
    def previous_picture(self) -> None:
        """The picture before this one in its panel."""
        self._step_picture(-1)

    @Slot()
    def next_picture(self) -> None:
        """The picture after this one in its panel."""
        self._step_picture(1)

    def _step_picture(self, step: int) -> None:
        other = Cell(self._panel, self._number + step, 0, 0)
        if self._grid is not None and self._grid.layout_of.has(other):
            self.show_picture(self._grid, other.panel, other.picture)

    @Slot()
    def panel_before(self) -> None:
        """The same picture, or the last one, of the panel before."""
        self._step_panel(-1)

    @Slot()
    def panel_after(self) -> None:
        """The same picture, or the last one, of the next panel."""
        self._step_panel(1)

    def _step_panel(self, step: int) -> None:
        if self._grid is None:
            return
        panels = self._grid.panels
        place = [panel.name for panel in panels].index(self._panel) + step
        if 0 <= place < len(panels):
            number = min(self._number, panels[place].pictures - 1)
            self.show_picture(self._grid, panels[place].name, number)

    @Slot()
    def _cell_left(self) -> None:
        self.picture.walk(-1, 0)

    @Slot()
    def _cell_right(self) -> None:
        self.picture.walk(1, 0)

    @Slot()
    def _cell_up(self) -> None:
        self.picture.walk(0, -1)

    @Slot()
    def _cell_down(self) -> None:
        self.picture.walk(0, 1)


class _Nameless:
    """The words of a picture before there is one."""

    def picture(self, picture: int) -> str:  # noqa: ARG002
        return ""

    def cell(self, cell: Cell) -> str:  # noqa: ARG002
        return ""

    def value(self, cell: Cell, value: float) -> str:  # noqa: ARG002
        return ""

    def unit(self, cell: Cell) -> Unit | None:  # noqa: ARG002
        return None


def _alone(panel: Panel, number: int) -> Panel:
    words = OnePicture(panel.words, panel.name, number)
    return replace(panel, name=_NAME, pictures=1, words=words)
