"""Sheets as pixels: PNG files, and raw RGBA for the clipboard."""

import io

import numpy as np
from PIL import Image

from lenet_gui.errors import UserError
from lenet_gui.pictures.lettering import draw_text
from lenet_gui.pictures.lines import draw_area, draw_line
from lenet_gui.pictures.sheet import Area, Line, Patch, Pixels, Rectangle, Sheet

DEFAULT_SCALE = 4
"""Pixels per sheet unit: a map of C1 becomes 336 pixels wide, the window shows it at 56 to 84."""

LARGEST_SCALE = 16
LARGEST_PIXELS = 120_000_000


def largest_scale(sheet: Sheet) -> int:
    """The largest scale at which the picture stays within 120 million pixels, at most 16."""
    scales = range(1, LARGEST_SCALE + 1)
    return max(s for s in scales if s == 1 or sheet.width * sheet.height * s * s <= LARGEST_PIXELS)


def png_bytes(sheet: Sheet, scale: int = DEFAULT_SCALE) -> bytes:
    """The sheet as a PNG file: `scale` pixels per unit, no metadata, the same bytes every time.

    Raises:
        UserError: `scale` is not between 1 and `largest_scale(sheet)`.
    """
    file = io.BytesIO()
    _paint(sheet, scale).save(file, format="PNG", compress_level=6)
    return file.getvalue()


def render_rgba(sheet: Sheet, scale: int = DEFAULT_SCALE) -> Pixels:
    """The sheet as uint8[height, width, 4], opaque, C-contiguous.

    Raises:
        UserError: `scale` is not between 1 and `largest_scale(sheet)`.
    """
    return np.array(_paint(sheet, scale).convert("RGBA"))


def patch_pixels(patch: Patch, scale: int) -> Pixels:
    """A patch's colours with every cell enlarged to `scale` pixels per unit, never blurred."""
    rows = np.repeat(patch.colours, patch.cell_height * scale, axis=0)
    return np.ascontiguousarray(np.repeat(rows, patch.cell_width * scale, axis=1))


def _paint(sheet: Sheet, scale: int) -> Image.Image:
    largest = largest_scale(sheet)
    if not 1 <= scale <= largest:
        raise UserError(
            f"The scale {scale} is not possible for this picture: choose one from 1 to {largest}."
        )
    page = Image.new("RGB", (sheet.width * scale, sheet.height * scale), sheet.page)
    for item in sheet.items:
        if isinstance(item, Line):
            draw_line(page, item, scale)
            continue
        if isinstance(item, Area):
            draw_area(page, item, scale)
            continue
        place = (item.x * scale, item.y * scale)
        if isinstance(item, Patch):
            page.paste(Image.fromarray(patch_pixels(item, scale)), place)
        elif isinstance(item, Rectangle):
            right, bottom = (item.x + item.width) * scale, (item.y + item.height) * scale
            page.paste(item.colour, (*place, right, bottom))
        else:
            draw_text(page, place, item.text, item.size * scale, item.colour, item.anchor)
    return page
