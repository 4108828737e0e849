"""The page of the step sizes, fed by a real training with SDLM through the panel."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, QRectF, Qt, Slot
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.gui.training.plots.step_size_chart import INKS
from lenet_gui.gui.training.plots.step_sizes import NO_RUN, NO_SDLM, StepSizesPane
from lenet_gui.training.events import StepSizes
from lenet_gui.training.recipe import Recipe

Click = Callable[[Any, str], None]
NameFile = Callable[[Callable[[], object], Path | None], None]
WAIT_MS = 100_000
LAYERS = {"C1": 156, "S2": 12, "C3": 1516, "S4": 32, "C5": 48_120, "F6": 10_164}


class Passes(QObject):
    """Keeps the step sizes that the training tells."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.told: list[StepSizes] = []

    @Slot(object)
    def hear(self, event: object) -> None:
        if isinstance(event, StepSizes):
            self.told.append(event)


def run_to_end(panel: TrainingPanel, qtbot: QtBot, click: Click) -> None:
    with qtbot.waitSignal(
        panel.running_changed, timeout=WAIT_MS, check_params_cb=lambda running: not running
    ):
        click(panel, "start training")


@pytest.fixture
def told(panel: TrainingPanel) -> list[StepSizes]:
    passes = Passes(panel)
    panel.controller.event_happened.connect(passes.hear)
    return passes.told


@pytest.fixture
def trained(
    panel: TrainingPanel,
    told: list[StepSizes],
    qtbot: QtBot,
    click: Click,
    small_folder: Path,
) -> StepSizesPane:
    """The page after two passes with the paper's optimiser, turned to."""
    recipe = Recipe(name="sdlm", data=str(small_folder), epochs=2, batch_size=5, optimiser="sdlm",
                    learning_rate=0.0001, curvature_digits=60, first_epoch_measures=2,
                    device="cpu")  # fmt: skip
    panel.draft.set_recipe(recipe.with_changes(schedule="paper", training_digits=60))
    run_to_end(panel, qtbot, click)
    click(panel, "page step_sizes")
    assert len(told) == 2
    return panel.panes.step_sizes


def test_every_pass_is_counted_and_can_be_chosen(
    trained: StepSizesPane, told: list[StepSizes], qtbot: QtBot
) -> None:
    for event, counted in zip(told, trained.passes, strict=True):
        assert {layer: sum(counts) for layer, counts in counted.counts.items()} == LAYERS
        assert (counted.smallest, counted.largest) == (event.smallest, event.largest)
    assert trained.plot.shown == trained.passes[1]
    assert trained.words.text().startswith("Before epoch 2: 60,000 step sizes eta/(mu + h), ")
    assert "eta 1e-4, mu 0.02; h measured on 60 digits" in trained.words.text()
    trained.chooser.setFocus()
    qtbot.keyClick(trained.chooser, Qt.Key.Key_Down)
    assert trained.chooser.currentText() == "epoch 1"
    assert trained.plot.shown == trained.passes[0]
    assert trained.words.text().startswith("Before epoch 1 (first of 2 measures): ")
    assert trained.plot.shown.ceiling == pytest.approx(0.005)
    assert trained.passes[0].counts != trained.passes[1].counts


def test_bars_lie_in_their_rows_and_are_told_where_the_pointer_is(
    trained: StepSizesPane, qtbot: QtBot
) -> None:
    plot = trained.plot
    shown = plot.shown
    assert shown is not None
    assert list(shown.counts) == list(LAYERS)
    image: QImage = plot.grab().toImage()
    for layer, counts in shown.counts.items():
        fullest = max(range(len(counts)), key=counts.__getitem__)
        bar = plot.bar_of((layer, fullest))
        assert plot.row_of(layer).adjusted(0, 0, 0, 0.01).contains(bar)  # but for rounding
        assert QRectF(plot.rect()).contains(bar)
        middle = bar.center().toPoint() - QPoint(2, 0)  # beside the ceiling's line
        assert image.pixelColor(middle).name() == INKS[layer].light
        qtbot.mouseMove(plot, middle)
        words = f": {counts[fullest]:,} of {LAYERS[layer]:,} weights"
        assert trained.words.text().startswith(f"{layer}, ")
        assert trained.words.text().endswith(words)
    row = plot.row_of("C1")
    for size in (7e-5, 0.016, shown.ceiling):
        assert row.left() < plot.place_of(size, 0).x() < row.right()
    assert plot.bin_at(row.topLeft() - QPoint(9, 9).toPointF()) is None


