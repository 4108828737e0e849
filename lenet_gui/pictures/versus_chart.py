"""The chart of a recipe's errors over the passes, with the figures that Fig. 5 gives.

Only what the paper's text says about its curves is drawn: where the test error settles and
the training error near the end.
"""

from typing import Final

import numpy as np

from lenet_gui.pictures.chart.model import (
    BLUE,
    ORANGE,
    TEXT,
    Axis,
    Chart,
    Curve,
    Look,
    Panel,
    Symbol,
    Tick,
)
from lenet_gui.versus.curves import Curves, Points
from lenet_gui.versus.published import (
    FIG_5_PASSES,
    FIG_5_SETTLES,
    FIG_5_TEST,
    FIG_5_TRAINING,
    FIG_5_TRAINING_PASS,
)

SIZE: Final = (760, 480)

_TICKS = (
    *(0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0),
    *(10.0, 20.0, 30.0, 50.0, 70.0, 100.0),
)
"""Percent; an error of 0 has no place on a logarithmic axis and is drawn at the lowest."""

_ROOM_BELOW = 0.7
"""How far below the paper's training error the axis begins, so that its words have room."""

_MANY_PASSES = 24
_THIN, _THICK = 0.75, 2.25


def versus_chart(curves: Curves) -> Chart:
    """The curves; for several seeds, a thin line each, and their mean."""
    seeds = len(curves.test)
    lines = "thin lines: seeds; thick lines: their means" if seeds > 1 else "one seed"
    series: list[Curve] = []
    for name, ink, each, mean in (
        ("training", ORANGE, curves.training, curves.mean_training),
        ("test", BLUE, curves.test, curves.mean_test),
    ):
        if seeds > 1:
            series += [
                _curve(f"{name}, seed {number}", points, Look(ink, _THIN))
                for number, points in enumerate(each, 1)
            ]
        series.append(_curve(name, mean, Look(ink, _THICK), f"{name} {mean[-1][1]:.2f} %"))
    passes = max(curves.last_pass, FIG_5_PASSES)
    panel = Panel(_passes(passes), _errors(curves), (*series, *_facts_of_1998(passes)))
    return Chart(
        f"Errors of {curves.name} over the passes, on the figures of Fig. 5",
        (panel,),
        heading="Errors over the passes, %",
        subtitle=f"{curves.name}: {lines}. Training: on the fly.",
    )


def _curve(name: str, points: Points, look: Look, end: str = "") -> Curve:
    x, y = np.array(points, np.float64).T
    return Curve(name, x, y, look, end=end)


def _passes(passes: int) -> Axis:
    step = 1 if passes <= _MANY_PASSES else 5
    words = 5 if passes >= 10 else 1
    ticks = tuple(
        Tick(number, str(number) if number == 1 or number % words == 0 else "")
        for number in range(1, passes + 1)
        if number == 1 or number % step == 0
    )
    return Axis(1, passes, ticks, "pass")


def _errors(curves: Curves) -> Axis:
    """A logarithmic axis from one round figure to another."""
    errors = [error for line in (*curves.test, *curves.training) for _, error in line]
    least = max(_TICKS[0], min(*errors, _ROOM_BELOW * FIG_5_TRAINING))
    most = max(*errors, FIG_5_TEST)
    low = max(place for place, tick in enumerate(_TICKS) if tick <= least)
    high = min(place for place, tick in enumerate(_TICKS) if tick >= most)
    ticks = tuple(Tick(tick, f"{tick:g}") for tick in _TICKS[low : high + 1])
    return Axis(_TICKS[low], _TICKS[high], ticks, is_log=True, has_grid=True)


def _facts_of_1998(passes: int) -> tuple[Curve, ...]:
    """The level at which the test error settles, and the training error near the end."""
    first, last = FIG_5_SETTLES
    around = f"1998: test error settles at {FIG_5_TEST:.2f} % around pass {first} to {last}"
    late = f"1998: training error {FIG_5_TRAINING:.2f} % at pass {FIG_5_TRAINING_PASS}"
    level = np.full(2, FIG_5_TEST)
    return (
        Curve(
            "1998: test",
            np.array([first, passes], np.float64),
            level,
            Look(TEXT, 1.25, dash=5),
            words=around,
        ),
        Curve(
            "1998: test settles",
            np.array(FIG_5_SETTLES, np.float64),
            level,
            Look(TEXT, 0, symbol=Symbol.TICK, radius=5),
        ),
        Curve(
            "1998: training",
            np.array([FIG_5_TRAINING_PASS], np.float64),
            np.array([FIG_5_TRAINING]),
            Look(TEXT, 0, symbol=Symbol.SQUARE, radius=4),
            words=late,
        ),
    )
