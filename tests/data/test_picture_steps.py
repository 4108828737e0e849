"""What a drawing keeps of an imported picture says what each pixel was taken for."""

from dataclasses import replace

import numpy as np
import pytest

from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.found import NotOneDigitError
from lenet_gui.data.pictures.ink import find_ink
from lenet_gui.data.pictures.levels import Pixels
from lenet_gui.data.pictures.steps import Dropped, PictureSteps
from tests.support.pictures import SIDE, Picture, messy, row_of


def pixels_of(picture: Picture) -> Pixels:
    return Pixels(picture.astype(np.float32) / np.float32(255))


def steps_of(picture: Picture, region: Box | None = None) -> PictureSteps:
    try:
        found = find_ink(pixels_of(picture), "It", region)
    except NotOneDigitError as refusal:
        found = refusal.found
    return PictureSteps.of(found, None if region is None else picture)


@pytest.fixture(scope="module")
def steps() -> PictureSteps:
    return steps_of(messy(7))


def test_lines_and_specks_are_dropped_where_they_are(steps: PictureSteps) -> None:
    assert np.array_equal(steps.levels, messy(7))
    assert steps.is_whole
    assert steps.kinds == (Dropped.LINE, Dropped.SPECK)
    assert (steps.dropped[[20, 180], 5:-5] == Dropped.LINE).mean() > 0.95
    assert (steps.dropped[40:43, 8:11] == Dropped.SPECK).all()
    assert not steps.dropped[60:150, 60:150].any()
    (digit,) = steps.digits
    assert 50 < digit.top < digit.bottom < 150


def test_ink_is_what_was_found_and_more_if_less_is_removed(steps: PictureSteps) -> None:
    found = find_ink(pixels_of(messy(7)), "It")
    ink = steps.ink_with()
    np.testing.assert_allclose(ink[found.ink > 0], found.ink[found.ink > 0], atol=1 / 255)
    assert ink[found.ink == 0].max() <= 0.1
    everything = steps.ink_with(dropped=True)
    assert everything[20].min() > 0.5
    assert np.array_equal(everything[60:150, 60:150], ink[60:150, 60:150])
    dark = steps.ink_with(paper=True)
    assert dark[100, 5] == np.float32(55 / 255)  # the paper's own
    assert not dark[20, 100]
    assert steps.ink_with(paper=True, dropped=True)[20, 100] == np.float32(195 / 255)


def test_light_ink_is_as_light_as_it_came() -> None:
    steps = steps_of(255 - row_of(1))
    assert steps.is_light
    assert steps.kinds == ()
    assert np.array_equal(steps.ink_with(paper=True), steps.levels.astype(np.float32) / 255)


def test_of_a_part_the_whole_picture_is_kept() -> None:
    part = Box(SIDE, 0, 2 * SIDE, SIDE)
    steps = steps_of(row_of(1, 7, 2), part)
    assert not steps.is_whole
    assert steps.levels.shape == (SIDE, 3 * SIDE)
    assert steps.ink.shape == steps.dropped.shape == (SIDE, SIDE)
    (digit,) = steps.digits
    assert SIDE < digit.left < digit.right < 2 * SIDE


def test_of_several_digits_each_has_a_box() -> None:
    steps = steps_of(row_of(1, 7, 2))
    assert sorted(box.left // SIDE for box in steps.digits) == [0, 1, 2]
    assert not steps.dropped.any()
    assert steps_of(np.full((30, 30), 99, np.uint8)).digits == ()


def test_steps_are_equal_by_what_they_hold(steps: PictureSteps) -> None:
    assert steps == steps_of(messy(7))
    assert hash(steps) == hash(steps_of(messy(7)))
    assert steps != steps_of(messy(2))
    assert steps != replace(steps, is_light=True)
    assert steps != messy


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"part": Box(0, 0, 201, 200)}, "outside"),
        ({"part": Box(5, 0, 5, 200)}, "outside"),
        ({"part": Box(0, 0, 100, 100)}, "shapes"),
        ({"dropped": np.full((200, 200), 5, np.uint8)}, "impossible values"),
    ],
)
def test_impossible_steps_are_refused(
    steps: PictureSteps, changed: dict[str, object], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        replace(steps, **changed)  # type: ignore[arg-type]


def test_of_one_digit_no_other_ink_is_left() -> None:
    picture = messy(7)
    picture[170:176, 120:126] = 0  # a mark that touches no line, and one that does
    picture[177:183, 60:66] = 0
    steps = steps_of(picture)
    found = find_ink(pixels_of(picture), "It")
    assert steps.ink_with()[found.ink == 0].max() <= 0.1
    assert steps.dropped[172, 122] in (Dropped.SPECK, Dropped.NEIGHBOUR)
    assert steps.dropped[179, 62] in (Dropped.SPECK, Dropped.LINE)


def test_one_grey_pixel_is_a_speck() -> None:
    picture = row_of(7)
    picture[3, 3] = 190
    steps = steps_of(picture)
    assert steps.kinds == (Dropped.SPECK,)
    assert np.argwhere(steps.dropped).tolist() == [[3, 3]]
