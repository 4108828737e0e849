"""The ink of a digit is found in pictures of every kind that people bring."""

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from picture_conditions import (
    CONDITIONS,
    SIDE,
    Condition,
    Digit,
    Others,
    Page,
    inked,
    none,
    picture,
    several,
    stroked,
)
from PIL import Image
from scipy.ndimage import gaussian_filter

from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.data.ink import Box, trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.data.pictures.found import FoundInk, Kind, NotOneDigitError
from lenet_gui.data.pictures.ink import find_ink, ink_of_picture
from lenet_gui.data.pictures.levels import Pixels
from lenet_gui.errors import UserError

ROUND = [(500 + 260 * np.cos(a), 500 + 420 * np.sin(a)) for a in np.linspace(-1.4, 5.1, 30)]
DIGITS = (
    Digit(0, [ROUND]),
    Digit(1, [[(480, 80), (500, 900)]]),
    Digit(4, [[(620, 100), (250, 600), (800, 560)], [(650, 380), (600, 930)]]),
    Digit(
        5, [[(420, 130), (340, 480), (620, 520), (660, 750), (330, 880)], [(430, 120), (740, 90)]]
    ),
    Digit(7, [[(230, 160), (770, 130), (430, 900)]]),
)


def strokes_of(number: int) -> Digit:
    return DIGITS[number % len(DIGITS)]


def smaller(condition: Condition) -> Condition:
    """The same with fewer pixels, which are read sooner; thin pens keep theirs."""
    page = condition.page
    if page.side > 1000:
        return replace(condition, page=replace(page, side=1200))
    if page.side < SIDE or page.pen < 10:
        return condition
    return replace(condition, page=replace(page, side=250))


SMALLER = {name: smaller(condition) for name, condition in CONDITIONS.items()}


@cache
def found(condition: str, number: int) -> FoundInk:
    """The ink of one of the digits in a picture of a kind."""
    rng = np.random.default_rng(number)
    return ink_of_picture(picture(SMALLER[condition], strokes_of(number), rng, others_of(rng)))


def others_of(rng: np.random.Generator) -> Others:
    return lambda: strokes_of(int(rng.integers(len(DIGITS))))


def centred(ink: np.ndarray) -> np.ndarray:
    steps = trace_ink(paint(Drawing(backdrop=Backdrop(ink))))
    assert steps is not None
    return steps.centred


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """The cosine between two digits, one at most a pixel away: 1 if they have the same shape."""
    length = np.sqrt((one**2).sum() * (other**2).sum())
    shifts = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    return float(max((one * np.roll(other, shift, (0, 1))).sum() for shift in shifts) / length)


@pytest.mark.parametrize(("number", "condition"), list(enumerate(CONDITIONS)))
def test_the_digit_is_what_the_pen_has_drawn(number: int, condition: str) -> None:
    page = SMALLER[condition].page
    drawn = centred(inked(strokes_of(number).strokes, page))
    read = centred(found(condition, number).ink)
    assert likeness(drawn, read) > 0.85
    assert read.max() > 0.5  # however thin the pen


@pytest.mark.parametrize(
    ("condition", "kinds"),
    [
        ("clean", set[Kind]()),
        ("framed", {Kind.LINE}),
        ("specks", {Kind.SPECK}),
        ("one grey pixel", set[Kind]()),
        ("ruled", {Kind.LINE}),
        ("squared", {Kind.LINE}),
        ("neighbours", {Kind.AT_EDGE}),
    ],
)
def test_what_was_left_out_is_named(condition: str, kinds: set[Kind]) -> None:
    ink = found(condition, 1)
    assert ink.kinds == kinds
    assert ink.digits == 1
    assert ink.levels.shape == ink.ink.shape == ink.pixels.colours.shape[:2]
    height, width = ink.ink.shape
    assert ink.kept is not None
    assert ink.ink[ink.kept.top : ink.kept.bottom, ink.kept.left : ink.kept.right].max() == 1
    for box in (ink.kept, *(each.box for each in ink.left_out)):
        assert box == box.within(width, height)
        assert box.width > 0
        assert box.height > 0
    for each in ink.left_out:
        if each.kind is not Kind.LINE:  # which a digit may cross
            box = each.box
            assert not ink.ink[box.top : box.bottom, box.left : box.right].any()


def test_the_sides_of_a_frame_are_four_lines() -> None:
    boxes = [each.box for each in found("framed", 1).left_out]
    assert len(boxes) == 4
    assert sum(box.width > 200 and box.height < 10 for box in boxes) == 2
    assert sum(box.height > 200 and box.width < 10 for box in boxes) == 2


def test_uneven_paper_is_told_from_even_paper() -> None:
    assert not found("clean", 1).is_uneven
    assert not found("pale ink", 1).is_uneven
    assert not found("noise", 1).is_uneven
    assert found("gradient", 1).is_uneven
    assert found("hard shadow", 1).is_uneven


