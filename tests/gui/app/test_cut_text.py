"""No words are cut off, in any view, at the sizes of common screens."""

import pytest

from lenet_gui.gui.core.text_size import choose_text_size
from lenet_gui.gui.core.view_table import VIEWS
from tests.support.cut_text import cut_text


@pytest.mark.parametrize("size", [(1024, 700), (960, 515), (1600, 1000)])
@pytest.mark.parametrize("percent", [100, 150])
def test_no_words_are_cut_off(window, qtbot, drawn, size, percent):
    drawn()
    choose_text_size(percent)
    window.resize(*size)
    for entry in VIEWS:
        window.actions_[f"view-{entry.name}"].trigger()
        found: list[str] = []

        def is_whole(found=found) -> bool:
            found[:] = cut_text(window)  # what turns over is laid out once more
            return not found

        try:
            qtbot.waitUntil(is_whole, timeout=1000)
        except TimeoutError:
            pytest.fail(f"{entry.name}: {found}")
