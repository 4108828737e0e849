"""Axes with plain figures, also on a logarithmic scale."""

import math

from lenet_gui.gui.core.graphs import pyqtgraph as pg
from lenet_gui.pictures.chart.ticks import decade_places
from lenet_gui.text.figures import told_apart

Ticks = list[tuple[float, list[float]]]

_PIXELS_A_TICK = 22
_MOST_DECADES = 300.0
"""The range in which a place can be written as a number."""


class PlainAxis(pg.AxisItem):
    """On a logarithmic scale its ticks are at 1, 10, 100, and at 2 and 5 if there is room.

    Within a small part of a decade they are closer. A plot in which nothing is has no ticks.
    """

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self._is_bare = False

    @property
    def ticks(self) -> list[float]:
        """Where the ticks are now; in logarithms where the scale is logarithmic."""
        low, high = self.range
        room = self.height() if self.orientation in ("left", "right") else self.width()
        return [place for _, places in self.tickValues(low, high, room) for place in places]

    def set_bare(self, is_bare: bool) -> None:
        """Whether the plot is empty, so that no figure would mean anything."""
        if is_bare != self._is_bare:
            self._is_bare = is_bare
            self.picture = None
            self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Ticks:
        """Places of the ticks, in logarithms if the scale is logarithmic."""
        if self._is_bare:
            return []
        if not self.logMode:
            return super().tickValues(minVal, maxVal, size)
        low, high = (10 ** min(max(at, -_MOST_DECADES), _MOST_DECADES) for at in (minVal, maxVal))
        wanted = max(2.0, size / _PIXELS_A_TICK)
        return [(1.0, [math.log10(place) for place in decade_places(low, high, wanted)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """The figures at the ticks."""
        if not self.logMode:
            return super().tickStrings(values, scale, spacing)
        return told_apart([10**value for value in values])
