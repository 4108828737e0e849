"""Pictures and MNIST from the menu."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from lenet_gui.data.collections import Collection
from lenet_gui.data.pictures.formats import SUFFIXES
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.draw.panel import CanvasPanel
from lenet_gui.gui.library.digits import DigitLibrary
from lenet_gui.gui.training.panel import TrainingPanel

_SUFFIXES = " ".join(f"*{suffix}" for each in SUFFIXES.values() for suffix in each)
_PICTURES = f"Pictures ({_SUFFIXES});;All files (*)"
_FOLDER = "MNIST folder"
_DIGITS = "digits"


class DataCommands(QObject):
    """Opens pictures and chooses the folder of MNIST."""

    def __init__(
        self,
        ask: FileDialogs,
        canvas: CanvasPanel,
        digits: DigitLibrary,
        training: TrainingPanel,
        settings: Settings,
        notifier: Notifier,
    ) -> None:
        super().__init__(digits.parent())
        self._ask = ask
        self._canvas = canvas
        self._digits = digits
        self._training = training
        self._settings = settings
        self._notifier = notifier
        self._tried: Path | None = None  # the folder that was chosen last
        digits.changed.connect(self._digits_changed)
        digits.failed.connect(self._digits_failed)
        digits.taken.connect(self._taken)
        digits.refused.connect(self._refused)

    @Slot()
    def open_picture(self) -> None:
        """Puts a picture on the canvas."""
        path = self._ask.open("Open a picture of a digit", _PICTURES)
        if path is not None:
            self._canvas.open_picture(path)

    @Slot()
    def choose_mnist(self) -> None:
        """Chooses the folder of the MNIST files, after they have been read and checked."""
        folder = self._ask.folder("The folder with the MNIST files")
        if folder is not None:
            self._tried = folder
            self._digits.look_at(folder)

    def close_down(self) -> None:
        """Ends the reading of pictures and digits, and waits for that."""
        self._canvas.close_down()
        self._digits.close_down()

    def use_mnist(self, folder: str) -> None:
        """Reads MNIST from `folder`, or from the usual places if it is empty."""
        self._digits.set_choice(Path(folder) if folder else None)
        self._training.set_data_choice(folder or None)

    @Slot(object)
    def _taken(self, collection: Collection) -> None:
        folder = str(collection.path)
        self._training.set_data_choice(folder)
        self._settings.remember(mnist_folder=folder)
        self._notifier.clear(_FOLDER)
        self._notifier.note(f"{collection.name} is now read from {folder}.")

    @Slot(str)
    def _refused(self, sentence: str) -> None:
        if self._tried is not None:
            self._ask.take_back(self._tried)
        self._notifier.refuse(_FOLDER, sentence)

    @Slot()
    def _digits_changed(self) -> None:
        self._notifier.clear(_DIGITS)

    @Slot(str)
    def _digits_failed(self, sentence: str) -> None:
        self._notifier.fail(_DIGITS, sentence)
