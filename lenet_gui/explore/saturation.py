"""Where squashing has taken a unit to its end: its value then hardly says how much it is excited.

No torch.
"""

from lenet_gui.net.network_kind import NetworkKind

NEAR_THE_END = 0.99
"""How far from the middle of its range to an end a saturated unit is: f' is below 2 % of f'(0)."""


def is_saturated(kind: NetworkKind, layer: str, value: float) -> bool:
    """Whether a unit of a layer, of this value, is as good as at an end of its squashing.

    ReLU has one end, 0, where its slope is 0, too: the unit is inactive.
    """
    if not kind.squashes(layer):
        return False
    if kind.rectifies:
        return value <= 0
    low, high = kind.squashed_range
    middle = (low + high) / 2
    return abs(value - middle) >= NEAR_THE_END * (high - middle)
