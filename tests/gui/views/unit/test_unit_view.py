"""The unit view: pointing, choosing, walking and pinning; its figures are the network's."""

import math
import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core import theme
from lenet_gui.gui.views.unit.panel import UnitPanel
from lenet_gui.gui.views.unit.term_layout import ROWS
from lenet_gui.gui.views.unit.terms import Terms
from lenet_gui.gui.views.unit.view import UnitView
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.net.architecture import TABLE_I, Variant
from lenet_gui.net.layers import GEOMETRY, UNIT_LAYERS, Unit
from lenet_gui.pictures.grid.panel import Cell

Hover = Callable[[QWidget, QPoint], None]


@pytest.fixture
def opened(window: MainWindow) -> UnitView:
    """The view as it opens."""
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F2")
    view = window.view_stack.view
    assert isinstance(view, UnitView)
    return view


@pytest.fixture
def view(opened: UnitView) -> UnitView:
    """The view at C3."""
    click_layer(opened, "C3")
    return opened


def click_layer(view: UnitView, layer: str) -> None:
    button = view.findChild(QToolButton, f"unit_layer_{layer}")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def figures(line: str) -> list[float]:
    found = re.findall(r"[+-]?\d+(?:\.\d+(?:e-\d+)?|e-\d+)", line.replace("−", "-"))
    return [float(each) for each in found]


def shown_by_the_network(window: MainWindow, unit: Unit) -> float:
    """Of a fresh pass through the network in use, without the view's code."""
    assert window.live.reading is not None
    network = window.networks.current.network
    passed = network(torch.tensor(window.live.reading.input)[None, None], with_sums=True)
    if unit.layer == "output":
        return float(passed.output[0, unit.map])
    values = passed.activations[unit.layer][0]
    return float(
        values[unit.map] if unit.layer == "F6" else values[unit.map, unit.row, unit.column]
    )


@pytest.mark.parametrize("variant", Variant)
def test_every_layer_s_formula_ends_with_the_network_s_figure(
    window: MainWindow, view: UnitView, drawn: Callable[[], None], qtbot: QtBot, variant: Variant
) -> None:
    window.networks.switch(variant)
    drawn()
    for layer in UNIT_LAYERS:
        click_layer(view, layer)
        assert view.strip.layer == layer
        for step in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            QTest.keyClick(view.strip, step)
            lines = view.panel.formula.splitlines()
            value = shown_by_the_network(window, view.unit)
            assert figures(lines[-1])[-1] == pytest.approx(value, abs=2e-4)
            labels = view.panel.terms.content.labels
            weights, terms = (labels[f"{row} name 0"].lines[0][0].text for row in ROWS[1:])
            letter = re.findall("wᵢⱼ?", lines[0])
            assert letter == re.findall("wᵢⱼ?", weights) == re.findall("wᵢⱼ?", terms)
            assert ("xⱼ/4" in lines[0]) == ("xⱼ/4" in terms) == (not letter)
            if "tanh" in lines[-1]:
                *_, a, x = figures(lines[-1])
                original = variant is Variant.ORIGINAL
                anew = 1.7159 * math.tanh(2 * a / 3) if original else math.tanh(a)
                assert anew == pytest.approx(x, abs=2e-4)
                assert figures(lines[1])[-1] == a
                if layer not in ("S2", "S4"):
                    products, bias, total = figures(lines[1].replace("− ", "-").replace("+ ", "+"))
                    assert products + bias == pytest.approx(total, abs=1e-9)
    assert window.canvas.framed is not None


def test_pointing_tells_and_leaving_forgets(
    view: UnitView, drawn: Callable[[], None], hover: Hover
) -> None:
    drawn()
    held = view.unit
    pointed = Unit("C3", 15, 9, 3)
    hover(view.strip, view.strip.unit_rect(pointed).center())
    assert view.unit == pointed
    assert view.panel.title == "C3 map 15, row 9, column 3"
    assert set(view.below.framed) == set(TABLE_I[15])
    QApplication.sendEvent(view.strip, QEvent(QEvent.Type.Leave))
    assert view.unit == held
    QTest.mouseClick(
        view.strip, Qt.MouseButton.LeftButton, pos=view.strip.unit_rect(pointed).center()
    )
    QApplication.sendEvent(view.strip, QEvent(QEvent.Type.Leave))
    assert view.unit == pointed


