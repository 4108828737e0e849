"""Two networks on one drawing: verdicts, scales and gaps against bare passes and plain sums."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lenet_gui.data.input_range import to_input
from lenet_gui.explore.reader import read_digit
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.two_networks import (
    Accord,
    Kinship,
    agreement,
    began_alike,
    comparable_layers,
    gap,
    gaps,
    kinship,
    probabilities_apart,
    scales,
    share_a_scale,
)
from lenet_gui.net.architecture import INPUT_RANGE, InitialWeights, Variant
from lenet_gui.net.calibration import Calibration
from lenet_gui.net.layers import FEATURE_LAYERS, OUTPUT, UNIT_LAYERS
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.training.facts import facts_of_training
from lenet_gui.training.presets import preset

PAIRS = [
    (Variant.ORIGINAL, Variant.ORIGINAL),
    (Variant.ORIGINAL, Variant.MODERN),
    (Variant.MODERN, Variant.ORIGINAL),
    (Variant.MODERN, Variant.MODERN),
]


def network(variant: Variant, seed: int = 1) -> LeNet5:
    generator = torch.Generator().manual_seed(seed)
    made = build(variant, generator, InitialWeights.INVERSE_SQRT).eval()
    return made.requires_grad_(False)


def image(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random((28, 28), np.float32)


def passed(net: LeNet5, picture: np.ndarray) -> dict[str, list[float]]:
    """Every layer's values by the bare forward pass, as plain lists."""
    found = net(to_input(picture, *INPUT_RANGE[net.variant]))
    values = {name: maps.flatten().tolist() for name, maps in found.activations.items()}
    return values | {OUTPUT: found.output.flatten().tolist()}


def answering(
    variant: Variant, output: list[float], j: float | None, least_margin: float = 0.0
) -> Reading:
    """A reading with these outputs, and what follows from them."""
    plain = read_digit(network(variant), image(0))
    best = sorted(range(10), key=lambda i: output[i], reverse=variant is Variant.MODERN)
    return replace(
        plain,
        output=np.array(output, np.float32),
        answer=best[0],
        runner_up=best[1],
        margin=abs(output[best[0]] - output[best[1]]),
        calibration=Calibration(j, least_margin),
    )


def distances(digit: int, nearest: float, second: int = 0, behind: float = 50.0) -> list[float]:
    found = [200.0] * 10
    found[second], found[digit] = nearest + behind, nearest
    return found


def logits(digit: int, largest: float, second: int = 0, behind: float = 5.0) -> list[float]:
    found = [-30.0] * 10
    found[second], found[digit] = largest - behind, largest
    return found


READS_7 = answering(Variant.ORIGINAL, distances(7, 4.0, 1), 10.0)
M_READS_7 = answering(Variant.MODERN, logits(7, 9.0, 1), 0.0)
M_READS_3 = answering(Variant.MODERN, logits(3, 9.0, 8), 0.0)
NO_DIGIT = answering(Variant.ORIGINAL, distances(7, 30.0, 1), 10.0)
M_NO_DIGIT = answering(Variant.MODERN, logits(8, -2.0, 1), 0.0)
TORN = answering(Variant.ORIGINAL, distances(3, 4.0, 5, 0.2), 10.0, 0.5)
TORN_OTHERWISE = answering(Variant.MODERN, logits(5, 4.0, 3, 0.2), 0.0, 0.5)
TORN_ELSEWHERE = answering(Variant.MODERN, logits(3, 4.0, 8, 0.2), 0.0, 0.5)


