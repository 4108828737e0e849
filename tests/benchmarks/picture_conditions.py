"""Pictures as people bring them, made of real pen strokes: paper, light, pens, files. Seeded."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Floats = NDArray[np.float32]
Strokes = Sequence[Sequence[Sequence[float]]]

SIDE: Final = 500
"""Pixels of a page's side, unless the condition is about that; pens are widths at this side."""


@dataclass(frozen=True)
class Digit:
    """A pen-written digit: strokes in 0..1000, y down, and the class."""

    label: int
    strokes: Strokes


@dataclass(frozen=True)
class Page:
    """How a digit is laid on its page.

    - side: pixels of the page's side; pen: width of the line in 500ths of it;
    - margin: what stays free on each side of the longer side of the digit, of the page's side.
    """

    side: int = SIDE
    pen: float = 22
    margin: float = 0.2


Make = Callable[[Floats, np.random.Generator, "Others"], bytes]
Others = Callable[[], Digit]
"""Another digit of the same set, drawn by lot, for pictures that hold more than one."""


@dataclass(frozen=True)
class Condition:
    """A kind of picture: how the digit lies on the page, and what becomes of its ink."""

    page: Page
    make: Make


def picture(condition: Condition, digit: Digit, rng: np.random.Generator, others: Others) -> bytes:
    """The bytes of a picture file of `digit` under a condition."""
    return condition.make(inked(digit.strokes, condition.page), rng, others)


# --- ink ---


def inked(strokes: Strokes, page: Page) -> Floats:
    """Coverage 0..1 [side, side] of a page by a round pen."""
    margin = page.margin * page.side
    return stroked(
        strokes,
        (page.side, page.side),
        (margin, margin, page.side - margin, page.side - margin),
        page.pen * page.side / SIDE,
    )


