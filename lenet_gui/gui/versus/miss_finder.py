"""Finds the test digits that a network misses, off the GUI thread."""

import copy
import threading
from dataclasses import dataclass
from pathlib import Path

import torch
from PySide6.QtCore import QObject, Qt, Signal, Slot

from lenet_gui.data.digits import Digits
from lenet_gui.data.mnist import MnistNotFound, find_mnist, load_mnist
from lenet_gui.errors import UserError
from lenet_gui.gui.core.threads import training_threads
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.weights_file import load_weights
from lenet_gui.versus.misses import find_misses

NO_MNIST = (
    "MNIST is not on this machine, so its test digits cannot be read: choose its folder in File, "
    "MNIST folder…, or let the training panel (F8) download it."
)


@dataclass(frozen=True)
class _Job:
    number: int
    network: LeNet5 | Path  # a file of weights, read in the thread
    folder: Path | None
    stop: threading.Event
    before: threading.Thread | None


class MissFinder(QObject):
    """One search at a time: a new one ends the one under way, of which no more is heard.

    `progressed(int, int)` tells the digits read and how many there are, `found(object)` the
    Misses, `failed(str)` a sentence.
    """

    progressed = Signal(int, int)
    found = Signal(object)
    failed = Signal(str)
    _told = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._digits: tuple[Path, Digits] | None = None  # of the thread that runs, alone
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def find(self, network: LeNet5 | Path, folder: Path | None) -> None:
        """Begins a search; MNIST is looked for in `folder`, or in the usual places."""
        self._stop.set()
        self._stop = threading.Event()
        self._number += 1
        own = network if isinstance(network, Path) else copy.deepcopy(network)
        job = _Job(self._number, own, folder, self._stop, self._thread)
        self._thread = threading.Thread(target=self._run, args=(job,), daemon=True)
        self._thread.start()

    def close_down(self) -> None:
        """Ends the search under way, and waits for it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, job: _Job) -> None:
        if job.before is not None:
            job.before.join()
        if job.stop.is_set():
            return
        torch.set_num_threads(training_threads())  # of this thread
        try:
            digits = self._test_digits(job.folder)
            if isinstance(job.network, Path):
                network = load_weights(job.network).network
            else:
                network = job.network
            misses = find_misses(
                network,
                digits,
                progress=lambda done, wanted: self._told.emit(job.number, (done, wanted)),
                stop=job.stop.is_set,
            )
            if misses is not None:
                self._told.emit(job.number, misses)
        except MnistNotFound:
            self._told.emit(job.number, NO_MNIST)
        except UserError as error:
            self._told.emit(job.number, str(error))
        except Exception as error:  # noqa: BLE001 - told to the window, whatever it is
            told = f"The search ended by a fault of the program ({type(error).__name__}: {error})."
            self._told.emit(job.number, told)

    def _test_digits(self, choice: Path | None) -> Digits:
        folder = find_mnist(choice)
        if self._digits is None or self._digits[0] != folder:
            self._digits = folder, load_mnist(folder).test
        return self._digits[1]

    @Slot(int, object)
    def _tell(self, number: int, what: object) -> None:
        if number != self._number or self._stop.is_set():
            return
        if isinstance(what, str):
            self.failed.emit(what)
        elif isinstance(what, tuple):
            self.progressed.emit(*what)
        else:
            self.found.emit(what)
