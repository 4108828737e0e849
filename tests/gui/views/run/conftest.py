"""A finished run of four epochs, and the window with the Modern in use."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from pytestqt.qtbot import QtBot

from lenet_gui.data.builtin import builtin_digits
from lenet_gui.data.digits import DigitSets
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.views.run.view import RunView
from lenet_gui.net.architecture import Variant
from lenet_gui.paths import runs_folder
from lenet_gui.training.control import Control
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.run import Run


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    """Of the run, of four epochs."""
    return Recipe(
        name="small",
        variant="original",
        loss="map",
        epochs=4,
        batch_size=16,
        optimiser="adam",
        learning_rate=0.003,
        schedule="constant",
        device="cpu",
    )


@pytest.fixture(scope="session")
def sets() -> DigitSets:
    return DigitSets(builtin_digits(160, 1), builtin_digits(100, 2))


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory, sets: DigitSets, recipe: Recipe) -> Path:
    """A finished run."""
    torch.set_num_threads(1)
    run = Run.create(tmp_path_factory.mktemp("trained"), recipe)
    for _ in run.train(sets, Control()):
        pass
    return run.folder


@pytest.fixture
def kept(trained: Path) -> Path:
    """The run among those of the window."""
    folder = runs_folder() / trained.name
    shutil.copytree(trained, folder)
    return folder


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    window.networks.switch(Variant.MODERN)
    return window


@pytest.fixture
def in_front(window: MainWindow, qtbot: QtBot, kept: Path) -> Callable[[], RunView]:
    """`in_front()`: the view of the kept run, once that stands there."""

    def turn() -> RunView:
        window.view_stack.turn_to("run")
        view = window.view_stack.view
        assert isinstance(view, RunView)
        qtbot.waitUntil(lambda: view.history is not None and view.is_settled)
        return view

    return turn
