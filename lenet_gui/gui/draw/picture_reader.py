"""Reading imported pictures while the window goes on; of several, the newest is wanted."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lenet_gui.data.drawing import Drawing
from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.steps import PictureSteps
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.draw.picture_import import PictureSource, imported, imported_within

PICTURE = "picture"
"""The cause of messages about a picture that cannot be put on the canvas."""


NOTE_AFTER_MS = 400
"""What takes longer is said to be read."""

_READING = "The picture is being read."


class PictureReader(QObject):
    """`found(Drawing)`: the picture as a drawing; the notifier is told what cannot be used."""

    found = Signal(object)

    def __init__(self, notifier: Notifier, parent: QObject) -> None:
        super().__init__(parent)
        self._notifier = notifier
        self._tasks = Tasks(self)
        self._tasks.done.connect(self._done)
        self._tasks.failed.connect(self._failed)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.timeout.connect(self._say_so)

    @property
    def is_settled(self) -> bool:
        """Whether everything asked for was found or refused."""
        return not self._tasks.is_busy

    def ask(self, source: PictureSource) -> None:
        """Reads a picture."""
        self._slow.start(NOTE_AFTER_MS)
        self._tasks.ask(partial(_read, source))

    def ask_within(self, steps: PictureSteps, part: Box) -> None:
        """Reads a part of a picture that was read before."""
        self._tasks.ask(partial(_read_within, steps, part))

    def close_down(self) -> None:
        """Ends the thread, and waits for that."""
        self._slow.stop()
        self._tasks.close_down()

    @Slot()
    def _say_so(self) -> None:
        self._notifier.note(_READING)

    def _ended(self) -> None:
        self._slow.stop()
        self._notifier.withdraw(_READING)

    @Slot(object)
    def _done(self, drawing: Drawing) -> None:
        self._ended()
        self._notifier.clear(PICTURE)
        self.found.emit(drawing)

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self._ended()
        self._notifier.refuse(PICTURE, sentence)


def _read(source: PictureSource, _job: Job) -> Drawing:
    return imported(source)


def _read_within(steps: PictureSteps, part: Box, _job: Job) -> Drawing:
    return imported_within(steps, part)
