"""What the view of A and B says: answers in their own terms, scales, gaps, units, hints."""

from collections.abc import Callable, Mapping

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.two_networks import (
    Accord,
    Gap,
    Kinship,
    agreement,
    comparable_layers,
    share_a_scale,
)
from lenet_gui.explore.verdict import Outcome, Verdict, verdict_of
from lenet_gui.gui.library.known_network import NetworkInUse
from lenet_gui.gui.views.compare.pair import Pair, Question
from lenet_gui.gui.views.compare.panels import NAMES
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import OUTPUT, Unit
from lenet_gui.net.modern_form import README_FORM
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.pictures.grid.layers import is_never_negative
from lenet_gui.text.answers import best_output, probabilities, read_as
from lenet_gui.text.figures import colour_range, figure, never_zero, probability
from lenet_gui.text.networks import network_name
from lenet_gui.text.units import (
    layer_name,
    layer_size,
    map_name,
    output_kind,
    unit_name,
    unit_value,
)

HINT_EMPTY = "Draw a digit to see side by side how both networks read it."
HINT_DRAW_A = "Draw a digit, to compare it with B."
HINT_LOADING = "The networks are being loaded; then both read what you draw."
HINT_POINT = "Point at a unit for its values."
HINT_CHOOSE = "Choose another network."

_ONLY_F6 = " Only F6's units are sure to be in one order, that of the codes."
_ALIKE = "Same initial weights, trained differently: maps may match, but need not."
_NOTES = {
    Kinship.SAME_WEIGHTS: "A and B have the same weights.",
    Kinship.ONE_RUN: (
        "Two states of one run: their units correspond. |A−B|: mean over the layer, r: correlation."
    ),
    Kinship.SAME_TRAINING: (
        "Both began with the same weights and were trained by the same recipe, so their units "
        "correspond. |A−B|: mean over the layer, r: correlation."
    ),
    Kinship.CODES: ("Not known to be from one run: A's map 0 need not match B's." + _ONLY_F6),
    Kinship.NONE: (
        "Not known to be from one run: map 0 of A need not match map 0 of B, "
        "so no difference is shown."
    ),
}
NOTE_DRAWINGS = (
    "One network, two drawings: the same units for A and for B. |A−B|: mean over the layer, "
    "r: correlation."
)
_DRAWINGS = ("the canvas", "the kept drawing")
_TWO_KINDS = (
    "Two kinds of network: map 0 of A need not match map 0 of B, so no difference is shown."
)

APART_EXPLAINED = (
    "Total variation distance: half the sum of the differences |pA − pB| of the probabilities, "
    "“not a digit” included. So much of the probability lies on other answers in B than in A."
)


def note(kin: Kinship | None, kinds: set[NetworkKind], *, alike: bool = False) -> str:
    """What may be compared, and what not; empty where there are not two networks.

    Args:
        kin: None where there are not two networks.
        kinds: of both.
        alike: whether they began with the same weights.
    """
    if kin is None:
        return ""
    told = _TWO_KINDS if len(kinds) == 2 else _NOTES[kin]
    if alike and kin in (Kinship.CODES, Kinship.NONE):
        told = _ALIKE + (_ONLY_F6 if kin is Kinship.CODES else "")
    return told


def headline(pair: Pair) -> tuple[Accord | None, str]:
    """Whether A and B agree, or what the only one answers, or what is to be done."""
    a, b = pair.readings
    if pair.question is Question.DRAWINGS:
        return None, drawings_headline(a, b) or pair.hints[0]
    if a is not None and b is not None:
        found = agreement(a, b)
        return found.accord, found.sentence
    for name, reading in zip(NAMES, pair.readings, strict=True):
        if reading is not None:
            return None, verdict_alone(name, verdict_of(reading))
    return None, pair.hints[0] if pair.hints[0] == pair.hints[1] else HINT_EMPTY


def nothing_read(pair: Pair) -> str:
    """What is said in place of A and B where neither has read anything; empty where one has."""
    return headline(pair)[1] if pair.readings == (None, None) else ""


def verdict_alone(name: str, verdict: Verdict) -> str:
    """The answer of a network that is shown alone."""
    if verdict.abstains:
        return f"{name}: {read_as(verdict)}"
    return f"{name} reads {verdict.headline}"


