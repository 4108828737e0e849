"""A reading is the network's own pass, in plain read-only arrays."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lenet_gui.explore.reader import read_digit
from lenet_gui.explore.reading import Reading
from lenet_gui.net.architecture import ANSWER_J, INPUT_RANGE, Variant
from lenet_gui.net.calibration import Calibration
from lenet_gui.net.layers import FEATURE_LAYERS, INPUT, LAYERS, OUTPUT, unit_at
from lenet_gui.net.lenet5 import LeNet5, build

NETWORKS = {variant: build(variant, torch.Generator().manual_seed(2)).eval() for variant in Variant}

images = arrays.arrays(np.float32, (28, 28), elements=st.floats(0, 1, width=32))


@pytest.fixture(params=Variant)
def network(request: pytest.FixtureRequest) -> LeNet5:
    return NETWORKS[Variant(request.param)]


def some_image(seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random((28, 28), dtype=np.float32)


def test_every_activation_is_that_of_the_networks_own_pass(network: LeNet5) -> None:
    image = some_image()
    reading = read_digit(network, image)
    background, ink = INPUT_RANGE[network.variant]
    padded = np.pad(background + image * (ink - background), 2, constant_values=background)
    np.testing.assert_allclose(reading.input, padded, atol=1e-6)
    with torch.inference_mode():
        passed = network(torch.from_numpy(padded.astype(np.float32))[None, None])
    assert tuple(reading.activations) == FEATURE_LAYERS
    for layer, maps in reading.activations.items():
        wanted = passed.activations[layer][0].numpy().reshape(maps.shape)
        np.testing.assert_allclose(maps, wanted, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(reading.output, passed.output[0].numpy(), rtol=1e-4, atol=1e-4)


def test_shapes_and_forms(network: LeNet5) -> None:
    reading = read_digit(network, some_image())
    shapes = {layer: maps.shape for layer, maps in reading.activations.items()}
    assert shapes == {
        "C1": (6, 28, 28),
        "S2": (6, 14, 14),
        "C3": (16, 10, 10),
        "S4": (16, 5, 5),
        "C5": (120,),
        "F6": (84,),
    }
    for array in (reading.input, reading.output, reading.probabilities, *_maps(reading)):
        assert array.dtype == np.float32
        assert array.flags.c_contiguous
        assert not array.flags.writeable


def _maps(reading: Reading) -> list[np.ndarray]:
    return list(reading.activations.values())


@settings(max_examples=25)
@given(images, st.sampled_from(Variant))
def test_answer_runner_up_and_margin_follow_from_the_output(
    image: np.ndarray, variant: Variant
) -> None:
    reading = read_digit(NETWORKS[variant], image)
    scores = -reading.output if variant is Variant.ORIGINAL else reading.output
    order = sorted(range(10), key=lambda digit: -scores[digit])
    assert scores[reading.answer] == scores[order[0]]
    assert scores[reading.runner_up] == scores[order[1]]
    assert reading.answer != reading.runner_up
    assert reading.margin >= 0
    assert reading.margin == pytest.approx(scores[order[0]] - scores[order[1]], abs=1e-4)


def test_the_originals_probabilities_leave_room_for_rubbish() -> None:
    reading = read_digit(NETWORKS[Variant.ORIGINAL], some_image(), Calibration(80.0))
    weights = [math.exp(-float(y)) for y in reading.output]
    whole = math.exp(-80.0) + math.fsum(weights)
    assert reading.rubbish == pytest.approx(math.exp(-80.0) / whole, rel=1e-4)
    np.testing.assert_allclose(reading.probabilities, [w / whole for w in weights], rtol=1e-4)
    assert reading.calibration.j == 80.0


@pytest.mark.parametrize("j", [None, 80.0])
def test_probabilities_have_the_temperature_of_the_training(j: float | None) -> None:
    reading = read_digit(NETWORKS[Variant.ORIGINAL], some_image(), Calibration(j, temperature=10.0))
    weights = [math.exp(-float(y) / 10) for y in reading.output]
    rubbish = 0.0 if j is None else math.exp(-j / 10)
    whole = rubbish + math.fsum(weights)
    np.testing.assert_allclose(reading.probabilities, [w / whole for w in weights], rtol=1e-4)
    assert reading.rubbish == (None if j is None else pytest.approx(rubbish / whole, rel=1e-4))


def test_the_usual_j_calls_a_perfect_digit_a_digit() -> None:
    """At distance 0 the rubbish class gets 1 / (1 + e^j)."""
    j = ANSWER_J[Variant.ORIGINAL]
    assert 1 / (1 + math.exp(j)) < 1e-4
    reading = read_digit(NETWORKS[Variant.ORIGINAL], some_image())
    assert reading.calibration.j == j
    assert reading.rubbish == pytest.approx(1)  # an untrained F6 is some 84 from every code


@pytest.mark.parametrize("j", [0.0, -1.5, 2.0])
def test_a_modern_that_knows_rubbish_shares_its_softmax_with_it(j: float) -> None:
    reading = read_digit(NETWORKS[Variant.MODERN], some_image(), Calibration(j))
    weights = [math.exp(float(logit)) for logit in reading.output]
    whole = math.exp(-j) + math.fsum(weights)
    assert reading.rubbish == pytest.approx(math.exp(-j) / whole, rel=1e-4)
    np.testing.assert_allclose(reading.probabilities, [w / whole for w in weights], rtol=1e-4)


def test_an_original_without_a_rubbish_class_gives_the_digits_everything() -> None:
    reading = read_digit(NETWORKS[Variant.ORIGINAL], some_image(), Calibration(None))
    nearness = np.exp(-(reading.output - reading.output.min()).astype(np.float64))
    np.testing.assert_allclose(reading.probabilities, nearness / nearness.sum(), rtol=1e-4)
    assert reading.rubbish is None


def test_the_moderns_probabilities_are_a_softmax_without_rubbish() -> None:
    reading = read_digit(NETWORKS[Variant.MODERN], some_image())
    raised = np.exp(reading.output - reading.output.max())
    np.testing.assert_allclose(reading.probabilities, raised / raised.sum(), rtol=1e-5)
    assert reading.rubbish is None


def test_a_later_pass_leaves_an_earlier_reading_alone(network: LeNet5) -> None:
    first = read_digit(network, some_image(1))
    kept = {layer: maps.copy() for layer, maps in first.activations.items()}
    read_digit(network, some_image(2))
    for layer, maps in kept.items():
        np.testing.assert_array_equal(first.activations[layer], maps)


def test_every_layer_s_values_by_map_by_picture_and_by_unit(network: LeNet5) -> None:
    reading = read_digit(network, some_image())
    assert np.array_equal(reading.values(INPUT), reading.input[None])
    assert reading.values("C5").shape == (120,)
    assert np.array_equal(reading.values(OUTPUT), reading.output)
    for layer in LAYERS:
        shown = reading.pictures(layer)
        for picture, row, column in np.ndindex(*shown.shape):
            unit = unit_at(layer, picture, row, column)
            assert reading.value(unit) == shown[picture, row, column]
