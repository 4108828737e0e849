"""The one grid of cells: painted, pointed at, navigated with keys, copied from, read aloud."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.guide_link import open_guide
from lenet_gui.gui.widgets.arrow_keys import ARROWS
from lenet_gui.gui.widgets.grid.commands import CellCommands, ShownCell
from lenet_gui.gui.widgets.grid.surface import GridSurface
from lenet_gui.gui.widgets.grid.tip import TipAtPointer
from lenet_gui.guide.places import Place, layer_place
from lenet_gui.net.layers import LAYERS
from lenet_gui.pictures.grid.content import About, Caption, GridContent, Mark, Marked
from lenet_gui.pictures.grid.layout import Maker
from lenet_gui.pictures.grid.panel import Cell

if TYPE_CHECKING:
    from lenet_gui.pictures.page import Grid


_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Walk(Enum):
    """What the arrow keys step by, and a click takes hold of."""

    CELLS = auto()
    PICTURES = auto()
    NOTHING = auto()  # it is only looked at


class CellGrid(GridSurface):
    """Panels of pictures, for the pointer and the keys.

    A cell is spoken of while the pointer is over it, and held by a click or the arrow keys; with
    Ctrl these go to the same place of another picture, Page Up and Page Down to another panel.

    Signals:
        pointed(Cell or None): what is spoken of; something else is pointed at, or spoken of.
        held_changed(Cell or None): a click or a key has taken hold of it.
        activated(Cell): Enter, or a click on a picture where pictures are walked through.
        panel_stepped(int): Page Up (-1) or Page Down (1) where there is no panel to go to.
    """

    pointed = Signal(object)
    held_changed = Signal(object)
    activated = Signal(object)
    panel_stepped = Signal(int)

    def __init__(
        self,
        commands: CellCommands,
        maker: Maker,
        walk: Walk = Walk.CELLS,
        parent: QWidget | None = None,
    ) -> None:
        """Args: maker: lays the panels out; see `arrange`."""
        self._commands, self._walk = commands, walk
        self._held: Cell | None = None
        self._hovered: Cell | None = None
        self._hovered_as = ""
        self._is_to_tell = False
        self._tip = TipAtPointer(self)
        self._is_over_mark = False
        self._is_guided = True
        self.can_let_go = False
        self.first: Callable[[], Cell] = self._first
        self.can_be_enlarged = True
        super().__init__(maker, parent)
        self.setMouseTracking(True)
        if walk is not Walk.NOTHING:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # What is shown

    @property
    def held(self) -> Cell | None:
        """The cell that a click or the keys have taken hold of."""
        return self._held

    @property
    def hovered(self) -> Cell | None:
        """The cell under the pointer."""
        return self._hovered

    @property
    def spoken(self) -> Cell | None:
        """The cell that is described: the one under the pointer, else the one held."""
        return self._hovered or self._held

    def show_content(self, content: GridContent) -> None:
        super().show_content(content if self._is_guided else content.unguided)
        self._describe()
        self._tip.renew(self.explain)
        if self._is_to_tell:
            self._is_to_tell = False
            self.pointed.emit(self.spoken)

    def leave_out_guide(self) -> None:
        """Shows no question marks, for where nobody can click on them."""
        self._is_guided = False
        self.show_content(self.content)

    def arrange(self, maker: Maker) -> None:
        """Lays the grid out otherwise; what the pointer was over is let go where it is no more."""
        super().arrange(maker)
        if self._hovered is not None and self._words_of(self._hovered) != self._hovered_as:
            self._let_go_of_hovered()

    def _let_go_of_missing(self) -> None:
        if not self.layout_of.has(self._held):
            self._held = None
        if not self.layout_of.has(self._hovered):
            self._let_go_of_hovered()

    def _let_go_of_hovered(self) -> None:
        """Something else lies there: this is told as soon as its content is shown."""
        self._hovered, self._is_to_tell = None, True

    def _words_of(self, cell: Cell) -> str:
        words = self.panel_of(cell).words
        return f"{words.picture(cell.picture)}, {words.cell(cell)}"

    def as_block(self, height: int) -> "Grid":
        """The same grid for a page, with its height in units; what is held is marked."""
        from lenet_gui.pictures.page import Grid  # with what writes pictures

        cells = () if self._held is None else self.marked_with(self._held)
        held = tuple(self._held_mark(cell) for cell in cells)
        content = replace(self._content, marks=(*self._content.marks, *held))
        return Grid(self._maker, content, height, self.shows_figures)

    def marked_with(self, cell: Cell) -> tuple[Cell, ...]:
        """What is marked while a cell is described or held; a subclass adds its counterparts."""
        return (cell,)

    def hold(self, cell: Cell | None) -> None:
        """Takes hold of a cell, or lets it go, without a signal."""
        self._held = cell
        self._describe()
        self.update()

    def point_at(self, cell: Cell | None) -> None:
        """Speaks of a cell as if the pointer were over it; one that there is not is none."""
        self._hover(cell if self.layout_of.has(cell) else None)

    def name_of(self, cell: Cell) -> str:
        """What a cell is called; where the keys go by pictures, what its picture is called."""
        words = self.panel_of(cell).words
        return words.picture(cell.picture) if self._walk is Walk.PICTURES else words.cell(cell)

    def value_text(self, cell: Cell) -> str:
        """The value of a cell as it is shown; empty where there is none."""
        value = self._content.value(cell)
        return "" if value is None else self.panel_of(cell).words.value(cell, value)

    def text_of(self, cell: Cell) -> str:
        """A cell and its value in words."""
        value = self.value_text(cell)
        return f"{self.panel_of(cell).words.cell(cell)}: {value}" if value else self.name_of(cell)

    def about(self, cell: Cell) -> About:
        """What is said of a cell's picture where it is enlarged; a subclass may know more."""
        return About(self.panel_of(cell).words.picture(cell.picture))

    def description(self) -> str:
        """What is described, for screen readers."""
        return "" if self.spoken is None else self.text_of(self.spoken)

    def export_picture(self, cell: Cell) -> None:
        """Saves a cell's picture as the user wishes."""
        self._commands.save_picture(self, ShownCell.of(self, cell))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tip.show(event.pos(), self.explain)
            return True
        return super().event(event)

    def explain(self, position: QPointF) -> str:
        """The tooltip at a place of the widget: a cell and its value, or what a caption means."""
        cell = self.cell_under(position)
        if cell is not None:
            return self.text_of(cell)
        ratio = self.devicePixelRatioF()
        name = self.layout_of.label_at(position.x() * ratio, position.y() * ratio)
        label = self._content.labels.get(name or "")
        if isinstance(label, Caption) and self.guide_at(position) is not None:
            return f"What the guide says about {label.title}"
        return label.tip if label is not None else ""

    # The guide

    @property
    def guide_place(self) -> Place | None:
        """Where the guide explains the layer of what is held; None where no layer's is."""
        if self._held is None:
            return None
        unit = self.panel_of(self._held).words.unit(self._held)
        layer = self._held.panel if unit is None else unit.layer
        return layer_place(layer) if layer in LAYERS else None

    @property
    def guide_marks(self) -> dict[str, QRectF]:
        """The logical pixels of the question marks after captions, by the labels' names."""
        marks = {name: self._painter.guide_mark(name, self._content) for name in self._guided()}
        return {name: mark for name, mark in marks.items() if mark is not None}

    def guide_at(self, position: QPointF) -> Place | None:
        """What the question mark at a place of the widget opens; None where there is none."""
        for name, mark in self.guide_marks.items():
            if mark.adjusted(-3, -3, 3, 3).contains(position):
                return self._guided()[name]
        return None

    def _guided(self) -> dict[str, Place]:
        """The captions that the guide explains."""
        labels = self._content.labels.items()
        return {
            name: label.guide
            for name, label in labels
            if isinstance(label, Caption) and label.guide is not None
        }

    def paint_spoken(self, painter: QPainter) -> None:
        if self.spoken is not None:
            whole = self._walk is Walk.PICTURES
            for cell in self.marked_with(self.spoken):
                self._painter.paint_spoken(painter, cell, whole_picture=whole)

    # Pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_under(event.position())
        is_over_mark = cell is None and self.guide_at(event.position()) is not None
        if self._is_over_mark and not is_over_mark:
            self.unsetCursor()
        self._hover(cell)
        if is_over_mark:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._is_over_mark = is_over_mark

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._tip.forget()
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_under(event.position())
        is_left = event.button() == Qt.MouseButton.LeftButton
        place = self.guide_at(event.position()) if is_left and cell is None else None
        if place is not None:
            open_guide(self, place)
        elif not is_left or self._walk is Walk.NOTHING:
            super().mousePressEvent(event)
        elif cell is not None:
            self._take(cell)
            if self._walk is Walk.PICTURES:
                self._hover(cell)  # the picture is held, and its cell still pointed at
                self.activated.emit(cell)
        elif self.can_let_go:
            self._take(None)
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        cell = self.cell_under(QPointF(event.pos())) if by_mouse else self.spoken
        if cell is None:
            super().contextMenuEvent(event)
            return
        place = event.globalPos() if by_mouse else self.mapToGlobal(self.cell_rect(cell).center())
        self._commands.menu(self, cell).popup(place)

    def _hover(self, cell: Cell | None) -> None:
        if cell != self._hovered:
            self._hovered = cell
            self._hovered_as = "" if cell is None else self._words_of(cell)
            self.update()
            self._describe()
            self.pointed.emit(self.spoken)

    def _take(self, cell: Cell | None) -> None:
        before = self.spoken
        if cell is not None and self._walk is Walk.PICTURES:
            cell = Cell(cell.panel, cell.picture, 0, 0)
        self._held, self._hovered = cell, None
        self._describe()
        self.update()
        self.held_changed.emit(cell)
        if self.spoken != before:
            self.pointed.emit(self.spoken)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, layout = Qt.Key(event.key()), self.layout_of
        if self._walk is Walk.NOTHING or not layout.panels:
            super().keyPressEvent(event)
        elif key in ARROWS:
            self.walk(*ARROWS[key], leaps=_has_ctrl(event))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._step_panel(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._held is not None:
            self.activated.emit(self._held)
            event.ignore()  # the view may know more to do
        elif key == Qt.Key.Key_Escape and self._held is not None and self.can_let_go:
            self._take(None)
        else:
            super().keyPressEvent(event)

    def walk(self, right: int, down: int, *, leaps: bool = False) -> None:
        """Goes on by one, as an arrow key does; where nothing is held, it begins at the first."""
        layout = self.layout_of
        if self._held is None:
            self._take(self._hovered or self.first())
        elif self._walk is Walk.PICTURES:
            self._take(layout.step_picture(self._held, right, down))
        elif leaps:
            self._take(layout.leap(self._held, right, down))
        else:
            self._take(layout.step(self._held, right, down))

    def _step_panel(self, by: int) -> None:
        if self._held is None and len(self.panels) > 1:
            self._take(self.first())
            return
        held = self._held or self.first()
        other = self.layout_of.step_panel(held, by)
        if other.panel != held.panel:
            self._take(other)
        else:
            self.panel_stepped.emit(by)

    def _held_mark(self, cell: Cell) -> Marked:
        if self._walk is Walk.PICTURES:
            return Marked.picture(cell.panel, cell.picture, Mark.CHOSEN)
        return Marked(cell, Mark.CHOSEN)

    def _first(self) -> Cell:
        """Where the keys begin."""
        panel = self.panels[0]
        return Cell(panel.name, 0, 0, 0) if self._walk is Walk.PICTURES else panel.middle

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        can_hold = self._walk is not Walk.NOTHING and bool(self.panels)
        if event.reason() in _BY_TAB and self._held is None and can_hold:
            self._take(self.first())  # so that the focus can be seen
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _describe(self) -> None:
        words = self.description()
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)


def _has_ctrl(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
