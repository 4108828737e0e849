"""The squashing function as a small curve, with the point of one unit on it."""

from dataclasses import replace
from functools import lru_cache
from math import ceil
from typing import Final

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.explore.explanation import Explanation
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.views.unit.text import slope_text
from lenet_gui.gui.widgets.chart_view import ChartView
from lenet_gui.gui.widgets.sheet_view import paint_items
from lenet_gui.net.array_network import squash_of
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.pictures.chart.model import (
    ACCENT,
    FAINT,
    TEXT,
    Axis,
    Chart,
    Curve,
    Level,
    Look,
    Panel,
    Rule,
    Symbol,
    Tick,
)
from lenet_gui.pictures.chart.sheet import panel_items

_REACH: Final = 4
"""The curve goes at least from minus this sum to this one."""

_FARTHEST: Final = 1000
"""No further: a sum beyond it is at the border."""

_ROOM_BEYOND = 0.15
"""Above and below the curve, as a share of its largest height."""

_SIZE = QSize(160, 92)


def reach(*shown: Explanation | None) -> int:
    """How far the axis of sums goes, so that the sums of all these units are on it."""
    largest = max((abs(each.sum) for each in shown if each is not None), default=0.0)
    return min(max(_REACH, 2 * ceil(largest / 2)), _FARTHEST)


@lru_cache(maxsize=16)
def squashing_chart(kind: NetworkKind, reach: int = _REACH) -> Chart:
    """The curve x = f(a) of a network, for sums from -`reach` to `reach`."""
    sums = np.linspace(-reach, reach, 20 * min(reach, 20) + 1)
    heights = squash_of(kind).forward(sums.astype(np.float32)).astype(np.float64)
    curve = Curve("f(a)", sums, heights, Look(TEXT))
    low, top = _ends(kind, reach)
    zero = Look(FAINT, 1)
    ticks = Tick(-reach, f"a = −{reach}"), Tick(0, "0"), Tick(reach, f"{reach}")
    x = Axis(-reach, reach, ticks, has_line=False)
    y = replace(_heights(kind, reach), ticks=(Tick(top, f"{top:g}"),))
    axes = (
        (Rule(0, zero), Level(0, zero)) if low < 0 else (Rule(0, zero),)
    )  # else it hides the curve
    panel = Panel(x, y, (curve,), marks=axes)
    return Chart("The squashing function and the unit's place on it", (panel,))


def place_on_curve(found: Explanation, kept: Explanation | None = None) -> Panel:
    """The unit's place on the curve, on axes without words; its place on B is a square."""
    far = reach(found, kept)
    at, value = _place(found, far)
    to_axes = np.array([0.0, at, at]), np.array([value, value, 0.0])
    point = Look(ACCENT, 0, symbol=Symbol.CIRCLE, radius=4.5)
    return Panel(
        Axis(-far, far, has_line=False),
        _heights(found.kind, far),
        (
            Curve("to the axes", *to_axes, Look(ACCENT, 1, dash=3)),
            *(() if kept is None else (_place_of_kept(kept, far),)),
            Curve("the unit", np.array([at]), np.array([value]), point),
        ),
    )


def _place(found: Explanation, far: int) -> tuple[float, float]:
    """Its sum, no further than the curve goes, and its value."""
    return min(max(found.sum, -far), far), min(found.value, _ends(found.kind, far)[1])


def _place_of_kept(kept: Explanation, far: int) -> Curve:
    at, value = _place(kept, far)
    look = Look(TEXT, 0, symbol=Symbol.SQUARE, radius=4.5)
    return Curve("the unit on B", np.array([at]), np.array([value]), look)


def _ends(kind: NetworkKind, far: int) -> tuple[float, float]:
    """The lowest and the highest value of the curve: ReLU's goes as far as the sums."""
    low, high = kind.squashed_range
    return low, min(high, far)


def _heights(kind: NetworkKind, far: int) -> Axis:
    low, high = _ends(kind, far)
    beyond = _ROOM_BEYOND * high
    return Axis(low - beyond, high + beyond)


class SquashingCurve(ChartView):
    """The squashing function, and over it the place of a unit; hidden where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_SIZE, parent)
        self.setObjectName("squashing_curve")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._place: Panel | None = None

    def show_unit(
        self, found: Explanation, kept: Explanation | None = None, *, wanted: bool = True
    ) -> None:
        """Shows where a unit is, and where it is on B.

        Nothing where it is not squashed, or the curve is not `wanted`.
        """
        is_shown = wanted and found.squashed
        self.setVisible(is_shown)
        self._place = place_on_curve(found, kept) if is_shown else None
        if is_shown:
            slope = squash_of(found.kind).slope(np.array([found.value], np.float32))
            set_tip(self, slope_text(found, float(slope[0])))
        chart = squashing_chart(found.kind, reach(found, kept))
        if chart is not self.chart:
            self.show_chart(chart)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._place is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.unit, self.unit)
        frame = replace(self.frames[0], panel=self._place, over=())
        paint_items(painter, panel_items(frame, theme.theme_of(self)))
