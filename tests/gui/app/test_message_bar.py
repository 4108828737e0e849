"""The message bar: errors stay, notes go, one sentence at a time."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app import message_bar as messages
from lenet_gui.gui.app.message_bar import MessageBar


def test_an_error_stays_until_it_is_dismissed(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    assert bar.text == ""
    bar.show_error("The file is gone: choose another.")
    assert bar.isVisible()
    assert bar.text == "The file is gone: choose another."
    assert "Error" in bar.accessibleName()
    qtbot.mouseClick(bar.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert bar.text == ""


def test_a_note_goes_by_itself_and_an_error_after_it_does_not(qtbot: QtBot, monkeypatch) -> None:
    monkeypatch.setattr(messages, "NOTE_LASTS_MS", 20)
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show_note("Saved.")
    assert bar.isVisible()
    qtbot.waitUntil(lambda: not bar.isVisible())
    bar.show_note("Saved.")
    bar.show_error("Not saved.")
    assert not bar._timer.isActive()
    assert bar.text == "Not saved."
