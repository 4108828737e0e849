"""The answer: what it says, what the bars show, and that nothing is said of an empty drawing."""

import dataclasses
import itertools
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QHelpEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from lenet_gui.explore.reading import reading_of
from lenet_gui.gui.answer.view import AnswerView
from lenet_gui.gui.widgets.bars_layout import BarSizes, code_bars, full_scale, logit_bars
from lenet_gui.net.architecture import Variant
from lenet_gui.net.calibration import Calibration
from lenet_gui.net.layers import OUTPUT, Unit
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.text.answers import beside_answer
from lenet_gui.text.figures import probability
from tests.support.cut_text import cut_text


@pytest.fixture
def view(qtbot, cell_commands):
    shown = AnswerView(cell_commands)
    shown.resize(250, 520)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


@pytest.mark.parametrize("variant", Variant)
def test_the_answer_is_told_with_its_runner_up_and_margin(view, read, variant):
    reading = read(variant)
    view.show_reading(reading)
    assert view.accessibleName() == f"Answer: {reading.answer}, runner-up {reading.runner_up}"
    unit = "distance" if variant is Variant.ORIGINAL else "logits"
    assert f"margin {reading.margin:.2f} ({unit})" in view.accessibleDescription()
    assert ("not a digit" in view.accessibleDescription()) == (variant is Variant.ORIGINAL)


def test_the_name_of_a_run_that_answers_is_whole(view, read, qtbot):
    who = "After epoch 12, 2026-11-27 original-quick 0003"
    view.show_reading(read(Variant.ORIGINAL), who)
    qtbot.waitUntil(view.who.isVisible)
    assert "".join(view.who.shown.split()) == "".join(who.split())


def test_lines_say_the_figures_of_the_reading(read):
    reading = dataclasses.replace(
        read(Variant.ORIGINAL),
        answer=7,
        runner_up=9,
        margin=41.2,
        rubbish=0.004,
        probabilities=np.full(10, 0.0996, np.float32),
    )
    assert beside_answer(reading) == (
        "runner-up 9",
        "margin 41.20 (distance)",
        "probability 10.0 %",
        "not a digit 0.4 %",
    )


@pytest.mark.parametrize("variant", Variant)
def test_an_empty_drawing_has_no_answer_and_no_figures(view, read, pixels, variant):
    view.set_variant(variant)
    empty = pixels(view)
    assert view.accessibleName() == "Answer: none. Draw a digit."
    assert view.accessibleDescription() == ""
    view.show_reading(read(variant))
    assert (pixels(view) != empty).any()
    view.show_reading(None)
    np.testing.assert_array_equal(pixels(view), empty)
    assert view.accessibleName() == "Answer: none. Draw a digit."


def test_a_switch_of_the_variant_takes_the_answer_away(view, read):
    view.show_reading(read(Variant.ORIGINAL))
    view.set_variant(Variant.MODERN)
    assert view.accessibleName() == "Answer: none. Draw a digit."


