"""Two networks side by side in the real window: chosen, read, agreeing or not, pointed at."""

import copy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QScrollArea, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.data.input_range import to_input
from lenet_gui.errors import UserError
from lenet_gui.explore.two_networks import Kinship
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core import theme
from lenet_gui.gui.library.network_list import IN_TRAINING, SHOWN
from lenet_gui.gui.library.networks import PAPER
from lenet_gui.gui.views.compare.text import (
    HINT_EMPTY,
    HINT_LOADING,
    HINT_POINT,
    NOTE_DRAWINGS,
    note,
    scale_words,
    title_in,
)
from lenet_gui.gui.views.compare.view import CompareView
from lenet_gui.gui.widgets.network_choice import FROM_FILE
from lenet_gui.net.architecture import INPUT_RANGE, InitialWeights, Variant
from lenet_gui.net.layers import OUTPUT, UNIT_LAYERS, Unit
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.net.network_kind import ORIGINAL, NetworkKind
from lenet_gui.net.receptive_field import receptive_field
from lenet_gui.net.weights_file import load_weights, save_weights
from lenet_gui.paths import shipped_weights
from lenet_gui.pictures.colours import colour_indices, diverging_lut
from lenet_gui.text.figures import figure
from lenet_gui.training.facts import facts_of_training
from lenet_gui.training.presets import preset
from tests.support.cut_text import cut_text
from tests.support.run_events import started

Drawn = Callable[[], None]
NameFile = Callable[[Callable[[], object], Path], None]


@pytest.fixture
def view(window: MainWindow) -> CompareView:
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F4")
    found = window.view_stack.view
    assert isinstance(found, CompareView)
    return found


def pick(choice: QComboBox, words: str) -> None:
    """An entry of a list, with the keys."""
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Home)
    while choice.currentText() != words:
        before = choice.currentIndex()
        QTest.keyClick(choice, Qt.Key.Key_Down)
        assert choice.currentIndex() != before, f"{words} cannot be chosen"


def pick_file(choice: QComboBox, path: Path, name_file: NameFile) -> None:
    """The last entry, with the keys, and the path in the dialog that it opens."""

    def choose() -> None:
        choice.setFocus()
        QTest.keyClick(choice, Qt.Key.Key_End)
        assert choice.currentText() != FROM_FILE  # the dialog has been answered

    name_file(choose, path)


def untrained(variant: Variant, seed: int) -> LeNet5:
    generator = torch.Generator().manual_seed(seed)
    made = build(variant, generator, InitialWeights.INVERSE_SQRT).eval()
    return made.requires_grad_(False)


def bare(network: LeNet5, window: MainWindow) -> dict[str, np.ndarray]:
    """Every layer of a bare pass over the drawing."""
    assert window.live.steps is not None
    with torch.inference_mode():
        found = network(to_input(window.live.steps.centred, *INPUT_RANGE[network.variant]))
    values = {name: maps[0].squeeze().numpy() for name, maps in found.activations.items()}
    return values | {OUTPUT: found.output[0].numpy()}


def shipped(name: str) -> LeNet5:
    return load_weights(shipped_weights(name)).network


def assert_shows(view: CompareView, window: MainWindow, a: LeNet5, b: LeNet5) -> None:
    for reading, network in zip(view.pair.readings, (a, b), strict=True):
        assert reading is not None
        values = bare(network, window)
        for layer in UNIT_LAYERS:
            shown = reading.output if layer == OUTPUT else reading.activations[layer]
            np.testing.assert_allclose(shown, values[layer], atol=1e-4, rtol=1e-4)


