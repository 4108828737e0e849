"""One level for each pixel, in which ink and paper differ most, from colours and transparency."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.ink import Box

Floats = NDArray[np.float32]

LUMA: Final = np.array([0.299, 0.587, 0.114], np.float32)
"""Brightness of red, green and blue (ITU-R BT.601)."""
LEAST_BRIGHTNESS: Final = 0.35
"""If brightness shows less than this share of the contrast in colour, colour is used instead."""
STRONG: Final = 0.5
"""Ink is strong from this share of the full contrast on."""
FAINTEST: Final = 0.06
"""Less contrast than this between paper and ink, of black to white, counts as none."""
_EDGE: Final = 1 / 50
"""The share of the shorter side that is the picture's edge, where paper is expected."""


@dataclass(frozen=True, eq=False)
class Pixels:
    """A picture as it was read, 0..1.

    - colours: grey levels [h, w], 0 (black) .. 1 (white), or red, green and blue [h, w, 3];
    - alpha [h, w]: 0 (transparent) .. 1 (opaque), or None if all of it is opaque;
    - full_size: the picture's width and height, upright, before it was reduced; None if it was not.
    """

    colours: Floats
    alpha: Floats | None = None
    full_size: tuple[int, int] | None = None

    def reduced(self, region: Box) -> Box:
        """A region in pixels of the picture, in pixels of what was read; at least one of them."""
        height, width = self.colours.shape[:2]
        full_width, full_height = self.full_size or (width, height)
        across, down = width / full_width, height / full_height
        left, top = round(region.left * across), round(region.top * down)
        right, bottom = round(region.right * across), round(region.bottom * down)
        return Box(left, top, max(right, left + 1), max(bottom, top + 1))

    def within(self, region: Box) -> "Pixels":
        """A part of the picture."""
        part = slice(region.top, region.bottom), slice(region.left, region.right)
        return Pixels(self.colours[part], None if self.alpha is None else self.alpha[part])


def separating_levels(pixels: Pixels) -> Floats:
    """The levels [h, w], 0..1, in which ink is looked for.

    They are the brightness, unless ink and paper are about equally bright: then they are the
    position along the line from the paper's colour to the ink's. What is transparent lies over
    white, or over black if what is opaque is light.
    """
    colours = pixels.colours
    if pixels.alpha is not None:
        colours = _over_ground(colours, pixels.alpha)
    if colours.ndim == 2:
        return colours
    brightness: Floats = np.minimum(colours @ LUMA, np.float32(1))
    if not np.any(np.ptp(colours, axis=2)):
        return np.ascontiguousarray(colours[..., 0])
    difference = colours - np.median(colours[edge_of(brightness.shape)], axis=0)
    distance = np.abs(difference).max(axis=2)
    farthest = distance >= max(float(np.quantile(distance, 0.98)), 1e-6)
    if not farthest.any():
        return brightness
    seen = np.abs(difference[farthest] @ LUMA).mean()
    if seen > LEAST_BRIGHTNESS * distance[farthest].mean():
        return brightness
    direction = difference[farthest].mean(axis=0)
    length = float(np.linalg.norm(direction))
    if length < 1e-4:
        return brightness
    along = difference @ (direction / length)
    levels: Floats = np.clip(0.5 - along / 2, 0, 1).astype(np.float32)
    return levels


def edge_of(shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Which pixels are at the edge: a frame of about 2 % of the shorter side."""
    width = max(1, round(min(shape) * _EDGE))
    edge = np.ones(shape, np.bool_)
    edge[width:-width, width:-width] = False
    return edge


def _over_ground(colours: Floats, alpha: Floats) -> Floats:
    """`colours` laid over white, or over black if what is opaque is light."""
    if colours.ndim == 3:
        alpha_of_colours, brightness = alpha[..., None], colours @ LUMA
    else:
        alpha_of_colours, brightness = alpha, colours
    opaque = float(alpha.sum(dtype=np.float64))
    mean = float((brightness * alpha).sum(dtype=np.float64)) / opaque if opaque else 0.0
    ground = np.float32(1 if mean < 0.5 else 0)
    return colours * alpha_of_colours + ground * (1 - alpha_of_colours)
