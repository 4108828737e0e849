"""Round places for the ticks of an axis."""

import math
from collections.abc import Iterable
from sys import float_info

_STEPS = ((1, 2, 5), tuple(range(1, 10)))  # within a decade
_FEW = 3
"""With fewer ticks a logarithmic axis cannot be read."""


def even_places(low: float, high: float, most: int) -> list[float]:
    """Round figures in even steps that begin and end at or beyond both ends.

    `most` steps are as long as from `low` to `high`, or longer, up to a thousandth.
    """
    rough = (high - low) / most
    power = math.floor(math.log10(rough))
    lengths = (each * 10.0**power for each in (1, 2, 2.5, 3, 5, 10))
    step = next(each for each in lengths if each >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 1 - power) + 0.0 for number in range(first, last + 1)]


def decade_places(low: float, high: float, most: float) -> list[float]:
    """Places of a logarithmic axis from `low` to `high`, both above 0: at most `most`, at least 2.

    They are 1, 10, 100 and so on, every second or third of these where they are too many. Those at
    2 and 5, then those at all figures, are added where that makes at most `most`. Within a small
    part of a decade they are round figures in even steps.
    """
    found = _tens(low, high, max(1, int(most)))
    for steps in _STEPS:
        more = decades(low, high, steps)
        if len(more) > most:
            break
        found = more
    if len(found) < _FEW:
        even = [each for each in _even_within(low, high, most) if each > 0]
        found = even if len(even) > len(found) else found
    return found


def _tens(low: float, high: float, most: int) -> list[float]:
    """Powers of ten, as many as there is room for."""
    tens = decades(low, high, (1,))
    stride = math.ceil(len(tens) / most)
    return [ten for ten in tens if round(math.log10(ten)) % stride == 0] if tens else []


def _even_within(low: float, high: float, most: float) -> list[float]:
    """Round figures in even steps within both ends: about `most`, at least 2."""
    found: list[float] = []
    steps = 1
    while len(found) < 2 or steps <= most:
        inside = [each for each in even_places(low, high, steps) if low <= each <= high]
        if len(inside) > most and len(found) > 1:
            break
        found, steps = inside, steps + 1
    return found


def decades(low: float, high: float, steps: Iterable[int]) -> list[float]:
    """The multiples `steps` of all powers of ten, increasing, from `low` to `high`."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    places = (float(f"{step}e{power}") for power in range(first, last + 1) for step in steps)
    return [place for place in places if low * (1 - 1e-9) <= place <= high * (1 + 1e-9)]


def log_ends(values: Iterable[float], room: float = 1.05) -> tuple[float, float]:
    """Ends of a logarithmic axis for values; those of 0 or less are left out.

    So are those too near to 0 for full precision (subnormal floats). The ends are at least a factor
    of `room` apart from each other.
    """
    above = [value for value in values if value >= float_info.min] or [0.01]
    low, high = min(above), max(above)
    return (low, high) if high > room * low else (low / room, high * room)
