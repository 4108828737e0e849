"""The title of the window: the network that it shows, and the run in training."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMainWindow

from lenet_gui.gui.app.window_number import WindowNumber
from lenet_gui.gui.library.known_network import KnownNetwork
from lenet_gui.gui.library.networks import Networks
from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.paths import windows_folder
from lenet_gui.printable import printable
from lenet_gui.text.networks import network_name

_PROGRAM = "LeNet Laboratory"


class WindowTitle(QObject):
    """Such as "Original, shipped weights - training 2026-01-31 quick - LeNet Laboratory".

    Where the run is followed it is named once: "Original, in training: 2026-01-31 quick".
    Of a second window of the program "(2)" stands after the network: both may show the same.
    """

    def __init__(self, window: QMainWindow, networks: Networks, training: TrainingPanel) -> None:
        super().__init__(window)
        self._window, self._networks, self._training = window, networks, training
        self._network: KnownNetwork | None = None
        self._number = WindowNumber(windows_folder())
        self._show()
        networks.awaited.connect(self._speak_of)
        networks.shown_changed.connect(self._speak_of)
        training.running_changed.connect(self._show)
        training.controller.run_named.connect(self._show)

    @property
    def number(self) -> int:
        """Which of several windows this is, from 1."""
        return self._number.value

    @Slot(object)
    def _speak_of(self, network: KnownNetwork) -> None:
        self._network = network
        self._show()

    @Slot()
    def _show(self) -> None:
        run = self._training.run_folder if self._training.is_running else None
        network, training = "", "" if run is None else f"training {printable(run.name)}"
        if self._network is not None:
            kind = network_name(self._network.kind)
            network = f"{kind}, {self._network.origin}"
            if run is not None and self._network is self._networks.followed:
                network, training = f"{kind}, in training: {printable(run.name)}", ""
        first, *others = (part for part in (network, training, _PROGRAM) if part)
        number = "" if self._number.value == 1 else f" ({self._number.value})"
        self._window.setWindowTitle(" - ".join((f"{first}{number}", *others)))

    def close_down(self) -> None:
        """The window is closed."""
        self._number.release()
