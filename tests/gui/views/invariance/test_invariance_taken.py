"""What is taken out of the view of invariance: its state, its page, the pixels and their values.

With the mouse and the keys in the real window, and as a screen reader sees it.
"""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import asdict

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
from lenet_gui.explore.dials import DIALS, turned
from lenet_gui.explore.disturbance import Disturbance
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.library.network_list import SHOWN
from lenet_gui.gui.views.invariance.input_layout import DISTURBED, UNDISTURBED
from lenet_gui.gui.views.invariance.state import InvarianceState
from lenet_gui.gui.views.invariance.view import InvarianceView
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.net.architecture import Variant
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.grid.colouring import ink_indices, table_of
from lenet_gui.pictures.grid.panel import Cell, Colours
from lenet_gui.pictures.sheet import Line, Patch, Text
from lenet_gui.plain_json import from_json, to_json
from tests.support.copied import copied_picture
from tests.support.menus import choose, menu_of_cell

LISTED = (SHOWN, "Original, shipped", "Modern, shipped")
Settle = Callable[[], None]


@pytest.fixture
def view(window: MainWindow) -> InvarianceView:
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F6")
    found = window.view_stack.view
    assert isinstance(found, InvarianceView)
    return found


@pytest.fixture
def settle(view: InvarianceView, window: MainWindow, qtbot: QtBot) -> Settle:
    """Waits until answers and sweep are those of what is drawn, and where the dials stand."""

    def wait() -> None:
        qtbot.waitUntil(lambda: window.live.is_settled and view.is_settled, timeout=10_000)

    return wait


@pytest.fixture
def swept(view: InvarianceView, drawn: Callable[[], None], settle: Settle) -> InvarianceView:
    drawn()
    settle()
    return view


def click(grid: CellGrid, cell: Cell | None) -> None:
    point = QPoint(1, 1) if cell is None else grid.cell_rect(cell).center()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=point)


