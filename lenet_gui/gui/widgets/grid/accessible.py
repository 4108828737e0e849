"""A grid as a table for screen readers: every cell has a name and a value."""

import weakref
from typing import Protocol, cast

from PySide6.QtCore import QObject, QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.pictures.grid.content import Caption
from lenet_gui.pictures.grid.panel import Cell, Panel


class HasCells(Protocol):
    """What a table is made from: a `CellGrid`, or another widget that knows as much."""

    @property
    def panels(self) -> tuple[Panel, ...]:
        """What is shown, in order."""

    @property
    def held(self) -> Cell | None:
        """The cell that is held."""

    @property
    def spoken(self) -> Cell | None:
        """The cell that is described."""

    def panel_of(self, cell: Cell) -> Panel:
        """The panel of a cell."""

    def value_text(self, cell: Cell) -> str:
        """The value of a cell in words."""

    def cell_under(self, position: QPointF) -> Cell | None:
        """The cell at a place of the widget."""

    def cell_rect(self, cell: Cell) -> QRect:
        """The logical pixels of a cell."""

    def hasFocus(self) -> bool:
        """As of any widget."""

    def mapToGlobal(self, point: QPoint, /) -> QPoint:
        """As of any widget."""

    def mapFromGlobal(self, point: QPoint, /) -> QPoint:
        """As of any widget."""


class AccessibleGrid(QAccessibleWidget):
    """The table; its children are the cells, panel by panel, picture by picture, row by row.

    After them come the question marks that lead into the guide.
    """

    def __init__(self, widget: QWidget) -> None:
        """Args: widget: which is `HasCells`."""
        super().__init__(widget, QAccessible.Role.Table)
        self._own = weakref.ref(cast("HasCells", widget))
        self._cells: dict[Cell, AccessibleCell] = {}
        self._marks: dict[str, AccessibleMark] = {}

    @property
    def _grid(self) -> HasCells:
        grid = self._own()
        assert grid is not None  # noqa: S101 - Qt asks of living widgets alone
        return grid

    def childCount(self) -> int:
        return sum(panel.count for panel in self._grid.panels) + len(marks_of(self._own()))

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        for panel in self._grid.panels:
            if index < panel.count:
                return self._accessible(panel.cell_at(index)) if index >= 0 else None
            index -= panel.count
        names = marks_of(self._own())
        return self._accessible_mark(names[index]) if index < len(names) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        before = 0
        if isinstance(child, AccessibleMark):
            names = marks_of(self._own())
            cells = sum(panel.count for panel in self._grid.panels)
            return cells + names.index(child.name) if child.name in names else -1
        if not isinstance(child, AccessibleCell):
            return -1
        for panel in self._grid.panels:
            if panel.has(child.cell):
                return before + panel.index_of(child.cell)
            before += panel.count
        return -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        cell = self._grid.cell_under(
            self._grid.mapFromGlobal(QRect(x, y, 1, 1).topLeft()).toPointF()
        )
        return None if cell is None else self._accessible(cell)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        spoken = self._grid.spoken
        return None if spoken is None or not self._grid.hasFocus() else self._accessible(spoken)

    def _accessible(self, cell: Cell) -> "AccessibleCell":
        # Kept: Qt's side of an interface must not outlive Python's.
        if cell not in self._cells:
            self._cells[cell] = AccessibleCell(self._own, cell)
        return self._cells[cell]

    def _accessible_mark(self, name: str) -> "AccessibleMark":
        if name not in self._marks:
            self._marks[name] = AccessibleMark(self._own, name)
        return self._marks[name]


def marks_of(widget: object) -> tuple[str, ...]:
    """The labels of a widget that have question marks, by their names."""
    return tuple(widget.guide_marks) if isinstance(widget, CellGrid) else ()


class _Leaf(QAccessibleInterface):
    """A part of a grid that is not a widget, has no parts, and cannot be written."""

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: ARG002
        return None

    def childCount(self) -> int:
        return 0

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: ARG002
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: ARG002
        return -1

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Leaves all as it is."""


class AccessibleMark(_Leaf):
    """A question mark after the caption of a `CellGrid`; F1 on what is held does the same."""

    def __init__(self, grid: "weakref.ref[HasCells]", name: str) -> None:
        """Args: name: of the label."""
        super().__init__()
        self._own, self.name = grid, name

    @property
    def _grid(self) -> CellGrid:
        grid = self._own()
        assert isinstance(grid, CellGrid)  # noqa: S101 - Qt asks of valid marks alone
        return grid

    def isValid(self) -> bool:
        return self.name in marks_of(self._own())

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._grid)

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Link

    def rect(self) -> QRect:
        inside = self._grid.guide_marks[self.name].toAlignedRect()
        return QRect(self._grid.mapToGlobal(inside.topLeft()), inside.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.linked = True
        return state

    def text(self, kind: QAccessible.Text) -> str:
        label = self._grid.content.labels.get(self.name)
        if kind == QAccessible.Text.Name and isinstance(label, Caption):
            return f"Guide: {label.title}"
        return ""


class AccessibleCell(_Leaf):
    """One cell."""

    def __init__(self, grid: "weakref.ref[HasCells]", cell: Cell) -> None:
        super().__init__()
        self._own, self.cell = grid, cell

    @property
    def _grid(self) -> HasCells:
        grid = self._own()
        assert grid is not None  # noqa: S101 - Qt asks of valid cells alone
        return grid

    def isValid(self) -> bool:
        grid = self._own()
        return grid is not None and any(panel.has(self.cell) for panel in grid.panels)

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(cast("QObject", self._grid))

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Cell

    def rect(self) -> QRect:
        inside = self._grid.cell_rect(self.cell)
        return QRect(self._grid.mapToGlobal(inside.topLeft()), inside.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.selectable = True
        state.selected = self._grid.held == self.cell
        state.focused = self._grid.hasFocus() and self._grid.spoken == self.cell
        return state

    def text(self, kind: QAccessible.Text) -> str:
        if kind == QAccessible.Text.Name:
            return self._grid.panel_of(self.cell).words.cell(self.cell)
        return self._grid.value_text(self.cell) if kind == QAccessible.Text.Value else ""


def _made(_key: str, widget: QObject) -> QAccessibleInterface | None:
    if not isinstance(widget, QWidget) or not isinstance(widget, tuple(_kinds)):
        return None
    _kept.append(AccessibleGrid(widget))
    return _kept[-1]


_kinds: list[type[QWidget]] = [CellGrid]
_installed = False
_kept: list[AccessibleGrid] = []
"""Qt deletes them, with their grids or at its end: Python must never do so before."""


def add_kind(kind: type[QWidget]) -> None:
    """Has widgets of another kind, which are `HasCells`, read as tables too."""
    if kind not in _kinds:
        _kinds.append(kind)


def install() -> None:
    """Registers grids with Qt, once."""
    global _installed
    if not _installed:
        QAccessible.installFactory(_made)
        _installed = True
