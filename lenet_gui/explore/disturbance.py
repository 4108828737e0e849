"""Disturbing a digit after its size was normalised: moved, turned, bent, inked, inverted.

The paper (III-E) shows LeNet-5 under such disturbances. The preprocessing puts every digit into the
middle of the network's input at one size, so a digit that is drawn elsewhere or smaller is the same
input; these maps act on the input itself, in its pixels, about its centre (16, 16).
"""

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.ink import INPUT_SIDE

Floats = NDArray[np.float32]
Matrix = NDArray[np.float64]

PIXELS = INPUT_SIDE * INPUT_SIDE
FARTHEST: Final = 2.0 * INPUT_SIDE
"""No ink moves farther, in pixels of the input, and no stroke gains or loses more: at twice the
input's side nothing is left of it."""
LARGEST_FACTOR: Final = 16.0
"""No factor is larger, or smaller than its inverse: then a pixel of the input is half of it."""
MOST_TURNED: Final = 360.0
STEEPEST: Final = 16.0
LARGEST_SEED: Final = 2**32 - 1

_LIMITS: Final = {
    "right": (-FARTHEST, FARTHEST),
    "down": (-FARTHEST, FARTHEST),
    "scale": (1 / LARGEST_FACTOR, LARGEST_FACTOR),
    "rotation": (-MOST_TURNED, MOST_TURNED),
    "squeeze": (1 / LARGEST_FACTOR, LARGEST_FACTOR),
    "shear": (-STEEPEST, STEEPEST),
    "width": (-FARTHEST, FARTHEST),
    "noise": (0.0, 1.0),
    "seed": (0, LARGEST_SEED),
}


@dataclass(frozen=True, kw_only=True)
class Disturbance:
    """One way to disturb an input; the values here leave it as it is.

    - right, down: how far it moves, in pixels of the input (-64..64);
    - scale: the factor of its size (1/16..16); the strokes grow with it;
    - rotation: in degrees, clockwise (-360..360);
    - squeeze: how many times as tall it becomes; its width is divided by that (1/16..16);
    - shear: pixels to the right for each pixel upwards (-16..16);
    - width: how much wider strokes become, in pixels of the input (-64..64); negative thins them;
    - noise: the share of the input's pixels that are inverted (0..1);
    - seed: which pixels those are, a whole number (0..2^32 - 1).

    Strokes stay as round as the pen: squeezing and shearing move their middle line.

    Raises ValueError that names a value that is out of range, or not a number.
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
        for name, (least, largest) in _LIMITS.items():
            value = getattr(self, name)
            if not least <= value <= largest:  # not true for NaN either
                raise ValueError(f"{name} must lie in {least:g}..{largest:g}, not {value!r:.40}")

    @property
    def matrix(self) -> Matrix:
        """[2, 3]: ink at the offset (x, y) from the input's centre goes to M (x, y) + t.

        M = rotation . shear . squeeze . scale: scaled first, turned last, as the distortions of
        a training run are (`data.distort`).
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
        """Whether the ink stays as it is, except for inverted pixels."""
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
