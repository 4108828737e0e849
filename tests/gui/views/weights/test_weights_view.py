"""Every weight is found where it should be, in its colour, told by name; Table I lights up."""

from collections.abc import Callable

import pytest
import torch
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.explore.weights import Kind
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core import theme
from lenet_gui.gui.views.weights.panels import cell_of
from lenet_gui.gui.views.weights.view import WeightsView
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.pictures.grid.panel import Cell

Hover = Callable[[QWidget, QPoint], None]

# Table I as it is printed: a line for each map of S2, an X where it feeds a map of C3.
TABLE = [
    "X...XXX..XXXX.XX",
    "XX...XXX..XXXX.X",
    "XXX...XXX..X.XXX",
    ".XXX..XXXX..X.XX",
    "..XXX..XXXX.XX.X",
    "...XXX..XXXX.XXX",
]


@pytest.fixture
def view(window: MainWindow, qtbot: QtBot) -> WeightsView:
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F3")
    view = window.view_stack.view
    assert isinstance(view, WeightsView)
    qtbot.waitUntil(lambda: view.pictures is not None)
    return view


def cell(view: WeightsView, parameter: str, index: int) -> Cell:
    return cell_of(view.pictures.part(parameter), index)


def middle(view: WeightsView, parameter: str, index: int) -> QPoint:
    return view.grid.cell_rect(cell(view, parameter, index)).center()


def told(view: WeightsView) -> tuple[str, float]:
    """What is told of a weight: its name and value."""
    words = view.panel.details.text().replace("−", "-")
    name, value = words.rsplit(": ", 1)
    return name, float(value)


def heads(view: WeightsView, layer: str, *maps: int) -> set[tuple[str, int]]:
    return {(layer, number) for number in maps}


def lit(view: WeightsView) -> set[tuple[str, int]]:
    return set(view.grid.lit)


def head_at(view: WeightsView, layer: str, number: int) -> QPoint:
    return view.grid.head_rect(layer, number).center()


def test_a_weight_is_told_under_the_pointer(
    window: MainWindow, view: WeightsView, hover: Hover
) -> None:
    network = window.networks.current.network
    dense = network.C3.dense_weight().detach()
    c5 = network.C5.weight.detach()
    kernels = view.pictures.part("C3.weight")
    picture = kernels.places.index((4, 10))  # C3 map 10 from S2 map 4
    for parameter, index, name, value in (
        (
            "C1.weight",
            3 * 25 + 2 * 5 + 4,
            "C1 map 3, row 2, column 4",
            network.C1.weight[3, 0, 2, 4],
        ),
        ("C1.bias", 5, "C1 map 5, bias", network.C1.bias[5]),
        (
            "C3.weight",
            kernels.index_of(picture, 1, 3),
            "C3 map 10 from S2 map 4, row 1, column 3",
            dense[10, 4, 1, 3],
        ),
        (
            "C5.weight",
            17 * 400 + 3 * 25 + 7,
            "C5 unit 17 from S4 map 3, row 1, column 2",
            c5[17, 3, 1, 2],
        ),
        ("C5.bias", 119, "C5 unit 119, bias", network.C5.bias[119]),
        ("F6.weight", 83 * 120 + 5, "F6 unit 83 from C5 unit 5", network.F6.weight[83, 5]),
    ):
        hover(view.grid, middle(view, parameter, index))
        assert told(view) == (name, pytest.approx(float(value.detach()), abs=5.1e-5))
    hover(view.grid, QPoint(view.grid.width() - 1, 2))
    assert told(view)[0] == "C1 map 0, row 2, column 2"  # the one that is held


def test_a_map_of_c3_lights_up_its_maps_of_s2_and_the_other_way_round(
    view: WeightsView, hover: Hover
) -> None:
    ties = view.findChild(QLabel, "weights_ties")
    for c3_map in range(16):
        hover(view.grid, head_at(view, "C3", c3_map))
        feeding = [s2_map for s2_map in range(6) if TABLE[s2_map][c3_map] == "X"]
        assert lit(view) == heads(view, "C3", c3_map) | heads(view, "S2", *feeding)
        listed = ", ".join(map(str, feeding))
        assert ties.text() == f"C3 map {c3_map} is fed by S2 {listed}"
    for s2_map in range(6):
        hover(view.grid, head_at(view, "S2", s2_map))
        fed = [c3_map for c3_map in range(16) if TABLE[s2_map][c3_map] == "X"]
        assert lit(view) == heads(view, "S2", s2_map) | heads(view, "C3", *fed)
    hover(view.grid, middle(view, "S2.coefficient", 2))
    assert ("S2", 2) in lit(view)
    QApplication.sendEvent(view.grid, QEvent(QEvent.Type.Leave))
    assert lit(view) == set()
    assert ties.text() == ""


