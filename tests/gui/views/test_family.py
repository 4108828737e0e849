"""Every view shows and says what a member of the Modern's family is, and has its figures."""

import json
import math
import re
from collections.abc import Callable

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.widgets.colour_legend import ScaleLegend
from lenet_gui.net.layers import UNIT_LAYERS, Unit
from lenet_gui.net.lenet5 import ModernLeNet5
from lenet_gui.net.modern_form import Border, InputScale, ModernForm, Pooling, Squashing
from lenet_gui.pictures.colours import Theme, diverging_lut
from lenet_gui.pictures.grid.content import Legend
from lenet_gui.pictures.grid.panel import Cell
from lenet_gui.pictures.sheet import Patch
from lenet_gui.text.networks import form_remark
from tests.support.plain_modern import random_modern

RELU = ModernForm(Squashing.RELU, Pooling.MAX, InputScale.NORMALISED, Border.ZERO)
SIGMOID = ModernForm(Squashing.SIGMOID, inputs=InputScale.SYMMETRIC)

FUNCTIONS: dict[Squashing, Callable[[float], float]] = {
    Squashing.RELU: lambda a: max(0.0, a),
    Squashing.SIGMOID: lambda a: 1 / (1 + math.exp(-a)),
}
LAWS = {
    Squashing.RELU: "xᵢ = max(0, aᵢ)   (ReLU)",
    Squashing.SIGMOID: "xᵢ = 1/(1 + exp(−aᵢ))   (sigmoid)",
}
IN_MAPS = {
    Squashing.RELU: "then ReLU, max(0, a): never below 0, without an upper end.",
    Squashing.SIGMOID: "squashed by the sigmoid 1/(1 + exp(−a)), to 0 up to 1.",
}
POOLED = {Pooling.MAX: "2×2 maximum.", Pooling.AVERAGE: "2×2 average."}
INPUT_SAID = {
    RELU: "background −0.424, ink 2.821, the two pixels around the 28×28 0.",
    SIGMOID: "background −1, ink 1.",
}
RANGE_SAID = {
    RELU: "background −0.424,\nink 2.821, border 0",
    SIGMOID: "background −1, ink 1",
}


def figures(line: str) -> list[float]:
    return [float(one) for one in re.findall(r"[+-]?\d+\.\d+", line.replace("−", "-"))]


def go_to(window: MainWindow, keys: str) -> QWidget:
    QTest.keySequence(QApplication.focusWidget() or window, keys)
    view = window.view_stack.view
    assert view is not None
    return view


@pytest.mark.parametrize("form", [RELU, SIGMOID], ids=["ReLU", "sigmoid"])
def test_every_view_is_right_for_the_member(
    window: MainWindow, drawn: Callable[[], None], qtbot: QtBot, form: ModernForm
) -> None:
    _, network = random_modern(form, seed=5)
    network.requires_grad_(requires_grad=False)
    window.networks.adopt(network, form.facts(), "mine")
    drawn()
    qtbot.waitUntil(lambda: window.live.reading.form == form)
    name = f"Modern, {form_remark(form)}"
    assert window.windowTitle().startswith(f"{name}, mine")
    maps_are_right(window, form, name)
    units_are_right(window, network, form)
    ink_and_compare_are_right(window, qtbot, form)
    gradients_are_right(window, network, form)


