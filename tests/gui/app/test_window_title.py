"""The title tells two windows of the program from each other in the task bar."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import PIPE

import torch
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.app.window_number import WindowNumber
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


def test_a_second_window_has_a_number_until_the_first_is_closed(
    window: MainWindow, qtbot: QtBot
) -> None:
    first = f"Original, shipped weights{END}"
    assert window.windowTitle() == first
    second = MainWindow()
    qtbot.addWidget(second)
    assert second.windowTitle() == "LeNet Laboratory (2)"
    second.networks.switch(Variant.ORIGINAL)
    assert second.windowTitle() == f"Original, shipped weights (2){END}"
    window.close()
    assert second.windowTitle() == f"Original, shipped weights (2){END}"  # it keeps its own
    third = MainWindow()
    qtbot.addWidget(third)
    third.networks.switch(Variant.ORIGINAL)
    assert third.windowTitle() == first
    third.close()
    second.close()


def test_where_nothing_can_be_written_every_window_is_the_first(tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.touch()
    numbers = WindowNumber(file), WindowNumber(file)
    assert [number.value for number in numbers] == [1, 1]
    for number in numbers:
        number.release()


def test_a_killed_process_leaves_its_number_to_others(tmp_path: Path) -> None:
    held = "import sys, pathlib; from lenet_gui.gui.app.window_number import WindowNumber;"
    held += "print(WindowNumber(pathlib.Path(sys.argv[1])).value, flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", held, str(tmp_path)]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "1\n"
        ours = WindowNumber(tmp_path)
        assert ours.value == 2
        other.kill()
    ours.release()
    again = WindowNumber(tmp_path)
    assert again.value == 1
    again.release()
