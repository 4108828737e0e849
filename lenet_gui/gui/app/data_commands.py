"""Pictures and data sets from the menu."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from lenet_gui.data.collections import Collection
from lenet_gui.data.pictures.formats import SUFFIXES
from lenet_gui.gui.app.file_drop import FileDrop
from lenet_gui.gui.core.dropped_files import data_in
from lenet_gui.gui.core.file_dialogs import DATA_FILES, FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.settings import ChosenData, Settings
from lenet_gui.gui.draw.panel import CanvasPanel
from lenet_gui.gui.library.digits import DigitLibrary
from lenet_gui.gui.training.panel import TrainingPanel

_SUFFIXES = " ".join(f"*{suffix}" for each in SUFFIXES.values() for suffix in each)
_PICTURES = f"Pictures ({_SUFFIXES});;All files (*)"
_CHOICE = "data set"
_DIGITS = "digits"


class DataCommands(QObject):
    """Opens pictures and chooses the data set."""

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
        self._tried: Path | None = None  # the folder or file that was chosen last
        self._unnamed = False  # what is used was not read yet
        self._named = ""  # the data set that was chosen in the training panel last
        training.missing.data_named.connect(self._show_named)
        training.folded_changed.connect(self._name_data)
        digits.changed.connect(self._digits_changed)
        digits.failed.connect(self._digits_failed)
        digits.taken.connect(self._taken)
        digits.refused.connect(self._refused)
        FileDrop(ask.window, data_in).dropped.connect(self.open_data)

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the menu calls."""
        return {
            "open-picture": self.open_picture,
            "data-folder": self.choose_folder,
            "data-file": self.choose_file,
            "mnist": self.choose_mnist,
        }

    @Slot()
    def open_picture(self) -> None:
        """Puts a picture on the canvas."""
        path = self._ask.open("Open a picture of a digit", _PICTURES)
        if path is not None:
            self._canvas.open_picture(path)

    @Slot()
    def choose_folder(self) -> None:
        """Chooses a data set by its folder, after it has been read and checked."""
        self._try(self._ask.folder("The folder of MNIST or of another data set"))

    @Slot()
    def choose_file(self) -> None:
        """Chooses a data set by its file, after it has been read and checked."""
        self._try(self._ask.open("The file of a data set", DATA_FILES))

    @Slot()
    def choose_mnist(self) -> None:
        """Chooses MNIST again, in the usual places."""
        self._settings.remember(data=ChosenData())
        self.use(ChosenData())
        self._notifier.clear(_CHOICE)
        self._notifier.note("MNIST is used again, where it is found.")

    @Slot(object)
    def open_data(self, path: Path) -> None:
        """Chooses a folder or file, such as one that was dropped, after it has been read."""
        self._tried = None
        self._digits.look_at(path)

    def use(self, data: ChosenData) -> None:
        """Uses a data set that was chosen before; it is read when its digits are needed."""
        self._unnamed = False
        self._digits.set_choice(Path(data.path) if data.path else None, data.transpose)
        self._training.set_data_choice(data)
        self._unnamed = not data.name

    def _try(self, path: Path | None) -> None:
        if path is not None:
            self._tried = path
            self._digits.look_at(path)

    def close_down(self) -> None:
        """Ends the reading of pictures and digits, and waits for that."""
        self._canvas.close_down()
        self._digits.close_down()

    @Slot(str)
    def _show_named(self, data: str) -> None:
        """Shows what was chosen in the training panel before it is used, as from the menu."""
        self._named = data
        self._try(Path(data))

    @Slot()
    def decline(self) -> None:
        """What is shown is not wanted: the training panel goes back to what it had."""
        named, self._named = self._named, ""
        if named:
            self._training.draft.go_back_from(named)

    @Slot()
    def _name_data(self) -> None:
        """The training panel, once it is open, says what it would train on."""
        if self._unnamed and not self._training.is_folded:
            self._digits.ask_for_mnist()

    @Slot(object)
    def _taken(self, collection: Collection) -> None:
        self._unnamed, self._named = False, ""
        data = _as_chosen(collection)
        self._training.set_data_choice(data)
        self._settings.remember(data=data)
        self._notifier.clear(_CHOICE)
        self._notifier.note(f"{collection.name} is now read from {collection.path}.")

    @Slot(str)
    def _refused(self, sentence: str) -> None:
        if self._tried is not None:
            self._ask.take_back(self._tried if self._tried.is_dir() else self._tried.parent)
        self.decline()
        self._notifier.refuse(_CHOICE, sentence)

    @Slot()
    def _digits_changed(self) -> None:
        self._notifier.clear(_DIGITS)
        collection, choice = self._digits.collection, self._digits.choice
        if self._unnamed and collection is not None and choice is not None:
            self._unnamed = False
            # By the path that it was chosen with, which is the recipe's.
            self._training.set_data_choice(replace(_as_chosen(collection), path=str(choice)))

    @Slot(str)
    def _digits_failed(self, sentence: str) -> None:
        self._notifier.fail(_DIGITS, sentence)


def _as_chosen(collection: Collection) -> ChosenData:
    return ChosenData(
        str(collection.path),
        collection.transpose,
        collection.name,
        len(collection.sets.training),
    )
