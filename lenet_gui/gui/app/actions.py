"""The menus of the window, made from the table of commands."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from lenet_gui.gui.core.commands import MENUS, SEPARATOR, Command, readable
from lenet_gui.gui.core.plain import set_tip


class Actions(QObject):
    """The QActions of the table, by name, and the menus that hold them."""

    def __init__(
        self,
        window: QMainWindow,
        handlers: Mapping[str, Callable[..., object]],
        adopted: Mapping[str, QAction],
    ) -> None:
        """Makes the menus of `window`.

        Args:
            window: gets the menus and every action.
            handlers: what is called, by the command's name.
            adopted: actions that a panel has made and handles; they get their keys here.
        """
        super().__init__(window)
        self._by_name: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        groups: dict[str, QActionGroup] = {}
        inner: dict[str, QMenu] = {}
        for title, commands in MENUS:
            menu = window.menuBar().addMenu(title)
            menu.setToolTipsVisible(True)
            self.menus[title] = menu
            for command in commands:
                if command is SEPARATOR:
                    menu.addSeparator()
                    continue
                action = adopted.get(command.name) or self._made(command, window)
                action.setShortcuts([QKeySequence(key) for key in command.keys])
                if command.everywhere:
                    action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
                self._by_name[command.name] = action
                if command.group:
                    group = groups.setdefault(command.group, QActionGroup(window))
                    group.addAction(action)
                if command.within and command.within not in inner:
                    inner[command.within] = menu.addMenu(command.within)
                inner.get(command.within, menu).addAction(action)
                window.addAction(action)
                if command.name in handlers:
                    action.triggered.connect(handlers[command.name])

    def items(self) -> tuple[tuple[str, QAction], ...]:
        """Every action with its name, in the order of the menus."""
        return tuple(self._by_name.items())

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    @staticmethod
    def _made(command: Command, window: QMainWindow) -> QAction:
        action = QAction(command.text, window)
        action.setObjectName(command.name)
        action.setCheckable(command.checkable or bool(command.group))
        tip = command.tip or command.text.replace("&", "")
        keys = ", ".join(readable(key) for key in command.keys)
        set_tip(action, f"{tip} ({keys})" if keys else tip)
        action.setStatusTip(tip)
        return action