def drawings_headline(a: Reading | None, b: Reading | None) -> str:
    """What one network makes of two drawings: "A is read as 3, B is read as 8"; empty of none."""
    said = [None if reading is None else _read_as(reading) for reading in (a, b)]
    if said[0] is not None and said[0] == said[1]:
        return f"A and B are {said[0]}"
    named = zip(NAMES, said, strict=True)
    return ", ".join(f"{name} is {words}" for name, words in named if words is not None)


def _read_as(reading: Reading) -> str:
    """What becomes of a drawing: "read as 7", "no digit", "undecided: 3 or 5"."""
    verdict = verdict_of(reading)
    if verdict.outcome is Outcome.NOT_A_DIGIT and reading.class_names == DIGIT_NAMES:
        return "no digit"
    return f"read as {verdict.headline}" if not verdict.abstains else read_as(verdict)


def network_titles(pair: Pair, side: int) -> tuple[str, ...]:
    """Who A or B is, the longest first: "A: Original, paper-1998, MNIST test error 0.57 %".

    The shorter ones are for little room: "B: paper-1998, error 0.97 %". Of two drawings, which.
    """
    if pair.question is Question.DRAWINGS:
        return (f"{NAMES[side]}: {_DRAWINGS[side]}",)
    network = pair.networks[side]
    if network is None:
        return (NAMES[side],)
    found = [f"{NAMES[side]}: {network_line(network)}"]
    if network.test_error:
        found.append(f"{NAMES[side]}: {network.short_name}, {network.test_error}")
        found.append(f"{NAMES[side]}: {network.short_name}, error {_error_figure(network)}")
    elif network.kind.form != README_FORM:
        found.append(f"{NAMES[side]}: {network.short_name}")
    return tuple(found)


def title_in(pair: Pair, side: int, fits: Callable[[str], bool]) -> str:
    """Who A or B is, in the room that there is: with a shortened name, but the figure whole."""
    titles = network_titles(pair, side)
    for title in titles:
        if fits(title):
            return title
    name, comma, figure_ = titles[-1].rpartition(", error ")
    if not comma:
        name, figure_ = titles[-1], ""
    for left_out in range(1, len(name)):
        kept = len(name) - left_out
        title = f"{name[: kept - kept // 2]}…{name[len(name) - kept // 2 :]}{comma}{figure_}"
        if fits(title):
            return title
    return titles[-1]


def network_line(network: NetworkInUse) -> str:
    """A network in few words: its kind and name, and its test error where that is known."""
    kind = network_name(network.kind)
    told = [kind] if network.short_name == kind else [kind, network.short_name]
    return ", ".join(told + [network.test_error] * bool(network.test_error))


def _error_figure(network: NetworkInUse) -> str:
    assert network.test_accuracy is not None  # noqa: S101 - it is asked for only then
    return f"{figure(100 - 100 * network.test_accuracy)} %"


def answer_lines(reading: Reading) -> tuple[str, ...]:
    """The best digit's output, the next one's, and the probabilities, in short lines.

    A class that is no digit is named.
    """
    then = figure(float(reading.output[reading.runner_up]))
    best = best_output(reading)
    if reading.class_names != DIGIT_NAMES:
        best = f"{reading.answer_name}: {best}"
    return (best, f"runner-up {reading.runner_up_name}: {then}", *probabilities(reading))


def answer_words(pair: Pair, side: int) -> str:
    """What A or B answers, in one line; the hint where it does not."""
    reading = pair.readings[side]
    if reading is None:
        return pair.hints[side]
    verdict = verdict_of(reading)
    more = verdict.reason if verdict.abstains else ", ".join(answer_lines(reading))
    return f"{verdict.headline}, {more}"


def scale_kind(*, shared: bool) -> str:
    """Whose scales of colour they are, in two lines."""
    return "one scale per layer\nfor A and B" if shared else "separate scales\nfor A and B"


