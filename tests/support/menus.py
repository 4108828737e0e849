"""Menus that the right button opens, and what they copy."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.pictures.grid.panel import Cell


def right_click(widget: QWidget) -> QMenu | None:
    """The menu that it opens in its middle, at the left; None where it opens none there."""
    _press_right(widget, QPoint(3, widget.height() // 2))
    found: QMenu | None = widget.findChild(QMenu)
    return found


def menu_at(widget: QWidget, point: QPoint) -> QMenu:
    """The menu that it opens at a point."""
    _press_right(widget, point)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def menu_of_cell(grid: CellGrid, cell: Cell) -> QMenu:
    """The menu of a cell."""
    return menu_at(grid, grid.cell_rect(cell).center())


def _press_right(widget: QWidget, point: QPoint) -> None:
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(widget, QContextMenuEvent(reason, point, widget.mapToGlobal(point)))


def choose(menu: QMenu, words: str) -> str:
    """What is on the clipboard once an entry is chosen."""
    entries = {action.text().replace("&", ""): action for action in menu.actions()}
    menu.setActiveAction(entries[words])
    QTest.keyClick(menu, Qt.Key.Key_Return)
    return QGuiApplication.clipboard().text()
