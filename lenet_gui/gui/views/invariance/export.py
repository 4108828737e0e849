"""Exporting the view of invariance: both inputs, the answers, the dials, and the sweep."""

import json
from dataclasses import asdict
from typing import Final

import numpy as np
import numpy.typing as npt

from lenet_gui import __version__
from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.dials import DIALS, turned
from lenet_gui.explore.sweep import Sweep
from lenet_gui.gui.views.invariance.live_runner import Live
from lenet_gui.gui.views.invariance.text import answer_lines
from lenet_gui.net.architecture import Variant
from lenet_gui.pictures.chart.numbers import chart_arrays
from lenet_gui.pictures.chart.sheet import chart_sheet
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.exported import Arrays, Exported, Table
from lenet_gui.pictures.page import Beside, Block, Grid, Inlay, Words, page
from lenet_gui.pictures.sheet import Sheet
from lenet_gui.pictures.sweep_chart import SIZE, sweep_chart
from lenet_gui.printable import printable

_OUTPUTS: Final = {
    Variant.ORIGINAL: "the distances to the ten digits; the smallest is the answer",
    Variant.MODERN: "the logits of the ten digits; the largest is the answer",
}
_ABOUT: Final = f"""\
Written by LeNet Laboratory {__version__}: a digit, disturbed, as networks read it.
undisturbed, disturbed [32, 32]: the networks' input before and after, from 0 (paper) to 1 (ink).
disturbance: JSON with the values of all dials: {", ".join(dial.column for dial in DIALS)}; and \
the seed, which chooses the pixels of the noise.
Of the arrays of A and B the first entry belongs to the undisturbed input, the second to the \
disturbed one. probabilities: from 0 to 1; answers: the best digit; rejected: whether the network \
abstains.
"""
_ABOUT_SWEEP: Final = """\
The sweep of DIAL has an array for each column of the CSV, with one entry for each value of it.
Columns distance_0 to distance_9 are the distances to the ten digits (0 is near), probability_0 to \
probability_9 the probabilities, from 0 to 1; answer is the best digit, and rejected is 1 where \
the network abstains.
Arrays that end in x and y are the lines of the chart, the undisturbed answer and the best other \
digit: x is DIAL; y is a distance, or a probability from 0 to 1, which the chart writes in %.
"""
_TITLE = "A disturbed digit, and what is read"


def exported_invariance(live: Live, inputs: Grid, note: str, sweep: Sweep | None) -> Exported:
    """The page and the figures.

    Args:
        live: the answers to the disturbed input.
        inputs: both inputs.
        note: how they are disturbed.
        sweep: of this drawing; its rows are the table.
    """
    told = turned(live.disturbance)
    disturbed = f"Disturbed by {told}." if told else "All dials neutral."
    lines: list[str] = []
    for name, network, each in zip("AB", live.question.networks, live.answers, strict=False):
        now, second, _, before = answer_lines(each)
        lines += [f"{name}: {each.said(1)}", network.summary, now, second, before, ""]
    answers = Words(tuple(lines[:-1]))

    def sheet(theme: Theme) -> Sheet:
        blocks: list[Block] = [Beside((inputs, answers)), Words((disturbed,))]
        if sweep is not None:
            blocks.append(Inlay(chart_sheet(sweep_chart(sweep), SIZE, theme)))
        return page(_TITLE, blocks, theme, SIZE[0], about=note)

    digit = live.answers[0].answers[0]
    name = f"invariance-{digit}" if sweep is None else f"sweep-{sweep.dial.name}-{digit}"
    table = None if sweep is None else Table.of_lines(sweep.table(_names(live)))
    return Exported(name, sheet, table, {**_arrays(live), **_sweep_arrays(sweep, table)})


def _names(live: Live) -> list[str]:
    """The networks' names, at length."""
    return [f"{printable(each.name)}: {each.summary}" for each in live.question.networks]


def _arrays(live: Live) -> Arrays:
    """Both inputs, how they differ, and what each network makes of the two; `about` names all."""
    about = _ABOUT.splitlines()
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "undisturbed": live.question.steps.padded,
        "disturbed": live.ink,
        "disturbance": np.array(json.dumps(asdict(live.disturbance))),
    }
    for letter, network, each in zip("AB", _names(live), live.answers, strict=False):
        about.append(f"{letter} is {network}. {letter} outputs: {_OUTPUTS[each.variant]}.")
        arrays |= {
            f"{letter} network": np.array(network),
            f"{letter} outputs": each.outputs,
            f"{letter} probabilities": each.probabilities,
            f"{letter} answers": each.answers,
            f"{letter} rejected": each.rejected,
        }
    return {"about": np.array(about), **arrays}


def _sweep_arrays(sweep: Sweep | None, table: Table | None) -> Arrays:
    """The columns of the table, and the lines of the chart; `about the sweep` names them."""
    if sweep is None or table is None:
        return {}
    named = any(each.class_names != DIGIT_NAMES for each in sweep.answers)
    ends = ("_network", "_answer") if named else ("_network",)
    texts = [heading for heading in table.headings if heading.endswith(ends)]
    about = _ABOUT_SWEEP.replace("DIAL", sweep.dial.column).splitlines()
    return {
        "about the sweep": np.array(about),
        **table.as_arrays(texts),
        **chart_arrays(sweep_chart(sweep)),
    }