def scale_words(
    layer: str,
    limits: tuple[Mapping[str, float], Mapping[str, float]],
    kinds: tuple[NetworkKind, NetworkKind],
    *,
    shared: bool,
) -> str:
    """The values that the colours of a layer stand for, and whose they are."""
    never = [is_never_negative(layer, kind) for kind in kinds]
    if shared:
        never = [all(never)] * 2
    told = [
        (name, colour_range(own[layer], from_zero=from_zero))
        for name, own, from_zero in zip(NAMES, limits, never, strict=True)
        if layer in own
    ]
    if shared and len(told) == 2:
        return f"A, B {told[0][1]}"
    return "  ".join(f"{name} {values}" for name, values in told)


def gap_words(found: Gap) -> str:
    """How far apart a layer is, in figures."""
    told = f"|A−B| {never_zero(found.mean)}"
    if found.correlation is not None:
        told += f", r {figure(round(found.correlation, 2))}"
    return told


def apart_words(apart: float) -> str:
    """The share of probability, 0..1, that lies on other answers, in words with its name."""
    if not apart:
        return "the same probabilities"
    return f"{probability(apart)} of the probability lies on other answers ({apart_name(apart)})"


def apart_brief(apart: float) -> str:
    """The same without its name."""
    if not apart:
        return "the same probabilities"
    return f"{probability(apart)} of the probability lies on other answers"


def apart_name(apart: float) -> str:
    """The same by its name: "total variation distance 0.203"."""
    return f"total variation distance {never_zero(apart, 3)}"


def layer_tip(layer: str, variants: set[Variant], kin: Kinship | None, *, shared: bool) -> str:
    """A row's label, explained."""
    told = [f"{layer_name(layer)}: {layer_size(layer)}."]
    both = len(variants) == 2 and not share_a_scale(layer, *variants)
    if both:
        told.append("Distances and logits share no scale: each network has its own.")
    else:
        told.append(
            "The values that the colours stand for, up to the largest of the layer "
            + ("in A and B." if shared else "in each of A and B.")
        )
    if layer == OUTPUT:
        told.append(APART_EXPLAINED)
    elif kin is not None and layer in comparable_layers(kin):
        told.append("|A−B|: the mean difference, unit by unit. r: the correlation of all units.")
    elif kin is not None:
        told.append("The units of A and B may be in different orders, so no difference is shown.")
    return "\n".join(told)


def unit_text(unit: Unit | None, pair: Pair, *, is_operated: bool = True) -> str:
    """What is said of a unit in A and B; where there is none, of both networks.

    `is_operated`: whether mouse and keys reach the view, so that a unit can be pointed at.
    """
    if unit is None:
        return f"{pair.note} {HINT_POINT}".lstrip() if is_operated else pair.note
    words, more = unit_words(unit, pair.readings), counterpart_words(unit, pair.kin)
    return f"{words}\n{more}" if more else words


def unit_words(unit: Unit, readings: tuple[Reading | None, Reading | None]) -> str:
    """A unit's place and its value in A and B."""
    there = [
        (name, reading)
        for name, reading in zip(NAMES, readings, strict=True)
        if reading is not None
    ]
    classes = {reading.class_names for _, reading in there}
    alike = next(iter(classes)) if len(classes) == 1 else DIGIT_NAMES
    if unit.layer == OUTPUT and len(classes) == 2:  # one output, two classes
        there = [(f"{name} ({each.class_names[unit.map]})", each) for name, each in there]
    kinds = {reading.variant for _, reading in there}
    if unit.layer == OUTPUT and len(kinds) == 2:
        values = ", ".join(
            f"{name} {output_kind(reading.variant)} {figure(float(reading.output[unit.map]))}"
            for name, reading in there
        )
        return f"{map_name(unit.layer, unit.map, alike)}: {values}"
    where = unit_name(unit, kinds.pop() if kinds else Variant.ORIGINAL, alike)
    if not there:
        return where
    return f"{where}: " + ", ".join(f"{name} {_value(reading, unit)}" for name, reading in there)


def _value(reading: Reading, unit: Unit) -> str:
    return unit_value(unit.layer, reading.value(unit))


def counterpart_words(unit: Unit, kin: Kinship | None) -> str:
    """That the two units at one place need not do the same, where that is so."""
    if kin is None or unit.layer == OUTPUT or unit.layer in comparable_layers(kin):
        return ""
    if unit.layer in ("C5", "F6"):
        return "The units of A and B need not correspond: they may be in different orders."
    return (
        "The same place on the input, but the maps need not correspond: they may be in different "
        "orders."
    )
