"""A training panel on few digits."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
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
from lenet_gui.gui.training.plots.curve_plot import CurvePlot
from lenet_gui.gui.training.plots.curves import RunCurves
from lenet_gui.gui.training.plots.plots_pane import PlotsPane
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.training.recipe import Recipe
from tests.support.run_events import STEPS, epoch, steps

WAIT_MS = 100_000
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


@pytest.fixture
def run() -> RunCurves:
    """Two epochs of the Original."""
    curves = RunCurves(Recipe(epochs=4), "2026-11-23 mine 0002", STEPS)
    for number in (1, 2):
        for part in range(5):
            last = (number - 1) * STEPS + (part + 1) * 10
            curves.add(steps(last, tuple(80 / (last - 9 + i) for i in range(10)), last / 100))
        curves.add(epoch(number))
    return curves


@pytest.fixture
def pane(
    qtbot: QtBot, file_dialogs: FileDialogs, notifier: Notifier, run: RunCurves
) -> Iterator[PlotsPane]:
    pane = PlotsPane(file_dialogs, notifier)
    qtbot.addWidget(pane)
    pane.resize(900, 220)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.set_run(run)
    return pane


@pytest.fixture(scope="session")
def long_run() -> RunCurves:
    """4 epochs at batch 1: losses of the Original near its floor, some high, one very high."""
    long = RunCurves(Recipe(epochs=4, batch_size=1), "long", 60_000)
    losses = 0.65 + np.random.default_rng(3).exponential(size=(4, 10, 6000)) ** 3
    losses[2, 5, 3000] = 1e6
    for part, some in enumerate(losses.reshape(-1, 6000)):
        long.add(steps((part + 1) * 6000, tuple(some.tolist()), 0.9))
    return long


@pytest.fixture(scope="session")
def show_all() -> Callable[[CurvePlot], float]:
    """Has a plot find the range that it shows, as its first painting does: pixels an epoch."""

    def shown(plot: CurvePlot) -> float:
        plot.grab()
        view = plot.plot.getPlotItem().vb
        return float(view.width() / view.viewRect().width())

    return shown
