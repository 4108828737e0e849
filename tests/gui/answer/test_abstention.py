"""What is drawn in the window may be no digit: it says so, and why, and nothing moves."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.collections.known import FASHION
from lenet_gui.gui.answer.view import AnswerView
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.portraits import STROKE
from lenet_gui.net.architecture import Variant
from lenet_gui.net.calibration import Calibration
from lenet_gui.net.weights_file import load_weights, save_weights
from lenet_gui.paths import bundled
from lenet_gui.training.recipe import Recipe
from tests.support.run_events import started


def draw_a_three(window: MainWindow, qtbot: QtBot) -> None:
    area = window.canvas.area
    first, *rest = (
        QPointF(area.x() + x * area.width(), area.y() + y * area.height()).toPoint()
        for x, y in STROKE
    )
    with qtbot.waitSignal(window.live.read):
        QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=first)
        for place in rest:
            QTest.mouseMove(window.canvas, place)
        QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=rest[-1])
    qtbot.waitUntil(lambda: window.live.is_settled)


def shipped_with(variant: Variant, folder: Path, **facts: str) -> Path:
    """A file of the shipped weights that says otherwise when to abstain."""
    loaded = load_weights(bundled("weights", f"lenet5-{variant}.safetensors"))
    path = folder / "strict.safetensors"
    save_weights(loaded.network, path, {**loaded.facts, **facts})
    return path


def boxes(window: MainWindow) -> list[object]:
    view = window.answer_view
    return [part.geometry() for part in (view, view.head, view.bars)]


@pytest.mark.parametrize(
    ("variant", "facts", "name", "reason"),
    [
        (Variant.ORIGINAL, {"answer_j": "0"}, "Not a digit", "beyond 0 it is not a digit."),
        (
            Variant.MODERN,
            {"loss": "cross-entropy-rubbish", "answer_j": "-100"},
            "Not a digit",
            "below 100 it is not a digit.",
        ),
        (
            *(Variant.MODERN, {"loss": "cross-entropy", "least_margin": "100"}),
            *("Undecided: 3 or ", "at least 100 is required."),
        ),
    ],
)
def test_the_window_says_that_it_abstains_and_why_and_nothing_moves(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    variant: Variant,
    facts: dict[str, str],
    name: str,
    reason: str,
) -> None:
    button = window.findChild(QToolButton, f"variant-{variant}")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    draw_a_three(window, qtbot)
    view = window.answer_view
    assert view.accessibleName().startswith("Answer: 3, runner-up ")
    answered = boxes(window), window.grab().toImage()
    with qtbot.waitSignal(window.live.read):
        assert window.networks.load(shipped_with(variant, tmp_path, **facts))
    assert view.accessibleName().startswith(f"Answer: none. {name}")
    assert reason in view.accessibleDescription()
    assert "It would be 3" in view.accessibleDescription()
    assert reason in " ".join(view.head.toolTip().split())
    assert boxes(window) == answered[0]
    assert window.grab().toImage() != answered[1]
    with qtbot.waitSignal(window.live.read):
        window.actions_["shipped-weights"].trigger()
    assert view.accessibleName().startswith("Answer: 3, runner-up ")
    assert reason not in " ".join(view.head.toolTip().split())


def test_a_network_in_training_is_judged_by_the_loss_of_its_recipe(
    window: MainWindow, qtbot: QtBot
) -> None:
    draw_a_three(window, qtbot)
    assert window.live.reading.rubbish is not None
    network = window.networks.current.network
    began = started()
    with qtbot.waitSignal(window.live.read):
        recipe = Recipe(variant="original", loss="distance")
        window.networks.follow(network, replace(began, recipe=recipe))
    assert window.live.reading.calibration.j is None
    assert window.live.reading.rubbish is None
    with qtbot.waitSignal(window.live.read):
        recipe = Recipe(variant="original", loss="map")
        window.networks.follow(network, replace(began, recipe=recipe))
    assert window.live.reading.rubbish is not None


LONG = tuple(f"long sleeved T-shirt {number}" for number in range(10))


@pytest.mark.parametrize("names", [DIGIT_NAMES, FASHION, LONG], ids=["digits", "clothes", "long"])
@pytest.mark.parametrize("width", [200, 250, 400])
@pytest.mark.parametrize(
    "calibration",
    [Calibration(0.125), Calibration(100.0, 99.75), Calibration(100.0)],
    ids=["rubbish", "margin", "answer"],
)
def test_all_words_fit(qtbot, cell_commands, read, pixels, width, calibration, names):
    """The last line's ink ends above the head's bottom, and begins at the same left edge."""
    view = AnswerView(cell_commands)
    view.set_class_names(names)
    view.resize(width, 520)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    empty = view.head.height()
    output = np.full(10, 99.875, np.float32)
    reading = replace(
        read(Variant.ORIGINAL),
        calibration=calibration,
        output=output,
        answer=0,
        runner_up=9,
        margin=88.88,
        class_names=names,
    )
    view.show_reading(reading)
    shown = pixels(view.head).astype(int)
    ink = (np.abs(shown - shown[0, 0]) > 60).any(axis=2)
    assert view.head.height() == empty
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    assert rows[0] >= 2
    assert rows[-1] <= view.head.height() - 3
    assert columns[-1] <= width - 4
