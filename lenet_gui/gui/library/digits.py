"""The training and test digits for every view that wants them, read once, off the GUI thread."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.data.digits import DigitSets
from lenet_gui.data.mnist import MnistNotFound
from lenet_gui.data.source import BUILTIN, load_digits
from lenet_gui.gui.core.tasks import Job, Tasks

_STAND_INS = 2_000


class DigitLibrary(QObject):
    """Both sets of MNIST, or built-in digits where it is not on this machine.

    `loaded(DigitSets)` when they are there, `failed(str)` a sentence.
    """

    loaded = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice: Path | None = None
        self._sets: DigitSets | None = None
        self._tasks = Tasks(self)
        self._tasks.done.connect(self._keep)
        self._tasks.failed.connect(self.failed)

    @property
    def sets(self) -> DigitSets | None:
        """The digits; None before they have been asked for and loaded."""
        return self._sets

    @property
    def are_stand_ins(self) -> bool:
        """Whether they are built-in digits, because MNIST is not on this machine."""
        return self._sets is not None and not self._sets.test.name.startswith("MNIST")

    def set_choice(self, folder: Path | None) -> None:
        """Looks for MNIST in `folder`, or in the usual places; those asked for come anew."""
        if folder == self._choice:
            return
        wanted = self._sets is not None or self._tasks.is_busy
        self._choice, self._sets = folder, None
        self._tasks.cancel()
        if wanted:
            self.ask()

    def ask(self) -> None:
        """Asks for the digits; they come with `loaded`, also where they are there already."""
        if self._sets is not None:
            self.loaded.emit(self._sets)
        elif not self._tasks.is_busy:
            choice = self._choice

            def load(_job: Job) -> DigitSets:
                try:
                    return load_digits(choice)
                except MnistNotFound:
                    return load_digits(BUILTIN, _STAND_INS, _STAND_INS)

            self._tasks.ask(load)

    def close_down(self) -> None:
        """Waits for a load under way."""
        self._tasks.close_down()

    @Slot(object)
    def _keep(self, sets: DigitSets) -> None:
        self._sets = sets
        self.loaded.emit(sets)
