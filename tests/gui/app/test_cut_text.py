"""No words are cut off, in any view, at the sizes of common screens."""

from pathlib import Path

import pytest

from lenet_gui.gui.core.text_size import USUAL, choose_text_size
from lenet_gui.gui.core.view_table import VIEWS
from tests.support.cut_text import cut_text, elided_text


@pytest.mark.parametrize("size", [(1024, 700), (960, 515), (1600, 1000)])
@pytest.mark.parametrize("percent", [100, 150])
def test_no_words_are_cut_off(window, qtbot, drawn, size, percent):
    drawn()
    choose_text_size(percent)
    window.resize(*size)
    for entry in VIEWS:
        window.actions_[f"view-{entry.name}"].trigger()
        qtbot.waitUntil(lambda: window.view_stack.view.is_settled, timeout=30_000)
        found: list[str] = []

        def is_whole(found=found) -> bool:
            found[:] = cut_text(window)  # what turns over is laid out once more
            if percent == USUAL and size != (960, 515):
                found.extend(elided_text(window))  # whose tooltip alone would tell the rest
            return not found

        try:
            qtbot.waitUntil(is_whole, timeout=1000)
        except qtbot.TimeoutError:
            pytest.fail(f"{entry.name}: {found}")


def test_the_panels_of_a_window_of_usual_text_say_all_of_their_words(window, qtbot, drawn):
    """The name of a run, its buttons, the line about the network, the heads of the bars."""
    drawn()
    window.training.set_folded(folded=False)
    box = window.training.panes.run_box
    box.show_folder(Path("runs/2026-11-27 original-teacher-best 0001"))
    for width in range(1000, 1060, 4):
        window.resize(width, 660)
        qtbot.waitUntil(lambda: cut_text(window) + elided_text(window) == [])
    assert box.resume.width() >= box.resume.sizeHint().width()
    words = box.resume.fontMetrics().horizontalAdvance(box.resume.text())
    assert box.resume.width() > words + box.resume.fontMetrics().height()  # the arrow has room