def test_in_a_region_one_of_several_digits_is_found() -> None:
    strokes = strokes_of(3).strokes
    page = np.ones((200, 500, 3), np.float32)
    for left in (20, 190, 360):
        page -= stroked(strokes, page.shape[:2], (left, 30, left + 100, 170), 10)[..., None]
    pixels = Pixels(page.clip(0, 1))
    with pytest.raises(NotOneDigitError, match=r"several digits \(3\)") as refused:
        find_ink(pixels, "It")
    several = refused.value.found
    assert several.digits == 3
    assert several.kept is None
    assert not several.ink.any()
    for each in several.left_out:
        assert each.kind is Kind.ANOTHER_DIGIT
        near = Box(each.box.left - 9, each.box.top - 9, each.box.right + 9, each.box.bottom + 9)
        one = find_ink(pixels, "It", near)
        assert one.kept == each.box
        assert one.region == near.within(500, 200)
        assert one.ink.shape == one.levels.shape == (near.height, near.width)
        alone = 1 - page[:, each.box.left - 9 : each.box.right + 9, 0]
        assert likeness(centred(alone), centred(one.ink)) > 0.9
    with pytest.raises(UserError, match="It has only 0x200 pixels in the chosen region"):
        find_ink(pixels, "It", Box(600, -50, 700, 900))
    with pytest.raises(NotOneDigitError, match="no ink"):
        find_ink(pixels, "It", Box(0, 0, 500, 10))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_region_counts_the_pixels_of_a_picture_that_is_reduced(kind: str) -> None:
    """And of one that lies on its side until the camera's note of it is heeded."""
    ink = np.zeros((1200, 2400), np.float32)
    ink[:, :1200] = inked(strokes_of(4).strokes, Page(1200))
    ink[:, 1200:] = inked(strokes_of(0).strokes, Page(1200))
    exif = Image.Exif()
    exif[0x0112] = 6
    stream = io.BytesIO()
    lying = Image.fromarray(np.rint(255 * np.rot90(1 - ink)).astype(np.uint8))
    lying.save(stream, kind, exif=exif)
    found = ink_of_picture(stream.getvalue(), Box(1200, 0, 2400, 1200))
    assert likeness(centred(ink[:, 1200:]), centred(found.ink)) > 0.85
    with pytest.raises(UserError, match="2400x1200 pixels, and the chosen region lies outside"):
        ink_of_picture(stream.getvalue(), Box(0, 1200, 1200, 2400))


def test_light_ink_is_told_from_dark() -> None:
    for condition, is_light in (
        ("clean", False),
        ("blackboard", True),
        ("white on transparent", True),
    ):
        assert found(condition, 4).is_light is is_light


def refusals(
    make: Callable[[np.random.Generator, Others], bytes], numbers: Iterable[int]
) -> list[str]:
    """What is said of pictures that show no single digit; empty where one was found."""
    sentences = []
    for number in numbers:
        rng = np.random.default_rng(number)
        try:
            ink_of_picture(make(rng, others_of(rng)))
            sentences.append("")
        except UserError as error:
            sentences.append(str(error))
    return sentences


def test_several_digits_are_counted_and_not_read_as_one() -> None:
    for sentence in refusals(several, range(3)):
        assert "several digits (" in sentence


def test_an_empty_page_a_frame_and_ruled_paper_hold_no_digit() -> None:
    sentences = refusals(none, range(22, 30))
    assert sum("shows no ink" in sentence for sentence in sentences) >= 4
    assert (
        sum("separate marks, not one digit" in sentence for sentence in sentences) == 2
    )  # print, and bare squares


@pytest.mark.parametrize(("side", "paper"), [(200, 0.75), (400, 0.85), (1040, 0.6)])
def test_a_digit_in_black_and_white_dots_is_read(paper: float, side: int) -> None:
    """As a fax shows greys."""
    ink = inked(strokes_of(2).strokes, Page(side))
    dots = Image.fromarray(np.rint(255 * (paper - (paper - 0.1) * ink)).astype(np.uint8))
    stream = io.BytesIO()
    dots.convert("1").save(stream, "PNG")
    assert likeness(centred(ink), centred(ink_of_picture(stream.getvalue()).ink)) > 0.85


@pytest.mark.parametrize(
    ("number", "width", "ends"), [(0, 3, 6.3), (1, 12, 6.3), (2, 12, 6.8), (3, 5, 6.8)]
)
def test_a_circle_around_a_digit_is_a_frame(number: int, width: float, ends: float) -> None:
    """Drawn with compasses, or by hand: it ends beside its beginning."""
    angles = np.linspace(0.3, ends, 80)
    radius = 1 - 0.01 * angles * (ends > 6.3)
    around = [list(zip(500 * radius * np.cos(angles), 480 * radius * np.sin(angles), strict=True))]
    circle = stroked(around, (300, 300), (30, 37, 270, 263), width)
    ink = stroked(strokes_of(number).strokes, (300, 300), (97, 97, 203, 203), 8)
    found = find_ink(Pixels((1 - np.maximum(ink, circle)).astype(np.float32)), "The picture")
    assert found.kinds == {Kind.FRAME}
    assert likeness(centred(ink), centred(found.ink)) > 0.9


