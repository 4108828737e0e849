"""Two networks, A and B, on one drawing: the same answer or not, their scales, how far apart.

The maps and units of separately trained networks have no sure common order: map 3 of the one may do
what map 5 of the other does, so a difference unit by unit would mean nothing. It is given only
where training gives both the same order (`comparable_layers`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from lenet_gui.data.class_names import none_of
from lenet_gui.explore.reading import Floats, Reading
from lenet_gui.explore.verdict import Outcome, verdict_of
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import FEATURE_LAYERS, OUTPUT, UNIT_LAYERS

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5

# ---------------------------------------------------------------- the answers


class Accord(StrEnum):
    """How two answers compare."""

    SAME = "the same answer"
    OTHER = "they disagree"  # two digits, or a digit and "not a digit"
    ONE_UNDECIDED = "one is undecided"
    NEITHER = "neither answers"
    OTHER_CLASSES = "their classes differ"  # trained on data sets with different classes


@dataclass(frozen=True)
class Agreement:
    """Whether A and B answer the same, and a sentence that says so; no full stop at its end."""

    accord: Accord
    sentence: str


def agreement(a: Reading, b: Reading) -> Agreement:
    """Compares the two verdicts, each by its own calibration; not how sure they are."""
    outcomes = verdict_of(a).outcome, verdict_of(b).outcome
    both = f"A {_says(a)}, B {_says(b)}"
    if a.class_names != b.class_names:
        return Agreement(Accord.OTHER_CLASSES, f"{both}: their classes differ")
    if outcomes == (Outcome.DIGIT, Outcome.DIGIT):
        if a.answer == b.answer:
            return Agreement(Accord.SAME, f"Both read {a.answer_name}")
        return Agreement(Accord.OTHER, f"{both}: they disagree")
    if outcomes == (Outcome.UNDECIDED, Outcome.UNDECIDED):
        if {a.answer, a.runner_up} == {b.answer, b.runner_up}:
            low, high = (a.class_names[each] for each in sorted((a.answer, a.runner_up)))
            return Agreement(Accord.SAME, f"Both are undecided ({low} or {high})")
        return Agreement(Accord.NEITHER, f"{both}: neither answers")
    if outcomes == (Outcome.NOT_A_DIGIT, Outcome.NOT_A_DIGIT):
        return Agreement(Accord.SAME, f"Both say “{none_of(a.class_names)}”")
    if Outcome.UNDECIDED not in outcomes:
        return Agreement(Accord.OTHER, f"{both}: they disagree")
    if Outcome.DIGIT in outcomes:
        answers = "A" if outcomes[0] is Outcome.DIGIT else "B"
        return Agreement(Accord.ONE_UNDECIDED, f"{both}: only {answers} answers")
    return Agreement(Accord.NEITHER, f"{both}: neither answers")


def _says(reading: Reading) -> str:
    outcome = verdict_of(reading).outcome
    if outcome is Outcome.NOT_A_DIGIT:
        return f"says “{none_of(reading.class_names)}”"
    if outcome is Outcome.UNDECIDED:
        return f"is undecided ({reading.answer_name} or {reading.runner_up_name})"
    return f"reads {reading.answer_name}"


def probabilities_apart(a: Reading, b: Reading) -> float | None:
    """The share of probability, 0..1, that B gives to other answers than A does.

    Half the sum of |p_A - p_B| over the ten classes and "not a digit" (0 for a network without
    that class): the largest difference in the probability of any set of answers. It is defined for
    any two networks of the same classes, unlike a difference of distances and logits; None of
    networks whose classes differ.
    """
    if a.class_names != b.class_names:
        return None
    digits = np.abs(a.probabilities.astype(np.float64) - b.probabilities).sum()
    rubbish = abs((a.rubbish or 0.0) - (b.rubbish or 0.0))
    return min(float(digits + rubbish) / 2, 1.0)  # float32 sums to slightly more than 1


# ---------------------------------------------------------------- the scales of colour


def share_a_scale(layer: str, a: Variant, b: Variant) -> bool:
    """Whether both can share one scale: distances and logits are different quantities."""
    return layer != OUTPUT or a is b


def scales(
    a: Reading | None, b: Reading | None, *, shared: bool
) -> tuple[dict[str, float], dict[str, float]]:
    """The |value| of the full colour in each of `UNIT_LAYERS`, for A and for B.

    The largest of the layer; with `shared` that of both networks, if they can share it. Without
    a reading there are no scales, and nothing to share.
    """
    own = tuple({} if one is None else _largest(one) for one in (a, b))
    if shared and a is not None and b is not None:
        for layer in UNIT_LAYERS:
            if share_a_scale(layer, a.variant, b.variant):
                own[0][layer] = own[1][layer] = max(own[0][layer], own[1][layer])
    return own[0], own[1]


def _largest(reading: Reading) -> dict[str, float]:
    return {layer: float(np.abs(reading.values(layer)).max()) for layer in UNIT_LAYERS}


# ---------------------------------------------------------------- how far apart


class Kinship(StrEnum):
    """What two networks have in common that puts their units in one order."""

    SAME_WEIGHTS = "the same weights"
    ONE_RUN = "one run"  # two states of it: the initial weights give the order
    SAME_TRAINING = "the same training"  # two runs that nothing but chance rounding keeps apart
    CODES = "the same codes"  # two Originals: each unit of F6 learns its pixel of the codes
    NONE = "nothing"


def kinship(
    a: "LeNet5",
    b: "LeNet5",
    facts_a: Mapping[str, str],
    facts_b: Mapping[str, str],
    *,
    of_one_run: bool = False,
) -> Kinship:
    """What A and B have in common, by their weights and by what is known about their training.

    Equal recipes, seed included, do not make two networks states of one run: they may come from
    two. But then both began with the same weights and learned the same digits in the same order,
    which keeps their units in one order as well. Nothing is claimed where something was changed
    while one of them was trained.

    Args:
        a: one network.
        b: the other.
        facts_a: what is known about the training of A, see `facts_of_training`.
        facts_b: the same of B.
        of_one_run: whether both are known to come from one run.
    """
    if a.kind != b.kind:
        return Kinship.NONE
    pairs = zip(a.parameters(), b.parameters(), strict=True)
    if a is b or all(one.equal(other) for one, other in pairs):
        return Kinship.SAME_WEIGHTS
    if of_one_run:
        return Kinship.ONE_RUN
    if "recipe" in facts_a and all(facts_a.get(one) == facts_b.get(one) for one in _TRAINING):
        return Kinship.SAME_TRAINING
    return Kinship.CODES if a.variant is Variant.ORIGINAL else Kinship.NONE


_TRAINING = "recipe", "changes"
"""The facts that determine training, with its data."""


def began_alike(facts_a: Mapping[str, str], facts_b: Mapping[str, str]) -> bool:
    """Whether both training runs began with the same weights, according to their recipes.

    Their maps may have stayed alike then, but different training may have separated them.
    """
    a, b = _start(facts_a), _start(facts_b)
    return a is not None and a == b


def _start(facts: Mapping[str, str]) -> tuple[object, ...] | None:
    """What determines the initial weights; None if it is not known."""
    try:
        recipe = json.loads(facts["recipe"])
        told = tuple(recipe[field] for field in ("variant", "seed", "initial_weights"))
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    return told if all(isinstance(one, str | int) for one in told) else None


def comparable_layers(kin: Kinship) -> tuple[str, ...]:
    """The layers whose units have the same order in both networks."""
    if kin in (Kinship.SAME_WEIGHTS, Kinship.ONE_RUN, Kinship.SAME_TRAINING):
        return FEATURE_LAYERS
    return ("F6",) if kin is Kinship.CODES else ()


@dataclass(frozen=True)
class Gap:
    """How far apart a layer's activations are, unit by unit.

    `mean`: of |A - B| over all units of the layer. `correlation`: Pearson's, -1..1, None where
    all units of one network have one value.
    """

    mean: float
    correlation: float | None


def gap(a: Floats, b: Floats) -> Gap:
    """Compares two arrays of one shape.

    Raises:
        ValueError: the shapes differ.
    """
    if a.shape != b.shape:
        raise ValueError(f"{a.shape} and {b.shape} cannot be compared unit by unit")
    x, y = a.ravel().astype(np.float64), b.ravel().astype(np.float64)
    mean = float(np.abs(x - y).mean())
    if x.min() == x.max() or y.min() == y.max():
        return Gap(mean, None)
    x -= x.mean()
    y -= y.mean()
    return Gap(mean, float(np.clip(x @ y / np.sqrt((x @ x) * (y @ y)), -1.0, 1.0)))


def gaps(a: Reading, b: Reading, kin: Kinship) -> dict[str, Gap]:
    """How far apart A and B are in each layer for which that is defined."""
    return {
        layer: gap(a.activations[layer], b.activations[layer]) for layer in comparable_layers(kin)
    }
