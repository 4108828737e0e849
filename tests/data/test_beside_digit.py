"""What lies beside a digit is told from it: lines under it, boxes, pens, windows, other digits."""

from collections.abc import Sequence

import numpy as np
import pytest
from picture_conditions import stroked

from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.found import FoundInk, Kind, NotOneDigitError
from lenet_gui.data.pictures.ink import find_ink
from lenet_gui.data.pictures.levels import Pixels

Ink = np.ndarray
Stroke = Sequence[tuple[float, float]]
SHAPE = (160, 200)
SEVEN: list[Stroke] = [[(230, 160), (770, 130), (430, 900)]]
SIX: list[Stroke] = [[(640, 90), (330, 500), (360, 880), (700, 860), (720, 600), (360, 620)]]
ONE: list[Stroke] = [[(380, 250), (500, 80), (500, 900)]]
FOUR: list[Stroke] = [[(420, 100), (250, 500), (800, 480)], [(650, 380), (600, 930)]]


def drawn(strokes: Sequence[Stroke], box: tuple[float, float, float, float], pen: float = 6) -> Ink:
    """Strokes whose ink fills a box of the page."""
    return stroked(strokes, SHAPE, box, pen)


def bar(left: int, top: int, right: int, bottom: int) -> Ink:
    ink = np.zeros(SHAPE, np.float32)
    ink[top:bottom, left:right] = 1
    return ink


def outline(box: Box, width: int = 2) -> Ink:
    ink = bar(box.left, box.top, box.right, box.bottom)
    ink[box.top + width : box.bottom - width, box.left + width : box.right - width] = 0
    return ink


def on_paper(*inks: Ink) -> FoundInk:
    levels = 0.95 - 0.8 * np.max(inks, axis=0)
    return find_ink(Pixels(levels.astype(np.float32)), "The picture")


def counted(*inks: Ink) -> str:
    with pytest.raises(NotOneDigitError) as refusal:
        on_paper(*inks)
    return str(refusal.value)


def kinds(found: FoundInk) -> list[Kind]:
    return sorted({each.kind for each in found.left_out})


def assert_is(found: FoundInk, digit: Ink) -> None:
    """The ink is that of the digit alone."""
    assert np.count_nonzero((found.ink > 0.5) != (digit > 0.5)) < 0.02 * np.count_nonzero(digit)


@pytest.mark.parametrize("strokes", [SEVEN, FOUR, SIX], ids=["7", "4", "6"])
def test_an_underline_is_left_out(strokes: list[Stroke]) -> None:
    digit = drawn(strokes, (60, 20, 140, 110))
    for top in (118, 132):
        found = on_paper(digit, bar(50, top, 150, top + 5))
        assert_is(found, digit)
        assert kinds(found) == [Kind.BESIDE]


def test_the_foot_of_a_one_is_its_own() -> None:
    digit = np.maximum(drawn(ONE, (60, 20, 140, 110)), bar(70, 118, 140, 124))
    assert_is(on_paper(digit), digit)


def test_two_digits_whose_boxes_overlap_are_two() -> None:
    six, seven = drawn(SIX, (40, 30, 110, 130)), drawn(SEVEN, (94, 26, 175, 134))
    assert not (np.minimum(six, seven) > 0).any()
    assert "shows several digits (2)" in counted(six, seven)


def test_the_two_strokes_of_a_four_are_one() -> None:
    digit = drawn(FOUR, (60, 30, 140, 130), 3)
    assert_is(on_paper(digit), digit)


@pytest.mark.parametrize("walls", ["apart", "shared"])
def test_empty_boxes_of_a_form_are_no_digits(walls: str) -> None:
    step = 62 if walls == "apart" else 56
    boxes = [outline(Box(8 + step * n, 40, 66 + step * n, 120)) for n in range(3)]
    six, seven = drawn(SIX, (74, 50, 114, 110)), drawn(SEVEN, (74 + step, 50, 114 + step, 110))
    found = on_paper(six, *boxes)
    assert_is(found, six)
    assert kinds(found) == [Kind.FRAME if walls == "apart" else Kind.LINE]
    assert "shows several digits (2)" in counted(six, seven, *boxes)
    if walls == "apart":
        assert "no ink" in counted(*boxes)


