"""A picture of a data set that is read as it is: told, marked and laid out as such in the views."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from lenet_gui.data.drawing import Drawing, PenPoint, Stroke
from lenet_gui.explore.preprocessing import OF_ALL, OF_FRAMED, Step
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.text_size import choose_text_size
from lenet_gui.gui.core.view_table import VIEWS
from lenet_gui.gui.library.drawings import drawing_of_picture
from lenet_gui.gui.views.compare.pair import Question
from lenet_gui.gui.views.compare.view import CompareView
from lenet_gui.gui.views.ink.view import InkView
from lenet_gui.gui.views.invariance.view import InvarianceView
from lenet_gui.gui.views.unit.view import UnitView
from lenet_gui.net.layers import Unit
from tests.support.cut_text import cut_text

LONG = 30_000


@pytest.fixture
def coat() -> Drawing:
    """Dark cloth from edge to edge, with one bright button."""
    image = np.zeros((28, 28), np.uint8)
    image[3:26, 5:22] = np.random.default_rng(0).integers(1, 90, (23, 17))
    image[10:12, 7:9] = 255
    drawing = drawing_of_picture(image)
    assert drawing.is_framed
    return drawing


@pytest.fixture
def put(window: MainWindow, qtbot: QtBot) -> Callable[[Drawing], None]:
    """`put(drawing)`: puts it on the canvas, and waits until it is read."""

    def do(drawing: Drawing) -> None:
        window.canvas.put(drawing)
        qtbot.waitUntil(lambda: window.live.drawing is drawing and window.live.is_settled)

    return do


def test_no_words_are_cut_off_in_a_small_window_with_large_text(
    window: MainWindow, qtbot: QtBot, coat: Drawing, put: Callable[[Drawing], None]
) -> None:
    put(coat)
    choose_text_size(150)
    window.resize(960, 515)
    for entry in VIEWS:
        window.view_stack.turn_to(entry.name)
        qtbot.waitUntil(lambda: window.view_stack.view.is_settled, timeout=LONG)
        qtbot.waitUntil(lambda: cut_text(window) == [])


def test_the_view_of_invariance_says_what_is_disturbed(
    window: MainWindow, coat: Drawing, put: Callable[[Drawing], None]
) -> None:
    window.view_stack.turn_to("invariance")
    view = window.view_stack.view
    assert isinstance(view, InvarianceView)
    line = Stroke((PenPoint(0.3, 0.3), PenPoint(0.6, 0.7)))
    for drawing, told in (
        (coat, "Disturbed after the preprocessing. A picture has no strokes: its pixels move."),
        (coat.with_stroke(line), "Disturbed after the preprocessing: strokes as lines, the "),
        (Drawing((line,)), "Disturbed after the size normalisation, which would undo shifts and "),
    ):
        put(drawing)
        assert view.note.text().startswith(told)


def test_what_a_unit_sees_is_framed_where_it_is_on_the_canvas(
    window: MainWindow, coat: Drawing, put: Callable[[Drawing], None]
) -> None:
    put(coat)
    window.view_stack.turn_to("unit")
    view = window.view_stack.view
    assert isinstance(view, UnitView)
    framed: list[QRectF] = []
    view.framed.connect(framed.append)
    view.show_unit(Unit("C1", 0, 9, 16))  # rows 9 to 13, columns 16 to 20 of the 32x32
    place = framed[-1]
    ends = (place.left() * 28, place.top() * 28, place.right() * 28, place.bottom() * 28)
    assert ends == pytest.approx((14, 7, 19, 12))


def test_the_strip_keeps_its_three_steps_where_all_is_erased(
    window: MainWindow, coat: Drawing, put: Callable[[Drawing], None]
) -> None:
    strip = window.canvas_panel.strip
    put(coat)
    assert len(strip.cells) == 3
    put(coat.with_stroke(Stroke((PenPoint(0.5, 0.5, 2.0),), erases=True)))
    assert window.live.steps is None
    assert len(strip.cells) == 3
    put(Drawing())
    assert len(strip.cells) == 4


def test_a_framed_drawing_and_another_are_compared_swapped_and_undone(
    window: MainWindow,
    qtbot: QtBot,
    coat: Drawing,
    put: Callable[[Drawing], None],
    drawn: Callable[[], None],
) -> None:
    drawn()
    window.actions_["keep-drawing"].trigger()
    put(coat)
    window.view_stack.turn_to("compare")
    view = window.view_stack.view
    assert isinstance(view, CompareView)
    view.questions.setCurrentText(Question.DRAWINGS)

    def framed() -> list[bool]:
        return [steps is not None and steps.is_framed for steps in view.pair.steps]

    assert framed() == [True, False]
    for name, then in (("swap-drawings", [False, True]), ("undo", [True, False])):
        window.actions_[name].trigger()
        qtbot.waitUntil(lambda then=then: framed() == then)
        for reading, steps in zip(view.pair.readings, view.pair.steps, strict=True):
            ink = reading.input[2:-2, 2:-2]
            np.testing.assert_allclose((ink + 0.1) / 1.275, steps.centred, atol=1e-6)


def test_steps_that_it_has_not_stay_left_out_for_the_next_drawing(
    window: MainWindow, coat: Drawing, put: Callable[[Drawing], None], drawn: Callable[[], None]
) -> None:
    drawn()
    window.view_stack.turn_to("ink")
    view = window.view_stack.view
    assert isinstance(view, InkView)
    for card in view.cards:
        if card.step in (Step.BOX, Step.MARGIN):
            card.switch.click()
    put(coat)
    assert [card.step for card in view.cards] == list(OF_FRAMED)
    assert view.headline.text().startswith("Without the margin to 32×32: ")
    put(Drawing((Stroke((PenPoint(0.5, 0.2), PenPoint(0.5, 0.8))),)))
    assert [card.step for card in view.cards] == list(OF_ALL)
    assert view.headline.text().startswith("Without the bounding box and the margin to 32×32: ")
