"""Every fault of the program is in the log, wherever it happens, and the window names the file."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from lenet_gui.data.drawing import PenPoint
from lenet_gui.gui.app.faults import UnexpectedErrors
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.core.torch_loading import TorchLoader
from lenet_gui.paths import log_folder


@pytest.fixture
def guarded(window: MainWindow, log: Path) -> Iterator[MainWindow]:
    """A window as the program opens it: with the log, and in the place of Python's hooks."""
    errors = UnexpectedErrors(window.faults)
    yield window
    errors.restore()


def text(log: Path) -> str:
    return log.read_text(encoding="utf-8")


def _bad_point() -> None:
    x = 1 / 7  # that the pen was there is nobody's business
    PenPoint(x, float("nan"))


@pytest.mark.qt_no_exception_capture
def test_a_fault_in_the_window_is_in_the_log_and_the_dialog_names_it(
    guarded: MainWindow, log: Path, qtbot: QtBot
) -> None:
    QTimer.singleShot(0, guarded, _bad_point)
    qtbot.waitUntil(lambda: guarded.findChild(QMessageBox) is not None)
    box = guarded.findChild(QMessageBox)
    assert str(log) in box.informativeText()
    assert "0.142857" in box.detailedText()
    box.close()
    assert "in _bad_point" in text(log)
    assert "ValueError: a pen point must be finite" in text(log)
    assert "0.142857" not in text(log)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_in_a_thread_is_in_the_log(guarded: MainWindow, log: Path, qtbot: QtBot) -> None:
    thread = threading.Thread(target=_bad_point)
    thread.start()
    thread.join()
    assert "in _bad_point" in text(log)
    qtbot.waitUntil(lambda: guarded.findChild(QMessageBox) is not None)
    guarded.findChild(QMessageBox).close()


def test_a_fault_of_a_background_job_is_in_the_log(log: Path, qtbot: QtBot) -> None:
    tasks = Tasks()

    def fault(_job: Job) -> None:
        _bad_point()

    try:
        with qtbot.waitSignal(tasks.failed):
            tasks.ask(fault)
    finally:
        tasks.close_down()
    assert "A background job failed" in text(log)
    assert "in _bad_point" in text(log)


def test_why_torch_cannot_be_loaded_is_in_the_log(
    log: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "torch")
    loader = TorchLoader()
    for module in ("lenet_gui.explore.reader", "lenet_gui.net.weights_file"):
        monkeypatch.setitem(sys.modules, module, None)  # as if it could not be imported
    with qtbot.waitSignal(loader.failed):
        loader.load()
    loader.close_down()
    assert "torch cannot be loaded" in text(log)
    assert "Traceback" in text(log)


class Desktop(QObject):
    """Opens folders, in the place of the desktop."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open_url(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


def test_a_log_folder_that_cannot_be_opened_is_told_until_it_can(window: MainWindow) -> None:
    desktop = Desktop()
    log_folder().parent.mkdir(parents=True)
    log_folder().write_text("a file where the folder should be")
    QDesktopServices.setUrlHandler("file", desktop, "open_url")
    try:
        window.actions_["open-log-folder"].trigger()
        assert f"{log_folder()} could not be opened" in window.messages.text
        log_folder().unlink()
        window.actions_["open-log-folder"].trigger()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert window.messages.text == ""
    assert desktop.opened == [str(log_folder())]


def test_help_opens_the_folder_of_the_log(window: MainWindow) -> None:
    desktop = Desktop()
    QDesktopServices.setUrlHandler("file", desktop, "open_url")
    try:
        window.actions_["open-log-folder"].trigger()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert desktop.opened == [str(log_folder())]
    assert window.actions_["open-log-folder"] in window.actions_.menus["&Help"].actions()