@pytest.mark.parametrize("variant", Variant)
def test_only_bars_and_figures_change_from_one_digit_to_the_next(view, read, pixels, variant):
    """Digits' and codes' columns stand still, whatever is drawn, save for the winner's row."""
    reading = read(variant, 7)
    view.show_reading(reading)
    one = pixels(view.bars)
    other_reading = dataclasses.replace(reading, output=reading.output[::-1].copy() * 1.3)
    view.show_reading(other_reading)
    other = pixels(view.bars)
    assert (one != other).any()
    width = view.bars.width()
    still = np.s_[:, : width // 2] if variant is Variant.ORIGINAL else np.s_[:, : width // 12]
    np.testing.assert_array_equal(one[still][:, : width // 3], other[still][:, : width // 3])


@pytest.mark.parametrize("calibration", [Calibration(8.0), Calibration(50.0, temperature=10.0)])
@pytest.mark.parametrize("variant", Variant)
def test_who_computes_by_the_tooltip_gets_the_probabilities_that_are_shown(
    view, read, variant, calibration
):
    plain = read(variant)
    output = plain.output.copy()
    output[[2, 3]] = (7.5, 9.5) if variant is Variant.ORIGINAL else (1.5, 3.5)
    reading = reading_of(NetworkKind(variant), plain.input, plain.activations, output, calibration)
    view.show_reading(reading)
    told = " ".join(view.head.toolTip().split())
    temperature = float((re.findall(r"T = ([\d.]+) is the temperature", told) or [1])[0])
    if variant is Variant.ORIGINAL:
        counts, rubbish = -output, -float(re.findall(r"j = ([\d.]+) stands", told)[0])
        written, of_rubbish = "−y", "−j"
    else:
        counts, rubbish = output, float(re.findall(r"logit is always (-?[\d.]+):", told)[0])
        written, of_rubbish = "logit", ""
    shares = np.exp(np.append(counts, rubbish) / temperature)
    shares /= shares.sum()
    np.testing.assert_allclose(reading.probabilities, shares[:-1], rtol=1e-4, atol=1e-9)
    assert f"not a digit {probability(shares[-1])}" in beside_answer(reading)
    for name in filter(None, (written, of_rubbish)):
        assert (f"e^({name}/T)" if calibration.temperature != 1 else f"e^{name} ") in told


@pytest.mark.qt_log_ignore("does not support raise")
def test_the_tooltip_of_a_row_explains_its_figures(view, read):
    reading = read(Variant.ORIGINAL)
    view.show_reading(reading)
    height = next(y for y in range(view.bars.height()) if view.bars.row_at(y) == 3) + 3
    where = QPoint(60, height)
    event = QHelpEvent(QEvent.Type.ToolTip, where, view.bars.mapToGlobal(where))
    QApplication.sendEvent(view.bars, event)
    told = QToolTip.text()
    assert told.startswith(f"3: distance {reading.output[3]:.2f}, probability")
    assert "smaller is closer" in told
    assert "Eq. 9" in told
    assert "j = 100" in told
    assert "beyond it the drawing is rejected" in told
    QToolTip.hideText()


def test_the_outputs_f6_and_the_codes_are_cells_to_copy_and_to_read_aloud(view, read):
    reading = read(Variant.ORIGINAL)
    view.show_reading(reading)
    bars = view.bars
    bars.setFocus()
    QTest.keyClick(bars, Qt.Key.Key_PageDown)  # takes hold of F6
    QTest.keyClick(bars, Qt.Key.Key_PageDown)
    QTest.keyClick(bars, Qt.Key.Key_PageDown)
    QTest.keyClick(bars, Qt.Key.Key_Down)
    assert bars.held.panel == OUTPUT
    digit = bars.held.row
    assert bars.value_text(bars.held) == f"{reading.output[digit]:.2f}"
    assert bars.panel_of(bars.held).words.unit(bars.held) == Unit(OUTPUT, digit)
    table = QAccessible.queryAccessibleInterface(bars)
    assert table.childCount() == 84 + 10 * 84 + 10 + len(bars.guide_marks)
    last = table.child(84 + 840 + digit)
    assert last.text(QAccessible.Text.Value) == f"{reading.output[digit]:.2f}"
    assert table.child(84).text(QAccessible.Text.Name) == "code of 0, row 0, column 0"
    view.show_reading(read(Variant.MODERN))
    assert table.childCount() == 10 + len(bars.guide_marks)


def test_everything_fits_the_small_window_without_scrolling(view):
    assert view.bars.height() == view.bars.parentWidget().height()
    assert view.bars.width() <= 250


@pytest.mark.parametrize("variant", Variant)
def test_the_heads_of_the_bars_are_whole_however_narrow(view, read, variant):
    view.show_reading(read(variant))
    for width in range(180, 300, 3):
        view.resize(width, 724)
        assert cut_text(view) == []


def test_dark_changes_the_picture_at_once(view, read, pixels, dark_palette):
    view.show_reading(read(Variant.ORIGINAL))
    view.setPalette(dark_palette)
    assert tuple(pixels(view)[-1, -1]) == (0x30, 0x30, 0x30)


sizes = st.builds(BarSizes, *(st.floats(low, high) for low, high in
                              ((8, 30), (5, 20), (40, 90), (40, 80))))  # fmt: skip


@given(st.floats(0, 1200), st.floats(0, 1500), st.sampled_from([1.0, 1.25, 2.0]), sizes)
@settings(max_examples=80)
def test_the_columns_of_the_bars_follow_each_other(width, height, ratio, text):
    codes = code_bars(width, height, ratio, text)
    columns = [codes.f6, codes.digit, codes.code, codes.bar, codes.figure]
    logits = logit_bars(width, height, text)
    others = [
        *(logits.digit, logits.logit, logits.logit_figure),
        *(logits.share, logits.share_figure),
    ]
    for row in ([each for each in every if each is not None] for every in (columns, others)):
        for one, other in itertools.pairwise(row):
            assert one.width > 0
            assert one.right <= other.x + 1e-6
    assert codes.row_height >= text.line
    assert codes.row_height * ratio >= 12 * codes.code_factor
    assert codes.bar.width >= (39 if codes.code else 15)
    assert width < 224 or None not in (*columns, *others)


@given(st.floats(0.01, 700))
def test_the_largest_bar_never_exceeds_its_scale(largest):
    assert largest <= full_scale(largest) <= max(1.0, 2.6 * largest)


def test_however_it_came_to_an_answer_it_looks_as_if_shown_at_once(
    view, read, pixels, dark_palette, qtbot, cell_commands
):
    chance = np.random.default_rng(0)
    readings = [read(variant) for variant in Variant] * 2 + [None]
    variant = Variant.ORIGINAL
    for step in range(30):
        reading = readings[chance.integers(len(readings))]
        if reading is not None:
            output = chance.permutation(reading.output)
            best = np.argsort(output if reading.variant is Variant.ORIGINAL else -output)
            answer, runner_up = (int(digit) for digit in best[:2])
            reading = dataclasses.replace(
                reading, output=output, answer=answer, runner_up=runner_up, margin=step / 4
            )
        match step % 5:
            case 1:
                view.resize(250, 520 - step)
            case 2:
                view.setPalette(dark_palette)
            case 4:
                view.setPalette(QPalette())
        view.show_reading(reading)
        shown = pixels(view)
        variant = variant if reading is None else reading.variant
        fresh = AnswerView(cell_commands, variant)
        qtbot.addWidget(fresh)
        fresh.setPalette(view.palette())
        fresh.resize(view.size())
        with qtbot.waitExposed(fresh):
            fresh.show()
        fresh.show_reading(reading)
        np.testing.assert_array_equal(shown, pixels(fresh))
        fresh.hide()
