"""What is shown of a pair: the values of every layer, the rows' labels, the digits, the answers."""

from functools import lru_cache

from lenet_gui.gui.views.compare.layout import digit_label
from lenet_gui.gui.views.compare.pair import Pair
from lenet_gui.gui.views.compare.panels import SIDES, cell_of, pair_panels
from lenet_gui.gui.views.compare.text import gap_words, layer_tip, scale_words
from lenet_gui.guide.places import layer_place
from lenet_gui.net.architecture import DIGITS
from lenet_gui.net.layers import OUTPUT, UNIT_LAYERS, Unit
from lenet_gui.net.network_kind import ORIGINAL, NetworkKind
from lenet_gui.pictures.grid.content import Align, Caption, GridContent, Mark, Marked, Run
from lenet_gui.pictures.grid.layers import layer_values, output_tip
from lenet_gui.pictures.grid.layout import Type
from lenet_gui.pictures.grid.panel import Panel, Values
from lenet_gui.text.units import layer_name, layer_size


def panels_of(pair: Pair) -> tuple[Panel, ...]:
    """The panels of a pair; where a network is not there yet, those of an Original."""
    a, b = _kinds(pair)
    class_names = pair.class_names(0), pair.class_names(1)
    return pair_panels((a.variant, b.variant), pair.are_shown, class_names)


def _kinds(pair: Pair) -> tuple[NetworkKind, NetworkKind]:
    a, b = (ORIGINAL if one is None else one.kind for one in pair.networks)
    return a, b


def pair_content(pair: Pair, panels: tuple[Panel, ...]) -> GridContent:
    """Everything that the grid shows of a pair."""
    return GridContent(_values(pair, panels), _labels(pair), _answers(pair))


def _values(pair: Pair, panels: tuple[Panel, ...]) -> dict[str, Values]:
    layers = [(side, layer) for side in SIDES for layer in UNIT_LAYERS]
    found = {}
    for (side, layer), panel in zip(layers, panels, strict=True):
        reading = pair.readings[side]
        if reading is not None:
            limit = pair.limits[side][layer]
            found[panel.name] = layer_values(panel, layer, reading, limit)
    return found


def _labels(pair: Pair) -> dict[str, Caption]:
    labels = {layer: _row_label(pair, layer) for layer in UNIT_LAYERS}
    for side in SIDES:
        reading = pair.readings[side]
        for digit in range(DIGITS):
            wins = reading is not None and digit == reading.answer
            tip = output_tip(digit, pair.class_names(side))
            labels[digit_label(side, digit)] = _digit_caption(digit, wins, tip)
    return labels


@lru_cache(maxsize=256)
def _digit_caption(digit: int, wins: bool, tip: str) -> Caption:
    run = Run(str(digit), Type.BOLD if wins else Type.SMALL, is_faint=not wins)
    return Caption(((run,),), Align.MIDDLE, tip=tip)


def _row_label(pair: Pair, layer: str) -> Caption:
    name = Run(f"{layer_name(layer)} ", Type.TITLE, is_faint=False)
    scale = scale_words(layer, pair.limits, _kinds(pair), shared=_is_shared(pair, layer))
    lines = [(name, Run(layer_size(layer))), (Run(scale),)]
    if layer in pair.gaps:
        lines.append((Run(gap_words(pair.gaps[layer])),))
    variants = {one.variant for one in pair.networks if one is not None}
    tip = layer_tip(layer, variants, pair.kin, shared=pair.shared)
    return Caption(tuple(lines), tip=tip, guide=layer_place(layer))


def _is_shared(pair: Pair, layer: str) -> bool:
    a, b = (own.get(layer) for own in pair.limits)
    variants = {one.variant for one in pair.readings if one is not None}
    return pair.shared and a == b and (layer != OUTPUT or len(variants) == 1)


def _answers(pair: Pair) -> tuple[Marked, ...]:
    there = [(side, one) for side, one in enumerate(pair.readings) if one is not None]
    return tuple(
        Marked(cell_of(side, Unit(OUTPUT, one.answer)), Mark.ANSWER) for side, one in there
    )
