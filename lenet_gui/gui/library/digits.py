"""The digits of the window: one choice of a data set, read once, outside the GUI thread."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.data.collections import Collection
from lenet_gui.data.digits import DigitSets
from lenet_gui.data.mnist import MnistNotFound, find_mnist
from lenet_gui.data.words import Transpose
from lenet_gui.errors import UserError
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.library.digit_source import DigitSource
from lenet_gui.gui.library.drawings import random_stand_in, random_test_digit

STAND_INS = 2_000
"""The number of built-in digits in each of the sets that replace MNIST's."""


class DigitLibrary(QObject):
    """Both sets of MNIST or of the chosen data set; built-in digits if MNIST is missing.

    Signals:
        changed(): `sets`, `is_missing` or `choice` has changed.
        failed(str): the request failed; a message.
        looking(Path): `look_at` begins to read.
        progressed(int, int): what it has read, and all there is.
        found(Collection): what `look_at` has read, whole; it can be taken.
        refused(str): it could not be read, and nothing has changed; a message.
        taken(Collection): it is chosen.
        supplied(Drawing, str): the requested random digit, and a sentence about it.

    Args:
        source: reads them; a training run's thread may share it, and so its arrays.
        parent: Qt's.
    """

    changed = Signal()
    failed = Signal(str)
    looking = Signal(object)
    progressed = Signal(int, int)
    found = Signal(object)
    refused = Signal(str)
    taken = Signal(object)
    supplied = Signal(object, str)

    def __init__(self, source: DigitSource | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source or DigitSource()
        self._choice: Path | None = None
        self._transpose = Transpose.AUTO
        self._collection: Collection | None = None
        self._stand_ins: DigitSets | None = None
        self._is_missing = False
        self._is_wanted = False
        self._stand_ins_wanted = False
        self._random_wanted = False
        self._random = np.random.default_rng()
        self._tasks = Tasks(self)
        self._tasks.done.connect(self._keep)
        self._tasks.failed.connect(self._fail)
        self._trial = Tasks(self)  # of a data set to be chosen
        self._trial.progressed.connect(self.progressed)
        self._trial.done.connect(self.found)
        self._trial.failed.connect(self.refused)

    @property
    def choice(self) -> Path | None:
        """The folder or file of the chosen data set; None for MNIST in the usual places."""
        return self._choice

    @property
    def transpose(self) -> Transpose:
        """Whether the pictures of the chosen data set are transposed."""
        return self._transpose

    @property
    def collection(self) -> Collection | None:
        """The chosen data set, or MNIST; None before it was requested and read."""
        return self._collection

    @property
    def sets(self) -> DigitSets | None:
        """The digits; None before they have been requested and loaded."""
        return self._collection.sets if self._collection is not None else self._stand_ins

    @property
    def is_loading(self) -> bool:
        """Whether requested digits are still to come."""
        return self._tasks.is_busy

    @property
    def is_missing(self) -> bool:
        """Whether MNIST was looked for and is not on this machine."""
        return self._is_missing

    @property
    def are_stand_ins(self) -> bool:
        """Whether `sets` are built-in digits, because MNIST is not on this machine."""
        return self._is_missing and self._stand_ins is not None

    def set_choice(self, choice: Path | None, transpose: Transpose = Transpose.AUTO) -> None:
        """Chooses a data set, or MNIST in the usual places; reloads requested digits."""
        if (choice, transpose) != (self._choice, self._transpose):
            self._choice, self._transpose = choice, transpose
            self._begin_anew()

    def look_at(self, path: Path, transpose: Transpose = Transpose.AUTO) -> None:
        """Reads the data set in a folder or file, whole, before it is chosen.

        Ends with `found` or `refused`; nothing changes.
        """
        source = self.source

        def read(job: Job) -> Collection:
            return source.collection(path, transpose, job.progress)

        self.looking.emit(path)
        self._trial.ask(read)

    def look_away(self) -> None:
        """Nobody needs any more what `look_at` reads."""
        self._trial.cancel()

    @Slot(object)
    def take(self, collection: Collection) -> None:
        """Chooses a data set that was `found`."""
        self._tasks.cancel()
        self._choice, self._transpose = collection.path, collection.transpose
        self._is_missing = False
        self._keep(collection)
        self.taken.emit(collection)

    @Slot()
    def look_again(self) -> None:
        """If MNIST was missing or could not be read, it may be there now."""
        if self._is_missing:
            try:
                find_mnist()
            except UserError:
                return
        has_failed = self._is_wanted and self.sets is None and not self.is_loading
        if self._is_missing or has_failed:
            self._begin_anew()

    def ask(self) -> None:
        """Requests both sets, built-in ones if MNIST is missing; `changed` follows."""
        self._stand_ins_wanted = True
        self.ask_for_mnist()

    def ask_for_mnist(self) -> None:
        """Requests MNIST or the chosen data set; `changed` follows when it is there, or missing."""
        self._is_wanted = True
        if self.sets is not None or self.is_loading:
            return
        if not self._is_missing:
            source, choice, transpose = self.source, self._choice, self._transpose

            def find(job: Job) -> Collection | None:
                try:
                    return source.collection(choice, transpose, job.progress)
                except MnistNotFound:
                    return None

            self._tasks.ask(find)
        elif self._stand_ins_wanted:
            self._tasks.ask(_stand_ins)

    @Slot()
    def ask_for_random_digit(self) -> None:
        """Requests a random test digit; it comes with `supplied`."""
        self.look_again()
        if self.sets is not None or self._is_missing:
            self._supply()
        else:
            self._random_wanted = True
            self.ask_for_mnist()

    def close_down(self) -> None:
        """Cancels reading, and waits for that."""
        self._tasks.close_down()
        self._trial.close_down()

    def _begin_anew(self) -> None:
        self._tasks.cancel()
        self._collection = self._stand_ins = None
        self._is_missing = False
        self.changed.emit()
        if self._is_wanted:
            self.ask_for_mnist()

    @Slot(object)
    def _keep(self, found: Collection | DigitSets | None) -> None:
        """Takes what was read or made; None: MNIST is missing."""
        if found is None:
            self._is_missing = True
        self._collection = found if isinstance(found, Collection) else None
        self._stand_ins = found if isinstance(found, DigitSets) else None
        self.changed.emit()
        if self._random_wanted:
            self._supply()
        if self._stand_ins_wanted:
            self.ask_for_mnist()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._random_wanted = False
        self.failed.emit(sentence)

    def _supply(self) -> None:
        self._random_wanted = False
        if self._collection is not None:
            self.supplied.emit(*random_test_digit(self._collection.sets.test, self._random))
        else:
            self.supplied.emit(*random_stand_in(self._random))


def _stand_ins(job: Job) -> DigitSets:
    from lenet_gui.data.builtin import builtin_sets

    return builtin_sets(STAND_INS, STAND_INS, progress=job.progress)
