"""The window of the guide, and its parts, for tests."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.guide.window import GuideWindow
from lenet_gui.guide.pages import guide


@pytest.fixture
def reader(qtbot: QtBot) -> Iterator[GuideWindow]:
    """The guide alone, open at its beginning, 900x640."""
    window = GuideWindow(guide(), None)
    qtbot.addWidget(window)
    window.resize(900, 640)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close()


@pytest.fixture
def read_at(window: MainWindow) -> Callable[[], str]:
    """`read_at()`: what the main window's guide is open at, as a link; empty while it is not."""

    def link() -> str:
        opened = window.guide_opener.guide
        return opened.place.link if opened is not None and opened.isVisible() else ""

    return link