def test_a_zero_with_a_dot_in_it_is_no_frame() -> None:
    zero = stroked([ROUND], (400, 400), (60, 60, 340, 340), 16)
    dot = stroked([[(0, 0), (2, 2)]], (400, 400), (190, 190, 210, 210), 26)
    found = find_ink(Pixels((1 - np.maximum(zero, dot)).astype(np.float32)), "The picture")
    assert Kind.FRAME not in found.kinds
    assert likeness(centred(zero), centred(found.ink)) > 0.85


def test_a_small_digit_on_a_large_page_is_ink() -> None:
    """A 1 of so thin a line that few of the page's pixels are of it."""
    ink = stroked(strokes_of(1).strokes, (800, 700), (300, 400, 340, 440), 2.5)
    noise = np.random.default_rng(4).normal(0, 0.012, ink.shape)
    page = (0.95 - 0.8 * ink + noise).astype(np.float32)
    found = find_ink(Pixels(np.clip(page, 0, 1)), "The picture")
    assert found.kept is not None
    assert abs(found.kept.height - 42) <= 4
    assert likeness(centred(ink), centred(found.ink)) > 0.85


@pytest.mark.parametrize("margin", [0, 0.1])
@pytest.mark.parametrize("is_light", [False, True], ids=["dark ink", "light ink"])
def test_a_digit_of_a_very_broad_brush_is_found_whole(margin: float, is_light: bool) -> None:
    """Its gaps are narrower than its strokes, and where strokes meet there is little paper."""
    six = [[(560, 80), (380, 500), (420, 860), (700, 840), (720, 640), (420, 620)]]
    ink = inked(six, Page(140, pen=100, margin=margin))
    found = find_ink(Pixels(ink if is_light else 1 - ink), "The picture")
    assert np.count_nonzero((found.ink > 0.5) != (ink > 0.5)) < 0.01 * ink.size


def test_a_light_digit_on_a_badge_is_the_digit() -> None:
    """The badge is as dark as ink and wider than any stroke; the digit is shut in by it."""
    y, x = np.mgrid[:160, :160] - 79.5
    digit = stroked(strokes_of(3).strokes, (160, 160), (48, 48, 112, 112), 8)
    page = np.where(np.hypot(x, y) < 70, digit, 1).astype(np.float32)
    found = find_ink(Pixels(page), "The picture")
    assert found.is_light
    assert likeness(centred(digit), centred(found.ink)) > 0.9


@pytest.mark.parametrize("number", [1, 2])
def test_rough_paper_is_no_ink(number: int) -> None:
    """Its grain is coarser than a pixel."""
    rough = gaussian_filter(np.random.default_rng(5).normal(size=(240, 240)), 3)
    ink = inked(strokes_of(number).strokes, Page(240))
    page = 0.75 + 0.04 * rough / rough.std() - 0.6 * ink
    found = find_ink(Pixels(np.clip(page, 0, 1).astype(np.float32)), "The picture")
    assert found.digits == 1
    assert likeness(centred(ink), centred(found.ink)) > 0.9


@pytest.mark.parametrize("side", [8, 12, 16, 20])
def test_a_digit_of_few_pixels_is_found(side: int) -> None:
    """Such as those of 8x8 or 16x16 pixels that other sets of digits have."""
    for number in range(len(DIGITS)):
        ink = inked(strokes_of(number).strokes, Page(side, pen=60, margin=0.05))
        found = find_ink(Pixels(ink), "The picture")
        assert likeness(centred(ink), centred(found.ink)) > 0.95


@pytest.mark.parametrize("is_light", [False, True], ids=["glare", "shadow"])
def test_a_spot_of_light_or_shadow_is_no_ink(is_light: bool) -> None:
    """As the glare on a whiteboard: brighter than the ink is dark, and as narrow as a blot."""
    y, x = np.mgrid[:240, :320]
    ink = stroked(strokes_of(3).strokes, (240, 320), (40, 40, 180, 200), 9)
    spot = np.exp(-((x - 150) ** 2 + (y - 90) ** 2) / 36**2)
    levels = np.clip(0.55 - 0.25 * ink + 0.45 * spot, 0, 1)
    levels += np.random.default_rng(1).normal(0, 0.01, levels.shape)
    levels = (1 - levels if is_light else levels).astype(np.float32)
    found = find_ink(Pixels(levels), "The whiteboard")
    assert found.is_light == is_light
    assert likeness(centred(ink), centred(found.ink)) > 0.85


@pytest.mark.parametrize("pen", [6, 8])
def test_a_bold_digit_of_large_squares_is_found(pen: float) -> None:
    """As one of MNIST that was enlarged: about half of what is around it is ink."""
    small = stroked(strokes_of(1).strokes, (28, 28), (5, 4, 23, 24), pen)
    small = small * (0.98 + 0.01 * (np.indices(small.shape).sum(axis=0) % 2))
    ink = np.kron(small, np.ones((10, 10))).astype(np.float32)
    found = find_ink(Pixels(ink), "The digit")
    assert found.is_light
    assert likeness(centred(ink), centred(found.ink)) > 0.95
