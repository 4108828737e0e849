"""What is taken out of the view of two networks: its state, its pages, its cells and their values.

With the mouse and the keys in the real window, and as a screen reader sees it.
"""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.errors import UserError
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.library.network_list import IN_TRAINING, SHOWN
from lenet_gui.gui.library.networks import PAPER
from lenet_gui.gui.views.compare.panels import cell_of, unit_of
from lenet_gui.gui.views.compare.state import CompareState
from lenet_gui.gui.views.compare.view import CompareView
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import GEOMETRY, INPUT, LAYERS, UNIT_LAYERS, Unit
from lenet_gui.net.lenet5 import build
from lenet_gui.pictures.colours import Theme, diverging_lut
from lenet_gui.pictures.export import save
from lenet_gui.pictures.sheet import Line, Patch, Text
from lenet_gui.plain_json import from_json, to_json
from lenet_gui.text.figures import probability
from tests.support.copied import copied_picture
from tests.support.menus import choose, menu_at

Drawn = Callable[[], None]
LISTED = (SHOWN, "Original, shipped", "Modern, shipped", f"{PAPER}, shipped", IN_TRAINING)


@pytest.fixture
def view(window: MainWindow, drawn: Drawn) -> CompareView:
    """The view with a drawing, opened with its key."""
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F4")
    found = window.view_stack.view
    assert isinstance(found, CompareView)
    drawn()
    return found


def units() -> st.SearchStrategy[Unit]:
    def of(layer: str) -> st.SearchStrategy[Unit]:
        maps, side = GEOMETRY[layer].maps, GEOMETRY[layer].side
        inside = st.integers(0, side - 1)
        return st.builds(Unit, st.just(layer), st.integers(0, maps - 1), inside, inside)

    return st.sampled_from(UNIT_LAYERS).flatmap(of)


def click(view: CompareView, point: QPoint) -> None:
    QTest.mouseClick(view.maps, Qt.MouseButton.LeftButton, pos=point)


def entries(menu: QMenu) -> list[str]:
    return [each.text().replace("&", "") for each in menu.actions() if not each.isSeparator()]


def test_every_state_that_can_be_reached_comes_back(view: CompareView, window: MainWindow) -> None:
    opened = view.state
    window.networks.follow(build(Variant.MODERN).eval(), None)
    assert opened == CompareState(SHOWN, "Modern, shipped")

    @given(
        names=st.tuples(st.sampled_from(LISTED), st.sampled_from(LISTED)),
        scales=st.booleans(),
        unit=st.none() | units(),
        side=st.sampled_from((0, 1)),
    )
    @settings(max_examples=15)
    def comes_back(names: tuple[str, str], scales: bool, unit: Unit | None, side: int) -> None:
        for choice, name in zip(view.choices, names, strict=True):
            choice.setCurrentText(name)
            choice.activated.emit(choice.currentIndex())
        if scales:
            QTest.keyClick(view.maps, Qt.Key.Key_S)
        click(view, QPoint(1, 1) if unit is None else view.maps.unit_rect(side, unit).center())
        reached = view.state
        assert (reached.a, reached.b, reached.one_scale) == (*names, not scales)
        assert reached.unit == unit
        assert reached.side == (0 if unit is None else side)
        assert from_json(CompareState, to_json(reached)) == reached
        view.restore(opened)
        assert view.state == opened
        assert view.maps.unit is None
        view.restore(reached)
        assert view.state == reached
        assert view.maps.unit == unit
        view.restore(opened)

    comes_back()


def test_a_state_that_names_what_is_not_there_leaves_that_as_it_is(view: CompareView) -> None:
    view.restore(CompareState("gone.safetensors", "A file…", one_scale=False))
    assert view.state == CompareState(SHOWN, "Modern, shipped", one_scale=False)
    with pytest.raises(UserError, match="side"):
        from_json(CompareState, '{"side": 2}')
    for unit in (Unit("C3", 99, 3, 3), Unit("C9", 3), Unit(INPUT, 0, 3, 3)):
        with pytest.raises(ValueError, match="no unit"):
            CompareState(unit=unit)


def test_a_unit_asked_for_is_held_and_told(view: CompareView, window: MainWindow) -> None:
    view.show_unit(Unit("S4", 7, 2, 3))
    assert view.state.unit == Unit("S4", 7, 2, 3)
    assert view.details.text().startswith("S4 map 7, row 2, column 3: A ")
    assert window.canvas.framed is not None


