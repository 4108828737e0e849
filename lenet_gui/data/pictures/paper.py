"""The paper under the ink: uneven light, shadows and edges are paper, narrow strokes are not.

The paper's level at each pixel is a morphological closing of the picture (for dark ink): what is
narrower than a window, somewhat wider than the pen, is filled from beside it, and everything wider
stays. What the closing adds is the ink's contrast, known as the black top-hat; for light ink it
is the opening and the white top-hat.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from lenet_gui.data.pictures.even_paper import EVEN, contrast_with_edge, is_solid, with_even_paper
from lenet_gui.data.pictures.levels import FAINTEST, STRONG, edge_of
from lenet_gui.data.pictures.noise import CLEAN, grain_of, noise_of, smoothed, without_dots
from lenet_gui.data.pictures.stroke_width import widest

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

FIRST_WINDOW: Final = 0.34
"""The first window, of the picture's shorter side; no pen is expected to be wider."""
WINDOW_OF_PEN: Final = 2.5
"""The second window, of the widest stroke that was found with the first."""
COARSE: Final = 12
"""In fewer pixels on a side, a stroke may be as wide as the window."""
NOISE_FACTOR: Final = 3.5
"""Ink begins at this many standard deviations of the noise above the paper."""
FEW: Final = 100_000
"""In a picture of more pixels, no more of them decide nothing than in one of so many."""
BOLD: Final = 0.2
"""Where the median is above this share of full contrast, about half of it is ink."""
_EIGHT: Final = np.ones((3, 3), np.bool_)
"""Pixels that touch at a corner are neighbours."""
_DEEPEST_SHADE: Final = 0.3
"""Of the light beside the ink; in what is darker, the contrast is not trusted further."""


@dataclass(frozen=True, eq=False)
class Contrast:
    """How much each pixel differs from the paper towards the ink.

    - values [h, w]: 0 for paper, up to 1 for black on white;
    - full: the contrast of full ink;
    - floor: paper with its noise reaches up to this;
    - is_light: whether the ink is lighter than the paper;
    - is_uneven: whether the paper's level changes.
    """

    values: Floats
    full: float
    floor: float
    is_light: bool
    is_uneven: bool

    @property
    def strong(self) -> Mask:
        """Where there is certainly ink."""
        return self.values > STRONG * self.full


def contrast_with_paper(levels: Floats) -> Contrast:
    """Finds the paper in `levels` [h, w], 0..1, and what differs from it."""
    levels = without_dots(levels)
    noise = noise_of(levels)
    smooth = smoothed(levels, noise)
    window = first = max(3, int(FIRST_WINDOW * min(levels.shape))) | 1
    hats = [_top_hat(levels, smooth, window), _top_hat(-levels, -smooth, window)]
    is_light = _is_light(smooth, hats, noise)
    sign = np.float32(-1 if is_light else 1)
    values = hats[is_light]
    found = _strong(values, noise)[0]
    around = _around(found)
    if (noise_there := noise_of(levels[around])) > 1.5 * noise:  # as in a photograph on a page
        noise = noise_there
        smooth = smoothed(levels, noise)
    narrower = max(5, int(WINDOW_OF_PEN * widest(found))) | 1
    if narrower < 0.7 * window:
        window, values = narrower, _top_hat(sign * levels, sign * smooth, narrower)
    values = _with_ink_at_edge(values, sign * levels, sign * smooth, window, noise)
    is_coarse = min(levels.shape) < COARSE
    is_thick = noise < CLEAN and is_solid(levels, first, found, is_light)
    if is_coarse or is_thick or _full(values) < FAINTEST:  # not all ink is narrower than the window
        values, is_light = contrast_with_edge(levels, smooth)
        sign = np.float32(-1 if is_light else 1)
    paper = values + sign * levels
    dark, bright = np.quantile(paper, (0.02, 0.98))
    is_uneven = bool(bright - dark > EVEN + 2 * noise)
    if is_uneven and not is_light:
        values = _as_lit(values, paper, float(np.median(paper[around])))
    grain = grain_of(values[around], found[around])
    if max(noise, grain) < CLEAN:
        values = with_even_paper(values, sign * levels)
        return Contrast(values, _full(values), 0.0, is_light, is_uneven)
    paper_there = _mostly_paper(values[around])
    level = np.float32(np.median(paper_there))
    values = values - level
    spread = float(np.median(np.abs(paper_there - level))) / 0.6745
    floor = NOISE_FACTOR * max(spread, noise, grain)
    return Contrast(values, _full(values), floor, is_light, is_uneven)


def _mostly_paper(values: Floats) -> Floats:
    """Values of which most are of paper: all of them, or those that are no ink of a bold digit."""
    full = float(values.max())
    paper: Floats = values[values < STRONG * full]
    is_bold = np.median(values) > max(BOLD * full, 0.0) and paper.size > 0
    return paper if is_bold else values.ravel()


def _as_lit(values: Floats, paper: Floats, level: float) -> Floats:
    """The contrast as it would be on paper of one level: in the shade, dark ink differs less."""
    level = max(level, EVEN)  # black paper, too, is lit
    light = np.clip(paper / np.float32(level), _DEEPEST_SHADE, 1 / _DEEPEST_SHADE)
    lit: Floats = np.clip(values / light, -1, 1).astype(np.float32)
    return lit


def _around(found: Mask) -> tuple[slice, slice]:
    """The rows and columns of the largest part that was found, and a little more; all, without."""
    parts, _ = ndimage.label(found, _EIGHT)
    places = ndimage.find_objects(parts)
    if not places:
        return slice(None), slice(None)
    rows, columns = max(places, key=lambda place: _area(*place))
    more = max(rows.stop - rows.start, columns.stop - columns.start) // 4 + 4
    return (
        slice(max(rows.start - more, 0), rows.stop + more),
        slice(max(columns.start - more, 0), columns.stop + more),
    )


