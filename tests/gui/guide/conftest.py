"""The window of the guide, and its parts, for tests."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.guide.window import GuideWindow
from lenet_gui.guide.pages import guide


def _opened() -> GuideWindow:
    """The guide alone, open at its beginning, 900x640."""
    window = GuideWindow(guide(), None)
    window.resize(900, 640)
    window.show()
    assert QTest.qWaitForWindowExposed(window)
    return window


@pytest.fixture
def reader(qtbot: QtBot) -> Iterator[GuideWindow]:
    """The guide alone, open at its beginning, 900x640."""
    window = _opened()
    qtbot.addWidget(window)
    yield window
    window.close()


@pytest.fixture(scope="module")
def page_reader(qapp: QApplication) -> Iterator[GuideWindow]:
    """One guide for all tests that only look at its pages."""
    window = _opened()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def read_at(window: MainWindow) -> Callable[[], str]:
    """`read_at()`: what the main window's guide is open at, as a link; empty while it is not."""

    def link() -> str:
        opened = window.guide_opener.guide
        return opened.place.link if opened is not None and opened.isVisible() else ""

    return link
