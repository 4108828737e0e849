"""The view of a run: the slider walks through its epochs, and everything follows the drawing."""

import itertools
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from lenet_gui.data.class_names import facts_of_classes
from lenet_gui.data.collections.known import FASHION
from lenet_gui.data.digits import DigitSets
from lenet_gui.data.input_range import to_input
from lenet_gui.explore.run_history import KernelHistory
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.portraits import draw
from lenet_gui.gui.views.run import view as view_module
from lenet_gui.gui.views.run.kernel_strip import KernelStrip
from lenet_gui.gui.views.run.strip_layout import DIFFERENCE
from lenet_gui.gui.views.run.view import RunView
from lenet_gui.net.architecture import INPUT_RANGE, Variant
from lenet_gui.net.weights_file import load_weights, save_weights
from lenet_gui.paths import runs_folder
from lenet_gui.pictures.grid.panel import Cell
from lenet_gui.text.figures import signed_small
from lenet_gui.training.control import Control
from lenet_gui.training.epoch_files import epoch_file, epoch_files
from lenet_gui.training.events import CheckpointSaved
from lenet_gui.training.recipe import BUILTIN, Recipe
from lenet_gui.training.run import Run

EPOCHS = 4
"""Of the run in conftest.py."""


def opened(window: MainWindow, qtbot: QtBot, *, shown: bool = True) -> RunView:
    """The view, by its key; once its run stands there."""
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F8")
    view = window.view_stack.view
    assert isinstance(view, RunView)
    if shown:
        qtbot.waitUntil(lambda: view.history is not None and view.is_settled)
    return view


def drawn(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.live.read):
        draw(window)
    qtbot.waitUntil(lambda: window.live.steps is not None and window.live.is_settled)


def outputs(file: Path, window: MainWindow) -> np.ndarray:
    """What the weights in a file make of the drawing, by the bare forward pass."""
    network = load_weights(file).network
    assert window.live.steps is not None
    with torch.inference_mode():
        x = to_input(window.live.steps.centred, *INPUT_RANGE[network.variant])
        return network(x).output[0].numpy()


def press(view: RunView, key: Qt.Key) -> None:
    QTest.keyClick(view.transport.slider, key)


def test_the_keys_walk_through_the_run_and_the_answer_is_that_epochs(
    window: MainWindow, qtbot: QtBot, kept: Path
) -> None:
    view = opened(window, qtbot)
    drawn(window, qtbot)
    before = {name: p.clone() for name, p in window.networks.current.network.named_parameters()}
    files = epoch_files(kept / "epochs")
    window.actions_["projector"].trigger()
    projector = window.projector.window
    assert projector is not None
    assert view.transport.slider.maximum() == EPOCHS
    told = []
    for key, number in (
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_End, EPOCHS),
        (Qt.Key.Key_Left, EPOCHS - 1),
    ):
        press(view, key)
        assert view.epoch is not None
        assert view.epoch.number == number
        assert view.transport.epoch.text() == f"epoch {number} of {EPOCHS}"
        assert view.reading is not None
        np.testing.assert_allclose(view.reading.output, outputs(files[number], window), rtol=1e-5)
        assert window.answer_view.bars.reading is view.reading
        told.append(view.answer_line.text())
    # The projector's answer is that of the epoch it shows, as in the window.
    qtbot.waitUntil(lambda: projector.network.text() == f"Original, {view.answer.who}")
    np.testing.assert_array_equal(projector.answer.reading.output, view.reading.output)
    errors = load_weights(files[1]).facts["test_errors"]
    assert told[0].startswith("Before training: ")
    assert told[1].startswith(f"After epoch 1 (test error {float(errors):.2f} %): ")
    assert len(set(told)) == len(told)
    # The window's own network, and what it reads, are untouched.
    current = window.networks.current
    assert all(torch.equal(p, before[name]) for name, p in current.network.named_parameters())
    assert window.live.reading.variant is Variant.MODERN


def test_a_drawing_that_changes_is_read_by_the_epoch_and_an_empty_one_leaves_nothing(
    window: MainWindow, qtbot: QtBot, kept: Path
) -> None:
    view = opened(window, qtbot)
    assert view.reading is None
    assert "draw a digit" in view.answer_line.text()
    bar = view.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: not bar.isVisible())  # it has been laid out
    empty = view.grab().toImage()
    drawn(window, qtbot)
    first = view.reading
    assert first is not None
    assert view.grab().toImage() != empty
    window.canvas.clear()
    qtbot.waitUntil(lambda: view.reading is None)
    assert "draw a digit" in view.answer_line.text()
    assert view.grab().toImage() == empty


