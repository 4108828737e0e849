"""What may be done to a digit after its size was normalised: moved, turned, bent, inked, inverted.

The paper (III-E) shows LeNet-5 under such disturbances. The preparation puts every digit into the
middle of the network's input at one size, so a digit that is drawn elsewhere or smaller is the same
input; these maps act on the input itself, in its pixels, about its centre (16, 16).
"""

from dataclasses import dataclass, fields
from math import cos, isfinite, radians, sin

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.ink import INPUT_SIDE

Floats = NDArray[np.float32]
Matrix = NDArray[np.float64]

PIXELS = INPUT_SIDE * INPUT_SIDE


@dataclass(frozen=True, kw_only=True)
class Disturbance:
    """One way to disturb an input; the values here leave it as it is.

    - right, down: how far it moves, in pixels of the input;
    - scale: the factor of its size, above 0; the strokes grow with it;
    - rotation: in degrees, clockwise;
    - squeeze: it becomes so many times as tall and is divided by it across, above 0;
    - shear: pixels to the right for each pixel upwards;
    - width: what strokes gain across, in pixels of the input; negative thins them;
    - noise: the share of the input's pixels that are inverted, 0..1;
    - seed: which pixels those are, not negative.

    Strokes stay as round as the pen: squeezing and shearing move their middle line.

    Raises ValueError when a value is not finite or out of its range.
    """

    right: float = 0.0
    down: float = 0.0
    scale: float = 1.0
    rotation: float = 0.0
    squeeze: float = 1.0
    shear: float = 0.0
    width: float = 0.0
    noise: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        if not all(isfinite(getattr(self, field.name)) for field in fields(self)):
            raise ValueError(f"a disturbance must be finite: {self}")
        if self.scale <= 0 or self.squeeze <= 0:
            raise ValueError(f"scale and squeeze must lie above 0: {self}")
        if not 0 <= self.noise <= 1 or self.seed < 0:
            raise ValueError(f"noise must lie in 0..1, the seed not below 0: {self}")

    @property
    def matrix(self) -> Matrix:
        """[2, 3]: ink at the offset (x, y) from the input's centre goes to M (x, y) + t.

        M = rotation . shear . squeeze . scale: scaled first, turned last, as the distortions of
        a training are (`data.distort`).
        """
        across, tall = self.scale / self.squeeze, self.scale * self.squeeze
        c, s, lean = cos(radians(self.rotation)), sin(radians(self.rotation)), -self.shear
        return np.array(
            (
                (c * across, (c * lean - s) * tall, self.right),
                (s * across, (s * lean + c) * tall, self.down),
            )
        )

    @property
    def leaves_ink(self) -> bool:
        """Whether the ink stays as it is, but for inverted pixels."""
        added = (self.right, self.down, self.rotation, self.shear, self.width)
        return not any(added) and self.scale == self.squeeze == 1

    @property
    def is_neutral(self) -> bool:
        """Whether the input stays as it is."""
        return self.leaves_ink and not self.noise


def inverted(ink: Floats, share: float, seed: int) -> Floats:
    """`ink` [32, 32], 0..1, with a share of its pixels inverted: v becomes 1 - v.

    Exactly round(share * 1024) pixels, always the same ones for a seed; a larger share inverts
    those of a smaller one and more.
    """
    count = round(share * PIXELS)
    if not count:
        return ink
    chosen = np.random.default_rng(seed).permutation(PIXELS)[:count]
    result = ink.copy().reshape(PIXELS)
    result[chosen] = 1 - result[chosen]
    return result.reshape(ink.shape)
