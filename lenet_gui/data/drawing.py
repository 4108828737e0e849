"""A drawing: strokes of points, perhaps over a picture, and its history."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from sys import float_info
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lenet_gui.data.ink import FRAME_SIDE
from lenet_gui.data.persistent_list import PersistentList
from lenet_gui.data.pictures.steps import PictureSteps

MIN_PEN_WIDTH: Final = 0.03
DEFAULT_PEN_WIDTH: Final = 0.085
MAX_PEN_WIDTH: Final = 0.16
DEFAULT_MARGIN: Final = 0.15
"""The space that `fitted_drawing` leaves on each side, as a share of the canvas side."""
MOST_HISTORY: Final = 32 * 2**20
"""Bytes of strokes and pictures that a history of drawings keeps."""
_POINT_BYTES: Final = 128
"""Bytes of a pen point: its three numbers and its place in the stroke."""
_STEP_BYTES: Final = 512
"""Bytes of a drawing besides its points and its picture."""


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
        finite = isfinite(self.x) and isfinite(self.y) and isfinite(self.width)
        if not finite or self.width < 0:
            raise ValueError(f"a pen point must be finite, its width not negative: {self}")


@dataclass(frozen=True, slots=True, init=False)
class Stroke:
    """The points of the pen from touching down to lifting; an eraser removes ink."""

    points: PersistentList[PenPoint]
    erases: bool

    def __init__(self, points: Iterable[PenPoint] = (), erases: bool = False) -> None:
        object.__setattr__(self, "points", PersistentList.of(points))
        object.__setattr__(self, "erases", erases)

    def with_point(self, point: PenPoint) -> "Stroke":
        """The same stroke extended to `point`; takes no longer for a long stroke."""
        return Stroke(self.points.appended(point), self.erases)


@dataclass(frozen=True, eq=False)
class Backdrop:
    """A picture under the strokes: `ink` [h, w] float32, 0 (paper) .. 1 (full ink), read-only.

    `label` is the digit that it is known to show, None where that is not known. `steps`, of an
    imported picture, say how its ink was found; None of other ones. `is_framed`: [28, 28] of a data
    set, of which the preprocessing would make another picture, such as one that fills the frame:
    read as it is, neither cropped nor centred. Two backdrops that are equal in all of this are
    equal. Raises ValueError for another number of axes, an empty array, values outside 0..1, and a
    framed picture of another size, or with steps.
    """

    ink: NDArray[np.float32]
    label: int | None = None
    steps: PictureSteps | None = None
    is_framed: bool = False

    def __init__(
        self,
        ink: ArrayLike,
        label: int | None = None,
        steps: PictureSteps | None = None,
        *,
        is_framed: bool = False,
    ) -> None:
        array = np.array(ink, dtype=np.float32, order="C", copy=True)
        if array.ndim != 2 or array.size == 0:
            raise ValueError(f"a backdrop is a picture [h, w], not {array.shape}")
        if not (array.min() >= 0 and array.max() <= 1):  # not true of NaN either
            raise ValueError("the ink of a backdrop must lie in 0..1")
        if is_framed and array.shape != (FRAME_SIDE, FRAME_SIDE):
            raise ValueError(f"a framed backdrop is [28, 28], not {array.shape}")
        if is_framed and steps is not None:
            raise ValueError("a framed backdrop is no imported picture")
        array.flags.writeable = False
        object.__setattr__(self, "ink", array)
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "steps", steps)
        object.__setattr__(self, "is_framed", is_framed)

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return self.ink.nbytes + (0 if self.steps is None else self.steps.nbytes)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Backdrop) or self.label != other.label:
            return False
        if self.is_framed != other.is_framed or self.steps != other.steps:
            return False
        return np.array_equal(self.ink, other.ink)

    def __hash__(self) -> int:
        return hash((self.ink.shape, self.ink.tobytes()))


@dataclass(frozen=True, slots=True, init=False)
class Drawing:
    """Strokes in the order they were drawn, over a backdrop or over clean paper."""

    strokes: PersistentList[Stroke]
    backdrop: Backdrop | None

    def __init__(self, strokes: Iterable[Stroke] = (), backdrop: Backdrop | None = None) -> None:
        object.__setattr__(self, "strokes", PersistentList.of(strokes))
        object.__setattr__(self, "backdrop", backdrop)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was drawn at all (what is erased later does count as drawn)."""
        return not self.strokes and self.backdrop is None

    @property
    def label(self) -> int | None:
        """The digit that it is known to show; None where that is not known, or drawn over."""
        return None if self.backdrop is None or self.strokes else self.backdrop.label

    @property
    def picture_steps(self) -> PictureSteps | None:
        """How the ink of an imported picture was found; None if the drawing is on none."""
        return None if self.backdrop is None else self.backdrop.steps

    @property
    def is_framed(self) -> bool:
        """Whether the whole canvas is the frame of 28x28; see `Backdrop`."""
        return self.backdrop is not None and self.backdrop.is_framed

    @property
    def digits(self) -> int:
        """How many digits there are; only of an imported picture is it known not to be one."""
        steps = None if self.strokes else self.picture_steps
        return 1 if steps is None else len(steps.digits)

    def with_stroke(self, stroke: Stroke) -> "Drawing":
        """The same drawing with `stroke` on top; takes no longer over many strokes."""
        return replace(self, strokes=self.strokes.appended(stroke))