def test_every_state_that_can_be_reached_comes_back(view: InvarianceView) -> None:
    opened = view.state
    assert opened == InvarianceState(b="Modern, shipped")
    places = st.fixed_dictionaries(
        {dial.name: st.integers(0, len(dial.values) - 1) for dial in DIALS}
    )
    pixels = st.builds(
        Cell,
        st.sampled_from((DISTURBED, UNDISTURBED)),
        st.just(0),
        st.integers(0, 31),
        st.integers(0, 31),
    )

    @given(
        places=places,
        seed=st.integers(0, 9999),
        swept=st.sampled_from([dial.name for dial in DIALS]),
        b=st.none() | st.sampled_from(LISTED),
        held=st.none() | pixels,
    )
    @settings(max_examples=15)
    def comes_back(
        places: dict[str, int], seed: int, swept: str, b: str | None, held: Cell | None
    ) -> None:
        for name, place in places.items():
            view.dials.sliders[name].setValue(place)
        view.dials.seed.setValue(seed)
        QTest.mouseClick(view.dials.buttons[swept], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
        if b is not None:
            view.b.setCurrentText(b)
            view.b.activated.emit(view.b.currentIndex())
        click(view.pictures, held)
        reached = view.state
        values = {dial.name: dial.values[places[dial.name]] for dial in DIALS}
        assert reached.dials == Disturbance(seed=seed, **values)
        assert (reached.swept, reached.held) == (swept, held)
        assert (reached.b, reached.b_is_chosen) == (b or "Modern, shipped", b is not None)
        assert from_json(InvarianceState, to_json(reached)) == reached
        view.restore(opened)
        assert view.state == opened
        view.restore(reached)
        assert view.state == reached
        view.restore(opened)

    comes_back()


def test_what_is_restored_is_answered_and_swept(
    swept: InvarianceView, window: MainWindow, settle: Settle
) -> None:
    state = InvarianceState(Disturbance(rotation=-30.0, noise=0.05, seed=3), "noise")
    swept.restore(state)
    settle()
    assert swept.live is not None
    assert swept.live.disturbance == state.dials
    assert swept.sweep_runner.sweep is not None
    assert (swept.sweep_runner.sweep.dial.name, swept.sweep_runner.sweep.base.seed) == ("noise", 3)
    swept.setFocus()
    assert QApplication.focusWidget() is swept.dials.sliders["noise"]
    # Network B follows A again, as long as the user has chosen none.
    window.networks.switch(Variant.MODERN)
    settle()
    assert swept.state.b == "Original, shipped"


def test_a_state_that_names_what_is_not_there_leaves_that_as_it_is(view: InvarianceView) -> None:
    view.restore(InvarianceState(b="gone.safetensors", held=Cell("maps", 0, 0, 0)))
    assert view.state == InvarianceState(b="Modern, shipped")
    with pytest.raises(UserError, match="no dial tilt"):
        from_json(InvarianceState, '{"swept": "tilt"}')
    with pytest.raises(UserError, match="noise"):
        from_json(InvarianceState, '{"dials": {"noise": 3}}')


def test_what_is_written_is_what_is_shown(swept: InvarianceView, settle: Settle) -> None:
    swept.dials.sliders["rotation"].setValue(76)
    swept.dials.sliders["noise"].setValue(6)
    click(swept.pictures, Cell(DISTURBED, 0, 9, 14))
    settle()
    exported = swept.exported()
    assert exported is not None
    assert exported.name == "sweep-rotation-3"
    assert exported.suffixes == (".png", ".svg", ".csv", ".npz")
    sweep, live = swept.sweep_runner.sweep, swept.live
    assert sweep is not None
    assert live is not None
    for theme in Theme:
        sheet = exported.sheet(theme)
        texts = [item.text for item in sheet.items if isinstance(item, Text)]
        assert "Disturbed by rotation +24.0°, noise 3.0 %, seed 0." in texts
        for name, box, network in zip("AB", swept.answers, live.question.networks, strict=True):
            assert f"{name}: {box.digit}" in texts
            assert box.text.split(". ")[0] in texts
            assert network.summary in texts
        assert f"A, Original: {sweep.text(0)}" in texts
        patches = {item.label: item for item in sheet.items if isinstance(item, Patch)}
        wanted = table_of(Colours.INK, theme)[ink_indices(swept.pictures.disturbed)]
        np.testing.assert_array_equal(patches["disturbed input"].colours, wanted)
        held = patches["disturbed input"]
        x, y = held.x + 14 * held.cell_width, held.y + 9 * held.cell_height
        marks = [item.points[0] for item in sheet.items if isinstance(item, Line)]
        assert (x, y) in marks
        for item in sheet.items:
            if isinstance(item, Patch):
                assert item.x + item.width <= sheet.width
    assert exported.table is not None
    rows = list(csv.DictReader(io.StringIO(exported.table.as_csv().decode())))
    assert [int(row["A_answer"]) for row in rows] == sweep.answers[0].answers.tolist()
    arrays = exported.arrays
    assert arrays is not None
    np.testing.assert_array_equal(arrays["disturbed"], swept.pictures.disturbed)
    np.testing.assert_array_equal(arrays["undisturbed"], swept.pictures.undisturbed)
    np.testing.assert_array_equal(arrays["B outputs"], live.answers[1].outputs)
    np.testing.assert_array_equal(arrays["A best other digit y"], sweep.rival(0))
    # It says itself what it holds: which networks, how the input is disturbed, and in which units.
    about = "\n".join((*arrays["about"], *arrays["about the sweep"]))
    for name, network, each in zip("AB", live.question.networks, live.answers, strict=True):
        assert str(arrays[f"{name} network"]) == f"{network.name}: {network.summary}"
        assert f"{name} is {network.name}" in about
        assert {row[f"{name}_network"] for row in rows} == {str(arrays[f"{name} network"])}
        np.testing.assert_array_equal(arrays[f"{name} answers"], each.answers)
        np.testing.assert_array_equal(arrays[f"{name} rejected"], each.rejected)
        np.testing.assert_array_equal(arrays[f"{name} probabilities"], each.probabilities)
    assert "B outputs: the logits" in about
    assert json.loads(str(arrays["disturbance"])) == asdict(live.disturbance)
    for heading in rows[0]:  # the same figures as in the table
        there = [row[heading] for row in rows]
        if not heading.endswith("_network"):
            np.testing.assert_array_equal(arrays[heading], np.array(there, np.float64))
    for name in set(arrays) - {"about", "about the sweep", *rows[0]}:
        assert name.removesuffix(" x").removesuffix(" y").removeprefix(f"{name[0]} ") in about


def test_without_a_sweep_the_answers_are_given_away_and_without_a_drawing_nothing(
    swept: InvarianceView, window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    QTest.mouseClick(swept.button, Qt.MouseButton.LeftButton)
    QTest.keyClick(swept.dials.sliders["rotation"], Qt.Key.Key_Escape)
    settle()
    assert swept.sweep_runner.sweep is None
    exported = swept.exported()
    assert exported is not None
    assert exported.name == "invariance-3"
    assert exported.suffixes == (".png", ".svg", ".npz")
    texts = [item.text for item in exported.sheet(Theme.DARK).items if isinstance(item, Text)]
    assert "A: 3" in texts
    assert "All dials neutral." in texts
    window.canvas.clear()
    qtbot.waitUntil(lambda: swept.pictures.undisturbed is None)
    assert swept.exported() is None


def test_a_pixel_is_told_copied_and_let_go(swept: InvarianceView) -> None:
    grid, ink = swept.pictures, swept.pictures.undisturbed
    assert ink is not None
    row, column = (int(each) for each in np.unravel_index(ink.argmax(), ink.shape))
    plain = swept.note.text()
    assert plain.startswith("Disturbed after the size normalisation")
    click(grid, Cell(UNDISTURBED, 0, row, column))
    told = f"Undisturbed input, row {row}, column {column}: {ink[row, column]:.2f}"
    assert swept.note.text() == told
    choose(menu_of_cell(grid, Cell(UNDISTURBED, 0, row, column)), "Copy value")
    assert np.float32(QGuiApplication.clipboard().text()) == pytest.approx(ink[row, column])
    choose(menu_of_cell(grid, Cell(UNDISTURBED, 0, row, column)), "Copy as table")
    copied = copied_picture()
    np.testing.assert_allclose(copied.figures, ink, rtol=1e-5)
    assert {"network", "network B", "drawing"} <= set(copied.facts)
    menu = menu_of_cell(grid, Cell(DISTURBED, 0, 3, 3))
    assert not any(each.text().startswith("Show") for each in menu.actions())  # it is no unit
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert swept.state.held == Cell(UNDISTURBED, 0, row, column - 1)
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert swept.state.held is None
    assert swept.note.text() == plain


def test_a_screen_reader_reads_every_pixel(swept: InvarianceView) -> None:
    table = QAccessible.queryAccessibleInterface(swept.pictures)
    assert table.childCount() == 2 * 32 * 32
    ink = swept.pictures.undisturbed
    assert ink is not None
    place = 1024 + int(ink.argmax())
    row, column = divmod(int(ink.argmax()), 32)
    name = table.child(place).text(QAccessible.Text.Name)
    assert name == f"undisturbed input, row {row}, column {column}"
    assert table.child(place).text(QAccessible.Text.Value) == f"{ink.max():.2f}"


def test_the_pictures_follow_pixel_ratio_and_palette(
    swept: InvarianceView,
    monkeypatch: pytest.MonkeyPatch,
    dark_palette: QPalette,
    pixels: Callable[[QWidget], np.ndarray],
) -> None:
    grid, cell = swept.pictures, Cell(DISTURBED, 0, 0, 0)
    size, corner = grid.sizeHint(), grid.cell_rect(cell).center()
    paper = pixels(grid)[corner.y(), corner.x()]
    grid.setPalette(dark_palette)
    assert int(pixels(grid)[corner.y(), corner.x()].sum()) < int(paper.sum()) - 300
    monkeypatch.setattr(CellGrid, "devicePixelRatioF", lambda _self: 2.0)
    QApplication.sendEvent(grid, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert grid.layout_of.ratio == 2.0
    assert grid.layout_of.box(cell).width == 2 * grid.cell_rect(cell).width()
    assert abs(grid.sizeHint().width() - size.width()) <= 1


def test_the_dials_that_are_turned_are_told() -> None:
    assert turned(Disturbance()) == ""
    found = Disturbance(rotation=24.0, noise=0.03, seed=7)
    assert turned(found) == "rotation +24.0°, noise 3.0 %, seed 7"
    assert turned(found, "noise") == "rotation +24.0°, seed 7"
    assert turned(Disturbance(scale=2.0, seed=7)) == "scale ×2.00"