def test_space_plays_to_the_end_and_pauses(window: MainWindow, qtbot: QtBot, kept: Path) -> None:
    view = opened(window, qtbot)
    view.transport.rate.setCurrentIndex(view.transport.rate.count() - 1)
    seen: list[int] = []
    view.transport.moved.connect(seen.append)
    press(view, Qt.Key.Key_Space)
    assert view.transport.is_playing
    assert view.transport.play.text() == "Pause"
    qtbot.waitUntil(lambda: not view.transport.is_playing)
    assert seen == list(range(EPOCHS + 1))  # from the end it began anew
    press(view, Qt.Key.Key_Home)
    QTest.mouseClick(view.transport.play, Qt.MouseButton.LeftButton)
    assert view.transport.is_playing
    press(view, Qt.Key.Key_Space)
    assert not view.transport.is_playing
    QTest.mouseClick(view.transport.play, Qt.MouseButton.LeftButton)
    window.view_stack.turn_to("maps")
    assert not view.transport.is_playing  # nothing plays that nobody sees


def test_the_keys_work_as_soon_as_the_view_is_opened(
    window: MainWindow, qtbot: QtBot, kept: Path
) -> None:
    view = opened(window, qtbot)
    assert QApplication.focusWidget() is view.transport.slider
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert view.epoch.number == EPOCHS - 1
    tabs = window.view_stack.tabs
    tabs.setFocus()
    QTest.keyClick(tabs, Qt.Key.Key_Left)
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert QApplication.focusWidget() is tabs
    # Keys that a button has no use for are the view's.
    view.choice.open.setFocus()
    QTest.keyClick(view.choice.open, Qt.Key.Key_Home)
    assert view.epoch.number == 0


def test_a_click_on_the_curve_or_on_a_kernel_goes_to_its_epoch(
    window: MainWindow, qtbot: QtBot, kept: Path
) -> None:
    view = opened(window, qtbot)
    curve, strip = view.curve, view.kernels.strip
    place = QPointF(curve.place_of(2, 1).x() + 3, curve.height() / 2).toPoint()
    QTest.mouseClick(curve, Qt.MouseButton.LeftButton, pos=place)
    assert view.epoch.number == 2
    epochs = [f"epoch {number}" for number in range(EPOCHS + 1)]
    assert [panel.name for panel in strip.panels] == [*epochs, DIFFERENCE]

    def click(panel: str) -> None:
        at = strip.cell_rect(Cell(panel, 0, 1, 1)).center()
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=at)

    click("epoch 1")
    assert view.epoch.number == 1
    click(DIFFERENCE)  # is of no epoch
    assert view.epoch.number == 1


def test_the_keys_go_from_epoch_to_epoch_in_the_strip_too(
    window: MainWindow, qtbot: QtBot, kept: Path
) -> None:
    view = opened(window, qtbot)
    strip = view.kernels.strip
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Down)  # takes hold of the epoch that is shown
    assert strip.held == Cell(f"epoch {EPOCHS}", 0, 0, 0)
    QTest.keyClick(strip, Qt.Key.Key_Left)
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert view.epoch.number == EPOCHS - 2
    QTest.keyClick(strip, Qt.Key.Key_Down)
    assert strip.held == Cell(f"epoch {EPOCHS - 2}", 1, 0, 0)
    assert strip.accessibleDescription().startswith("C1 map 1, row 0, column 0, epoch 2: ")
    QTest.keyClick(strip, Qt.Key.Key_Home)  # which the strip has no use for
    assert view.epoch.number == 0


