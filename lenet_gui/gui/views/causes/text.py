"""What the view of causes says."""

from collections.abc import Sequence
from dataclasses import dataclass

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.digits import Digits
from lenet_gui.explore.input_gradient import InputGradient
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.saturation import is_saturated
from lenet_gui.explore.top_digits import TopDigit
from lenet_gui.net.layers import MAP_LAYERS, OUTPUT, Unit
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.text.classes import picture_name, short_class
from lenet_gui.text.figures import figure, limit_figure, signed, told_apart, upper_first
from lenet_gui.text.squashing import at_its_end, squashing_name
from lenet_gui.text.units import (
    class_with_number,
    map_name,
    output_kind,
    place_name,
    unit_name,
)

HINT_EMPTY = "Draw a digit to see which of its pixels raise or lower the chosen unit."
NINE_EMPTY = "The nine test digits that activate the unit most appear here once all have been read."
LOADING_DIGITS = "The digits are being loaded…"
LOADING_NETWORK = "The network is being loaded."
NOT_READ = "Not read yet."
OLDER = "The network has been trained further since these digits were read."
LONGEST_NOTE = (
    "C1 map 5, row 27, column 27, saturated: its sum before squashing. Orange: more ink here "
    "raises it. Blue: lowers it. Only slightly: units on the path are saturated."
)
"""Of all that is said over the nine digits and over the gradient, save by long names of classes."""
_FLAT = 1e-4
_MOST_DECIMALS = 4
STAND_INS = "Built-in digits: MNIST is not on this machine."


def heading(unit: Unit, kind: NetworkKind, class_names: Sequence[str] = DIGIT_NAMES) -> str:
    """Over the nine digits; outputs stand for `class_names`."""
    if unit.layer == OUTPUT:
        what = "Nearest to the code of" if kind.is_original else "Largest logits of"
        return f"{what} {class_with_number(unit.map, class_names)}"
    return f"What activates {map_name(unit.layer, unit.map)} most"


def rule(unit: Unit, kind: NetworkKind, top: Sequence[TopDigit], digits: str) -> str:
    """How the nine are chosen from the `digits`, such as "10,000 MNIST test digits"."""
    told = f"From {digits}, ranked by the map's largest unit (framed: what it sees)."
    if unit.layer in ("C5", "F6", OUTPUT):
        told = f"From {digits}, whatever their labels."
    if are_in_sums(top, unit, kind):
        told += f" Figures: sums before {squashing_name(kind)}."
    return told


def captions(
    digits: Digits, top: Sequence[TopDigit], unit: Unit, kind: NetworkKind
) -> list[tuple[str, str]]:
    """Under each digit: its label and the value, or the sum where values are saturated.

    The second wording is for little room: it has the number of a class that is no digit.
    """
    labels = [int(digits.labels[each.digit]) for each in top]
    shown = [each.sum if are_in_sums(top, unit, kind) else each.value for each in top]
    if unit.layer == OUTPUT and kind.is_original:
        written = told_apart([-value for value in shown], 2, figure, _MOST_DECIMALS)
    else:
        written = told_apart(shown, 2, signed, _MOST_DECIMALS)
    return [
        (f"{short_class(digits, label)}: {value}", f"{label}: {value}")
        for label, value in zip(labels, written, strict=True)
    ]


def true_class(digits: Digits, excited: TopDigit) -> str:
    """What one of the nine is, by its set."""
    return digits.class_names[int(digits.labels[excited.digit])]


def are_in_sums(top: Sequence[TopDigit], unit: Unit, kind: NetworkKind) -> bool:
    """Whether the sums are shown: a value at the end of the squashing reads like every other."""
    return any(is_saturated(kind, unit.layer, each.value) for each in top)


def value_text(excited: TopDigit, unit: Unit, kind: NetworkKind) -> str:
    """How much a digit activates; of an Original's output the distance."""
    if unit.layer == OUTPUT and kind.is_original:
        return figure(-excited.value)
    value = signed(excited.value)
    if is_saturated(kind, unit.layer, excited.value):
        return f"{value} (sum {signed(excited.sum)})"
    return value


def digit_text(
    digits: Digits,
    excited: TopDigit,
    unit: Unit,
    kind: NetworkKind,
    class_names: Sequence[str] = DIGIT_NAMES,
) -> str:
    """One of the nine in a sentence, under the heading that says of which map they are.

    `class_names`: what the outputs of the network stand for.
    """
    value = value_text(excited, unit, kind)
    digit = upper_first(picture_name(digits, excited.digit))
    if unit.layer == OUTPUT:
        name = class_with_number(unit.map, class_names)
        return f"{digit}: {output_kind(kind.variant)} {value} for {name}."
    where = f" at {place_name(excited.row, excited.column)}" if unit.layer in MAP_LAYERS else ""
    return f"{digit}: {value}{where}."


@dataclass(frozen=True)
class Rival:
    """The digit that the answer is compared with: the label where that is known and another one."""

    digit: int
    is_label: bool


def rival_of(reading: Reading, missed_label: int | None) -> Rival:
    """The label of a missed digit, else the runner-up."""
    if missed_label is not None:
        return Rival(missed_label, is_label=True)
    return Rival(reading.runner_up, is_label=False)


def why(answer: str, rival: str) -> str:
    """The question that the gradient of the lead answers."""
    return f"Why {answer}, not {rival}"


def lead_note(answer: str, rival: str, kind: NetworkKind, gradient: InputGradient) -> str:
    """How to read the colours of the lead."""
    if not gradient.largest:
        return _no_pixel(kind)
    told = f"Orange: more ink here speaks for {answer}. Blue: more ink here speaks for {rival}."
    return told + _hardly(kind, gradient)


def gradient_note(
    unit: Unit, kind: NetworkKind, gradient: InputGradient, class_names: Sequence[str] = DIGIT_NAMES
) -> str:
    """Of what the gradient is, and how to read its colours; outputs stand for `class_names`."""
    name = upper_first(unit_name(unit, kind.variant, class_names))
    if gradient.is_of_sum:
        name += f", {at_its_end(kind)}: its sum before {squashing_name(kind)}"
    if gradient.largest == 0:
        return f"{name}. {_no_pixel(kind)}"
    if unit.layer == OUTPUT and kind.is_original:
        told = f"{name}. Blue: more ink here brings it nearer. Orange: farther away."
    else:
        told = f"{name}. Orange: more ink here raises it. Blue: lowers it."
    return told + _hardly(kind, gradient)


def _no_pixel(kind: NetworkKind) -> str:
    return f"No pixel changes it: all units on the path are {at_its_end(kind)}."


def _hardly(kind: NetworkKind, gradient: InputGradient) -> str:
    if gradient.largest >= _FLAT:
        return ""
    return f" Only slightly: units on the path are {at_its_end(kind)}."


def full_colour(gradient: InputGradient | None) -> tuple[str, ...]:
    """What the strongest colour stands for on a page, which has no legend beside the picture."""
    if gradient is None or not gradient.largest:
        return ()
    return (f"Full colour: ±{limit_figure(gradient.largest)}.",)
