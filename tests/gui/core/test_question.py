"""A question, and what becomes of one that a test does not answer."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.core.question import is_agreed


def test_a_question_that_no_test_answers_fails_it_and_does_not_hang(
    bare_window: QWidget, qtbot: QtBot
) -> None:
    with qtbot.capture_exceptions() as raised:
        # Agreed: a window that asks before it closes must not stay after its test.
        assert is_agreed(bare_window, "Lose it?", "It would be lost.", "&Lose it", "&Stay")
    assert [str(error) for _, error, _ in raised] == [
        "the test does not answer “It would be lost.” (QMessageBox)"
    ]
