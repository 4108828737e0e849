"""The chart of a sweep: how two networks stand a disturbance, with the paper's claim."""

from typing import Final

import numpy as np

from lenet_gui.explore.dials import CLAIM_SOURCE, NO_CLAIM, Dial, turned
from lenet_gui.explore.sweep import Sweep
from lenet_gui.pictures.chart.model import (
    BLUE,
    MUTED,
    ORANGE,
    Axis,
    Band,
    Chart,
    Cursor,
    Curve,
    Entry,
    Fill,
    Ink,
    Look,
    Mark,
    Panel,
    Rule,
    Stretch,
    Strip,
    Tick,
)
from lenet_gui.pictures.chart.ticks import even_places
from lenet_gui.text.classes import short_name
from lenet_gui.text.figures import figure

SIZE: Final = (760, 480)

LEAST_SIZE: Final = (400, 210)
"""The smallest page that holds a sweep of two networks."""

INKS: Final = (BLUE, ORANGE)
"""Of networks A and B; B's lines are dashed as well."""

_CLAIMED = Ink("#e6efe9", "#22302a")
_DASH = (0.0, 5.0)
_THICK, _THIN = 2.25, 1.0
_FACTORS = (1 / 3, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0)


def sweep_chart(sweep: Sweep, here: int | None = None) -> Chart:
    """A sweep, on a page of at least `LEAST_SIZE` units.

    `here`: the place of the dial that is marked, for the window, which has its own heading; None
    for an exported chart, which says what is swept and how the other dials are set.
    """
    units = list(dict.fromkeys(each.unit for each in sweep.answers))
    dial = sweep.dial
    networks = range(len(sweep.answers))
    x = dial_axis(dial)
    panel = Panel(
        x,
        _measures(sweep, units[0]),
        tuple(curve for number in networks for curve in _curves(sweep, number, units)),
        _measures(sweep, units[1]) if sweep.has_two_units else None,
        (*_marks(sweep), *([] if here is None else [Cursor(dial.values[here])])),
        tuple(_strip(sweep, number, x) for number in networks),
        (NO_CLAIM if dial.claim is None else f"shaded: {CLAIM_SOURCE}, {dial.claim.text}",),
    )
    return Chart(
        f"{dial.title}: what is read over the whole range",
        (panel,),
        f"{dial.title} of the input after the preprocessing" if here is None else "",
        others_text(sweep) if here is None else "",
        _legend(sweep),
    )


def dial_axis(dial: Dial) -> Axis:
    """The values of a dial, evenly spaced like its places."""
    ticks = tuple(Tick(value, dial.tick_text(value)) for value in dial_ticks(dial))
    return Axis(dial.values[0], dial.values[-1], ticks, dial.title, is_log=dial.are_factors)


def dial_ticks(dial: Dial) -> list[float]:
    """The values at the axis of a dial."""
    low, high = dial.values[0], dial.values[-1]
    if dial.are_factors:
        return [each for each in _FACTORS if low * 0.999 <= each <= high * 1.001]
    inside = even_places(low * dial.factor, high * dial.factor, 6)
    return [each / dial.factor for each in inside if low <= each / dial.factor <= high * 1.000001]


def others_text(sweep: Sweep) -> str:
    """How the other dials are set, in words; neutral ones are left out."""
    told = turned(sweep.base, sweep.dial.name)
    return f"With {told}." if told else "All other dials neutral."


def _measures(sweep: Sweep, unit: str) -> Axis:
    """The axis of distances or probabilities, and the networks that it is for."""
    numbers = [number for number, each in enumerate(sweep.answers) if each.unit == unit]
    near = ", 0 is near" if unit == "distance" else ""
    title = f"{', '.join('AB'[number] for number in numbers)}: {unit}{near}"
    if unit == "probability":
        ticks = [Tick(each, f"{figure(100 * each, 0)} %") for each in even_places(0.0, 1.0, 4)]
    else:
        measures = [sweep.own(number) for number in numbers]
        measures += [sweep.rival(number) for number in numbers]
        most = max(1.0, *(float(each.max()) for each in measures))
        ticks = [Tick(each, f"{each:g}") for each in even_places(0.0, most, 4)]
    return Axis(0.0, ticks[-1].at, tuple(ticks), title, has_grid=True)


def _curves(sweep: Sweep, number: int, units: list[str]) -> list[Curve]:
    """The best other digit thin, the undisturbed answer thick."""
    reads_right = sweep.answers[number].unit != units[0]
    return [
        Curve(
            f"{'AB'[number]} {name}",
            np.array(sweep.dial.values),
            measures.astype(np.float64),
            Look(INKS[number], width, _DASH[number]),
            reads_right,
        )
        for name, measures, width in (
            ("best other digit", sweep.rival(number), _THIN),
            ("undisturbed answer", sweep.own(number), _THICK),
        )
    ]


def _marks(sweep: Sweep) -> list[Mark]:
    """The paper's claim, and where recognition fails."""
    dial, marks = sweep.dial, list[Mark]()
    if dial.claim is not None:
        marks.append(Band(dial.claim.low, dial.claim.high, _CLAIMED, Look(MUTED, 1.0, 2.0)))
    for number in range(len(sweep.answers)):
        look = Look(INKS[number], 1.0, _DASH[number] / 2)
        marks += [
            Rule(dial.values[place], look, beside="AB"[number], row=number)
            for place in sweep.breaks(number).first
        ]
    return marks


def _strip(sweep: Sweep, number: int, x: Axis) -> Strip:
    """What is read, from one end to the other.

    Filled where the undisturbed answer is given, framed where another is; "?" if rejected. If the
    undisturbed answer is rejected, the bottom of the frame is thick.
    """
    last = len(sweep.dial.values) - 1
    stretches = []
    for one in sweep.stretches(number):
        is_right = one.answer == sweep.undisturbed[number]
        fill = Fill.FRAME if not is_right else Fill.FOOT if one.rejected else Fill.FULL
        low, high = max(one.first - 0.5, 0), min(one.last + 0.5, last)
        name = short_name(sweep.answers[number].class_names[one.answer])
        words = f"{name}{'?' if one.rejected else ''}"
        stretches.append(Stretch(x.value_at(low / last), x.value_at(high / last), words, fill))
    return Strip("AB"[number], INKS[number], tuple(stretches))


def _legend(sweep: Sweep) -> tuple[tuple[Entry, ...], ...]:
    """A sample of each network's lines, and where its recognition fails."""
    rows = []
    for number, each in enumerate(sweep.answers):
        letter = "AB"[number]
        full, short = (sweep.text(number, short=is_short) for is_short in (False, True))
        named = f"{letter}, {each.name}"
        told = f"{named}: {full}", f"{letter}: {full}", f"{named}: {short}", f"{letter}: {short}"
        rows.append((Entry(told, Look(INKS[number], _THICK, _DASH[number])),))
    pairs = zip(sweep.undisturbed, sweep.answers, strict=True)
    both = sorted((digit, each.class_names[digit]) for digit, each in pairs)
    digits = " and ".join(dict.fromkeys(name for _, name in both))
    told_lines = (
        f"Thick: {digits}, the undisturbed answer; thin: the best other digit; ?: rejected.",
        "Thick: the undisturbed answer; thin: the best other; ?: rejected.",
    )
    return (*rows, (Entry(told_lines, ink=MUTED),))