def test_the_strip_shows_the_weights_of_the_files(
    window: MainWindow, qtbot: QtBot, kept: Path
) -> None:
    view = opened(window, qtbot)
    strip, maps = view.kernels.strip, view.kernels.maps
    maps.setFocus()
    QTest.keyClick(maps, Qt.Key.Key_End)
    assert maps.currentText() == "C3 map 15"
    files = epoch_files(kept / "epochs")
    assert all(panel.pictures == 6 for panel in strip.panels)
    weights = [load_weights(files[n]).network.C3.weight.numpy() for n in (0, 3, EPOCHS)]

    def told(panel: str, source: int, row: int, column: int) -> str:
        place = strip.cell_rect(Cell(panel, source, row, column)).center()
        return strip.explain(QPointF(place))

    # Kernel 54 + 2 is what map 15 makes of S2's map 2.
    value = signed_small(float(weights[1][56, 4, 1]))
    assert told("epoch 3", 2, 4, 1) == (
        f"C3 map 15 from S2 map 2, row 4, column 1, epoch 3: {value}"
    )
    gone = signed_small(float(weights[2][56, 4, 1] - weights[0][56, 4, 1]))
    assert told(DIFFERENCE, 2, 4, 1).endswith(f"last − first: {gone}")
    assert strip.explain(QPointF(0, 0)) == ""


def test_of_many_epochs_the_strip_shows_as_many_as_there_is_room_for(
    window: MainWindow, qtbot: QtBot
) -> None:
    strip = KernelStrip(window.cell_commands)
    qtbot.addWidget(strip)
    strip.resize(480, 160)
    random = np.random.default_rng(0)
    for epochs, at in ((21, 3), (300, 0), (300, 150), (300, 299)):
        kernels = random.normal(size=(epochs, 6, 5, 5)).astype(np.float32)
        pairs = tuple((number, 0) for number in range(6))
        biases = np.zeros((epochs, 6), np.float32)
        history = KernelHistory("C1", None, tuple(range(epochs)), pairs, kernels, biases)
        strip.show_kernels(history, at)
        shown = [panel.name for panel in strip.panels]
        assert {"epoch 0", f"epoch {at}", f"epoch {epochs - 1}", DIFFERENCE} <= set(shown)
        assert len(shown) - 1 == min(epochs, max(len(shown) - 1, 16))
        for placed in strip.layout_of.panels:
            assert placed.cell[0] >= 3
            assert placed.bounds.right <= strip.width()
            assert placed.bounds.bottom <= strip.height()
        (framed,) = strip.content.marks
        assert framed.place(strip.layout_of.by_name[f"epoch {at}"]).width > 0
        assert not strip.grab().toImage().isNull()


def test_the_maps_tell_their_units(window: MainWindow, qtbot: QtBot, kept: Path) -> None:
    view = opened(window, qtbot)
    drawn(window, qtbot)
    for panel in view.maps.panels:
        place = view.maps.cell_rect(Cell(panel.name, 3, 1, 2)).center()
        told = view.maps.explain(QPointF(place))
        values = (
            view.epoch.weights["C1.weight"][:, 0]
            if panel.name == "Kernels"
            else view.reading.activations[panel.name]
        )
        value = signed_small(float(values[3, 1, 2]))
        assert " map 3" in told
        assert told.endswith(f", row 1, column 2: {value}")
    assert view.maps.explain(QPointF(0, 0)) == ""


def test_what_is_missing_and_broken_is_named_and_the_rest_shown(
    window: MainWindow, qtbot: QtBot, kept: Path
) -> None:
    epoch_file(kept / "epochs", 1).unlink()
    epoch_file(kept / "epochs", 3).write_bytes(b"no weights")
    view = opened(window, qtbot)
    assert [epoch.number for epoch in view.history.epochs] == [0, 2, 4]
    assert view.troubles.isVisible()
    assert view.troubles.text().startswith("Epoch 1 is left out: its file is missing. Epoch 3")
    press(view, Qt.Key.Key_Home)
    press(view, Qt.Key.Key_Right)
    assert view.transport.epoch.text() == "epoch 2 of 4"


