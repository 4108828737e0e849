"""A sentence goes with its cause, in whatever way that goes."""

import json
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from lenet_gui.data.builtin import builtin_digits
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core import notifier as core
from lenet_gui.gui.core.qimage import to_qimage_grey
from lenet_gui.gui.library.digit_source import DigitSource
from lenet_gui.gui.portraits import draw
from lenet_gui.gui.views.causes.view import CausesView
from lenet_gui.gui.views.digits.view import DigitsView
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.weights_file import save_weights
from lenet_gui.paths import runs_folder
from lenet_gui.pictures.grid.content import Mark
from lenet_gui.pictures.grid.panel import Cell
from lenet_gui.training.presets import preset
from lenet_gui.training.recipe import BUILTIN, MNIST, Recipe
from lenet_gui.training.run import Run

LONG = 30_000
NameFile = Callable[[Callable[[], object], Path], None]


def command(window: MainWindow, name: str) -> Callable[[], object]:
    return window.actions_[name].trigger


def told(window: MainWindow) -> str:
    return window.messages.text


def small(**changes: object) -> Recipe:
    few: dict[str, object] = {"data": BUILTIN, "training_digits": 100, "epochs": 1}
    return preset("original-quick").with_changes(**few | changes)


def begun(window: MainWindow, qtbot: QtBot) -> None:
    """Starts a training run with the recipe that stands in the form."""
    with qtbot.waitSignal(window.training.running_changed, timeout=LONG):
        command(window, "start-training")()


def ended(window: MainWindow, qtbot: QtBot) -> None:
    command(window, "stop-training")()
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)


def trained(window: MainWindow, qtbot: QtBot, recipe: Recipe) -> None:
    window.training.draft.set_recipe(recipe)
    begun(window, qtbot)
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)


def drop(window: MainWindow, mime: QMimeData) -> None:
    place = QPointF(window.canvas.rect().center())
    action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    comes = QDragEnterEvent(place.toPoint(), action, mime, left, none)
    for event in (comes, QDropEvent(place, action, mime, left, none)):
        QApplication.sendEvent(window.canvas, event)


def test_a_picture_that_is_dropped_takes_away_that_the_clipboard_holds_none(
    window: MainWindow, qtbot: QtBot
) -> None:
    seven = QMimeData()
    seven.setImageData(to_qimage_grey(builtin_digits(1, seed=7).images[0]))
    for _ in range(2):  # the second time the very picture lies there already
        QGuiApplication.clipboard().setText("seven")
        QTest.keySequence(window, "Ctrl+V")
        assert "There is no picture on the clipboard" in told(window)
        drop(window, seven)
        qtbot.waitUntil(lambda: window.canvas.pictures.is_settled)
        assert told(window) == ""
        assert not window.canvas.drawing.is_empty


def test_what_is_said_of_a_random_digit_goes_when_another_is_drawn_over_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    command(window, "random-digit")()
    qtbot.waitUntil(lambda: "built-in" in window.statusBar().currentMessage(), timeout=LONG)
    draw(window)
    assert window.statusBar().currentMessage() == ""


