"""The curves of a run, or of two, as a chart: names, styles, and what is exported. No Qt."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from lenet_gui.gui.training.plots.curves import Curve as RunCurve
from lenet_gui.gui.training.plots.curves import Floats, Line, Quantity, RunCurves
from lenet_gui.net.architecture import Loss
from lenet_gui.pictures.chart.model import (
    BLUE,
    GREEN,
    MUTED,
    ORANGE,
    Axis,
    Chart,
    Curve,
    Entry,
    Ink,
    Level,
    Look,
    Panel,
    Ribbon,
    Rule,
    Series,
    Symbol,
    Tick,
)
from lenet_gui.pictures.chart.ticks import decade_places, even_places, log_ends
from lenet_gui.text.figures import told_apart

SIZE: Final = (1200, 520)
"""Of the picture that is exported, in units."""

TITLES: Final = {
    Quantity.LOSS: "Loss by epoch",
    Quantity.ACCURACY: "Accuracy by epoch, %",
    Quantity.ERROR: "Error by epoch, %",
}

LOOKS: Final = {
    # Thousands of points: thin, solid, no symbols. On the screen, anything else is slow.
    Line.STEP: Look(Ink("#6097bd", "#6ba3c6"), 1),
    Line.TRAIN: Look(BLUE, 2, symbol=Symbol.CIRCLE),
    Line.TEST: Look(ORANGE, 2, dash=8, symbol=Symbol.SQUARE),
    Line.VALIDATION: Look(GREEN, 2, dash=3, symbol=Symbol.TRIANGLE),
}

_DIMMED: Final = {
    Line.STEP: Ink("#b4cfe0", "#4d6d85"),
    Line.TRAIN: Ink("#85bbda", "#4c7c9b"),
    Line.TEST: Ink("#eebf99", "#7d601f"),
    Line.VALIDATION: Ink("#99d8c7", "#2e7162"),
}

BAND: Final = Ink("#cfe0ec", "#2f4d66")
"""Behind the mean of steps that are drawn together."""

_WITHIN_BAND = 2.0
_FLOOR = Look(MUTED, 1, dash=2)
_CHANGE = Look(MUTED, 1, dash=4)
CHANGED: Final = "changed or resumed"
"""What the legend says of the upright lines."""
_MOST_TICKS = 16
_MOST_EPOCHS = 8
_LEAST_SPAN = 0.05
_EXPORTED_COLUMNS = SIZE[0] / 2
"""Of the steps of a run, at most: a plot is half a picture wide."""

NOTHING_YET: Final = "Nothing has been measured yet."

_AS_GOOD_AS_0 = 1e-12
_BELOW = 3.0
"""On a logarithmic axis a band reaches down to so small a part of the lowest mean."""


def look_of(line: Line, *, earlier: bool = False, has_band: bool = False) -> Look:
    """How a line is drawn: within a band thicker, else it would not be seen there.

    That of an earlier run is thin and dimmed, its symbols hollow.
    """
    look = replace(LOOKS[line], width=_WITHIN_BAND) if has_band else LOOKS[line]
    return replace(look, ink=_DIMMED[line], width=1, is_hollow=True) if earlier else look


def band_of(line: Line, *, earlier: bool = False) -> Ink | None:
    """The colour behind a line; only the run in front has a band: two could not be told apart."""
    return BAND if line is Line.STEP and not earlier else None


def floor_text(run: RunCurves) -> str:
    """The floor of Eq. 9 in words; empty if there is none."""
    return "" if run.floor is None else f"lowest possible loss: {run.floor:.3g}"


def short_floor_text(run: RunCurves) -> str:
    """The same if there is no room for it."""
    return "" if run.floor is None else f"lowest {run.floor:.3g}"


def floor_explanation(run: RunCurves) -> str:
    """Why the loss cannot be lower; empty if there is no floor."""
    if run.floor is None:
        return ""
    j, temperature = run.recipe.j, run.recipe.temperature
    exponent, given = "−j", f"j = {j:g}"
    if temperature != 1:
        exponent, given = "(−j/T)", f"{given}, temperature T = {temperature:g}"
    formula = f"log(1 + e^{exponent}) = {run.floor:.3g}"
    return f"Even perfect answers have this loss (Eq. 9):\n{formula}\n{given}"


def run_chart(run: RunCurves, earlier: RunCurves | None, second: Quantity, *, log: bool) -> Chart:
    """Loss and `second` side by side; `log` makes the axes of loss and error logarithmic."""
    last = max(_last_epoch(each, Quantity.LOSS) for each in (run, earlier) if each is not None)
    legend = [_legend(run, last, earlier=False)]
    if run.marks:
        legend[0] += (Entry((CHANGED,), _CHANGE),)
    if earlier is not None:
        legend.append((*_legend(earlier, last, earlier=True), Entry((dimmed_text(earlier),))))
    return Chart(
        f"Training of {run.name}: {TITLES[Quantity.LOSS].lower()}, {TITLES[second].lower()}",
        tuple(
            _panel(run, earlier, shown, log=log and shown is not Quantity.ACCURACY)
            for shown in (Quantity.LOSS, second)
        ),
        heading=run.name,
        legend=tuple(legend),
        foot="" if earlier is None else incomparable(run, earlier),
        is_beside=True,
    )


def incomparable(run: RunCurves, other: RunCurves) -> str:
    """That the losses of two runs cannot be compared, and why; empty where they can."""
    one, another = run.recipe, other.recipe
    apart: list[str] = []
    if one.loss != another.loss:
        apart.append("what their loss is")
    elif one.loss is Loss.MAP:
        apart += ["j"] if one.j != another.j else []
        apart += ["temperature"] if one.temperature != another.temperature else []
    if one.teachers_share != another.teachers_share:
        apart.append("the share of the teachers")
    if not apart:
        return ""
    *first, last = apart
    found = f"{', '.join(first)} and {last}" if first else last
    return f"The losses of the two runs cannot be compared: they differ in {found}."


def dimmed_text(earlier: RunCurves) -> str:
    """What the legend says of the run that is laid behind."""
    return f"dimmed: {earlier.name}"


def without_date(name: str) -> str:
    """A run's name where its date would take all the room: the number at its end tells it apart."""
    return name.partition(" ")[2] or name


