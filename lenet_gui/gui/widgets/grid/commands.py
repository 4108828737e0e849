"""What can be done with any cell or picture: enlarged, copied, saved, looked up in another view."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.guide_link import open_guide
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.provenance import provenance_of
from lenet_gui.gui.core.qimage import to_qimage_rgb
from lenet_gui.gui.core.windows import bring_to_front
from lenet_gui.guide.places import layer_place
from lenet_gui.net.layers import Unit
from lenet_gui.pictures.exported import Facts, Table, shortest
from lenet_gui.pictures.grid.colouring import colours_of
from lenet_gui.pictures.grid.panel import Cell, Panel, Values, numbered
from lenet_gui.text.units import layer_name

if TYPE_CHECKING:
    from lenet_gui.gui.widgets.grid.enlarged import EnlargedDialog
    from lenet_gui.gui.widgets.grid.grid import CellGrid

_COPIED_SIDE = 256
"""A copied picture is enlarged by a whole factor to about this size in pixels."""

_CAUSE = "saving a picture"

_ELSEWHERE = (
    ("unit", "Show in &Unit"),
    ("weights", "Show its &weights"),
    ("causes", "Show its c&auses"),
)
"""Views that show more of a unit, by their names."""


@dataclass(frozen=True, eq=False)
class ShownCell:
    """A cell as it is shown now: its panel, the panel's values, and what is copied as its value."""

    panel: Panel
    cell: Cell
    values: Values | None
    value: float | None

    @classmethod
    def of(cls, grid: "CellGrid", cell: Cell) -> "ShownCell":
        """A cell of a grid."""
        return cls(grid.panel_of(cell), cell, grid.values_of(cell), grid.content.value(cell))

    @property
    def name(self) -> str:
        """What its picture is called."""
        return self.panel.words.picture(self.cell.picture)


