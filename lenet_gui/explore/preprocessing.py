"""From the painted canvas to the network's input, with any of the steps left out. No torch."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from lenet_gui.data.drawing import Drawing
from lenet_gui.data.ink import (
    DIGIT_SIDE,
    FRAME_SIDE,
    INPUT_SIDE,
    Box,
    InkSteps,
    centre_of_mass,
    framed,
    ink_box,
    into_box,
    into_frame,
    with_margin,
)
from lenet_gui.data.paint import paint
from lenet_gui.data.resampling import fitted_into_square
from lenet_gui.explore.found_steps import FoundSteps, found_steps, with_ink_left
from lenet_gui.explore.reading import Floats
from lenet_gui.net.architecture import Variant
from lenet_gui.net.network_kind import ORIGINAL, NetworkKind
from lenet_gui.short_repr import ShortRepr


class Step(StrEnum):
    """A step, and what is done if it is left out; the first three are of imported pictures.

    - PICTURE: the picture as it came. It cannot be left out.
    - PAPER: the paper, its shadows and edges are removed. Else what is dark counts as ink, or
      what is light if the ink is.
    - DROPPED: printed lines, frames, specks and neighbours are dropped. Else they count as ink.
    - PAINTED: the pen's smooth edges are kept. Else every point of the canvas is paper or full ink.
    - BOX: the box of the ink is scaled to 20 pixels. Else the whole canvas is.
    - MASS: the centre of mass is moved to the middle. Else the middle of the box is.
    - FRAME: 20 pixels are put into a frame of 28. Else the digit is scaled to all 28.
    - MARGIN: 28 pixels get two of paper on each side. Else they are stretched to 32.
    - RANGE: paper and ink get the network's own values. Else those of another network.
    """

    PICTURE = "picture"
    PAPER = "paper"
    DROPPED = "dropped"
    PAINTED = "painted"
    BOX = "box"
    MASS = "centre of mass"
    FRAME = "28×28"
    MARGIN = "32×32"
    RANGE = "range"


NOTHING: frozenset[Step] = frozenset()
OF_PICTURES = (Step.PICTURE, Step.PAPER, Step.DROPPED)
"""The steps that only an imported picture has."""
OF_ALL = tuple(step for step in Step if step not in OF_PICTURES)
"""The steps of every drawing but a framed one."""
OF_FRAMED = (Step.PAINTED, Step.MARGIN, Step.RANGE)
"""The steps of a picture of a data set that is read as it is; see `Drawing.is_framed`."""


def steps_of(drawing: Drawing) -> tuple[Step, ...]:
    """The steps of a drawing; without a single digit in a picture only those of pictures."""
    if drawing.picture_steps is None:
        return OF_FRAMED if drawing.is_framed else OF_ALL
    return tuple(Step) if drawing.digits == 1 else OF_PICTURES


@dataclass(frozen=True, eq=False, repr=False)
class Preprocessing(ShortRepr):
    """The result of every step; pictures float32, 0 (paper) .. 1 (full ink), except `input`.

    - off: the steps that are left out;
    - painted [h, w]: the canvas;
    - box: the part of it that is used, in its points;
    - boxed [<=28, <=28]: that, scaled;
    - mass: x and y of the ink's centre in pixels of `boxed`;
    - framed [28, 28], and corner: the column and row in it where `boxed` lies;
    - padded [32, 32];
    - input [32, 32]: `padded` with `range`, the values of paper and of ink, and with `border` in
      the two pixels around, if that is not paper;
    - found: how the ink of an imported picture was found, or None;
    - steps: those that there are.
    """

    off: frozenset[Step]
    painted: Floats
    box: Box
    boxed: Floats
    mass: tuple[float, float]
    framed: Floats
    corner: tuple[int, int]
    padded: Floats
    input: Floats
    range: tuple[float, float]
    border: float | None
    found: FoundSteps | None = None
    steps: tuple[Step, ...] = OF_ALL

    @property
    def mass_in_frame(self) -> tuple[float, float]:
        """X and y of the ink's centre in pixels of `framed`."""
        return self.mass[0] + self.corner[0], self.mass[1] + self.corner[1]

    @property
    def is_in_the_middle(self) -> bool:
        """Whether the ink's centre is in the middle of `framed`, but for part of a pixel.

        It is not where its box reaches an edge of the frame before.
        """
        middle = FRAME_SIDE // 2
        return all(middle <= at + 1e-6 < middle + 1 for at in self.mass_in_frame)

    def picture(self, step: Step) -> Floats:
        """The picture after a step, [rows, columns]; the centre of mass is computed in the box.

        Of PICTURE it is 0 (black) .. 1 (white), of DROPPED what was dropped, see `FoundSteps`.

        Raises KeyError: it is a step of imported pictures, and this is none.
        """
        if self.found is not None and step in OF_PICTURES:
            return {
                Step.PICTURE: self.found.levels,
                Step.PAPER: self.found.all_ink,
                Step.DROPPED: self.found.dropped,
            }[step]
        return {
            Step.PAINTED: self.painted,
            Step.BOX: self.boxed,
            Step.MASS: self.boxed,
            Step.FRAME: self.framed,
            Step.MARGIN: self.padded,
            Step.RANGE: self.input,
        }[step]


