"""Sheets as an animated GIF."""

import io
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageColor

from lenet_gui.errors import UserError
from lenet_gui.pictures.png import render_rgba
from lenet_gui.pictures.sheet import Sheet

COLOURS = 256
LAST_STAYS = 4
"""How many times as long the last frame is shown before the animation starts again."""

_NEAR = 8
"""A colour at most this far from the page's, out of 255, becomes the page's."""


def gif_bytes(
    count: int,
    sheet: Callable[[int], Sheet],
    frame_ms: int,
    scale: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The frames 0..count - 1 as a GIF that runs forever.

    All frames have one palette, so that what does not change does not flicker.

    Args:
        count: of the frames.
        sheet: returns a frame's sheet; all have one size.
        frame_ms: how long a frame is shown, at least 20: most programs show faster ones slowly.
        scale: pixels per sheet unit.
        progress: called before each frame with the number done, and of all; may raise to end it.

    Raises:
        UserError: there is no frame.
    """
    if count < 1:
        raise UserError("There is no frame to make an animation of.")
    some = [sheet(number) for number in _spread(count)]
    palette = _palette([_image(one, scale) for one in some], some[0].page)
    frames = []
    for number in range(count):
        if progress is not None:
            progress(number, count)
        image = _image(sheet(number), scale)
        frames.append(image.quantize(palette=palette, dither=Image.Dither.NONE))
    durations = [max(frame_ms, 20)] * count
    durations[-1] *= LAST_STAYS
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=durations, loop=0)
    return file.getvalue()


def _spread(count: int) -> Sequence[int]:
    return sorted({0, count // 2, count - 1})


def _image(sheet: Sheet, scale: int) -> Image.Image:
    return Image.fromarray(render_rgba(sheet, scale)).convert("RGB")


def _palette(images: Sequence[Image.Image], page: str) -> Image.Image:
    """The best colours for all these pictures, with the page's own exactly."""
    width, height = images[0].size
    all_ = Image.new("RGB", (width, height * len(images)))
    for place, image in enumerate(images):
        all_.paste(image, (0, place * height))
    found = all_.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    colours = np.array(found.getpalette(), np.uint8).reshape(-1, 3)
    ground = np.array(ImageColor.getrgb(page)[:3], np.uint8)
    colours[np.abs(colours.astype(int) - ground).max(axis=1) <= _NEAR] = ground
    found.putpalette(colours.tobytes())
    return found
