"""A window that uses an untrained network, with a few built-in digits that it has read."""

from collections.abc import Callable

import pytest
import torch
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.library import digits as digit_library
from lenet_gui.gui.views.digits.view import DigitsView
from lenet_gui.net.architecture import InitialWeights, Variant
from lenet_gui.net.lenet5 import LeNet5, build

COUNT = 120


@pytest.fixture
def untrained() -> Callable[..., LeNet5]:
    """`untrained(seed)` reads most digits wrongly, so that there is something to see."""

    def make(seed: int = 5) -> LeNet5:
        generator = torch.Generator().manual_seed(seed)
        return build(Variant.MODERN, generator, InitialWeights.INVERSE_SQRT).eval()

    return make


@pytest.fixture
def _few_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digit_library, "STAND_INS", COUNT)


@pytest.fixture
def window(
    _few_digits: None, window: MainWindow, qtbot: QtBot, untrained: Callable[..., LeNet5]
) -> MainWindow:
    """A window that uses an untrained network, with a few built-in digits."""
    qtbot.waitUntil(lambda: window.networks.current is not None, timeout=20_000)
    window.networks.adopt(untrained(), {}, "untrained")
    return window


@pytest.fixture
def view(window: MainWindow, qtbot: QtBot) -> DigitsView:
    """The view, opened by its key, when A has read the test set."""
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F7")
    found = window.view_stack.view
    assert isinstance(found, DigitsView)
    qtbot.waitUntil(lambda: found.readings[0] is not None, timeout=20_000)
    qtbot.waitUntil(lambda: found.matrix.confusion is not None)
    return found
