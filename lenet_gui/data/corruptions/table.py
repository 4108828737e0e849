"""The table of the 15 corruptions, and sets of digits corrupted by one of them.

Mu and Gilmer, "MNIST-C: A Robustness Benchmark for Computer Vision", 2019, arXiv:1906.02337.
Written from its description and its published severities, so figures are near those of the
published set and not the same: its random numbers are others. What the description leaves open is
marked as an assumption at each corruption.
"""

from dataclasses import dataclass, replace
from typing import Final
from zlib import crc32

import numpy as np

from lenet_gui.data.corruptions.blur import glass_blur, motion_blur
from lenet_gui.data.corruptions.covered import dotted_line, spatter, zigzag
from lenet_gui.data.corruptions.edges import canny_edges
from lenet_gui.data.corruptions.images import Corrupt
from lenet_gui.data.corruptions.light import brightness, fog, stripe
from lenet_gui.data.corruptions.moved import rotate, scale, shear, translate
from lenet_gui.data.corruptions.noise import impulse_noise, shot_noise
from lenet_gui.data.digits import Digits, UInt8Array

_BATCH = 250


@dataclass(frozen=True)
class Corruption:
    """One of the 15: `name` as MNIST-C's files have it; `corrupt` makes images of images."""

    name: str
    corrupt: Corrupt

    @property
    def title(self) -> str:
        """For people: "shot noise"."""
        return self.name.replace("_", " ")


CORRUPTIONS: Final = tuple(
    Corruption(corrupt.__name__, corrupt)
    for corrupt in (
        shot_noise,
        impulse_noise,
        glass_blur,
        motion_blur,
        shear,
        scale,
        rotate,
        brightness,
        translate,
        stripe,
        fog,
        spatter,
        dotted_line,
        zigzag,
        canny_edges,
    )
)
"""All of them, in the order of the paper."""


def corrupted(digits: Digits, corruption: Corruption, seed: int = 0, first: int = 0) -> Digits:
    """The digits of a set, each corrupted; rounded to whole grey values.

    What becomes of a digit depends on its image, its place in the set, the corruption and the seed,
    and on nothing else: the first 100 of a set are the same alone.

    Args:
        digits: may be empty.
        corruption: one of `CORRUPTIONS`.
        seed: at least 0.
        first: the place of the first of them, if they are a part of a set.
    """
    stream = crc32(corruption.name.encode())
    images: UInt8Array = np.empty_like(digits.images)
    for start in range(0, len(digits), _BATCH):
        some = slice(start, start + _BATCH)
        inks = digits.images[some] / 255
        places = range(first + start, first + start + len(inks))
        draws = [np.random.default_rng((seed, stream, place)) for place in places]
        images[some] = np.rint(corruption.corrupt(inks, draws) * 255).astype(np.uint8)
    return replace(digits, images=images, name=f"{digits.name}, {corruption.title}")
