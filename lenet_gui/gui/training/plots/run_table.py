"""The figures of the plots as a table and as arrays, with what they mean. No Qt."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from lenet_gui import __version__
from lenet_gui.gui.training.plots.curves import Curve, Floats, Line, Quantity, RunCurves
from lenet_gui.pictures.exported import Arrays, Table, nine_digits

Row = tuple[str, ...]

COLUMNS = "run", "quantity", "line", "step", "epoch", "value", "updates", "digits", "unit"

CHANGE = "change"
"""What stands instead of a quantity where something was changed."""

_TEXTS = "run", "quantity", "line", "unit"

_ABOUT = f"""\
Written by LeNet Laboratory {__version__}: the loss, accuracy and error of training runs.
step: the number of updates since the first epoch; epoch: the same in epochs.
value: a loss (without a unit), or an accuracy or error in %; the unit is in the last column.
Line updates: measured on the digits of the updates, before each of them. A row stands for as many \
updates and digits as it says, up to its step; its value is the mean over these digits.
Lines updates, low / high / lowest / highest: of rows that stand for several updates; between low \
and high lie the middle 80 % of them. The plots draw the mean, and a band from low to high, and \
join as many rows as they have no pixels for.
Lines training, test and validation: measured on so many digits at the end of an epoch.
Quantity change: the line says what was changed; value is the new learning rate, the new number of \
epochs or, where the run was resumed, the number of epochs that were done.
Quantity recipe: the line is a field of the run's recipe with its value.
""".splitlines()


def run_rows(runs: Sequence[RunCurves]) -> Iterator[Row]:
    """The table: its headings, what they mean, the recipe of each run, and its figures."""
    yield COLUMNS
    for sentence in _ABOUT:
        yield _words("", "about", sentence)
    for run in runs:
        for field in _recipe(run):
            yield _words(run.name, "recipe", field)
    yield from islice(curve_rows(runs), 1, None)


def run_arrays(runs: Sequence[RunCurves]) -> Arrays:
    """The rows of `curve_rows`, an array for each column: text, or float64, NaN where empty.

    `about` [sentences] says what they mean, `recipe` [fields] has "RUN: FIELD: VALUE" of each run.
    """
    return {
        "about": np.array(_ABOUT),
        "recipe": np.array([f"{run.name}: {field}" for run in runs for field in _recipe(run)]),
        **Table.of_lines(curve_rows(runs)).as_arrays(_TEXTS),
    }


def curve_rows(
    runs: Iterable[RunCurves], quantities: Iterable[Quantity] = tuple(Quantity)
) -> Iterator[Row]:
    """The headings, then every point of these quantities and every change; see `_ABOUT`.

    A row of the updates stands for one of them while they are few, else for a stretch (see
    `StepLine`), whose band and extremes are lines of their own.
    """
    yield COLUMNS
    wanted = tuple(quantities)
    for run in runs:
        for quantity in wanted:
            for line in Line:
                curve = run.curve(quantity, line)
                yield from _rows(run, curve, str(line), curve.y)
            extremes = run.extremes(quantity)
            if extremes is not None:
                steps = run.curve(quantity, Line.STEP)
                lowest, highest = extremes
                for curve, which, values in (
                    (steps, "low", steps.low),
                    (steps, "high", steps.high),
                    (lowest, "lowest", lowest.y),
                    (highest, "highest", highest.y),
                ):
                    yield from _rows(run, curve, f"{Line.STEP}, {which}", values)
        for change in run.changes:
            mark, step = change.mark, change.mark.at * run.steps_per_epoch
            value = repr(int(change.value) if change.value.is_integer() else change.value)
            place = f"{step:.0f}", f"{mark.at:.6g}"
            yield run.name, CHANGE, mark.words, *place, value, "", "", ""


def _rows(run: RunCurves, curve: Curve, line: str, values: Floats) -> Iterator[Row]:
    unit = "" if curve.quantity is Quantity.LOSS else "%"
    points = zip(
        curve.last.tolist(),
        values.tolist(),
        curve.updates.tolist(),
        curve.measured.digits.tolist(),
        strict=True,
    )
    for step, y, updates, digits in points:
        place = f"{step:.0f}", f"{step / run.steps_per_epoch:.6g}"
        count = f"{updates:.0f}" if updates else ""
        name = run.name, curve.quantity.value, line
        yield *name, *place, repr(nine_digits(y)), count, f"{digits:.0f}", unit


def _words(run: str, kind: str, words: str) -> Row:
    """A row that says something, without figures."""
    return run, kind, words, *[""] * (len(COLUMNS) - 3)


def _recipe(run: RunCurves) -> Iterator[str]:
    for field, value in run.recipe.as_dict().items():
        written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield f"{field}: {written}"
