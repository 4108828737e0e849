"""Axes whose figures are read as they stand, also on a logarithmic scale."""

import math

from lenet_gui.gui.core.graphs import pyqtgraph as pg
from lenet_gui.pictures.chart.ticks import decade_places

Ticks = list[tuple[float, list[float]]]

_PIXELS_A_TICK = 22
_MOST_DECADES = 300.0
"""So far from 1 a place can be written as a number."""


class PlainAxis(pg.AxisItem):
    """On a logarithmic scale its ticks lie at 1, 10, 100, and at 2 and 5 where there is room."""

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Ticks:
        """Places of the ticks, in logarithms where the scale is logarithmic."""
        if not self.logMode:
            return super().tickValues(minVal, maxVal, size)
        low, high = (10 ** min(max(at, -_MOST_DECADES), _MOST_DECADES) for at in (minVal, maxVal))
        wanted = max(2.0, size / _PIXELS_A_TICK)
        found = [math.log10(place) for place in decade_places(low, high, wanted)]
        if len(found) < 2:  # a small part of one decade
            return super().tickValues(minVal, maxVal, size)
        return [(1.0, found)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """What stands at the ticks."""
        if not self.logMode:
            return super().tickStrings(values, scale, spacing)
        return [f"{10**value:.3g}" for value in values]
