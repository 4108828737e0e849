"""The state of the view of the digits comes back; what it gives away; its menus; read aloud."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.explore.gallery import OF_TWO, Order, Which, Wish, chosen
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.library.network_list import SHOWN
from lenet_gui.gui.views.digits.gallery import DigitGallery
from lenet_gui.gui.views.digits.state import SIZES, DigitsState, SetName
from lenet_gui.gui.views.digits.view import DigitsView
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.export import save
from lenet_gui.pictures.sheet import Line, Patch, Text
from lenet_gui.plain_json import from_json, to_json
from tests.support.copied import copied_picture
from tests.support.menus import choose, menu_at

DIGIT = st.integers(0, 9)


def states(a: st.SearchStrategy[str], b: st.SearchStrategy[str]) -> st.SearchStrategy[DigitsState]:
    def of(is_compared: bool) -> st.SearchStrategy[DigitsState]:
        some = [each for each in Which if is_compared or each not in OF_TWO]
        labels = st.none() | DIGIT
        wishes = st.builds(Wish, st.sampled_from(some), labels, labels, st.sampled_from(Order))
        sides = st.booleans() if is_compared else st.just(value=False)
        return st.builds(
            lambda of_set, a, b, wish, side, size, cell: DigitsState(
                of_set,
                a,
                b,
                is_compared,
                replace(wish, which=Which.ALL) if side else wish,
                side,
                size,
                cell,
            ),
            st.sampled_from(SetName),
            a,
            b,
            wishes,
            sides,
            st.sampled_from(SIZES),
            st.none() | st.tuples(DIGIT, DIGIT),
        )

    return st.booleans().flatmap(of)


@given(states(st.text(), st.text()))
def test_every_state_comes_back_equal_from_json(state: DigitsState) -> None:
    assert from_json(DigitsState, to_json(state)) == state


@pytest.mark.parametrize(
    "wrong",
    [
        {"wish": Wish(label=10)},
        {"cell": (3, -1)},
        {"size": 4},
        {"wish": Wish(Which.BOTH)},
        {"is_side_by_side": True},
        {"is_side_by_side": True, "is_compared": True, "wish": Wish(Which.WRONG)},
    ],
)
def test_what_cannot_be_chosen_is_no_state(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"digits|size|two networks"):
        DigitsState(**wrong)


def test_the_view_comes_back_to_every_state(view: DigitsView, qtbot: QtBot) -> None:
    names = st.sampled_from((SHOWN, "Modern, shipped"))

    @settings(max_examples=8)
    @given(states(names, names))
    def comes_back(state: DigitsState) -> None:
        view.restore(state)
        assert view.state == state
        qtbot.waitUntil(lambda: view.is_settled, timeout=20_000)
        assert view.state == state
        assert view.wishes.wish == state.wish
        assert view.wishes.is_side_by_side == state.is_side_by_side
        assert (view.matrix.held is None) == (state.cell is None)
        assert {gallery.size_of_digits for gallery in view.panes.galleries} == {state.size}

    comes_back()


def test_what_is_picked_meanwhile_goes_before_what_was_to_come_back(
    view: DigitsView, window: MainWindow, qtbot: QtBot, untrained: Callable[..., LeNet5]
) -> None:
    window.networks.adopt(untrained(8), {}, "untrained")
    assert view.readings[0] is None
    view.restore(DigitsState(SetName.TEST, SHOWN, wish=Wish(Which.WRONG)))
    view.wishes.label.setFocus()
    QTest.keyClick(view.wishes.label, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: view.readings[0] is not None, timeout=20_000)
    assert view.state.wish == Wish(label=0)


def test_what_is_taken_away_is_what_is_shown(view: DigitsView, tmp_path: Path) -> None:
    view.restore(replace(view.state, wish=Wish(Which.WRONG, order=Order.SMALLEST_MARGIN)))
    readings, digits = view.readings[0], view.digits
    shown = view.gallery.indices
    assert len(shown) > 0
    exported = view.exported()
    assert exported is not None
    assert exported.table is not None
    rows = list(csv.DictReader(io.StringIO(exported.table.as_csv().decode())))
    assert [int(row["digit"]) for row in rows] == shown.tolist()
    assert [int(row["label"]) for row in rows] == digits.labels[shown].tolist()
    assert [int(row["a"]) for row in rows] == readings.answers[shown].tolist()
    margins = np.array([row["a_margin"] for row in rows], np.float32)
    np.testing.assert_array_equal(margins, readings.margins[shown])
    assert {(row["shown"], row["b"]) for row in rows} == {("wrong", "")}
    for ground in Theme:
        sheet = exported.sheet(ground)
        texts = [item.text for item in sheet.items if isinstance(item, Text)]
        assert texts[0] == "Built-in test digits"
        assert "Misread, Any label, Any prediction, Smallest margin first" in texts
        counts = {str(count) for row in view.matrix.confusion for count in row if count}
        assert counts <= set(texts)
        patches = [item for item in sheet.items if isinstance(item, Patch)]
        assert len(patches) == len(shown) + 1  # and the matrix
        edges = [item for item in sheet.items if isinstance(item, Line)]
        assert len(edges) == len(shown)  # all of them are wrong
        target = tmp_path / f"{ground}.png"
        save(exported, target, ground, 1)
        with Image.open(target) as picture:
            assert picture.size == (sheet.width, sheet.height)


def test_the_errors_of_two_networks_are_taken_away_side_by_side(
    view: DigitsView, qtbot: QtBot
) -> None:
    state = replace(view.state, b="Modern, shipped", is_compared=True, is_side_by_side=True)
    view.restore(state)
    qtbot.waitUntil(lambda: view.readings[1] is not None and view.is_settled, timeout=20_000)
    a, b = view.readings
    exported = view.exported()
    assert exported is not None
    assert exported.table is not None
    rows = list(csv.DictReader(io.StringIO(exported.table.as_csv().decode())))
    for which in OF_TWO:
        found = [int(row["digit"]) for row in rows if row["shown"] == which.value]
        assert found == chosen(a.labels, Wish(which), a, b).tolist()
    texts = [item.text for item in exported.sheet(Theme.LIGHT).items if isinstance(item, Text)]
    assert any(text.startswith("Only B wrong: ") for text in texts)


def test_a_digit_is_copied_and_saved(
    view: DigitsView,
    qtbot: QtBot,
    tmp_path: Path,
    name_file: Callable[[Callable[[], object], Path], None],
) -> None:
    gallery, clipboard = view.gallery, QGuiApplication.clipboard()

    def menu() -> QMenu:
        return menu_at(gallery.viewport(), gallery.place_of(4).center())

    choose(menu(), "Copy value")
    assert clipboard.text() == str(view.digits.labels[4])
    choose(menu(), "Copy as table")
    copied = copied_picture()
    np.testing.assert_allclose(copied.figures * 255, view.digits.images[4], atol=1e-3)
    assert copied.facts["set"] == view.digits.name
    assert copied.facts["network A"].startswith("Modern, ")
    choose(menu(), "Copy picture")
    assert clipboard.image().width() == 252  # nine pixels for each of the digit's
    target = tmp_path / "digit.png"
    opened = menu()
    with qtbot.waitSignal(view.context.notifier.noted):
        name_file(lambda: choose(opened, "Save picture…"), target)
    assert target.read_bytes().startswith(b"\x89PNG")
    # By the keyboard it is of the digit that the keys have moved to.
    gallery.setFocus()
    QTest.keyClick(gallery, Qt.Key.Key_Right)
    by_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(gallery.viewport(), by_key)
    choose(gallery.findChild(QMenu, "cell-menu"), "Copy value")
    assert clipboard.text() == str(view.digits.labels[1])


def test_a_screen_reader_reads_the_digits_in_sight(view: DigitsView) -> None:
    gallery = view.gallery
    table = QAccessible.queryAccessibleInterface(gallery)
    assert 0 < table.childCount() < len(gallery.indices)
    third = table.child(2)
    assert third.text(QAccessible.Text.Name) == view.texts.sentence(2)
    assert third.text(QAccessible.Text.Value) == view.texts.caption(2)
    corner = gallery.mapToGlobal(gallery.place_of(2).topLeft())
    assert third.rect().topLeft() == corner
    gallery.setFocus()
    QTest.keyClick(gallery, Qt.Key.Key_End)
    last = len(gallery.indices) - 1
    child = table.child(table.childCount() - 1)
    assert child.text(QAccessible.Text.Name) == view.texts.sentence(last)
    assert child.state().selected
    view.restore(replace(view.state, wish=Wish(Which.RIGHT, label=0, answer=1)))
    assert table.childCount() == 0


def test_another_palette_and_another_screen_are_painted_anew(
    view: DigitsView,
    dark_palette: QPalette,
    monkeypatch: pytest.MonkeyPatch,
    pixels: Callable[[QWidget], np.ndarray],
) -> None:
    gallery = view.gallery
    light = pixels(gallery.viewport())
    gallery.setPalette(dark_palette)
    dark = pixels(gallery.viewport())
    assert light.mean() > 128 > dark.mean()
    usual = gallery.place_of(0)
    monkeypatch.setattr(DigitGallery, "devicePixelRatioF", lambda _self: 2.0)
    QApplication.sendEvent(gallery, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert abs(gallery.place_of(0).width() - usual.width()) <= 1  # in logical pixels
    assert gallery.verticalScrollBar().maximum() > 0
    assert pixels(gallery.viewport()).shape == dark.shape


def test_the_size_is_that_of_all_galleries(view: DigitsView) -> None:
    view.gallery.setFocus()
    QTest.keyClicks(view.gallery, "+")
    assert [gallery.size_of_digits for gallery in view.panes.galleries] == [3, 3, 3]
    assert view.state.size == 3
