"""How weights of other programs are to be read: found outside the GUI thread, and remembered."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.data.mnist import MnistNotFound
from lenet_gui.explore.form_finding.known_forms import KnownForms
from lenet_gui.explore.form_finding.own_weights import check_expected
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.core.torch_loading import TorchLoader
from lenet_gui.gui.library.digits import DigitLibrary
from lenet_gui.net.architecture import Variant
from lenet_gui.net.weights_import.reading import import_weights, is_of_another_program

if TYPE_CHECKING:
    from lenet_gui.data.digits import Digits


class FormFinder(QObject):
    """Finds the form of one file at a time; the newest counts.

    Signals: `began(Path)`; `progressed(int, int)` while its forms are tried; `found(Path)` when it
    is known how a file is read; `failed(str)` a message, where it cannot be used; `ended()` after
    each of them, and after `cancel`.

    Args:
        torch: what has to be loaded first.
        parent: Qt's.
    """

    began = Signal(object)
    progressed = Signal(int, int)
    found = Signal(object)
    failed = Signal(str)
    ended = Signal()

    def __init__(self, torch: TorchLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.known = KnownForms()
        self._torch = torch
        self._digits: DigitLibrary | None = None
        self._waiting: tuple[Path, Variant | None] | None = None  # for torch
        self._tasks = Tasks(self)
        self._tasks.progressed.connect(self.progressed)
        self._tasks.done.connect(self._done)
        self._tasks.failed.connect(self._failed)
        torch.loaded.connect(self._torch_came)

    def measure_on(self, digits: DigitLibrary) -> None:
        """The digits that forms are tried on; before that those of MNIST in the usual places."""
        self._digits = digits

    @property
    def is_busy(self) -> bool:
        """Whether a form is being found."""
        return self._tasks.is_busy or self._waiting is not None

    def is_needed(self, path: Path) -> bool:
        """Whether a file must be looked at before it can be used at once.

        Raises:
            UserError: it cannot be used.
        """
        if not is_of_another_program(path):
            return False
        return not self._torch.is_loaded or not self._is_known(path)

    def find(self, path: Path, expected: Variant | None = None) -> None:
        """Reads a file, and finds its form; `found` or `failed` follow."""
        self._tasks.cancel()
        self._waiting = None
        self.began.emit(path)
        if not self._torch.is_loaded:
            self._waiting = path, expected
            return
        known, digits = self.known, self._digits_to_try()

        def work(job: Job) -> Path:
            from lenet_gui.explore.open_weights import measure_on

            imported = import_weights(path)
            check_expected(path, imported.variant, expected)
            if imported.form is None and known.get(imported.digest) is None:
                found = measure_on(imported, digits(job), progress=job.progress)
                known.keep(imported.digest, found)
            return path

        self._tasks.ask(work)

    @Slot()
    def cancel(self) -> None:
        """Gives up; nothing has changed."""
        if self.is_busy:
            self._tasks.cancel()
            self._waiting = None
            self.ended.emit()

    def close_down(self) -> None:
        """Ends what runs, and waits for it."""
        self._waiting = None
        self._tasks.close_down()

    def _is_known(self, path: Path) -> bool:
        imported = import_weights(path)
        return imported.form is not None or self.known.get(imported.digest) is not None

    def _digits_to_try(self) -> "Callable[[Job], Digits]":
        """The test digits of the window's data set, read when a job calls for them."""
        library = self._digits
        if library is None:
            return _usual_digits
        source, choice, transpose = library.source, library.choice, library.transpose

        def chosen(job: Job) -> "Digits":
            try:
                return source.collection(choice, transpose, lambda *_: job.check()).sets.test
            except MnistNotFound:
                return _usual_digits(job)

        return chosen

    @Slot()
    def _torch_came(self) -> None:
        if self._waiting is not None:
            self.find(*self._waiting)

    @Slot(object)
    def _done(self, path: Path) -> None:
        self.ended.emit()
        self.found.emit(path)

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self.ended.emit()
        self.failed.emit(sentence)


def _usual_digits(_job: Job) -> "Digits":
    from lenet_gui.explore.open_weights import test_digits

    return test_digits()
