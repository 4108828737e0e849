"""The state of the view of a run comes back; what it gives away is what it shows; its cells."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lenet_gui.gui.views.run.state import RATES, RunState
from lenet_gui.gui.views.run.view import RunView
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.net.layers import GEOMETRY, Unit
from lenet_gui.net.weights_file import load_weights
from lenet_gui.paths import runs_folder
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.export import save
from lenet_gui.pictures.grid.panel import Cell
from lenet_gui.pictures.sheet import Patch, Text
from lenet_gui.plain_json import from_json, to_json
from lenet_gui.text.figures import signed_small
from lenet_gui.training.epoch_files import epoch_files
from tests.support.copied import copied_picture
from tests.support.menus import choose, menu_of_cell

Opened = Callable[[], RunView]

MAPS = [("C1", None), *((layer, n) for layer in ("C1", "C3") for n in range(GEOMETRY[layer].maps))]


def states(runs: st.SearchStrategy[str]) -> st.SearchStrategy[RunState]:
    return st.builds(
        lambda run, epoch, followed, rate, plays: RunState(run, epoch, *followed, rate, plays),
        runs,
        st.integers(0, 3),  # at its end a run does not play
        st.sampled_from(MAPS),
        st.sampled_from(RATES),
        st.booleans(),
    )


@given(states(st.text()))
def test_every_state_comes_back_equal_from_json(state: RunState) -> None:
    assert from_json(RunState, to_json(state)) == state


@pytest.mark.parametrize(
    ("layer", "number", "rate"), [("C3", None, 4), ("C1", 6, 4), ("C5", 0, 4), ("C1", 0, 3)]
)
def test_what_there_is_not_is_no_state(layer: str, number: int | None, rate: int) -> None:
    with pytest.raises(ValueError, match=r"kernels|epochs per second"):
        RunState("", None, layer, number, rate)


def test_the_view_comes_back_to_every_state(in_front: Opened, kept: Path) -> None:
    view = in_front()

    @settings(max_examples=12)
    @given(states(st.just(kept.name)))
    def comes_back(state: RunState) -> None:
        view.restore(state)
        assert view.state == state
        assert view.epoch is not None
        assert view.epoch.number == state.epoch
        assert view.transport.is_playing == state.is_playing

    comes_back()
    view.transport.stop()


def test_another_run_is_read_and_then_its_epoch_is_shown(
    in_front: Opened, kept: Path, qtbot: QtBot
) -> None:
    other = runs_folder() / "another"
    shutil.copytree(kept, other)
    view = in_front()
    name = next(one for one in (kept.name, other.name) if one != view.choice.folder.name)
    state = RunState(name, 2, "C3", 4, 8)
    view.restore(state)
    assert view.state == state
    qtbot.waitUntil(lambda: view.history is not None and view.history.folder.name == name)
    assert view.epoch is not None
    assert view.epoch.number == 2
    assert view.state == state
    view.restore(RunState("no such run", 1))
    assert view.state.run == name


def test_a_unit_asked_for_has_its_kernels_followed(in_front: Opened) -> None:
    view = in_front()
    view.show_unit(Unit("C3", 12, 4, 4))
    assert (view.state.layer, view.state.map) == ("C3", 12)
    assert view.maps.held == Cell("C3", 12, 4, 4)


def test_what_is_taken_away_is_the_epoch_shown(
    in_front: Opened, kept: Path, drawn: Callable[[], None], qtbot: QtBot, tmp_path: Path
) -> None:
    view = in_front()
    without_ink = view.exported()
    assert without_ink is not None
    assert "output" not in (without_ink.arrays or {})
    without_ink.sheet(Theme.DARK)
    drawn()
    qtbot.waitUntil(lambda: view.reading is not None)
    view.restore(RunState(kept.name, 1, "C3", 3))
    exported = view.exported()
    assert exported is not None
    for ground in Theme:
        sheet = exported.sheet(ground)
        texts = [item.text for item in sheet.items if isinstance(item, Text)]
        assert texts[0] == f"{kept.name}, epoch 1 of 4"
        assert {view.answer_line.text(), "Kernels of C3 map 3", "Kernels", "last − first"} <= set(
            texts
        )
        labels = {item.label for item in sheet.items if isinstance(item, Patch)}
        assert {"S4 map 15", "C1 map 2, kernel", "C3 map 3 from S2 map 4, epoch 4"} <= labels
        target = tmp_path / f"{ground}.png"
        save(exported, target, ground, 1)
        with Image.open(target) as picture:
            assert picture.size == (sheet.width, sheet.height)
    assert exported.table is not None
    rows = list(csv.DictReader(io.StringIO(exported.table.as_csv().decode())))
    assert [row["epoch"] for row in rows] == ["0", "1", "2", "3", "4"]
    assert rows[0]["test_error"] == ""
    shown = {int(row["epoch"]): float(row["test_error"]) for row in rows[1:]}
    assert shown == dict(view.history.test_errors)
    save(exported, tmp_path / "epoch.npz")
    with np.load(tmp_path / "epoch.npz") as arrays:
        np.testing.assert_array_equal(arrays["output"], view.reading.output)
        weights = load_weights(epoch_files(kept / "epochs")[1]).network.C1.weight.detach().numpy()
        np.testing.assert_array_equal(arrays["C1_weight"], weights)
        assert arrays["kernels"].shape == (5, 3, 5, 5)
        assert arrays["kernel_epochs"].tolist() == [0, 1, 2, 3, 4]


def test_a_weight_is_copied_and_a_unit_looked_up(
    in_front: Opened, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    view = in_front()
    drawn()
    qtbot.waitUntil(lambda: view.reading is not None)
    strip = view.kernels.strip
    choose(menu_of_cell(strip, Cell("epoch 2", 3, 1, 2)), "Copy value")
    weights = view.history.epochs[2].weights["C1.weight"]
    assert float(QGuiApplication.clipboard().text()) == pytest.approx(float(weights[3, 0, 1, 2]))
    choose(menu_of_cell(strip, Cell("epoch 2", 3, 1, 2)), "Copy as table")
    copied = copied_picture()
    np.testing.assert_allclose(copied.figures, weights[3, 0], rtol=1e-6)
    assert copied.facts["run"] == view.history.folder.name
    assert copied.facts["drawing"].startswith("drawn by hand, ")
    menu = menu_of_cell(view.maps, Cell("S2", 4, 3, 5))
    with qtbot.waitSignal(view.context.commands.show_requested) as asked:
        choose(menu, "Show in Unit")
    assert asked.args == ["unit", Unit("S2", 4, 3, 5)]


def test_a_screen_reader_reads_every_weight_and_unit(in_front: Opened) -> None:
    view = in_front()
    table = QAccessible.queryAccessibleInterface(view.kernels.strip)
    assert table.childCount() == (5 + 1) * 6 * 25
    cell = table.child(6 * 25 + 25)
    assert cell.text(QAccessible.Text.Name) == "C1 map 1, row 0, column 0, epoch 1"
    value = float(view.history.epochs[1].weights["C1.weight"][1, 0, 0, 0])
    assert cell.text(QAccessible.Text.Value) == signed_small(value)
    maps = QAccessible.queryAccessibleInterface(view.maps)
    cells = maps.childCount() - len(view.maps.guide_marks)
    assert cells == 6 * 25 + sum(GEOMETRY[layer].units for layer in ("C1", "S2", "C3", "S4"))
    assert maps.child(0).text(QAccessible.Text.Name) == "C1 map 0, kernel, row 0, column 0"


def test_a_screen_of_another_pixel_ratio_shows_the_same_epochs(
    in_front: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = in_front()
    for grid in (view.maps, view.kernels.strip):
        before = grid.grab().toImage().size()
        panels = grid.panels
        with monkeypatch.context() as patch:
            patch.setattr(CellGrid, "devicePixelRatioF", lambda _self: 2.0)
            QApplication.sendEvent(grid, QEvent(QEvent.Type.DevicePixelRatioChange))
            assert grid.layout_of.ratio == 2.0
            assert grid.panels == panels
            assert grid.rect().contains(grid.picture_rect(Cell(panels[-1].name, 0, 0, 0)))
            assert grid.grab().toImage().size() == before
        QApplication.sendEvent(grid, QEvent(QEvent.Type.DevicePixelRatioChange))
        assert grid.layout_of.ratio == 1.0


def test_the_strip_is_painted_anew_in_another_palette(
    in_front: Opened, dark_palette: QPalette
) -> None:
    strip = in_front().kernels.strip
    light, usual = strip.grab().toImage(), strip.palette()
    strip.setPalette(dark_palette)
    assert strip.grab().toImage() != light
    strip.setPalette(usual)
    assert strip.grab().toImage() == light