def preprocess(
    steps: InkSteps,
    kind: NetworkKind,
    off: Iterable[Step] = NOTHING,
    drawing: Drawing | None = None,
) -> Preprocessing | None:
    """The same steps with some left out, up to the input of a network of `kind`.

    With no step left out, `input` is the network's input everywhere else, to the bit. None
    if there is no ink that would become full ink. The steps of an imported picture need the
    `drawing` that they are of.
    """
    left_out = frozenset(off)
    found, there = None, OF_FRAMED if steps.is_framed else OF_ALL
    painted, box, boxed = steps.painted, steps.box, steps.boxed
    if drawing is not None:
        there = steps_of(drawing)
        more = {"with_paper": Step.PAPER in left_out, "with_dropped": Step.DROPPED in left_out}
        found = found_steps(drawing, **more)
        if left_out & _FINDING:
            painted = paint(with_ink_left(drawing, **more))
    if left_out & (_BOXING | _FINDING):
        boxing = _boxed(painted, left_out, is_framed=steps.is_framed)
        if boxing is None:
            return None
        painted, box, boxed = boxing
    mass = centre_of_mass(boxed)
    rows, columns = boxed.shape
    frame, corner = framed(boxed, mass if Step.MASS not in left_out else (columns / 2, rows / 2))
    if Step.MARGIN in left_out:
        padded = fitted_into_square(frame, INPUT_SIDE)
    else:
        padded = with_margin(frame)
    scale = kind if Step.RANGE not in left_out else _other(kind)
    made = kind.with_border(scale.scaled(padded))
    border = kind.border_value if kind.border_value != kind.input_range[0] else None
    return Preprocessing(
        left_out,
        painted,
        box,
        boxed,
        mass,
        frame,
        corner,
        padded,
        made,
        scale.input_range,
        border,
        found,
        there,
    )


def without_digit(drawing: Drawing) -> Preprocessing | None:
    """The steps of a picture in which no single digit was found: no ink is left for the others.

    None of another drawing.
    """
    found = None if drawing.digits == 1 else found_steps(drawing)
    if found is None:
        return None
    nothing = np.zeros((INPUT_SIDE, INPUT_SIDE), np.float32)
    box = Box(0, 0, INPUT_SIDE, INPUT_SIDE)
    pictures = (nothing, box, nothing, (0.0, 0.0), nothing, (0, 0), nothing, nothing)
    return Preprocessing(NOTHING, *pictures, (0.0, 1.0), None, found, OF_PICTURES)


_FINDING = {Step.PAPER, Step.DROPPED}
"""Without one of these, a picture has other ink."""

_BOXING = {Step.PAINTED, Step.BOX, Step.FRAME}
"""Without one of these, the canvas is put into the box differently."""


def _boxed(
    painted: Floats, off: frozenset[Step], *, is_framed: bool
) -> tuple[Floats, Box, Floats] | None:
    """The canvas, the part that is used, and that scaled; None if no ink is left."""
    if Step.PAINTED in off:
        painted = (painted >= 0.5).astype(np.float32)
    inked = ink_box(painted)
    if inked is None:
        return None
    height, width = painted.shape
    whole = Box(0, 0, width, height)
    if is_framed:
        return painted, whole, into_frame(painted)
    box = inked if Step.BOX not in off else whole
    side = DIGIT_SIDE if Step.FRAME not in off else FRAME_SIDE
    return painted, box, into_box(painted[box.top : box.bottom, box.left : box.right], side)


def _other(kind: NetworkKind) -> NetworkKind:
    """The README's Modern; for a network with the inputs of that one the Original."""
    readme = NetworkKind(Variant.MODERN)
    return ORIGINAL if kind.input_range == readme.input_range else readme
