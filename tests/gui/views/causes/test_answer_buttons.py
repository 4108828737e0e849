"""The buttons name the answer and its rival, whatever these are called."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from lenet_gui.explore.reading import Reading
from lenet_gui.gui.views.causes.answer_buttons import AnswerButtons
from lenet_gui.gui.views.causes.state import Aim
from lenet_gui.gui.views.causes.text import rival_of
from lenet_gui.net.architecture import Variant


def test_an_ampersand_in_the_name_of_a_class_marks_no_key(
    qtbot: QtBot, read: Callable[..., Reading]
) -> None:
    buttons = AnswerButtons()
    qtbot.addWidget(buttons)
    reading = replace(
        read(Variant.ORIGINAL), class_names=tuple(f"R&D {number}" for number in range(10))
    )
    buttons.show_answer(reading, rival_of(reading, None), Aim.UNIT)
    for button in buttons.findChildren(QToolButton):
        assert "R&&D" in button.text()
        assert button.shortcut().isEmpty()