@pytest.mark.parametrize(
    ("variant", "output"),
    [(Variant.ORIGINAL, "the distance to its code"), (Variant.MODERN, "the logit")],
)
def test_units_are_called_as_in_the_network_that_is_shown_before_anything_is_drawn(
    window: MainWindow, view: UnitView, qtbot: QtBot, variant: Variant, output: str
) -> None:
    window.networks.switch(variant)
    qtbot.waitUntil(lambda: window.live.is_settled)
    click_layer(view, "output")
    held = view.strip.held
    assert held is not None
    assert view.strip.name_of(held) == f"output 5, {output}"


def test_c3_of_the_original_has_the_inputs_of_table_i_and_the_modern_all(
    window: MainWindow, view: UnitView, drawn: Callable[[], None]
) -> None:
    drawn()
    for _ in range(16):
        assert tuple(view.below.framed) == TABLE_I[view.unit.map]
        QTest.keyClick(view.strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    window.networks.switch(Variant.MODERN)
    drawn()
    assert tuple(view.below.framed) == tuple(range(6))


FIELDS = {"C1": 5, "S2": 6, "C3": 14, "S4": 16, "C5": 32, "F6": 32}
"""The side of a unit's field, by its layer."""


def test_the_field_is_framed_on_input_and_drawing(
    window: MainWindow, view: UnitView, drawn: Callable[[], None]
) -> None:
    drawn()
    steps = window.live.steps
    assert steps is not None
    # A pixel of the digit is as large on the sheet as the ink's box says.
    pixel = max(steps.box.width, steps.box.height) / 20 / steps.painted.shape[0]
    for layer, side in FIELDS.items():
        click_layer(view, layer)
        field, frame = view.input.framed[0], window.canvas.framed
        assert field is not None
        assert (field.bottom - field.top, field.right - field.left) == (side, side), layer
        assert frame is not None
        assert frame.height() == pytest.approx(side * pixel), layer


def test_the_layers_are_stepped_through_and_the_arrows_walk_over_the_borders(
    view: UnitView, drawn: Callable[[], None]
) -> None:
    drawn()
    seen = [view.strip.layer]
    for _ in range(4):
        QTest.keyClick(view.strip, Qt.Key.Key_PageDown)
        seen.append(view.strip.layer)
    assert seen == ["C3", "S4", "C5", "F6", "output"]
    for layer, size in {"C5": "120", "F6": "84", "C3": "16 @ 10×10", "output": "10"}.items():
        click_layer(view, layer)
        assert view.strip.content.labels["caption"].lines[0][1].text == size
        rows = {"C5": "C5: 120 units, in rows of 15.", "F6": "F6: 84 units, in rows of 7."}
        assert view.strip.explain(QPointF(8, 8)) == rows.get(layer, "")
    QTest.keyClick(view.strip, Qt.Key.Key_PageDown)
    assert view.strip.layer == "output"
    for _ in range(6):
        QTest.keyClick(view.strip, Qt.Key.Key_PageUp)
    assert view.strip.layer == "C1"
    for _ in range(GEOMETRY["C1"].columns // 2):
        QTest.keyClick(view.strip, Qt.Key.Key_Right)
    assert (view.unit.map, view.unit.column) == (1, 0)
    QTest.keyClick(view.strip, Qt.Key.Key_Left)
    assert (view.unit.map, view.unit.column) == (0, 27)


def test_a_distance_is_told_bit_by_bit(
    window: MainWindow, view: UnitView, drawn: Callable[[], None], hover: Hover
) -> None:
    drawn()
    click_layer(view, "output")
    terms = view.panel.findChild(Terms, "unit_terms")
    told = view.panel.findChild(QLabel, "unit_term")
    assert window.live.reading is not None
    x = window.live.reading.activations["F6"]
    place = terms.picture_rect(Cell("terms", 0, 0, 0))
    total = 0.0
    for row in range(12):
        for column in range(7):
            cell = QPoint(
                place.x() + (2 * column + 1) * place.width() // 14,
                place.y() + (2 * row + 1) * place.height() // 24,
            )
            hover(terms, cell)
            value, code, term = figures(told.text().replace("− ", "-").replace("1)", "1.0)"))
            assert value == pytest.approx(float(x[7 * row + column]), abs=1e-4)
            assert abs(code) == 1
            total += term
    assert total == pytest.approx(float(window.live.reading.output[view.unit.map]), abs=84e-4)


def test_a_unit_is_pinned_beside_another_and_let_go(
    view: UnitView, drawn: Callable[[], None]
) -> None:
    drawn()
    first = view.unit
    QTest.keyClick(view.strip, Qt.Key.Key_Return)
    QTest.keyClick(view.strip, Qt.Key.Key_Down)
    assert view.pinned == first
    assert view.pinned_panel.isVisible()
    assert view.pinned_panel.title == "Pinned: C3 map 0, row 5, column 5"
    assert view.panel.title == "C3 map 0, row 6, column 5"
    before = view.pinned_panel.formula
    click_layer(view, "F6")
    assert view.pinned_panel.formula == before
    QTest.keyClick(view.strip, Qt.Key.Key_Escape)
    assert view.pinned is None
    assert not view.pinned_panel.isVisible()


def test_a_pinned_unit_and_the_one_beside_it_have_one_scale_of_colours(
    view: UnitView, drawn: Callable[[], None]
) -> None:
    drawn()
    click_layer(view, "output")
    assert view.panel.title == f"Output {view.unit.map}, the distance to its code"
    alone = {number: full_colour(view.panel, "terms") for number in walked(view)}
    QTest.keyClick(view.strip, Qt.Key.Key_Return)
    pinned = view.unit.map
    for number in walked(view):
        wanted = max(alone[number], alone[pinned])
        assert full_colour(view.panel, "terms") == wanted
        assert full_colour(view.pinned_panel, "terms") == wanted
    for grid, scale in ((view.panel.terms, "terms scale 0"), (view.strip, "scale")):
        assert grid.content.labels[scale].figures[0] == "0"  # squares and distances never are less
    assert view.panel.terms.content.labels["weights scale 0"].figures[0].startswith("−")
    click_layer(view, "F6")  # of another layer, whose products are no squares
    assert full_colour(view.pinned_panel, "terms") == alone[pinned]


def full_colour(panel: UnitPanel, row: str) -> float:
    return panel.terms.content.values[row].limit(0)


def walked(view: UnitView) -> Iterator[int]:
    """The digit of every output, each shown in its turn."""
    for _ in range(10):
        QTest.keyClick(view.strip, Qt.Key.Key_Left)
    for _ in range(10):
        yield view.unit.map
        QTest.keyClick(view.strip, Qt.Key.Key_Right)


def test_the_output_follows_the_answer_until_a_unit_is_chosen(
    window: MainWindow, opened: UnitView, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    view = opened
    drawn()
    assert view.unit == Unit("output", 3)
    QTest.keyClick(view.strip, Qt.Key.Key_Left)
    click_layer(view, "output")
    assert view.unit == Unit("output", 3)
    window.networks.switch(Variant.MODERN)
    window.canvas.clear()
    qtbot.waitUntil(lambda: window.live.reading is None)
    drawn()
    assert view.unit == Unit("output", window.live.reading.answer)
    QTest.keyClick(view.strip, Qt.Key.Key_Left)
    window.canvas.clear()
    drawn()
    assert view.unit == Unit("output", 2)


def places(view: UnitView) -> list[QRect]:
    """Of the buttons, and of what is below them."""
    buttons = [view.findChild(QToolButton, f"unit_layer_{layer}") for layer in UNIT_LAYERS]
    found = [*buttons, view.findChild(QToolButton, "unit_pin"), view.strip]
    return [QRect(each.mapTo(view, QPoint()), each.size()) for each in found]


def test_of_a_missed_digit_the_outputs_of_the_answer_and_the_label_are_compared(
    window: MainWindow, opened: UnitView, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    view = opened
    drawn()
    line = view.findChild(ElidedLabel, "unit_missed")
    both = view.findChild(QToolButton, "unit_both")
    assert not line.isVisible()
    painted = window.live.steps.painted
    window.resize(1500, 800)
    qtbot.waitUntil(lambda: view.width() > 800)
    QApplication.processEvents()  # what stands side by side now is laid out once more
    before = places(view)
    with qtbot.waitSignal(window.live.read):
        window.canvas.put(Drawing(backdrop=Backdrop(painted, 8)))
    QApplication.processEvents()
    assert places(view) == before  # whoever clicks a layer hits it
    assert (line.isVisible(), line.text()) == (True, "Answered 3, labelled 8")
    assert both.text() == "Compare outputs 3 and 8"
    click_layer(view, "C3")
    QTest.mouseClick(both, Qt.MouseButton.LeftButton)
    assert (view.unit, view.pinned) == (Unit("output", 3), Unit("output", 8))
    assert view.pinned_panel.title == "Pinned: output 8, the distance to its code"
    assert both.isChecked()
    QTest.mouseClick(both, Qt.MouseButton.LeftButton)
    assert (view.unit, view.pinned) == (Unit("output", 3), None)
    assert not both.isChecked()
    with qtbot.waitSignal(window.live.read):
        window.canvas.put(Drawing(backdrop=Backdrop(painted, 3)))  # read as it is labelled
    assert not line.isVisible()


def test_pin_is_told_apart_from_the_layers(opened: UnitView) -> None:
    pin = opened.findChild(QToolButton, "unit_pin")
    layers = [opened.findChild(QToolButton, f"unit_layer_{layer}") for layer in UNIT_LAYERS]
    assert pin.text() == "Pin"
    assert not pin.icon().isNull()
    assert pin.autoRaise()
    assert not any(button.autoRaise() for button in layers)
    left, right = (each.mapTo(opened, QPoint()).x() for each in (pin, layers[-1]))
    assert left - right - layers[-1].width() >= theme.UNIT


def test_the_outputs_take_no_height_that_they_do_not_need(
    window: MainWindow, opened: UnitView, drawn: Callable[[], None]
) -> None:
    window.resize(1600, 1000)
    drawn()
    QApplication.processEvents()
    low = opened.strip.height()
    digit = opened.strip.unit_rect(Unit("output", 3))
    below = low - digit.bottom()
    assert digit.height() >= 48
    assert below < digit.height()  # room for the digit's name, and little more
    click_layer(opened, "C3")
    QApplication.processEvents()
    assert opened.strip.height() > low


def test_the_axis_of_sums_reaches_the_sum(
    window: MainWindow, view: UnitView, drawn: Callable[[], None]
) -> None:
    drawn()
    assert window.live.reading is not None
    reaches = set()
    for layer in ("C5", "F6"):
        values = np.abs(window.live.reading.activations[layer])
        for number in (int(values.argmin()), int(values.argmax())):
            view.show_unit(Unit(layer, number))
            found = figures(view.panel.formula.splitlines()[1])[-1]
            axis = view.panel.curve.chart.panels[0].x
            reaches.add(axis.high)
            assert axis.low <= found <= axis.high == max(4, 2 * math.ceil(abs(found) / 2))
    assert len(reaches) > 1


def test_an_empty_sheet_says_what_to_do_and_shows_nothing_old(
    window: MainWindow, view: UnitView, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    hint = view.empty
    assert hint.isVisible()
    assert "Draw a digit" in hint.sentence
    drawn()
    assert not hint.isVisible()
    assert view.panel.isVisible()
    window.canvas.clear()
    qtbot.waitUntil(lambda: window.live.reading is None)
    assert hint.isVisible()
    assert not view.panel.isVisible()
    assert view.below.framed == {}
    assert window.canvas.framed is None


def test_the_figures_follow_the_pen(
    window: MainWindow, view: UnitView, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    drawn()
    click_layer(view, "F6")
    before = view.panel.formula
    canvas, area = window.canvas, window.canvas.area
    with qtbot.waitSignal(window.live.read):
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=area.center())
        QTest.mouseMove(canvas, area.center() + QPoint(40, 40))
    assert view.panel.formula != before
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=area.center() + QPoint(40, 40))