@pytest.mark.parametrize("name", ["digits", "causes"])
def test_of_a_digit_that_is_laid_on_the_canvas_only_what_it_is_is_said(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What a network read it as would no longer be true of the next one."""
    monkeypatch.setattr("lenet_gui.gui.library.digits.STAND_INS", 20)
    window.view_stack.turn_to(name)
    view = window.view_stack.view
    qtbot.waitUntil(lambda: window.digits.sets is not None and view.is_settled, timeout=LONG)
    if isinstance(view, DigitsView):
        view.gallery.setFocus()
        QTest.keyClick(view.gallery, Qt.Key.Key_Return)
    else:
        assert isinstance(view, CausesView)
        qtbot.waitUntil(lambda: bool(view.top_digits.digits.excited), timeout=LONG)
        digits = view.top_digits.digits
        digits.setFocus()
        QTest.keyClick(digits, Qt.Key.Key_Right)
        QTest.keyClick(digits, Qt.Key.Key_Return)
    assert not window.canvas.drawing.is_empty
    told = window.statusBar().currentMessage()
    assert re.fullmatch(r"Built-in test digit \d+, an? \d\.", told), told


@pytest.mark.parametrize("name", ["shipped-weights", "paper-weights", "modern"])
def test_other_weights_take_away_that_a_file_of_weights_was_refused(
    window: MainWindow, qtbot: QtBot, name_file: NameFile, tmp_path: Path, name: str
) -> None:
    (tmp_path / "bad.safetensors").write_bytes(b"no weights")
    name_file(command(window, "load-weights"), tmp_path / "bad.safetensors")
    assert "bad.safetensors" in told(window)
    command(window, name)()
    qtbot.waitUntil(lambda: told(window) == "")


def test_a_refused_file_is_of_no_use_once_something_else_is_done(
    window: MainWindow, name_file: NameFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core, "READ_AFTER_S", 0)
    (tmp_path / "bad.safetensors").write_bytes(b"no weights")

    def refused() -> None:
        name_file(command(window, "load-weights"), tmp_path / "bad.safetensors")
        assert "bad.safetensors" in told(window)

    refused()
    draw(window)
    assert told(window) == ""
    refused()
    command(window, "copy-picture")()
    assert "Copied" in told(window)
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert told(window) == ""  # it does not come back
    refused()
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert told(window) == ""
    window.notifier.offer("A run waits.", {"Resume": window.update})
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert told(window) == "A run waits."


def test_a_followed_training_takes_away_that_the_weights_of_a_file_answer(
    window: MainWindow, qtbot: QtBot, name_file: NameFile, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.safetensors"
    save_weights(build(Variant.ORIGINAL, torch.Generator().manual_seed(1)), mine, {})
    name_file(command(window, "load-weights"), mine)
    assert "weights of mine.safetensors" in told(window)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    trained(window, qtbot, small())
    assert "weights of" not in told(window)


def test_a_recipe_that_is_good_takes_away_that_one_was_not(
    window: MainWindow, qtbot: QtBot, name_file: NameFile, tmp_path: Path
) -> None:
    draft = window.training.draft
    window.training.set_folded(folded=False)
    (tmp_path / "bad.json").write_text("{}}")
    draft.load(tmp_path / "bad.json")
    assert "bad.json" in told(window)
    begun(window, qtbot)
    assert told(window) == ""
    ended(window, qtbot)
    draft.load(tmp_path / "bad.json")
    draft.set_recipe(small())
    assert told(window) == ""

    epochs = window.training.panes.recipe.form.cell("epochs").editor
    epochs.value = 0
    draft.save(tmp_path / "mine.json")
    assert "correct the marked fields" in told(window)
    epochs.value = 2
    assert told(window) == ""


@pytest.fixture
def unheard() -> Iterator[str]:
    """The address of a mirror that nobody serves."""
    with socket.socket() as bound:  # and not listening: connections are refused
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}/"


@pytest.fixture
def failed(
    qtbot: QtBot, small_mnist: Any, unheard: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """A window that could not download MNIST."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    window = MainWindow(DigitSource([unheard], small_mnist.files))
    window.networks.switch(Variant.ORIGINAL)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.training.draft.set_recipe(small(data=MNIST))
    with qtbot.waitSignal(window.training.controller.mnist_missing, timeout=LONG):
        QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)
    with qtbot.waitSignal(window.notifier.failed, timeout=LONG):
        QTest.mouseClick(window.training.offer.download, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.training.commands.start.isEnabled(), timeout=LONG)
    assert "could not be downloaded" in told(window)
    yield window
    window.close()


def test_a_training_on_built_in_digits_takes_away_that_a_download_failed(
    failed: MainWindow, qtbot: QtBot
) -> None:
    failed.training.draft.set_recipe(small())
    begun(failed, qtbot)
    assert told(failed) == ""
    assert not failed.training.offer.isVisible()
    ended(failed, qtbot)


