"""Data sets that are dropped on the window: a folder, or a file that is no picture."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

_ENDS = (".npz", ".npy", ".csv", ".tsv", ".zip", ".csv.gz", "ubyte", "ubyte.gz")


class DataDrop(QObject):
    """Accepts data sets over the whole window; `dropped(Path)`.

    Pictures are left to the canvas, which is a child and is asked first.
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes what is dragged over the window, if it may be a data set."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return super().eventFilter(watched, event)
        assert isinstance(event, QDropEvent)  # noqa: S101 - as its type says
        path = data_of_mime(event.mimeData())
        if path is None:
            event.ignore()
            return True
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(path)
        return True


def data_of_mime(mime: QMimeData) -> Path | None:
    """The folder or file of a data set that is dragged; None for anything else."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if len(files) != 1:
        return None
    (path,) = files
    return path if path.name.lower().endswith(_ENDS) or path.is_dir() else None
