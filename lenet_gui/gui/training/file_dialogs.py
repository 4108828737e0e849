"""Asks for files and folders without holding up the window."""

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_folder(parent: QWidget, title: str) -> QFileDialog:
    """Opens a dialog for an existing folder; connect its `fileSelected`."""
    dialog = _dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def ask_file(parent: QWidget, title: str, kinds: str) -> QFileDialog:
    """Opens a dialog for a file to read, e.g. "Recipes (*.json)"; connect its `fileSelected`."""
    dialog = _dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(kinds)
    dialog.open()
    return dialog


def ask_target(parent: QWidget, title: str, kinds: str, name: str) -> QFileDialog:
    """Opens a dialog for a file to write; connect its `fileSelected`.

    `name` is the suggestion; its ending is added where the person gives none.
    """
    dialog = _dialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kinds)
    dialog.setDefaultSuffix(name.rpartition(".")[2])
    dialog.selectFile(name)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setObjectName("file dialog")
    dialog.finished.connect(dialog.deleteLater)
    return dialog
