"""The state of the view of causes comes back, and what it gives away is what it shows."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.library import digits as digit_library
from lenet_gui.gui.views.causes.state import CausesState
from lenet_gui.gui.views.causes.view import CausesView
from lenet_gui.net.layers import GEOMETRY, UNIT_LAYERS, Unit
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.export import save
from lenet_gui.pictures.sheet import Patch, Text
from lenet_gui.plain_json import from_json, to_json


def units() -> st.SearchStrategy[Unit]:
    def of(layer: str) -> st.SearchStrategy[Unit]:
        geometry = GEOMETRY[layer]
        side = st.integers(0, geometry.side - 1)
        return st.builds(Unit, st.just(layer), st.integers(0, geometry.maps - 1), side, side)

    return st.sampled_from(UNIT_LAYERS).flatmap(of)


@pytest.fixture
def view(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> CausesView:
    monkeypatch.setattr(digit_library, "STAND_INS", 60)
    window.view_stack.turn_to("causes")
    view = window.view_stack.view
    assert isinstance(view, CausesView)
    qtbot.waitUntil(lambda: view.exciting is not None, timeout=20_000)
    return view


@given(st.builds(CausesState, units()))
def test_every_state_comes_back_equal_from_json(state: CausesState) -> None:
    assert from_json(CausesState, to_json(state)) == state


def test_the_view_comes_back_to_every_state(view: CausesView, drawn: Callable[[], None]) -> None:
    drawn()

    @settings(max_examples=10)
    @given(st.builds(CausesState, units()))
    def comes_back(state: CausesState) -> None:
        view.restore(state)
        assert view.state == state
        assert view.strip.layer == state.unit.layer

    comes_back()


def test_the_digits_are_told_as_a_source_when_they_are_shown(
    window: MainWindow, qtbot: QtBot, drawn: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digit_library, "STAND_INS", 60)
    drawn()
    window.view_stack.turn_to("causes")
    view = window.view_stack.view
    told = []

    def tell() -> None:
        if view.digits is not None:  # loaded, and not read
            told.append((len(view.top_digits.digits.excited), view.provenance.get("digits")))

    view.context.digits.changed.connect(tell)
    qtbot.waitUntil(lambda: view.is_settled, timeout=20_000)
    assert told == [(0, None)]
    assert view.top_digits.digits.excited
    assert view.provenance["digits"] == f"{view.digits.name} digits"


def test_what_is_taken_away_is_what_is_shown(
    view: CausesView, drawn: Callable[[], None], tmp_path: Path
) -> None:
    drawn()
    view.show_unit(Unit("C3", 4, 2, 3))
    exported = view.exported()
    assert exported is not None
    assert exported.table is not None
    rows = list(csv.DictReader(io.StringIO(exported.table.as_csv().decode())))
    shown = view.top_digits.digits.excited
    told = [(int(row["digit"]), np.float32(row["value"]), np.float32(row["sum"])) for row in rows]
    assert told == [(each.digit, each.value, each.sum) for each in shown]
    assert exported.arrays is not None
    gradient = view.gradient.gradient
    assert gradient is not None
    name = "gradient of the sum" if gradient.is_of_sum else "gradient"
    np.testing.assert_array_equal(exported.arrays[name], gradient.slopes)
    for theme in Theme:
        sheet = exported.sheet(theme)
        texts = [item.text for item in sheet.items if isinstance(item, Text)]
        assert texts[0] == "Causes of C3 map 4, row 2, column 3"
        assert "What activates C3 map 4 most" in texts
        labels = {item.label for item in sheet.items if isinstance(item, Patch)}
        assert {"Input gradient", "C3 map 15"} <= labels
        save(exported, tmp_path / f"{theme}.png", theme, 1)


def test_a_screen_reader_reads_the_digits_and_the_gradient(
    view: CausesView, drawn: Callable[[], None]
) -> None:
    drawn()
    table = QAccessible.queryAccessibleInterface(view.gradient.picture)
    assert table.childCount() == 32 * 32
    told = table.child(33)
    assert told.text(QAccessible.Text.Name) == "row 1, column 1"
    assert told.text(QAccessible.Text.Value).endswith("per unit of input")
    digits = QAccessible.queryAccessibleInterface(view.top_digits.digits)
    assert digits.childCount() == 9 * 32 * 32
