"""From painted ink to a digit, as MNIST's makers did it, with every step kept."""

from dataclasses import dataclass
from math import ceil, floor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.resampling import resampled, strength_lost
from lenet_gui.short_repr import ShortRepr

Floats = NDArray[np.float32]

DIGIT_SIDE: Final = 20
FRAME_SIDE: Final = 28
INPUT_SIDE: Final = 32
FAINTEST: Final = 1 / 255
"""Ink fainter than the faintest grey of an 8-bit picture does not count as ink."""

UNFADED: Final = 0.6
"""The share of its strength that the strongest ink keeps when it is scaled down."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in raster pixels; right and bottom are the first pixels outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Columns inside."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Rows inside."""
        return self.bottom - self.top

    def shifted(self, x: int, y: int) -> "Box":
        """The same rectangle, `x` pixels further right and `y` further down."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def within(self, width: int, height: int) -> "Box":
        """What of it lies inside a raster; without width or height if nothing does."""
        left, top = min(max(self.left, 0), width), min(max(self.top, 0), height)
        right, bottom = min(self.right, width), min(self.bottom, height)
        return Box(left, top, max(left, right), max(top, bottom))


@dataclass(frozen=True, eq=False, repr=False)
class InkSteps(ShortRepr):
    """The preprocessing; all pictures float32, 0 (paper) .. 1 (full ink), read-only.

    - painted [h, w]: the original raster;
    - box: the smallest box around its ink;
    - boxed [at most 20, at most 20]: what the box holds, scaled by one factor so that its longer
      side is `side` pixels, each the mean of the ink under it; if thin lines faded, all of it
      stronger;
    - centred [28, 28]: with the ink's centre of mass in the middle. This is the digit;
    - corner: the column and row of `centred` where `boxed` lies;
    - padded [32, 32]: two pixels of background around it, the network's input but for its range;
    - is_framed: whether the whole raster is the frame of 28x28, neither cropped nor centred: `box`
      is all of it, and `boxed` [28, 28] equals `centred`.
    """

    painted: Floats
    box: Box
    boxed: Floats
    centred: Floats
    corner: tuple[int, int]
    padded: Floats
    is_framed: bool

    @property
    def side(self) -> int:
        """The longer side of the scaled box, in pixels: 20, or 28 of a frame."""
        return FRAME_SIDE if self.is_framed else DIGIT_SIDE

    def on_sheet(self, square: tuple[float, float, float, float]) -> tuple[float, ...]:
        """Where a part of the network's input is on the canvas.

        Args:
            square: left, top, right and bottom in pixels of `padded`.

        Returns:
            Left, top, right and bottom in units of the raster's sides, beyond 0..1 where the part
            reaches beyond the canvas.
        """
        height, width = self.painted.shape
        scale = self.side / max(self.box.width, self.box.height)
        margin = (INPUT_SIDE - FRAME_SIDE) // 2
        ends = []
        for axis, (end, first, length, side) in enumerate(
            zip(
                square,
                (self.box.left, self.box.top) * 2,
                (self.box.width, self.box.height) * 2,
                (width, height) * 2,
                strict=True,
            )
        ):
            # A side that is not a whole number of pixels long is centred in `boxed`.
            slack = (self.boxed.shape[1 - axis % 2] - length * scale) / 2
            pixel = end - margin - self.corner[axis % 2] - slack
            ends.append((first + pixel / scale) / side)
        return tuple(ends)


def trace_ink(raster: Floats, *, is_framed: bool = False) -> InkSteps | None:
    """Makes a digit of the ink in `raster` [h, w], 0..1, or None when there is no ink.

    The size is normalised into a 20x20 box with the aspect kept, and the centre of mass placed in
    28x28 by a whole-pixel shift, as the makers of MNIST did (the paper, III-A). Measured on their
    digits: the centre of mass lies within the middle pixel right and below the exact middle, and
    that is where it is put here; but the ink never leaves the frame. One that `is_framed` is scaled
    to 28x28 as it is.
    """
    box = ink_box(raster)
    if box is None:
        return None
    if is_framed:
        height, width = raster.shape
        box, boxed = Box(0, 0, width, height), into_frame(raster)
    else:
        boxed = into_box(raster[box.top : box.bottom, box.left : box.right])
    centred, corner = framed(boxed, centre_of_mass(boxed))
    padded = with_margin(centred)
    painted = raster.view()
    for picture in (painted, boxed, centred, padded):
        picture.flags.writeable = False
    return InkSteps(painted, box, boxed, centred, corner, padded, is_framed)


def ink_box(raster: Floats) -> Box | None:
    """The smallest box around the ink of `raster` [h, w], or None when there is none."""
    inked = raster >= np.float32(FAINTEST)
    rows = np.flatnonzero(inked.any(axis=1))
    if not len(rows):
        return None
    columns = np.flatnonzero(inked.any(axis=0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def centre_of_mass(picture: Floats) -> tuple[float, float]:
    """The x and y of the ink's centre in pixels; pixel (0, 0) has its centre at (0.5, 0.5)."""
    rows, columns = picture.sum(axis=1, dtype=np.float64), picture.sum(axis=0, dtype=np.float64)
    total = rows.sum()
    x = float(columns @ np.arange(len(columns)) / total) + 0.5
    return x, float(rows @ np.arange(len(rows)) / total) + 0.5


