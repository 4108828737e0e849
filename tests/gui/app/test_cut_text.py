"""No words are cut off, in any view, at the sizes of common screens."""

import pytest
from PySide6.QtWidgets import QApplication

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.text_size import choose_text_size
from lenet_gui.gui.core.view_table import VIEWS
from tests.support.cut_text import cut_text


def found(window: MainWindow) -> list[str]:
    cut = []
    for entry in VIEWS:
        window.actions_[f"view-{entry.name}"].trigger()
        QApplication.processEvents()
        QApplication.processEvents()
        cut += [f"{entry.name}: {words}" for words in cut_text(window)]
    return cut


@pytest.mark.parametrize("size", [(1024, 700), (960, 515), (1600, 1000)])
@pytest.mark.parametrize("percent", [100])
def test_no_words_are_cut_off(window, drawn, size, percent):
    drawn()
    choose_text_size(percent)
    window.resize(*size)
    assert found(window) == []