def _legend(run: RunCurves, last: float, *, earlier: bool) -> tuple[Entry, ...]:
    """What is drawn of a run in a plot up to the epoch `last`."""
    entries = []
    for line in Line:
        curve = run.curve(Quantity.LOSS, line, last / _EXPORTED_COLUMNS)
        if len(curve.x):
            band = band_of(line, earlier=earlier) if curve.has_band else None
            look = look_of(line, earlier=earlier, has_band=band is not None)
            name = str(line) if band is None else f"{line}: mean, and a band with 80 % of them"
            entries.append(Entry((name, str(line)), look, band=band))
    return tuple(entries)


def _panel(run: RunCurves, earlier: RunCurves | None, quantity: Quantity, *, log: bool) -> Panel:
    runs = [(earlier, True), (run, False)] if earlier is not None else [(run, False)]
    last = max((_last_epoch(each, quantity) for each, _ in runs), default=0.0)
    drawn = []
    for each, is_earlier in runs:
        for line in Line:
            curve = each.curve(quantity, line, last / _EXPORTED_COLUMNS)
            drawn.append((curve.without_band() if is_earlier else curve, is_earlier))
    floor = run.floor if quantity is Quantity.LOSS else None
    series: list[Series] = []
    for curve, is_earlier in drawn:
        series += _series(curve, is_earlier=is_earlier, log=log)
    span = span_of([curve for curve, _ in drawn], floor, log=log)
    if span is None or not last:
        return Panel(Axis(0, 1), Axis(0, 1, title=TITLES[quantity]), remark=(NOTHING_YET,))
    floors = () if floor is None else (Level(floor, _FLOOR, floor_text(run)),)
    epochs = even_places(0, last, _MOST_EPOCHS)
    return Panel(
        Axis(epochs[0], epochs[-1], _ticks(epochs)),
        _values(*span, TITLES[quantity], log=log),
        tuple(series),
        marks=(*_changes(run), *floors),
    )


def _changes(run: RunCurves) -> Iterator[Rule]:
    """Where something was changed while the run ran."""
    for mark in run.marks:
        yield Rule(mark.at, _CHANGE, flag=(mark.words, mark.brief))


def _last_epoch(run: RunCurves, quantity: Quantity) -> float:
    ends = [curve.x[-1] for line in Line if len((curve := run.curve(quantity, line)).x)]
    return float(max(ends, default=0.0))


def _series(curve: RunCurve, *, is_earlier: bool, log: bool) -> Iterator[Series]:
    name = f"{curve.quantity}, {curve.line}" + (", earlier" if is_earlier else "")
    if curve.has_band:
        low, high = placed_band(curve, log=log)
        yield Ribbon(f"{name}, band", curve.x, low, high, BAND)
    look = look_of(curve.line, earlier=is_earlier, has_band=curve.has_band)
    yield Curve(name, curve.x, placed(curve.y, log=log), look)


def span_of(
    curves: Iterable[RunCurve], floor: float | None, *, log: bool
) -> tuple[float, float] | None:
    """The lowest and the highest value that is to be seen, the floor's too; None without any.

    A band is seen up to its upper end; on a logarithmic axis its lower one may be as good as 0 and
    is seen as far as a third of what else there is.
    """
    values = [] if floor is None else [floor]
    lower: list[float] = []
    for curve in curves:
        values += _finite(placed(curve.y, log=log))
        values += _finite(placed(curve.high, log=log))
        lower += _finite(placed(curve.low, log=log))
    if not values:
        return None
    least = min(values)
    lowest = min(lower, default=least)
    return min(least, max(lowest, least / _BELOW) if log else lowest), max(values)


def _finite(values: Floats) -> list[float]:
    there: list[float] = values[np.isfinite(values)].tolist()
    return there


def placed_band(curve: RunCurve, *, log: bool) -> tuple[Floats, Floats]:
    """The ends of a band; on a logarithmic axis a lower end of 0 or less lies far below."""
    if not log:
        return curve.low, curve.high
    high = placed(curve.high, log=True)
    return np.where(curve.low > 0, curve.low, high * _AS_GOOD_AS_0), high


def placed(values: Floats, *, log: bool) -> Floats:
    """The values with a place: on a logarithmic axis those of 0 or less have none (NaN)."""
    return np.where(values > 0, values, np.nan) if log else values


def _values(low: float, high: float, title: str, *, log: bool) -> Axis:
    """An axis that holds the values, from one tick to another where it is linear."""
    if log:
        low, high = log_ends((low, high))
        ends = (low / 1.1, high * 1.1)
        places = decade_places(*ends, _MOST_TICKS)
    else:
        places = even_places(low, max(high, low + _LEAST_SPAN), 8)
        ends = (places[0], places[-1])
    return Axis(*ends, _ticks(places), title, is_log=log, has_grid=True)


def _ticks(places: list[float]) -> tuple[Tick, ...]:
    return tuple(Tick(*each) for each in zip(places, told_apart(places), strict=True))
