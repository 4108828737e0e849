"""A run that another program is training is neither taken up nor discarded in the window."""

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.training.checkpoint import load_checkpoint
from lenet_gui.training.ending import RunFiles
from lenet_gui.training.lock import locked
from lenet_gui.training.recipe import Recipe

WAIT_MS = 100_000
Click = Callable[[Any, str], None]


def test_a_run_that_is_trained_elsewhere(
    panel: TrainingPanel, qtbot: QtBot, click: Click, small_recipe: Recipe
) -> None:
    panel.draft.set_recipe(small_recipe.with_changes(epochs=1))
    with qtbot.waitSignal(
        panel.running_changed, timeout=WAIT_MS, check_params_cb=lambda running: not running
    ):
        click(panel, "start training")
    folder = panel.panes.run_box.folder
    assert folder is not None
    (folder / "recipe.json").write_text(small_recipe.to_json())  # one more epoch
    files = RunFiles.in_folder(folder)
    with locked(*files.written_whole):
        told = (
            f"Another training run is writing {files.weights}: wait until it has ended, or choose"
        )
        click(panel.ending, "discard run")
        with qtbot.waitSignal(panel.notifier.failed) as failed:
            click(panel.ending, "really discard")
        assert told in failed.args[0]
        with qtbot.waitSignal(panel.notifier.failed, timeout=WAIT_MS) as failed:
            panel.resume_run(folder)
        assert told in failed.args[0]
        qtbot.waitUntil(lambda: not panel.is_running)
    assert load_checkpoint(files.checkpoint).epoch == 1
    with qtbot.waitSignal(
        panel.running_changed, timeout=WAIT_MS, check_params_cb=lambda running: not running
    ):
        panel.resume_run(folder)
    assert load_checkpoint(files.checkpoint).epoch == 2
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
