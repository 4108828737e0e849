"""Exporting the view of invariance: both inputs, the answers, the dials, and the sweep."""

from lenet_gui.explore.dials import turned
from lenet_gui.explore.sweep import Sweep
from lenet_gui.gui.views.invariance.live_runner import Live
from lenet_gui.gui.views.invariance.text import answer_lines
from lenet_gui.pictures.chart.numbers import chart_arrays
from lenet_gui.pictures.chart.sheet import chart_sheet
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.exported import Arrays, Exported, Table
from lenet_gui.pictures.page import Beside, Block, Grid, Inlay, Words, page
from lenet_gui.pictures.sheet import Sheet
from lenet_gui.pictures.sweep_chart import SIZE, sweep_chart

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
        digit = f"{each.answers[1]}{'?' if each.rejected[1] else ''}"
        now, second, _, before = answer_lines(each)
        lines += [f"{name}: {digit}", network.summary, now, second, before, ""]
    answers = Words(tuple(lines[:-1]))

    def sheet(theme: Theme) -> Sheet:
        blocks: list[Block] = [Beside((inputs, answers)), Words((disturbed,))]
        if sweep is not None:
            blocks.append(Inlay(chart_sheet(sweep_chart(sweep), SIZE, theme)))
        return page(_TITLE, blocks, theme, SIZE[0], about=note)

    digit = live.answers[0].answers[0]
    name = f"invariance-{digit}" if sweep is None else f"sweep-{sweep.dial.name}-{digit}"
    table = None if sweep is None else Table.of_lines(sweep.table())
    return Exported(name, sheet, table, _arrays(live, sweep))


def _arrays(live: Live, sweep: Sweep | None) -> Arrays:
    """Both inputs, the outputs to them ([2, 10]: undisturbed, disturbed), and the sweep's curves.

    Outputs are distances of the Original, logits of the Modern.
    """
    outputs = {
        f"{name} outputs": each.outputs for name, each in zip("AB", live.answers, strict=False)
    }
    curves = {} if sweep is None else chart_arrays(sweep_chart(sweep))
    return {"undisturbed": live.question.steps.padded, "disturbed": live.ink, **outputs, **curves}
