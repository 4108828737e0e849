"""Printed lines are told from the digit at a tilt, on a page that curves, and on a sheet."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from picture_conditions import stroked

from lenet_gui.data.pictures.found import FoundInk, Kind
from lenet_gui.data.pictures.ink import find_ink
from lenet_gui.data.pictures.levels import Pixels

Array = np.ndarray
SHAPE = (300, 320)
SEVEN: Sequence[Sequence[tuple[float, float]]] = [[(230, 160), (770, 130), (430, 900)]]
DIGIT = stroked(SEVEN, SHAPE, (100, 80, 220, 220), 9)
ROWS, COLUMNS = np.mgrid[: SHAPE[0], : SHAPE[1]].astype(np.float32)


def ruled(places: Array, gap: float, width: float) -> Array:
    """Lines [h, w], 0..1, where places are multiples of a gap, with soft edges."""
    distance = np.abs((places + gap / 2) % gap - gap / 2)
    lines: Array = np.clip(width / 2 + 0.5 - distance, 0, 1)
    return lines


def tilted(degrees: float) -> Array:
    """Lines across."""
    turn = np.deg2rad(degrees)
    return ruled(ROWS * np.cos(turn) - COLUMNS * np.sin(turn), 24, 2)


def squared(degrees: float) -> Array:
    turn = np.deg2rad(degrees)
    down = ruled(COLUMNS * np.cos(turn) + ROWS * np.sin(turn), 24, 2)
    return np.maximum(tilted(degrees), down)


def fanned() -> Array:
    """Lines across, each with a tilt of its own: a page that is seen at an angle."""
    return ruled((ROWS - 150) / (1 - COLUMNS / 900) + 150, 30, 2)


def curved() -> Array:
    return ruled(ROWS + (COLUMNS / 50) ** 2 / 1.5, 24, 2)


def read(lines: Array, darkness: float, digit: Array = DIGIT, seed: int = 1) -> FoundInk:
    levels = 0.95 - np.maximum(darkness * lines, 0.8 * digit)
    levels += np.random.default_rng(seed).normal(0, 0.008, SHAPE)
    return find_ink(Pixels(levels.astype(np.float32)), "The picture")


def assert_is(found: FoundInk, digit: Array = DIGIT) -> None:
    """The ink is that of the digit, but for stumps of the lines that cross it."""
    assert found.digits == 1
    differing = np.count_nonzero((found.ink > 0.5) != (digit > 0.5))
    assert differing < 0.15 * np.count_nonzero(digit > 0.5)


@pytest.mark.parametrize("degrees", [-9, -2, 0.8, 5])
@pytest.mark.parametrize("lines", [tilted, squared])
@pytest.mark.parametrize("darkness", [0.2, 0.5])
def test_lines_at_a_tilt_are_no_ink(
    lines: Callable[[float], Array], degrees: float, darkness: float
) -> None:
    found = read(lines(degrees), darkness)
    assert_is(found)
    assert Kind.LINE in found.kinds


def test_lines_that_fan_out_are_no_ink() -> None:
    assert_is(read(fanned(), 0.5))


def test_pale_lines_that_curve_are_no_ink() -> None:
    found = read(curved(), 0.25)
    assert_is(found)
    assert Kind.LINE in found.kinds


def test_lines_as_dark_and_as_thick_as_a_pencil_are_no_ink() -> None:
    digit = stroked(SEVEN, SHAPE, (100, 80, 220, 220), 3)
    levels = 0.95 - 0.35 * np.maximum(tilted(3), digit)
    found = find_ink(Pixels(levels.astype(np.float32)), "The picture")
    drawn = digit > 0.5
    assert found.digits == 1
    assert np.count_nonzero((found.ink > 0.5) & drawn) > 0.8 * np.count_nonzero(drawn)
    assert np.count_nonzero((found.ink > 0.5) & ~drawn) < 0.3 * np.count_nonzero(drawn)


def test_lines_end_with_the_sheet_on_which_they_are_printed() -> None:
    levels = 0.95 - np.maximum(0.3 * squared(4), 0.8 * DIGIT)
    on_sheet = (abs(COLUMNS - 160 - ROWS / 20) < 110) & (abs(ROWS - 150 + COLUMNS / 20) < 120)
    levels = np.where(on_sheet, levels, 0.3)
    assert_is(find_ink(Pixels(levels.astype(np.float32)), "The picture"))


@pytest.mark.parametrize("pen", [4, 14])
def test_a_stroke_that_runs_across_the_picture_is_no_line(pen: float) -> None:
    strokes = [[(0, 160), (1000, 0), (500, 900)]]
    digit = stroked(strokes, SHAPE, (4, 20, 316, 290), pen)
    found = find_ink(Pixels((0.95 - 0.8 * digit).astype(np.float32)), "The picture")
    assert np.array_equal(found.ink > 0.5, digit > 0.5)


def test_a_stroke_that_runs_out_of_ink_is_no_line() -> None:
    fading = DIGIT * np.clip(1.1 - ROWS / 250, 0.25, 1)
    found = find_ink(Pixels((0.95 - 0.85 * fading).astype(np.float32)), "The picture")
    drawn = DIGIT > 0.5
    assert np.count_nonzero((found.ink > 0.1) & drawn) > 0.95 * np.count_nonzero(drawn)
