"""The digits of the window: one choice of their folder, read once, outside the GUI thread."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.data.digits import DigitSets
from lenet_gui.data.mnist import MnistNotFound, find_mnist
from lenet_gui.errors import UserError
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.library.digit_source import DigitSource
from lenet_gui.gui.library.random_digit import random_stand_in, random_test_digit

STAND_INS = 2_000
"""The number of built-in digits in each of the sets that replace MNIST's."""


class DigitLibrary(QObject):
    """Both sets of MNIST, or built-in digits if it is not on this machine.

    Signals:
        changed(): `sets`, `is_missing` or `choice` has changed.
        failed(str): the request failed; a message.
        chosen(Path): the requested folder is good, and chosen.
        refused(str): it is not, and nothing has changed; a message.
        supplied(Drawing, str): the requested random digit, and a sentence about it.

    Args:
        source: reads them; a training run's thread may share it, and so its arrays.
        parent: Qt's.
    """

    changed = Signal()
    failed = Signal(str)
    chosen = Signal(object)
    refused = Signal(str)
    supplied = Signal(object, str)

    def __init__(self, source: DigitSource | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source or DigitSource()
        self._choice: Path | None = None
        self._sets: DigitSets | None = None
        self._is_missing = False
        self._is_wanted = False
        self._stand_ins_wanted = False
        self._random_wanted = False
        self._random = np.random.default_rng()
        self._tasks = Tasks(self)
        self._tasks.done.connect(self._keep)
        self._tasks.failed.connect(self._fail)
        self._trial = Tasks(self)  # of a folder to be chosen
        self._trial.done.connect(self._choose)
        self._trial.failed.connect(self.refused)

    @property
    def choice(self) -> Path | None:
        """The folder where MNIST is looked for; None for the usual places."""
        return self._choice

    @property
    def sets(self) -> DigitSets | None:
        """The digits; None before they have been requested and loaded."""
        return self._sets

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
        return self._is_missing and self._sets is not None

    def set_choice(self, folder: Path | None) -> None:
        """Looks for MNIST in `folder`, or in the usual places; reloads requested digits."""
        if folder != self._choice:
            self._choice = folder
            self._begin_anew()

    def choose(self, folder: Path) -> None:
        """Reads the MNIST files in `folder` completely, and chooses it if they are good.

        Ends with `chosen` or `refused`; until then nothing changes.
        """
        source = self.source

        def read(_job: Job) -> tuple[Path, DigitSets]:
            return folder, source.mnist(folder)

        self._trial.ask(read)

    @Slot()
    def look_again(self) -> None:
        """If MNIST was missing or could not be read, it may be there now."""
        if self._is_missing:
            try:
                find_mnist(self._choice)
            except UserError:
                return
        has_failed = self._is_wanted and self._sets is None and not self.is_loading
        if self._is_missing or has_failed:
            self._begin_anew()

    def ask(self) -> None:
        """Requests both sets, built-in ones if MNIST is missing; `changed` follows."""
        self._stand_ins_wanted = True
        self.ask_for_mnist()

    def ask_for_mnist(self) -> None:
        """Requests only MNIST; `changed` follows when it is there, or missing."""
        self._is_wanted = True
        if self._sets is not None or self.is_loading:
            return
        if not self._is_missing:
            source, choice = self.source, self._choice

            def find(_job: Job) -> DigitSets | None:
                try:
                    return source.mnist(choice)
                except MnistNotFound:
                    return None

            self._tasks.ask(find)
        elif self._stand_ins_wanted:
            self._tasks.ask(_stand_ins)

    @Slot()
    def ask_for_random_digit(self) -> None:
        """Requests a random test digit; it comes with `supplied`."""
        self.look_again()
        if self._sets is not None or self._is_missing:
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
        self._sets, self._is_missing = None, False
        self.changed.emit()
        if self._is_wanted:
            self.ask_for_mnist()

    @Slot(object)
    def _choose(self, found: tuple[Path, DigitSets]) -> None:
        self._choice, sets = found
        self._tasks.cancel()
        self._is_missing = False
        self._keep(sets)
        self.chosen.emit(self._choice)

    @Slot(object)
    def _keep(self, sets: DigitSets | None) -> None:
        """Takes what was read or made; None: MNIST is missing."""
        if sets is None:
            self._is_missing = True
        self._sets = sets
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
        if self._sets is not None and not self._is_missing:
            self.supplied.emit(*random_test_digit(self._sets.test, self._random))
        else:
            self.supplied.emit(*random_stand_in(self._random))


def _stand_ins(job: Job) -> DigitSets:
    from lenet_gui.data.builtin import builtin_sets

    return builtin_sets(STAND_INS, STAND_INS, progress=job.progress)
