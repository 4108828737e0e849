"""No sentence stands in the window that is no longer true."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QToolButton
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.portraits import draw
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.weights_file import save_weights
from lenet_gui.training.described import Group

LONG = 30_000
NameFile = Callable[[Callable[[], object], Path], None]


def command(window: MainWindow, name: str) -> Callable[[], object]:
    return window.actions_[name].trigger


def test_a_good_picture_takes_away_that_one_was_refused(
    window: MainWindow, name_file: NameFile, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "bad.png").write_bytes(b"no picture")
    one = np.zeros((28, 28), np.uint8)
    one[4:24, 12:16] = 255
    Image.fromarray(one).save(tmp_path / "one.png")
    name_file(command(window, "open-picture"), tmp_path / "bad.png")
    qtbot.waitUntil(lambda: "bad.png" in window.messages.text)
    name_file(command(window, "open-picture"), tmp_path / "one.png")
    qtbot.waitUntil(lambda: not window.canvas.drawing.is_empty)
    assert window.messages.text == ""


def test_drawing_takes_away_that_a_picture_was_refused(
    window: MainWindow, name_file: NameFile, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "bad.png").write_bytes(b"no picture")
    name_file(command(window, "open-picture"), tmp_path / "bad.png")
    qtbot.waitUntil(lambda: "bad.png" in window.messages.text)
    draw(window)
    assert window.messages.text == ""


def test_a_good_file_of_weights_takes_away_that_one_was_refused(
    window: MainWindow, name_file: NameFile, tmp_path: Path
) -> None:
    (tmp_path / "bad.safetensors").write_bytes(b"no weights")
    good = tmp_path / "good.safetensors"
    save_weights(build(Variant.ORIGINAL, torch.Generator().manual_seed(1)), good, {})
    name_file(command(window, "load-weights"), tmp_path / "bad.safetensors")
    assert "bad.safetensors" in window.messages.text
    name_file(command(window, "load-weights"), good)
    assert "weights of good.safetensors" in window.messages.text
    window.notifier.dismiss()  # the note, which would go by itself
    assert window.messages.text == ""


def test_other_weights_take_away_that_those_of_a_file_answer(
    window: MainWindow, qtbot: QtBot, name_file: NameFile, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.safetensors"
    save_weights(build(Variant.ORIGINAL, torch.Generator().manual_seed(1)), mine, {})
    name_file(command(window, "load-weights"), mine)
    assert "weights of mine.safetensors" in window.messages.text
    command(window, "shipped-weights")()
    qtbot.waitUntil(lambda: window.messages.text == "")


@pytest.mark.parametrize("name", ["export-picture", "export-arrays", "copy-picture"])
def test_what_is_drawn_takes_away_that_there_is_nothing_to_export(
    window: MainWindow, qtbot: QtBot, name: str
) -> None:
    window.actions_[name].trigger()
    assert "draw a digit first" in window.messages.text
    draw(window)
    qtbot.waitUntil(lambda: window.messages.text == "")


def test_an_export_that_is_written_takes_away_that_one_was_not(
    window: MainWindow, qtbot: QtBot, name_file: NameFile, tmp_path: Path
) -> None:
    draw(window)
    qtbot.waitUntil(lambda: window.live.reading is not None)
    (tmp_path / "a.npz").mkdir()
    with pytest.MonkeyPatch.context() as patch:  # the dialog would not take a folder
        patch.setattr("lenet_gui.gui.app.window.FileDialogs.save", lambda *_: tmp_path / "a.npz")
        command(window, "export-arrays")()
    assert "a.npz is a folder" in window.messages.text
    name_file(command(window, "export-arrays"), tmp_path / "b.npz")
    assert "Saved" in window.messages.text
    window.notifier.dismiss()
    assert window.messages.text == ""


def test_two_errors_stand_side_by_side_and_are_dismissed_one_by_one(
    window: MainWindow, name_file: NameFile, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "bad.png").write_bytes(b"no picture")
    (tmp_path / "bad.safetensors").write_bytes(b"no weights")
    name_file(command(window, "open-picture"), tmp_path / "bad.png")
    qtbot.waitUntil(lambda: "bad.png" in window.messages.text)
    name_file(command(window, "load-weights"), tmp_path / "bad.safetensors")
    assert "bad.safetensors" in window.messages.text
    dismiss = window.messages.findChild(QToolButton)
    QTest.mouseClick(dismiss, Qt.MouseButton.LeftButton)
    assert "bad.png" in window.messages.text
    QTest.mouseClick(dismiss, Qt.MouseButton.LeftButton)
    assert window.messages.text == ""


def test_a_good_folder_of_mnist_takes_away_that_one_was_refused(
    window: MainWindow, qtbot: QtBot, name_file: NameFile, real_mnist: Path, tmp_path: Path
) -> None:
    name_file(command(window, "data-folder"), tmp_path)
    qtbot.waitUntil(lambda: "contains no files" in window.messages.text, timeout=LONG)
    name_file(command(window, "data-folder"), real_mnist)
    qtbot.waitUntil(lambda: "MNIST is now read from" in window.messages.text, timeout=LONG)
    window.notifier.dismiss()
    assert window.messages.text == ""


def test_a_recipe_that_is_mended_takes_away_that_it_cannot_be_used(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.training.set_folded(folded=False)
    editor = window.training.panes.recipe.form.cell("epochs").editor.lineEdit()
    for text, told in (("-2", True), ("2", False)):
        editor.setFocus()
        editor.selectAll()
        QTest.keyClicks(editor, text)
        if told:
            QTest.keyClick(window, Qt.Key.Key_F5)
            assert not window.training.is_running
        beside = window.training.panes.recipe.form.title(Group.OPTIMISER).problem.text()
        assert ("Epochs must be" in beside) is told
    qtbot.waitUntil(lambda: window.messages.text == "")


def test_a_recipe_that_is_wrong_is_told_over_a_panel_that_is_put_away(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.training.panes.recipe.form.cell("epochs").editor.value = 0
    window.findChild(QDockWidget, "dock-train").close()
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert "The recipe cannot be used: Epochs must be" in window.messages.text
    window.training.panes.recipe.form.cell("epochs").editor.value = 2
    qtbot.waitUntil(lambda: window.messages.text == "")


def test_what_is_said_of_a_random_digit_goes_with_it(window: MainWindow, qtbot: QtBot) -> None:
    command(window, "random-digit")()
    qtbot.waitUntil(lambda: "built-in" in window.statusBar().currentMessage(), timeout=LONG)
    QTest.keySequence(window, "Del")
    assert window.canvas.drawing.is_empty
    assert window.statusBar().currentMessage() == ""


def test_what_is_told_moves_nothing(window: MainWindow, qtbot: QtBot) -> None:
    maps = window.maps.canvas
    before = maps.mapTo(window, maps.rect().topLeft()), maps.size()
    window.notifier.fail("picture", "The file digit.png is no picture: choose another. " * 4)
    bar = window.messages
    assert bar.isVisible()
    qtbot.waitUntil(lambda: bar.geometry().bottom() == bar.parentWidget().rect().bottom())
    assert bar.width() == bar.parentWidget().width()
    assert (maps.mapTo(window, maps.rect().topLeft()), maps.size()) == before
    window.resize(window.width() + 90, window.height() + 40)
    qtbot.waitUntil(lambda: bar.width() == bar.parentWidget().width())
    assert bar.geometry().bottom() == bar.parentWidget().rect().bottom()
    window.notifier.dismiss()
    assert not bar.isVisible()
