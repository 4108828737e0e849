"""Drawing B: kept with a key, seen small, swapped, forgotten, undone, and shown in two views."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from lenet_gui.data.drawing import Drawing
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.library.network_list import SHOWN
from lenet_gui.gui.portraits import STROKE
from lenet_gui.gui.views.compare.pair import Question
from lenet_gui.gui.views.compare.state import CompareState
from lenet_gui.gui.views.compare.view import CompareView
from lenet_gui.gui.views.unit.view import UnitView
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import FEATURE_LAYERS, OUTPUT, Unit
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.export import save
from lenet_gui.plain_json import from_json, to_json

ONE = ((0.5, 0.15), (0.5, 0.5), (0.5, 0.85))


def draw(window: MainWindow, qtbot: QtBot, shares: tuple[tuple[float, float], ...]) -> Drawing:
    area = window.canvas.area
    first, *rest = (
        QPointF(area.x() + x * area.width(), area.y() + y * area.height()).toPoint()
        for x, y in shares
    )
    QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=first)
    for place in rest:
        QTest.mouseMove(window.canvas, place)
    QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=rest[-1])
    wait(window, qtbot)
    return window.canvas.drawing


def press(window: MainWindow, qtbot: QtBot, keys: str) -> None:
    QTest.keySequence(QApplication.focusWidget() or window, keys)
    wait(window, qtbot)


def wait(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.live.is_settled)


@pytest.fixture
def two(window: MainWindow, qtbot: QtBot) -> tuple[Drawing, Drawing]:
    """A, a one on the canvas, and B, a three that was kept."""
    kept = draw(window, qtbot, STROKE)
    press(window, qtbot, "Ctrl+D")
    press(window, qtbot, "Ctrl+Backspace")
    return draw(window, qtbot, ONE), kept


def test_where_nothing_is_kept_nothing_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    box, names = window.canvas_panel.kept_box, ("keep-drawing", "swap-drawings", "forget-kept")
    height = window.canvas_panel.minimumSizeHint().height()
    assert [window.actions_[name].isEnabled() for name in names] == [False] * 3
    press(window, qtbot, "Ctrl+D")
    assert window.live.kept is None
    assert not box.isVisible()
    draw(window, qtbot, STROKE)
    assert [window.actions_[name].isEnabled() for name in names] == [True, False, False]
    press(window, qtbot, "Ctrl+D")
    assert box.isVisible()
    assert box.answer == "Drawing B: 3"
    assert [window.actions_[name].isEnabled() for name in names] == [True] * 3
    qtbot.waitUntil(lambda: window.canvas_panel.minimumSizeHint().height() > height)
    window.actions_["forget-kept"].trigger()
    wait(window, qtbot)
    assert not box.isVisible()
    qtbot.waitUntil(lambda: window.canvas_panel.minimumSizeHint().height() == height)


def test_b_stays_through_drawing_clearing_and_another_network(
    window: MainWindow, qtbot: QtBot, two: tuple[Drawing, Drawing]
) -> None:
    assert window.live.kept is not None
    assert window.live.kept.drawing == two[1]
    assert window.canvas_panel.kept_box.picture.drawing == two[1]
    assert window.live.reading is not None
    assert window.live.reading.answer == 1
    before = window.live.kept.reading
    press(window, qtbot, "Ctrl+2")
    assert window.live.kept.reading is not before
    assert window.live.kept.reading is not None
    assert window.live.kept.reading.variant is Variant.MODERN
    assert window.canvas_panel.kept_box.answer == "Drawing B: 3"
    press(window, qtbot, "Ctrl+Backspace")
    assert window.live.reading is None
    assert window.live.kept.drawing == two[1]


def test_a_pen_does_not_read_b_again(
    window: MainWindow, qtbot: QtBot, two: tuple[Drawing, Drawing]
) -> None:
    before = window.live.kept
    draw(window, qtbot, STROKE)
    assert window.live.kept is before


def test_swapping_and_forgetting_can_be_undone(
    window: MainWindow, qtbot: QtBot, two: tuple[Drawing, Drawing]
) -> None:
    def seen() -> tuple[Drawing, Drawing | None]:
        return window.canvas.drawing, window.canvas.kept

    def button(name: str) -> None:
        found = window.canvas_panel.findChild(QToolButton, f"tool-{name}")
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)
        wait(window, qtbot)

    a, b = two
    assert seen() == (a, b)
    button("swap-drawings")
    assert seen() == (b, a)
    assert window.canvas_panel.kept_box.answer == "Drawing B: 1"
    press(window, qtbot, "Ctrl+Shift+D")
    assert seen() == (a, b)
    button("forget-kept")
    assert seen() == (a, None)
    for expected in ((a, b), (b, a), (a, b)):
        press(window, qtbot, "Ctrl+Z")
        assert seen() == expected
    press(window, qtbot, "Ctrl+Shift+Z")
    assert seen() == (b, a)
    press(window, qtbot, "Ctrl+Backspace")
    press(window, qtbot, "Ctrl+Shift+D")  # an empty canvas is not kept
    assert seen() == (a, None)


def test_compare_shows_one_network_on_two_drawings(
    window: MainWindow, qtbot: QtBot, two: tuple[Drawing, Drawing], tmp_path: Path
) -> None:
    press(window, qtbot, "Shift+F4")
    view = window.view_stack.view
    assert isinstance(view, CompareView)
    assert view.question is Question.NETWORKS
    assert view.choices[1].isVisible()
    view.questions.setFocus()
    QTest.keyClick(view.questions, Qt.Key.Key_Down)
    assert view.question is Question.DRAWINGS
    assert not view.choices[1].isVisible()
    assert view.head.sentence == "A is read as 1, B is read as 3"
    kept = window.live.kept
    assert kept is not None
    assert view.pair.readings == (window.live.reading, kept.reading)
    assert set(view.pair.gaps) == set(FEATURE_LAYERS)
    assert view.state == CompareState(SHOWN, "Modern, shipped", question=Question.DRAWINGS)
    assert from_json(CompareState, to_json(view.state)) == view.state

    view.choices[0].choose("Modern, shipped")  # one that the window does not show
    assert [one.variant for one in view.pair.readings if one] == [Variant.MODERN] * 2
    exported = view.exported()
    assert exported is not None
    save(exported, tmp_path / "pair.svg", Theme.LIGHT)
    page = (tmp_path / "pair.svg").read_text(encoding="utf-8")
    for words in ("One network on two drawings", "A: the canvas", "B: the kept drawing"):
        assert words in page

    press(window, qtbot, "Ctrl+Backspace")
    assert view.head.sentence == "B is read as 3"
    assert view.exported() is not None
    window.actions_["forget-kept"].trigger()  # two networks again
    wait(window, qtbot)
    assert view.question is Question.NETWORKS
    assert not view.questions.isVisible()
    assert view.choices[1].isVisible()


def test_unit_shows_its_value_and_terms_for_both(
    window: MainWindow,
    qtbot: QtBot,
    two: tuple[Drawing, Drawing],
    tmp_path: Path,
) -> None:
    window.resize(1600, 1000)
    press(window, qtbot, "Shift+F2")
    view = window.view_stack.view
    assert isinstance(view, UnitView)
    unit = Unit("C3", 5, 4, 4)
    view.choose(unit)
    kept = window.live.kept
    assert kept is not None
    assert kept.reading is not None
    assert window.live.reading is not None
    values = window.live.reading.value(unit), kept.reading.value(unit)
    assert view.panel.title.startswith("Drawing A: C3 map 5")
    assert view.kept_panel.title.startswith("Drawing B: C3 map 5")
    told = [f"{abs(value):.4f}" for value in (*values, values[0] - values[1])]
    for words in told[:2]:
        assert words in view.panel.remark
    assert told[0] in view.panel.formula
    assert told[1] in view.kept_panel.formula
    a, b = (panel.mapTo(view, panel.rect().topLeft()) for panel in (view.panel, view.kept_panel))
    assert a.y() == b.y()  # side by side
    assert a.x() < b.x()
    # What is compared has one size and one scale.
    for layer in ("C3", OUTPUT):
        view.show_layer(layer)
        QApplication.processEvents()
        both = (view.panel.terms, view.kept_panel.terms)
        assert len({terms.layout_of.panels[0].cell for terms in both}) == 1, layer
        assert view.panel.remark == view.kept_panel.remark
        scales = [float(terms.content.values["inputs"].limits.max()) for terms in both]
        below = view.below.content.values[view.below.panels[0].name].limits
        assert scales == [float(below.max())] * 2, layer
    tops = {terms.mapTo(view, terms.pos()).y() for terms in both}
    assert len(tops) == 1  # without a curve beside A's words
    view.choose(unit)

    exported = view.exported()
    assert exported is not None
    save(exported, tmp_path / "unit.csv", Theme.LIGHT)
    lines = (tmp_path / "unit.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith("term,input of B,term of B,figures")
    assert verdict_of(kept.reading).headline == "3"
    last = [float(cell) for cell in lines[-1].split(",")[:-1] if cell and cell != "value"]
    assert last == pytest.approx(values, abs=1e-5)

    window.canvas.forget_kept()
    wait(window, qtbot)
    assert not view.kept_panel.isVisible()
    assert view.panel.title.startswith("C3 map 5")
