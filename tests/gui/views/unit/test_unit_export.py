"""The unit view's state comes back, and what it gives away is what it shows."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from lenet_gui.errors import UserError
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.views.unit.state import AT_FIRST, UnitState
from lenet_gui.gui.views.unit.view import UnitView
from lenet_gui.net.layers import GEOMETRY, UNIT_LAYERS, Unit
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.export import save
from lenet_gui.pictures.sheet import Patch, Text
from lenet_gui.plain_json import from_json, to_json


@pytest.fixture
def view(window: MainWindow) -> UnitView:
    window.view_stack.turn_to("unit")
    return window.view_stack.view


def units() -> st.SearchStrategy[Unit]:
    def of(layer: str) -> st.SearchStrategy[Unit]:
        geometry = GEOMETRY[layer]
        side = st.integers(0, geometry.side - 1)
        return st.builds(Unit, st.just(layer), st.integers(0, geometry.maps - 1), side, side)

    return st.sampled_from(UNIT_LAYERS).flatmap(of)


@given(st.builds(UnitState, units(), st.none() | units()))
def test_every_state_comes_back_equal_from_json(state: UnitState) -> None:
    assert from_json(UnitState, to_json(state)) == state


def test_a_unit_that_no_network_has_is_refused() -> None:
    with pytest.raises(UserError, match="UnitState"):
        from_json(UnitState, '{"unit": {"layer": "C3", "map": 16}}')
    with pytest.raises(UserError, match="UnitState"):
        from_json(UnitState, '{"unit": {"layer": "C9", "map": 0}}')


def test_the_view_comes_back_to_every_state(
    window: MainWindow, view: UnitView, drawn: Callable[[], None]
) -> None:
    drawn()

    @settings(max_examples=15)
    @given(st.builds(UnitState, units(), st.none() | units()))
    def comes_back(state: UnitState) -> None:
        view.restore(state)
        assert view.state == state
        assert view.strip.layer == state.unit.layer

    comes_back()
    QTest.keyClick(view.strip, Qt.Key.Key_Return)
    QTest.keyClick(view.strip, Qt.Key.Key_Right)
    before = view.state
    view.restore(AT_FIRST)
    view.restore(from_json(UnitState, to_json(before)))
    assert view.state == before


def test_what_is_taken_away_is_what_is_shown(
    view: UnitView, drawn: Callable[[], None], tmp_path: Path
) -> None:
    assert view.exported() is None  # nothing is drawn
    drawn()
    for layer in UNIT_LAYERS:
        view.show_layer(layer)
        assert_is_shown(view, tmp_path)


def assert_is_shown(view: UnitView, folder: Path) -> None:
    """What the view gives away are the figures that it shows."""
    exported = view.exported()
    assert exported is not None
    assert exported.table is not None
    rows = list(csv.DictReader(io.StringIO(exported.table.as_csv().decode())))
    terms = [row for row in rows if row["weight"]]
    figures = {row["source"]: float(row["term"]) for row in rows if not row["weight"]}
    total = sum(float(row["term"]) for row in terms) + figures.get("bias", 0.0)
    assert total == pytest.approx(figures.get("sum", figures["value"]), rel=1e-4, abs=1e-3)
    for theme in Theme:
        sheet = exported.sheet(theme)
        texts = [item.text for item in sheet.items if isinstance(item, Text)]
        for line in view.panel.formula.splitlines():
            assert line in texts
        shown = [item for item in sheet.items if isinstance(item, Patch)]
        assert len([patch for patch in shown if patch.label.startswith("weights of")]) == len(
            {row["source"] for row in terms}
        )
        save(exported, folder / f"{theme}.svg", theme)


def test_a_term_s_menu_leads_to_the_unit_below(
    window: MainWindow, view: UnitView, drawn: Callable[[], None]
) -> None:
    drawn()
    view.show_layer("C3")
    terms = view.panel.terms
    terms.setFocus()
    QTest.keyClick(terms, Qt.Key.Key_Right)
    assert terms.held is not None
    below = terms.panel_of(terms.held).words.unit(terms.held)
    assert below is not None
    assert below.layer == "S2"
    menu = window.cell_commands.menu(terms, terms.held)
    assert isinstance(menu, QMenu)
    action = next(each for each in menu.actions() if each.text() == "Show in &Unit")
    action.trigger()
    assert view.unit == below
    menu.deleteLater()
