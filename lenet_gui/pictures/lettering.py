"""Text for PNG files in the font that Pillow includes, so that every machine writes the same.

That font (Aileron, reduced to little more than ASCII) lacks the multiplication and the minus
sign, which figures need, the arrow, and the indices of formulas. The signs are made from its plus
sign, the arrow with a head that is drawn, the indices from its smaller letters.
"""

from functools import cache

from PIL import Image, ImageDraw, ImageFont

from lenet_gui.pictures.sheet import Anchor

MADE_SIGNS = "×−→"

_INDICES = {"ᵢ": "i", "ⱼ": "j"}
_INDEX_SIZE, _INDEX_DROP = 0.7, 0.2
"""Of an index, as shares of the text's size: its own, and how far it is below the baseline."""

_ARROW = 1.5
"""The width of an arrow, in those of a plus."""

_FINER = 8
"""So many times larger an arrow is drawn, and reduced."""

_UNKNOWN = "?"

_WRITTEN = {"–": "-", "—": "-", "…": "...", "Σ": "sum", "“": '"', "”": '"'}
"""Other signs that the font lacks, and what is written instead."""


def draw_text(
    page: Image.Image, place: tuple[int, int], text: str, size: int, colour: str, anchor: Anchor
) -> None:
    """Paints one line of text.

    Args:
        page: an RGB picture.
        place: x of the anchor and the baseline, in pixels.
        text: characters that the font lacks become question marks.
        size: of the font, in pixels.
        colour: #rrggbb.
        anchor: which end of the line is at x.
    """
    font = _font(size)
    draw = ImageDraw.Draw(page)
    x, baseline = place
    if anchor is not Anchor.LEFT:
        width = text_width(text, size)
        x -= width if anchor is Anchor.RIGHT else width // 2
    for piece in _pieces(text):
        if piece in MADE_SIGNS:
            sign, left, top = _made_sign(piece, size)
            page.paste(colour, (x + left, baseline + top), sign)
        elif piece in _INDICES:
            small, below = _font(_index_size(size)), baseline + round(_INDEX_DROP * size)
            draw.text((x, below), _INDICES[piece], font=small, fill=colour, anchor="ls")
        else:
            draw.text((x, baseline), _known(piece), font=font, fill=colour, anchor="ls")
        x += _piece_width(piece, size)


def text_width(text: str, size: int) -> int:
    """Width of a line of text in pixels at a font size in pixels."""
    return sum(_piece_width(piece, size) for piece in _pieces(text))


def _piece_width(piece: str, size: int) -> int:
    if piece in MADE_SIGNS:
        return round(_advance("+", size) * (_ARROW if piece == "→" else 1))
    if piece in _INDICES:
        return _advance(_INDICES[piece], _index_size(size))
    return _advance(_known(piece), size)


def _index_size(size: int) -> int:
    return max(1, round(_INDEX_SIZE * size))


def _known(text: str) -> str:
    """The text with question marks for what the font lacks."""
    return "".join(c if _has(c) else _UNKNOWN for c in text)


def _pieces(text: str) -> list[str]:
    """Splits `text` into runs that the font has and single signs and indices that are made."""
    pieces = [""]
    for character in "".join(_WRITTEN.get(sign, sign) for sign in text):
        if character in MADE_SIGNS or character in _INDICES:
            pieces += [character, ""]
        else:
            pieces[-1] += character
    return [piece for piece in pieces if piece]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType, which its wheels bring")
    # The other layout engine is not part of every Pillow and spaces differently.
    return font.font_variant(layout_engine=ImageFont.Layout.BASIC)


def _advance(text: str, size: int) -> int:
    return round(_font(size).getlength(text))


@cache
def _has(character: str) -> bool:
    """Whether the font draws something other than its empty box."""
    size = 32
    box = _glyph("\uffff", size)
    return character.isprintable() and _glyph(character, size) != box


def _glyph(character: str, size: int) -> bytes:
    page = Image.new("L", (2 * size, 2 * size))
    ImageDraw.Draw(page).text((4, size), character, font=_font(size), fill=255, anchor="ls")
    return page.tobytes()


@cache
def _made_sign(sign: str, size: int) -> tuple[Image.Image, int, int]:
    """The sign's mask (L), and where its left top stands from x and the baseline."""
    plus, left, top = _plus(size)
    if sign == "×":
        # A little larger than the plus, in the middle of the plus's place.
        large, _, _ = _plus(round(1.2 * size))
        side = max(large.size)
        square = Image.new("L", (side, side))
        square.paste(large, ((side - large.width) // 2, (side - large.height) // 2))
        turned = square.rotate(45, Image.Resampling.BICUBIC)
        return turned, left + (plus.width - side) // 2, top + (plus.height - side) // 2
    if sign == "→":
        return _arrow(_minus(plus)), left, top
    return _minus(plus), left, top


def _minus(plus: Image.Image) -> Image.Image:
    """The plus without the parts of its stem: the rows that are well filled."""
    weights = [
        sum(plus.crop((0, row, plus.width, row + 1)).tobytes()) for row in range(plus.height)
    ]
    for row, weight in enumerate(weights):
        if weight < 0.6 * max(weights):
            plus.paste(0, (0, row, plus.width, row + 1))
    return plus


def _arrow(shaft: Image.Image) -> Image.Image:
    """A minus, longer, with a head at its right end: an L mask as high as it."""
    width, height = round(_ARROW * shaft.width), shaft.height
    box = shaft.getbbox() or (0, 0, *shaft.size)
    middle, half = (box[1] + box[3]) / 2, 0.36 * height
    large = shaft.resize((_FINER * width, _FINER * height), Image.Resampling.BOX)
    back = width - 1.2 * half
    ImageDraw.Draw(large).rectangle((_FINER * (width - half), 0, *large.size), fill=0)
    head = ((back, middle - half), (width, middle), (back, middle + half))
    ImageDraw.Draw(large).polygon([(_FINER * x, _FINER * y) for x, y in head], fill=255)
    return large.reduce(_FINER)


def _plus(size: int) -> tuple[Image.Image, int, int]:
    """The plus sign's mask (L), and where its left top stands from x and the baseline."""
    font = _font(size)
    left, top, right, bottom = (int(edge) for edge in font.getbbox("+", anchor="ls"))
    plus = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(plus).text((-left, -top), "+", font=font, fill=255, anchor="ls")
    return plus, left, top