class CellCommands(QObject):
    """The context menu of every grid, and of anything else that shows pictures of cells.

    `show_requested(str, Unit)`: a unit in the view of a name. `enlarged_changed()`: another picture
    is enlarged, or none any more.
    """

    show_requested = Signal(str, object)
    enlarged_changed = Signal()

    def __init__(self, ask: FileDialogs, notifier: Notifier, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from lenet_gui.gui.widgets.grid import accessible  # which knows the grid, as this does not

        accessible.install()
        self._ask, self._notifier = ask, notifier
        self._enlarged: EnlargedDialog | None = None

    def show_in(self, view: str, unit: Unit) -> None:
        """Asks for a unit in the view of a name."""
        self.show_requested.emit(view, unit)

    def menu(self, grid: "CellGrid", cell: Cell) -> QMenu:
        """The menu of a cell; its entries do at once what they say."""
        menu = self.menu_of(grid, ShownCell.of(grid, cell))
        if grid.can_be_enlarged:
            first = menu.actions()[0]
            action = QAction("&Enlarge", menu)
            action.triggered.connect(_Enlarging(self, grid, cell, menu).enlarge)
            menu.insertAction(first, action)
            menu.insertSeparator(first)
        return menu

    def menu_of(self, widget: QWidget, shown: ShownCell) -> QMenu:
        """The same for a cell of any widget."""
        menu = QMenu(widget)
        menu.setObjectName("cell-menu")
        menu.aboutToHide.connect(menu.deleteLater)
        target = _Target(self, widget, shown, menu)
        for text, command in (
            ("Copy &value", target.copy_value),
            ("Copy &picture", target.copy_picture),
            ("Copy as &table", target.copy_table),
            ("&Save picture…", target.save_picture),
        ):
            action = menu.addAction(text)
            action.setEnabled(shown.values is not None)
            action.triggered.connect(command)
        unit = shown.panel.words.unit(shown.cell)
        if unit is not None:
            menu.addSeparator()
            for view, text in _ELSEWHERE:
                action = menu.addAction(text)
                action.setData((view, unit))
            menu.triggered.connect(target.show_elsewhere)
            guide = menu.addAction(f"&Guide: {layer_name(unit.layer)}")
            guide.triggered.connect(target.open_guide)
        return menu

    def enlarge(self, grid: "CellGrid", cell: Cell) -> None:
        """Shows a cell's picture in a separate window, in front."""
        if self._enlarged is None:
            from lenet_gui.gui.widgets.grid.enlarged import EnlargedDialog  # which holds a grid

            window = self.parent()
            owner = window if isinstance(window, QWidget) else grid.window()
            self._enlarged = EnlargedDialog(self, owner)
            self._enlarged.picture_changed.connect(self.enlarged_changed)
            self._enlarged.finished.connect(self.enlarged_changed)
        self._enlarged.show_picture(grid, cell.panel, cell.picture)
        bring_to_front(self._enlarged)
        self.enlarged_changed.emit()

    @property
    def enlarged(self) -> "EnlargedDialog | None":
        """The window of what is enlarged, once there was one."""
        return self._enlarged

    def is_enlarged(self, within: QWidget) -> bool:
        """Whether a picture of a grid within a widget is shown enlarged now."""
        shown = self._enlarged
        if shown is None or shown.grid is None or not shown.isVisible():
            return False
        return within.isAncestorOf(shown.grid)

    def enlarged_in(self, grid: "CellGrid") -> Cell | None:
        """The first cell of the picture of a grid that is shown enlarged now; None if none is."""
        shown = self._enlarged
        if shown is None or shown.grid is not grid or not shown.isVisible():
            return None
        return Cell(*shown.shown, 0, 0)

    def close_down(self) -> None:
        """Closes the window of what is enlarged."""
        if self._enlarged is not None:
            self._enlarged.close()

    def save_picture(self, widget: QWidget, shown: ShownCell) -> None:
        """Asks for a file and saves the picture of a cell as PNG or SVG, by the suffix."""
        target = self.ask_where(shown.name.replace(" ", "-"))
        if target is None or shown.values is None:
            return
        from lenet_gui.pictures.export import exported_sheet, save
        from lenet_gui.pictures.grid.picture_sheet import picture_sheet

        number, ground = shown.cell.picture, theme.theme_of(widget)
        sheet = picture_sheet(shown.panel, number, shown.values, ground)
        with self._notifier.reporting(_CAUSE):
            save(exported_sheet(sheet), target)
            self._notifier.note(f"Saved {target}.")

    def ask_where(self, name: str) -> Path | None:
        """The file to write a picture to."""
        kinds = {".png": "Picture (PNG)", ".svg": "Vector picture (SVG)"}
        return self._ask.save("Save picture", name, kinds)


class _Target(QObject):
    """A cell that a menu is open for, with what was shown then."""

    def __init__(
        self, commands: CellCommands, widget: QWidget, shown: ShownCell, menu: QMenu
    ) -> None:
        super().__init__(menu)
        self._commands, self._widget, self._shown = commands, widget, shown

    def copy_value(self) -> None:
        if self._shown.value is not None:
            _copy_text(plain_figure(self._shown.value))

    def copy_picture(self) -> None:
        panel, number = self._shown.panel, self._shown.cell.picture
        colours = colours_of(panel, self._shown.values, theme.theme_of(self._widget))[number]
        factor = max(1, _COPIED_SIDE // max(panel.rows, panel.columns))
        large = np.repeat(np.repeat(colours, factor, axis=0), factor, axis=1)
        QGuiApplication.clipboard().setImage(to_qimage_rgb(large))

    def copy_table(self) -> None:
        if self._shown.values is not None:
            _copy_text(table_of(self._shown, provenance_of(self._widget)).as_text().rstrip("\n"))

    def save_picture(self) -> None:
        self._commands.save_picture(self._widget, self._shown)

    def open_guide(self) -> None:
        unit = self._shown.panel.words.unit(self._shown.cell)
        if unit is not None:
            open_guide(self._widget, layer_place(unit.layer))

    def show_elsewhere(self, action: object) -> None:
        found = action.data() if hasattr(action, "data") else None
        if isinstance(found, tuple) and isinstance(found[1], Unit):
            self._commands.show_requested.emit(*found)


class _Enlarging(QObject):
    """A cell of a grid that a menu is open for."""

    def __init__(self, commands: CellCommands, grid: "CellGrid", cell: Cell, menu: QMenu) -> None:
        super().__init__(menu)
        self._commands, self._grid, self._cell = commands, grid, cell

    def enlarge(self) -> None:
        self._commands.enlarge(self._grid, self._cell)


def table_of(shown: ShownCell, facts: Facts) -> Table:
    """The picture of a cell, under and beside the names of its columns and rows, and the facts."""
    panel, number = shown.panel, shown.cell.picture
    rows = [] if shown.values is None else shown.values.array[number].tolist()
    lines = [[plain_figure(value) for value in row] for row in rows]
    headings = panel.headings or numbered(panel, shown.name)
    if panel.headings is not None:
        facts = {"picture": shown.name, **facts}
    return replace(Table.of_lines(headings.over(lines)), facts=facts)


def plain_figure(value: float) -> str:
    """A float32 for a table of figures: as many digits as mean it alone, an ASCII minus."""
    return f"{shortest(value):.9g}"


def _copy_text(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
