"""Second derivatives against explicit Jacobians of networks whose shared weights are taken apart.

Every layer is written down as a list of connections, each from one input to one unit (a bias is a
connection from a constant 1), with a weight of its own. The derivatives of the sums by these
weights come from autograd; squared, they add up over the connections that share a weight.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.autograd.functional import hessian
from torch.autograd.functional import jacobian as jacobian_by_loop

from lenet_gui.net.architecture import TABLE_I
from lenet_gui.net.curvature import curvatures, of_inputs, of_parameters
from lenet_gui.net.layers import FEATURE_LAYERS
from lenet_gui.net.lenet5 import OriginalLeNet5
from lenet_gui.net.losses import mean_distance_loss
from lenet_gui.net.sparse_c3 import SparseC3
from lenet_gui.net.squashing import squash, squashed_slope
from lenet_gui.net.subsampling import Subsampling

CURVATURE_OF_THE_DISTANCE = 2.0

jacobian = partial(jacobian_by_loop, vectorize=True)

# What torch says of itself when it derives many sums at once.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated")

seeds = st.integers(0, 2**31)


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Threads that wait for each other take long where other programs use the cores."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def filled(module: nn.Module, seed: int, scale: float = 0.4) -> None:
    generator = seeded(seed)
    for parameter in module.parameters():
        parameter.data = scale * torch.randn(parameter.shape, generator=generator).to(
            parameter.dtype
        )


def original(seed: int, dtype: torch.dtype = torch.float64) -> OriginalLeNet5:
    network = OriginalLeNet5().to(dtype)
    filled(network, seed, 0.3)
    return network


def patterns(count: int, seed: int, dtype: torch.dtype = torch.float64) -> Tensor:
    return torch.rand((count, 1, 32, 32), generator=seeded(seed), dtype=dtype) * 1.275 - 0.1


@dataclass(frozen=True)
class Connections:
    """Of one layer and one pattern: from input `source` to unit `unit`, over a shared weight.

    All int [connections]; `shared` is a place in the layer's weights and biases, laid end to end.
    The inputs have a constant 1 behind them, for the biases.
    """

    source: Tensor
    unit: Tensor
    shared: Tensor

    def sums(self, u: Tensor, x: Tensor) -> Tensor:
        """The units' sums [units] from a weight for each connection and the inputs."""
        inputs = torch.cat((x.flatten(), x.new_ones(1)))
        sums = x.new_zeros(int(self.unit.max()) + 1)
        return sums.index_add(0, self.unit, u * inputs[self.source])


def kernels_of(layer: nn.Module) -> Iterator[tuple[int, int, int]]:
    """(map out, map in, place of the kernel's first weight) of a convolution's kernels."""
    taps = layer.weight.shape[-1] ** 2
    if isinstance(layer, SparseC3):
        kernel = 0
        for out, row in enumerate(TABLE_I):
            for within in row:
                yield out, within, kernel * taps
                kernel += 1
    else:
        maps_out, maps_in = layer.weight.shape[:2]
        for out in range(maps_out):
            for within in range(maps_in):
                yield out, within, (out * maps_in + within) * taps


