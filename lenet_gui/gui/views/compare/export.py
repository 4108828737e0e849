"""What the view of A and B gives away: its page, and the value of every unit in A and B."""

from itertools import product

import numpy as np

from lenet_gui.data.ink import InkSteps
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.gui.views.compare.grid import PairGrid
from lenet_gui.gui.views.compare.pair import Pair, Question
from lenet_gui.gui.views.compare.panels import NAMES, SIDES, unit_of
from lenet_gui.gui.views.compare.text import (
    answer_lines,
    apart_words,
    headline,
    network_line,
    network_titles,
    scale_kind,
    unit_text,
)
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import GEOMETRY, INPUT, LAYERS, UNIT_LAYERS
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.exported import Arrays, Exported, Table, shortest
from lenet_gui.pictures.grid.content import Caption, GridContent, Legend
from lenet_gui.pictures.grid.layers import LayerWords
from lenet_gui.pictures.grid.layout import GridLayout, Rect, Room, Type, in_lines
from lenet_gui.pictures.grid.panel import Colours, Panel, Values
from lenet_gui.pictures.page import Beside, Grid, Words, page
from lenet_gui.pictures.sheet import Sheet
from lenet_gui.text.units import output_kind

_TITLES = {
    Question.NETWORKS: "Two networks on one drawing",
    Question.DRAWINGS: "One network on two drawings",
}
_HEIGHT = 620
_SIDE = 64
"""The drawing's side, in units of the sheet."""

_SCALE, _SCALE_KIND = "scale", "scale kind"
_INPUT_SIDE = GEOMETRY[INPUT].side
_DRAWING = Panel(
    INPUT, 1, _INPUT_SIDE, _INPUT_SIDE, LayerWords(INPUT, Variant.ORIGINAL), Colours.INK
)


def exported_pair(pair: Pair, grid: PairGrid) -> Exported:
    """The view of a pair that has read something.

    Args:
        pair: with at least one reading.
        grid: that shows the pair.
    """
    held = None if grid.held is None else unit_of(grid.held)
    told = (pair.note,) if held is None else tuple(unit_text(held, pair).split("\n"))
    layers = grid.as_block(_HEIGHT)
    about = headline(pair)[1]
    if pair.apart is not None:
        about += f"; {apart_words(pair.apart)}"
    network = pair.networks[0]
    if pair.question is Question.DRAWINGS and network is not None:
        about = f"{network_line(network)}; {about}"
    answers = [Words((network_titles(pair, side)[0], *_answer(pair, side))) for side in SIDES]
    drawings = [_drawing(pair, steps) for steps in pair.steps]

    def sheet(theme: Theme) -> Sheet:
        head = Beside((drawings[0], *answers), (1, 4, 4))
        if pair.question is Question.DRAWINGS:
            a, b = zip(drawings, answers, strict=True)
            head = Beside((*a, *b), (1, 3, 1, 3))
        return page(
            _TITLES[pair.question], (head, layers, Words(told, is_faint=True)), theme, about=about
        )

    digits = "-".join(str(one.answer) for one in pair.readings if one is not None)
    kinds = [
        f"{name} {output_kind(one.variant)}"
        for name, one in zip(NAMES, pair.readings, strict=True)
        if one is not None
    ]
    facts = {"figures": f"activations, no unit; layer output: {', '.join(kinds)}"}
    return Exported(f"compare-{digits}", sheet, _table(pair), _arrays(pair), facts)


def _drawing(pair: Pair, steps: InkSteps | None) -> Grid:
    """What is read, and below it the colours of all layers."""
    values = {} if steps is None else {INPUT: Values.of(_DRAWING, steps.padded)}
    labels: dict[str, Caption | Legend] = {
        _SCALE: Legend(None),
        _SCALE_KIND: Caption.small(scale_kind(shared=pair.shared)),
    }
    return Grid(_drawing_layout, GridContent(values, labels), 0)


def _drawing_layout(room: Room) -> GridLayout:
    line, width = room.pixels(room.lines[Type.SMALL]), room.pixels(room.width)
    placed = in_lines(_DRAWING, Rect(1, 1, _SIDE, _SIDE), 0, _SIDE // _INPUT_SIDE)
    below = placed.bounds.bottom + line // 2
    labels = {
        _SCALE: Rect(0, below, width, line),
        _SCALE_KIND: Rect(0, below + line, width, 2 * line),
    }
    return GridLayout(width, below + 3 * line, room.ratio, (placed,), labels)


def _answer(pair: Pair, side: int) -> tuple[str, ...]:
    reading = pair.readings[side]
    if reading is None:
        return (pair.hints[side],)
    verdict = verdict_of(reading)
    if verdict.abstains:
        return (verdict.headline, verdict.reason)
    return (reading.answer_name, *answer_lines(reading))


def _table(pair: Pair) -> Table:
    """A row for each unit; empty where a network has not read."""
    rows: list[tuple[str | int | float, ...]] = []
    for layer in UNIT_LAYERS:
        shape = GEOMETRY[layer]
        places = product(range(shape.maps), range(shape.side), range(shape.side))
        columns = [_figures(reading, layer) for reading in pair.readings]
        rows += ((layer, *place, a, b) for place, a, b in zip(places, *columns, strict=True))
    return Table(("layer", "map", "row", "column", *NAMES), tuple(rows))


def _figures(reading: Reading | None, layer: str) -> list[str | float]:
    if reading is None:
        return [""] * GEOMETRY[layer].units
    return [shortest(value) for value in reading.values(layer).ravel().tolist()]


def _arrays(pair: Pair) -> Arrays:
    """Every layer by its network and name, such as "A_C1", and all probabilities."""
    found: dict[str, np.ndarray] = {}
    for name, reading in zip(NAMES, pair.readings, strict=True):
        if reading is not None:
            found |= {f"{name}_{layer}": reading.values(layer) for layer in LAYERS}
            found[f"{name}_probabilities"] = reading.probabilities
            if reading.rubbish is not None:
                found[f"{name}_rubbish"] = np.array(reading.rubbish, np.float32)
    return found
