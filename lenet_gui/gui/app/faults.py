"""An unexpected exception opens a dialog with details to copy, and the program continues."""

import logging
import sys
import threading
import traceback
from contextlib import suppress
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

import lenet_gui
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.plain import plain_text
from lenet_gui.log import log_file, versions
from lenet_gui.paths import log_folder

_log = logging.getLogger(__name__)
_FOLDER = "log folder"  # a cause


class FaultDialog(QObject):
    """Shows a traceback, one at a time: otherwise an error in a timer would flood the window.

    It gives the path of the log, and opens its folder.
    """

    def __init__(self, window: QWidget, notifier: Notifier) -> None:
        super().__init__(window)
        self._window, self._notifier = window, notifier
        self._box: QMessageBox | None = None

    @Slot(str)
    def show_details(self, details: str) -> None:
        """Opens the dialog, unless one is open; `details` is a traceback."""
        if self._box is not None:
            return
        told = f"{_versions()}\n\n{details}"
        box = QMessageBox(
            QMessageBox.Icon.Warning, "Unexpected error", _SENTENCE, parent=self._window
        )
        box.setInformativeText(_informative(details))
        box.setDetailedText(told)
        copy = QPushButton("Copy details", box)
        box.addButton(copy, QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # it copies and leaves the dialog open
        copy.clicked.connect(_Copier(box, told).copy)
        box.addButton(QMessageBox.StandardButton.Ok)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._closed)
        self._box = box
        box.open()

    @Slot()
    def open_log_folder(self) -> None:
        """Shows the folder of the log in the desktop's own program for folders."""
        folder = log_folder()
        with suppress(OSError):  # told below
            folder.mkdir(parents=True, exist_ok=True)
        if folder.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._notifier.clear(_FOLDER)
        else:
            self._notifier.refuse(_FOLDER, f"The log folder {folder} could not be opened.")

    @Slot()
    def _closed(self) -> None:
        self._box = None


class UnexpectedErrors(QObject):
    """Takes the place of Python's exception hooks, for all threads, while the window is open.

    Every exception goes to the log; `raised` carries its traceback, in the window's thread.
    """

    raised = Signal(str)

    def __init__(self, dialog: FaultDialog) -> None:
        super().__init__(dialog)
        self.raised.connect(dialog.show_details, Qt.ConnectionType.QueuedConnection)
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def restore(self) -> None:
        """Puts Python's hooks back."""
        sys.excepthook, threading.excepthook = self._before

    def _caught(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        sys.__excepthook__(kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt):
            _log.error("An unexpected error occurred", exc_info=(kind, error, trace))
            self.raised.emit("".join(traceback.format_exception(kind, error, trace)))

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught(args.exc_type, args.exc_value, args.exc_traceback)


class _Copier(QObject):
    def __init__(self, parent: QObject, text: str) -> None:
        super().__init__(parent)
        self._text = text

    @Slot()
    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)


_SENTENCE = "An unexpected error occurred. The program keeps running, and your drawing is kept."


def _informative(details: str) -> str:
    """The last line of a traceback, and the path of the log."""
    last = details.strip().splitlines()[-1]
    file = log_file()
    return plain_text(last, *([] if file is None else ["", f"The details are in {file}."]))


def _versions() -> str:
    from PySide6 import __version__ as qt

    return f"LeNet Laboratory {lenet_gui.__version__}, Qt for Python {qt}, {versions()}"
