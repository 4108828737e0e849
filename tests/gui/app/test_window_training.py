"""Training in the main window: started, followed, paused, used, closed in the middle."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.progress_edge import ProgressEdge
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.library.network_list import SHOWN
from lenet_gui.gui.portraits import draw
from lenet_gui.gui.training.plots.curve_plot import CurvePlot
from lenet_gui.gui.training.plots.curves import Line, Quantity
from lenet_gui.gui.training.plots.legend import LegendEntry
from lenet_gui.gui.training.running.controller import Phase
from lenet_gui.gui.views.compare.text import network_titles
from lenet_gui.gui.views.compare.view import CompareView
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.net.architecture import Variant
from lenet_gui.net.weights_file import load_weights
from lenet_gui.paths import runs_folder
from lenet_gui.training.presets import preset
from lenet_gui.training.recipe import BUILTIN, Recipe
from lenet_gui.training.run import Run
from tests.support.dialogs import Pressing

LONG = 20_000


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow()  # not left to qtbot, which would close it while it trains
    window.networks.switch(Variant.ORIGINAL)
    window.resize(1024, 700)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    if window.training.is_running:
        window.training.stop()
        qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)
    assert window.close()
    window.deleteLater()


def small(variant: Variant = Variant.ORIGINAL, **changes: object) -> Recipe:
    recipe = preset(f"{variant}-quick")
    return recipe.with_changes(data=BUILTIN, training_digits=200, **{"epochs": 2, **changes})


def start(window: MainWindow, qtbot: QtBot, recipe: Recipe) -> None:
    window.training.draft.set_recipe(recipe)
    with qtbot.waitSignal(window.training.running_changed, timeout=LONG):
        QTest.keyClick(window, Qt.Key.Key_F5)


def until_running(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.training.controller.phase is Phase.RUNNING, timeout=LONG)


def words(window: MainWindow) -> str:
    return window.findChild(ElidedLabel, "network-in-use").text()


def test_a_run_to_its_end_and_its_weights_in_use(window: MainWindow, qtbot: QtBot) -> None:
    draw(window)
    start(window, qtbot, small(Variant.MODERN))
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)
    assert window.networks.current.variant is Variant.ORIGINAL
    with qtbot.waitSignal(window.networks.changed):
        window.training.ending.use_wanted.emit()
    assert window.networks.current.variant is Variant.MODERN
    assert words(window).startswith(next(runs_folder().iterdir()).name)
    qtbot.waitUntil(lambda: window.live.reading.variant is Variant.MODERN)


def test_following_shows_the_newest_weights_and_leaves_the_running_network(
    window: MainWindow, qtbot: QtBot
) -> None:
    draw(window)
    qtbot.waitUntil(lambda: window.live.reading is not None)
    used = window.live.reading.output
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.training.commands.follow.isChecked()
    seen: list[np.ndarray] = []
    window.live.read.connect(lambda reading, _: seen.append(reading.output))
    start(window, qtbot, small(epochs=500))
    qtbot.waitUntil(lambda: len(seen) > 4, timeout=LONG)
    assert not np.array_equal(seen[-1], seen[-3])
    assert "original-quick changed, in training" in words(window)
    run = next(runs_folder().iterdir()).name
    assert window.windowTitle() == f"Original, in training: {run} - LeNet Laboratory"
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: np.array_equal(window.live.reading.output, used), timeout=LONG)
    assert "shipped weights" in words(window)


def test_the_status_line_says_what_the_button_under_the_pointer_does_now(
    window: MainWindow, qtbot: QtBot
) -> None:
    commands, button = window.training.commands, window.training.line.pause
    commands.show_phase(Phase.RUNNING)
    QTest.mouseMove(window.canvas)
    QTest.mouseMove(button)
    qtbot.waitUntil(lambda: window.statusBar().currentMessage().startswith("Pause training"))
    commands.show_phase(Phase.PAUSED)
    assert window.statusBar().currentMessage() == "Resume training"
    commands.show_phase(Phase.RUNNING)
    assert window.statusBar().currentMessage().startswith("Pause training")


def test_what_was_followed_to_its_end_stays_to_be_seen_until_another_is_chosen(
    window: MainWindow, qtbot: QtBot
) -> None:
    draw(window)
    qtbot.waitUntil(lambda: window.live.reading is not None)
    used = window.live.reading.output
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    start(window, qtbot, small(epochs=2))
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)
    name = next(runs_folder().iterdir()).name
    assert words(window).startswith(f"{name}, shown for now, test error")
    qtbot.waitUntil(lambda: not np.array_equal(window.live.reading.output, used))
    trained = window.live.reading.output
    assert window.networks.current.origin == "shipped weights"
    assert window.networks.followed is None  # nothing is in training
    with qtbot.waitSignal(window.networks.changed):
        QTest.mouseClick(window.training.ending.use, Qt.MouseButton.LeftButton)
    assert words(window).startswith(f"{name}, test error")
    assert words(window).endswith("on built-in digits")
    assert not window.training.ending.isVisible()
    assert window.training.commands.follow.isChecked()  # the next one is followed as well
    qtbot.waitUntil(lambda: np.array_equal(window.live.reading.output, trained))


def test_in_use_is_everywhere_what_the_header_names(window: MainWindow, qtbot: QtBot) -> None:
    """In Compare too, opened before, and whether it is in front or not."""
    draw(window)
    qtbot.waitUntil(lambda: window.live.reading is not None)
    window.view_stack.turn_to("compare")
    view = window.view_stack.view
    assert isinstance(view, CompareView)

    def assert_same() -> None:
        shown, a = window.networks.shown, view.pair.networks[0]
        assert view.choices[0].currentText() == SHOWN
        assert shown is a
        assert words(window).startswith(shown.origin)
        assert shown.origin in network_titles(view.pair, 0)[0] or shown.test_accuracy is not None
        reading = view.pair.readings[0]
        assert reading is not None
        assert np.array_equal(reading.output, window.live.reading.output)

    assert_same()
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    seen: list[str] = []
    window.live.read.connect(lambda *_: seen.append(words(window)))
    start(window, qtbot, small(epochs=500))
    qtbot.waitUntil(lambda: sum("in training" in one for one in seen) > 2, timeout=LONG)
    qtbot.waitUntil(lambda: window.live.is_settled)
    assert "in training" in words(window)
    assert_same()
    window.view_stack.turn_to("maps")
    before = len(seen)
    qtbot.waitUntil(lambda: len(seen) > before + 2, timeout=LONG)
    window.view_stack.turn_to("compare")
    qtbot.waitUntil(lambda: window.live.is_settled)
    assert_same()
    QTest.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)
    qtbot.waitUntil(lambda: window.live.is_settled)
    assert "shown for now" in words(window)
    assert_same()
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.live.is_settled)
    assert words(window).startswith("shipped weights")
    assert_same()


@pytest.mark.parametrize("act", ["choose", "unfollow", "discard"])
def test_the_network_in_use_comes_back_when_the_trained_one_is_left(
    window: MainWindow, qtbot: QtBot, act: str
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    start(window, qtbot, small(epochs=1))
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)
    assert "shown for now" in words(window)
    if act == "choose":
        QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    elif act == "unfollow":
        QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    else:
        row = window.training.ending
        QTest.mouseClick(row.discard, Qt.MouseButton.LeftButton)
        QTest.mouseClick(row.really, Qt.MouseButton.LeftButton)
    assert words(window).startswith("shipped weights")


def test_what_learned_nothing_does_not_stay(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    start(window, qtbot, small(epochs=1, learning_rate=10))
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)
    assert words(window).startswith("shipped weights")


def test_the_run_that_has_ended_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    start(window, qtbot, small(epochs=1))
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)
    QTest.mouseClick(window.training.ending.look, Qt.MouseButton.LeftButton)
    assert window.view_stack.name == "run"
    view = window.view_stack.view
    name = next(runs_folder().iterdir()).name
    qtbot.waitUntil(lambda: view.history is not None, timeout=LONG)
    assert view.history.folder.name == name


def test_another_network_that_is_chosen_ends_the_following(
    window: MainWindow, qtbot: QtBot
) -> None:
    draw(window)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    start(window, qtbot, small(epochs=500))
    qtbot.waitUntil(lambda: "in training" in words(window), timeout=LONG)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert not window.training.commands.follow.isChecked()
    heard: list[str] = []
    window.networks.shown_changed.connect(lambda shown: heard.append(shown.origin))
    events: list[object] = []
    window.training.controller.event_happened.connect(events.append)
    qtbot.waitUntil(lambda: len(events) > 20, timeout=LONG)
    assert not any("in training" in origin for origin in heard)
    assert window.networks.shown.variant is Variant.MODERN
    assert window.training.is_running


def test_drawing_goes_on_while_it_trains(window: MainWindow, qtbot: QtBot) -> None:
    start(window, qtbot, small(epochs=500))
    until_running(window, qtbot)
    draw(window)
    qtbot.waitUntil(lambda: window.live.reading is not None, timeout=LONG)
    assert window.live.reading.answer == 3
    assert window.training.is_running


def test_pause_and_stop_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    start(window, qtbot, small(epochs=500))
    until_running(window, qtbot)
    QTest.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: window.training.controller.phase is Phase.PAUSED, timeout=LONG)
    QTest.keyClick(window, Qt.Key.Key_F6)
    until_running(window, qtbot)
    QTest.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)
    assert window.training.line.bar.format() == "stopped"
    assert "left" not in window.training.line.figures.text()


def test_closing_in_the_middle_asks_and_keeps_the_checkpoint(qtbot: QtBot) -> None:
    window = MainWindow()
    window.networks.switch(Variant.ORIGINAL)
    with qtbot.waitExposed(window):
        window.show()
    start(window, qtbot, small(epochs=500))
    until_running(window, qtbot)
    qtbot.waitUntil(lambda: window.training.has_checkpoint, timeout=LONG)
    stay = Pressing("Stay")
    assert not window.close()
    assert "A training run is in progress" in stay.asked
    assert "checkpoint of its last complete epoch is kept" in stay.asked
    assert window.training.is_running
    close = Pressing("Close")
    assert window.close()
    assert close.asked
    window.deleteLater()
    checkpoint = _checkpoint()
    assert checkpoint is not None
    assert Run.open(checkpoint.parent).recipe.epochs == 500


def test_closing_in_the_first_epoch_says_that_nothing_is_kept(
    window: MainWindow, qtbot: QtBot
) -> None:
    start(window, qtbot, small().with_changes(training_digits=20_000))
    stay = Pressing("Stay")
    assert not window.close()
    assert "no checkpoint until its first epoch" in stay.asked


def test_closing_over_a_network_in_memory_alone_asks(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def full(file: Path, target: Path) -> Path:
        if target.name == "epoch-0002.safetensors":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return replace(file, target)

    monkeypatch.setattr(Path, "replace", full)
    start(window, qtbot, small())
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)
    assert "No space left on device" in window.messages.text
    stay = Pressing("Stay")
    assert not window.close()
    assert "is only in memory: if you continue, it is lost" in stay.asked
    with qtbot.waitSignal(window.networks.changed):
        window.training.ending.use.click()
    stay = Pressing("Stay")  # in use, and on no disk
    assert not window.close()
    assert stay.asked
    window.training.ending_controller.save(runs_folder() / "mine.safetensors")
    assert load_weights(runs_folder() / "mine.safetensors").facts["epochs"] == "2"
    # The fixture closes the window, unasked.


def _checkpoint() -> Path | None:
    return next(runs_folder().glob("*/checkpoint*"), None)


def test_a_training_that_fails_leaves_the_network_and_says_why(
    window: MainWindow, qtbot: QtBot
) -> None:
    before = window.networks.current
    absurd = {"learning_rate": 100, "weight_decay": 1, "momentum": 0, "batch_size": 8}
    start(window, qtbot, small(epochs=50, optimiser="sgd", **absurd))
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)
    qtbot.waitUntil(lambda: window.messages.text != "", timeout=LONG)
    assert "learning rate" in window.messages.text
    assert window.networks.current is before


def test_the_recipe_is_remembered(qtbot: QtBot) -> None:
    first = MainWindow()
    qtbot.addWidget(first)
    first.training.draft.set_recipe(small(Variant.MODERN, epochs=7))
    first.training.commands.all_settings.setChecked(True)
    first.training.set_folded(folded=False)
    first.show()
    assert first.close()
    second = MainWindow()
    qtbot.addWidget(second)
    assert second.training.recipe == small(Variant.MODERN, epochs=7)
    assert second.training.commands.all_settings.isChecked()
    assert not second.training.is_folded
    second.close()


def is_control(part: QAbstractButton) -> bool:
    """Whether it could be pressed, if it were reached; the legend also explains."""
    return part.isVisible() and not isinstance(part, LegendEntry)


def reach(plot: CurvePlot) -> float:
    """Up to which epoch a plot shows updates."""
    return max(plot.points(Line.STEP)[0], default=0.0)


def test_a_class_sees_how_far_training_is_in_the_full_screen_and_on_the_projector(
    window: MainWindow, qtbot: QtBot
) -> None:
    edge = window.findChild(ProgressEdge)
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not edge.isVisible()
    start(window, qtbot, small(epochs=900))
    assert edge.isVisible()
    until_running(window, qtbot)
    qtbot.waitUntil(lambda: edge.accessibleName().startswith("Training: epoch"), timeout=LONG)
    assert (edge.geometry().bottom(), edge.width()) == (window.rect().bottom(), window.width())
    window.actions_["projected-plots"].trigger()
    QTest.keyClick(window, Qt.Key.Key_F9)
    projector, plots = window.projector.window, window.training.panes.plots
    shown = projector.view.pane
    assert shown.run is plots.run
    there = reach(shown.loss)
    qtbot.waitUntil(lambda: reach(shown.loss) > there, timeout=LONG)
    plots.error.click()
    assert shown.second.quantity is Quantity.ERROR
    assert [part for part in projector.findChildren(QAbstractButton) if is_control(part)] == []
    projector.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not edge.isVisible()
