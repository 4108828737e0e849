"""What activates a map is read off the GUI thread and laid on the canvas; the gradient follows."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.data import builtin
from lenet_gui.data.digits import DigitSets
from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.data.input_range import to_input
from lenet_gui.explore.input_gradient import input_gradient
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.library import digits as digit_library
from lenet_gui.gui.views.causes.state import Aim, CausesState
from lenet_gui.gui.views.causes.view import CausesView
from lenet_gui.net.architecture import INPUT_RANGE, Variant
from lenet_gui.net.layers import UNIT_LAYERS, Unit
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.grid.panel import Cell
from lenet_gui.pictures.sheet import Text
from lenet_gui.plain_json import from_json, to_json
from lenet_gui.text.figures import a_digit, limit_figure
from tests.support.cut_text import cut_text

Hover = Callable[[QWidget, QPoint], None]
COUNT = 120


@pytest.fixture
def opened(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> CausesView:
    """The view as it opens, over a few built-in digits (or each so often), all of them read."""
    monkeypatch.setattr(digit_library, "STAND_INS", COUNT)
    if times := getattr(request, "param", 0):
        few = builtin.builtin_sets(COUNT, COUNT)
        many = DigitSets(
            *(each.select(np.arange(COUNT * times) % COUNT) for each in (few.training, few.test))
        )
        monkeypatch.setattr(builtin, "builtin_sets", lambda *_, **__: many)
    qtbot.waitUntil(lambda: window.networks.current is not None, timeout=20_000)
    QTest.keySequence(QApplication.focusWidget() or window, "Shift+F9")
    view = window.view_stack.view
    assert isinstance(view, CausesView)
    qtbot.waitUntil(lambda: view.exciting is not None and view.is_settled, timeout=20_000)
    return view


@pytest.fixture
def view(opened: CausesView) -> CausesView:
    """The view at C3."""
    button = opened.findChild(QToolButton, "causes_layer_C3")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return opened


def words(view: CausesView, name: str) -> str:
    return view.findChild(QWidget, name).text()


def strongest(network: LeNet5, images: np.ndarray, c3_map: int) -> np.ndarray:
    """What each digit does to a map of C3, one digit after the other."""
    ends = INPUT_RANGE[network.variant]
    with torch.no_grad():
        maps = [network(to_input(image, *ends)).activations["C3"][0, c3_map] for image in images]
    return np.array([float(each.max()) for each in maps])


def test_the_nine_are_the_strongest_of_the_set(window: MainWindow, view: CausesView) -> None:
    for _ in range(5):
        QTest.keyClick(view.strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert view.unit == Unit("C3", 5, 5, 5)
    assert view.top_digits.heading.text() == "What activates C3 map 5 most"
    assert f"{COUNT} built-in test digits" in words(view, "nine_rule")
    values = strongest(window.networks.current.network, view.digits.images, 5)
    shown = view.top_digits.digits.excited
    assert len(shown) == 9
    np.testing.assert_allclose([e.value for e in shown], np.sort(values)[::-1][:9], rtol=1e-4)
    assert "MNIST is not on this machine" in words(view, "causes_status")


def test_a_click_on_one_lays_it_on_the_canvas_and_goes_to_the_unit_it_excites(
    window: MainWindow, view: CausesView, hover: Hover, qtbot: QtBot
) -> None:
    digits = view.top_digits.digits
    assert words(view, "top_digits_details") == "Click a digit to put it on the canvas."
    second = digits.excited[1]
    hover(digits, digits.digit_rect(1).center())
    label = int(view.digits.labels[second.digit])
    assert f"digit {second.digit}, {a_digit(label)}: " in words(view, "top_digits_details")
    with qtbot.waitSignal(window.live.read):
        QTest.mouseClick(digits, Qt.MouseButton.LeftButton, pos=digits.digit_rect(1).center())
    assert view.unit == Unit("C3", 0, second.row, second.column)
    wanted = view.digits.images[second.digit].astype(np.float32) / 255
    np.testing.assert_array_equal(window.canvas.drawing.backdrop.ink, wanted)
    qtbot.waitUntil(lambda: view.gradient.gradient is not None)
    hover(digits, digits.digit_rect(2).center())
    assert f"digit {digits.excited[2].digit}," in words(view, "top_digits_details")
    hover(digits, QPoint(0, digits.height() - 1))
    assert f"digit {second.digit}," in words(view, "top_digits_details")  # it is held


def test_the_chosen_unit_is_followed_into_the_view_of_units(
    window: MainWindow, view: CausesView, qtbot: QtBot
) -> None:
    window.view_stack.turn_to("unit")
    unit_view = window.view_stack.view
    QTest.keyClick(unit_view.strip, Qt.Key.Key_Right)  # something else was chosen there before
    window.view_stack.turn_to("causes")
    digits = view.top_digits.digits
    with qtbot.waitSignal(window.live.read):
        QTest.mouseClick(digits, Qt.MouseButton.LeftButton, pos=digits.digit_rect(1).center())
    QTest.mouseClick(view.gradient.follow, Qt.MouseButton.LeftButton)
    assert window.view_stack.view is unit_view
    one = digits.excited[1]
    assert unit_view.unit == view.unit == Unit("C3", 0, one.row, one.column)
    assert f"row {one.row}, column {one.column}" in unit_view.panel.title


def test_what_is_said_of_one_of_the_nine_is_whole_in_the_window_of_usual_size(
    window: MainWindow, view: CausesView, hover: Hover, qtbot: QtBot
) -> None:
    window.resize(1024, 746)
    for layer in UNIT_LAYERS:
        view.show_layer(layer)
        for place in range(9):
            hover(view.top_digits.digits, view.top_digits.digits.digit_rect(place).center())
            assert not cut_text(view.top_digits), layer


def test_the_keys_choose_a_digit_and_a_layer(window: MainWindow, view: CausesView) -> None:
    QTest.keyClick(view.strip, Qt.Key.Key_PageDown)
    QTest.keyClick(view.strip, Qt.Key.Key_PageDown)
    assert view.unit.layer == "C5"
    assert view.top_digits.heading.text() == "What activates C5 unit 67 most"  # in the middle
    digits = view.top_digits.digits
    digits.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(digits, Qt.Key.Key_Down)
    QTest.keyClick(digits, Qt.Key.Key_Right)
    fifth = digits.excited[4]
    assert f"digit {fifth.digit}," in words(view, "top_digits_details")
    QTest.keyClick(digits, Qt.Key.Key_Return)
    wanted = view.digits.images[fifth.digit].astype(np.float32) / 255
    np.testing.assert_array_equal(window.canvas.drawing.backdrop.ink, wanted)


def test_the_gradient_is_of_the_chosen_unit_and_follows_the_drawing(
    window: MainWindow, view: CausesView, drawn: Callable[[], None], hover: Hover, qtbot: QtBot
) -> None:
    assert view.gradient.gradient is None
    assert "Draw a digit" in view.gradient.empty.sentence
    drawn()
    button = view.findChild(QToolButton, "causes_layer_output")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    for _ in range(4):
        QTest.keyClick(view.strip, Qt.Key.Key_Right)
    digit = view.unit.map
    assert view.unit.layer == "output"
    assert view.top_digits.heading.text() == f"Nearest to the code of {digit}"
    network = window.networks.current.network
    x = torch.tensor(window.live.reading.input)[None, None].requires_grad_()
    (wanted,) = torch.autograd.grad(network(x).output[0, digit], x)
    np.testing.assert_allclose(
        view.gradient.gradient.slopes,
        wanted[0, 0].numpy(),
        rtol=1e-3,
        atol=1e-4 * float(wanted.abs().max()),
    )
    assert "brings it nearer" in words(view, "gradient_note")
    picture = view.gradient.picture
    hover(picture, picture.cell_rect(Cell("gradient", 0, 20, 10)).center())
    slope = f"{wanted[0, 0, 20, 10]:+.4f}".replace("-", "−")
    assert words(view, "gradient_details") == f"row 20, column 10: {slope} per unit of input"
    picture.setFocus()
    QTest.keyClick(picture, Qt.Key.Key_Left)  # takes hold of what is pointed at
    QTest.keyClick(picture, Qt.Key.Key_Left)
    assert words(view, "gradient_details").startswith("row 20, column 9: ")
    window.canvas.clear()
    qtbot.waitUntil(lambda: view.gradient.gradient is None)
    assert words(view, "gradient_details") == ""


def test_the_output_follows_the_answer_until_a_unit_is_chosen(
    window: MainWindow, opened: CausesView, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    view = opened
    answer = view.findChild(QToolButton, "causes_answer")
    assert not answer.isEnabled()
    drawn()
    assert view.unit == Unit("output", 3)
    QTest.mouseClick(view.findChild(QToolButton, "causes_layer_C3"), Qt.MouseButton.LeftButton)
    assert not answer.isChecked()
    QTest.mouseClick(view.findChild(QToolButton, "causes_layer_output"), Qt.MouseButton.LeftButton)
    assert (view.unit, answer.text()) == (Unit("output", 3), "Answer 3")
    assert answer.isChecked()
    runner_up = window.live.reading.runner_up
    rival = view.findChild(QToolButton, "causes_rival")
    assert rival.text() == f"Runner-up {runner_up}"
    put(window, view, 8, qtbot)
    assert view.unit == Unit("output", 8)
    assert view.top_digits.heading.text() == "Nearest to the code of 8"
    QTest.keyClick(view.strip, Qt.Key.Key_Left)
    assert view.unit == Unit("output", 7)
    assert not answer.isChecked()
    put(window, view, 5, qtbot)
    assert (view.unit, answer.text()) == (Unit("output", 7), "Answer 5")


@pytest.mark.parametrize("variant", Variant)
def test_a_missed_digit_is_asked_why_the_answer_and_not_its_label(
    window: MainWindow, view: CausesView, qtbot: QtBot, variant: Variant
) -> None:
    window.networks.switch(variant)
    qtbot.waitUntil(lambda: window.networks.current.variant is variant)
    put(window, view, 8, qtbot, label=3)
    reading, reader = window.live.reading, window.live.network
    assert reading.answer == 8
    rival, lead = (view.findChild(QToolButton, f"causes_{aim}") for aim in ("rival", "lead"))
    assert (rival.text(), lead.text()) == ("Label 3", "Why 8, not 3")
    QTest.mouseClick(rival, Qt.MouseButton.LeftButton)
    assert view.unit == Unit("output", 3)
    QTest.mouseClick(lead, Qt.MouseButton.LeftButton)
    assert view.unit == Unit("output", 8)
    assert view.gradient.heading.text() == "Why 8, not 3"
    assert words(view, "gradient_note").startswith("Orange: more ink here speaks for 8. Blue: more")
    both = [input_gradient(reader, reading, Unit("output", digit)).slopes for digit in (8, 3)]
    nearer = both[1] - both[0] if variant is Variant.ORIGINAL else both[0] - both[1]
    np.testing.assert_allclose(view.gradient.gradient.slopes, nearer, rtol=1e-5)
    assert from_json(CausesState, to_json(view.state)) == CausesState(view.unit, Aim.LEAD)
    ink = window.canvas.area.center()
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=ink)  # drawn over: not known
    qtbot.waitUntil(lambda: rival.text().startswith("Runner-up"))


def put(
    window: MainWindow, view: CausesView, digit: int, qtbot: QtBot, label: int | None = None
) -> None:
    """A test digit that is read as it should be comes to the canvas."""
    with qtbot.waitSignal(window.live.read):
        digits = view.digits
        ink = digits.images[int(np.flatnonzero(digits.labels == digit)[0])] / np.float32(255)
        window.canvas.put(Drawing(backdrop=Backdrop(ink, digit if label is None else label)))
    qtbot.waitUntil(lambda: window.live.is_settled)


def test_of_saturated_units_the_sums_are_shown_on_the_screen_and_on_the_page(
    window: MainWindow, view: CausesView, drawn: Callable[[], None], hover: Hover, qtbot: QtBot
) -> None:
    """C1 with weights 60 times as large: the values of its units are all as good as 1.72."""
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(2))
    with torch.no_grad():
        network.C1.weight.mul_(60)
    window.networks.adopt(network, {}, "saturated")
    drawn()
    qtbot.waitUntil(lambda: view.exciting is not None and view.is_settled, timeout=20_000)
    values = np.abs(window.live.reading.values("C1")[2])
    row, column = np.unravel_index(values.argmax(), values.shape)
    view.show_unit(Unit("C1", 2, int(row), int(column)))
    assert values.max() > 0.999 * 1.7159
    top = view.top_digits.digits.excited
    assert {round(each.value, 2) for each in top} == {1.72}
    assert words(view, "nine_rule").endswith("Figures: sums before squashing.")
    exported = view.exported()
    texts = [item.text for item in exported.sheet(Theme.LIGHT).items if isinstance(item, Text)]
    under = [text for text in texts if text[1:4] == ": +"]
    assert len(under) == 9
    sums = [each.sum for each in top]
    assert [float(text[3:]) for text in under] == pytest.approx(sums, abs=0.01)
    assert len(set(under)) > 1
    hover(view.top_digits.digits, view.top_digits.digits.digit_rect(0).center())
    told = words(view, "top_digits_details")
    assert told.endswith(
        f"+1.72 (sum {top[0].sum:+.2f}) at row {top[0].row}, column {top[0].column}."
    )

    note = words(view, "gradient_note")
    assert "saturated: its sum before squashing" in note
    gradient = view.gradient.gradient
    at = torch.tensor(window.live.reading.input)[None, None].requires_grad_()
    sums = network(at, with_sums=True).sums["C1"]
    (wanted,) = torch.autograd.grad(sums[0, 2, row, column], at)
    np.testing.assert_allclose(gradient.slopes, wanted[0, 0], rtol=1e-3, atol=1e-4)
    assert f"Full colour: ±{limit_figure(gradient.largest)}." in texts


@pytest.mark.parametrize(
    ("bias", "told"), [(9.0, "Only slightly: units on the path"), (1e3, "No pixel changes it")]
)
def test_a_gradient_that_is_as_good_as_0_is_said_to_be_and_has_true_figures(
    window: MainWindow,
    view: CausesView,
    drawn: Callable[[], None],
    qtbot: QtBot,
    bias: float,
    told: str,
) -> None:
    """An output far above units of C1 that are all saturated."""
    network = build(Variant.MODERN, torch.Generator().manual_seed(2))
    with torch.no_grad():
        network.C1.bias.fill_(bias)
    window.networks.adopt(network, {}, "saturated")
    drawn()
    qtbot.waitUntil(lambda: view.network is not None and view.network.network is network)
    view.show_unit(Unit("output", 3))
    gradient = view.gradient.gradient
    assert told in words(view, "gradient_note")
    if gradient.largest:
        page = view.exported().sheet(Theme.LIGHT)
        figures = [item.text for item in page.items if isinstance(item, Text)]
        (full,) = [text for text in figures if text.startswith("Full colour: ±")]
        assert float(full[14:-1]) == pytest.approx(gradient.largest, rel=0.05)


def test_another_network_has_the_digits_read_again(
    window: MainWindow, view: CausesView, qtbot: QtBot
) -> None:
    before = view.exciting
    window.networks.switch(Variant.MODERN)
    qtbot.waitUntil(
        lambda: view.exciting is not None and view.exciting is not before, timeout=20_000
    )
    values = strongest(window.networks.current.network, view.digits.images, 0)
    shown = [each.value for each in view.top_digits.digits.excited]
    np.testing.assert_allclose(shown, np.sort(values)[::-1][:9], rtol=1e-4)
    window.networks.switch(Variant.ORIGINAL)
    qtbot.waitUntil(lambda: view.exciting is before)  # kept


def test_a_network_in_training_is_read_again_when_the_user_says_so(
    window: MainWindow, view: CausesView, qtbot: QtBot
) -> None:
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(2))
    window.networks.follow(network, None)
    qtbot.waitUntil(lambda: view.network.network is network)
    qtbot.waitUntil(lambda: view.exciting is not None and view.is_settled, timeout=20_000)
    first = view.exciting
    with torch.no_grad():
        network.C1.weight.mul_(0.5)
    window.networks.follow(network, None)
    button = view.findChild(QPushButton, "causes_button")
    qtbot.waitUntil(button.isVisible)
    assert "trained further since" in words(view, "causes_status")
    assert view.exciting is first
    assert button.text() == "Read again"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.exciting is not first and view.is_settled, timeout=20_000)
    values = strongest(network, view.digits.images, 0)
    shown = [each.value for each in view.top_digits.digits.excited]
    np.testing.assert_allclose(shown, np.sort(values)[::-1][:9], rtol=1e-4)
    window.networks.leave_followed()


@pytest.mark.parametrize("opened", [20], indirect=True)  # so many that it can be cancelled
def test_reading_is_cancelled_and_nothing_half_is_shown(
    window: MainWindow, view: CausesView, qtbot: QtBot
) -> None:
    window.networks.adopt(build(Variant.ORIGINAL), {}, "test")
    qtbot.waitUntil(lambda: view.runner.is_busy)
    button = view.findChild(QPushButton, "causes_button")
    assert button.text() == "Cancel"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert view.is_settled
    assert view.exciting is None
    assert list(view.top_digits.digits.excited) == []
    assert "Not read yet" in words(view, "causes_status")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.exciting is not None, timeout=20_000)
    assert len(view.top_digits.digits.excited) == 9


def test_what_another_choice_has_broken_off_is_read_when_it_is_chosen_again(
    window: MainWindow, view: CausesView, qtbot: QtBot
) -> None:
    kept = window.networks.current
    window.networks.switch(Variant.MODERN)
    qtbot.waitUntil(lambda: view.network.variant is Variant.MODERN)
    assert view.runner.is_busy
    window.networks.switch(Variant.ORIGINAL)  # of which everything is known
    qtbot.waitUntil(lambda: view.network is kept)
    assert view.is_settled
    window.networks.switch(Variant.MODERN)
    qtbot.waitUntil(
        lambda: view.network.variant is Variant.MODERN and view.exciting is not None, timeout=20_000
    )
