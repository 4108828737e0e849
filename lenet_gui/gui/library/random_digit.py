"""A random digit of the MNIST test set for the canvas, read off the GUI thread."""

import threading
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot

from lenet_gui.data.digits import Digits
from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.data.mnist import MnistNotFound, find_mnist, load_mnist
from lenet_gui.errors import UserError

_STAND_INS = 200


class DigitSupply(QObject):
    """Loads the test digits at the first request and then gives one after the other.

    `supplied` carries (Drawing, a sentence about the digit). Where MNIST is not to be had, the
    digits are built-in ones and the sentence says so. `failed` carries a sentence.
    """

    supplied = Signal(object, str)
    failed = Signal(str)
    _loaded = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice: Path | None = None
        self._digits: Digits | None = None
        self._thread: threading.Thread | None = None
        self._random = np.random.default_rng()
        self._loaded.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    @property
    def choice(self) -> Path | None:
        """The folder where MNIST is looked for; None for the usual places."""
        return self._choice

    def set_choice(self, folder: Path | None) -> None:
        """Looks for MNIST in `folder`, or in the usual places."""
        self._choice = folder
        self._digits = None

    @Slot()
    def request(self) -> None:
        """Asks for a random digit; it comes with `supplied`."""
        if self._digits is not None:
            self._supply(self._digits)
        elif self._thread is None:
            self._thread = threading.Thread(target=self._load, args=(self._choice,), daemon=True)
            self._thread.start()

    def close_down(self) -> None:
        """Waits for a load under way."""
        if self._thread is not None:
            self._thread.join()

    def _load(self, choice: Path | None) -> None:
        try:
            self._loaded.emit(load_mnist(find_mnist(choice)).test, "")
        except MnistNotFound:
            from lenet_gui.data.builtin import builtin_digits

            self._loaded.emit(
                builtin_digits(_STAND_INS, seed=int(self._random.integers(2**31))), ""
            )
        except UserError as error:
            self._loaded.emit(None, str(error))

    @Slot(object, str)
    def _keep(self, digits: Digits | None, problem: str) -> None:
        self._thread = None
        if digits is None:
            self.failed.emit(problem)
            return
        self._digits = digits
        self._supply(digits)

    def _supply(self, digits: Digits) -> None:
        index = int(self._random.integers(len(digits)))
        ink = digits.images[index].astype(np.float32) / 255
        label = int(digits.labels[index])
        if digits.name.startswith("MNIST"):
            told = f"MNIST test digit {index}, a {label}."
        else:
            told = (
                f"A built-in {label}: MNIST is not on this machine; "
                "File, MNIST folder… or the training panel brings it."
            )
        self.supplied.emit(Drawing(backdrop=Backdrop(ink)), told)
