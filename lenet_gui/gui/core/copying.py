"""Copying what is written in the window: a menu of texts for the clipboard."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QPoint, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

Texts = Mapping[str, str | Callable[[], str]]
"""Entries of a menu, and the text of each, or what finds it when it is chosen."""


class CopyMenu(QMenu):
    """Puts the text of the entry that is chosen on the clipboard; goes with its choice."""

    def __init__(self, texts: Texts, owner: QWidget) -> None:
        super().__init__(owner)
        self.setObjectName("copy-menu")
        self._texts: dict[QAction, str | Callable[[], str]] = {}
        for words, text in texts.items():
            action = self.addAction(words)
            action.setEnabled(text != "")
            self._texts[action] = text
        self.triggered.connect(self._copy)
        self.aboutToHide.connect(self.deleteLater)

    @Slot(QAction)
    def _copy(self, action: QAction) -> None:
        text = self._texts[action]
        QGuiApplication.clipboard().setText(text if isinstance(text, str) else text())


def offer_copy(owner: QWidget, texts: Texts, where: QPoint) -> None:
    """Opens the menu at a place of the screen."""
    CopyMenu(texts, owner).popup(where)


def claim_copy(event: QEvent) -> bool:
    """Whether Qt asks, by this event, whose Ctrl+C is: then it is that of who has the focus.

    Otherwise the window's command of that key would take it, which copies a picture.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    is_copy = event.matches(QKeySequence.StandardKey.Copy)
    if is_copy:
        event.accept()
    return is_copy