def test_both_networks_read_the_drawing_and_follow_it(
    window: MainWindow, view: CompareView, drawn: Drawn
) -> None:
    assert (view.choices[0].currentText(), view.choices[1].currentText()) == (
        SHOWN,
        "Modern, shipped",
    )
    drawn()
    assert_shows(view, window, shipped("original"), shipped("modern"))
    assert view.head.sentence == "Both read 3"
    assert view.pair.gaps == {}  # of separately trained networks none is told
    assert "need not match" in view.details.text()
    assert "distance" in view.head.accessibleDescription()
    assert "logit" in view.head.accessibleDescription()
    pick(view.choices[1], f"{PAPER}, shipped")
    assert_shows(view, window, shipped("original"), shipped(PAPER))
    assert view.pair.kin is Kinship.CODES
    assert view.details.text().startswith("Same initial weights, trained differently")
    f6 = [bare(shipped(name), window)["F6"] for name in ("original", PAPER)]
    assert set(view.pair.gaps) == {"F6"}
    assert view.pair.gaps["F6"].mean == pytest.approx(np.abs(f6[0] - f6[1]).mean(), abs=1e-5)
    window.networks.switch(Variant.MODERN)  # A is the one in use
    assert_shows(view, window, shipped("modern"), shipped(PAPER))


def test_an_empty_sheet_says_what_to_do_and_shows_nothing_old(
    window: MainWindow,
    view: CompareView,
    drawn: Drawn,
    qtbot: QtBot,
    pixels: Callable[[QWidget], np.ndarray],
) -> None:
    view.details.setFocus()
    empty = pixels(view.maps)
    assert view.empty.sentence == HINT_EMPTY
    drawn()
    assert (pixels(view.maps) != empty).any()
    with qtbot.waitSignal(window.live.read):
        window.canvas.clear()
    assert view.pair.readings == (None, None)
    assert view.pair.limits == ({}, {})
    assert view.empty.sentence == HINT_EMPTY
    assert (pixels(view.maps) == empty).all()


def test_s_and_the_list_choose_one_scale_or_two(
    window: MainWindow,
    view: CompareView,
    drawn: Drawn,
    pixels: Callable[[QWidget], np.ndarray],
) -> None:
    drawn()
    a, b = bare(shipped("original"), window), bare(shipped("modern"), window)
    view.maps.setFocus()
    together = pixels(view.maps)
    for layer in UNIT_LAYERS:
        own = np.abs(a[layer]).max(), np.abs(b[layer]).max()
        wanted = own if layer == OUTPUT else (max(own), max(own))
        found = view.pair.limits[0][layer], view.pair.limits[1][layer]
        assert found == pytest.approx(wanted, rel=1e-4)
    variants = tuple(NetworkKind(one) for one in (Variant.ORIGINAL, Variant.MODERN))
    assert scale_words("S4", view.pair.limits, variants, shared=True).startswith("A, B ±")
    limits = tuple(own["output"] for own in view.pair.limits)  # distances never are negative
    wanted = f"A 0–{limits[0]:.0f}  B ±{limits[1]:.2f}"
    assert view.maps.content.labels["output"].lines[1][0].text == wanted
    assert scale_words("output", view.pair.limits, variants[:1] * 2, shared=True) == (
        f"A, B 0–{limits[0]:.0f}"
    )
    QTest.keyClick(view.maps, Qt.Key.Key_S)
    assert view.scale.currentText() == "Own scales"
    for layer in UNIT_LAYERS:
        assert view.pair.limits[0][layer] == pytest.approx(np.abs(a[layer]).max(), rel=1e-4)
        assert view.pair.limits[1][layer] == pytest.approx(np.abs(b[layer]).max(), rel=1e-4)
    told = scale_words("S4", view.pair.limits, variants, shared=False)
    assert told == f"A ±{np.abs(a['S4']).max():.2f}  B ±{np.abs(b['S4']).max():.2f}"
    view.maps.setFocus()
    apart = pixels(view.maps)
    lut = diverging_lut(theme.theme_of(view))
    for layer in ("C1", "C3", "S4"):
        own = [float(np.abs(values[layer]).max()) for values in (a, b)]
        for side, values in enumerate((a[layer], b[layer])):
            place = [int(i) for i in np.unravel_index(np.abs(values).argmax(), values.shape)]
            middle = view.maps.unit_rect(side, Unit(layer, *place)).center()
            for shown, limit in ((together, max(own)), (apart, own[side])):
                index = colour_indices(values[*place].reshape(1), limit)[0]
                np.testing.assert_array_equal(shown[middle.y(), middle.x()], lut[index])
    view.choices[1].setFocus()
    QTest.keyClick(view.choices[1], Qt.Key.Key_S)
    assert view.scale.currentText() == "One scale"


