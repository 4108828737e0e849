"""The ink of a drawing in movable form: its strokes, in the pixels of the network's input."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lenet_gui.data.capsules import cover
from lenet_gui.data.drawing import Drawing
from lenet_gui.data.growth import grown
from lenet_gui.data.ink import INPUT_SIDE, InkSteps, box_strength
from lenet_gui.data.paint import RASTER_SIDE, paint
from lenet_gui.data.resampling import resampled
from lenet_gui.data.smooth import smooth_path
from lenet_gui.explore.disturbance import Disturbance, Floats, Matrix, inverted


@dataclass(frozen=True)
class _Line:
    """A stroke's smooth line: `vertices` [n, 3] of x, y and width in pixels of the raster."""

    vertices: NDArray[np.float64]
    erases: bool


class MovableInk:
    """Paints a drawing into the input any number of times, each time disturbed differently.

    Nothing is resampled twice: the strokes' lines are moved and painted again by the program's
    own painter, on a raster as fine as that of the canvas and aligned with it, and reduced to
    32x32 by the same means over area. Undisturbed, that is the program's own input to within 1/255
    of full ink: the preprocessing leaves out what is fainter than that at the edge of the ink.
    Thin lines are as strong as there, by the factor `strength` (1 or more).

    A picture under the strokes has none: it is treated as small squares of ink, read between their
    centres (bilinear) on the same fine raster, and grown or shrunk by a disc.
    """

    def __init__(self, drawing: Drawing, steps: InkSteps) -> None:
        """`steps`: the preprocessing of the drawing."""
        self._padded = steps.padded
        self._lines = tuple(
            _Line(smooth_path(stroke.points) * RASTER_SIDE, stroke.erases)
            for stroke in drawing.strokes
        )
        self._backdrop: Floats | None = None
        if drawing.backdrop is not None:
            self._backdrop = paint(Drawing((), drawing.backdrop))
        box = steps.box
        self.strength = 1.0
        if not steps.is_framed:
            inked = steps.painted[box.top : box.bottom, box.left : box.right]
            self.strength = box_strength(inked)
        longest = max(box.width, box.height)
        self._pixel = steps.side / longest  # a raster pixel's side in pixels of the input
        left, top, right, bottom = steps.on_sheet((0, 0, INPUT_SIDE, INPUT_SIDE))
        begin = np.array((left, top)) * RASTER_SIDE
        end = np.array((right, bottom)) * RASTER_SIDE
        self._centre = (begin + end) / 2
        # Whole pixels, so that the fine raster's coincide with the canvas's.
        self._corner = np.floor(begin + 1e-9)
        self._shape = tuple(int(n) for n in np.ceil(end - 1e-9) - self._corner)[::-1]
        self._offset = tuple(((self._corner - begin) * self._pixel)[::-1])
        self._is_cut = any(_leaves_sheet(line.vertices) for line in self._lines)

    @property
    def has_strokes(self) -> bool:
        """Whether there are lines to move, or only a picture."""
        return bool(self._lines)

    def disturbed(self, disturbance: Disturbance) -> Floats:
        """The input [32, 32], ink 0..1, float32; undisturbed the program's own, to the bit."""
        ink = self._padded if disturbance.leaves_ink else self.painted(disturbance)
        return inverted(ink, disturbance.noise, disturbance.seed)

    def painted(self, disturbance: Disturbance) -> Floats:
        """The same without inverted pixels, and always painted again."""
        matrix = disturbance.matrix
        growth = sqrt(abs(float(np.linalg.det(matrix[:, :2]))))
        raster = self._moved_backdrop(matrix, disturbance.width / growth)
        for line in self._lines:
            vertices = self._moved(line.vertices, matrix)
            vertices[:, 2] *= growth
            if line.erases:
                coverage = np.zeros_like(raster)
                cover(coverage, vertices)
                raster *= 1 - coverage
            else:
                gained = disturbance.width / self._pixel
                np.maximum(vertices[:, 2] + gained, 0, out=vertices[:, 2])
                cover(raster, vertices)
        if self._is_cut:
            raster *= self._sheet(matrix)
        shape = (INPUT_SIDE, INPUT_SIDE)
        ink = resampled(raster, shape, self._pixel, (self._offset[0], self._offset[1]))
        ink *= np.float32(self.strength)
        return np.clip(ink, 0, 1, out=ink)

    def _moved(self, vertices: NDArray[np.float64], matrix: Matrix) -> NDArray[np.float64]:
        """Vertices on the canvas's raster, moved, on the fine one."""
        moved = vertices.copy()
        # As an addition, so that an undisturbed vertex stays the same to the bit.
        away = (vertices[:, :2] - self._centre) @ (matrix[:, :2] - np.eye(2)).T
        moved[:, :2] += away + matrix[:, 2] / self._pixel - self._corner
        return moved

    def _inverse(self, matrix: Matrix) -> Matrix:
        """[2, 3]: where on the canvas's raster a place of the fine one comes from."""
        back = np.linalg.inv(matrix[:, :2])
        shift = self._corner - self._centre - matrix[:, 2] / self._pixel
        return np.column_stack((back, back @ shift + self._centre))

    def _moved_backdrop(self, matrix: Matrix, gained: float) -> Floats:
        height, width = self._shape
        if self._backdrop is None:
            return np.zeros((height, width), np.float32)
        ink = self._backdrop
        if gained:
            ink = grown(ink, gained / (2 * self._pixel))
        picture = Image.fromarray(ink).transform(
            (width, height),
            Image.Transform.AFFINE,
            tuple(self._inverse(matrix).ravel()),
            Image.Resampling.BILINEAR,
        )
        return np.clip(np.array(picture, np.float32), 0, 1)

    def _sheet(self, matrix: Matrix) -> NDArray[np.bool_]:
        """Which pixels of the fine raster are on the canvas: outside it the pen leaves nothing."""
        inverse = self._inverse(matrix)
        y, x = np.mgrid[: self._shape[0], : self._shape[1]] + 0.5
        inside = np.ones(self._shape, np.bool_)
        for across, down, start in inverse:
            place = across * x + down * y + start
            inside &= (place > 0) & (place < RASTER_SIDE)
        return inside


def _leaves_sheet(vertices: NDArray[np.float64]) -> bool:
    reach = vertices[:, 2:] / 2 + 0.5
    low, high = vertices[:, :2] - reach, vertices[:, :2] + reach
    return bool((low < 0).any() or (high > RASTER_SIDE).any())
