"""Where squashing has taken a unit to its end: its value then hardly says how much it is excited.

No torch.
"""

from lenet_gui.net.architecture import AMPLITUDE, Variant
from lenet_gui.net.layers import OUTPUT

NEAR_THE_END = 0.99
"""From this share of the largest value on a unit counts as saturated: f' is below 2 % of f'(0)."""


def is_squashed(variant: Variant, layer: str) -> bool:
    """Whether a layer squashes: all do but the output, and the Modern's average pooling."""
    return layer != OUTPUT and (variant is Variant.ORIGINAL or layer not in ("S2", "S4"))


def largest_value(variant: Variant) -> float:
    """The end of the squashing, which no value goes beyond: 1.7159 (Eq. 6), or 1."""
    return AMPLITUDE if variant is Variant.ORIGINAL else 1.0


def is_saturated(variant: Variant, layer: str, value: float) -> bool:
    """Whether a unit of a layer, of this value, is as good as at an end of its squashing."""
    end = NEAR_THE_END * largest_value(variant)
    return is_squashed(variant, layer) and abs(value) >= end
