"""MNIST comes to a machine that had none, and every part of the window has it at once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.settings import ChosenData
from lenet_gui.gui.library import digits as digit_library
from lenet_gui.gui.library.digit_source import DigitSource
from lenet_gui.gui.training.running.controller import Phase
from lenet_gui.gui.views.causes.view import CausesView
from lenet_gui.gui.views.digits.view import DigitsView
from lenet_gui.net.architecture import Variant
from lenet_gui.training.presets import preset

LONG = 30_000
TEST_DIGITS = 60


@pytest.fixture
def window(
    qtbot: QtBot,
    small_mnist: Any,
    mirror: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    """A window on a machine without MNIST, with a mirror from which it can be downloaded."""
    monkeypatch.setattr(digit_library, "STAND_INS", 40)
    # Not left to qtbot, which would close it while it trains.
    window = MainWindow(DigitSource([mirror().address], small_mnist.files))
    window.networks.switch(Variant.ORIGINAL)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.training.stop()
    qtbot.waitUntil(lambda: window.training.controller.phase is Phase.IDLE, timeout=LONG)
    assert window.close()
    window.deleteLater()


def press(window: MainWindow, keys: str) -> None:
    QTest.keySequence(QApplication.focusWidget() or window, keys)


def random_digit(window: MainWindow, qtbot: QtBot) -> str:
    """What is said of a random test digit."""
    with qtbot.waitSignal(window.digits.supplied, timeout=LONG):
        window.actions_["random-digit"].trigger()
    return window.statusBar().currentMessage()


def download(window: MainWindow, qtbot: QtBot) -> None:
    """From the training panel, which was asked to train on MNIST."""
    window.training.draft.set_recipe(preset("modern-quick").with_changes(data="mnist", epochs=1))
    window.actions_["start-training"].trigger()
    offer = window.training.offer
    qtbot.waitUntil(
        lambda: offer.download.isVisible() and not window.training.is_running, timeout=LONG
    )
    with qtbot.waitSignal(window.training.mnist_downloaded, timeout=LONG):
        qtbot.mouseClick(offer.download, Qt.MouseButton.LeftButton)


def test_a_random_digit_is_of_mnist_after_a_download(window: MainWindow, qtbot: QtBot) -> None:
    assert "MNIST is not on this machine" in random_digit(window, qtbot)
    download(window, qtbot)
    assert random_digit(window, qtbot).startswith("MNIST test digit ")


def test_the_view_of_the_digits_has_them_after_a_download(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Shift+F7")
    view = window.view_stack.view
    assert isinstance(view, DigitsView)
    qtbot.waitUntil(lambda: view.readings[0] is not None, timeout=LONG)
    assert "Built-in digits" in view.summary.text()
    download(window, qtbot)
    qtbot.waitUntil(
        lambda: view.digits is not None and view.digits.name == "MNIST test", timeout=LONG
    )
    qtbot.waitUntil(lambda: view.readings[0] is not None, timeout=LONG)
    assert len(view.readings[0].answers) == TEST_DIGITS
    assert "Built-in digits" not in view.summary.text()


def test_the_view_of_causes_has_them_after_a_download(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Shift+F9")
    view = window.view_stack.view
    assert isinstance(view, CausesView)
    qtbot.waitUntil(lambda: view.exciting is not None, timeout=LONG)
    assert "Built-in digits" in view.status.text()
    download(window, qtbot)
    qtbot.waitUntil(lambda: "MNIST test" in view.top_digits.rule.text(), timeout=LONG)
    assert "Built-in digits" not in view.status.text()


def test_versus_1998_has_them_after_a_download(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "F2")
    page = window.versus.page
    page.tabs.setCurrentWidget(page.gallery)
    qtbot.waitUntil(lambda: "MNIST is not on this machine" in page.gallery.words.text())
    assert page.gallery.list.count() == 0
    download(window, qtbot)
    qtbot.waitUntil(lambda: page.gallery.misses is not None, timeout=LONG)
    assert f"of {TEST_DIGITS} test digits missed" in page.gallery.words.text()


def test_a_folder_chosen_in_the_menu_is_read_once_and_then_everywhere(
    window: MainWindow,
    qtbot: QtBot,
    small_mnist: Any,
    tmp_path: Path,
    name_file: Callable[[Callable[[], object], Path], None],
) -> None:
    press(window, "Shift+F7")
    view = window.view_stack.view
    assert isinstance(view, DigitsView)
    qtbot.waitUntil(lambda: view.digits is not None, timeout=LONG)
    folder = small_mnist.write(tmp_path / "small")
    with qtbot.waitSignal(window.digits.taken, timeout=LONG):
        name_file(window.actions_["data-folder"].trigger, folder)
    assert window.messages.text == f"MNIST is now read from {folder}."
    assert window.settings.remembered.data.path == str(folder)
    assert window.training.recipe.data == str(folder)
    assert view.digits.name == "MNIST test"
    assert window.digits.source.collection(folder).sets is window.digits.sets
    assert random_digit(window, qtbot).startswith("MNIST test digit ")


def test_a_folder_without_digits_is_told_once_until_another_is_taken(
    window: MainWindow, small_mnist: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    """Whoever asks for the digits, and however many views wait for them."""
    (tmp_path / "empty").mkdir()
    window.data.use(ChosenData(str(tmp_path / "empty")))
    press(window, "Shift+F9")
    causes = window.view_stack.view
    assert isinstance(causes, CausesView)
    qtbot.waitUntil(lambda: str(tmp_path / "empty") in causes.status.text(), timeout=LONG)
    press(window, "Shift+F7")
    view = window.view_stack.view
    assert isinstance(view, DigitsView)
    qtbot.waitUntil(lambda: str(tmp_path / "empty") in view.summary.text(), timeout=LONG)
    assert window.messages.text == view.summary.text() == causes.status.text()
    assert window.notifier.hidden == ()
    window.data.use(ChosenData(str(small_mnist.write(tmp_path / "small"))))
    qtbot.waitUntil(lambda: view.readings[0] is not None, timeout=LONG)
    assert window.messages.text == ""
    assert str(tmp_path) not in view.summary.text()