@dataclass(frozen=True, slots=True)
class TwoDrawings:
    """The drawing on the canvas, A, and the one that is kept beside it, B, if there is one."""

    drawing: Drawing = field(default_factory=Drawing)
    kept: Drawing | None = None

    @property
    def swapped(self) -> "TwoDrawings":
        """B on the canvas and A kept; an empty canvas is not kept. Without B, the same."""
        if self.kept is None:
            return self
        return TwoDrawings(self.kept, None if self.drawing.is_empty else self.drawing)


@dataclass
class DrawingHistory:
    """The drawings so far, with undo and redo.

    They keep about `most_bytes` of strokes and pictures at most: if there is more, the oldest
    drawings are forgotten, but never the one before the newest.
    """

    both: TwoDrawings = field(default_factory=TwoDrawings)
    most_bytes: int = MOST_HISTORY
    _past: deque[TwoDrawings] = field(default_factory=deque, repr=False)
    _future: list[TwoDrawings] = field(default_factory=list, repr=False)
    _added: deque[int] = field(default_factory=deque, repr=False)
    """Bytes that each step from one of these drawings to the next has added, undone ones too."""
    _kept: int = field(default=0, repr=False)
    """All of them together."""

    @property
    def drawing(self) -> Drawing:
        """The drawing on the canvas."""
        return self.both.drawing

    @property
    def kept(self) -> Drawing | None:
        """The drawing that is kept beside it."""
        return self.both.kept

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
        self.push_both(TwoDrawings(drawing, self.kept))

    def push_both(self, both: TwoDrawings) -> None:
        """The same for what is on the canvas and what is kept; B's bytes were counted as A's."""
        if both == self.both:
            return
        for _ in self._future:
            self._kept -= self._added.pop()
        self._future.clear()
        self._past.append(self.both)
        self._added.append(_bytes_added(self.drawing, both.drawing))
        self._kept += self._added[-1]
        self.both = both
        while self._kept > self.most_bytes and len(self._past) > 1:
            self._past.popleft()
            self._kept -= self._added.popleft()

    def undo(self) -> Drawing:
        """Steps back, if there is an earlier drawing; returns the drawing now current."""
        if self._past:
            self._future.append(self.both)
            self.both = self._past.pop()
        return self.drawing

    def redo(self) -> Drawing:
        """Steps forward, if something was undone; returns the drawing now current."""
        if self._future:
            self._past.append(self.both)
            self.both = self._future.pop()
        return self.drawing


def _bytes_added(before: Drawing, after: Drawing) -> int:
    """About how much memory `after` takes besides `before`, whose strokes it may extend."""
    kept = len(before.strokes)
    goes_on = after.strokes[:kept] == before.strokes
    added = after.strokes[kept if goes_on else 0 :]
    picture = None if after.backdrop is before.backdrop else after.backdrop
    bytes_of_picture = 0 if picture is None else picture.nbytes
    points = sum(len(stroke.points) for stroke in added)
    return _STEP_BYTES + _POINT_BYTES * points + bytes_of_picture


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
    # Halves, so that sum and difference of even the largest numbers are finite.
    left, right, top, bottom = (end / 2 for end in (min(xs), max(xs), min(ys), max(ys)))
    centre_x, centre_y = left + right, top + bottom
    half = max(right - left, bottom - top)
    factor = (0.5 - margin) / half if half >= float_info.min else 0.0

    def placed(point: Sequence[float]) -> PenPoint:
        x = 0.5 + (float(point[0]) - centre_x) * factor
        return PenPoint(x, 0.5 + (float(point[1]) - centre_y) * factor, width)

    return Drawing(tuple(Stroke(tuple(placed(point) for point in stroke)) for stroke in given))
