"""The title tells two windows of the program from each other in the task bar."""

from collections.abc import Callable
from pathlib import Path

import torch
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.weights_file import save_weights
from lenet_gui.paths import runs_folder
from lenet_gui.training.presets import preset
from lenet_gui.training.recipe import BUILTIN

LONG = 20_000
END = " - LeNet Laboratory"


def test_the_title_names_the_network_and_the_run_in_training(
    window: MainWindow, qtbot: QtBot, name_file: Callable[..., None], tmp_path: Path
) -> None:
    assert window.windowTitle() == f"Original, shipped weights{END}"
    mine = tmp_path / "mine.safetensors"
    save_weights(build(Variant.MODERN, torch.Generator().manual_seed(1)), mine, {})
    name_file(window.actions_["load-weights"].trigger, mine)
    assert window.windowTitle() == f"Modern, mine.safetensors{END}"

    recipe = preset("original-quick").with_changes(data=BUILTIN, training_digits=200, epochs=1)
    window.training.draft.set_recipe(recipe)
    titles: list[str] = []
    window.windowTitleChanged.connect(titles.append)
    assert not window.actions_["export-plots"].isEnabled()  # there are none yet
    window.actions_["start-training"].trigger()
    qtbot.waitUntil(lambda: bool(titles) and not window.training.is_running, timeout=LONG)
    run = next(runs_folder().iterdir()).name
    assert any(f" - training {run}{END}" in title for title in titles)
    assert "training" not in window.windowTitle()
    assert window.actions_["export-plots"].isEnabled()
