"""What units and layers are called, and figures in words: once, for screen, files and terminal."""

from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import GEOMETRY, OUTPUT, Unit


def layer_name(layer: str) -> str:
    """What a layer is called: "Input", "C3", "Output"."""
    return "Output" if layer == OUTPUT else layer


def picture_name(layer: str, picture: int) -> str:
    """What a picture is called: "C3 map 12", or the layer's name where it is the only one."""
    return f"{layer} map {picture}" if GEOMETRY[layer].pictures > 1 else layer_name(layer)


def unit_name(unit: Unit, variant: Variant) -> str:
    """What a unit is called: "C3 map 12, row 4, column 7", "F6 unit 20", "distance to 3"."""
    if unit.layer == OUTPUT:
        return f"output {unit.map}, the " + (
            "distance to its code" if variant is Variant.ORIGINAL else "logit"
        )
    if unit.layer in ("C5", "F6"):
        return f"{unit.layer} unit {unit.map}"
    return f"{unit.layer} map {unit.map}, row {unit.row}, column {unit.column}"
