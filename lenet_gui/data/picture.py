"""The ink of a picture of a digit, dark on light or light on dark, drawn or photographed."""

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.drawing import Backdrop
from lenet_gui.data.picture_file import ADVICE, grey_of_picture, name_of
from lenet_gui.errors import UserError

Floats = NDArray[np.float32]

SMALLEST_SIDE: Final = 4
NO_INK: Final = "shows no ink that stands out from its background"
"""Said of a picture, of whatever colours, in which no digit can be found."""
FAINTEST_CONTRAST: Final = 0.06
"""Less contrast between paper and ink than this share of black to white counts as none."""
NEARLY_FULL: Final = 0.03
"""Contrast this near to full is full: the values are left as they are."""
NOISE_FACTOR: Final = 3.0
"""Ink begins at this many times the level below which nine tenths of the border are ..."""
MOST_NOISE: Final = 0.5
"""... but never above this share of the full contrast."""
STRONG_INK: Final = 0.3


def ink_of_picture(source: Path | str | bytes) -> Backdrop:
    """The ink of a picture file (or of its bytes), 0 (paper) .. 1 (full ink).

    Which side is ink is found from the border, which is taken for paper: its light may change
    evenly from one side to the other, its noise is removed, and the contrast is stretched from
    there to the strongest ink. A picture that is clean and of full contrast, such as a digit of
    MNIST (light on black), keeps its exact values.

    Raises UserError that names the file when it is missing, not a file, empty, unreadable, too
    large (see `grey_of_picture`), smaller than 4 pixels on a side, or shows no ink.
    """
    source = Path(source) if isinstance(source, str) else source
    return Backdrop(_ink(grey_of_picture(source), name_of(source)))


def ink_of_pixels(rgb: NDArray[np.uint8]) -> Backdrop:
    """The ink of `rgb` [h, w, 3] uint8, such as a picture from the clipboard; as above.

    Raises ValueError for another shape, UserError for a picture too small or without ink.
    """
    if rgb.ndim != 3 or rgb.shape[2] != 3:
        raise ValueError(f"pixels are [h, w, 3], not {rgb.shape}")
    grey = rgb.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32) / np.float32(255)
    return Backdrop(_ink(np.minimum(grey, np.float32(1)), "The picture"))


def _ink(grey: Floats, name: str) -> Floats:
    """Ink 0..1 of the grey levels [h, w], 0 (black) .. 1 (white)."""
    height, width = grey.shape
    if min(height, width) < SMALLEST_SIDE:
        raise UserError(f"{name} is only {width}x{height} pixels: {ADVICE}, larger than that.")
    contrast = grey - _paper(grey)
    if -float(contrast.min()) > float(contrast.max()):
        contrast = -contrast
    full = float(contrast.max())
    noise = NOISE_FACTOR * _noise(contrast)
    if full - noise < FAINTEST_CONTRAST:
        raise UserError(f"{name} {NO_INK}: {ADVICE}.")
    floor = min(noise, MOST_NOISE * full)
    if full > 1 - NEARLY_FULL:
        full = 1.0
    ink: Floats = np.clip((contrast - floor) / (full - floor), 0, 1).astype(np.float32)
    return ink if floor == 0 else _without_specks(ink)


def _without_specks(ink: Floats) -> Floats:
    """`ink` with faint ink removed where no strong ink is near: the rest of the noise."""
    near = ink >= STRONG_INK
    reach = max(1, round(max(ink.shape) / 50))
    for _ in range(2):  # across, then down
        padded = np.pad(near, ((0, 0), (reach + 1, reach)))
        counts = np.cumsum(padded, axis=1)
        near = (counts[:, 2 * reach + 1 :] > counts[:, : -2 * reach - 1]).T
    return np.where(near, ink, np.float32(0))


def _border(grey: Floats) -> NDArray[np.bool_]:
    """Which pixels are taken as paper: a frame of about 2 % of the shorter side."""
    frame = max(1, round(min(grey.shape) / 50))
    border = np.ones(grey.shape, np.bool_)
    border[frame:-frame, frame:-frame] = False
    return border


def _paper(grey: Floats) -> Floats:
    """The level of the paper at each pixel: even, or a plane where the light falls unevenly."""
    rows, columns = np.nonzero(_border(grey))
    levels = grey[rows, columns].astype(np.float64)
    even = float(np.median(levels))
    off = np.abs(levels - even)
    # Ink that crosses the border is not paper: keep what is near most of the border.
    near = off <= 3 * np.median(off)
    if np.all(levels[near] == even):
        return np.full_like(grey, even)
    y, x = rows[near] / grey.shape[0] - 0.5, columns[near] / grey.shape[1] - 0.5
    plane, *_ = np.linalg.lstsq(np.stack([np.ones_like(x), x, y], 1), levels[near])
    down = np.arange(grey.shape[0])[:, None] / grey.shape[0] - 0.5
    right = np.arange(grey.shape[1]) / grey.shape[1] - 0.5
    paper: Floats = (plane[0] + plane[1] * right + plane[2] * down).astype(np.float32)
    return np.clip(paper, 0, 1)


def _noise(contrast: Floats) -> float:
    """The level below which nine tenths of the border are, in the direction of ink."""
    return max(float(np.quantile(contrast[_border(contrast)], 0.9)), 0.0)
