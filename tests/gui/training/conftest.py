"""A training panel on few digits."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.data.download import MIRRORS
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.library.digit_source import DigitSource
from lenet_gui.gui.library.runs import RunLibrary
from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.training.recipe import Recipe

WAIT_MS = 300_000
"""For what takes as long as it takes; never reached by a program in order."""


@pytest.fixture
def small_folder(small_mnist: Any, tmp_path: Path) -> Path:
    """The folder of the small digits."""
    return small_mnist.write(tmp_path / "small")


@pytest.fixture
def small_recipe(small_folder: Path) -> Recipe:
    """Two quick epochs on the small digits."""
    return Recipe(name="tiny", variant="modern", data=str(small_folder), epochs=2, batch_size=10,
                  loss="cross-entropy", seed=4, device="cpu")  # fmt: skip


@pytest.fixture
def make_panel(
    qtbot: QtBot,
    small_mnist: Any,
    tmp_path: Path,
    file_dialogs: FileDialogs,
    cell_commands: CellCommands,
) -> Iterator[Callable[..., TrainingPanel]]:
    """Opens panels with runs in `tmp_path / "runs"`; they are closed down at the end."""
    panels: list[TrainingPanel] = []
    libraries: list[RunLibrary] = []

    def make(*mirrors: str) -> TrainingPanel:
        source = DigitSource(mirrors or MIRRORS, small_mnist.files)
        runs = RunLibrary(lambda: tmp_path / "runs")
        libraries.append(runs)
        panel = TrainingPanel(file_dialogs, Notifier(), cell_commands, source, runs)
        qtbot.addWidget(panel)
        panel.resize(1024, 260)
        panel.set_folded(folded=False)
        with qtbot.waitExposed(panel):
            panel.show()
        panels.append(panel)
        return panel

    yield make
    for panel in panels:
        assert panel.close_down(10_000)
    for runs in libraries:
        runs.close_down()


@pytest.fixture
def panel(make_panel: Callable[..., TrainingPanel], small_recipe: Recipe) -> TrainingPanel:
    """A panel whose form says `small_recipe`."""
    panel = make_panel()
    panel.draft.set_recipe(small_recipe)
    return panel


@pytest.fixture
def click(qtbot: QtBot) -> Callable[[QWidget, str], None]:
    """Clicks the button of that name, which must be there to be clicked."""

    def do(widget: QWidget, name: str) -> None:
        button = widget.findChild(QAbstractButton, name)
        assert button is not None, name
        assert button.isVisible(), name
        assert button.isEnabled(), name
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    return do
