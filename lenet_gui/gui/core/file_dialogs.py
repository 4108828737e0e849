"""File dialogs: each begins in the folder where the last useful one ended."""

import os
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QWidget

from lenet_gui.gui.core.question import is_agreed
from lenet_gui.gui.core.settings import Settings
from lenet_gui.printable import printable

WEIGHTS_FILTER = "Weights (*.safetensors *.pth *.pt *.onnx);;All files (*)"
"""The files of weights that can be opened, for a dialog."""

_OTHER_KINDS = frozenset(
    [
        ".csv",
        ".gif",
        ".jpeg",
        ".jpg",
        ".json",
        ".npy",
        ".npz",
        ".onnx",
        ".pdf",
        ".png",
        ".pt",
        ".pt2",
        ".pth",
        ".safetensors",
        ".svg",
        ".tsv",
        ".txt",
    ]
)
"""Endings that mean a kind of file, unlike what may follow a dot in a name."""


DATA_FILES = "Data sets (*.npz *.npy *.csv *.tsv *.zip *.gz *ubyte *UBYTE *-int);;All files (*)"
"""The kinds of files that a data set may be in."""


class FileDialogs:
    """The window's file dialogs; each answer is a path, or None if the user cancelled."""

    def __init__(self, window: QWidget, settings: Settings) -> None:
        self._window = window
        self._settings = settings
        self._before: str | None = None  # where a dialog would begin without the last answer

    @property
    def window(self) -> QWidget:
        """The window that they belong to."""
        return self._window

    def open(self, title: str, kinds: str) -> Path | None:
        """A file that exists."""
        answer, _ = QFileDialog.getOpenFileName(self._window, title, self._folder(), kinds)
        return self._remembered(Path(answer)) if answer else None

    def save(self, title: str, name: str, kinds: Mapping[str, str]) -> Path | None:
        """A file to write, of one of several kinds: their names by suffix, the usual one first.

        A suffix that was typed chooses the kind. A name without one of the suffixes gets that of
        the chosen kind, as does one that still has the suffix that was proposed; where it has that
        of another kind of file, it asks first. If its folder does not exist, it asks whether to
        create it.
        """
        first = next(iter(kinds))
        start = Path(self._folder()) / f"{name}{first}"
        filters = {f"{kind} (*{suffix})": suffix for suffix, kind in kinds.items()}
        answer, chosen = QFileDialog.getSaveFileName(
            self._window, title, str(start), ";;".join(filters)
        )
        if not answer:
            return None
        named, wanted = Path(answer), filters.get(chosen, first)
        target = named
        if named.suffix.lower() not in kinds:
            target = named.with_name(named.name + wanted)
            if named.suffix.lower() in _OTHER_KINDS and not self._may_add(named, target):
                return None
        elif named.name == start.name:
            target = named.with_name(f"{name}{wanted}")
        # The dialog has only asked about the name as it was typed.
        if target != named and target.exists() and not self._may_replace(target):
            return None
        if not os.path.lexists(target.parent) and not self._may_make(target.parent):
            return None
        return self._remembered(target)

    def folder(self, title: str) -> Path | None:
        """A folder that exists."""
        answer = QFileDialog.getExistingDirectory(self._window, title, self._folder())
        if not answer:
            return None
        self._remember(answer)
        return Path(answer)

    def new_folder(self, title: str, name: str) -> Path | None:
        """A folder to write, which may exist; if the one around it does not, it asks as `save`."""
        start = Path(self._folder()) / name
        answer, _ = QFileDialog.getSaveFileName(self._window, title, str(start), "Folder (*)")
        target = Path(answer)
        if not answer:
            return None
        if not os.path.lexists(target.parent) and not self._may_make(target.parent):
            return None
        return self._remembered(target)

    def take_back(self, folder: Path) -> None:
        """The chosen folder was of no use.

        If the last dialog ended there, the next one begins where that one began.
        """
        if self._before is not None and Path(self._settings.remembered.folder) == folder:
            self._settings.remember(folder=self._before)
            self._before = None

    def _may_make(self, folder: Path) -> bool:
        told = f"There is no folder {printable(str(folder))}. Create it?"
        return is_agreed(self._window, "Create the folder?", told, "&Create it", "&Cancel")

    def _may_add(self, named: Path, target: Path) -> bool:
        kind, to = printable(named.suffix), printable(target.name)
        told = f"This cannot be saved as {kind}. Save it as {to}?"
        return is_agreed(self._window, "Another kind of file", told, "&Save", "&Cancel")

    def _may_replace(self, target: Path) -> bool:
        told = f"{printable(target.name)} already exists. Replace it?"
        return is_agreed(self._window, "Replace the file?", told, "&Replace", "&Keep")

    def _folder(self) -> str:
        """The remembered folder; if it is gone, the nearest one above it."""
        remembered = self._settings.remembered.folder
        if not remembered:
            return QDir.homePath()
        folder = Path(remembered)
        return str(next((one for one in (folder, *folder.parents) if one.is_dir()), folder))

    def _remembered(self, path: Path) -> Path:
        if os.access(path.parent, os.W_OK) or path.exists():
            self._remember(str(path.parent))
        return path

    def _remember(self, folder: str) -> None:
        self._before = self._folder()
        self._settings.remember(folder=folder)
