"""The maps are put back as they were, and taken away as they are shown."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from lenet_gui.errors import UserError
from lenet_gui.explore.reading import Reading
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.views.maps.canvas import NetworkCanvas
from lenet_gui.gui.views.maps.state import ChosenMap, MapsState
from lenet_gui.gui.views.maps.view import MapsView
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import ACTIVATION_LAYERS, GEOMETRY, LAYERS, Unit
from lenet_gui.pictures.arrays import reading_arrays
from lenet_gui.pictures.colours import Scale, Theme
from lenet_gui.pictures.grid.panel import Cell
from lenet_gui.pictures.network_sheet import network_sheet
from lenet_gui.pictures.painted import Style
from lenet_gui.pictures.svg import svg_bytes
from lenet_gui.plain_json import from_json, to_json
from tests.support.menus import choose, menu_of_cell

MAPS = [(layer, n) for layer in ACTIVATION_LAYERS for n in range(GEOMETRY[layer].pictures)]
states = st.builds(
    MapsState,
    st.sampled_from(Scale),
    st.none() | st.sampled_from(MAPS).map(lambda one: ChosenMap(*one)),
)


def test_every_state_is_put_back(view: MapsView) -> None:
    @given(states)
    @settings(max_examples=40)
    def holds(state: MapsState) -> None:
        assert from_json(MapsState, to_json(state)) == state
        view.restore(state)
        assert view.state == state

    holds()


def test_what_mouse_and_keys_reach_is_the_state(view: MapsView) -> None:
    place = view.canvas.cell_rect(Cell("C5", 0, 1, 9)).center()
    QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=place)
    assert view.state == MapsState(chosen=ChosenMap("C5", 0))
    QTest.keyClick(view.canvas, Qt.Key.Key_PageUp)
    QTest.keyClick(view.findChild(QComboBox, "scale_chooser"), Qt.Key.Key_Down)
    reached = view.state
    assert reached == MapsState(Scale.PER_MAP, ChosenMap("S4", 0))
    view.restore(MapsState())
    assert view.state == MapsState()
    view.restore(from_json(MapsState, to_json(reached)))
    assert view.state == reached


@pytest.mark.parametrize("chosen", ['["C1"]', '{"layer": "C1", "number": 6}', '{"layer": "X"}'])
def test_a_map_that_is_not_there_is_refused(chosen: str) -> None:
    with pytest.raises(UserError, match="chosen"):
        from_json(MapsState, f'{{"chosen": {chosen}}}')


def test_a_unit_is_shown_by_its_map(view: MapsView) -> None:
    view.show_unit(Unit("C3", 7, 2, 2))
    assert view.canvas.held == Cell("C3", 7, 0, 0)
    view.show_unit(Unit("output", 3))
    assert view.canvas.held == Cell("C3", 7, 0, 0)


def test_what_is_taken_away_is_what_is_shown(window: MainWindow, drawn: Callable[[], None]) -> None:
    assert window.maps.exported() is None
    drawn()
    window.maps.set_scale(Scale.GLOBAL)
    exported, reading = window.maps.exported(), window.live.reading
    assert exported is not None
    assert exported.name == f"lenet5-original-{reading.answer}"
    network = window.networks.shown
    for ground in Theme:
        style = Style(ground, Scale.GLOBAL, network.name)
        shown = svg_bytes(exported.sheet(ground))
        assert shown == svg_bytes(network_sheet(reading, style))
    facts = {**network.facts, "file": network.name}
    expected = reading_arrays(reading, window.live.steps.centred, facts)
    assert exported.suffixes == (".png", ".svg", ".npz")
    assert list(exported.arrays) == list(expected)
    for name, array in expected.items():
        np.testing.assert_array_equal(exported.arrays[name], array)


def test_the_menu_copies_what_is_under_the_pointer(
    view: MapsView, read: Callable[..., Reading], qtbot: QtBot
) -> None:
    reading = read(Variant.ORIGINAL)
    view.canvas.show_reading(reading)
    choose(menu_of_cell(view.canvas, Cell("S4", 9, 2, 3)), "Copy value")
    value = float(QGuiApplication.clipboard().text())
    assert value == pytest.approx(float(reading.activations["S4"][9, 2, 3]), rel=1e-6)
    with qtbot.waitSignal(view.context.commands.show_requested) as asked:
        choose(menu_of_cell(view.canvas, Cell("C3", 5, 1, 2)), "Show its causes")
    assert asked.args == ["causes", Unit("C3", 5, 1, 2)]
    choose(menu_of_cell(view.canvas, Cell("output", 0, 0, 3)), "Enlarge")
    assert view.context.commands.enlarged.shown == ("output", 0)
    assert view.context.commands.enlarged.isVisible()


def test_a_screen_reader_reads_every_unit(view: MapsView, read: Callable[..., Reading]) -> None:
    reading = read(Variant.MODERN)
    view.canvas.show_reading(reading)
    table = QAccessible.queryAccessibleInterface(view.canvas)
    units = sum(GEOMETRY[layer].units for layer in LAYERS)
    assert table.childCount() == units + len(view.canvas.guide_marks)
    f6 = sum(GEOMETRY[layer].units for layer in LAYERS[: LAYERS.index("F6")])
    cell = table.child(f6 + 20)
    assert cell.text(QAccessible.Text.Name) == "F6 unit 20"
    value = f"{float(reading.activations['F6'][20]):+.4f}".replace("-", "−")
    assert cell.text(QAccessible.Text.Value) == value


def test_a_screen_of_another_pixel_ratio_is_painted_anew(
    view: MapsView, read: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    view.canvas.show_reading(read(Variant.ORIGINAL))
    before = view.canvas.layout_of.by_name
    monkeypatch.setattr(NetworkCanvas, "devicePixelRatioF", lambda _self: 2.0)
    QApplication.sendEvent(view.canvas, QEvent(QEvent.Type.DevicePixelRatioChange))
    after = view.canvas.layout_of.by_name
    assert view.canvas.layout_of.ratio == 2.0
    assert after["C1"].cell[0] >= 2 * before["C1"].cell[0]
    cell = Cell("C5", 0, 1, 3)
    middle = QPoint(view.canvas.cell_rect(cell).center())
    assert view.canvas.cell_under(middle.toPointF()) == cell
    values = view.canvas.content.values["C5"]
    panel = after["C5"].panel
    assert values.array.shape == (1, panel.rows, panel.columns)
