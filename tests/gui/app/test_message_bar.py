"""The message bar: errors stay until their cause is gone, notes go, one sentence at a time."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.message_bar import MessageBar
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core import notifier as core
from lenet_gui.gui.core.notifier import Notifier
from tests.support.cut_text import cut_text


@pytest.fixture
def notifier() -> Notifier:
    return Notifier()


@pytest.fixture
def bar(qtbot: QtBot, notifier: Notifier) -> MessageBar:
    bar = MessageBar(notifier)
    qtbot.addWidget(bar)
    return bar


def test_an_error_stays_until_it_is_dismissed(
    bar: MessageBar, notifier: Notifier, qtbot: QtBot
) -> None:
    assert bar.text == ""
    notifier.fail("file", "The file is gone: choose another.")
    assert bar.isVisible()
    assert bar.text == "The file is gone: choose another."
    assert "Error" in bar.accessibleName()
    qtbot.mouseClick(bar.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert bar.text == ""


def test_a_note_goes_by_itself_and_an_error_after_it_does_not(
    bar: MessageBar, notifier: Notifier, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core, "NOTE_LASTS_MS", 20)
    notifier.note("Saved.")
    assert bar.isVisible()
    qtbot.waitUntil(lambda: not bar.isVisible())
    notifier.note("Saved.")
    notifier.fail("file", "Not saved.")
    with qtbot.assertNotEmitted(notifier.changed, wait=60):
        pass
    assert bar.text == "Not saved."


def test_of_several_errors_the_newest_is_shown_and_the_bar_says_that_there_are_more(
    bar: MessageBar, notifier: Notifier, qtbot: QtBot
) -> None:
    more = bar.findChild(QLabel, "more-messages")
    notifier.fail("picture", "No picture.")
    assert not more.isVisible()
    notifier.fail("weights", "No weights.")
    assert bar.text == "No weights."
    assert more.isVisible()
    assert "1 more" in more.text()
    assert more.toolTip() == "No picture."
    assert "1 more" in bar.accessibleName()
    qtbot.mouseClick(bar.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert bar.text == "No picture."
    assert not more.isVisible()


def test_an_error_goes_with_its_cause_and_no_other_does(
    bar: MessageBar, notifier: Notifier
) -> None:
    notifier.fail("picture", "No picture.")
    notifier.fail("weights", "No weights.")
    notifier.clear("picture")
    assert bar.text == "No weights."
    assert notifier.hidden == ()
    notifier.fail("weights", "No weights again.")
    assert bar.text == "No weights again."
    notifier.clear("weights")
    assert bar.text == ""


def test_a_note_lies_over_an_error_and_gives_it_back(
    bar: MessageBar, notifier: Notifier, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core, "NOTE_LASTS_MS", 20)
    notifier.fail("picture", "No picture.")
    notifier.note("Saved.")
    assert bar.text == "Saved."
    qtbot.waitUntil(lambda: bar.text == "No picture.")


def test_an_offer_waits_behind_everything_until_it_is_answered(
    bar: MessageBar, notifier: Notifier, qtbot: QtBot
) -> None:
    chosen: list[str] = []
    notifier.offer("A run waits.", {"Go on": partial(chosen.append, "on"), "No": chosen.clear})
    assert bar.text == "A run waits."
    buttons = [button for button in bar.findChildren(QToolButton) if button.isVisible()]
    assert [button.text() for button in buttons] == ["Go on", "No"]
    notifier.fail("file", "No file.")
    assert bar.text == "No file."
    assert "1 more" in bar.accessibleName()
    assert not buttons[0].isVisible()
    notifier.clear("file")
    QTest.keyClick(bar.findChild(QToolButton, "answer go on"), Qt.Key.Key_Space)
    assert chosen == ["on"]
    assert bar.text == ""
    notifier.offer("A run waits.", {"Go on": partial(chosen.append, "on"), "No": chosen.clear})
    qtbot.mouseClick(bar.findChild(QToolButton, "answer no"), Qt.MouseButton.LeftButton)
    assert chosen == []
    notifier.offer("A run waits.", {"Go on": chosen.clear})
    notifier.withdraw_offer()
    assert bar.text == ""
    assert notifier.shown is None


def test_in_the_window_it_hides_nothing_and_moves_nothing(window: MainWindow, qtbot: QtBot) -> None:
    bar, middle = window.messages, window.centralWidget()
    status = window.statusBar()
    for times in (0, 3, 2):
        for _ in range(times):
            QTest.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
        for _ in range(4):  # the sizes of what grew with the text follow from each other
            QApplication.processEvents()
        before = middle.geometry(), status.geometry()
        window.notifier.offer("A training run was interrupted.", {"Resume": bar.update})
        QApplication.processEvents()
        assert status.geometry().contains(bar.geometry())
        assert (middle.geometry(), status.geometry()) == before
        assert cut_text(bar) == []
        window.notifier.withdraw_offer()