def test_pointing_at_a_map_of_either_names_it_and_marks_the_place_in_both(
    window: MainWindow,
    view: CompareView,
    drawn: Drawn,
    hover: Callable[[QWidget, QPoint], None],
    pixels: Callable[[QWidget], np.ndarray],
) -> None:
    drawn()
    a, b = bare(shipped("original"), window), bare(shipped("modern"), window)
    unit = Unit("C3", 12, 4, 7)
    plain = pixels(view.maps)
    for side in (0, 1):
        hover(view.maps, QPoint(1, 1))
        assert view.maps.unit is None
        assert window.canvas.framed is None
        hover(view.maps, view.maps.unit_rect(side, unit).center())
        assert view.maps.unit == unit
        where, values = view.details.text().splitlines()[0].split(": ")
        assert where == "C3 map 12, row 4, column 7"
        told = [float(word[2:].replace("−", "-")) for word in values.split(", ")]
        assert told == pytest.approx([a["C3"][12, 4, 7], b["C3"][12, 4, 7]], abs=1e-4)
        assert "need not correspond" in view.details.text()
        assert view.maps.accessibleDescription() == view.details.text()
        shown = pixels(view.maps)
        for marked in (0, 1):
            place = view.maps.unit_rect(marked, unit).adjusted(-5, -5, 5, 5)
            around = slice(place.top(), place.bottom() + 1), slice(place.left(), place.right() + 1)
            drawn_there = shown[around][(shown[around] != plain[around]).any(axis=-1)]
            for line in (0, 255):  # a black one and a white one
                assert (drawn_there == line).all(axis=-1).sum() > 8
        assert window.canvas.framed is not None
    steps, field = window.live.steps, receptive_field("C3", 4, 7)
    assert steps is not None
    left, top, *_ = steps.on_sheet((field.left, field.top, field.right, field.bottom))
    assert (window.canvas.framed.left(), window.canvas.framed.top()) == pytest.approx((left, top))
    hover(view.maps, view.maps.unit_rect(1, Unit("output", 4)).center())
    assert view.details.text() == (
        f"output 4: A distance {a[OUTPUT][4]:.2f}, B logit {b[OUTPUT][4]:.2f}".replace("-", "−")
    )


def test_the_keys_walk_over_the_units(window: MainWindow, view: CompareView, drawn: Drawn) -> None:
    drawn()
    view.maps.setFocus()
    press = QTest.keyClick
    press(view.maps, Qt.Key.Key_Right)
    assert view.maps.unit == Unit("C1", 0, 14, 14)
    press(view.maps, Qt.Key.Key_Down)
    press(view.maps, Qt.Key.Key_Left)
    assert view.maps.unit == Unit("C1", 0, 15, 13)
    press(view.maps, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert view.maps.unit == Unit("C1", 1, 15, 13)
    layers = []
    for _ in range(8):
        press(view.maps, Qt.Key.Key_PageDown)
        layers.append(view.maps.unit.layer)
    assert layers == ["S2", "C3", "S4", "C5", "F6", "output", "output", "output"]
    press(view.maps, Qt.Key.Key_PageUp)
    assert view.maps.unit.layer == "F6"
    assert view.details.text().startswith("F6 unit")
    drawn()  # it is held, and its value follows
    assert f"A {bare(shipped('original'), window)['F6'][view.maps.unit.map]:+.4f}" in (
        view.details.text().replace("−", "-")
    )
    press(view.maps, Qt.Key.Key_Escape)
    assert view.maps.unit is None
    assert window.canvas.framed is None
    cell = view.maps.unit_rect(0, Unit("S2", 5, 3, 3)).center()
    QTest.mouseClick(view.maps, Qt.MouseButton.LeftButton, pos=cell)
    assert view.maps.unit == Unit("S2", 5, 3, 3)
    QTest.mouseClick(view.maps, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))  # beside
    assert view.maps.unit is None


