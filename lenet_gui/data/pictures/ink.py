"""The ink of a picture of a digit: dark on light or light on dark, drawn, scanned, photographed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.desk import sheet_of, without_desk
from lenet_gui.data.pictures.file import ADVICE, COPIED, name_of, read_pixels
from lenet_gui.data.pictures.found import MOST_DIGITS, FoundInk, Kind, LeftOut, NotOneDigitError
from lenet_gui.data.pictures.levels import FAINTEST, Pixels, separating_levels
from lenet_gui.data.pictures.lines import (
    pale_net,
    printed_lines,
    tilted_printed_lines,
    without_lines,
)
from lenet_gui.data.pictures.paper import Contrast, contrast_with_paper
from lenet_gui.data.pictures.parts import Group, sorted_parts
from lenet_gui.errors import UserError

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

NO_INK: Final = "shows no ink that stands out from its background"
"""Said of a picture, of whatever colours, in which no digit can be found."""

SMALLEST_SIDE: Final = 4
NEARLY_FULL: Final = 0.03
"""Contrast this near to full is full: the values are left as they are."""
MOST_NOISE: Final = 0.5
"""Noise is never taken away above this share of the full contrast."""
WEAK: Final = 0.12
"""Ink weaker than this share of full ink joins no parts."""
_EIGHT: Final = np.ones((3, 3), np.bool_)


def ink_of_picture(source: Path | str | bytes, region: Box | None = None) -> FoundInk:
    """The ink of the one digit in a picture file (or in its bytes), and what was done to find it.

    Paper is what is wider than strokes: its light may change and have shadows and edges. Its noise
    is removed, and the contrast stretched up to full ink. Printed lines, frames, specks and what
    the picture's edge cuts are left out. A clean picture of full contrast, such as a digit of
    MNIST (light on black), keeps its exact values.

    The region is in pixels of the picture, upright.

    Raises UserError that names the file when it is missing, not a file, empty, unreadable, too
    large (see `read_pixels`), or smaller than 4 pixels on a side; NotOneDigitError when it shows no
    ink, or several digits.
    """
    source = Path(source) if isinstance(source, str) else source
    return find_ink_within(read_pixels(source), name_of(source), region)


def ink_of_pixels(colours: NDArray[np.uint8], region: Box | None = None) -> FoundInk:
    """The same in `colours` [h, w, 3] or, with alpha, [h, w, 4], uint8: from the clipboard.

    Raises ValueError for another shape, UserError as `ink_of_picture`.
    """
    if colours.ndim != 3 or colours.shape[2] not in (3, 4):
        raise ValueError(f"pixels are [h, w, 3] or [h, w, 4], not {colours.shape}")
    levels = colours.astype(np.float32) / np.float32(255)
    alpha = levels[..., 3] if colours.shape[2] == 4 else None
    return find_ink(Pixels(levels[..., :3], alpha), COPIED, region)


def find_ink_within(pixels: Pixels, name: str, region: Box | None) -> FoundInk:
    """As `find_ink`, but the region is in pixels of the picture before it was reduced.

    Raises UserError as `find_ink`, and when the region lies outside the picture.
    """
    if region is None:
        return find_ink(pixels, name)
    width, height = pixels.full_size or pixels.colours.shape[1::-1]
    if region.left >= width or region.top >= height or min(region.right, region.bottom) <= 0:
        raise UserError(f"{name} has {width}x{height} pixels, and the chosen region lies outside.")
    return find_ink(pixels, name, pixels.reduced(region))


def find_ink(pixels: Pixels, name: str, region: Box | None = None) -> FoundInk:
    """The ink of the one digit in pixels, or in a region of them.

    `name` is what a sentence calls the picture. What of the region lies outside does not count.

    Raises UserError when there are fewer than 4 pixels on a side, NotOneDigitError when they show
    no ink or several digits.
    """
    height, width = pixels.colours.shape[:2]
    if region is not None:
        region = region.within(width, height)
        size = f"{region.width}x{region.height}"
        if min(region.width, region.height) < SMALLEST_SIDE:
            raise UserError(f"{name} has only {size} pixels in the chosen region: enlarge it.")
    if min(height, width) < SMALLEST_SIDE:
        raise UserError(f"{name} is only {width}x{height} pixels: {ADVICE}, larger than that.")
    levels = separating_levels(pixels if region is None else pixels.within(region))
    bare = without_desk(levels)
    contrast = contrast_with_paper(bare)
    if contrast.full - contrast.floor < FAINTEST:
        nothing = _found(pixels, region, levels, contrast, np.zeros_like(levels))
        raise NotOneDigitError(f"{name} {NO_INK}: {ADVICE}.", nothing)
    floor = min(contrast.floor, MOST_NOISE * contrast.full)
    weak, strong = contrast.values > max(floor, WEAK * contrast.full), contrast.strong
    sheet = sheet_of(levels, bare)
    lines = printed_lines(weak, contrast)
    if lines.boxes:
        weak = without_lines(weak, lines.mask, strong)
    tilted = tilted_printed_lines(weak, contrast, sheet)
    if tilted.boxes:
        weak = without_lines(weak, tilted.mask, strong)
    net = pale_net(weak, contrast, sheet)
    weak &= ~net.mask
    lines = lines.with_others(tilted).with_others(net)
    labels, _ = ndimage.label(weak, _EIGHT)
    parts = sorted_parts(labels, np.unique(labels[strong & weak]))
    left_out = [LeftOut(Kind.LINE, box) for box in lines.boxes]
    left_out += _left_out(parts, labels, lines.mask)
    all_ink = _stretched(contrast, floor)
    digits = len(parts[Kind.DIGIT]) + len(parts[Kind.ANOTHER_DIGIT])
    if digits != 1:
        left_out += [LeftOut(Kind.ANOTHER_DIGIT, group.box) for group in parts[Kind.DIGIT]]
        found = _found(pixels, region, levels, contrast, all_ink, left_out)
        raise NotOneDigitError(f"{name} {_told(digits)}: {ADVICE}.", found)
    (group,) = parts[Kind.DIGIT]
    digit = np.isin(labels, group.parts)
    ink = np.where(_around(digit, (weak | lines.mask) & ~digit), all_ink, np.float32(0))
    return _found(pixels, region, levels, contrast, all_ink, left_out, ink, group.box)


def _told(digits: int) -> str:
    """What a picture shows that does not show one digit."""
    if not digits:
        return NO_INK
    if digits > MOST_DIGITS:
        return f"shows {digits} separate marks, not one digit"
    return f"shows several digits ({digits})"


def _found(
    pixels: Pixels,
    region: Box | None,
    levels: Floats,
    contrast: Contrast,
    all_ink: Floats,
    left_out: Sequence[LeftOut] = (),
    ink: Floats | None = None,
    kept: Box | None = None,
) -> FoundInk:
    """All of it, with boxes that are given in pixels of the region in pixels of the picture."""
    x, y = (0, 0) if region is None else (region.left, region.top)
    ink = np.zeros_like(levels) if ink is None else ink
    levels = levels.view()
    for array in (levels, all_ink, ink):
        array.flags.writeable = False
    return FoundInk(
        pixels,
        region,
        levels,
        all_ink,
        ink,
        None if kept is None else kept.shifted(x, y),
        tuple(LeftOut(each.kind, each.box.shifted(x, y)) for each in left_out),
        contrast.is_light,
        contrast.is_uneven,
    )


def _left_out(
    parts: Mapping[Kind, Sequence[Group]], labels: NDArray[np.signedinteger], lines: Mask
) -> list[LeftOut]:
    """Everything but the digit, and but what remains of printed lines; all that may be digits."""
    beside = ndimage.binary_dilation(lines, _EIGHT, iterations=2) if lines.any() else lines
    remains = set(np.unique(labels[beside]))
    return [
        LeftOut(kind, group.box)
        for kind, groups in parts.items()
        for group in groups
        if kind is Kind.ANOTHER_DIGIT
        or (kind is not Kind.DIGIT and not remains.issuperset(group.parts))
    ]


def _stretched(contrast: Contrast, floor: float) -> Floats:
    full = 1.0 if contrast.full > 1 - NEARLY_FULL else contrast.full
    ink: Floats = np.clip((contrast.values - floor) / (full - floor), 0, 1).astype(np.float32)
    return ink


def _around(digit: Mask, others: Mask) -> Mask:
    """The digit with its soft edge, but nothing of others."""
    reach = max(1, round(max(digit.shape) / 100))
    return ndimage.binary_dilation(digit, _EIGHT, iterations=reach) & ~others