def test_without_a_run_it_says_what_to_do_and_a_folder_can_be_opened(
    window: MainWindow,
    qtbot: QtBot,
    trained: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = opened(window, qtbot, shown=False)
    assert view.hint.isVisible()
    assert "Train a network" in view.hint.sentence
    answers = [None, tmp_path, trained]
    monkeypatch.setattr(view.context.ask, "folder", lambda _title: answers.pop(0))

    def click() -> None:
        QTest.mouseClick(view.choice.open, Qt.MouseButton.LeftButton)

    click()
    assert view.choice.folder is None
    click()
    qtbot.waitUntil(lambda: "no epochs to show" in view.hint.sentence)
    click()
    qtbot.waitUntil(lambda: view.history is not None)
    assert not view.hint.isVisible()
    assert view.choice.runs.currentText() == trained.name
    # Back to the first, which still holds nothing.
    view.choice.runs.setFocus()
    QTest.keyClick(view.choice.runs, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: view.history is None and "no epochs to show" in view.hint.sentence)


def test_a_run_is_followed_while_it_trains(
    window: MainWindow,
    qtbot: QtBot,
    sets: DigitSets,
    recipe: Recipe,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(view_module, "LOOK_EVERY_MS", 10)
    view = opened(window, qtbot, shown=False)
    run = Run.create(runs_folder(), recipe)
    events = run.train(sets, Control())

    def train_to(epoch: int) -> None:
        for event in events:
            if isinstance(event, CheckpointSaved) and event.epoch == epoch:
                return

    def newest() -> int | None:
        return view.epoch.number if view.epoch else None

    train_to(1)
    qtbot.waitUntil(lambda: newest() == 1)
    train_to(2)
    qtbot.waitUntil(lambda: newest() == 2)  # at the end it goes along
    press(view, Qt.Key.Key_Home)
    train_to(3)
    qtbot.waitUntil(lambda: view.transport.slider.maximum() == 3)
    assert view.epoch.number == 0  # elsewhere it stays
    assert view.troubles.text() == ""
    events.close()


def test_the_windows_own_training_is_looked_back_on_while_it_goes(
    window: MainWindow, qtbot: QtBot, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view_module, "LOOK_EVERY_MS", 10)
    window.training.draft.set_recipe(
        recipe.with_changes(data=BUILTIN, training_digits=200, epochs=1000)
    )
    view = opened(window, qtbot, shown=False)
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(
        lambda: view.history is not None and len(view.history.epochs) > 2, timeout=20_000
    )
    press(view, Qt.Key.Key_Home)
    press(view, Qt.Key.Key_Right)
    drawn(window, qtbot)
    assert window.training.is_running
    assert view.epoch.number == 1
    wanted = outputs(epoch_file(view.history.folder / "epochs", 1), window)
    np.testing.assert_allclose(view.reading.output, wanted, rtol=1e-5)
    window.training.stop()
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=20_000)
    assert view.troubles.text() == ""


def test_a_file_that_goes_away_meanwhile_is_told(
    window: MainWindow, qtbot: QtBot, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view_module, "LOOK_EVERY_MS", 600_000)
    view = opened(window, qtbot)
    drawn(window, qtbot)
    shutil.rmtree(kept / "epochs")
    with qtbot.waitSignal(view.context.notifier.failed) as told:
        press(view, Qt.Key.Key_Home)
    assert "There is no weights file" in told.args[0]
    assert view.reading is None
    window.view_stack.turn_to("maps")
    opened(window, qtbot, shown=False)  # it looks again
    qtbot.waitUntil(lambda: view.history is not None and len(view.history.epochs) == 1)
    assert "only its newest checkpoint, of epoch 4" in view.troubles.text()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_run_of_pipes_and_absurd_numbers_is_shown_as_far_as_it_goes(
    window: MainWindow, qtbot: QtBot, kept: Path
) -> None:
    (kept / "log.jsonl").unlink()
    os.mkfifo(kept / "log.jsonl")
    (kept / "epochs" / "epoch-9999999999.safetensors").touch()
    broken = epoch_file(kept / "epochs", 2)
    broken.unlink()
    os.mkfifo(broken)
    view = opened(window, qtbot)
    assert [epoch.number for epoch in view.history.epochs] == [0, 1, 3, 4]
    told = view.troubles.text()
    assert "Epoch 2 is left out: There is no weights file epoch-0002.safetensors" in told
    assert "The log log.jsonl could not be read: it is not a regular file." in told
    for file in (*(kept / "epochs").iterdir(), kept / "checkpoint.safetensors"):
        file.unlink()
    os.mkfifo(kept / "checkpoint.safetensors")
    qtbot.waitUntil(lambda: "no epochs to show" in view.hint.sentence)


def test_the_animation_has_a_frame_for_each_epoch(
    window: MainWindow, qtbot: QtBot, kept: Path, tmp_path: Path, name_file: Callable[..., None]
) -> None:
    view = opened(window, qtbot)
    assert not view.exporter.isEnabled()
    assert "draw a digit first" in " ".join(view.exporter.toolTip().split())
    drawn(window, qtbot)
    qtbot.waitUntil(view.exporter.isEnabled)
    assert "nothing to export" not in view.exporter.toolTip()
    target = tmp_path / "walk.gif"
    with qtbot.waitSignal(view.context.notifier.noted, timeout=20_000) as told:
        name_file(view.exporter.animation, target)
    assert told.args[0] == f"Saved {target}: {EPOCHS + 1} frames."
    assert view.exporter.text() == "Export"
    with Image.open(target) as gif:
        assert gif.n_frames == EPOCHS + 1
        assert gif.info["loop"] == 0
        frames = []
        for number in range(gif.n_frames):
            gif.seek(number)
            frames.append(np.asarray(gif.convert("RGB")))
            assert gif.info["duration"] == (1000 if number == EPOCHS else 250)
    assert all((one != other).any() for one, other in itertools.pairwise(frames))
    assert tuple(frames[0][2, 2]) == (255, 255, 255)


def test_the_frames_are_pictures_in_a_folder_and_can_be_cancelled(
    window: MainWindow,
    qtbot: QtBot,
    kept: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = opened(window, qtbot)
    drawn(window, qtbot)
    monkeypatch.setattr(view.context.ask, "folder", lambda _title: tmp_path)
    view.exporter.pictures()
    assert view.exporter.is_busy
    with qtbot.waitSignal(view.context.notifier.noted) as told:
        QTest.mouseClick(view.exporter, Qt.MouseButton.LeftButton)
    assert "cancelled" in told.args[0]
    assert not view.exporter.is_busy
    with qtbot.waitSignal(view.context.notifier.noted, timeout=20_000) as told:
        view.exporter.pictures()
    folder = tmp_path / f"{kept.name} frames"
    assert told.args[0] == f"Saved {EPOCHS + 1} pictures in {folder}."
    names = sorted(file.name for file in folder.iterdir())
    assert names == [f"epoch-{number:04}.png" for number in range(EPOCHS + 1)]
    with Image.open(folder / names[0]) as first, Image.open(folder / names[-1]) as last:
        assert first.size == last.size
        assert first.convert("RGB").tobytes() != last.convert("RGB").tobytes()


def test_a_place_that_cannot_be_written_is_told(
    window: MainWindow, qtbot: QtBot, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened(window, qtbot)
    drawn(window, qtbot)
    (tmp_path / f"{kept.name} frames").write_bytes(b"")
    monkeypatch.setattr(view.context.ask, "folder", lambda _title: tmp_path)
    with qtbot.waitSignal(view.context.notifier.failed, timeout=20_000) as told:
        view.exporter.pictures()
    assert "could not be written" in told.args[0]
    assert view.exporter.text() == "Export"


def test_kernels_stand_beside_the_maps_in_a_wide_window(
    window: MainWindow, qtbot: QtBot, kept: Path
) -> None:
    view = opened(window, qtbot)
    for size, is_beside, least in (((1024, 700), False, 28), ((1600, 1000), True, 56)):
        window.resize(*size)
        qtbot.waitUntil(
            lambda wanted=is_beside: (
                (view.kernels.x() > view.maps.geometry().right()) is wanted
                and (view.kernels.y() > view.maps.geometry().bottom()) is not wanted
            )
        )
        assert view.maps.layout_of.by_name["C1"].pictures[0].width >= least


def test_the_curve_takes_the_height_that_maps_and_kernels_leave(window, in_front, qtbot):
    window.resize(1500, 1000)
    view = in_front()
    below = view.maps.parentWidget()
    assert below.is_beside
    qtbot.waitUntil(lambda: view.curve.height() > 0.25 * view.height())
    end = max(placed.bounds.bottom for placed in view.maps.layout_of.panels)
    assert end > 0.7 * below.height()
    window.resize(1500, 620)
    qtbot.waitUntil(lambda: view.curve.height() < 0.15 * view.height())


def test_the_epochs_of_a_network_trained_on_clothes_answer_with_their_names(
    window: MainWindow, kept: Path, in_front: Callable[[], RunView]
) -> None:
    for file in epoch_files(kept / "epochs").values():
        loaded = load_weights(file)
        save_weights(loaded.network, file, {**loaded.facts, **facts_of_classes(FASHION)})
    draw(window)
    view = in_front()
    assert view.reading is not None
    assert view.reading.class_names == FASHION
    named = FASHION[view.reading.answer], FASHION[view.reading.runner_up], "none of these"
    assert any(words in view.answer_line.text() for words in named)
    head = window.answer_view
    assert FASHION[view.reading.runner_up] in head.accessibleName() + head.accessibleDescription()
