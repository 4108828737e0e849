"""The ranges of the distortions: the paper's planar affine ones (III-B), and ours. No torch."""

from dataclasses import dataclass, fields
from typing import Final

from lenet_gui.errors import UserError

LARGEST: Final[dict[str, float]] = {
    "translation": 14.0,
    "scale": 1.0,
    "squeeze": 1.0,
    "shear": 1.0,
    "rotation": 180.0,
    "elastic": 4.0,
    "stroke": 1.0,
}
"""The largest range of each field: half an image, a factor of two, 45 degrees, half a turn, more
than a stroke's width, and a pixel on each side of a stroke."""


@dataclass(frozen=True, kw_only=True)
class Distortion:
    """How far a random distortion of a digit may go; 0 leaves that part out.

    The paper (III-B) lists horizontal and vertical translation, scaling, squeezing and horizontal
    shear, and gives no ranges. Assumption: all of the values here. Fields:

    - translation: horizontally and vertically, each uniform in +-translation, in pixels (0..14);
    - scale: the factor is log-uniform in 1/(1 + scale) .. 1 + scale (0..1);
    - squeeze: horizontal compression with vertical elongation by one factor, or the reverse; the
      factor is log-uniform in 1/(1 + squeeze) .. 1 + squeeze (0..1);
    - shear: horizontal, pixels to the right for each pixel upwards, uniform in +-shear (0..1);
    - rotation: uniform in +-rotation, in degrees (0..180). Not among the paper's;
    - elastic: a smooth warp that moves each point by so much, horizontally and vertically, in
      pixels, as a standard deviation (0..4). Not among the paper's;
    - stroke: how much strokes grow on each side, uniform in +-stroke, in pixels (0..1). Not among
      the paper's.

    Raises UserError that names each field whose value is not a number, not finite, negative or
    larger than `LARGEST`.
    """

    translation: float = 1.5
    scale: float = 0.12
    squeeze: float = 0.12
    shear: float = 0.25
    rotation: float = 0.0
    elastic: float = 0.0
    stroke: float = 0.0

    def __post_init__(self) -> None:
        problems = [
            problem
            for field in fields(self)
            if (problem := _problem(field.name, getattr(self, field.name)))
        ]
        if problems:
            raise UserError(f"The {'; the '.join(problems)}.")

    @property
    def is_affine(self) -> bool:
        """Whether it is only a planar affine map."""
        return not self.elastic and not self.stroke

    @property
    def leaves_all_alone(self) -> bool:
        """Whether every range is 0, so that images come back as they are."""
        return not any(getattr(self, field.name) for field in fields(self))


def _problem(name: str, value: object) -> str | None:
    """What is wrong with a value, or an empty string if it is a number in 0..LARGEST[name]."""
    largest = LARGEST[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"distortion's {name} must be a number from 0 to {largest:g}, not {value!r:.60}"
    if not 0 <= value <= largest:  # not true of NaN either
        return f"distortion's {name} must lie between 0 and {largest:g}, not {value!r:.60}"
    return None


NONE: Final[Distortion | None] = None
"""No distortion: the 60,000 digits as they are."""

PLANAR_AFFINE: Final = Distortion()
"""The paper's distortions, with ranges that suit digits in 28x28. Assumption: the ranges."""
