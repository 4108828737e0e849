"""The view of invariance: dials turned by keys and mouse, live answers, sweeps, their export."""

import csv
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.data.ink import trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.explore.dials import DIALS
from lenet_gui.explore.disturbance import Disturbance
from lenet_gui.explore.movable_ink import MovableInk
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.library.network_list import shipped_name
from lenet_gui.gui.library.networks import shipped_network
from lenet_gui.gui.views.invariance import sweep_runner
from lenet_gui.gui.views.invariance.text import HINT_EMPTY
from lenet_gui.gui.views.invariance.view import InvarianceView
from lenet_gui.net.architecture import INPUT_RANGE, InitialWeights, Variant
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.pictures.colours import Theme

DIAL = {dial.name: dial for dial in DIALS}
Keys = Qt.Key


@pytest.fixture
def view(window: MainWindow, qtbot: QtBot) -> InvarianceView:
    """The view, opened with its key."""
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F6")
    assert isinstance(window.view_stack.view, InvarianceView)
    return window.view_stack.view


def ready(view: InvarianceView, window: MainWindow, qtbot: QtBot) -> None:
    """Waits until answers and sweep are those of what is drawn, and where the dials stand."""
    qtbot.waitUntil(lambda: window.live.is_settled and view.is_settled, timeout=10_000)
    asked, live = view.question, view.live
    assert asked is not None
    assert asked.drawing is window.canvas.drawing
    assert live is not None
    assert live.disturbance == asked.disturbance
    assert live.question.drawing is asked.drawing
    assert live.question.asks(asked)
    assert asked.sweeps_as(view.sweep_runner.question)


@pytest.fixture
def swept(
    view: InvarianceView, window: MainWindow, drawn: Callable[[], None], qtbot: QtBot
) -> InvarianceView:
    """The view with a digit on the canvas, and its sweep."""
    drawn()
    ready(view, window, qtbot)
    return view


def output(network: LeNet5, ink: np.ndarray) -> np.ndarray:
    """What the bare network makes of one input."""
    background, full = INPUT_RANGE[network.variant]
    x = torch.tensor(background + ink * (full - background))[None, None]
    with torch.inference_mode():
        return network(x).output[0].numpy()


def ink_of(window: MainWindow) -> MovableInk:
    drawing = window.canvas.drawing
    steps = trace_ink(paint(drawing))
    assert steps is not None
    return MovableInk(drawing, steps)


def press(view: InvarianceView, name: str, key: Qt.Key, times: int = 1) -> None:
    slider = view.dials.sliders[name]
    slider.setFocus()
    for _ in range(times):
        QTest.keyClick(slider, key)


