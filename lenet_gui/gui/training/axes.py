"""Axes whose figures are read as they stand, also on a logarithmic scale."""

import math

from lenet_gui.gui.core.graphs import pyqtgraph as pg

Ticks = list[tuple[float, list[float]]]

_PIXELS_A_TICK = 22
_STEPS = ((1,), (1, 2, 5), tuple(range(1, 10)))  # within a decade


class PlainAxis(pg.AxisItem):
    """On a logarithmic scale its ticks lie at 1, 10, 100, and at 2 and 5 where there is room."""

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Ticks:
        """Places of the ticks, in logarithms where the scale is logarithmic."""
        if not self.logMode:
            return super().tickValues(minVal, maxVal, size)
        wanted = max(2.0, size / _PIXELS_A_TICK)
        found: list[float] = []
        for steps in _STEPS:
            more = _ticks(minVal, maxVal, steps)
            if len(more) > wanted:
                break
            found = more
        if len(found) < 2:  # a small part of one decade
            return super().tickValues(minVal, maxVal, size)
        return [(1.0, found)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """What stands at the ticks."""
        if not self.logMode:
            return super().tickStrings(values, scale, spacing)
        return [f"{10**value:.3g}" for value in values]


def _ticks(least: float, most: float, steps: tuple[int, ...]) -> list[float]:
    decades = range(math.floor(least), math.ceil(most) + 1)
    ticks = [decade + math.log10(step) for decade in decades for step in steps]
    return [tick for tick in ticks if least <= tick <= most]
