"""What the view of causes says."""

from lenet_gui.explore.top_digits import TopDigit
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import OUTPUT, Unit
from lenet_gui.text.figures import figure, signed, upper_first
from lenet_gui.text.units import map_name, output_kind, unit_name

HINT_EMPTY = "Draw a digit, and the gradient of the chosen unit on its input is shown here."
LOADING_DIGITS = "The digits are being loaded…"
LOADING_NETWORK = "The network is being loaded."
NOT_READ = "Not read yet."
OLDER = "The network has learned since these digits were read."
STAND_INS = "Built-in digits: MNIST is not on this machine."
_FLAT = 1e-4


def heading(unit: Unit, variant: Variant) -> str:
    """Over the nine digits."""
    if unit.layer == OUTPUT:
        original = variant is Variant.ORIGINAL
        return f"Nearest to the code of {unit.map}" if original else f"Largest logits of {unit.map}"
    return f"What excites {map_name(unit.layer, unit.map)} most"


def rule(unit: Unit, name: str, count: int) -> str:
    """How the nine are chosen."""
    of = f"Of {count:,} {name} digits"
    if unit.layer in ("C5", "F6", OUTPUT):
        return f"{of}, whatever they are."
    return f"{of}, by the map's largest unit (framed: what it sees)."


def caption(label: int, excited: TopDigit, unit: Unit, variant: Variant) -> str:
    """Under a digit: its label and the value."""
    return f"{label}: {value_text(excited, unit, variant)}"


def value_text(excited: TopDigit, unit: Unit, variant: Variant) -> str:
    """How much a digit excites; of an Original's output the distance."""
    if unit.layer == OUTPUT and variant is Variant.ORIGINAL:
        return figure(-excited.value)
    return signed(excited.value)


def digit_text(name: str, label: int, excited: TopDigit, unit: Unit, variant: Variant) -> str:
    """One of the nine in a sentence."""
    value = value_text(excited, unit, variant)
    if unit.layer == OUTPUT:
        kind = output_kind(variant)
        return f"{name} digit {excited.digit}: a {label}, {kind} {value} for {unit.map}."
    what = unit_name(Unit(unit.layer, unit.map, excited.row, excited.column), variant)
    return f"{name} digit {excited.digit}: a {label}, {what}: {value}."


def gradient_note(unit: Unit, variant: Variant, largest: float) -> str:
    """Of what the gradient is, and how to read its colours."""
    name = upper_first(unit_name(unit, variant))
    if unit.layer == OUTPUT and variant is Variant.ORIGINAL:
        told = f"{name}. Blue: more ink here brings it nearer. Orange: farther away."
    else:
        told = f"{name}. Orange: more ink here raises it. Blue: lowers it."
    if largest < _FLAT:
        told += " It hardly moves: its squashing is at the end."
    return told