CANVAS = outline(Box(20, 50, 90, 120), 1)


def test_a_box_around_a_digit_may_be_small() -> None:
    """As the canvas of a program in a screenshot."""
    digit = drawn(SIX, (40, 65, 70, 105), 4)
    found = on_paper(digit, CANVAS)
    assert_is(found, digit)
    assert kinds(found) == [Kind.FRAME]


def test_what_lies_outside_the_box_around_a_digit_is_beside_it() -> None:
    """As the scale of colours of a diagram, or an answer in large print."""
    digit = drawn(SIX, (40, 65, 70, 105), 4)
    for beside in (bar(120, 50, 128, 120), drawn(SEVEN, (120, 60, 160, 110), 4)):
        found = on_paper(digit, CANVAS, beside)
        assert_is(found, digit)
        assert kinds(found) == [Kind.BESIDE, Kind.FRAME]


def test_words_in_the_box_of_a_button_are_no_digit() -> None:
    digit = drawn(SEVEN, (110, 20, 190, 140))
    words = [bar(left, 80, left + 8, 96) for left in (30, 42, 54, 66)]
    assert_is(on_paper(digit, outline(Box(20, 70, 85, 105), 1), *words), digit)


def test_digits_in_and_beside_boxes_of_their_own_are_counted() -> None:
    boxes = [outline(Box(left, 50, left + 70, 120), 1) for left in (20, 110)]
    digits = [drawn(SIX, (left, 65, left + 30, 105), 4) for left in (40, 130)]
    assert "shows several digits (2)" in counted(*boxes, *digits)
    within = [drawn(SIX, (25, 65, 50, 105), 4), drawn(SEVEN, (58, 65, 86, 105), 4)]
    assert "shows several digits (2)" in counted(CANVAS, *within)


def test_an_empty_box_is_no_digit() -> None:
    assert "no ink" in counted(CANVAS)


def test_a_one_between_lines_is_no_wall() -> None:
    lines = [bar(0, top, 200, top + 2) for top in range(20, 160, 30)]
    digit = drawn([[(500, 0), (500, 900)]], (95, 35, 100, 126), 4)
    found = on_paper(digit, *lines)
    assert found.digits == 1
    assert np.count_nonzero((found.ink > 0.5) & (digit > 0.5)) > 0.9 * np.count_nonzero(digit > 0.5)


def test_a_one_from_line_to_line_is_no_wall() -> None:
    """A box has two walls at least."""
    digit = bar(98, 30, 101, 122)
    found = on_paper(digit, *(bar(0, top, 200, top + 2) for top in (30, 120)))
    assert found.digits == 1
    assert np.count_nonzero((found.ink > 0.5) & (digit > 0.5)) > 0.9 * np.count_nonzero(digit)


def test_a_pen_that_lies_beside_a_digit_is_no_part_of_it() -> None:
    pen = drawn([[(0, 0), (300, 1000)]], (140, 20, 190, 190), 12)
    digit = drawn(SIX, (60, 40, 120, 110))
    found = on_paper(digit, pen)
    assert_is(found, digit)
    assert kinds(found) == [Kind.AT_EDGE]


@pytest.mark.parametrize("is_light", [False, True], ids=["dark ink", "light ink"])
def test_the_title_bar_of_a_window_is_no_sheet(is_light: bool) -> None:
    digit = drawn(ONE, (70, 40, 130, 130), 14)
    levels = np.full(SHAPE, 0.94, np.float32)
    levels[:18] = 0.2
    levels[6:12, 10:40:4] = 1  # its words
    canvas = slice(26, 150), slice(10, 190)
    levels[canvas] = (digit if is_light else 1 - digit)[canvas]
    assert_is(find_ink(Pixels(levels), "The window"), digit)


@pytest.mark.parametrize("width", [0.6, 3])
def test_light_that_changes_gradually_is_no_ink(width: float) -> None:
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]] / 200 - 0.4
    levels = 0.7 + 0.25 * np.tanh(2 * (x + y / 2) / width)
    noise = np.random.default_rng(2).normal(0, 0.01, SHAPE)
    with pytest.raises(NotOneDigitError, match="no ink"):
        find_ink(Pixels((levels + noise).astype(np.float32)), "The picture")
