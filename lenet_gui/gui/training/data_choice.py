"""The choice of the digits: MNIST where it is found, a folder of it, or the built-in digits."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QWidget

from lenet_gui.gui.training.file_dialogs import ask_folder
from lenet_gui.training.recipe import BUILTIN, MNIST

_ASK = "?"


class DataChoice(QComboBox):
    """Holds "mnist", "builtin" or a folder. Signal `chosen()` when that changes."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.addItem("MNIST", MNIST)
        self.addItem("built-in digits", BUILTIN)
        self.addItem("a folder...", _ASK)
        self._data = MNIST
        self.activated.connect(self._activated)

    @property
    def data(self) -> str:
        """As a recipe has it."""
        return self._data

    def choose(self, data: str) -> None:
        """Shows a choice; a folder gets a line of its own."""
        if self.findData(data) < 0:
            room = 24 * QFontMetrics(self.font()).averageCharWidth()
            shown = QFontMetrics(self.font()).elidedText(data, Qt.TextElideMode.ElideLeft, room)
            self.insertItem(self.count() - 1, shown, data)
            self.setItemData(self.count() - 2, data, Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(self.findData(data))
        self._data = data

    def ask_for_folder(self) -> None:
        """Opens a dialog for a folder with the MNIST files."""
        dialog = ask_folder(self, "The folder that holds the four MNIST files")
        dialog.fileSelected.connect(self._folder_chosen)

    @Slot(int)
    def _activated(self, index: int) -> None:
        if self.itemData(index) == _ASK:
            self.setCurrentIndex(self.findData(self._data))
            self.ask_for_folder()
        else:
            self._data = self.itemData(index)
            self.chosen.emit()

    @Slot(str)
    def _folder_chosen(self, folder: str) -> None:
        self.choose(folder)
        self.chosen.emit()
