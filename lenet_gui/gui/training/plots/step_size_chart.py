"""The step sizes of a pass as a chart: a row of bars for each layer over one axis. No Qt."""

from collections.abc import Sequence
from typing import Final

from lenet_gui.gui.training.plots.step_size_text import pass_text
from lenet_gui.pictures.chart.model import (
    ACCENT,
    BLUE,
    TEXT,
    Axis,
    Band,
    Chart,
    Histogram,
    Ink,
    Look,
    Mark,
    Panel,
    Rule,
    Tick,
)
from lenet_gui.pictures.chart.ticks import decades
from lenet_gui.text.figures import two_digits
from lenet_gui.training.step_size_histogram import PAPER_FIRST_PASS, StepSizeHistogram

SIZE: Final = (900, 520)
"""Of the picture that is exported, in units."""

INKS: Final = {
    "C1": Ink("#0072b2", "#0072b2"),
    "S2": Ink("#56b4e9", "#56b4e9"),
    "C3": Ink("#009e73", "#009e73"),
    "S4": Ink("#e69f00", "#e69f00"),
    "C5": Ink("#d55e00", "#d55e00"),
    "F6": Ink("#cc79a7", "#cc79a7"),
}
"""Each row also has a name at its beginning: nothing depends on colour alone."""

_PAPER = Ink("#d9eaf3", "#243440")
_ROOM_ABOVE = 1.04
"""How much higher a row is than its fullest bin."""


def span_of(passes: Sequence[StepSizeHistogram]) -> tuple[float, float]:
    """The ends of the axis for all epochs, the paper's range and the ceilings."""
    low = min([PAPER_FIRST_PASS[0], *(float(one.edges[0]) for one in passes)])
    most = [PAPER_FIRST_PASS[1], *(max(float(one.edges[-1]), one.ceiling) for one in passes)]
    room = (max(most) / low) ** 0.04
    return low / room, max(most) * room


def step_size_chart(shown: StepSizeHistogram, span: tuple[float, float], name: str = "") -> Chart:
    """A pass; `span` are the ends of the axis. With the `name` of its run it is a page of its own.

    Each row is as high as its fullest bin.
    """
    rows = list(shown.counts)
    panels = tuple(
        Panel(
            Axis(*span, _ticks(span) if layer == rows[-1] else (), is_log=True),
            _counts(layer, counts),
            (Histogram(layer, shown.edges, counts, Look(INKS.get(layer, BLUE))),),
            marks=_marks(shown, is_first=layer == rows[0]),
        )
        for layer, counts in shown.counts.items()
    )
    title = f"Step sizes before epoch {shown.epoch}"
    if not name:
        return Chart(title, panels)
    heading = f"{name}: step sizes before epoch {shown.epoch}"
    return Chart(f"Step sizes of {name}", panels, heading=heading, foot=pass_text(shown))


def _counts(layer: str, counts: tuple[int, ...]) -> Axis:
    """The number of weights in a bin, with the layer's name and all its weights in the middle."""
    most = _ROOM_ABOVE * max(1, *counts)
    return Axis(0, most, (Tick(most / 2, f"{layer}  {sum(counts):,}", TEXT, layer),))


def _ticks(span: tuple[float, float]) -> tuple[Tick, ...]:
    """Powers of ten with their figures, 2 and 5 times of them without."""
    tens = tuple(Tick(each, two_digits(each)) for each in decades(*span, (1,)))
    return (*tens, *(Tick(each) for each in decades(*span, (2, 5))))


def _marks(shown: StepSizeHistogram, *, is_first: bool) -> tuple[Mark, ...]:
    """The paper's range as a band, and the ceiling; the uppermost row names both."""
    low, high = (two_digits(size) for size in PAPER_FIRST_PASS)
    ceiling = two_digits(shown.ceiling)
    paper = f"the paper's first pass: {low} to {high}", f"paper: {low} to {high}", "paper"
    over = f"ceiling eta/mu = {ceiling}", f"eta/mu = {ceiling}", "eta/mu"
    return (
        Band(
            *PAPER_FIRST_PASS,
            _PAPER,
            Look(ACCENT, 1),
            paper if is_first else (),
            ACCENT,
        ),
        Rule(shown.ceiling, Look(TEXT, 2, dash=6), over if is_first else ()),
    )
