"""Readers of digits give every member of the Modern's family the inputs that it was made for."""

from itertools import product

import numpy as np
import pytest
import torch

from lenet_gui.data.digits import Digits
from lenet_gui.data.input_range import in_range
from lenet_gui.explore.array_reader import read_with_arrays
from lenet_gui.explore.reader import read_digit
from lenet_gui.explore.saturation import is_saturated
from lenet_gui.explore.sweep_reader import Reader
from lenet_gui.explore.top_digit_search import search_top_digits
from lenet_gui.explore.unit_value import explain
from lenet_gui.net.architecture import Variant
from lenet_gui.net.array_network import ArrayNetwork, squash_of
from lenet_gui.net.calibration import calibration_of
from lenet_gui.net.layers import FEATURE_LAYERS, middle_of
from lenet_gui.net.modern_form import Border, InputScale, ModernForm, Pooling, Squashing
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.training.metrics import outputs_of
from tests.support.plain_modern import plain_input, random_modern

FORMS = [
    ModernForm(squashing, Pooling.MAX, inputs, border)
    for squashing, inputs, border in product(
        (Squashing.RELU, Squashing.SIGMOID), InputScale, Border
    )
]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_every_reader_gives_the_plain_networks_logits(form: ModernForm) -> None:
    plain, network = random_modern(form)
    images = np.random.default_rng(1).integers(0, 256, (3, 28, 28), np.uint8)
    inks = images / np.float32(255)
    with torch.no_grad():
        wanted = plain(plain_input(form, torch.tensor(inks))).numpy()
    calibration = calibration_of(Variant.MODERN, {})
    arrays = ArrayNetwork(Variant.MODERN, network.as_arrays(), form)
    padded = np.pad(inks, ((0, 0), (2, 2), (2, 2)))
    found = {
        "torch": [read_digit(network, ink).output for ink in inks],
        "numpy": [read_with_arrays(arrays, ink).output for ink in inks],
        "a set": outputs_of(network, images).numpy(),
        "a sweep": Reader("one", network, calibration).read(padded).outputs,
    }
    for outputs in found.values():
        np.testing.assert_allclose(outputs, wanted, rtol=1e-4, atol=1e-4)
    top = search_top_digits(network, Digits(images, np.zeros(3, np.uint8), "three"))
    np.testing.assert_allclose(
        np.sort(top.values["output"], axis=1), np.sort(wanted.T, axis=1), rtol=1e-4, atol=1e-4
    )
    reading = read_with_arrays(arrays, inks[0])
    assert reading.form == form
    np.testing.assert_allclose(reading.input[0], network.kind.border_value, atol=1e-7)


@pytest.mark.parametrize("border", Border)
def test_ink_on_the_border_is_seen_only_where_the_border_is_paper(border: Border) -> None:
    kind = NetworkKind(Variant.MODERN, ModernForm(inputs=InputScale.SYMMETRIC, border=border))
    scaled = kind.scaled(np.ones((32, 32), np.float32))
    assert scaled[0, 0] == (1 if border is Border.PAPER else 0)
    assert scaled[2, 2] == scaled[-3, -3] == 1
    assert np.count_nonzero(scaled) == (1024 if border is Border.PAPER else 784)


def test_inputs_of_one_member_become_those_of_another() -> None:
    symmetric = ModernForm(inputs=InputScale.SYMMETRIC, border=Border.ZERO)
    theirs = NetworkKind(Variant.MODERN, symmetric)
    ours = NetworkKind(Variant.ORIGINAL)
    inks = torch.rand(2, 1, 32, 32)
    seen = theirs.with_border(in_range(ours.scaled(inks), ours.input_range, theirs.input_range))
    torch.testing.assert_close(seen, theirs.scaled(inks))


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_units_are_added_up_as_the_network_does(form: ModernForm) -> None:
    _, network = random_modern(form, seed=7)
    image = np.random.default_rng(3).random((28, 28), np.float32)
    reading = read_digit(network, image)
    with torch.no_grad():
        passed = network(torch.tensor(reading.input)[None, None], with_sums=True)
    for layer, unit in ((one, middle_of(one)) for one in FEATURE_LAYERS):
        found = explain(network, reading, unit)
        at = (0, unit.map, unit.row, unit.column)[: passed.sums[layer].ndim]
        assert found.sum == pytest.approx(float(passed.sums[layer][at]), abs=1e-4)
        assert found.value == pytest.approx(float(passed.activations[layer][at]), abs=1e-4)
        if layer in ("S2", "S4"):
            assert sorted(found.sources[0].weights.flat) == [0, 0, 0, 1]
            assert found.sources[0].inputs.max() == found.value


@pytest.mark.parametrize(
    ("squashing", "at_the_end", "inside"),
    [
        (Squashing.RELU, (0.0,), (0.01, 900.0)),
        (Squashing.SIGMOID, (0.004, 0.996), (0.006, 0.5, 0.994)),
        (Squashing.TANH, (-0.995, 0.995), (-0.98, 0.0, 0.98)),
    ],
)
def test_a_unit_is_at_its_end_where_its_slope_is_next_to_nothing(
    squashing: Squashing, at_the_end: tuple[float, ...], inside: tuple[float, ...]
) -> None:
    kind = NetworkKind(Variant.MODERN, ModernForm(squashing))
    slope = squash_of(kind).slope
    at_0 = {Squashing.RELU: 1.0, Squashing.SIGMOID: 0.25, Squashing.TANH: 1.0}[squashing]
    for value in at_the_end:
        assert is_saturated(kind, "C1", value)
        assert slope(np.array([value], np.float32))[0] < 0.02 * at_0
    for value in inside:
        assert not is_saturated(kind, "C1", value)
        assert slope(np.array([value], np.float32))[0] > 0.02 * at_0
    far = np.array([-2000.0, 2000.0], np.float32)  # no warning, and no more than the ends
    low, high = kind.squashed_range
    np.testing.assert_allclose(squash_of(kind).forward(far), (low, min(high, 2000)), atol=1e-6)
    assert not any(is_saturated(kind, layer, 0.0) for layer in ("S2", "S4", "output"))
