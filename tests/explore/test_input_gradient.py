"""The gradient on the input is the slope that small changes of single pixels show."""

import numpy as np
import pytest
import torch

from lenet_gui.explore.array_reader import read_input_with_arrays
from lenet_gui.explore.input_gradient import InputGradient, input_gradient, lead_gradient
from lenet_gui.net.architecture import Variant
from lenet_gui.net.array_network import ArrayNetwork
from lenet_gui.net.layers import Unit
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.net.receptive_field import receptive_field

UNITS = (
    Unit("C1", 3, 20, 5),
    Unit("S2", 1, 7, 7),
    Unit("C3", 12, 0, 9),
    Unit("S4", 15, 2, 2),
    Unit("C5", 77),
    Unit("F6", 40),
    Unit("output", 7),
)


@pytest.fixture(scope="module", params=list(Variant))
def network(request: pytest.FixtureRequest) -> LeNet5:
    return build(request.param, torch.Generator().manual_seed(5))


@pytest.fixture(scope="module")
def x() -> np.ndarray:
    return np.random.default_rng(2).uniform(-0.1, 1.2, (32, 32)).astype(np.float32)


def gradient_of(network: LeNet5, x: np.ndarray, unit: Unit) -> InputGradient:
    reader = ArrayNetwork(network.variant, network.as_arrays())
    reading = read_input_with_arrays(reader, x.copy())
    reader.forward(np.zeros_like(x))  # another pass since is no matter
    return input_gradient(reader, reading, unit)


def value_of(network: LeNet5, x: torch.Tensor, unit: Unit) -> float:
    with torch.no_grad():
        passed = network(x[None, None])
    if unit.layer == "output":
        return float(passed.output[0, unit.map])
    return float(passed.activations[unit.layer].reshape(1, -1)[0, _place(passed, unit)])


def _place(passed: object, unit: Unit) -> int:
    shape = passed.activations[unit.layer].shape
    side = shape[-1] if len(shape) == 4 else 1
    return (unit.map * side + unit.row) * side + unit.column


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.layer)
def test_it_is_the_slope_by_small_changes(network: LeNet5, x: np.ndarray, unit: Unit) -> None:
    found = gradient_of(network, x, unit)
    assert not found.is_of_sum
    gradient = found.slopes
    assert gradient.dtype == np.float32
    precise = build(network.variant).double()
    precise.load_state_dict(network.state_dict())
    field = receptive_field(unit.layer, unit.row, unit.column)
    chance = np.random.default_rng(1)
    for _ in range(12):
        row = int(chance.integers(field.top, field.bottom))
        column = int(chance.integers(field.left, field.right))
        ends = []
        for step in (1e-5, -1e-5):
            changed = torch.tensor(x, dtype=torch.float64)
            changed[row, column] += step
            ends.append(value_of(precise, changed, unit))
        slope = (ends[0] - ends[1]) / 2e-5
        assert gradient[row, column] == pytest.approx(slope, rel=2e-3, abs=2e-5)


def test_the_lead_is_that_of_the_output_that_wins(network: LeNet5, x: np.ndarray) -> None:
    reader = ArrayNetwork(network.variant, network.as_arrays())
    found = lead_gradient(reader, read_input_with_arrays(reader, x.copy()), 4, 9)
    changed = torch.tensor(x)[None, None].requires_grad_()
    output = network(changed).output[0]
    lead = output[9] - output[4] if network.variant is Variant.ORIGINAL else output[4] - output[9]
    (wanted,) = torch.autograd.grad(lead, changed)
    np.testing.assert_allclose(found.slopes, wanted[0, 0].numpy(), rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("unit", UNITS[:4], ids=lambda unit: unit.layer)
def test_it_is_nothing_outside_of_what_the_unit_sees(
    network: LeNet5, x: np.ndarray, unit: Unit
) -> None:
    gradient = gradient_of(network, x, unit).slopes
    field = receptive_field(unit.layer, unit.row, unit.column)
    inside = np.zeros((32, 32), bool)
    inside[field.rows, field.columns] = True
    assert np.all(gradient[~inside] == 0)
    assert np.any(gradient[inside] != 0)


def saturated(network: LeNet5, layer: str) -> LeNet5:
    """The same with weights of a layer so large that most of its units are at an end."""
    large = build(network.variant)
    large.load_state_dict(network.state_dict())
    with torch.no_grad():
        for name, weight in large.named_parameters():
            if name.startswith(layer):
                weight.mul_(1000)
    return large


@pytest.mark.parametrize("layer", ["C1", "S2", "C3", "S4", "C5", "F6"])
def test_of_a_saturated_unit_it_is_that_of_the_sum(
    network: LeNet5, x: np.ndarray, layer: str
) -> None:
    large = saturated(network, layer)
    with torch.no_grad():
        values = large(torch.tensor(x)[None, None]).activations[layer][0].numpy()
    unit = Unit(layer, *(int(at) for at in np.unravel_index(np.abs(values).argmax(), values.shape)))
    found = gradient_of(large, x, unit)
    squashes = network.variant is Variant.ORIGINAL or layer not in ("S2", "S4")
    assert found.is_of_sum == squashes
    at = torch.tensor(x)[None, None].requires_grad_()
    passed = large(at, with_sums=True)
    told = passed.sums if squashes else passed.activations
    (wanted,) = torch.autograd.grad(told[layer].reshape(-1)[_place(passed, unit)], at)
    np.testing.assert_allclose(
        found.slopes, wanted[0, 0].numpy(), rtol=1e-3, atol=1e-4 * found.largest + 1e-30
    )
    if layer == "C1":
        assert found.largest > 1  # the slope of the value would be 0


def test_nothing_of_the_network_is_changed(network: LeNet5, x: np.ndarray) -> None:
    before = {name: weight.detach().clone() for name, weight in network.named_parameters()}
    gradient_of(network, x, Unit("F6", 1))
    for name, weight in network.named_parameters():
        assert torch.equal(weight, before[name])
        assert weight.grad is None
        assert weight.requires_grad


def test_a_unit_that_is_not_there(network: LeNet5, x: np.ndarray) -> None:
    with pytest.raises(IndexError):
        gradient_of(network, x, Unit("C1", 6, 0, 0))
