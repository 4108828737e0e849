"""A digit is found on a sheet that lies on a table, and on a screen around a picture."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from picture_conditions import stroked

from lenet_gui.data.pictures.desk import without_desk
from lenet_gui.data.pictures.found import NotOneDigitError
from lenet_gui.data.pictures.ink import find_ink
from lenet_gui.data.pictures.levels import Pixels

Stroke = Sequence[tuple[float, float]]
SEVEN: list[Stroke] = [[(230, 160), (770, 130), (430, 900)]]
ROUND: list[Stroke] = [
    [(500 + 400 * np.cos(a), 500 + 450 * np.sin(a)) for a in np.linspace(0, 6.3, 40)]
]
SHAPE = (360, 440)


def grain(seed: int) -> np.ndarray:
    """Wood, light and dark in waves."""
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]]
    noise = np.random.default_rng(seed).normal(0, 0.02, SHAPE)
    return 0.3 + 0.07 * np.sin(y / 5 + 3 * np.sin(x / 70)) + noise


def sheet(turn: float) -> np.ndarray:
    """Where a sheet lies that is turned by some radians."""
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]] - np.array([180, 220])[:, None, None]
    along, across = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    return (abs(along) < 110) & (abs(across) < 125)


@pytest.mark.parametrize("turn", [0, 0.1, 0.7])
@pytest.mark.parametrize("is_light", [False, True], ids=["dark ink", "light ink"])
def test_the_table_around_a_sheet_is_no_ink(turn: float, is_light: bool) -> None:
    ink = stroked(SEVEN, SHAPE, (160, 110, 280, 250), 10)
    levels = np.where(sheet(turn), 0.9 - 0.75 * ink, grain(3)).astype(np.float32)
    found = find_ink(Pixels(1 - levels if is_light else levels), "The picture")
    assert found.is_light == is_light
    assert found.digits == 1
    assert not found.left_out
    drawn = ink > 0.5
    assert np.count_nonzero((found.ink > 0.5) == drawn) > 0.99 * drawn.size
    assert found.levels.tolist() == (1 - levels if is_light else levels).tolist()


def at_an_angle() -> np.ndarray:
    """Where a sheet lies that is farther away on its right."""
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]] - np.array([180, 220])[:, None, None]
    lies: np.ndarray = (abs(x) < 140) & (abs(y) < 110 - x / 4)
    return lies


def cut_off() -> np.ndarray:
    """Where a sheet lies of which the picture shows two sides."""
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]]
    lies: np.ndarray = (y > 60 + x / 12) & (x > 50 - y / 15)
    return lies


@pytest.mark.parametrize("lies", [at_an_angle, cut_off])
@pytest.mark.parametrize("is_light", [False, True], ids=["dark ink", "light ink"])
def test_a_sheet_is_seen_at_an_angle_or_only_in_part(
    lies: Callable[[], np.ndarray], is_light: bool
) -> None:
    ink = stroked(SEVEN, SHAPE, (170, 130, 270, 250), 10)
    planks = 0.25 * (np.arange(SHAPE[0]) // 12 % 2)[:, None]
    levels = np.where(lies(), 0.9 - 0.75 * ink, grain(3) + planks).astype(np.float32)
    found = find_ink(Pixels(1 - levels if is_light else levels), "The picture")
    drawn = ink > 0.5
    assert np.count_nonzero((found.ink > 0.5) == drawn) > 0.99 * drawn.size


def test_planks_as_light_as_the_sheet_are_of_the_table() -> None:
    ink = stroked(SEVEN, SHAPE, (170, 110, 270, 250), 10)
    table = grain(3)
    table[70:86] = table[220:232] = 0.85
    levels = np.where(sheet(0.2), 0.9 - 0.75 * ink, table).astype(np.float32)
    drawn = ink > 0.5
    found = find_ink(Pixels(levels), "The picture")
    assert np.count_nonzero((found.ink > 0.5) == drawn) > 0.99 * drawn.size


def test_a_zero_that_encloses_much_of_its_sheet_is_on_it() -> None:
    """As a digit of MNIST in a diagram: a dark square on a white page."""
    ink = stroked(ROUND, SHAPE, (115, 74, 325, 286), 16)
    page = np.ones(SHAPE, np.float32)
    page[60:300, 100:340] = ink[60:300, 100:340]
    found = find_ink(Pixels(page), "The diagram")
    assert found.digits == 1
    drawn = ink > 0.5
    assert np.count_nonzero((found.ink > 0.5) == drawn) > 0.99 * drawn.size


@pytest.mark.parametrize("strokes", [SEVEN, ROUND], ids=["7", "0"])
def test_digits_on_sheets_side_by_side_are_counted(strokes: Sequence[Stroke]) -> None:
    """As samples of MNIST in a diagram: dark squares on a white page."""
    page = np.ones((160, 300), np.float32)
    for left in (20, 160):
        ink = stroked(strokes, page.shape, (left + 40, 40, left + 80, 120), 8)
        page[20:140, left : left + 120] = ink[20:140, left : left + 120]
    with pytest.raises(NotOneDigitError, match=r"several digits \(2\)"):
        find_ink(Pixels(page), "The diagram")


@pytest.mark.parametrize("depth", [0.3, 0.5])
def test_a_shadow_over_a_part_of_a_digit_is_no_table(depth: float) -> None:
    ink = stroked(SEVEN, SHAPE, (140, 60, 300, 300), 14)
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]]
    light = np.where(y > 200 + x / 10, 1 - depth, 1)
    found = find_ink(Pixels(((0.95 - 0.85 * ink) * light).astype(np.float32)), "The picture")
    drawn = ink > 0.5
    assert np.count_nonzero((found.ink > 0.5) & drawn) > 0.95 * np.count_nonzero(drawn)


def test_digits_in_the_shade_are_counted() -> None:
    ink = stroked(SEVEN, SHAPE, (60, 100, 130, 200), 10)
    ink += stroked(SEVEN, SHAPE, (280, 100, 350, 200), 10)
    light = np.where(np.mgrid[: SHAPE[0], : SHAPE[1]][1] > 200, 1, 0.6)
    with pytest.raises(NotOneDigitError, match=r"several digits \(2\)"):
        find_ink(Pixels(((0.95 - 0.85 * ink) * light).astype(np.float32)), "The picture")


@pytest.mark.parametrize("pen", [14, 60, 110])
def test_a_thick_digit_is_no_sheet(pen: float) -> None:
    for strokes in (ROUND, SEVEN):
        levels = (0.1 + 0.8 * stroked(strokes, SHAPE, (80, 60, 360, 300), pen)).astype(np.float32)
        assert without_desk(levels) is levels
        assert without_desk(1 - levels) is not None
        assert np.array_equal(without_desk(1 - levels), 1 - levels)


def test_a_sheet_without_ink_is_no_digit_on_a_sheet() -> None:
    levels = np.where(sheet(0.1), 0.9, 0.3).astype(np.float32)
    assert without_desk(levels) is levels


def test_digits_that_stand_on_printed_lines_are_counted() -> None:
    """In the window, too, they are several: what is read and what is told agree."""
    levels = np.full((300, 400), 0.95, np.float32)
    levels[::40] = levels[1::40] = 0.6
    for left in (60, 240):
        levels -= 0.8 * stroked(SEVEN, (300, 400), (left, 60, left + 100, 200), 8)
    with pytest.raises(NotOneDigitError, match=r"several digits \(2\)") as refusal:
        find_ink(Pixels(np.clip(levels, 0, 1)), "The picture")
    assert refusal.value.found.digits == 2
