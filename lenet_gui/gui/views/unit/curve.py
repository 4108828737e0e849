"""The squashing function as a small curve, with the point of one unit on it."""

from typing import Final

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.explore.explanation import Explanation
from lenet_gui.gui.widgets.chart_view import ChartView
from lenet_gui.net.architecture import Variant
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

REACH: Final = 4.0
"""The curve goes from minus this sum to this one; a sum beyond it is shown at the border."""

_SHAPE: Final[dict[Variant, tuple[float, float]]] = {
    Variant.ORIGINAL: (1.7159, 2 / 3),
    Variant.MODERN: (1.0, 1.0),
}
_ROOM_ABOVE = 1.15
_SIZE = QSize(160, 92)


def squashing_chart(found: Explanation) -> Chart:
    """The curve x = f(a) of the unit's network, and the unit's place on it."""
    amplitude, slope = _SHAPE[found.variant]
    sums = np.linspace(-REACH, REACH, 33)
    at, value = min(max(found.sum, -REACH), REACH), found.value
    ticks = Tick(-REACH, f"a = −{REACH:g}"), Tick(0, "0"), Tick(REACH, f"{REACH:g}")
    zero = Look(FAINT, 1)
    point = Look(ACCENT, 0, symbol=Symbol.CIRCLE, radius=4.5)
    panel = Panel(
        Axis(-REACH, REACH, ticks, has_line=False),
        Axis(
            -_ROOM_ABOVE * amplitude,
            _ROOM_ABOVE * amplitude,
            (Tick(amplitude, f"{amplitude:g}"),),
        ),
        (
            Curve("f(a)", sums, amplitude * np.tanh(slope * sums), Look(TEXT)),
            Curve(
                "to the axes",
                np.array([0.0, at, at]),
                np.array([value, value, 0.0]),
                Look(ACCENT, 1, dash=3),
            ),
            Curve("the unit", np.array([at]), np.array([value]), point),
        ),
        marks=(Rule(0, zero), Level(0, zero)),
    )
    return Chart("The squashing function and the unit's place on it", (panel,))


class SquashingCurve(ChartView):
    """The squashing function of a unit; hidden where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_SIZE, parent)
        self.setObjectName("squashing_curve")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_unit(self, found: Explanation | None) -> None:
        """Shows where a unit lies; nothing where it is not squashed."""
        is_squashed = found is not None and found.squashed
        self.setVisible(is_squashed)
        self.show_chart(squashing_chart(found) if found is not None and is_squashed else None)
