"""A drawing as the pen left it: strokes of points, perhaps over a picture, and its history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from sys import float_info
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

MIN_PEN_WIDTH: Final = 0.03
DEFAULT_PEN_WIDTH: Final = 0.085
MAX_PEN_WIDTH: Final = 0.16
DEFAULT_MARGIN: Final = 0.15
"""The space that `fitted_drawing` leaves on each side, as a share of the canvas side."""


@dataclass(frozen=True, slots=True)
class PenPoint:
    """Where the pen was, in units of the canvas side: x right, y down, 0..1 inside the canvas.

    `width` is the full diameter of the pen there, in the same unit, pressure included. Points may
    lie outside the canvas; what the pen leaves there is not painted.

    Raises ValueError when a value is not finite or the width is negative.
    """

    x: float
    y: float
    width: float = DEFAULT_PEN_WIDTH

    def __post_init__(self) -> None:
        if not isfinite(self.x + self.y + self.width) or self.width < 0:
            raise ValueError(f"a pen point must be finite, its width not negative: {self}")


@dataclass(frozen=True, slots=True)
class Stroke:
    """The points of the pen from its touching down to its lifting; an eraser takes ink away."""

    points: tuple[PenPoint, ...]
    erases: bool = False


@dataclass(frozen=True, eq=False)
class Backdrop:
    """A picture under the strokes: `ink` [h, w] float32, 0 (paper) .. 1 (full ink), read-only.

    Two backdrops with the same ink are equal. Raises ValueError for another number of axes, an
    empty array, and values outside 0..1.
    """

    ink: NDArray[np.float32]

    def __init__(self, ink: ArrayLike) -> None:
        array = np.array(ink, dtype=np.float32, order="C", copy=True)
        if array.ndim != 2 or array.size == 0:
            raise ValueError(f"a backdrop is a picture [h, w], not {array.shape}")
        if not (array.min() >= 0 and array.max() <= 1):  # not true of NaN either
            raise ValueError("the ink of a backdrop must lie in 0..1")
        array.flags.writeable = False
        object.__setattr__(self, "ink", array)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Backdrop) and np.array_equal(self.ink, other.ink)

    def __hash__(self) -> int:
        return hash((self.ink.shape, self.ink.tobytes()))


@dataclass(frozen=True, slots=True)
class Drawing:
    """Strokes in the order they were drawn, over a backdrop or over clean paper."""

    strokes: tuple[Stroke, ...] = ()
    backdrop: Backdrop | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was drawn at all (what is wiped out later does count as drawn)."""
        return not self.strokes and self.backdrop is None

    def with_stroke(self, stroke: Stroke) -> "Drawing":
        """The same drawing with `stroke` on top."""
        return replace(self, strokes=(*self.strokes, stroke))


@dataclass
class DrawingHistory:
    """The drawings so far, with a step back and forth through them."""

    drawing: Drawing = field(default_factory=Drawing)
    _past: list[Drawing] = field(default_factory=list, repr=False)
    _future: list[Drawing] = field(default_factory=list, repr=False)

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier drawing."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether an undone drawing can come back."""
        return bool(self._future)

    def push(self, drawing: Drawing) -> None:
        """Makes `drawing` the newest; what had been undone is forgotten. No-op if it is equal."""
        if drawing == self.drawing:
            return
        self._past.append(self.drawing)
        self._future.clear()
        self.drawing = drawing

    def undo(self) -> Drawing:
        """Steps back, if there is an earlier drawing; returns the drawing now current."""
        if self._past:
            self._future.append(self.drawing)
            self.drawing = self._past.pop()
        return self.drawing

    def redo(self) -> Drawing:
        """Steps forth, if something was undone; returns the drawing now current."""
        if self._future:
            self._past.append(self.drawing)
            self.drawing = self._future.pop()
        return self.drawing


def fitted_drawing(
    strokes: Iterable[Sequence[Sequence[float]]],
    width: float = DEFAULT_PEN_WIDTH,
    margin: float = DEFAULT_MARGIN,
) -> Drawing:
    """Strokes given as (x, y) in any unit (y down), fitted into the canvas by one factor.

    The longer side of the box of all points spans the canvas but for `margin` (0 .. below 0.5, a
    share of the side) at both ends; the box is centred. All points get the pen `width`. Strokes
    without a point are left out. Points whose box is too small to be enlarged lie in the middle.

    Raises ValueError for a margin outside 0..0.5 and for points that are not finite.
    """
    if not 0 <= margin < 0.5:
        raise ValueError(f"the margin must lie in 0..0.5, not {margin}")
    given = [stroke for stroke in strokes if len(stroke)]
    if not given:
        return Drawing()
    xs = [float(point[0]) for stroke in given for point in stroke]
    ys = [float(point[1]) for stroke in given for point in stroke]
    centre_x, centre_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    span = max(max(xs) - min(xs), max(ys) - min(ys))
    factor = (1 - 2 * margin) / span if span >= float_info.min else 0.0

    def placed(point: Sequence[float]) -> PenPoint:
        x = 0.5 + (float(point[0]) - centre_x) * factor
        return PenPoint(x, 0.5 + (float(point[1]) - centre_y) * factor, width)

    return Drawing(tuple(Stroke(tuple(placed(point) for point in stroke)) for stroke in given))