def _area(rows: slice, columns: slice) -> int:
    return int((rows.stop - rows.start) * (columns.stop - columns.start))


def _full(values: Floats) -> float:
    """The contrast of full ink; where there are many pixels, few of them do not decide it."""
    many = values.size > 4000
    return float(np.quantile(values, 1 - _few(values, 0.0005))) if many else float(values.max())


def _few(values: Floats, share: float) -> float:
    """The share of the values that decides nothing: a small digit on a large page has more."""
    return min(share, FEW * share / values.size)


def _top_hat(levels: Floats, smooth: Floats, window: int, beyond: float | None = None) -> Floats:
    """What is darker than the paper, and narrower than the window.

    Beyond the picture's edge it goes on as it is there, or with the level `beyond`: so a dark edge
    is paper in the first case, and ink in the second.
    """
    if beyond is None:
        wide = np.pad(smooth, window, mode="edge")
    else:
        wide = np.pad(smooth, window, constant_values=beyond)
    highest = ndimage.maximum_filter(wide, size=window, mode="nearest")
    closed = ndimage.minimum_filter(highest, size=window, mode="nearest")
    result: Floats = closed[window:-window, window:-window] - levels
    return result


def _strong(values: Floats, noise: float) -> tuple[Mask, float]:
    """Where a top-hat is strong, and its full contrast."""
    values = values - np.median(values)
    many = values.size > 2000
    full = float(np.quantile(values, 1 - _few(values, 0.001))) if many else float(values.max())
    return values > max(STRONG * full, 5 * noise), full


def _is_light(smooth: Floats, hats: list[Floats], noise: float) -> bool:
    """Whether the ink is lighter than the paper.

    The picture goes further from its surroundings towards the ink. Where that says little, the ink
    is what is longer for its width: a stroke encloses what may look like ink of the other kind.
    """
    found = [_strong(values, noise) for values in hats]
    most = max(full for _, full in found)
    dark, light = (_length(mask) if full > LEAST_OF_OTHER * most else 0 for mask, full in found)
    for spot, other, is_light in ((light, dark, False), (dark, light, True)):
        mask, full = found[not is_light]
        if 0 < spot < MOST_OF_SPOT and other > STROKE and _is_gradual(smooth, mask, full):
            return is_light
    if dark and light:
        below, above = _sides(smooth)
        if max(below, above) > 1.5 * min(below, above):
            return above > below
    return light > dark


LEAST_OF_OTHER: Final = 0.35
"""A kind of ink with less than this share of the other's contrast is none."""
MOST_OF_SPOT: Final = 4
"""A glare or a shadow is no longer than this, for its width; see `_length`."""
STROKE: Final = 16
"""Beside it, ink of the other kind is at least as long as this."""
SOFT: Final = 1 / 100
"""The share of the shorter side within which its light hardly changes."""
SOFT_STEP: Final = 0.2
"""It changes there by less than this share of its contrast."""


def _is_gradual(smooth: Floats, mask: Mask, full: float) -> bool:
    """Whether the picture changes so gradually there that it is only the light, as in a glare."""
    reach = max(3, round(SOFT * min(smooth.shape)))
    rows, columns = _around(mask)
    part = smooth[rows, columns]
    steps = ndimage.maximum_filter(part, reach) - ndimage.minimum_filter(part, reach)
    return float(np.median(steps[mask[rows, columns]])) < SOFT_STEP * full


def _length(mask: Mask) -> float:
    """How large the largest connected part is, for the width of the widest."""
    parts, _ = ndimage.label(mask, _EIGHT)
    largest = max((_area(*place) for place in ndimage.find_objects(parts)), default=0)
    return largest / max(widest(mask), 1) ** 2


def _sides(smooth: Floats) -> tuple[float, float]:
    """How far the picture goes below and above the median around each place."""
    height, width = smooth.shape
    block = max(1, min(max(height, width) // 32, height, width))
    cut = smooth[: height // block * block, : width // block * block]
    small = cut.reshape(height // block, block, width // block, block).mean(axis=(1, 3))
    size = max(3, int(0.5 * min(small.shape))) | 1
    difference = small - ndimage.median_filter(small, size=size, mode="nearest")
    return float(-np.quantile(difference, 0.01)), float(np.quantile(difference, 0.99))


def _with_ink_at_edge(
    values: Floats, levels: Floats, smooth: Floats, window: int, noise: float
) -> Floats:
    """`values` with strokes that run along the picture's edge.

    There a stroke cannot be told from a dark edge by its width alone: it counts as ink if it goes
    on from ink that was found, is as wide, and does not run along a whole side.
    """
    found, full = _strong(values, noise)
    paper = float(np.quantile(smooth[edge_of(smooth.shape)], 0.75))
    other = _top_hat(levels, smooth, window, paper)
    parts, count = ndimage.label((other > STRONG * full) & ~found, _EIGHT)
    if not count:
        return values
    near, pen = ndimage.binary_dilation(found, _EIGHT), widest(found)
    values = values.copy()
    height, width = values.shape
    for number, (rows, columns) in enumerate(ndimage.find_objects(parts), 1):
        part = parts[rows, columns] == number
        along = max((rows.stop - rows.start) / height, (columns.stop - columns.start) / width)
        goes_on = bool((part & near[rows, columns]).any())
        if along < 0.95 and goes_on and widest(part) <= 1.7 * pen + 1:
            around = (
                slice(max(rows.start - 1, 0), rows.stop + 1),
                slice(max(columns.start - 1, 0), columns.stop + 1),
            )
            values[around] = np.maximum(values[around], other[around])
    return values