@pytest.mark.parametrize(
    ("a", "b", "accord", "sentence"),
    [
        (READS_7, M_READS_7, Accord.SAME, "Both read 7"),
        (READS_7, M_READS_3, Accord.OTHER, "A reads 7, B reads 3: they disagree"),
        (NO_DIGIT, M_NO_DIGIT, Accord.SAME, "Both say “not a digit”"),
        (
            M_READS_7,  # NO_DIGIT would be 7 as well, and is not
            NO_DIGIT,
            Accord.OTHER,
            "A reads 7, B says “not a digit”: they disagree",
        ),
        (
            TORN,
            M_READS_3,
            Accord.ONE_UNDECIDED,
            "A is undecided (3 or 5), B reads 3: only B answers",
        ),
        (
            M_NO_DIGIT,
            TORN,
            Accord.NEITHER,
            "A says “not a digit”, B is undecided (3 or 5): neither answers",
        ),
        (TORN, TORN_OTHERWISE, Accord.SAME, "Both are undecided (3 or 5)"),
        (
            TORN,
            TORN_ELSEWHERE,
            Accord.NEITHER,
            "A is undecided (3 or 5), B is undecided (3 or 8): neither answers",
        ),
    ],
)
def test_the_verdict_is_said_plainly(a: Reading, b: Reading, accord: Accord, sentence: str) -> None:
    found = agreement(a, b)
    assert (found.accord, found.sentence) == (accord, sentence)
    assert agreement(b, a).accord is accord


@pytest.mark.parametrize(("a", "b"), PAIRS)
@given(seed=st.integers(0, 200))
@settings(max_examples=12)
def test_scales_are_the_largest_values_of_the_bare_passes(
    a: Variant, b: Variant, seed: int
) -> None:
    picture = image(seed)
    nets = network(a, seed), network(b, seed + 1)
    readings = tuple(read_digit(net, picture) for net in nets)
    largest = [
        {layer: max(abs(v) for v in values) for layer, values in passed(net, picture).items()}
        for net in nets
    ]
    own = scales(*readings, shared=False)
    shared = scales(*readings, shared=True)
    for layer in UNIT_LAYERS:
        for side in (0, 1):
            assert own[side][layer] == pytest.approx(largest[side][layer], rel=1e-5)
        if layer == OUTPUT and a is not b:  # distances and logits
            assert not share_a_scale(layer, a, b)
            assert (shared[0][layer], shared[1][layer]) == (own[0][layer], own[1][layer])
        else:
            assert share_a_scale(layer, a, b)
            both = pytest.approx(max(one[layer] for one in largest), rel=1e-5)
            assert shared[0][layer] == both
            assert shared[1][layer] == both


def test_one_network_alone_has_its_own_scale() -> None:
    reading = read_digit(network(Variant.MODERN), image(3))
    alone = scales(reading, None, shared=True)
    assert alone == (scales(reading, None, shared=False)[0], {})
    assert scales(None, None, shared=True) == ({}, {})


@given(
    arrays.arrays(np.float32, (3, 4), elements=st.floats(-2, 2, width=32)),
    arrays.arrays(np.float32, (3, 4), elements=st.floats(-2, 2, width=32)),
)
def test_the_gap_is_that_of_plain_sums(a: np.ndarray, b: np.ndarray) -> None:
    found = gap(a, b)
    pairs = list(zip(a.ravel().tolist(), b.ravel().tolist(), strict=True))
    assert found.mean == pytest.approx(sum(abs(x - y) for x, y in pairs) / 12, abs=1e-6)
    if found.correlation is None:
        assert len(set(a.ravel().tolist())) == 1 or len(set(b.ravel().tolist())) == 1
    elif min(a.std(), b.std()) > 1e-3:
        assert found.correlation == pytest.approx(np.corrcoef(a.ravel(), b.ravel())[0, 1], abs=1e-4)


def test_other_shapes_have_no_gap() -> None:
    with pytest.raises(ValueError, match="unit by unit"):
        gap(np.zeros((2, 3), np.float32), np.zeros((3, 2), np.float32))


RUN = {"recipe": '{"name": "one", "seed": 3}'}


@pytest.mark.parametrize("variant", Variant)
def test_who_is_kin(variant: Variant) -> None:
    one, copy, other = network(variant, 1), network(variant, 1), network(variant, 2)
    assert kinship(one, one, {}, {}) is Kinship.SAME_WEIGHTS
    assert kinship(one, copy, RUN, {}) is Kinship.SAME_WEIGHTS
    states = RUN | {"epochs": "1"}, RUN | {"epochs": "9"}
    assert kinship(one, other, *states) is Kinship.SAME_TRAINING  # perhaps of two runs
    assert kinship(one, other, *states, of_one_run=True) is Kinship.ONE_RUN
    changed = RUN | {"changes": "rate 0.1 until epoch 2"}
    assert kinship(one, other, RUN, changed, of_one_run=True) is Kinship.ONE_RUN
    stranger = Kinship.CODES if variant is Variant.ORIGINAL else Kinship.NONE
    assert kinship(one, other, RUN, {"recipe": '{"name": "one", "seed": 4}'}) is stranger
    assert kinship(one, other, RUN, changed) is stranger
    assert kinship(one, other, {}, {}) is stranger  # what is not known is not claimed
    unlike = Variant.MODERN if variant is Variant.ORIGINAL else Variant.ORIGINAL
    assert kinship(one, network(unlike), RUN, RUN) is Kinship.NONE


