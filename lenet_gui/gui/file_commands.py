"""The window's commands that ask for a file or a folder."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from lenet_gui.data.mnist import load_mnist
from lenet_gui.errors import UserError
from lenet_gui.gui import theme
from lenet_gui.gui.exporting import waiting
from lenet_gui.pictures.export import Part
from lenet_gui.pictures.painted import Style

if TYPE_CHECKING:
    from lenet_gui.gui.window import MainWindow

_WEIGHTS = "Weights (*.safetensors);;All files (*)"
_PICTURES = "Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.tif *.tiff *.webp *.pgm);;All files (*)"


class FileCommands(QObject):
    """Each slot asks, does, and leaves the last folder in the settings."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    @Slot()
    def open_picture(self) -> None:
        """Lays a picture on the canvas."""
        path = self._ask_open("Open a picture of a digit", _PICTURES)
        if path is not None:
            self._window.canvas_panel.open_picture(path)

    @Slot()
    def load_weights(self) -> None:
        """Loads weights of either variant; the running network stays when that fails."""
        path = self._ask_open("Load weights", _WEIGHTS)
        before = self._window.networks.current
        if path is None or not self._window.networks.load(path):
            return
        variant = network.variant if (network := self._window.networks.current) else None
        switched = before is None or before.variant is not variant
        where = f", in the {variant.capitalize()} network" if switched and variant else ""
        self._window.messages.show_note(f"The weights of {path.name} answer now{where}.")

    @Slot()
    def save_weights(self) -> None:
        """Saves the weights in use."""
        network = self._window.networks.current
        if network is None:
            return
        start = str(Path(self._folder()) / f"lenet5-{network.variant}.safetensors")
        answer, _ = QFileDialog.getSaveFileName(self._window, "Save weights", start, _WEIGHTS)
        if not answer:
            return
        path = Path(answer)
        path = path if path.suffix else path.with_suffix(".safetensors")
        if self._window.networks.save(path):
            self._window.settings.folder = str(path.parent)
            self._window.messages.show_note(f"Saved {path}.")

    @Slot()
    def choose_mnist(self) -> None:
        """Chooses the folder of the MNIST files for training and for random digits."""
        folder = QFileDialog.getExistingDirectory(
            self._window, "The folder of the MNIST files", self._folder()
        )
        if not folder:
            return
        try:
            with waiting():
                load_mnist(Path(folder))  # wholly: what is wrong is said now, not at the start
        except UserError as error:
            self._window.messages.show_error(str(error))
            return
        self.use_mnist(folder)
        self._window.settings.mnist_folder = folder
        self._window.messages.show_note(f"MNIST is taken from {folder}.")

    def use_mnist(self, folder: str) -> None:
        """Takes MNIST from `folder`, or from the usual places where it is empty."""
        self._window.supply.set_choice(Path(folder) if folder else None)
        self._window.training.set_data_choice(folder or None)

    @Slot()
    def export_picture(self) -> None:
        """Exports all layers, or what the dialog is set to."""
        self._export(Part())

    @Slot(str, int)
    def export_part(self, layer: str, index: int) -> None:
        """Exports one map."""
        self._export(Part(layer, index if layer in {"C1", "S2", "C3", "S4"} else None))

    @Slot()
    def export_arrays(self) -> None:
        """Exports every activation."""
        window = self._window
        window.settings.folder = window.exporter.arrays(
            window.live.reading, window.live.steps, window.network_shown, self._folder()
        )

    @Slot()
    def copy_picture(self) -> None:
        """Copies the picture of all layers."""
        self._window.exporter.copy(self._window.live.reading, self._style())

    def _export(self, part: Part) -> None:
        window = self._window
        window.settings.folder = window.exporter.picture(
            window.live.reading, self._style(), self._folder(), part
        )

    def _style(self) -> Style:
        shown = self._window.network_shown
        name = "" if shown is None else shown.name
        return Style(theme.theme_of(self._window), self._window.network_view.scale, name)

    def _folder(self) -> str:
        return self._window.settings.folder or str(Path.home())

    def _ask_open(self, title: str, kinds: str) -> Path | None:
        answer, _ = QFileDialog.getOpenFileName(self._window, title, self._folder(), kinds)
        if not answer:
            return None
        path = Path(answer)
        self._window.settings.folder = str(path.parent)
        return path