def test_arrow_keys_go_from_bin_to_bin_and_layer_to_layer(
    trained: StepSizesPane, qtbot: QtBot
) -> None:
    trained.plot.setFocus()
    for key, layer in (("Right", "C1"), ("Right", "C1"), ("Down", "S2"), ("Up", "C1"),
                       ("Up", "F6"), ("Left", "F6")):  # fmt: skip
        qtbot.keyClick(trained.plot, getattr(Qt.Key, f"Key_{key}"))
        assert trained.words.text().startswith(f"{layer}, ")
        assert trained.plot.accessibleDescription() == trained.words.text()
    trained.chooser.setFocus()
    assert trained.words.text().startswith("Before epoch")


def test_nothing_is_painted_outside_at_any_size(trained: StepSizesPane) -> None:
    for width, height in ((144, 104), (1400, 110), (300, 900)):
        trained.plot.resize(width, height)
        trained.plot.grab()
        row = trained.plot.row_of("F6")
        assert row.width() > 50
        assert trained.plot.rect().toRectF().contains(row)


def test_a_training_without_sdlm_says_so_and_a_discarded_run_is_forgotten(
    trained: StepSizesPane,
    panel: TrainingPanel,
    qtbot: QtBot,
    click: Click,
    small_recipe: Recipe,
) -> None:
    assert "Point at a bin" in trained.plot.statusTip()
    click(panel, "discard run")
    click(panel, "really discard")
    assert trained.passes == ()
    assert trained.plot.instead == NO_RUN
    assert trained.plot.statusTip() == ""
    assert not trained.chooser.isEnabled()
    panel.draft.set_recipe(small_recipe)
    run_to_end(panel, qtbot, click)
    assert trained.plot.instead == NO_SDLM
    assert trained.plot.accessibleDescription() == NO_SDLM
    assert trained.words.text() == ""
    trained.plot.grab()
    with qtbot.waitSignal(panel.notifier.failed) as failed:
        trained.write(Path("x.png"))
    assert "train with SDLM first" in failed.args[0]


def test_the_histogram_is_written_as_picture_drawing_and_figures(
    trained: StepSizesPane,
    panel: TrainingPanel,
    qtbot: QtBot,
    click: Click,
    tmp_path: Path,
    name_file: NameFile,
) -> None:
    for name in ("h.png", "h.svg"):
        with qtbot.waitSignal(panel.notifier.noted) as noted:
            name_file(lambda: click(panel, "export step sizes"), tmp_path / name)
        assert noted.args[0] == f"Saved {tmp_path / name}."
    picture = QImage(str(tmp_path / "h.png"))
    assert (picture.width(), picture.height()) == (1800, 1040)
    text = "".join(ET.parse(tmp_path / "h.svg").getroot().itertext())  # noqa: S314 - our own
    assert "the paper's first pass: 7e-5 to 0.016" in text
    assert "ceiling eta/mu = 0.005" in text
    assert "Before epoch 2: 60,000 step sizes" in text
    with qtbot.waitSignal(panel.notifier.noted):
        trained.write(tmp_path / "h.csv")
    rows = list(csv.DictReader((tmp_path / "h.csv").read_text().splitlines()))
    assert sum(int(row["weights"]) for row in rows) == 2 * 60_000
    trained.write(tmp_path / "h.npz")
    with np.load(tmp_path / "h.npz") as arrays:  # the same rows, and what they are
        for heading in rows[0]:
            assert arrays[heading].tolist() == [
                row[heading] if heading == "layer" else float(row[heading]) for row in rows
            ]
        assert "Before epoch 2: 60,000 step sizes" in str(arrays["about"][2])
    with qtbot.waitSignal(panel.notifier.failed) as failed:
        trained.write(tmp_path / "h.gif")
    assert "must end in .png, .svg, .csv" in failed.args[0]