def test_who_began_alike() -> None:
    recipes = [preset(name) for name in ("original-quick", "modern-quick")]
    facts = [facts_of_training(recipe, "digits", 1, None, None) for recipe in recipes]
    slower = facts_of_training(
        recipes[0].with_changes(learning_rate=1e-4, epochs=2), "digits", 1, None, None
    )
    reseeded = facts_of_training(recipes[0].with_changes(seed=9), "digits", 1, None, None)
    assert began_alike(facts[0], slower)
    assert not began_alike(facts[0], facts[1])
    assert not began_alike(facts[0], reseeded)
    for unknown in ({}, {"recipe": "[1]"}, {"recipe": "{"}, {"recipe": "{}"}):
        assert not began_alike(unknown, unknown)


@pytest.mark.parametrize("kin", Kinship)
def test_only_what_has_an_order_is_compared(kin: Kinship) -> None:
    picture = image(5)
    nets = network(Variant.ORIGINAL, 1), network(Variant.ORIGINAL, 2)
    found = gaps(read_digit(nets[0], picture), read_digit(nets[1], picture), kin)
    expected = {Kinship.NONE: (), Kinship.CODES: ("F6",)}.get(kin, FEATURE_LAYERS)
    assert tuple(found) == comparable_layers(kin) == expected
    values = [passed(net, picture) for net in nets]
    for layer, told in found.items():
        a, b = values[0][layer], values[1][layer]
        mean = math.fsum(abs(x - y) for x, y in zip(a, b, strict=True)) / len(a)
        assert told.mean == pytest.approx(mean, rel=1e-4)
        assert told.correlation == pytest.approx(float(np.corrcoef(a, b)[0, 1]), abs=1e-4)


@pytest.mark.parametrize("variant", Variant)
def test_a_network_is_not_apart_from_itself(variant: Variant) -> None:
    reading = read_digit(network(variant), image(1))
    for told in gaps(reading, reading, Kinship.SAME_WEIGHTS).values():
        assert told.mean == 0.0
        assert told.correlation is None or told.correlation == pytest.approx(1.0)
    assert probabilities_apart(reading, reading) == 0.0


@pytest.mark.parametrize(("a", "b"), PAIRS)
@pytest.mark.parametrize("j", [None, 50.0])
def test_probabilities_are_apart_by_the_best_bet(a: Variant, b: Variant, j: float | None) -> None:
    """The largest difference in probability of any set of the eleven answers, by trying all."""
    one = read_digit(network(a, 1), image(2), Calibration(j))
    other = read_digit(network(b, 2), image(2), Calibration(None))
    differences = [
        float(p - q) for p, q in zip(one.probabilities, other.probabilities, strict=True)
    ]
    differences.append((one.rubbish or 0.0) - (other.rubbish or 0.0))
    best = max(
        abs(sum(d for place, d in enumerate(differences) if chosen >> place & 1))
        for chosen in range(1 << 11)
    )
    assert probabilities_apart(one, other) == pytest.approx(best, abs=1e-5)
    assert best > 0.01


def test_networks_of_other_classes_neither_agree_nor_disagree() -> None:
    clothes = tuple(f"garment {number}" for number in range(10))
    modern = network(Variant.MODERN)
    digits = read_digit(modern, image(1), Calibration(None))
    garments = replace(digits, class_names=clothes)
    found = agreement(digits, garments)
    assert found.accord is Accord.OTHER_CLASSES
    answer = digits.answer
    assert found.sentence == (f"A reads {answer}, B reads garment {answer}: their classes differ")
    assert probabilities_apart(digits, garments) is None
    assert agreement(garments, garments).sentence == f"Both read garment {answer}"
