"""The words and figures of the maps: titles, tooltips, and the reading of one unit. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.reading import Reading
from lenet_gui.net.architecture import INPUT_SIDE, Variant
from lenet_gui.net.audit import Audit, audit
from lenet_gui.net.layers import INPUT, OUTPUT, Unit, fed_maps, feeding_maps, place_of
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.pictures.colours import Scale
from lenet_gui.pictures.grid.layers import is_never_negative
from lenet_gui.text.figures import comma_list, limit_figure, short, with_crosses
from lenet_gui.text.squashing import squashing_words
from lenet_gui.text.units import (
    class_with_number,
    layer_name,
    layer_size,
    map_name,
    picture_name,
    place_name,
    unit_value,
)

HINT_EMPTY = "Draw a digit to see the activations of every layer."
HINT_READ = "Point at a unit for its value."
HINT_CLICK = "Click a map to enlarge it."

SCALE_NAMES = {
    Scale.PER_LAYER: "per layer",
    Scale.PER_MAP: "per map",
    Scale.GLOBAL: "one for all",
}
"""The scales as the chooser offers them, the usual one first."""

SCALE_EXPLAINED = {
    Scale.PER_LAYER: "Each row has its own colour scale",
    Scale.PER_MAP: "Each map has its own scale; point at one to read it",
    Scale.GLOBAL: "All layers share one colour scale",
}


@dataclass(frozen=True)
class LayerText:
    """What is said about a layer."""

    name: str
    size: str
    parameters: str
    tooltip: str


@cache
def layer_texts(kind: NetworkKind) -> Mapping[str, LayerText]:
    """The words of every row of the view, in the figures of a network."""
    ground, ink, border = (short(round(end, 3)) for end in kind.input_values)
    side, variant = INPUT_SIDE, kind.variant
    around = f", the two pixels around the 28×28 {border}" if border != ground else ""
    words = {
        INPUT: LayerText(
            INPUT,
            f"{side}×{side}",
            f"{ground} to {ink}",
            f"The network's input: {side}×{side} pixels, background {ground}, ink {ink}{around}.",
        )
    }
    for facts in audit(variant, kind.form).layers:
        name = facts.name
        field = facts.receptive_field
        sentences = [
            f"{layer_name(name)}: {with_crosses(facts.role)}"
            + (f", {squashing_words(kind)}." if kind.squashes(name) else "."),
            f"{facts.parameters:,} trainable parameters, {facts.connections:,} connections.",
            f"A unit sees {field}×{field} pixels of the input.",
        ]
        if name == "F6":
            sentences.append("Shown as a 12×7 picture, like the codes of the digits.")
        if name == "C5":
            sentences.append(
                "Its 120 maps have one unit each; they are shown row by row, in other views in "
                "rows of 15."
            )
        if name == OUTPUT:
            sentences.append(
                "Distances to the ten codes: the smallest wins."
                if variant is Variant.ORIGINAL
                else "Ten logits: the largest wins."
            )
        words[name] = LayerText(
            layer_name(name), layer_size(name), _parameters(facts.parameters), "\n".join(sentences)
        )
    return words


def _parameters(count: int) -> str:
    return f"{count:,} parameters" if count else "no parameters"


@cache
def totals(variant: Variant) -> str:
    """How large the network is, in one line."""
    found: Audit = audit(variant)
    return f"{found.parameters:,} parameters, {found.connections:,} connections"


def tied_maps(variant: Variant, layer: str, picture: int) -> tuple[str, tuple[int, ...]]:
    """The maps of the neighbouring layer that a map is tied to.

    For C3 of the Original the S2 maps of its row of Table I, for S2 the C3 maps that it feeds;
    for every other map nothing worth pointing out.
    """
    if variant is Variant.ORIGINAL and layer == "C3":
        return "S2", feeding_maps(variant, layer, picture)
    if variant is Variant.ORIGINAL and layer == "S2":
        return "C3", fed_maps(variant, layer, picture)
    return "", ()


def table_i_text(variant: Variant, layer: str, picture: int) -> str:
    """Table I in words for one map, empty where there is nothing to say."""
    other, maps = tied_maps(variant, layer, picture)
    if not maps:
        return ""
    listed = comma_list(maps)
    if layer == "C3":
        return f"fed by {other} maps {listed} (Table I)"
    return f"feeds {other} maps {listed}"


@dataclass(frozen=True)
class UnitText:
    """What is said about one unit: which, its value, and what else is worth knowing."""

    where: str
    value: str
    remark: str

    @property
    def line(self) -> str:
        """All in one line."""
        return ", ".join(part for part in (self.where, self.value, self.remark) if part)


def unit_text(
    reading: Reading | None,
    kind: NetworkKind,
    unit: Unit,
    limit: float,
    class_names: tuple[str, ...] = DIGIT_NAMES,
) -> UnitText:
    """One unit in words; without a reading there is no value.

    Args:
        reading: of the present drawing, if there is one.
        kind: of the network.
        unit: which.
        limit: the value of the full colour in the unit's picture.
        class_names: what the outputs stand for.
    """
    layer, place = unit.layer, place_of(unit)
    if layer == OUTPUT:
        what = "distance to the code of" if kind.is_original else "logit of"
        where = f"{what} {class_with_number(unit.map, class_names)}"
    elif layer == "C5":
        where = map_name(layer, unit.map)
    else:
        name = map_name(layer, unit.map) if layer == "F6" else picture_name(layer, place.picture)
        where = f"{name}, {place_name(place.row, place.column)}"
    remark = table_i_text(kind.variant, layer, place.picture)
    if reading is None:
        return UnitText(where, "", remark)
    written = unit_value(unit.layer, reading.value(unit))
    sign = "" if is_never_negative(layer, kind) else "±"
    return UnitText(where, written, remark or f"full colour at {sign}{limit_figure(limit)}")