def test_what_is_written_is_what_is_shown(view: CompareView, tmp_path: Path) -> None:
    unit = Unit("C3", 5, 4, 4)
    click(view, view.maps.unit_rect(1, unit).center())
    exported = view.exported()
    assert exported is not None
    assert exported.name == "compare-3-3"
    for theme in Theme:
        sheet = exported.sheet(theme)
        texts = [item.text for item in sheet.items if isinstance(item, Text)]
        assert "Two networks on one drawing" in texts
        assert view.pair.apart is not None
        apart = probability(view.pair.apart)
        assert f"Both read 3; {apart} of the probability lies on other answers" in " ".join(texts)
        assert "A: Original, MNIST test error 0.57 %" in texts
        assert "B: Modern, MNIST test error 0.55 %" in texts
        assert view.details.text().splitlines()[0] in texts
        patches = {item.label: item for item in sheet.items if isinstance(item, Patch)}
        chosen = [item for item in sheet.items if isinstance(item, Line)]
        assert len(chosen) == 4  # two answers, and the unit in both
        for name in ("A", "B"):
            values = view.maps.content.values[f"{name} C1"]
            shown = patches[f"{name} C1 map 2"].colours
            low, high = values.array[2].min(), values.array[2].max()
            for value in (low, high):
                row, column = np.argwhere(values.array[2] == value)[0]
                place = round((value / values.limit(2) + 1) / 2 * 255)
                near = diverging_lut(theme)[max(place - 1, 0) : place + 2].astype(int)
                assert np.abs(near - shown[row, column]).sum(axis=1).min() <= 3
        target = tmp_path / f"{theme}.png"
        save(exported, target, theme, 1)
        with Image.open(target) as picture:
            assert picture.size == (sheet.width, sheet.height)
    assert exported.table is not None
    rows = list(csv.DictReader(io.StringIO(exported.table.as_csv().decode())))
    assert len(rows) == sum(GEOMETRY[layer].units for layer in UNIT_LAYERS)
    row = next(one for one in rows if (one["layer"], one["map"]) == ("C3", "5"))
    assert (row["row"], row["column"]) == ("0", "0")
    assert exported.arrays is not None
    for name, reading in zip(("A", "B"), view.pair.readings, strict=True):
        assert reading is not None
        assert np.float32(row[name]) == reading.value(Unit("C3", 5, 0, 0))
        for layer in LAYERS:
            np.testing.assert_array_equal(exported.arrays[f"{name}_{layer}"], reading.values(layer))
    written = [np.float32(one["B"]) for one in rows if one["layer"] == "S4"]
    np.testing.assert_array_equal(written, view.pair.readings[1].values("S4").ravel())


def test_nothing_is_given_away_before_there_is_a_drawing(
    view: CompareView, window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.live.read):
        window.canvas.clear()
    assert view.exported() is None


def test_a_network_alone_is_given_away_with_its_hint(
    damaged_window: MainWindow, drawn: Drawn
) -> None:
    damaged_window.view_stack.turn_to("compare")
    view = damaged_window.view_stack.view
    drawn()
    exported = view.exported()
    assert exported is not None
    assert exported.table is not None
    assert exported.table.rows[0][-1] == ""
    assert set(exported.arrays or ()) == {
        *(f"A_{layer}" for layer in LAYERS),
        "A_probabilities",
        "A_rubbish",
    }
    texts = [item.text for item in exported.sheet(Theme.LIGHT).items if isinstance(item, Text)]
    assert "A reads 3" in texts
    assert any(text.startswith("Choose another network") for text in texts)


def test_the_menu_copies_values_and_shows_units_of_the_network_that_is_shown(
    view: CompareView, window: MainWindow, qtbot: QtBot
) -> None:
    unit, grid = Unit("S4", 3, 2, 1), view.maps
    for side, reading in enumerate(view.pair.readings):
        assert reading is not None
        choose(menu_at(grid, grid.unit_rect(side, unit).center()), "Copy value")
        assert np.float32(QGuiApplication.clipboard().text()) == pytest.approx(reading.value(unit))
        choose(menu_at(grid, grid.unit_rect(side, unit).center()), "Copy as table")
        copied = copied_picture()
        assert copied.corner == f"{'AB'[side]} S4 map 3, row / column"
        np.testing.assert_allclose(copied.figures, reading.values("S4")[3], rtol=1e-5)
        assert copied.facts["network B"].startswith("Modern, ")
        assert copied.facts["drawing"].startswith("drawn by hand, CRC-32 of its image ")
    other = menu_at(grid, grid.unit_rect(1, unit).center())
    assert not any(text.startswith("Show") for text in entries(other))
    QTest.keyClick(other, Qt.Key.Key_Escape)
    menu = menu_at(grid, grid.unit_rect(0, unit).center())
    with qtbot.waitSignal(view.context.commands.show_requested) as asked:
        choose(menu, "Show in Unit")
    assert asked.args == ["unit", unit]


def test_a_screen_reader_reads_every_unit_of_both(view: CompareView) -> None:
    table = QAccessible.queryAccessibleInterface(view.maps)
    of_one = sum(GEOMETRY[layer].units for layer in UNIT_LAYERS)
    assert table.childCount() == 2 * of_one + len(view.maps.guide_marks)
    first_of_b = table.child(of_one)
    assert first_of_b.text(QAccessible.Text.Name) == "B C1 map 0, row 0, column 0"
    reading = view.pair.readings[1]
    assert reading is not None
    told = first_of_b.text(QAccessible.Text.Value).replace("−", "-")
    assert float(told) == pytest.approx(reading.values("C1")[0, 0, 0], abs=1e-4)


def test_the_keys_go_on_from_a_to_b(view: CompareView) -> None:
    view.show_unit(Unit("C5", 14))
    view.maps.setFocus()
    QTest.keyClick(view.maps, Qt.Key.Key_Right)
    assert view.state.side == 1
    assert view.state.unit == Unit("C5", 0)
    held = view.maps.held
    assert held is not None
    assert unit_of(held) == Unit("C5", 0)
    QTest.keyClick(view.maps, Qt.Key.Key_PageDown)
    assert (view.state.side, view.maps.unit.layer) == (1, "F6")


def test_a_screen_of_another_pixel_ratio_shows_the_same_units(
    view: CompareView, monkeypatch: pytest.MonkeyPatch, pixels: Callable[[QWidget], np.ndarray]
) -> None:
    grid, unit = view.maps, Unit("C1", 4, 20, 9)
    before = grid.layout_of.box(cell_of(1, unit))
    monkeypatch.setattr(CellGrid, "devicePixelRatioF", lambda _self: 2.0)
    QApplication.sendEvent(grid, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert grid.layout_of.ratio == 2.0
    assert grid.layout_of.box(cell_of(1, unit)).width > before.width
    click(view, grid.unit_rect(1, unit).center())
    assert view.state.unit == unit
    assert pixels(grid).size