def test_where_table_1_has_no_connection_nothing_is_painted(view: WeightsView) -> None:
    layout, kernels = view.grid.layout_of, view.grid.layout_of.by_name["C3.weight"]
    first = kernels.pictures[0]  # C3 map 0 from S2 map 0
    left, top, side = first.x, first.y, first.width
    image = view.grid.grab().toImage()
    across = layout.labels["C3 1"].x - layout.labels["C3 0"].x
    down = layout.labels["S2 1"].y - layout.labels["S2 0"].y
    ground = theme.theme_ground(view.grid)
    for s2_map in range(6):
        for c3_map in range(16):
            x, y = left + c3_map * across, top + s2_map * down
            inside = ((x + dx, y + dy) for dx in range(side) for dy in range(side))
            colours = {image.pixel(*place) for place in inside}
            connected = TABLE[s2_map][c3_map] == "X"
            assert (colours == {ground.rgb()}) is not connected


def test_weights_have_the_colours_of_their_layers_legend(
    window: MainWindow, view: WeightsView, qtbot: QtBot
) -> None:
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(3))
    with torch.no_grad():
        network.F6.weight.zero_()
        network.F6.weight[40, 60], network.F6.weight[41, 60] = 2.0, -2.0
        network.F6.bias.zero_()
    window.networks.adopt(network, {}, "test")
    qtbot.waitUntil(lambda: view.pictures.limits["F6"] == 2.0)
    image = view.grid.grab().toImage()

    def colour(unit: int) -> QColor:
        box = view.grid.cell_rect(cell(view, "F6.weight", unit * 120 + 60))
        return image.pixelColor(box.topLeft())

    orange, blue, zero = colour(40), colour(41), colour(42)
    assert orange.red() > orange.blue() + 60
    assert blue.blue() > blue.red() + 60
    assert abs(zero.red() - zero.blue()) < 12


def test_the_keys_go_from_weight_to_weight_and_from_layer_to_layer(view: WeightsView) -> None:
    grid = view.grid
    view.setFocus()
    assert grid.hasFocus()

    def press(*keys: Qt.Key, ctrl: bool = False) -> str:
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        for key in keys:
            QTest.keyClick(grid, key, held)
        return told(view)[0]

    right, down = Qt.Key.Key_Right, Qt.Key.Key_Down
    assert press(right) == "C1 map 0, row 2, column 3"
    assert press(right, right) == "C1 map 1, row 2, column 0"
    assert press(down, down, down) == "C1 map 1, bias"
    assert press(down) == "S2 map 1, coefficient"
    assert press(Qt.Key.Key_PageDown) == "C3 map 0 from S2 map 0, row 0, column 0"
    assert lit(view) == heads(view, "C3", 0) | heads(view, "S2", 0, 1, 2)
    # S2 map 0 does not feed C3 maps 1, 2 and 3.
    assert press(right, ctrl=True) == "C3 map 4 from S2 map 0, row 0, column 0"
    assert (
        press(Qt.Key.Key_PageDown, Qt.Key.Key_PageDown)
        == "C5 unit 0 from S4 map 0, row 0, column 0"
    )
    assert press(right, down) == "C5 unit 1 from S4 map 0, row 0, column 1"
    assert press(Qt.Key.Key_PageDown) == "F6 unit 0 from C5 unit 0"
    assert press(*[Qt.Key.Key_PageUp] * 9) == "C1 map 0, row 0, column 0"
    assert press(Qt.Key.Key_Left, Qt.Key.Key_Up) == "C1 map 0, row 0, column 0"
    assert grid.accessibleDescription() == view.panel.details.text()