def maps_are_right(window: MainWindow, form: ModernForm, name: str) -> None:
    view = go_to(window, "Shift+F1")
    content = view.canvas.content
    said = {caption.tip.split(":")[0]: caption.tip for caption in content.labels.values()
            if caption.tip}  # fmt: skip
    assert said["The network's input"].endswith(INPUT_SAID[form])
    assert said["C3"].splitlines()[0].endswith(IN_MAPS[form.squashing])
    assert said["S4"].splitlines()[0] == f"S4: {POOLED[form.pooling]}"
    note = " ".join(run.text for line in content.labels["note"].lines for run in line)
    assert note.startswith(name)
    from_zero = [one.from_zero for one in content.labels.values() if isinstance(one, Legend)]
    assert from_zero.count(True) == 6  # C1 to F6; not the input, nor the logits
    for layer, from_zero in (("Input", False), ("C1", True), ("S4", True)):
        view.context.commands.enlarge(view.canvas, Cell(layer, 0, 0, 0))
        legend = view.context.commands.enlarged.findChild(ScaleLegend).legend
        assert (legend.from_zero, legend.figures[0] == "0") == (from_zero, from_zero)
    view.context.commands.enlarged.close()
    exported = view.exported()
    assert exported is not None
    told = json.loads(str(exported.arrays["metadata"]))
    assert {fact: told[fact] for fact in form.facts()} == form.facts()
    assert told["input_border"] == pytest.approx(form.border_value)
    items = exported.sheet(Theme.LIGHT).items
    texts = [getattr(item, "text", "") for item in items]
    assert f"LeNet-5 {name}" in texts
    bars = [item for item in items if isinstance(item, Patch) and item.label == "colour scale"]
    lut = diverging_lut(Theme.LIGHT)
    first = [tuple(bar.colours[0, 0]) for bar in bars]
    assert first.count(tuple(lut[len(lut) // 2])) == 6  # C1 to F6
    assert first.count(tuple(lut[0])) == len(bars) - 6


def units_are_right(window: MainWindow, network: ModernLeNet5, form: ModernForm) -> None:
    view = go_to(window, "Shift+F2")
    x = torch.tensor(window.live.reading.input)[None, None]
    passed = network(x)
    for layer in UNIT_LAYERS[:-1]:
        button = view.findChild(QToolButton, f"unit_layer_{layer}")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        unit = view.unit
        at = (unit.map, unit.row, unit.column)[: passed.activations[layer].ndim - 1]
        value = float(passed.activations[layer][0][at])
        lines = view.panel.formula.splitlines()
        if layer in ("S2", "S4"):
            assert not view.panel.has_curve
            if form.pooling is Pooling.MAX:
                *inputs, shown = figures(lines[1])
                assert max(inputs) == shown == pytest.approx(value, abs=1e-4)
                source = view.panel.terms.found.sources[0]
                row, column = np.unravel_index(source.inputs.argmax(), (2, 2))
                where = f"row {source.square.top + row}, column {source.square.left + column}"
                assert lines[2].startswith("taken from ")
                assert lines[2].endswith(where)
            continue
        assert lines[2] == LAWS[form.squashing]
        *_, a, shown = figures(lines[-1])
        assert shown == pytest.approx(value, abs=1e-4)
        assert FUNCTIONS[form.squashing](a) == pytest.approx(shown, abs=2e-4)
        curve = view.panel.curve.chart.panels[0]
        sums, heights = curve.series[0].x, curve.series[0].y
        wanted = [FUNCTIONS[form.squashing](one) for one in sums]
        np.testing.assert_allclose(heights, wanted, atol=1e-5)
        assert curve.y.low < min(wanted)
        assert curve.y.high > max(wanted)
        slope = figures(view.panel.curve.toolTip())[0]
        by_steps = (FUNCTIONS[form.squashing](a + 1e-4) - FUNCTIONS[form.squashing](a)) / 1e-4
        assert slope == pytest.approx(by_steps, abs=1e-3)


def ink_and_compare_are_right(window: MainWindow, qtbot: QtBot, form: ModernForm) -> None:
    view = go_to(window, "Shift+F5")
    assert view.cards[5].details.text() == RANGE_SAID[form]
    np.testing.assert_array_equal(view.preprocessing.input, window.live.reading.input)
    view = go_to(window, "Shift+F4")
    qtbot.waitUntil(lambda: None not in view.pair.readings)
    assert view.pair.note.startswith("Two kinds of network")


def gradients_are_right(window: MainWindow, network: ModernLeNet5, form: ModernForm) -> None:
    view = go_to(window, "Shift+F9")
    values = window.live.reading.values("C3")
    unit = Unit("C3", *(int(one) for one in np.unravel_index(values.argmin(), values.shape)))
    view.show_unit(unit)
    x = torch.tensor(window.live.reading.input)[None, None].requires_grad_()
    passed = network(x, with_sums=True)
    inactive = form.squashing is Squashing.RELU
    of = passed.sums if inactive else passed.activations
    (wanted,) = torch.autograd.grad(of["C3"][0, unit.map, unit.row, unit.column], x)
    slopes = wanted[0, 0].numpy().copy()
    if form.border is Border.ZERO:
        slopes[[0, 1, -2, -1]] = 0
        slopes[:, [0, 1, -2, -1]] = 0
    np.testing.assert_allclose(view.gradient.gradient.slopes, slopes, rtol=1e-3, atol=1e-5)
    note = view.findChild(QWidget, "gradient_note").text()
    assert (", at 0: its sum before ReLU" in note) == inactive
