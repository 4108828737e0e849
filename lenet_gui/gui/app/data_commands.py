"""Pictures and MNIST from the menu: what comes into the window."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from lenet_gui.data.mnist import load_mnist
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.core.wait_cursor import waiting
from lenet_gui.gui.draw.panel import CanvasPanel
from lenet_gui.gui.library.digits import DigitLibrary
from lenet_gui.gui.library.random_digit import DigitSupply
from lenet_gui.gui.training.panel import TrainingPanel

_PICTURES = "Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.tif *.tiff *.webp *.pgm);;All files (*)"


class DataCommands(QObject):
    """Opens pictures and chooses the folder of MNIST."""

    def __init__(
        self,
        ask: FileDialogs,
        canvas: CanvasPanel,
        supplies: tuple[DigitSupply, DigitLibrary],
        training: TrainingPanel,
        settings: Settings,
        notifier: Notifier,
    ) -> None:
        super().__init__(supplies[0].parent())
        self._ask = ask
        self._canvas = canvas
        self._supplies = supplies
        self._training = training
        self._settings = settings
        self._notifier = notifier

    @Slot()
    def open_picture(self) -> None:
        """Lays a picture on the canvas."""
        path = self._ask.open("Open a picture of a digit", _PICTURES)
        if path is not None:
            self._canvas.open_picture(path)

    @Slot()
    def choose_mnist(self) -> None:
        """Chooses the folder of the MNIST files for training and for random digits."""
        folder = self._ask.folder("The folder of the MNIST files")
        if folder is None:
            return
        with self._notifier.reporting("MNIST folder"):
            with waiting():
                load_mnist(folder)  # wholly: what is wrong is said now, not at the start
            self.use_mnist(str(folder))
            self._settings.mnist_folder = str(folder)
            self._notifier.note(f"MNIST is taken from {folder}.")

    def use_mnist(self, folder: str) -> None:
        """Takes MNIST from `folder`, or from the usual places where it is empty."""
        for supply in self._supplies:
            supply.set_choice(Path(folder) if folder else None)
        self._training.set_data_choice(folder or None)
