"""How the ink was found in an imported picture, step by step, as pictures to show. No torch."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.data.ink import Box
from lenet_gui.data.paint import RASTER_SIDE
from lenet_gui.data.pictures.steps import Bytes, Dropped, PictureSteps
from lenet_gui.data.resampling import fitted_into_square, unfaded
from lenet_gui.explore.reading import Floats

LONGEST_SIDE = 256
"""Pixels of a picture that is shown large."""


@dataclass(frozen=True, eq=False)
class FoundSteps:
    """What was done to a picture, float32.

    - levels [h, w]: the picture as it came, 0 (black) .. 1 (white);
    - part: where the digit was looked for, in pixels of `levels`; None: in all of it;
    - all_ink: in that part, 0..1, after the paper was removed;
    - dropped, of the same shape: the ink that is left, or 1 + the `Dropped` that it was taken for;
    - kinds: what was dropped;
    - digits: a box around each, in pixels of `dropped`;
    - size: the picture's width and height, in its own pixels;
    - is_light: whether the ink is lighter than the paper.
    """

    levels: Floats
    part: Box | None
    all_ink: Floats
    dropped: Floats
    kinds: tuple[Dropped, ...]
    digits: tuple[Box, ...]
    size: tuple[int, int]
    is_light: bool


def found_steps(
    drawing: Drawing,
    *,
    with_paper: bool = False,
    with_dropped: bool = False,
    longest: int = LONGEST_SIDE,
) -> FoundSteps | None:
    """The steps of a drawing on an imported picture; None of another one.

    Args:
        drawing: with the picture.
        with_paper: leaves the paper's level in the ink.
        with_dropped: drops nothing.
        longest: pixels of a side; larger pictures are made smaller by a whole factor.
    """
    steps = drawing.picture_steps
    return None if steps is None else _found_steps(steps, with_paper, with_dropped, longest)


def with_ink_left(drawing: Drawing, *, with_paper: bool, with_dropped: bool) -> Drawing:
    """A drawing on an imported picture with more of its ink; another one as it is."""
    steps = drawing.picture_steps
    if steps is None:
        return drawing
    return Drawing(drawing.strokes, _backdrop(steps, with_paper, with_dropped))


@lru_cache(maxsize=3)
def _backdrop(steps: PictureSteps, with_paper: bool, with_dropped: bool) -> Backdrop:
    """Already as large as the canvas is painted, which then takes no time while one draws on it."""
    ink = steps.ink_with(paper=with_paper, dropped=with_dropped)
    return Backdrop(fitted_into_square(ink, RASTER_SIDE))


@lru_cache(maxsize=6)
def _found_steps(
    steps: PictureSteps, with_paper: bool, with_dropped: bool, longest: int
) -> FoundSteps:
    all_ink = steps.ink_with(paper=with_paper, dropped=True)
    ink = steps.ink_with(paper=with_paper, dropped=with_dropped)
    dropped = np.zeros_like(steps.dropped) if with_dropped else steps.dropped
    factor = -(-max(steps.levels.shape) // longest)
    factor_of_part = -(-max(dropped.shape) // longest)
    codes = _blocks(dropped, factor_of_part).max(axis=(1, 3))
    left = _smaller(ink, factor_of_part)
    height, width = steps.levels.shape
    part = steps.part
    return FoundSteps(
        _blocks(steps.levels, factor, mode="edge").mean(axis=(1, 3), dtype=np.float32) / 255,
        None if steps.is_whole else _scaled(part, factor),
        _smaller(all_ink, factor_of_part),
        np.where(codes > 0, 1 + codes.astype(np.float32), left),
        () if with_dropped else steps.kinds,
        tuple(_scaled(box.shifted(-part.left, -part.top), factor_of_part) for box in steps.digits),
        (width, height),
        steps.is_light,
    )


def _scaled(box: Box, factor: int) -> Box:
    ends = (box.left, box.top, box.right, box.bottom)
    return Box(*(round(end / factor) for end in ends))


def _smaller(ink: Floats, factor: int) -> Floats:
    """The mean of blocks, as strong as thin lines were."""
    if factor == 1:
        return ink
    found: Floats = unfaded(_blocks(ink, factor).mean(axis=(1, 3), dtype=np.float32), ink, 0.9)
    return found


def _blocks(array: Bytes | Floats, factor: int, mode: str = "constant") -> Bytes | Floats:
    """Blocks [rows, factor, columns, factor] of an array, with zeros or its edge beyond it."""
    height, width = array.shape
    beyond = ((0, -height % factor), (0, -width % factor))
    padded = np.pad(array, beyond, mode=mode)  # type: ignore[call-overload]
    blocks: Bytes | Floats = padded.reshape(
        padded.shape[0] // factor, factor, padded.shape[1] // factor, factor
    )
    return blocks