def test_tab_reaches_everything(view: CompareView, drawn: Drawn) -> None:
    for last in (view.empty.link, view.maps):
        view.scale.setFocus()
        reached = [QApplication.focusWidget()]
        for _ in range(3):
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            reached.append(QApplication.focusWidget())
        assert reached == [view.scale, *view.choices, last]
        assert all(one.accessibleName() or one.text() for one in reached)
        drawn()


def test_a_broken_file_is_told_and_all_stays(
    window: MainWindow, view: CompareView, drawn: Drawn, tmp_path: Path, name_file: NameFile
) -> None:
    drawn()
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(shipped_weights("modern").read_bytes()[:3000])
    pick_file(view.choices[1], broken, name_file)
    QApplication.processEvents()
    trouble = view.troubles[1]
    assert trouble.isVisible()
    assert trouble.text().startswith(f"B stays “Modern, shipped”: {broken} is not a whole")
    assert trouble.text().count(". ") == 0  # one sentence
    assert not view.troubles[0].isVisible()
    assert view.choices[1].currentText() == "Modern, shipped"
    assert_shows(view, window, shipped("original"), shipped("modern"))
    drawn()
    assert trouble.isVisible()
    good = tmp_path / "good.safetensors"
    network = untrained(Variant.MODERN, 3)
    save_weights(network, good, {})
    pick_file(view.choices[1], good, name_file)
    QApplication.processEvents()
    assert not trouble.isVisible()
    assert view.choices[1].currentText() == "good.safetensors"
    assert "good.safetensors" in view.choices[1].toolTip()
    assert_shows(view, window, shipped("original"), network)


