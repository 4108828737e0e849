"""The ranges of the paper's random planar affine distortions, without the arithmetic. No torch.

Section III-B lists horizontal and vertical translation, scaling, squeezing (horizontal compression
with vertical elongation, or the reverse) and horizontal shear.
"""

from dataclasses import asdict, dataclass, fields

from lenet_gui.errors import UserError

_LIMITS = {"translation": 14.0, "scale": 0.9, "squeeze": 0.9, "shear": 2.0}


@dataclass(frozen=True)
class AffineDistortion:
    """How far a distortion goes at most; each digit draws uniformly within the ranges.

    Assumption: the paper's text gives no ranges.

    Raises:
        UserError: a range is negative, not finite or absurdly large; the field is named.
    """

    translation: float = 2.0  # pixels, to either side, horizontally and vertically
    scale: float = 0.15  # factor of 1 - scale .. 1 + scale
    squeeze: float = 0.15  # width by a factor of 1 - squeeze .. 1 + squeeze, height by its inverse
    shear: float = 0.2  # horizontal pixels per vertical pixel, to either side

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            limit = _LIMITS[field.name]
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not (number and 0 <= value <= limit):
                raise UserError(
                    f"The distortion's {field.name} must be a number from 0 to {limit:g}, "
                    f"not {value!r}."
                )
            object.__setattr__(self, field.name, float(value))

    def as_dict(self) -> dict[str, float]:
        """The ranges by name, for JSON."""
        return asdict(self)
