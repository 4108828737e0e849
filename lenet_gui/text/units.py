"""What layers, maps, units, weights and outputs are called. No Qt, no numpy."""

from collections.abc import Sequence

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import GEOMETRY, INPUT, MAP_LAYERS, OUTPUT, Unit, layer_below
from lenet_gui.text.figures import figure, signed_small


def layer_name(layer: str) -> str:
    """What a layer is called: "Input", "C3", "Output"."""
    return "Output" if layer == OUTPUT else layer


def layer_size(layer: str) -> str:
    """A layer's maps and their size: "6 @ 28×28", "84", of the input "32×32"."""
    geometry = GEOMETRY[layer]
    if geometry.side == 1:
        return f"{geometry.maps}"
    side = f"{geometry.side}×{geometry.side}"
    return side if geometry.maps == 1 else f"{geometry.maps} @ {side}"


def map_name(layer: str, number: int, class_names: Sequence[str] = DIGIT_NAMES) -> str:
    """What a map, or a unit of a layer without maps, is called: "C3 map 12", "F6 unit 20".

    Outputs stand for `class_names`, and are called by them where these are no digits:
    "output 3 (dress)".
    """
    if layer == OUTPUT:
        return f"output {class_with_number(number, class_names)}"
    return f"{layer} {'map' if layer in MAP_LAYERS else 'unit'} {number}"


def class_with_number(number: int, class_names: Sequence[str]) -> str:
    """A class beside what is shown by its number: "3", or "3 (dress)" if it is no digit."""
    return str(number) if tuple(class_names) == DIGIT_NAMES else f"{number} ({class_names[number]})"


def picture_name(layer: str, picture: int) -> str:
    """What a picture is called: "C3 map 12", or the layer's name if it is the only one."""
    return map_name(layer, picture) if GEOMETRY[layer].pictures > 1 else layer_name(layer)


def place_name(row: int, column: int) -> str:
    """A cell of a picture: "row 4, column 7"."""
    return f"row {row}, column {column}"


def unit_name(unit: Unit, variant: Variant, class_names: Sequence[str] = DIGIT_NAMES) -> str:
    """What a unit is called: "C3 map 12, row 4, column 7", "F6 unit 20", "output 3, the logit".

    `class_names`: as for `map_name`.
    """
    name = map_name(unit.layer, unit.map, class_names)
    if unit.layer == OUTPUT:
        return f"{name}, the " + (
            "distance to its code" if variant is Variant.ORIGINAL else "logit"
        )
    if unit.layer in MAP_LAYERS:
        return f"{name}, {place_name(unit.row, unit.column)}"
    return name


def unit_value(layer: str, value: float) -> str:
    """A unit's value: signed, with four decimals; a distance or logit with two."""
    return figure(value) if layer == OUTPUT else signed_small(value)


def source_name(layer: str, number: int) -> str:
    """What feeds a unit of a layer: "S2 3" for a map below, "input", or "C5" for all its units."""
    below = layer_below(layer)
    if below == INPUT:
        return "input"
    return f"{below} {number}" if below in MAP_LAYERS else below


def kernel_name(layer: str, number: int, source: int) -> str:
    """The kernel between two maps: "C3 map 7 from S2 map 2"; of C1, fed by the input, its map."""
    below = layer_below(layer)
    name = map_name(layer, number)
    return name if below == INPUT else f"{name} from {map_name(below, source)}"


def output_kind(variant: Variant) -> str:
    """What an output is."""
    return "distance" if variant is Variant.ORIGINAL else "logit"
