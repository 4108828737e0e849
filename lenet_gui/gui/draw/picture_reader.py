"""Reading imported pictures while the window goes on; of several, the newest is wanted."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.data.drawing import Drawing
from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.steps import PictureSteps
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.draw.picture_import import PictureSource, imported, imported_within

PICTURE = "picture"
"""The cause of messages about a picture that cannot be put on the canvas."""


class PictureReader(QObject):
    """`found(Drawing)`: the picture as a drawing; the notifier is told what cannot be used."""

    found = Signal(object)

    def __init__(self, notifier: Notifier, parent: QObject) -> None:
        super().__init__(parent)
        self._notifier = notifier
        self._tasks = Tasks(self)
        self._tasks.done.connect(self._done)
        self._tasks.failed.connect(self._failed)

    @property
    def is_settled(self) -> bool:
        """Whether everything asked for was found or refused."""
        return not self._tasks.is_busy

    def ask(self, source: PictureSource) -> None:
        """Reads a picture."""
        self._tasks.ask(partial(_read, source))

    def ask_within(self, steps: PictureSteps, part: Box) -> None:
        """Reads a part of a picture that was read before."""
        self._tasks.ask(partial(_read_within, steps, part))

    def close_down(self) -> None:
        """Ends the thread, and waits for that."""
        self._tasks.close_down()

    @Slot(object)
    def _done(self, drawing: Drawing) -> None:
        self._notifier.clear(PICTURE)
        self.found.emit(drawing)

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self._notifier.refuse(PICTURE, sentence)


def _read(source: PictureSource, _job: Job) -> Drawing:
    return imported(source)


def _read_within(steps: PictureSteps, part: Box, _job: Job) -> Drawing:
    return imported_within(steps, part)