def connections(layer: nn.Module, x: Tensor) -> Connections:
    """The connections of a layer for inputs of the shape of x [maps, side, side] or [inputs]."""
    found: list[tuple[int, int, int]] = []
    one = x.numel()
    if isinstance(layer, nn.Linear):
        for unit in range(layer.out_features):
            found += [(j, unit, unit * one + j) for j in range(one)]
            found.append((one, unit, layer.weight.numel() + unit))
        return Connections(*torch.tensor(found).T)
    maps_in, side, _ = x.shape
    if isinstance(layer, Subsampling):
        across = side // 2
        for unit in range(maps_in * across**2):
            its_map, place = divmod(unit, across**2)
            row, column = divmod(place, across)
            for i in (2 * row, 2 * row + 1):
                for k in (2 * column, 2 * column + 1):
                    found.append(((its_map * side + i) * side + k, unit, its_map))
            found.append((one, unit, maps_in + its_map))
        return Connections(*torch.tensor(found).T)
    taps = layer.weight.shape[-1]
    across = side - taps + 1
    for out, within, first in kernels_of(layer):
        for unit in range(out * across**2, (out + 1) * across**2):
            row, column = divmod(unit - out * across**2, across)
            for tap in range(taps**2):
                i, k = divmod(tap, taps)
                found.append(((within * side + row + i) * side + column + k, unit, first + tap))
    for unit in range(len(layer.bias) * across**2):
        found.append((one, unit, layer.weight.numel() + unit // across**2))
    return Connections(*torch.tensor(found).T)


@dataclass(frozen=True)
class Below:
    """What the oracle finds at a layer: second derivatives by its parameters and its inputs."""

    parameters: dict[str, Tensor]
    inputs: Tensor


def oracle(layer: nn.Module, x: Tensor, above: Tensor, *, dense: bool) -> Below:
    """Of one layer (its sums squashed) for one pattern x, from d2E/dx^2 of its units.

    `dense` takes the whole Jacobian by the single weights. Without it, the sum of all units is
    derived once: as a connection's weight touches its own unit alone, that gives the same.
    """
    plan = connections(layer, x)
    laid_out = torch.cat([p.detach().flatten() for p in layer.parameters()])
    u = laid_out[plan.shared]  # a weight for every connection
    a = plan.sums(u, x)
    torch.testing.assert_close(a, layer(x[None]).detach().flatten(), rtol=1e-10, atol=1e-10)
    slopes = jacobian(squash, a).diagonal() if dense else jacobian(lambda s: squash(s).sum(), a)
    at_sums = slopes.square() * above.flatten()
    if dense:
        by_connection = at_sums @ jacobian(lambda single: plan.sums(single, x), u).square()
    else:
        each = jacobian(lambda single: plan.sums(single, x).sum(), u)
        by_connection = at_sums[plan.unit] * each.square()
    by_weight = torch.zeros_like(laid_out).index_add(0, plan.shared, by_connection)
    by_input = jacobian(lambda inputs: layer(inputs[None]).flatten(), x).flatten(1)
    parts = by_weight.split([p.numel() for p in layer.parameters()])
    return Below(
        {
            name: part.view_as(parameter)
            for (name, parameter), part in zip(layer.named_parameters(), parts, strict=True)
        },
        (at_sums @ by_input.square()).view_as(x),
    )


def small_network(seed: int) -> list[nn.Module]:
    """Every kind of layer, for inputs [1, 14, 14]."""
    layers: list[nn.Module] = [
        nn.Conv2d(1, 6, 3),  # [6, 12, 12]
        Subsampling(6),  # [6, 6, 6]
        SparseC3(),  # [16, 2, 2]
        Subsampling(16),  # [16, 1, 1]
        nn.Conv2d(16, 7, 1),  # [7, 1, 1]
        nn.Linear(7, 5),
    ]
    for place, layer in enumerate(layers):
        layer.double()
        filled(layer, seed + place)
    return layers


@pytest.mark.parametrize("seed", [11, 23, 37])
def test_small_networks_agree_with_explicit_jacobians_layer_by_layer(seed: int) -> None:
    layers = small_network(seed)
    x = torch.randn((1, 14, 14), generator=seeded(seed), dtype=torch.float64)
    inputs = []
    for layer in layers:
        if isinstance(layer, nn.Linear):
            x = x.flatten()
        inputs.append(x)
        x = squash(layer(x[None])).detach()[0]
    # At the distances to the codes: the Hessian of one by all of its inputs.
    code = torch.ones_like(x)
    above = hessian(lambda units: (units - code).square().sum(), x).diagonal()
    expected, found = above, above[None]
    for layer, below in zip(reversed(layers), reversed(inputs), strict=True):
        wanted = oracle(layer, below, expected, dense=True)
        with torch.no_grad():
            units = squash(layer(below[None]))
            at_sums = squashed_slope(units).square() * found.view_as(units)
            own = of_parameters(layer, below[None], at_sums)
            found = of_inputs(layer, below[None], at_sums)
        assert own.keys() == wanted.parameters.keys()
        for name, value in own.items():
            assert value.min() > 0
            torch.testing.assert_close(value, wanted.parameters[name], rtol=1e-6, atol=0)
        torch.testing.assert_close(found[0], wanted.inputs, rtol=1e-6, atol=1e-300)
        expected = wanted.inputs


def test_the_whole_original_agrees_with_the_composed_jacobians() -> None:
    network, inputs = original(5), patterns(2, 6)
    expected = {name: torch.zeros_like(p) for name, p in network.named_parameters()}
    for pattern in inputs:
        activations = {k: v.detach()[0] for k, v in network(pattern[None]).activations.items()}
        above = hessian(lambda x: network.output(x[None])[0, 3], activations["F6"]).diagonal()
        for place in reversed(range(len(FEATURE_LAYERS))):
            name = FEATURE_LAYERS[place]
            below = activations[FEATURE_LAYERS[place - 1]] if place else pattern
            if name == "F6":
                below = below.flatten()
            found = oracle(network.get_submodule(name), below, above, dense=False)
            for what, value in found.parameters.items():
                expected[f"{name}.{what}"] += value / len(inputs)
            above = found.inputs
    own = curvatures(network, inputs)
    assert list(own) == [name for name, _ in network.named_parameters()]
    assert len(own) == 12
    for name, value in own.items():
        assert value.max() > 0
        torch.testing.assert_close(value, expected[name], rtol=1e-6, atol=0)


def test_a_layers_connections_are_as_many_as_the_audit_counts() -> None:
    network = OriginalLeNet5().double()
    counts = [
        len(connections(network.get_submodule(name), torch.zeros(shape)).unit)
        for name, shape in (
            ("C1", (1, 32, 32)),
            ("S2", (6, 28, 28)),
            ("C3", (6, 14, 14)),
            ("S4", (16, 10, 10)),
            ("C5", (16, 5, 5)),
            ("F6", (120,)),
        )
    ]
    assert counts == [122_304, 5_880, 151_600, 2_000, 48_120, 10_164]


@given(seed=seeds)
def test_one_layer_has_a_closed_form(seed: int) -> None:
    layer = nn.Linear(6, 4).double()
    filled(layer, seed)
    x = torch.randn((3, 6), generator=seeded(seed + 1), dtype=torch.float64)
    with torch.no_grad():
        units = squash(layer(x))
        at_sums = squashed_slope(units).square() * CURVATURE_OF_THE_DISTANCE
        found = of_parameters(layer, x, at_sums)
        slope = 1.7159 * 2 / 3 / torch.cosh(2 / 3 * layer(x)).square()
    expected = 2 * torch.einsum("ni,nj->ij", slope.square(), x.square())
    torch.testing.assert_close(found["weight"], expected, rtol=1e-9, atol=1e-12)
    torch.testing.assert_close(found["bias"], 2 * slope.square().sum(dim=0), rtol=1e-9, atol=1e-12)


def test_at_a_code_f6_has_the_true_second_derivatives() -> None:
    # Where the distance is 0, the dropped f'' has no factor, and F6's diagonal is exact.
    network, inputs = original(8), patterns(1, 9)
    network.requires_grad_(requires_grad=False)
    activations = network(inputs).activations
    network.output.codes[3] = activations["F6"][0]
    c5 = activations["C5"].flatten(1)

    def distance(bias: Tensor, row: Tensor, unit: int) -> Tensor:
        weight = torch.cat((network.F6.weight[:unit], row[None], network.F6.weight[unit + 1 :]))
        units = squash(nn.functional.linear(c5, weight, bias))
        return mean_distance_loss(network.output(units), torch.tensor([3]))

    found = curvatures(network, inputs)
    for unit in (0, 41, 83):
        row = network.F6.weight[unit]
        by_bias = hessian(partial(distance, row=row, unit=unit), network.F6.bias).diagonal()
        by_row = hessian(partial(distance, network.F6.bias, unit=unit), row).diagonal()
        torch.testing.assert_close(found["F6.bias"], by_bias, rtol=1e-6, atol=0)
        torch.testing.assert_close(found["F6.weight"][unit], by_row, rtol=1e-6, atol=0)


@settings(max_examples=15)
@given(seed=seeds, scale=st.sampled_from([0.0, 0.03, 0.3, 3.0]))
def test_curvatures_are_finite_never_negative_and_shaped_as_their_parameters(
    seed: int, scale: float
) -> None:
    network = OriginalLeNet5()
    filled(network, seed, scale)
    found = curvatures(network, patterns(3, seed, torch.float32))
    for name, parameter in network.named_parameters():
        assert found[name].shape == parameter.shape
        assert found[name].isfinite().all()
        assert found[name].min() >= 0
        assert not found[name].requires_grad


@settings(max_examples=10)
@given(seed=seeds, count=st.integers(2, 5))
def test_a_batch_has_the_mean_of_its_patterns(seed: int, count: int) -> None:
    network, inputs = original(seed), patterns(count, seed + 1)
    whole = curvatures(network, inputs)
    single = [curvatures(network, pattern[None]) for pattern in inputs]
    for name, value in whole.items():
        mean = torch.stack([one[name] for one in single]).mean(dim=0)
        torch.testing.assert_close(value, mean, rtol=1e-9, atol=1e-12)


def test_the_network_is_left_as_it_was_in_any_memory_format() -> None:
    network, inputs = original(2), patterns(2, 3)
    before = {name: p.detach().clone() for name, p in network.named_parameters()}
    found = curvatures(network, inputs)
    for name, parameter in network.named_parameters():
        assert torch.equal(parameter, before[name])
        assert parameter.grad is None
    other = curvatures(network.to(memory_format=torch.channels_last), inputs)
    for name, value in found.items():
        torch.testing.assert_close(other[name], value, rtol=1e-9, atol=1e-12)


def test_other_layers_are_refused() -> None:
    x = torch.zeros(1, 2, 4, 4)
    for ask in (of_parameters, of_inputs):
        with pytest.raises(TypeError, match="no second derivatives for AvgPool2d"):
            ask(nn.AvgPool2d(2), x, x)
