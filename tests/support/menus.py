"""Menus that the right button opens, and what they copy."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget


def right_click(widget: QWidget) -> QMenu | None:
    """The menu that it opens as a child of the widget; None where it opens none there."""
    place = QPoint(3, widget.height() // 2)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))
    found: QMenu | None = widget.findChild(QMenu)
    return found


def choose(menu: QMenu, words: str) -> str:
    """What is on the clipboard once an entry is chosen."""
    entries = {action.text().replace("&", ""): action for action in menu.actions()}
    menu.setActiveAction(entries[words])
    QTest.keyClick(menu, Qt.Key.Key_Return)
    return QGuiApplication.clipboard().text()