def test_without_a_drawing_it_says_what_to_do(
    view: InvarianceView, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    assert view.pages.currentWidget() is view.hint
    assert view.hint.sentence.startswith("Draw a digit")
    assert not view.button.isEnabled()
    assert [box.digit for box in view.answers] == ["", ""]
    assert view.pictures.disturbed is None
    press(view, "rotation", Keys.Key_Right, 3)  # nothing happens, but nothing breaks
    assert view.dials.disturbance.rotation == 4.5
    assert not view.exporter.isEnabled()
    assert "draw a digit" in view.exporter.toolTip()
    drawn()
    qtbot.waitUntil(view.exporter.isEnabled, timeout=10_000)  # swept
    assert "draw a digit" not in view.exporter.toolTip()


def test_the_keys_work_as_soon_as_the_view_is_opened(
    swept: InvarianceView, window: MainWindow
) -> None:
    window.view_stack.turn_to("maps")
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F6")
    assert QApplication.focusWidget() is swept.dials.sliders["rotation"]
    QTest.keyClick(QApplication.focusWidget(), Keys.Key_Left)
    assert swept.dials.disturbance.rotation == -1.5
    tabs = window.view_stack.tabs
    tabs.setFocus()
    QTest.keyClick(tabs, Keys.Key_Left)
    QTest.keyClick(tabs, Keys.Key_Right)
    assert QApplication.focusWidget() is tabs


def test_the_keys_turn_a_dial_and_both_networks_answer_to_the_disturbed_input(
    swept: InvarianceView, window: MainWindow, qtbot: QtBot
) -> None:
    networks = [window.networks.current.network, shipped_network(Variant.MODERN).network]
    press(swept, "rotation", Keys.Key_Right, 7)
    press(swept, "down", Keys.Key_PageUp)
    press(swept, "noise", Keys.Key_Right, 4)
    expected = Disturbance(rotation=10.5, down=2.5, noise=0.02)
    assert swept.dials.disturbance == expected
    ready(swept, window, qtbot)
    ink = ink_of(window).disturbed(expected)
    np.testing.assert_array_equal(swept.pictures.disturbed, ink)
    assert not np.array_equal(ink, window.live.steps.padded)
    for network, box, answers in zip(networks, swept.answers, swept.live.answers, strict=True):
        before, now = (output(network, each) for each in (window.live.steps.padded, ink))
        np.testing.assert_allclose(answers.outputs, [before, now], rtol=1e-3, atol=2e-3)
        best = now.argmin() if network.variant is Variant.ORIGINAL else now.argmax()
        assert box.digit.rstrip("?") == str(best)
        assert "undisturbed: " in box.text
    assert f"distance {swept.live.answers[0].outputs[1].min():.1f}" in swept.answers[0].text
    assert "probability" in swept.answers[1].text


def test_a_dial_goes_back_by_home_and_by_a_double_click_and_all_by_reset(
    swept: InvarianceView, window: MainWindow, qtbot: QtBot
) -> None:
    sliders = swept.dials.sliders
    press(swept, "scale", Keys.Key_PageUp)
    press(swept, "noise", Keys.Key_Right)
    press(swept, "shear", Keys.Key_End)
    press(swept, "scale", Keys.Key_Home)
    assert swept.dials.disturbance == Disturbance(noise=0.005, shear=1.2)
    QTest.mouseDClick(sliders["shear"], Qt.MouseButton.LeftButton)
    assert swept.dials.disturbance == Disturbance(noise=0.005)
    press(swept, "width", Keys.Key_Left, 3)
    assert swept.dials.disturbance.width == pytest.approx(-0.15)
    QTest.keyClick(swept.dials.seed, Keys.Key_Up)
    QTest.mouseClick(swept.dials.reset, Qt.MouseButton.LeftButton)
    assert swept.dials.disturbance == Disturbance(seed=1)
    ready(swept, window, qtbot)
    # With every dial neutral it is the program's own input, to the bit.
    np.testing.assert_array_equal(swept.pictures.disturbed, window.live.steps.padded)
    label = swept.dials.findChildren(QLabel)
    assert "+0.00 px" in [each.text() for each in label]


def test_the_sweep_is_what_the_bare_networks_answer_and_follows_dials_and_drawing(
    swept: InvarianceView, window: MainWindow, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    networks = [window.networks.current.network, shipped_network(Variant.MODERN).network]
    first = swept.sweep_runner.sweep
    assert first.dial is DIAL["rotation"]
    press(swept, "scale", Keys.Key_Left, 10)
    ready(swept, window, qtbot)
    second = swept.sweep_runner.sweep
    assert second is not first
    ink, scale = ink_of(window), DIAL["scale"].values[50]
    for place in (0, 41, 60, 99):
        value = DIAL["rotation"].values[place]
        picture = ink.disturbed(Disturbance(rotation=value, scale=scale))
        for network, answers in zip(networks, second.answers, strict=True):
            np.testing.assert_allclose(
                answers.outputs[place], output(network, picture), rtol=1e-3, atol=2e-3
            )
    press(swept, "rotation", Keys.Key_Left, 5)  # the swept dial itself
    ready(swept, window, qtbot)
    assert swept.sweep_runner.sweep is second
    drawn()  # once more over the first: another drawing
    assert not swept.exporter.isEnabled()  # the sweep is of the drawing before
    ready(swept, window, qtbot)
    assert swept.sweep_runner.sweep is not second


def test_another_dial_is_swept_when_it_is_chosen_by_mouse_or_keys(
    swept: InvarianceView, window: MainWindow, qtbot: QtBot
) -> None:
    buttons = swept.dials.buttons
    QTest.mouseClick(buttons["noise"], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    ready(swept, window, qtbot)
    assert swept.sweep_runner.sweep.dial is DIAL["noise"]
    buttons["noise"].setFocus()
    QTest.keyClick(buttons["noise"], Keys.Key_Up)
    ready(swept, window, qtbot)
    assert swept.sweep_runner.sweep.dial is DIAL["width"]
    told = swept.plot.accessibleDescription()
    assert told.startswith(f"A, Original: {swept.sweep_runner.sweep.text(0)}")
    assert f"B, Modern: {swept.sweep_runner.sweep.text(1)}" in told


def test_the_seed_chooses_the_pixels_that_are_inverted(
    swept: InvarianceView, window: MainWindow, qtbot: QtBot
) -> None:
    press(swept, "noise", Keys.Key_PageUp, 2)
    ready(swept, window, qtbot)
    one = swept.pictures.disturbed
    QTest.keyClick(swept.dials.seed, Keys.Key_Up)
    ready(swept, window, qtbot)
    other = swept.pictures.disturbed
    padded = window.live.steps.padded
    assert (one != padded).sum() == (other != padded).sum() == round(0.1 * 1024)
    assert (one != other).any()
    QTest.keyClick(swept.dials.seed, Keys.Key_Down)
    ready(swept, window, qtbot)
    np.testing.assert_array_equal(swept.pictures.disturbed, one)


class Gate:
    """Holds the sweep at its 40th input until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.open = threading.Event(), threading.Event()
        self.painted = 0
        real = MovableInk.disturbed

        def disturbed(ink: MovableInk, disturbance: Disturbance) -> np.ndarray:
            self.painted += 1
            if self.painted == 40:
                self.reached.set()
                self.open.wait(10)
            return real(ink, disturbance)

        monkeypatch.setattr(MovableInk, "disturbed", disturbed)


@pytest.mark.parametrize("way", ["button", "escape"])
def test_a_sweep_is_cancelled_in_the_middle_and_nothing_of_it_is_kept(
    swept: InvarianceView,
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    gate = Gate(monkeypatch)
    seen: list[int] = []
    swept.sweep_runner.progressed.connect(lambda done, _wanted: seen.append(done))
    QTest.mouseClick(swept.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(gate.reached.is_set)
    qtbot.waitUntil(lambda: 30 in seen)
    assert swept.status.text() == "Rotation: 30 of 121"
    assert swept.button.text() == "Cancel"
    if way == "button":
        QTest.mouseClick(swept.button, Qt.MouseButton.LeftButton)
    else:
        swept.dials.sliders["rotation"].setFocus()
        QTest.keyClick(swept.dials.sliders["rotation"], Keys.Key_Escape)
    assert swept.sweep_runner.sweep is None
    assert swept.pages.currentWidget() is swept.hint
    assert "The sweep was cancelled." in swept.hint.sentence
    assert swept.button.text() == "Sweep"
    assert swept.status.text() == "Cancelled."
    gate.open.set()
    assert not swept.exporter.isEnabled()
    assert "nothing to export" in swept.exporter.toolTip()
    # The job has ended without painting the rest, before the next one begins.
    QTest.mouseClick(swept.button, Qt.MouseButton.LeftButton)
    ready(swept, window, qtbot)
    assert gate.painted == 40 + 121 + 1  # the undisturbed one with it
    assert swept.pages.currentWidget() is swept.plot
    assert swept.status.text() == ""
    assert swept.exporter.isEnabled()


def test_the_newest_choice_wins(
    swept: InvarianceView, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    found: list[str] = []
    swept.sweep_runner.changed.connect(lambda: found.append(swept.sweep_runner.sweep.dial.name))
    for name in ("squeeze", "shear"):
        QTest.mouseClick(swept.dials.buttons[name], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
        if name == "squeeze":
            qtbot.waitUntil(gate.reached.is_set)
    gate.open.set()
    ready(swept, window, qtbot)
    assert swept.sweep_runner.sweep.dial is DIAL["shear"]
    assert "squeeze" not in found


def test_dragging_on_the_plot_turns_the_swept_dial(
    swept: InvarianceView, window: MainWindow, qtbot: QtBot
) -> None:
    plot = swept.plot
    values = swept.sweep_runner.sweep.dial.values

    def at(place: int) -> QPoint:
        return QPointF(plot.place_of(values[place], 0).x(), 100).toPoint()

    for place in (3, 60):
        QTest.mouseMove(plot, at(place))
        for name, each in zip("AB", swept.sweep_runner.sweep.answers, strict=True):
            assert f"{name} {each.answers[place]}" in plot.toolTip()

    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=at(30))
    assert abs(swept.dials.sliders["rotation"].value() - 30) <= 1
    QTest.mouseMove(plot, at(80))
    assert abs(swept.dials.sliders["rotation"].value() - 80) <= 1
    QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=at(80))
    ready(swept, window, qtbot)
    np.testing.assert_array_equal(
        swept.pictures.disturbed, ink_of(window).disturbed(swept.dials.disturbance)
    )


def test_every_export_can_be_read_back(
    swept: InvarianceView,
    qtbot: QtBot,
    tmp_path: Path,
    name_file: Callable[..., None],
) -> None:
    actions = swept.exporter.menu().actions()
    assert [each.text() for each in actions] == [
        "Picture (PNG)…",
        "Vector picture (SVG)…",
        "Figures (CSV)…",
        "Arrays (NPZ)…",
    ]
    targets = [tmp_path / f"mine{suffix}" for suffix in (".png", ".svg", ".csv", ".npz")]
    for action, target in zip(actions, targets, strict=True):
        with qtbot.waitSignal(swept.context.notifier.noted, timeout=10_000) as told:
            name_file(action.trigger, target)
        assert told.args[0] == f"Saved {target}."
    sweep = swept.sweep_runner.sweep
    with Image.open(targets[0]) as picture:
        sheet = swept.exported().sheet(Theme.LIGHT)
        assert picture.size == (2 * sheet.width, 2 * sheet.height)
        colours = np.asarray(picture.convert("RGB")).reshape(-1, 3)
        assert (colours == (0, 0x72, 0xB2)).all(1).sum() > 1000  # A's line and strip
    texts = [each.text for each in ET.parse(targets[1]).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314
    assert "Rotation of the input after the preprocessing" in texts
    assert f"A, Original: {sweep.text(0)}" in texts
    assert "shaded: the paper, III-E, ±30°" in texts
    with targets[2].open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["rotation (degrees)"]) for row in rows] == list(DIAL["rotation"].values)
    distances = [[float(row[f"A_distance_{digit}"]) for digit in range(10)] for row in rows]
    np.testing.assert_array_equal(np.float32(distances), sweep.answers[0].outputs)
    assert [int(row["B_answer"]) for row in rows] == sweep.answers[1].answers.tolist()
    what = swept.exported()  # the same as from the window's menu
    assert what is not None
    assert what.table is not None
    assert what.table.as_csv() == targets[2].read_bytes()
    with np.load(targets[3]) as arrays:
        np.testing.assert_array_equal(arrays["A undisturbed answer y"], sweep.own(0))


def test_an_export_that_cannot_be_written_is_one_sentence_and_leaves_nothing(
    swept: InvarianceView,
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "file").write_text("in the way")
    target = tmp_path / "file" / "sweep.png"
    monkeypatch.setattr(FileDialogs, "save", lambda *_: target)
    with qtbot.waitSignal(swept.context.notifier.failed) as told:
        swept.exporter.export(".png")
    assert told.args[0].startswith(f"{target} could not be written")
    assert window.messages.text == told.args[0]
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert swept.exporter.isEnabled()


def test_a_cleared_canvas_leaves_nothing_stale(
    swept: InvarianceView, window: MainWindow, qtbot: QtBot
) -> None:
    window.canvas.clear()
    qtbot.waitUntil(lambda: swept.hint.sentence == HINT_EMPTY)
    assert swept.pages.currentWidget() is swept.hint
    assert swept.sweep_runner.sweep is None
    assert swept.pictures.disturbed is None
    assert [box.digit for box in swept.answers] == ["", ""]
    assert not swept.sweep_runner.is_busy


def test_b_is_the_other_variant_until_the_user_chooses(
    swept: InvarianceView, window: MainWindow, qtbot: QtBot
) -> None:
    assert swept.b.currentText() == shipped_name(Variant.MODERN)
    window.networks.switch(Variant.MODERN)
    qtbot.waitUntil(lambda: swept.b.currentText() == shipped_name(Variant.ORIGINAL))
    ready(swept, window, qtbot)
    assert [each.variant for each in swept.sweep_runner.sweep.answers] == ["modern", "original"]
    assert swept.sweep_runner.sweep.has_two_units
    swept.b.setFocus()
    QTest.keyClick(swept.b, Keys.Key_Down)  # Modern, shipped
    ready(swept, window, qtbot)
    sweep = swept.sweep_runner.sweep
    assert [each.unit for each in sweep.answers] == ["probability"] * 2
    assert not sweep.has_two_units
    assert len({each.name for each in sweep.answers} | {"Modern"}) == 2  # more than the variant
    np.testing.assert_array_equal(sweep.answers[0].outputs, sweep.answers[1].outputs)
    window.networks.switch(Variant.ORIGINAL)
    qtbot.waitUntil(lambda: swept.question.networks[0].variant is Variant.ORIGINAL)
    ready(swept, window, qtbot)
    assert swept.b.currentText() == shipped_name(Variant.MODERN)  # as the user chose


def test_beside_a_network_that_cannot_be_read_a_stands_alone(
    damaged_window: MainWindow, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    damaged_window.view_stack.turn_to("invariance")
    alone = damaged_window.view_stack.view
    assert isinstance(alone, InvarianceView)
    drawn()
    ready(alone, damaged_window, qtbot)
    assert len(alone.sweep_runner.sweep.answers) == 1
    assert (alone.answers[1].digit, alone.answers[1].text) == ("", "The network cannot be read.")
    alone.grab()


def test_a_network_in_training_is_read_as_it_was_when_it_was_asked(
    swept: InvarianceView, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = build(
        Variant.MODERN, torch.Generator().manual_seed(3), InitialWeights.INVERSE_SQRT
    ).eval()
    network.requires_grad_(requires_grad=False)
    picture = ink_of(window).disturbed(Disturbance(rotation=-90))
    before = output(network, picture)
    monkeypatch.setattr(sweep_runner, "TRAINING_EVERY_MS", 250)
    gate = Gate(monkeypatch)
    window.networks.follow(network, None)
    qtbot.waitUntil(gate.reached.is_set)
    for parameter in network.parameters():  # in place, while the sweep is in its middle
        parameter.mul_(1.5)
    found: list[np.ndarray] = []
    swept.sweep_runner.changed.connect(
        lambda: found.append(swept.sweep_runner.sweep.answers[0].outputs[0])
    )
    window.networks.follow(network, None)
    gate.open.set()
    ready(swept, window, qtbot)
    np.testing.assert_allclose(found[0], before, rtol=1e-3, atol=1e-3)
    np.testing.assert_allclose(found[-1], output(network, picture), rtol=1e-3, atol=1e-3)
    assert np.abs(found[0] - found[-1]).max() > 0.01


def test_a_training_begins_no_sweep_after_a_cancel_and_waits_between_two(
    swept: InvarianceView, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(3)).eval()
    network.requires_grad_(requires_grad=False)
    gate = Gate(monkeypatch)
    monkeypatch.setattr(sweep_runner, "TRAINING_EVERY_MS", 0)
    window.networks.follow(network, None)
    qtbot.waitUntil(gate.reached.is_set)
    monkeypatch.setattr(sweep_runner, "TRAINING_EVERY_MS", 600_000)
    window.networks.follow(network, None)
    gate.open.set()
    qtbot.waitUntil(lambda: swept.sweep_runner.is_waiting)  # the first one is done
    assert swept.sweep_runner.sweep is not None
    assert not swept.sweep_runner.is_running  # the second waits
    QTest.keyClick(swept.dials.sliders["rotation"], Keys.Key_Escape)
    with qtbot.waitSignal(window.live.read):
        window.networks.follow(network, None)
    assert swept.sweep_runner.was_cancelled
    assert not swept.sweep_runner.is_busy
    press(swept, "shear", Keys.Key_Left)  # the user does
    ready(swept, window, qtbot)
    assert swept.sweep_runner.sweep.base.shear == pytest.approx(-0.02)


def test_a_picture_without_strokes_is_moved_too_and_the_view_says_so(
    view: InvarianceView, window: MainWindow, qtbot: QtBot
) -> None:
    picture = np.zeros((28, 28), np.float32)
    picture[4:24, 12:16] = 1
    with qtbot.waitSignal(window.live.read):
        window.canvas.put(Drawing((), Backdrop(picture)))
    ready(view, window, qtbot)
    assert "A picture has no strokes" in view.note.text()
    press(view, "rotation", Keys.Key_End)
    ready(view, window, qtbot)
    lying = np.rot90(window.live.steps.padded)
    assert np.abs(view.pictures.disturbed - lying).max() < 0.05


def test_away_from_the_stage_nothing_runs_and_back_on_it_the_sweep_is_there(
    swept: InvarianceView, window: MainWindow, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    window.view_stack.turn_to("maps")
    assert not swept.sweep_runner.is_busy
    assert swept.sweep_runner.sweep is None
    drawn()
    assert not swept.sweep_runner.is_busy
    window.view_stack.turn_to("invariance")
    ready(swept, window, qtbot)
    assert swept.sweep_runner.sweep is not None


def test_it_fits_the_small_window_and_takes_the_dark_theme(
    swept: InvarianceView, window: MainWindow, qtbot: QtBot
) -> None:
    assert window.size().toTuple() == (1024, 700)
    area = swept.findChild(QScrollArea)
    assert not area.verticalScrollBar().isVisible()
    assert area.widget().width() <= area.viewport().width()
    light = swept.plot.grab().toImage()
    large = swept.pictures.width()
    theme.choose_theme("dark")
    qtbot.waitUntil(lambda: swept.plot.grab().toImage() != light)
    window.resize(1600, 1000)
    qtbot.waitUntil(lambda: swept.pictures.width() > large)
    swept.grab()
