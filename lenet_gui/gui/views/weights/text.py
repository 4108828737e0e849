"""Which weight it is, in words."""

from lenet_gui.explore.weights import Kind, Part, WeightPictures
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import OUTPUT, fed_maps, feeding_maps
from lenet_gui.pictures.sheet import signed

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
        return "no trainable parameters: the codes of Fig. 3 are fixed"
    return f"{count:,} parameters"


def weight_name(part: Part, index: int) -> str:
    """Such as "C3 map 7 from S2 map 2, row 1, column 3"."""
    picture, row, column = part.cell_of(index)
    if part.kind is not Kind.KERNELS and part.kind is not Kind.WEIGHTS:
        what = "coefficient" if part.kind is Kind.COEFFICIENTS else "bias"
        return f"{_owner(part.layer, picture + row)}, {what}"
    if part.layer == "C1":
        return f"C1 map {picture}, row {row}, column {column}"
    if part.layer == "C3":
        s2_map, c3_map = part.places[picture]
        return f"C3 map {c3_map} from S2 map {s2_map}, row {row}, column {column}"
    if part.layer == "C5":
        s4_map, place = divmod(column, 25)
        inside = f"row {place // 5}, column {place % 5}"
        return f"C5 unit {row} from S4 map {s4_map}, {inside}"
    if part.layer == "F6":
        return f"F6 unit {row} from C5 unit {column}"
    return f"output {picture} from F6 unit {row * part.shape[1] + column}"


def weight_told(part: Part, index: int) -> str:
    """A weight and its value."""
    return f"{weight_name(part, index)}: {signed(part.value(index), _PLACES)}"


def piece_name(part: Part, index: int) -> str:
    """What is shown enlarged: a kernel, the weights of a unit, or all of a kind."""
    picture, row, column = part.cell_of(index)
    if part.kind is Kind.KERNELS:
        if part.layer == "C1":
            return f"C1 map {picture}"
        s2_map, c3_map = part.places[picture]
        return f"C3 map {c3_map} from S2 map {s2_map}"
    if part.kind is Kind.WEIGHTS:
        if part.layer == "C5":
            return f"C5 unit {row} from S4 map {column // 25}"
        who = f"F6 unit {row}" if part.layer == "F6" else f"output {picture}"
        return f"{who}, all inputs in lines of {part.piece[1]}"
    return part.name + (f", in lines of {part.piece[1]}" if part.layer in _UNITS else "")


def ties_told(variant: Variant, layer: str, number: int) -> str:
    """What Table I says of a map of C3 or S2."""
    if layer == "C3":
        tied = feeding_maps(variant, "C3", number)
        return f"C3 map {number} is fed by S2 {_listed(tied)}"
    return f"S2 map {number} feeds C3 {_listed(fed_maps(variant, 'S2', number))}"


def _owner(layer: str, number: int) -> str:
    if layer == OUTPUT:
        return f"output {number}"
    return f"{layer} {'unit' if layer in _UNITS else 'map'} {number}"


def _listed(maps: tuple[int, ...]) -> str:
    return ", ".join(map(str, sorted(maps)))
