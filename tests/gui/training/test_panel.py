"""The panel's shape: folded, narrow, wide; its actions; words; what it imports."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from lenet_gui.gui.core.settings import ChosenData
from lenet_gui.gui.training.page import Page
from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.gui.training.text import ending_text
from lenet_gui.training.described import Group
from lenet_gui.training.events import Failed, Finished, Score, Stopped
from lenet_gui.training.presets import PRESETS, preset_of, with_variant
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.run_folders import run_folders

Click = Callable[[Any, str], None]

SCORE = Score(0.1234, 0.9861, 1139, 10_000)
ENDINGS = (
    Finished(10, SCORE, SCORE, None, 5025.0, {}),
    Finished(10, SCORE, SCORE, None, 5025.0, {}, learned=False),
    Stopped(3, 900, None, 0, {}),
    Stopped(13, 9000, Path("checkpoint"), 12, {}),
    Failed("No room.", 3, None),
    Failed("It diverged.", 13, Path("checkpoint"), diverged=True),
    Failed("No room.", 3, None, weights={}, facts={"test_accuracy": "0.98"}),
)


def test_importing_the_panel_brings_no_torch() -> None:
    code = "import lenet_gui.gui.training.panel, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_it_folds_to_one_line(panel: TrainingPanel, qtbot: QtBot, click: Click) -> None:
    with qtbot.waitSignal(panel.folded_changed) as folded:
        click(panel, "fold training")
    assert folded.args == [True]
    assert panel.is_folded
    assert panel.sizeHint().height() < 1.6 * panel.line.start.sizeHint().height()
    assert not panel.panes.isVisible()
    assert panel.line.start.isVisible()
    click(panel, "fold training")
    assert panel.panes.isVisible()


def test_narrow_shows_one_part_and_wide_all(
    panel: TrainingPanel, qtbot: QtBot, click: Click
) -> None:
    panes = panel.panes
    parts = (panes.recipe, panes.plots, panes.confusion, panes.step_sizes)
    for page in Page:
        click(panel, f"page {page.name.lower()}")
        assert [part.isVisible() for part in parts] == [page == place for place in Page]
    panel.resize(1600, 300)
    qtbot.waitUntil(lambda: panes.is_wide)
    assert [part.isVisible() for part in parts] == [True, True, False, True]
    click(panel, "page confusion")  # shares its place with the step sizes
    assert [part.isVisible() for part in parts] == [True, True, True, False]
    panes.show_page(Page.PLOTS)
    assert [part.isVisible() for part in parts] == [True, True, True, False]
    panel.resize(1024, 240)
    qtbot.waitUntil(lambda: not panes.is_wide)
    assert panel.width() == 1024  # a wide panel can be made narrow again
    assert panel.height() <= 250


def test_every_button_has_a_name_and_a_tooltip(panel: TrainingPanel) -> None:
    for button in panel.findChildren(QAbstractButton):
        if button.objectName().startswith("qt_") or not button.text():
            continue
        assert button.accessibleName() or button.text(), button.objectName()
        assert button.toolTip(), button.text()


def test_actions_tell_their_shortcuts_and_work_from_the_keyboard(
    panel: TrainingPanel, qtbot: QtBot
) -> None:
    panel.commands.fold.setShortcut("F8")
    panel.addAction(panel.commands.fold)
    assert panel.line.fold.toolTip().endswith("(F8)")
    qtbot.keyClick(panel, Qt.Key.Key_F8)
    assert panel.is_folded


def test_a_wrong_recipe_does_not_start_and_its_field_is_shown(
    panel: TrainingPanel, qtbot: QtBot, click: Click
) -> None:
    panel.panes.recipe.form.cell("epochs").editor.value = 0
    panel.set_folded(folded=True)
    click(panel, "start training")
    assert not panel.is_running
    editor = panel.panes.recipe.form.cell("epochs").editor
    assert editor.isVisible()
    qtbot.waitUntil(editor.hasFocus)
    beside = panel.panes.recipe.form.title(Group.OPTIMISER).problem
    assert beside.text() == "! Epochs must be a whole number from 1 to 10000, not 0"
    assert panel.notifier.shown is None  # nothing far from the field


def test_the_data_choice_of_the_window_reaches_the_recipe(panel: TrainingPanel) -> None:
    panel.draft.use_builtin()
    assert panel.recipe is not None
    assert panel.recipe.data == "builtin"
    panel.set_data_choice(ChosenData())
    assert panel.recipe.data == "mnist"


def test_the_runs_path_is_copied(panel: TrainingPanel, click: Click, tmp_path: Path) -> None:
    panel.panes.run_box.show_folder(tmp_path)
    click(panel, "copy run path")
    assert QGuiApplication.clipboard().text() == str(tmp_path)


def test_a_run_that_cannot_be_resumed_is_told(
    panel: TrainingPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(panel.notifier.failed) as failed:
        panel.resume_run(tmp_path / "gone")
    assert "gone is not a run: recipe.json cannot be read (No such file" in failed.args[0]
    (tmp_path / "recipe.json").write_text('{"epochs": 0}')
    with qtbot.waitSignal(panel.notifier.failed) as failed:
        panel.resume_run(tmp_path)
    assert "Epochs must be" in failed.args[0]
    (tmp_path / "recipe.json").write_text(PRESETS["strong-teacher"].to_json())
    with qtbot.waitSignal(panel.notifier.failed) as failed:
        panel.resume_run(tmp_path)
    assert 'Architecture cannot be "strong teacher" in the window' in failed.args[0]
    assert not panel.is_running


def test_only_interrupted_runs_are_resumable(tmp_path: Path) -> None:
    for name, last, checkpoint in (
        ("cut off", '{"event": "steps"}\n{"event": "epo', True),
        ("finished", '{"event": "finished"}', True),
        ("too early", '{"event": "stopped"}', False),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "log.jsonl").write_text(last)
        if checkpoint:
            (tmp_path / name / "checkpoint.safetensors").touch()
    (tmp_path / "no run").mkdir()
    assert {run.folder.name: run.resumable for run in run_folders(tmp_path)} == {
        "cut off": True,
        "finished": False,
        "too early": False,
    }
    assert run_folders(tmp_path / "nowhere") == []


def test_the_twin_of_an_own_recipe_has_its_name() -> None:
    own = Recipe(name="original try", epochs=7)
    assert preset_of(own) is None
    assert with_variant(own, "modern").name == "modern try"


def test_what_a_run_has_come_to_is_read_in_whole_at_1024_pixels(
    panel: TrainingPanel, qtbot: QtBot
) -> None:
    panel.resize(1024, 240)
    for event in ENDINGS:
        words = ending_text(event, SCORE)
        is_diverged = isinstance(event, Failed) and event.diverged
        panel.ending.show_ending(
            "2026-11-27 original-thorough 0001",
            words,
            has_weights=True,
            worth_asking=True,
            may_resume=isinstance(event, Stopped),
            may_go_on=is_diverged,
            may_be_longer=isinstance(event, Finished),
            is_unsaved=isinstance(event, Failed) and event.is_unsaved,
        )
        qtbot.waitUntil(lambda words=words: panel.ending.words.shown == words)
