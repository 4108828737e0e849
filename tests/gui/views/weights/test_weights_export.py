"""The weights view's state comes back, and what it gives away is what it shows."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.errors import UserError
from lenet_gui.explore.weights import weight_counts
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.views.weights.grid import WeightsGrid
from lenet_gui.gui.views.weights.panels import cell_of
from lenet_gui.gui.views.weights.state import WeightsState
from lenet_gui.gui.views.weights.view import WeightsView
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import Unit
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.export import save
from lenet_gui.pictures.grid.panel import Cell
from lenet_gui.pictures.sheet import Patch, Text
from lenet_gui.plain_json import from_json, to_json
from tests.support.copied import copied_picture
from tests.support.menus import choose, menu_of_cell


@pytest.fixture
def view(window: MainWindow, qtbot: QtBot) -> WeightsView:
    window.view_stack.turn_to("weights")
    view = window.view_stack.view
    assert isinstance(view, WeightsView)
    qtbot.waitUntil(lambda: view.pictures is not None)
    return view


def states(counts: dict[str, int]) -> st.SearchStrategy[WeightsState]:
    def of(parameter: str) -> st.SearchStrategy[WeightsState]:
        indices = st.integers(0, counts[parameter] - 1)
        return st.builds(WeightsState, st.just(parameter), indices)

    return st.sampled_from(sorted(counts)).flatmap(of)


@given(states(weight_counts()))
def test_every_state_comes_back_equal_from_json(state: WeightsState) -> None:
    assert from_json(WeightsState, to_json(state)) == state


def test_a_weight_that_no_network_has_is_refused() -> None:
    for parameter, index in (("C9.weight", 0), ("C1.weight", 150), ("F6.bias", -1)):
        with pytest.raises(UserError, match="WeightsState"):
            from_json(WeightsState, f'{{"parameter": "{parameter}", "index": {index}}}')


def test_the_view_comes_back_to_every_state(view: WeightsView) -> None:
    counts = {part.parameter: part.count for part in view.pictures.shown}

    @settings(max_examples=15)
    @given(states(counts))
    def comes_back(state: WeightsState) -> None:
        view.restore(state)
        assert view.state == state
        assert view.grid.held == cell_of(view.pictures.part(state.parameter), state.index)

    comes_back()
    QTest.keyClick(view.grid, Qt.Key.Key_PageUp)
    QTest.keyClick(view.grid, Qt.Key.Key_Down)
    before = view.state
    view.restore(WeightsState())
    view.restore(from_json(WeightsState, to_json(before)))
    assert view.state == before


def test_a_state_that_the_network_cannot_have_becomes_one_that_it_can(
    window: MainWindow, view: WeightsView, qtbot: QtBot
) -> None:
    window.networks.switch(Variant.MODERN)
    qtbot.waitUntil(lambda: view.pictures.variant is Variant.MODERN)
    view.restore(WeightsState("C3.weight", 2399))  # 96 kernels
    assert view.state.index == 2399
    window.networks.switch(Variant.ORIGINAL)
    qtbot.waitUntil(lambda: view.pictures.variant is Variant.ORIGINAL)
    assert view.state == WeightsState("C3.weight", 1499)  # 60 of them
    view.restore(WeightsState("output.weight", 0))
    assert view.state == WeightsState()


FIRST_WEIGHTS = {
    Unit("C1", 4, 9, 9): WeightsState("C1.weight", 100),
    Unit("S2", 3, 1, 1): WeightsState("S2.coefficient", 3),
    Unit("C3", 1, 0, 0): WeightsState("C3.weight", 75),  # map 0 has three kernels
    Unit("C5", 7): WeightsState("C5.weight", 2800),
    Unit("F6", 83): WeightsState("F6.weight", 9960),
    Unit("output", 2): WeightsState("output.codes", 168),
}


def test_a_unit_s_first_weight_is_shown(window: MainWindow, view: WeightsView) -> None:
    for unit, state in FIRST_WEIGHTS.items():
        window.cell_commands.show_requested.emit("weights", unit)
        assert view.state == state


def test_a_layer_without_weights_is_told_of(
    window: MainWindow, view: WeightsView, qtbot: QtBot
) -> None:
    window.networks.switch(Variant.MODERN)
    qtbot.waitUntil(lambda: view.pictures.variant is Variant.MODERN)
    before = view.state
    with qtbot.waitSignal(view.context.notifier.noted) as noted:
        view.show_unit(Unit("S4", 0))
    assert noted.args == ["S4 has no weights in this network."]
    assert view.state == before


@pytest.mark.parametrize("variant", Variant)
def test_what_is_taken_away_is_what_is_shown(
    window: MainWindow, view: WeightsView, qtbot: QtBot, variant: Variant, tmp_path: Path
) -> None:
    window.networks.switch(variant)
    qtbot.waitUntil(lambda: view.pictures.variant is variant)
    view.show_unit(Unit("C3", 2))
    exported = view.exported()
    assert exported is not None
    parameters = dict(window.networks.current.network.named_parameters())
    for name, parameter in parameters.items():
        array = exported.arrays[name]
        np.testing.assert_array_equal(array.ravel(), parameter.detach().numpy().ravel())
    assert exported.arrays["C3.places"][5].tolist() == list(
        view.pictures.part("C3.weight").places[5]
    )
    for theme in Theme:
        sheet = exported.sheet(theme)
        texts = [item.text for item in sheet.items if isinstance(item, Text)]
        assert texts[0] == "Weights"
        assert f"{view.pictures.count:,} trainable parameters" in texts
        assert view.panel.details.text() in texts
        labels = [item.label for item in sheet.items if isinstance(item, Patch)]
        for placed in view.grid.layout_of.panels:
            for picture in range(placed.panel.pictures):
                assert placed.panel.words.picture(picture) in labels
        save(exported, tmp_path / f"{theme}.png", theme, 1)


def test_a_weight_is_copied_and_leads_to_its_unit(window: MainWindow, view: WeightsView) -> None:
    kernels = view.pictures.part("C3.weight")
    cell = cell_of(kernels, 80)  # C3 map 1 from S2 map 1
    choose(menu_of_cell(view.grid, cell), "Copy value")
    assert float(QGuiApplication.clipboard().text()) == pytest.approx(kernels.value(80), rel=1e-6)
    choose(menu_of_cell(view.grid, cell), "Copy as table")
    copied = copied_picture()
    assert copied.corner == "C3 map 1 from S2 map 1, row / column"
    np.testing.assert_allclose(copied.figures, kernels.values[3], rtol=1e-6)
    assert copied.facts["network"].startswith("Original, ")
    choose(menu_of_cell(view.grid, cell), "Show in Unit")
    assert window.view_stack.name == "unit"
    assert window.view_stack.view.unit == Unit("C3", 1, 5, 5)


def test_a_weight_is_chosen_in_the_enlarged_piece(
    view: WeightsView, hover: Callable[[QWidget, QPoint], None]
) -> None:
    view.show_unit(Unit("C3", 4))
    piece, corner = view.panel.piece, Cell("piece", 0, 4, 4)
    hover(piece, piece.cell_rect(corner).center())
    assert [marked.cell for marked in view.grid.content.marks if marked.rows == 1] == [
        cell_of(view.pictures.part("C3.weight"), view.state.index + 24)
    ]
    before = view.state
    QTest.mouseClick(piece, Qt.MouseButton.LeftButton, pos=piece.cell_rect(corner).center())
    assert view.state == WeightsState("C3.weight", before.index + 24)
    QTest.keyClick(piece, Qt.Key.Key_Left)
    assert view.state == WeightsState("C3.weight", before.index + 23)
    QApplication.sendEvent(piece, QEvent(QEvent.Type.Leave))
    assert view.panel.details.text() == view.grid.text_of(view.grid.held)


def test_a_screen_reader_reads_every_weight(view: WeightsView) -> None:
    table = QAccessible.queryAccessibleInterface(view.grid)
    cells = table.childCount() - len(view.grid.guide_marks)
    assert cells == 60_000 + 10 * 84  # and the codes, which are fixed
    told = table.child(156 + 12 + 60 * 25 - 1)
    assert told.text(QAccessible.Text.Name) == "C3 map 15 from S2 map 5, row 4, column 4"
    value = view.pictures.part("C3.weight").value(1499)
    assert told.text(QAccessible.Text.Value) == f"{value:+.4f}".replace("-", "−")
    code = table.child(60_000)
    assert code.text(QAccessible.Text.Name) == "code of 0, row 0, column 0"
    assert code.text(QAccessible.Text.Value) == "−1"


def test_another_screen_and_other_colours_are_painted_anew(
    view: WeightsView,
    monkeypatch: pytest.MonkeyPatch,
    dark_palette: QPalette,
    pixels: Callable[[QWidget], np.ndarray],
) -> None:
    grid, cell = view.grid, view.grid.held
    point = grid.cell_rect(cell).center()
    light = pixels(grid)[3, 3]
    monkeypatch.setattr(WeightsGrid, "devicePixelRatioF", lambda _self: 2.0)
    QApplication.sendEvent(grid, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert grid.layout_of.ratio == 2.0
    assert grid.layout_of.by_name["F6.weight"].cell[0] > 1
    assert grid.held == cell
    assert grid.cell_rect(cell).adjusted(-12, -12, 12, 12).contains(point)
    monkeypatch.undo()
    QApplication.sendEvent(grid, QEvent(QEvent.Type.DevicePixelRatioChange))
    grid.setPalette(dark_palette)
    assert int(pixels(grid)[3, 3].sum()) < int(light.sum())
