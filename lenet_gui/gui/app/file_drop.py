"""Files and folders that are dropped anywhere on the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Lets a window take files of a kind; `dropped(Path)` one that was.

    What a widget of the window takes itself, such as a picture on the canvas, does not come here.
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget, wanted: Callable[[QMimeData], Path | None]) -> None:
        """Args: window: whose it is; wanted: the file of that kind in what is dragged."""
        super().__init__(window)
        self._wanted = wanted
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() in {
            QEvent.Type.DragEnter,
            QEvent.Type.Drop,
        }:
            path = self._wanted(event.mimeData())
            if path is None:
                return False
            event.acceptProposedAction()
            if not isinstance(event, QDragEnterEvent):
                self.dropped.emit(path)
            return True
        return super().eventFilter(watched, event)
