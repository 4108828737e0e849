"""The curves of a run, or of two, as a chart: names, styles, and what is exported. No Qt."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from lenet_gui.gui.training.curves import Floats, Line, Quantity, RunCurves
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
    Symbol,
    Tick,
)
from lenet_gui.pictures.chart.ticks import decade_places, even_places, log_ends

SIZE: Final = (1200, 520)
"""Of the picture that is exported, in units."""

TITLES: Final = {
    Quantity.LOSS: "Loss by epoch",
    Quantity.ACCURACY: "Accuracy by epoch, %",
    Quantity.ERROR: "Error by epoch, %",
}

LOOKS: Final = {
    # Thousands of points: thin, solid, no symbols. On the screen anything else is slow.
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

_FLOOR = Look(MUTED, 1, dash=2)
_MOST_TICKS = 16
_MOST_EPOCHS = 8
_LEAST_SPAN = 0.05


def look_of(line: Line, *, earlier: bool = False) -> Look:
    """How a line is drawn; that of an earlier run is thin and dimmed, its symbols hollow."""
    look = LOOKS[line]
    return replace(look, ink=_DIMMED[line], width=1, is_hollow=True) if earlier else look


def floor_text(run: RunCurves) -> str:
    """The floor of Eq. 9 in words; empty where there is none."""
    if run.floor is None:
        return ""
    exponent = "-j" if run.recipe.temperature == 1 else "(-j/T)"
    return f"floor of Eq. 9: log(1 + e^{exponent}) = {run.floor:.3g}"


def short_floor_text(run: RunCurves) -> str:
    """The same where there is no room for it."""
    return "" if run.floor is None else f"floor {run.floor:.3g}"


def run_chart(run: RunCurves, earlier: RunCurves | None, second: Quantity, *, log: bool) -> Chart:
    """Loss and `second` side by side; `log` makes the axes of loss and error logarithmic."""
    legend = [_legend(run, earlier=False)]
    if earlier is not None:
        legend.append((*_legend(earlier, earlier=True), Entry((f"dimmed: {earlier.name}",))))
    return Chart(
        f"Training of {run.name}: {TITLES[Quantity.LOSS].lower()}, {TITLES[second].lower()}",
        tuple(
            _panel(run, earlier, shown, log=log and shown is not Quantity.ACCURACY)
            for shown in (Quantity.LOSS, second)
        ),
        heading=run.name,
        legend=tuple(legend),
        is_beside=True,
    )


def run_rows(runs: Iterable[RunCurves]) -> Iterator[tuple[str | float, ...]]:
    """Every point of every curve: run, quantity, line, step, epoch, value (shares in per cent).

    Of a line of very many steps it has the extremes that the plot keeps (see `ThinnedLine`).
    """
    yield "run", "quantity", "line", "step", "epoch", "value"
    for run in runs:
        for quantity in Quantity:
            for line in Line:
                curve = run.curve(quantity, line)
                for step, x, y in zip(
                    curve.steps.tolist(), curve.x.tolist(), curve.y.tolist(), strict=True
                ):
                    yield run.name, quantity.value, line.value, f"{step:.0f}", f"{x:.6g}", repr(y)


def _legend(run: RunCurves, *, earlier: bool) -> tuple[Entry, ...]:
    return tuple(
        Entry((str(line),), look_of(line, earlier=earlier))
        for line in Line
        if len(run.curve(Quantity.LOSS, line).x)
    )


def _panel(run: RunCurves, earlier: RunCurves | None, quantity: Quantity, *, log: bool) -> Panel:
    runs = [(earlier, True), (run, False)] if earlier is not None else [(run, False)]
    curves = tuple(
        _curve(each, quantity, line, is_earlier=is_earlier, log=log)
        for each, is_earlier in runs
        for line in Line
    )
    floor = run.floor if quantity is Quantity.LOSS else None
    values = [value for curve in curves for value in curve.y.tolist() if math.isfinite(value)]
    values += [] if floor is None else [floor]
    last = max((float(curve.x[-1]) for curve in curves if len(curve.x)), default=1.0)
    epochs = even_places(0, last, _MOST_EPOCHS)
    return Panel(
        Axis(epochs[0], epochs[-1], tuple(Tick(each, f"{each:g}") for each in epochs)),
        _values(values, TITLES[quantity], log=log),
        curves,
        marks=() if floor is None else (Level(floor, _FLOOR, floor_text(run)),),
    )


def _curve(run: RunCurves, quantity: Quantity, line: Line, *, is_earlier: bool, log: bool) -> Curve:
    curve = run.curve(quantity, line)
    name = f"{quantity}, {line}" + (", earlier" if is_earlier else "")
    return Curve(name, curve.x, placed(curve.y, log=log), look_of(line, earlier=is_earlier))


def placed(values: Floats, *, log: bool) -> Floats:
    """The values that have a place: on a logarithmic axis those of 0 or less have none (NaN)."""
    return np.where(values > 0, values, np.nan) if log else values


def _values(values: list[float], title: str, *, log: bool) -> Axis:
    """An axis that holds the values, from one tick to another where it is linear."""
    if log:
        low, high = log_ends(values)
        low, high = low / 1.1, high * 1.1
        places = decade_places(low, high, _MOST_TICKS)
        ends = (low, high)
    else:
        low, high = min(values, default=0.0), max(values, default=1.0)
        places = even_places(low, max(high, low + _LEAST_SPAN), 8)
        ends = (places[0], places[-1])
    ticks = tuple(Tick(each, f"{each:.3g}") for each in places)
    return Axis(*ends, ticks, title, is_log=log, has_grid=True)
