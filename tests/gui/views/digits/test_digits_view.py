"""The view of the digits in the real window: gallery, matrix, filters and two networks' errors."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.explore.gallery import OF_TWO, Wish, chosen
from lenet_gui.explore.set_reader import read_set
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core import theme
from lenet_gui.gui.views.digits.view import DigitsView
from lenet_gui.net.lenet5 import LeNet5

COUNT = 120
"""Of the sets in conftest.py."""

Untrained = Callable[..., LeNet5]


def pick(combo: QComboBox, words: str) -> None:
    """An entry of a list, with the keys."""
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    while combo.currentText() != words:
        before = combo.currentIndex()
        QTest.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentIndex() != before, f"{words} cannot be chosen"


def click(widget: QWidget, place: QPoint) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)


def compared(view: DigitsView, qtbot: QtBot) -> None:
    box = view.compare
    click(box, QPoint(8, box.height() // 2))
    assert box.isChecked()
    qtbot.waitUntil(lambda: view.readings[1] is not None and view.is_settled, timeout=20_000)


def test_the_set_is_read_and_told(view: DigitsView, window: MainWindow) -> None:
    digits = view.digits
    assert digits is not None
    expected = read_set(window.networks.current.network, digits)
    assert view.matrix.confusion == expected.confusion
    assert f"{int(expected.wrong.sum())} of {COUNT}" in view.summary.text()
    assert "MNIST is not on this machine" in view.summary.text()
    assert view.gallery.indices.tolist() == list(range(COUNT))
    assert not view.progress.isVisible()


def test_a_click_on_a_digit_lays_it_on_the_canvas(view: DigitsView, window: MainWindow) -> None:
    click(view.gallery.viewport(), view.gallery.place_of(3).center())
    backdrop = window.canvas.drawing.backdrop
    assert backdrop is not None
    np.testing.assert_allclose(backdrop.ink * 255, view.digits.images[3], atol=1e-3)


def test_the_keys_go_through_the_digits_and_lay_one(view: DigitsView, window: MainWindow) -> None:
    gallery = view.gallery
    gallery.setFocus()
    assert gallery.current == 0
    first, second = gallery.place_of(0), gallery.place_of(1)
    QTest.keyClick(gallery, Qt.Key.Key_Right)
    assert gallery.current == 1
    assert (second.left() > first.left(), second.top()) == (True, first.top())
    QTest.keyClick(gallery, Qt.Key.Key_Down)
    columns = gallery.current - 1
    assert gallery.place_of(columns).left() == first.left()
    assert gallery.place_of(columns).top() > gallery.place_of(columns - 1).top() == first.top()
    for key, expected in (
        (Qt.Key.Key_Left, columns),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, COUNT - 1),
    ):
        QTest.keyClick(gallery, key)
        assert gallery.current == expected
    bar = gallery.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    assert view.gallery.accessibleDescription() == view.details.text()
    label = int(view.digits.labels[-1])
    assert f"digit {COUNT - 1}: a" in view.details.text()
    assert f" {label}, misread as " in view.details.text()
    QTest.keyClick(gallery, Qt.Key.Key_PageUp)
    assert gallery.current < COUNT - columns
    QTest.keyClick(gallery, Qt.Key.Key_Home)
    assert gallery.current == 0
    assert bar.value() == 0
    QTest.keyClick(gallery, Qt.Key.Key_Return)
    backdrop = window.canvas.drawing.backdrop
    assert backdrop is not None
    np.testing.assert_allclose(backdrop.ink * 255, view.digits.images[0], atol=1e-3)


def test_plus_and_minus_change_the_size(view: DigitsView) -> None:
    gallery = view.gallery
    gallery.setFocus()
    usual = gallery.place_of(0).width()
    QTest.keyClicks(gallery, "+")
    assert gallery.place_of(0).width() > usual
    QTest.keyClicks(gallery, "--")
    assert gallery.place_of(0).width() < usual


def test_a_click_on_a_cell_of_the_matrix_filters_and_once_more_does_not(view: DigitsView) -> None:
    confusion = np.array(view.matrix.confusion)
    true, answer = np.unravel_index(np.argmax(confusion - np.diag(np.diag(confusion))), (10, 10))
    place = view.matrix.box_of((int(true), int(answer))).center()
    click(view.matrix, place)
    readings, digits = view.readings[0], view.digits
    expected = np.flatnonzero((digits.labels == true) & (readings.answers == answer))
    assert len(expected) == confusion[true, answer] > 0
    assert view.gallery.indices.tolist() == expected.tolist()
    click(view.matrix, place)
    assert len(view.gallery.indices) == COUNT


def test_the_keys_filter_by_a_cell(view: DigitsView) -> None:
    view.matrix.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(view.matrix, key)
    assert (view.wishes.wish.label, view.wishes.wish.answer) == (1, 1)
    assert len(view.gallery.indices) == view.matrix.confusion[1][1]


def test_what_is_wrong_comes_by_margin(view: DigitsView) -> None:
    pick(view.wishes.shown, "Misread")
    pick(view.wishes.order, "Smallest margin first")
    readings = view.readings[0]
    shown = view.gallery.indices
    assert set(shown.tolist()) == set(np.flatnonzero(readings.wrong).tolist())
    assert np.all(np.diff(readings.margins[shown]) >= 0)
    pick(view.wishes.label, "Label 4")
    assert set(view.digits.labels[view.gallery.indices].tolist()) == {4}


def test_the_errors_of_two_networks_stand_side_by_side(view: DigitsView, qtbot: QtBot) -> None:
    compared(view, qtbot)
    pick(view.wishes.shown, "Side by side")
    a, b = view.readings
    assert len(view.panes.shown) == 3
    parts = zip(view.panes.galleries, OF_TWO, view.panes.headings, strict=True)
    for gallery, which, heading in parts:
        assert gallery.isVisible()
        expected = chosen(a.labels, Wish(which), a, b)
        assert gallery.indices.tolist() == expected.tolist()
        assert f"{len(expected)} digit" in heading.text()
    assert len(view.gallery.indices) > 0
    click(view.compare, QPoint(8, view.compare.height() // 2))
    assert len(view.panes.shown) == 1
    assert view.wishes.shown.currentText() == "All digits"


def test_the_training_set_is_read_too(view: DigitsView, qtbot: QtBot) -> None:
    pick(view.set_choice, "Training set")
    qtbot.waitUntil(lambda: view.readings[0] is not None, timeout=20_000)
    assert "training" in view.digits.name
    click(view.gallery.viewport(), view.gallery.place_of(0).center())


def test_another_network_in_use_is_read_with(
    view: DigitsView, window: MainWindow, qtbot: QtBot, untrained: Untrained
) -> None:
    before = view.matrix.confusion
    window.networks.adopt(untrained(8), {}, "untrained")
    assert view.matrix.confusion is None  # nothing stale
    qtbot.waitUntil(lambda: view.matrix.confusion is not None, timeout=20_000)
    assert view.matrix.confusion != before


def test_a_network_in_training_is_read_when_the_user_says_so(
    view: DigitsView, window: MainWindow, qtbot: QtBot, untrained: Untrained
) -> None:
    trained = untrained(9)
    window.networks.follow(trained, None)
    pick(view.a, "In training")
    qtbot.waitUntil(lambda: view.readings[0] is not None, timeout=20_000)
    with torch.no_grad():
        trained.get_submodule("output").bias += torch.arange(10.0)
    window.networks.follow(trained, None)
    now = read_set(trained, view.digits).confusion
    assert view.is_settled
    assert view.matrix.confusion != now
    assert "trained further since" in view.summary.text()
    assert view.button.text() == "Read again"
    click(view.button, view.button.rect().center())
    qtbot.waitUntil(lambda: view.matrix.confusion == now, timeout=20_000)
    assert "trained further since" not in view.summary.text()
    assert not view.button.isVisible()


def test_a_renamed_run_has_the_same_weights_and_needs_no_other_reading(
    view: DigitsView, window: MainWindow, qtbot: QtBot, untrained: Untrained, tmp_path: Path
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    window.networks.adopt(untrained(8), {}, old.name, old)
    qtbot.waitUntil(lambda: view.matrix.confusion is not None, timeout=20_000)
    before = view.summary.text()
    assert before.endswith("%).")
    window.networks.rename_run(old, new)
    assert view.a.network is not None
    assert view.a.network.origin == "new"
    assert view.summary.text() == before
    assert not view.button.isVisible()


def test_that_b_has_not_read_them_is_said_as_it_is(
    view: DigitsView, window: MainWindow, qtbot: QtBot
) -> None:
    click(view.compare, QPoint(8, view.compare.height() // 2))
    click(view.button, view.button.rect().center())
    qtbot.waitUntil(lambda: view.is_settled)
    assert view.summary.text().endswith("%). B has not read them yet.")
    assert view.button.text() == "Read again"


def test_reading_can_be_cancelled_and_taken_up(
    view: DigitsView, window: MainWindow, qtbot: QtBot, untrained: Untrained
) -> None:
    window.networks.adopt(untrained(8), {}, "untrained")
    assert view.runner.is_busy
    assert view.button.text() == "Cancel"
    click(view.button, view.button.rect().center())
    assert view.is_settled
    assert not view.progress.isVisible()
    assert view.gallery.indices.tolist() == list(range(COUNT))
    click(view.button, view.button.rect().center())
    qtbot.waitUntil(lambda: view.readings[0] is not None, timeout=20_000)


def test_the_thumbnails_are_the_digits(
    view: DigitsView, pixels: Callable[[QWidget], np.ndarray]
) -> None:
    gallery = view.gallery
    gallery.setFocus()
    QTest.keyClicks(gallery, "-")
    shown = pixels(gallery.viewport())
    box = gallery.place_of(2)
    left = box.x() + (box.width() - 28) // 2
    thumb = shown[box.y() + 4 : box.y() + 32, left : left + 28].astype(int)
    ink = view.digits.images[2].astype(int)
    assert np.corrcoef(thumb.sum(axis=2).ravel(), ink.ravel())[0, 1] < -0.999


def test_the_words_under_a_digit_are_clear_of_its_edge(
    view: DigitsView, pixels: Callable[[QWidget], np.ndarray]
) -> None:
    gallery = view.gallery
    wrong = view.readings[0].wrong[gallery.indices[:8]]
    box = gallery.place_of(1 + int(np.flatnonzero(wrong[1:])[0]))  # the first one is marked
    shown = pixels(gallery.viewport())[box.y() : box.bottom() + 1, box.x() : box.right() + 1]
    edge = theme.VERMILION.getRgb()[:3]
    rows = np.flatnonzero((shown == edge).all(axis=2).mean(axis=1) > 0.5)
    beneath = shown[rows[-1] + 1]
    assert (beneath == beneath[0]).all()
    written = np.flatnonzero((shown != beneath[0]).any(axis=(1, 2)))
    assert rows[-1] + 1 < written[-1] < len(shown) - 1


def test_a_wide_window_has_the_matrix_beside_the_gallery(
    view: DigitsView, window: MainWindow, qtbot: QtBot
) -> None:
    def corner(widget: QWidget, which: QPoint) -> QPoint:
        return widget.mapTo(view, which)

    panes, matrix = view.panes, view.matrix
    assert corner(matrix, QPoint()).y() > corner(panes, panes.rect().bottomRight()).y()
    window.resize(1600, 1000)
    qtbot.waitUntil(
        lambda: corner(matrix, QPoint()).x() > corner(panes, panes.rect().bottomRight()).x()
    )


def test_beside_the_gallery_the_matrix_is_square_and_stays_so_when_a_cell_is_chosen(
    view: DigitsView, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1600, 1000)
    matrix = view.matrix

    def is_square_over_its_legend() -> bool:
        box = matrix.box_of((3, 3))
        is_square = 0 < box.width() <= box.height() + 2
        return is_square and 0 < view.legend.y() - matrix.geometry().bottom() < 40

    qtbot.waitUntil(is_square_over_its_legend)  # it is laid out in several steps
    before = matrix.geometry()
    box = matrix.box_of((3, 3))
    assert box.height() <= box.width() + 2
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=box.center())
    qtbot.waitUntil(lambda: matrix.marked == (3, 3))
    assert matrix.geometry() == before


def test_nothing_is_clipped_in_a_small_window_and_a_low_one_scrolls(
    view: DigitsView, window: MainWindow, qtbot: QtBot
) -> None:
    assert window.size() == QSize(1024, 700)
    last = view.details.mapTo(view, view.details.rect().bottomRight())
    assert view.rect().contains(last)
    view.setFixedHeight(300)
    area = view.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
