"""The chart of the published test errors of Fig. 9, sorted, with ours among them."""

from dataclasses import dataclass
from typing import Final

from lenet_gui.pictures.chart.frame import heading_height
from lenet_gui.pictures.chart.model import (
    BLUE,
    GREY,
    ORANGE,
    TEXT,
    Axis,
    Bar,
    Chart,
    Look,
    Panel,
    Tick,
)
from lenet_gui.pictures.sheet import GRID
from lenet_gui.versus.published import FIG_9
from lenet_gui.versus.standing import Kept
from lenet_gui.versus.table import mean_text

WIDTH: Final = 760

_ROW = 2 * GRID + 2
_THICKNESS = 10
_ROOM_FOR_WORDS = 1.2
"""How far the axis extends beyond the longest bar, which is followed by its words."""


@dataclass(frozen=True)
class Entry:
    """A row of the chart: an error in percent and its text."""

    name: str
    error: float
    text: str
    is_ours: bool = False
    is_lenet5: bool = False  # of the paper


def entries(kept: Kept) -> list[Entry]:
    """The rows of Fig. 9 and a row for each of our recipes on MNIST, the largest error first."""
    published = [
        Entry(one.name, one.error, f"{one.error:.2f}".removesuffix("0"), is_lenet5=one.is_lenet5)
        for one in FIG_9
    ]
    ours = [
        Entry(f"ours: {one.name}", one.mean, mean_text(one), is_ours=True)
        for one in kept.standings
        if one.is_comparable
    ]
    return sorted((*published, *ours), key=lambda entry: -entry.error)


def methods_height(chart: Chart) -> int:
    """The height of the chart's page in units, whatever its width."""
    return heading_height(chart) + _ROW * len(chart.panels[0].series) + 2 * GRID


def methods_chart(kept: Kept) -> Chart:
    """A bar for each method."""
    rows = entries(kept)
    bars, ticks = [], []
    for place, row in enumerate(rows):
        ink = ORANGE if row.is_ours else BLUE if row.is_lenet5 else GREY
        words_ink = ORANGE if row.is_ours else TEXT
        look = Look(ink, _THICKNESS)
        bars.append(Bar(row.name, place, row.error, look, row.text, words_ink))
        ticks.append(Tick(place, row.name, words_ink))
    errors = Axis(0, _ROOM_FOR_WORDS * rows[0].error, has_line=False)
    methods = Axis(len(rows) - 0.5, -0.5, tuple(ticks))
    return Chart(
        "Published test errors on MNIST (Fig. 9), with ours among them",
        (Panel(errors, methods, tuple(bars)),),
        heading="Test errors on MNIST, %",
        subtitle="The published results of Fig. 9; the LeNet-5 of 1998 in blue, ours in orange.",
    )
