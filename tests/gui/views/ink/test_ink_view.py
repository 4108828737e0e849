"""Steps are left out with the mouse and the keys, told, enlarged, and only here."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEventLoop, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.explore.array_reader import read_input_with_arrays
from lenet_gui.explore.preprocessing import OF_ALL, Step, preprocess
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.views.ink.step_grid import LEGEND, step_content
from lenet_gui.gui.views.ink.view import InkView
from lenet_gui.gui.views.maps.layout import scale_of
from lenet_gui.gui.views.maps.view import MapsView
from lenet_gui.gui.widgets.labels import SteadyLabel
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import INPUT
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.pictures.grid.panel import Cell

Hover = Callable[[QWidget, QPoint], None]


@pytest.fixture
def view(window: MainWindow) -> InkView:
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F5")
    view = window.view_stack.view
    assert isinstance(view, InkView)
    return view


def switch(view: InkView, step: Step) -> QCheckBox:
    return view.findChild(QCheckBox, f"ink_step_{step.name.lower()}")


def click(box: QCheckBox) -> None:
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))


def headline(view: InkView) -> str:
    return view.headline.text()


def test_with_every_step_it_is_what_the_window_reads(
    window: MainWindow, view: InkView, drawn: Callable[[], None]
) -> None:
    drawn()
    reading = window.live.reading
    assert view.reading is reading
    np.testing.assert_array_equal(view.preprocessing.input, reading.input)
    assert headline(view) == "With every step: 3"
    assert view.findChild(SteadyLabel, "ink_figures").text() == (
        f"distance {reading.output[3]:.2f}, margin {reading.margin:.2f}"
    )


def test_the_move_of_the_centre_of_mass_is_told_in_the_frame(
    window: MainWindow, view: InkView, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    drawn()
    card = view.cards[2]
    x, y = view.preprocessing.mass_in_frame
    told = card.details.text().splitlines()
    assert told[1:] == ["moved by whole pixels", f"to {x:.1f}, {y:.1f} of 28×28"]
    assert 14 <= min(x, y) <= max(x, y) < 15
    click(view.cards[1].switch)  # without the box it is the whole canvas that is moved
    window.canvas.clear()
    QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(window.canvas, QPoint(20, 50))
    QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 50))
    qtbot.waitUntil(lambda: "as far as there is room" in card.details.text())
    assert view.preprocessing.corner == (8, 8)
    click(card.switch)
    assert card.details.text().endswith("not used")


def test_the_range_has_the_limit_that_the_maps_give_the_input(
    window: MainWindow, view: InkView, drawn: Callable[[], None]
) -> None:
    drawn()
    legend = step_content(view.preprocessing, Step.RANGE).labels[LEGEND]
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F1")
    maps = window.view_stack.view
    assert isinstance(maps, MapsView)
    assert legend == maps.canvas.content.labels[scale_of(INPUT)]


def test_a_step_left_out_is_read_without_it_and_in_this_view_alone(
    window: MainWindow, view: InkView, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    drawn()
    usual, input_before = window.live.reading, window.live.reading.input.copy()
    network = window.networks.current
    for step, card in zip(OF_ALL, view.cards, strict=True):
        click(switch(view, step))
        assert view.off == {step}
        preprocessing = preprocess(window.live.steps, NetworkKind(Variant.ORIGINAL), [step])
        wanted = read_input_with_arrays(network.reader(), preprocessing.input)
        np.testing.assert_array_equal(view.reading.output, wanted.output)
        assert not np.array_equal(view.preprocessing.input, usual.input)
        still = wanted.answer == 3 and "still 3" in headline(view)
        assert still or f"{wanted.answer} instead of 3" in headline(view)
        qtbot.waitUntil(
            lambda card=card, wanted=wanted: f"margin {wanted.margin:.2f}" in card.alone.text()
        )
        assert window.live.reading is usual
        np.testing.assert_array_equal(window.live.reading.input, input_before)
        click(switch(view, step))
        assert view.reading is window.live.reading


def test_a_digit_in_a_corner_is_not_read_without_its_box(
    window: MainWindow, view: InkView, qtbot: QtBot
) -> None:
    """A small seven far from the middle: it is the box that lets the network read it."""
    area = window.canvas.area
    places = [
        QPoint(int(area.x() + x * area.width()), int(area.y() + y * area.height()))
        for x, y in ((0.05, 0.06), (0.11, 0.06), (0.17, 0.06), (0.13, 0.15), (0.1, 0.26))
    ]
    with qtbot.waitSignal(window.live.read):
        QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(window.canvas, place)
        QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=places[-1])
    qtbot.waitUntil(lambda: view.reading is not None and headline(view) == "With every step: 7")
    click(switch(view, Step.BOX))
    assert headline(view).startswith("Without the bounding box: ")
    assert headline(view).endswith(" instead of 7")
    card = view.cards[1]
    qtbot.waitUntil(lambda: card.alone.text().startswith("without it: "))
    assert card.alone.font().bold()  # another answer
    assert "canvas 224×224" in card.details.text()


def test_the_keys_switch_enlarge_point_and_go_back(
    window: MainWindow, view: InkView, drawn: Callable[[], None]
) -> None:
    drawn()
    box = switch(view, Step.MASS)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert view.off == {Step.MASS}
    everything = view.findChild(QPushButton, "ink_all")
    everything.setFocus()
    QTest.keyClick(everything, Qt.Key.Key_Space)
    assert view.off == set()
    card = view.cards[5]
    card.picture.setFocus()
    QTest.keyClick(card.picture, Qt.Key.Key_Return)
    enlarged = view.enlarged.picture
    assert enlarged.isVisible()
    assert enlarged.hasFocus()
    told = view.findChild(QLabel, "ink_pixel")
    QTest.keyClick(enlarged, Qt.Key.Key_Right)  # takes hold of the middle
    QTest.keyClick(enlarged, Qt.Key.Key_Right)
    QTest.keyClick(enlarged, Qt.Key.Key_Up)
    value = window.live.reading.input[15, 17]
    assert told.text() == f"row 15, column 17: {value:+.3f}".replace("-", "−")
    QTest.keyClick(enlarged, Qt.Key.Key_PageUp)
    QTest.keyClick(enlarged, Qt.Key.Key_Down)
    QTest.keyClick(enlarged, Qt.Key.Key_Down)
    padded = window.live.steps.padded[17, 16]
    assert told.text() == f"row 17, column 16: ink {padded:.2f}"
    QTest.keyClick(enlarged, Qt.Key.Key_Escape)
    assert not enlarged.isVisible()
    assert view.cards[4].picture.hasFocus()


def test_the_mouse_enlarges_and_points(
    window: MainWindow, view: InkView, drawn: Callable[[], None], hover: Hover
) -> None:
    drawn()
    QTest.mouseClick(view.cards[3].picture, Qt.MouseButton.LeftButton)
    enlarged, told = view.enlarged.picture, view.findChild(QLabel, "ink_pixel")
    assert enlarged.isVisible()
    hover(enlarged, enlarged.cell_rect(Cell("picture", 0, 5, 13)).center())
    assert told.text() == f"row 5, column 13: ink {window.live.steps.centred[5, 13]:.2f}"
    hover(enlarged, QPoint(0, 0))
    assert "Point at a pixel" in told.text()
    QTest.mouseClick(enlarged, Qt.MouseButton.LeftButton)
    assert not enlarged.isVisible()


def test_the_modern_network_is_given_its_own_range(
    window: MainWindow, view: InkView, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    drawn()
    assert view.cards[5].details.text() == "background −0.1, ink 1.175"
    window.networks.switch(Variant.MODERN)
    qtbot.waitUntil(lambda: view.cards[5].details.text() == "background 0, ink 1")
    click(switch(view, Step.RANGE))
    assert view.preprocessing.input.min() == pytest.approx(-0.1)
    assert view.cards[5].details.text() == "background −0.1, ink 1.175,\nas in another network"


def test_an_empty_sheet_says_what_to_do_and_keeps_nothing(
    window: MainWindow, view: InkView, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    assert view.empty.sentence.startswith("Draw a digit")
    drawn()
    qtbot.waitUntil(lambda: view.cards[0].alone.text() != "")
    window.canvas.clear()
    qtbot.waitUntil(lambda: view.empty.sentence.startswith("Draw a digit"))
    assert view.preprocessing is None
    for card in view.cards:
        assert card.details.text() == card.alone.text() == ""


def test_what_each_step_does_alone_is_told_one_after_the_other(
    window: MainWindow, view: InkView, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    """All six at once would keep the pen's next picture waiting."""
    drawn()
    qtbot.waitUntil(lambda: view.is_settled)
    for card in view.cards:
        without = preprocess(window.live.steps, NetworkKind(Variant.ORIGINAL), [card.step])
        wanted = read_input_with_arrays(window.networks.current.reader(), without.input)
        assert f"margin {wanted.margin:.2f}" in card.alone.text()
    seen: list[list[bool]] = []
    told = [card.alone.text() for card in view.cards]
    window.canvas.undo()
    qtbot.waitUntil(lambda: view.cards[0].alone.text() == "")
    drawn()
    while not view.is_settled:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        seen.append([card.alone.text() != "" for card in view.cards])
    assert [card.alone.text() for card in view.cards] == told
    steps = [sum(now) for now in seen]
    assert all(after - before <= 1 for before, after in pairwise(steps))