def stroked(
    strokes: Strokes,
    shape: tuple[int, int],
    box: tuple[float, float, float, float],
    pen: float,
) -> Floats:
    """Coverage of a page of `shape` by strokes whose ink fills `box` along its tighter side."""
    points = [np.asarray(stroke, float) for stroke in strokes]
    everything = np.vstack(points)
    low, extent = everything.min(0), np.ptp(everything, axis=0)
    left, top, right, bottom = box
    room = np.array([right - left - pen, bottom - top - pen]).clip(1)
    scale = float(np.min(room / np.maximum(extent, 1)))
    offset = np.array([left + right, top + bottom]) / 2 - (low + extent / 2) * scale
    finer = max(1, min(8, 4000 // max(shape)))
    image = Image.new("L", (shape[1] * finer, shape[0] * finer))
    draw = ImageDraw.Draw(image)
    radius = max(pen * finer, 1) / 2
    for stroke in points:
        line = (stroke * scale + offset) * finer
        corners = [tuple(point) for point in line]
        if len(corners) > 1:
            draw.line(corners, fill=255, width=max(1, round(2 * radius)), joint="curve")
        for x, y in corners if radius > 1 else ():
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        if radius <= 1 and len(corners) == 1:
            draw.point(corners, fill=255)
    return np.asarray(image.reduce(finer) if finer > 1 else image, np.float32) / 255


# --- paper and light ---


def _grid(shape: tuple[int, int]) -> tuple[Floats, Floats]:
    """Columns and rows from 0 to 1: x [1, w], y [h, 1]."""
    height, width = shape
    x = np.linspace(0, 1, width, dtype=np.float32)[None]
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    return x, y


def _laid(ink: Floats, paper: Floats | float, dark: float = 0.1) -> Floats:
    """Grey levels: ink of level `dark` on paper."""
    return np.asarray(paper * (1 - ink) + dark * ink, np.float32)


def _blurred(levels: Floats, radius: float) -> Floats:
    image = Image.fromarray(np.rint(levels * 255).astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(radius)), np.float32) / 255


def _noisy(levels: Floats, rng: np.random.Generator, sigma: float) -> Floats:
    return np.asarray(levels + rng.normal(0, sigma, levels.shape), np.float32)


def _uneven(shape: tuple[int, int], rng: np.random.Generator, low: float, high: float) -> Floats:
    """Paper whose light falls from one side to the other."""
    x, y = _grid(shape)
    turn = rng.uniform(0, 2 * np.pi)
    along = np.cos(turn) * (x - 0.5) + np.sin(turn) * (y - 0.5)
    along = (along - along.min()) / np.ptp(along)
    return np.asarray(low + (high - low) * along, np.float32)


def _shadow(
    shape: tuple[int, int], rng: np.random.Generator, softness: float, depth: float
) -> Floats:
    """Factors of light: a shadow over one corner, its edge `softness` of the side wide."""
    x, y = _grid(shape)
    x = x if rng.random() < 0.5 else 1 - x
    y = y if rng.random() < 0.5 else 1 - y
    distance = (x * rng.uniform(0.8, 1.2) + y * rng.uniform(0.8, 1.2)) - rng.uniform(0.35, 0.7)
    lit = 1 / (1 + np.exp(-np.clip(distance / max(softness, 1e-3) * 4, -50, 50)))
    return np.asarray(1 - depth * (1 - lit), np.float32)


def _lamp(shape: tuple[int, int], rng: np.random.Generator) -> Floats:
    """Factors of light: bright in one corner, dim in the opposite one."""
    x, y = _grid(shape)
    at = rng.choice([0.0, 1.0], 2) + rng.normal(0, 0.05, 2)
    far = np.hypot(x - at[0], y - at[1])
    return np.asarray(0.45 + 0.65 * np.exp(-((far / 0.7) ** 2)), np.float32)


def _colour(levels: Floats, paper: Sequence[float], ink: Sequence[float], cover: Floats) -> Floats:
    """RGB 0..1 [h, w, 3]: the page in the paper's colour under light `levels`, then the ink."""
    ground = levels[..., None] * np.asarray(paper, np.float32)
    return ground * (1 - cover[..., None]) + cover[..., None] * np.asarray(ink, np.float32)


# --- files ---


def _bytes_of(values: Floats) -> NDArray[np.uint8]:
    return np.asarray(np.rint(np.clip(values, 0, 1) * 255), np.uint8)


def _saved(values: Floats, form: str = "PNG", **options: object) -> bytes:
    return _file(Image.fromarray(_bytes_of(values)), form, **options)


def _file(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


# --- conditions ---


def _clean(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    return _saved(1 - ink)


def _grey_paper(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    return _saved(_laid(ink, float(rng.uniform(0.5, 0.8)), 0.15))


def _pale_ink(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    return _saved(_laid(ink, 0.95, float(rng.uniform(0.55, 0.75))))


def _coloured_paper(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    papers = ((1, 0.95, 0.55), (0.7, 0.9, 1), (1, 0.75, 0.8), (0.75, 1, 0.75))
    inks = ((0.1, 0.15, 0.6), (0.6, 0.1, 0.1), (0.05, 0.05, 0.05), (0.1, 0.4, 0.15))
    paper, pen = papers[rng.integers(4)], inks[rng.integers(4)]
    return _saved(_colour(np.ones_like(ink), paper, pen, ink))


def _gradient(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    return _saved(_noisy(_laid(ink, _uneven(ink.shape, rng, 0.45, 0.95), 0.12), rng, 0.01))


def _soft_shadow(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    light = _shadow(ink.shape, rng, 0.35, 0.5)
    return _saved(_noisy(_laid(ink, 0.9) * light, rng, 0.01))


def _hard_shadow(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    light = _shadow(ink.shape, rng, 0.02, 0.45)
    return _saved(_noisy(_laid(ink, 0.9) * light, rng, 0.01))


def _lamp_in_corner(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    return _saved(_noisy(_laid(ink, 0.9) * _lamp(ink.shape, rng), rng, 0.01))


def _dark_edge(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    page = _laid(ink, 0.85)
    height = round(page.shape[0] * float(rng.uniform(0.02, 0.08)))
    page[:height] = 0.15
    return _saved(_noisy(np.rot90(page, 0) if rng.random() < 0.5 else page[::-1][::-1], rng, 0.015))


def _ruled(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    return _saved(_laid(ink, _lines(ink.shape, rng, across=False), 0.1))


def _squared(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    return _saved(_laid(ink, _lines(ink.shape, rng, across=True), 0.1))


def _lines(shape: tuple[int, int], rng: np.random.Generator, *, across: bool) -> Floats:
    """Printed lines, thinner and paler than the pen."""
    page = np.full(shape, 0.97, np.float32)
    gap = round(shape[0] * float(rng.uniform(0.09, 0.16)))
    level, width = float(rng.uniform(0.6, 0.8)), max(1, shape[0] // 250)
    first = int(rng.integers(gap))
    for place in range(first, shape[0], gap):
        page[place : place + width] = level
    for place in range(first, shape[1], gap) if across else ():
        page[:, place : place + width] = level
    return page


def _framed(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    page = 1 - ink
    inset = round(min(page.shape) * float(rng.uniform(0.03, 0.09)))
    return _saved(_box(page, inset, max(2, page.shape[0] // 150), 0.1))


def _form_box(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    """A box of a form with its neighbours' walls running out of the picture."""
    page = _laid(ink, 0.96)
    inset = round(min(page.shape) * float(rng.uniform(0.06, 0.1)))
    width = max(2, page.shape[0] // 120)
    for edge in (inset, page.shape[0] - inset):
        page[edge : edge + width] = 0.4
    for edge in (inset, page.shape[1] - inset):
        page[inset : page.shape[0] - inset, edge : edge + width] = 0.4
    return _saved(_noisy(page, rng, 0.01))


def _box(page: Floats, inset: int, width: int, level: float) -> Floats:
    page = page.copy()
    outer = np.zeros(page.shape, np.bool_)
    outer[inset : page.shape[0] - inset, inset : page.shape[1] - inset] = True
    within = inset + width
    outer[within : page.shape[0] - within, within : page.shape[1] - within] = False
    page[outer] = level
    return page


def _pasted(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    """A grey photograph on a white page."""
    photo = _noisy(_laid(ink, _uneven(ink.shape, rng, 0.6, 0.8), 0.15), rng, 0.02)
    height, width = photo.shape
    page = np.ones((round(height * 1.5), round(width * 1.5)), np.float32)
    y, x = (int(rng.integers(10, page.shape[0] - height - 10)) for _ in range(2))
    page[y : y + height, x : x + width] = photo
    return _saved(page)


def _jpeg(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    return _saved(_laid(ink, 0.95), "JPEG", quality=20)


def _grainy(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    return _saved(_noisy(_laid(ink, 0.85, 0.15), rng, 0.08))


def _out_of_focus(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    return _saved(_blurred(_laid(ink, 0.9, 0.1), ink.shape[0] * 0.02))


def _specks(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    page = 1 - ink
    side = page.shape[0]
    for _ in range(int(rng.integers(3, 12))):
        y, x = rng.integers(0, side - 6, 2)
        size = int(rng.integers(1, 5))
        page[y : y + size, x : x + size] = rng.uniform(0, 0.6)
    return _saved(page)


def _one_grey_pixel(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    page = 1 - ink
    y, x = rng.integers(0, page.shape[0] // 20, 2)
    page[y, x] = 0.9
    return _saved(page)


def _dark_on_nothing(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    return _transparent(ink, (0, 0, 0))


def _white_on_nothing(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    return _transparent(ink, (255, 255, 255))


def _transparent(ink: Floats, colour: tuple[int, int, int]) -> bytes:
    pixels = np.zeros((*ink.shape, 4), np.uint8)
    pixels[..., :3] = colour
    pixels[..., 3] = _bytes_of(ink)
    return _file(Image.fromarray(pixels))


def _equal_luma(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    """Ink and paper of one brightness (ITU-R 601) and of different colours."""
    red = np.array([0.85, 0.2, 0.2])
    luma = float(red @ [0.299, 0.587, 0.114])
    paper = ((luma, luma, luma), (0.1, (luma - 0.03 - 0.057) / 0.587, 0.5))[rng.integers(2)]
    return _saved(_colour(np.ones_like(ink), paper, tuple(red), ink))


def _light_on_dark(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    return _saved(ink)


def _blackboard(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    board = _colour(_uneven(ink.shape, rng, 0.7, 1.0), (0.2, 0.32, 0.26), (0.9, 0.9, 0.86), ink)
    return _saved(board + rng.normal(0, 0.02, board.shape).astype(np.float32))


def _turned_by_exif(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    """Stored lying on its side, with the camera's note of how it was held."""
    turns = {3: 2, 6: 1, 8: -1}
    orientation = int(rng.choice(list(turns)))
    image = Image.fromarray(_bytes_of(np.rot90(_laid(ink, 0.9), turns[orientation])))
    exif = Image.Exif()
    exif[0x0112] = orientation
    return _file(image, "JPEG", quality=90, exif=exif)


def _neighbours(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    """Strokes of the digits before and after it, cut by the picture's edge."""
    side = ink.shape[0]
    page = ink.copy()
    pen = 22 * side / SIDE
    seen = side * float(rng.uniform(0.05, 0.1))
    for left in (True, False) if rng.random() < 0.5 else (rng.random() < 0.5,):
        box = (seen - 0.55 * side, 0.2 * side, seen, 0.8 * side)
        if not left:
            box = (side - seen, 0.2 * side, 1.55 * side - seen, 0.8 * side)
        page = np.maximum(page, stroked(others().strokes, ink.shape, box, pen))
    return _saved(1 - page)


def _caption(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    """A line of small print beneath the digit."""
    side = ink.shape[0]
    page = Image.fromarray(_bytes_of(1 - ink))
    text = str(rng.choice(["fig. 3", "my digit", "sample no. 12", "handwritten"]))
    font = ImageFont.load_default(size=side * 0.045)
    ImageDraw.Draw(page).text((side / 2, side * 0.93), text, fill=40, font=font, anchor="mm")
    return _file(page)


def _photograph(ink: Floats, rng: np.random.Generator, others: Others) -> bytes:
    """All of it a little: warm light from one side, a soft shadow, blur, grain, JPEG."""
    light = _uneven(ink.shape, rng, 0.7, 1.0) * _shadow(ink.shape, rng, 0.4, 0.25)
    colours = _colour(np.ones_like(ink), (0.93, 0.9, 0.84), (0.13, 0.14, 0.25), ink)
    lit = colours * light[..., None]
    blurred = np.dstack([_blurred(lit[..., c], ink.shape[0] * 0.003) for c in range(3)])
    return _saved(_noisy(blurred, rng, 0.02), "JPEG", quality=75)


CONDITIONS: Final[Mapping[str, Condition]] = {
    "clean": Condition(Page(), _clean),
    "pen 1": Condition(Page(pen=1), _clean),
    "pen 2": Condition(Page(pen=2), _clean),
    "pen 4": Condition(Page(pen=4), _clean),
    "pen 10": Condition(Page(pen=10), _clean),
    "pen 40": Condition(Page(pen=40), _clean),
    "pen 60": Condition(Page(pen=60), _clean),
    "28 pixels": Condition(Page(side=28, pen=40, margin=0.14), _clean),
    "64 pixels": Condition(Page(side=64, pen=30), _clean),
    "200 pixels": Condition(Page(side=200), _clean),
    "2000 pixels": Condition(Page(side=2000), _clean),
    "4000 pixels": Condition(Page(side=4000), _clean),
    "no margin": Condition(Page(margin=0), _clean),
    "margin 5 %": Condition(Page(margin=0.05), _clean),
    "margin 35 %": Condition(Page(margin=0.35, pen=10), _clean),
    "margin 40 %": Condition(Page(margin=0.4, pen=8), _clean),
    "grey paper": Condition(Page(), _grey_paper),
    "pale ink": Condition(Page(), _pale_ink),
    "coloured paper": Condition(Page(), _coloured_paper),
    "gradient": Condition(Page(), _gradient),
    "soft shadow": Condition(Page(), _soft_shadow),
    "hard shadow": Condition(Page(), _hard_shadow),
    "lamp": Condition(Page(), _lamp_in_corner),
    "dark edge": Condition(Page(), _dark_edge),
    "ruled": Condition(Page(), _ruled),
    "squared": Condition(Page(), _squared),
    "framed": Condition(Page(), _framed),
    "box of a form": Condition(Page(margin=0.25), _form_box),
    "pasted": Condition(Page(), _pasted),
    "JPEG 20": Condition(Page(), _jpeg),
    "noise": Condition(Page(), _grainy),
    "blur": Condition(Page(), _out_of_focus),
    "specks": Condition(Page(), _specks),
    "one grey pixel": Condition(Page(margin=0.3, pen=16), _one_grey_pixel),
    "dark on transparent": Condition(Page(), _dark_on_nothing),
    "white on transparent": Condition(Page(), _white_on_nothing),
    "equal luma": Condition(Page(), _equal_luma),
    "light on dark": Condition(Page(), _light_on_dark),
    "blackboard": Condition(Page(pen=14), _blackboard),
    "turned by EXIF": Condition(Page(), _turned_by_exif),
    "neighbours": Condition(Page(), _neighbours),
    "caption": Condition(Page(), _caption),
    "photograph": Condition(Page(side=800, pen=14, margin=0.25), _photograph),
}
"""Every kind of picture of one digit."""


# --- pictures of several digits, and of none ---


def several(rng: np.random.Generator, others: Others) -> bytes:
    """Two to five digits of one hand in a row, or four in a square."""
    if rng.random() < 0.2:
        places = [(x, y) for y in (0, 1) for x in (0, 1)]
        across, down = 2, 2
    else:
        across, down = int(rng.integers(2, 6)), 1
        places = [(x, 0) for x in range(across)]
    cell = 240
    page = np.zeros((down * cell, across * cell), np.float32)
    pen = float(rng.choice([3.0, 8.0, 14.0]))
    for x, y in places:
        jitter = rng.normal(0, 6, 2)
        left, top = x * cell + 40 + jitter[0], y * cell + 40 + jitter[1]
        box = (left, top, left + 160, top + 160)
        page = np.maximum(page, stroked(others().strokes, page.shape, box, pen))
    if rng.random() < 0.3:
        return _saved(_noisy(_laid(page, _uneven(page.shape, rng, 0.6, 0.9)), rng, 0.015), "JPEG")
    return _saved(1 - page)


def none(rng: np.random.Generator, others: Others) -> bytes:
    """No digit at all: paper, light, lines, patches, print."""
    shape = (SIDE, SIDE)
    bare = np.zeros(shape, np.float32)
    makers: tuple[Callable[[], bytes], ...] = (
        lambda: _saved(np.ones(shape, np.float32)),
        lambda: _saved(_noisy(_laid(bare, 0.85), rng, 0.03), "JPEG"),
        lambda: _gradient(bare, rng, others),
        lambda: _soft_shadow(bare, rng, others),
        lambda: _hard_shadow(bare, rng, others),
        lambda: _ruled(bare, rng, others),
        lambda: _squared(bare, rng, others),
        lambda: _framed(bare, rng, others),
        lambda: _caption(bare, rng, others),
        lambda: _specks(bare, rng, others),
        lambda: _patches(rng),
        lambda: _print(rng),
    )
    return makers[int(rng.integers(len(makers)))]()


def _patches(rng: np.random.Generator) -> bytes:
    """Something like a photograph of a room: large patches of many levels."""
    rough = rng.uniform(0, 1, (7, 7)).astype(np.float32)
    image = Image.fromarray(_bytes_of(rough)).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    return _file(image, "JPEG", quality=85)


def _print(rng: np.random.Generator) -> bytes:
    """A page of small print."""
    page = Image.new("L", (SIDE, SIDE), 245)
    font = ImageFont.load_default(size=22)
    draw = ImageDraw.Draw(page)
    letters = np.array(list("abcdefghiklmnoprstuvw    "))
    for line in range(30, SIDE - 30, 32):
        draw.text((30, line), "".join(rng.choice(letters, 34)), fill=30, font=font)
    return _file(page)