def test_a_shipped_file_that_is_broken_leaves_the_earlier_choice(
    window: MainWindow,
    view: CompareView,
    drawn: Drawn,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    drawn()
    broken = tmp_path / "lenet5-paper-1998.safetensors"
    broken.write_bytes(b"no weights")
    monkeypatch.setattr("lenet_gui.gui.library.networks.shipped_weights", lambda _name: broken)
    view.choices[1].setFocus()
    QTest.keyClick(view.choices[1], Qt.Key.Key_Down)  # to the next one, the paper's
    QApplication.processEvents()
    assert view.troubles[1].text().startswith(f"B stays “Modern, shipped”: {broken}")
    assert view.troubles[1].isVisible()
    assert_shows(view, window, shipped("original"), shipped("modern"))


def test_where_b_has_no_file_from_the_start_a_is_shown(
    window: MainWindow, drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(name: str) -> Path:
        raise UserError(f"The shipped file {name} is missing: install the program again.")

    monkeypatch.setattr("lenet_gui.gui.library.networks.shipped_weights", none)
    drawn()
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F4")
    view = window.view_stack.view
    assert isinstance(view, CompareView)
    QApplication.processEvents()
    assert view.troubles[1].text() == (
        "B: The shipped file modern is missing: install the program again."
    )
    assert view.head.sentence == "A reads 3"
    assert view.pair.readings[0] is window.live.reading
    assert view.pair.readings[1] is None
    monkeypatch.undo()
    pick(view.choices[1], f"{PAPER}, shipped")
    QApplication.processEvents()
    assert not view.troubles[1].isVisible()
    assert_shows(view, window, shipped("original"), shipped(PAPER))


def test_opened_before_any_network_is_there(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F4")
    view = window.view_stack.view
    assert isinstance(view, CompareView)
    assert view.empty.sentence == HINT_LOADING
    window.networks.switch(Variant.MODERN)
    qtbot.waitUntil(lambda: None not in view.pair.networks, timeout=20_000)
    assert view.empty.sentence == HINT_EMPTY
    assert view.pair.kin is Kinship.SAME_WEIGHTS  # B was chosen before A was known
    window.close()


def test_disagreement_is_said_plainly(
    window: MainWindow,
    view: CompareView,
    drawn: Drawn,
    tmp_path: Path,
    pixels: Callable[[QWidget], np.ndarray],
) -> None:
    drawn()
    agreeing = pixels(view.head)[2, 2]
    swapped = copy.deepcopy(shipped("modern"))  # it says 8 where the other says 3
    for name in ("weight", "bias"):
        rows = swapped.get_parameter(f"output.{name}").data
        rows[[3, 8]] = rows[[8, 3]]
    file = tmp_path / "swapped.safetensors"
    save_weights(swapped, file, {})
    assert view.choices[1].load(file)
    assert view.head.sentence == "A reads 3, B reads 8: they disagree"
    assert view.head.accessibleName() == view.head.sentence
    assert (pixels(view.head)[2, 2] != agreeing).any()
    output = bare(swapped, window)[OUTPUT]
    assert f"logit {output[8]:.2f}" in view.head.accessibleDescription()
    assert view.pair.apart is not None
    assert view.pair.apart > 0.9
    # Trained so that whatever is drawn is no digit: j of its answers lies above all its logits.
    save_weights(swapped, file, {"loss": "cross-entropy-rubbish", "answer_j": "-90"})
    assert view.choices[1].load(file)
    assert view.head.sentence == "A reads 3, B says “not a digit”: they disagree"
    assert "it is not a digit" in view.head.accessibleDescription()


def test_networks_of_one_recipe_are_compared_layer_by_layer(
    window: MainWindow, view: CompareView, drawn: Drawn, tmp_path: Path
) -> None:
    drawn()
    recipe = preset("original-quick")
    networks = untrained(Variant.ORIGINAL, 1), untrained(Variant.ORIGINAL, 2)
    for side, network in enumerate(networks):
        file = tmp_path / f"epoch-{side}.safetensors"
        save_weights(network, file, facts_of_training(recipe, "digits", side, None, None))
        assert view.choices[side].load(file)
    assert view.pair.kin is Kinship.SAME_TRAINING
    values = [bare(network, window) for network in networks]
    assert set(view.pair.gaps) == set(UNIT_LAYERS) - {OUTPUT}
    for layer, gap in view.pair.gaps.items():
        a, b = values[0][layer].ravel(), values[1][layer].ravel()
        assert gap.mean == pytest.approx(np.abs(a - b).mean(), abs=1e-4)
        assert gap.correlation == pytest.approx(np.corrcoef(a, b)[0, 1], abs=1e-3)
    said = view.details.text()  # files do not say whether they are of one run
    assert said.startswith("Both began with the same weights and were trained by the same recipe")
    assert "one run" not in said
    QTest.keyClick(view.maps, Qt.Key.Key_Right)
    assert "need not correspond" not in view.details.text()
    tip = view.maps.explain(QPointF(5, view.maps.unit_rect(0, Unit("C3", 0, 0, 0)).top() + 3))
    assert tip.startswith("C3: 16 @ 10×10.")
    assert "correlation" in tip


def test_the_network_in_training_is_followed_and_gone_when_it_ends(
    window: MainWindow, view: CompareView, drawn: Drawn
) -> None:
    drawn()
    pick(view.choices[0], "Original, shipped")
    network = untrained(Variant.MODERN, 4)
    began = replace(started(), recipe=preset("modern-quick"))
    window.networks.follow(network, began)
    pick(view.choices[1], IN_TRAINING)
    assert_shows(view, window, shipped("original"), network)
    with torch.no_grad():  # the next weights come into the same network
        for parameter in network.parameters():
            parameter.mul_(1.5)
    window.networks.follow(network, began)
    assert_shows(view, window, shipped("original"), network)
    drawn()
    assert_shows(view, window, shipped("original"), network)
    window.networks.leave_followed()
    assert view.choices[1].currentText() == SHOWN
    assert_shows(view, window, shipped("original"), shipped("original"))


def test_a_network_that_cannot_be_read_leaves_the_other_alone(
    damaged_window: MainWindow, drawn: Drawn
) -> None:
    window = damaged_window
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F4")
    view = window.view_stack.view
    assert isinstance(view, CompareView)
    drawn()
    assert view.pair.readings[1] is None
    assert view.pair.limits[1] == {}
    assert view.head.sentence == "A reads 3"
    assert "Choose another network" in view.pair.hints[1]


def test_what_changes_while_another_view_is_shown_is_there_on_return(
    window: MainWindow, view: CompareView, drawn: Drawn
) -> None:
    drawn()
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F1")
    window.networks.adopt(untrained(Variant.MODERN, 6), {}, "untrained")
    drawn()
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F4")
    assert_shows(view, window, untrained(Variant.MODERN, 6), shipped("modern"))
    assert view.pair.kin is Kinship.NONE


def test_it_is_all_there_in_a_small_window_and_uses_a_large_one(
    window: MainWindow, view: CompareView, drawn: Drawn, qtbot: QtBot
) -> None:
    drawn()
    area = view.findChild(QScrollArea)
    assert area is not None
    assert area.verticalScrollBar().maximum() == 0
    small = view.maps.layout_of.by_name["A C1"].cell
    last = view.maps.unit_rect(1, Unit("output", 9))
    assert view.maps.rect().contains(last)
    window.resize(1024, 560)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert view.maps.rect().contains(view.maps.unit_rect(1, Unit("output", 9)))
    window.resize(1600, 1000)
    qtbot.waitUntil(lambda: view.maps.layout_of.by_name["A C1"].cell > small)
    assert area.verticalScrollBar().maximum() == 0


def test_each_network_is_told_by_name_and_error_where_there_is_little_room(
    window: MainWindow, view: CompareView, drawn: Drawn, qtbot: QtBot
) -> None:
    drawn()
    pick(view.choices[1], f"{PAPER}, shipped")
    window.resize(1024, 746)
    qtbot.waitUntil(lambda: view.head.titles[1].startswith("B: paper-1998"))
    accuracy = {side: view.pair.networks[side].test_accuracy for side in (0, 1)}
    for side, name in enumerate(("Original", "paper-1998")):
        title = view.head.titles[side]
        assert name in title
        assert title.endswith(f"error {figure(100 - 100 * accuracy[side])} %")
        place = QPoint(round(view.head.width() * (0.4 + 0.4 * side)), view.head.height() // 2)
        QApplication.sendEvent(
            view.head, QHelpEvent(QEvent.Type.ToolTip, place, view.head.mapToGlobal(place))
        )
        assert "MNIST test error" in QToolTip.text().replace("\n", " ")
        assert name in QToolTip.text()
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: "MNIST test error" in view.head.titles[1])
    assert "paper-1998" in view.head.titles[1]
    long = replace(view.pair.networks[1], origin="2026-11-27 original-with-a-long-name 0001")
    pair = replace(view.pair, networks=(long, long))
    told = title_in(pair, 0, lambda title: len(title) <= 30)
    assert (len(told), told[:8], told[-12:]) == (30, "A: 2026-", "error 0.97 %")
    assert "…" in told


def test_the_notes_are_whole_in_the_window_of_usual_size(
    window: MainWindow, view: CompareView, drawn: Drawn, qtbot: QtBot
) -> None:
    drawn()
    window.resize(1024, 746)
    qtbot.waitUntil(lambda: view.details.width() > 400)
    notes = [note(kin, {ORIGINAL}, alike=alike) for kin in Kinship for alike in (0, 1)]
    for told in (*notes, note(Kinship.NONE, {NetworkKind(one) for one in Variant}), NOTE_DRAWINGS):
        view.details.setText(f"{told} {HINT_POINT}")
        assert not cut_text(view.details)


def test_the_colours_follow_the_theme(
    view: CompareView,
    drawn: Drawn,
    pixels: Callable[[QWidget], np.ndarray],
    dark_palette: QPalette,
) -> None:
    drawn()
    light = pixels(view.maps).mean()
    view.setPalette(dark_palette)
    assert pixels(view.maps).mean() < light - 40
