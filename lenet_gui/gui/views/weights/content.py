"""What is shown of a network's weights: their values and words, and what Table I ties."""

from collections.abc import Mapping

from lenet_gui.explore.weights import Kind, WeightPictures
from lenet_gui.gui.views.weights.layout import (
    TABLE_CORNER,
    caption_name,
    head_name,
    kind_name,
    legend_name,
)
from lenet_gui.gui.views.weights.panels import Map, kernels_of
from lenet_gui.gui.views.weights.text import layer_counted
from lenet_gui.guide.places import layer_place
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import GEOMETRY, fed_maps, feeding_maps
from lenet_gui.pictures.grid.content import Align, Caption, GridContent, Legend, Mark, Marked, Run
from lenet_gui.pictures.grid.layout import Type
from lenet_gui.pictures.grid.panel import Values
from lenet_gui.text.units import layer_name


def lit_maps(variant: Variant, tied: Map | None) -> frozenset[Map]:
    """A map of S2 or C3, and the maps of the other that Table I ties it to."""
    if tied is None:
        return frozenset()
    layer, number = tied
    if layer == "C3":
        return frozenset({tied, *(("S2", each) for each in feeding_maps(variant, "C3", number))})
    return frozenset({tied, *(("C3", each) for each in fed_maps(variant, layer, number))})


def weights_content(
    pictures: WeightPictures, values: Mapping[str, Values], tied: Map | None
) -> GridContent:
    """The values, words and marks of all weights.

    Args:
        pictures: of a network.
        values: of `panels.values_of`.
        tied: the map of S2 or C3 that is lit up, with those that Table I ties it to.
    """
    labels: dict[str, Caption | Legend] = {}
    for part in pictures.shown:
        labels[legend_name(part.layer)] = Legend(pictures.limit(part))
        words = "fixed codes" if part.kind is Kind.CODES else str(part.kind)
        labels[kind_name(part)] = Caption.small(words, Align.RIGHT)
    for layer in dict.fromkeys(part.layer for part in pictures.shown):
        title = Run(f"{layer_name(layer)}  ", Type.TITLE, is_faint=False)
        lines = ((title, Run(layer_counted(pictures, layer))),)
        labels[caption_name(layer)] = Caption(lines, guide=layer_place(layer))
    labels[TABLE_CORNER] = Caption.small("from \\ to", Align.RIGHT)
    lit = lit_maps(pictures.variant, tied)
    for layer in ("S2", "C3"):
        for number in range(GEOMETRY[layer].maps):
            labels[head_name(layer, number)] = _head(layer, number, lit)
    marks = () if tied is None else tuple(_kernel_marks(pictures, tied))
    return GridContent(values, labels, marks)


def _head(layer: str, number: int, lit: frozenset[Map]) -> Caption:
    is_lit = (layer, number) in lit
    words, align = (f"S2 {number}", Align.RIGHT) if layer == "S2" else (str(number), Align.MIDDLE)
    run = Run(words, Type.BOLD if is_lit else Type.SMALL, is_faint=not is_lit)
    return Caption(((run,),), align, is_lit=is_lit)


def _kernel_marks(pictures: WeightPictures, tied: Map) -> list[Marked]:
    return [
        Marked.picture(part.parameter, picture, Mark.FIELD)
        for part in pictures.parts
        for picture in kernels_of(part, tied)
    ]
