"""What units and layers are called, and figures in words: once, for screen, files and terminal."""

from lenet_gui.explore.unit import Unit
from lenet_gui.net.architecture import Variant


def unit_name(unit: Unit, variant: Variant) -> str:
    """What a unit is called: "C3 map 12, row 4, column 7", "F6 unit 20", "distance to 3"."""
    if unit.layer == "output":
        return f"output {unit.map}, the " + (
            "distance to its code" if variant is Variant.ORIGINAL else "logit"
        )
    if unit.layer in ("C5", "F6"):
        return f"{unit.layer} unit {unit.map}"
    return f"{unit.layer} map {unit.map}, row {unit.row}, column {unit.column}"
