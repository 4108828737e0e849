"""Files of weights that are dropped anywhere on the window."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.dropped_weights import weights_in


class WeightsDrop(QObject):
    """Lets a window take files of weights; `dropped(Path)` one that was.

    What a widget of the window takes itself, such as a picture on the canvas, does not come here.
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() in {
            QEvent.Type.DragEnter,
            QEvent.Type.Drop,
        }:
            path = weights_in(event.mimeData())
            if path is None:
                return False
            event.acceptProposedAction()
            if not isinstance(event, QDragEnterEvent):
                self.dropped.emit(path)
            return True
        return super().eventFilter(watched, event)