def into_box(ink: Floats, side: int = DIGIT_SIDE) -> Floats:
    """`ink` [h, w] scaled by area so that its longer side is `side`; thin lines do not fade.

    Assumption: MNIST's makers had no lines thinner than a pixel of theirs.
    """
    scaled = _scaled(ink, side)
    scaled *= np.float32(_strength_lost(scaled, ink))
    return np.clip(scaled, 0, 1, out=scaled)


def into_frame(raster: Floats) -> Floats:
    """`raster` [h, w] scaled by area so that its longer side is 28, no ink of it stronger."""
    return np.clip(_scaled(raster, FRAME_SIDE), 0, 1)


def box_strength(ink: Floats) -> float:
    """What `into_box` multiplies the ink by, for thin lines not to fade; 1 or more."""
    return _strength_lost(_scaled(ink, DIGIT_SIDE), ink)


def _scaled(ink: Floats, side: int) -> Floats:
    scale = side / max(ink.shape)
    height, width = (length * scale for length in ink.shape)
    # A side that is not a whole number of pixels long is centred in the next whole one.
    shape = ceil(height - 1e-6), ceil(width - 1e-6)
    offset = (shape[0] - height) / 2, (shape[1] - width) / 2
    return resampled(ink, shape, scale, offset)


def _strength_lost(scaled: Floats, ink: Floats) -> float:
    made_smaller = max(scaled.shape) < max(ink.shape)
    return strength_lost(scaled, ink, UNFADED) if made_smaller else 1.0


def framed(boxed: Floats, middle: tuple[float, float]) -> tuple[Floats, tuple[int, int]]:
    """`boxed` in a frame of 28x28, shifted by whole pixels; also the column and row where it lies.

    The pixel in which its point `middle` (x, y) lies comes right and below the frame's exact
    middle, as far as `boxed` then stays inside.
    """
    height, width = boxed.shape
    x, y = middle
    left = min(max(FRAME_SIDE // 2 - floor(x + 1e-6), 0), FRAME_SIDE - width)
    top = min(max(FRAME_SIDE // 2 - floor(y + 1e-6), 0), FRAME_SIDE - height)
    frame = np.zeros((FRAME_SIDE, FRAME_SIDE), np.float32)
    frame[top : top + height, left : left + width] = boxed
    return frame, (left, top)


def with_margin(centred: Floats) -> Floats:
    """`centred` [28, 28] with two pixels of background on each side: [32, 32]."""
    margin = (INPUT_SIDE - FRAME_SIDE) // 2
    padded = np.zeros((INPUT_SIDE, INPUT_SIDE), np.float32)
    padded[margin:-margin, margin:-margin] = centred
    return padded
