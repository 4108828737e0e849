"""Where the values of a sweep lie on its page, and which figures stand at its axes."""

from dataclasses import dataclass
from math import ceil, floor, log10

from lenet_gui.explore.dials import Dial
from lenet_gui.explore.sweep import Sweep
from lenet_gui.pictures.sheet import GRID

LEAST_SIZE = (400, 210)
"""The smallest page that holds a sweep of two networks."""

_SIDE = 5 * GRID
_LEGEND_LINE = 14
STRIP = 13
"""The height of a network's strip of answers, and of the gap over it."""

_FACTORS = (1 / 3, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0)


@dataclass(frozen=True)
class SweepFrame:
    """The plot's edges, and the dial across; measures run up from the bottom."""

    dial: Dial
    left: int
    top: int
    right: int
    bottom: int
    ceilings: dict[str, float]  # the measure at the top of the plot, by its unit

    def x(self, place: float) -> float:
        """Where a place of the dial lies."""
        return self.left + place / (len(self.dial.values) - 1) * (self.right - self.left)

    def y(self, unit: str, measure: float) -> float:
        """Where a distance or a probability lies."""
        share = min(max(measure / self.ceilings[unit], 0.0), 1.0)
        return self.bottom - share * (self.bottom - self.top)

    def place_at(self, x: float) -> int:
        """The place of the dial nearest to an x, which may lie beside the plot."""
        last = len(self.dial.values) - 1
        return min(max(round((x - self.left) / (self.right - self.left) * last), 0), last)

    def strip_top(self, number: int) -> int:
        """Where the strip of network `number` begins."""
        return self.bottom + 4 + number * (STRIP + 2)

    def ticks(self, unit: str) -> list[float]:
        """The figures at the axis of a unit, from 0 to its top."""
        return steps(0.0, self.ceilings[unit], 4)


def sweep_frame(sweep: Sweep, size: tuple[int, int], heading: int = 0) -> SweepFrame:
    """The frame of a page of that width and height, with `heading` units left free at the top."""
    width, height = size
    networks = len(sweep.answers)
    ceilings = {}
    for number, each in enumerate(sweep.answers):
        if each.unit == "probability":
            ceilings[each.unit] = 1.0
        else:
            most = max(float(sweep.own(number).max()), float(sweep.rival(number).max()), 1.0)
            ceilings[each.unit] = max(ceilings.get(each.unit, 0.0), steps(0.0, most, 4)[-1])
    return SweepFrame(
        sweep.dial,
        _SIDE,
        heading + (networks + 2) * _LEGEND_LINE + GRID // 2,
        width - (_SIDE if sweep.has_two_units else 2 * GRID),
        height - networks * (STRIP + 2) - 4 * GRID,
        ceilings,
    )


def dial_ticks(dial: Dial) -> list[float]:
    """The values at the axis of a dial."""
    low, high = dial.values[0], dial.values[-1]
    if dial.are_factors:
        return [each for each in _FACTORS if low * 0.999 <= each <= high * 1.001]
    inside = steps(low * dial.factor, high * dial.factor, 6)
    return [each / dial.factor for each in inside if low <= each / dial.factor <= high * 1.000001]


def steps(low: float, high: float, most: int) -> list[float]:
    """Round figures, at most `most` steps of them, that begin and end at or beyond both ends."""
    rough = (high - low) / most
    power = 10.0 ** floor(log10(rough))
    step = next(each * power for each in (1, 2, 2.5, 3, 5, 10) if each * power >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(number * step, 9) + 0.0 for number in range(first, last + 1)]