def test_a_folder_of_mnist_takes_away_that_it_is_missing(
    failed: MainWindow, qtbot: QtBot, small_mnist: Any, name_file: NameFile, tmp_path: Path
) -> None:
    folder = small_mnist.write(tmp_path / "small")
    name_file(command(failed, "data-folder"), folder)
    qtbot.waitUntil(lambda: "MNIST is now read from" in told(failed), timeout=LONG)
    failed.notifier.dismiss()
    assert told(failed) == ""
    assert not failed.training.offer.isVisible()
    qtbot.waitUntil(lambda: not failed.training.is_running, timeout=LONG)


def test_the_maps_of_table_i_are_marked_no_longer_than_the_enlargement_stands(
    window: MainWindow, qtbot: QtBot
) -> None:
    maps = window.maps.canvas

    def tied() -> int:
        return sum(mark.mark is Mark.TIED for mark in maps.content.marks)

    middle = maps.picture_rect(Cell("C3", 5, 0, 0)).center()
    QTest.mouseClick(maps, Qt.MouseButton.LeftButton, pos=middle)
    QApplication.sendEvent(maps, QEvent(QEvent.Type.Leave))  # the pointer goes to what has opened
    enlarged = window.cell_commands.enlarged
    assert enlarged is not None
    assert enlarged.isVisible()
    assert tied() == 3  # Table I
    onward = enlarged.findChild(QToolButton, "enlarged_next")
    QTest.mouseClick(onward, Qt.MouseButton.LeftButton)
    assert enlarged.shown == ("C3", 6)
    assert maps.held == Cell("C3", 6, 0, 0)
    assert tied() == 4
    QTest.keyClick(enlarged, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not enlarged.isVisible())
    assert tied() == 0
    QTest.keyClick(maps, Qt.Key.Key_Right)  # whoever walks with the keys goes on from there
    assert maps.held == Cell("C3", 7, 0, 0)
    assert tied() == 4


def kept_run() -> Path:
    """A run of the window with weights, as short as can be."""
    folder = Run.create(runs_folder(), preset("original-quick")).folder
    save_weights(build(Variant.ORIGINAL), folder / "weights.safetensors", {})
    (folder / "log.jsonl").write_text(json.dumps({"event": "finished"}))
    return folder


def test_another_network_takes_away_that_that_of_a_run_is_in_use(
    window: MainWindow, qtbot: QtBot
) -> None:
    folder = kept_run()
    command(window, "runs")()
    table = window.runs_commands.table
    assert table is not None
    qtbot.waitUntil(lambda: table.table.rowCount() == 1, timeout=LONG)
    table.table.select(folder)
    table.use.trigger()
    assert "is in use" in table.told.text()
    command(window, "shipped-weights")()
    assert "is in use" not in table.told.text()


def test_without_a_run_the_table_of_runs_opens_the_training_panel(
    window: MainWindow, qtbot: QtBot
) -> None:
    command(window, "runs")()
    table = window.runs_commands.table
    assert table is not None
    qtbot.waitUntil(lambda: table.empty.isVisible())
    QTest.mouseClick(table.empty.link, Qt.MouseButton.LeftButton)
    assert not table.isVisible()
    assert not window.training.is_folded


def test_other_digits_take_away_that_a_training_could_not_begin(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.training.draft.set_recipe(small(data=str(tmp_path)))
    with qtbot.waitSignal(window.notifier.failed, timeout=LONG):
        command(window, "start-training")()
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)
    assert "contains no files" in told(window)
    window.training.draft.set_recipe(small())
    assert told(window) == ""


def test_a_run_that_is_discarded_takes_away_that_it_failed(
    window: MainWindow, qtbot: QtBot
) -> None:
    absurd = {"learning_rate": 100, "weight_decay": 1, "momentum": 0, "optimiser": "sgd"}
    trained(window, qtbot, small(epochs=50, batch_size=8, **absurd))
    assert "learning rate" in told(window)
    row = window.training.ending
    QTest.mouseClick(row.discard, Qt.MouseButton.LeftButton)
    if row.really.isVisible():
        QTest.mouseClick(row.really, Qt.MouseButton.LeftButton)
    assert told(window) == ""