def test_what_is_held_is_seen_and_enlarged(
    window: MainWindow, view: WeightsView, hover: Hover
) -> None:
    network: LeNet5 = window.networks.current.network
    QTest.mouseClick(
        view.grid,
        Qt.MouseButton.LeftButton,
        pos=middle(view, "F6.weight", 20 * 120 + 33),
    )
    assert told(view)[0] == "F6 unit 20 from C5 unit 33"
    area = view.grid.visibleRegion().boundingRect()
    assert area.contains(view.grid.cell_rect(view.grid.held).center())
    piece = view.panel.piece
    assert (piece.panels[0].columns, piece.panels[0].rows) == (15, 8)
    assert piece.held == Cell("piece", 0, 2, 3)  # the weight 33 in lines of 15
    hover(piece, piece.cell_rect(Cell("piece", 0, 7, 7)).center())
    name, value = told(view)
    assert name == "F6 unit 20 from C5 unit 112"
    assert value == pytest.approx(float(network.F6.weight[20, 112].detach()), abs=5.1e-5)


def test_what_is_pointed_at_and_held_is_that_of_the_network_now_shown(
    window: MainWindow, view: WeightsView, hover: Hover, qtbot: QtBot
) -> None:
    ties = view.findChild(QLabel, "weights_ties")
    heading = view.findChild(QLabel, "weights_heading")
    picture = view.pictures.part("C3.weight").places.index((1, 5))  # C3 map 5 from S2 map 1
    index = view.pictures.part("C3.weight").index_of(picture, 2, 3)
    QTest.mouseClick(view.grid, Qt.MouseButton.LeftButton, pos=middle(view, "C3.weight", index))
    place = middle(view, "C3.weight", index)
    hover(view.grid, place)
    QApplication.sendEvent(
        view.grid,
        QHelpEvent(QEvent.Type.ToolTip, place, view.grid.mapToGlobal(place)),
    )
    assert (told(view)[0], ties.text()) == (
        "C3 map 5 from S2 map 1, row 2, column 3",
        "C3 map 5 is fed by S2 0, 1, 5",
    )
    tip = QToolTip.text()
    assert "C3 map 5 from S2 map 1" in tip
    QTest.keySequence(window, "Ctrl+2")
    qtbot.waitUntil(lambda: heading.text() == "61,706 trainable parameters")
    name, value = told(view)  # the kernel under the pointer is another one: the one held is told
    assert name == "C3 map 5 from S2 map 1, row 2, column 3"
    weight = window.networks.current.network.C3.weight[5, 1, 2, 3]
    assert value == pytest.approx(float(weight.detach()), abs=5.1e-5)
    assert ties.text() == "C3 map 5 is fed by S2 0, 1, 2, 3, 4, 5"
    assert lit(view) == heads(view, "C3", 5) | heads(view, "S2", *range(6))
    assert QToolTip.text() != tip
    QApplication.sendEvent(view.grid, QEvent(QEvent.Type.Leave))
    assert (told(view)[0], ties.text()) == (name, "C3 map 5 is fed by S2 0, 1, 2, 3, 4, 5")
    QTest.keySequence(window, "Ctrl+1")
    qtbot.waitUntil(lambda: heading.text() == "60,000 trainable parameters")
    assert (told(view)[0], ties.text()) == (name, "C3 map 5 is fed by S2 0, 1, 5")


def test_another_network_and_one_in_training_are_followed(
    window: MainWindow, view: WeightsView, qtbot: QtBot
) -> None:
    heading = view.findChild(QLabel, "weights_heading")
    assert heading.text() == "60,000 trainable parameters"
    QTest.keyClick(view.grid, Qt.Key.Key_PageDown)  # S2, which the Modern has no weights in
    window.networks.switch(Variant.MODERN)
    qtbot.waitUntil(lambda: heading.text() == "61,706 trainable parameters")
    assert told(view)[0] == "C1 map 0, row 2, column 2"
    assert not any(part.kind is Kind.COEFFICIENTS for part in view.pictures.parts)
    network = build(Variant.MODERN, torch.Generator().manual_seed(1))
    window.networks.follow(network, None)
    qtbot.waitUntil(
        lambda: (
            told(view)[1] == pytest.approx(float(network.C1.weight[0, 0, 2, 2].detach()), abs=1e-4)
        )
    )
    with torch.no_grad():
        network.C1.weight[0, 0, 2, 2] = 7.25
    window.networks.follow(network, None)
    qtbot.waitUntil(lambda: told(view)[1] == 7.25)
    assert view.pictures.limits["C1"] == 7.25


def test_a_network_that_has_diverged_is_shown(
    window: MainWindow, view: WeightsView, qtbot: QtBot
) -> None:
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(1))
    with torch.no_grad():
        network.C1.weight.fill_(float("nan"))
    window.networks.adopt(network, {}, "test")
    qtbot.waitUntil(lambda: "nan" in view.panel.details.text())
    assert not view.grab().isNull()
