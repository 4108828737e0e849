"""Which weight it is, in words."""

from lenet_gui.explore.weights import Kind, Part, WeightPictures
from lenet_gui.net.architecture import KERNEL_SIDE, Variant
from lenet_gui.net.layers import fed_maps, feeding_maps
from lenet_gui.text.figures import comma_list, signed, signed_small, upper_first
from lenet_gui.text.units import (
    class_with_number,
    kernel_name,
    layer_name,
    map_name,
    place_name,
)

NO_NETWORK = "The network is being loaded."
HINT = "Point at a weight, or choose one with the arrow keys."
_PLACES = 4
_UNITS = ("C5", "F6")


def counted(pictures: WeightPictures) -> str:
    """How many trainable parameters there are."""
    return f"{pictures.count:,} trainable parameters"


def layer_counted(pictures: WeightPictures, layer: str) -> str:
    """How many of them a layer has."""
    count = sum(part.count for _, part in pictures.of_layer(layer))
    if not count:
        return "no parameters: the codes are fixed"
    return f"{count:,} parameters"


def weight_name(part: Part, index: int) -> str:
    """Such as "C3 map 7 from S2 map 2, row 1, column 3"."""
    picture, row, column = part.cell_of(index)
    if part.kind is Kind.COEFFICIENTS:
        return f"{map_name(part.layer, picture + row)}, coefficient"
    if part.kind is Kind.BIASES:
        return f"{map_name(part.layer, picture + row, part.class_names)}, bias"
    if part.kind in (Kind.KERNELS, Kind.CODES):
        return f"{picture_name(part, picture)}, {place_name(row, column)}"
    if part.layer == "C5":
        s4_map, place = divmod(column, KERNEL_SIDE**2)
        inside = place_name(*divmod(place, KERNEL_SIDE))
        return f"{kernel_name('C5', row, s4_map)}, {inside}"
    if part.layer == "F6":
        return f"{map_name('F6', row)} from {map_name('C5', column)}"
    f6_unit = row * part.shape[1] + column
    return f"{map_name(part.layer, picture, part.class_names)} from {map_name('F6', f6_unit)}"


def weight_value(part: Part, value: float) -> str:
    """The value of a weight; a code's is +1 or −1."""
    return signed(value, 0) if part.kind is Kind.CODES else signed_small(value)


def no_weights(layer: str) -> str:
    """Of a layer that learns nothing in the network shown."""
    return f"{layer_name(layer)} has no weights in this network."


def picture_name(part: Part, picture: int) -> str:
    """One picture of a part: a kernel, the weights or the code of an output, or the whole part."""
    if part.kind is Kind.KERNELS:
        return _kernel(part, picture)
    if part.kind is Kind.CODES:
        return f"code of {class_with_number(picture, part.class_names)}"
    if len(part.values) == 1:
        return part.name
    kind = {Kind.COEFFICIENTS: "coefficient", Kind.BIASES: "bias"}.get(part.kind, str(part.kind))
    return f"{map_name(part.layer, picture, part.class_names)}, {kind}"


def piece_name(part: Part, index: int) -> str:
    """What is shown enlarged: a kernel, the weights of a unit, or all of a kind."""
    picture, row, column = part.cell_of(index)
    if part.kind in (Kind.KERNELS, Kind.CODES):
        return upper_first(picture_name(part, picture))
    if part.kind is Kind.WEIGHTS:
        if part.layer == "C5":
            return kernel_name("C5", row, column // KERNEL_SIDE**2)
        number = row if part.layer == "F6" else picture
        who = map_name(part.layer, number, part.class_names)
        return f"{who}, all inputs in rows of {part.piece[1]}"
    return part.name + (f", in rows of {part.piece[1]}" if part.layer in _UNITS else "")


def ties_text(variant: Variant, layer: str, number: int) -> str:
    """What Table I says of a map of C3 or S2."""
    if layer == "C3":
        tied = comma_list(sorted(feeding_maps(variant, layer, number)))
        return f"{map_name(layer, number)} is fed by S2 {tied}"
    return f"{map_name(layer, number)} feeds C3 {comma_list(fed_maps(variant, layer, number))}"


def _kernel(part: Part, picture: int) -> str:
    """Of C1, whose kernels stand in the order of its maps, or of C3."""
    s2_map, number = part.places[picture]
    return kernel_name(part.layer, number, s2_map)
