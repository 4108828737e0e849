"""Round places for the ticks of an axis."""

import math
from collections.abc import Iterable
from sys import float_info

_STEPS = ((1,), (1, 2, 5), tuple(range(1, 10)))  # within a decade


def even_places(low: float, high: float, most: int) -> list[float]:
    """Round figures in even steps that begin and end at or beyond both ends.

    `most` steps are as long as from `low` to `high`, or longer, but for a thousandth.
    """
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in (1, 2, 2.5, 3, 5, 10) if each * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 9) + 0.0 for number in range(first, last + 1)]


def decade_places(low: float, high: float, most: float) -> list[float]:
    """Places of a logarithmic axis from `low` to `high`, both above 0: 1, 10, 100 and so on.

    Those at 2 and 5, then those at all figures, are added where that makes at most `most`.
    Fewer than two are found within a small part of one decade.
    """
    found: list[float] = []
    for steps in _STEPS:
        more = decades(low, high, steps)
        if len(more) > most:
            break
        found = more
    return found


def decades(low: float, high: float, steps: Iterable[int]) -> list[float]:
    """The multiples `steps` of all powers of ten, rising, from `low` to `high`."""
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
