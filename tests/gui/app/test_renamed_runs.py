"""A run that is renamed or deleted is known by its new name, or no more, wherever it is shown."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.portraits import draw
from lenet_gui.gui.views.run.view import RunView
from lenet_gui.training.recipe import BUILTIN, Recipe

WAIT_MS = 100_000

RECIPE = Recipe(
    name="tiny", variant="modern", data=BUILTIN, training_digits=200, epochs=2, batch_size=10,
    loss="cross-entropy", device="cpu",
)  # fmt: skip


@pytest.fixture
def trained(window: MainWindow, qtbot: QtBot) -> Callable[[], Path]:
    """`trained()`: the folder of a run that was trained and followed in the window."""

    def train() -> Path:
        window.training.draft.set_recipe(RECIPE)
        window.training.commands.follow.setChecked(True)
        with qtbot.waitSignal(
            window.training.running_changed,
            timeout=WAIT_MS,
            check_params_cb=lambda running: not running,
        ):
            window.training.start()
        qtbot.waitUntil(lambda: window.runs.is_settled)
        folder = window.training.run_folder
        assert folder is not None
        return folder

    return train


def shown_run(window: MainWindow, qtbot: QtBot) -> RunView:
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F8")
    view = window.view_stack.view
    assert isinstance(view, RunView)
    qtbot.waitUntil(lambda: view.history is not None and view.is_settled)
    return view


def test_a_renamed_run_is_known_by_its_new_name_everywhere(
    window: MainWindow, qtbot: QtBot, trained: Callable[[], Path]
) -> None:
    folder, panel = trained(), window.training
    earlier = shutil.copytree(folder, folder.with_name("2026-01-01 earlier"))
    draw(window)
    window.runs.look_again()
    view = shown_run(window, qtbot)
    view.choice.choose_name(folder.name)
    qtbot.waitUntil(lambda: view.history is not None and view.history.folder == folder)
    view.transport.slider.setValue(1)
    plots = panel.panes.plots
    qtbot.waitUntil(lambda: plots.earlier.findData(str(earlier)) > 0)
    plots.earlier.setCurrentIndex(plots.earlier.findData(str(earlier)))
    plots.earlier.activated.emit(plots.earlier.currentIndex())
    networks = window.networks
    assert networks.shown is not None
    assert networks.shown.origin == f"{folder.name}, shown for now"

    now = folder.with_name("mine")
    with qtbot.waitSignal(window.runs.renamed):
        window.runs.rename(folder, now.name)
    qtbot.waitUntil(lambda: view.history is not None and view.is_settled)
    assert view.state.run == now.name
    assert view.history is not None
    assert view.history.folder == now
    assert view.epoch is not None
    assert view.epoch.number == 1
    assert networks.shown.origin == "mine, shown for now"
    assert "mine, shown for now" in window.windowTitle()
    assert panel.run_folder == panel.panes.run_box.folder == now
    assert plots.run is not None
    assert plots.run.name == "mine"
    with qtbot.waitSignal(panel.ending_controller.show_wanted) as told:
        panel.ending.look.click()
    assert told.args == [now]
    panel.ending.use.click()
    assert networks.current is not None
    assert networks.current.origin == "mine"
    with qtbot.waitSignal(window.runs.renamed):
        window.runs.rename(earlier, "the one before")
    earlier = earlier.with_name("the one before")
    assert plots.earlier.currentData() == str(earlier)
    assert plots.earlier.currentText() == "one before"

    with qtbot.waitSignal(window.runs.removed):
        window.runs.delete(now)
    qtbot.waitUntil(lambda: view.history is not None and view.history.folder == earlier)
    assert panel.run_folder is None
    assert panel.panes.run_box.folder is None
    assert panel.ending.isHidden()
    assert plots.run is None
    assert networks.current.origin == "mine"  # it answers until another is chosen


def test_a_run_is_in_training_as_soon_as_it_is_resumed_and_goes_with_its_ending(
    window: MainWindow, qtbot: QtBot, trained: Callable[[], Path]
) -> None:
    folder = trained()
    (folder / "recipe.json").write_text(RECIPE.with_changes(epochs=3).to_json())
    panel = window.training
    panel.start()
    panel.stop()
    qtbot.waitUntil(lambda: not panel.is_running)
    panel.resume_run(folder)
    assert panel.is_running
    assert panel.run_folder == folder  # while its digits are being loaded, too
    qtbot.waitUntil(lambda: not panel.is_running, timeout=WAIT_MS)
    assert panel.ending.words.text().startswith("Finished: 3 epochs")
    before = window.networks.current
    with qtbot.waitSignal(window.runs.removed):
        window.runs.throw_away(folder)
    assert not folder.exists()
    assert panel.ending.isHidden()  # it is not offered any more
    assert window.networks.shown is before
