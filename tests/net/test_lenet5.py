"""Both networks against loops written out from the paper's definitions."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from lenet_gui.net.architecture import TABLE_I, InitialWeights, Variant
from lenet_gui.net.codes import CODES
from lenet_gui.net.layers import FEATURE_LAYERS
from lenet_gui.net.lenet5 import LeNet5, OriginalLeNet5, build
from lenet_gui.net.rbf import RbfOutput
from lenet_gui.net.sparse_c3 import SparseC3
from lenet_gui.net.squashing import squash
from lenet_gui.net.subsampling import Subsampling

seeds = st.integers(0, 2**31)


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def filled(module: torch.nn.Module, seed: int) -> None:
    generator = seeded(seed)
    for parameter in module.parameters():
        parameter.data = torch.randn(parameter.shape, generator=generator)


@settings(max_examples=10)
@given(seed=seeds)
def test_c3_is_a_loop_over_table_i(seed: int) -> None:
    layer = SparseC3().double()
    filled(layer, seed)
    layer.double()
    x = torch.randn(2, 6, 7, 6, generator=seeded(seed + 1), dtype=torch.float64)
    layer.requires_grad_(requires_grad=False)
    out = layer(x)
    assert out.shape == (2, 16, 3, 2)
    kernel = 0
    for c3_map, row in enumerate(TABLE_I):
        wanted = torch.full((2, 3, 2), float(layer.bias[c3_map]), dtype=torch.float64)
        for s2_map in row:
            for i in range(3):
                for j in range(2):
                    patch = x[:, s2_map, i : i + 5, j : j + 5]
                    wanted[:, i, j] += (patch * layer.weight[kernel]).sum(dim=(1, 2))
            kernel += 1
        torch.testing.assert_close(out[:, c3_map], wanted)
    assert kernel == 60


def test_c3_stores_no_masked_weights_and_learns_only_its_own() -> None:
    layer = SparseC3()
    assert sum(p.numel() for p in layer.parameters()) == 1_516
    assert set(dict(layer.named_parameters())) == {"weight", "bias"}
    assert not [name for name in layer.state_dict() if name not in {"weight", "bias"}]


def test_unconnected_s2_maps_do_not_touch_a_c3_map() -> None:
    layer = SparseC3()
    filled(layer, 0)
    x = torch.randn(1, 6, 14, 14, generator=seeded(1))
    before = layer(x)
    for s2_map in range(6):
        moved = x.clone()
        moved[:, s2_map] += 1
        changed = (layer(moved) - before).abs().amax(dim=(0, 2, 3)) > 1e-6
        assert changed.tolist() == [s2_map in row for row in TABLE_I]


@settings(max_examples=10)
@given(seed=seeds, maps=st.integers(1, 5))
def test_subsampling_is_a_loop_over_each_map_alone(seed: int, maps: int) -> None:
    layer = Subsampling(maps)
    filled(layer, seed)
    layer.double()
    x = torch.randn(2, maps, 6, 4, generator=seeded(seed + 1), dtype=torch.float64)
    out = layer(x)
    for n in range(2):
        for m in range(maps):
            for i in range(3):
                for j in range(2):
                    four = x[n, m, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].sum()
                    wanted = layer.coefficient[m] * four + layer.bias[m]
                    torch.testing.assert_close(out[n, m, i, j], wanted)


@given(st.lists(st.floats(-1.7159, 1.7159), min_size=84, max_size=84))
def test_rbf_by_definition(values: list[float]) -> None:
    out = RbfOutput().double()(torch.tensor([values], dtype=torch.float64))[0]
    wanted = [sum((x - w) ** 2 for x, w in zip(values, code, strict=True)) for code in CODES]
    assert out.tolist() == pytest.approx(wanted, rel=1e-12)


def test_squashing_is_eq_6() -> None:
    for a in (-30.0, -2.0, -1.0, -0.25, 0.0, 0.5, 1.0, 40.0):
        wanted = 1.7159 * math.tanh(2 * a / 3)
        assert squash(torch.tensor(a, dtype=torch.float64)).item() == pytest.approx(wanted)
    assert squash(torch.tensor(1.0)).item() == pytest.approx(1.0, abs=1e-4)


def by_hand(network: LeNet5, x: Tensor) -> dict[str, Tensor]:
    """The sums of every layer, from a second writing of the forward pass."""
    weights = dict(network.named_parameters())
    original = isinstance(network, OriginalLeNet5)
    f = (lambda a: 1.7159 * torch.tanh(2 * a / 3)) if original else torch.tanh
    sums = {}

    def convolved(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        patches = torch.nn.functional.unfold(x, 5)  # [N, in * 25, positions]
        side = x.shape[-1] - 4
        out = weight.flatten(1) @ patches + bias[:, None]
        return out.unflatten(2, (side, side))

    def pooled(name: str, x: Tensor) -> Tensor:
        four = x[..., ::2, ::2] + x[..., 1::2, ::2] + x[..., ::2, 1::2] + x[..., 1::2, 1::2]
        if not original:
            return four / 4
        coefficient, bias = weights[f"{name}.coefficient"], weights[f"{name}.bias"]
        return four * coefficient[:, None, None] + bias[:, None, None]

    c3 = weights["C3.weight"]
    if original:
        dense = torch.zeros(16, 6, 5, 5)
        kernels = iter(c3)
        for c3_map, row in enumerate(TABLE_I):
            for s2_map in row:
                dense[c3_map, s2_map] = next(kernels)
        c3 = dense
    sums["C1"] = convolved(x, weights["C1.weight"], weights["C1.bias"])
    sums["S2"] = pooled("S2", f(sums["C1"]))
    s2 = f(sums["S2"]) if original else sums["S2"]
    sums["C3"] = convolved(s2, c3, weights["C3.bias"])
    sums["S4"] = pooled("S4", f(sums["C3"]))
    s4 = f(sums["S4"]) if original else sums["S4"]
    sums["C5"] = convolved(s4, weights["C5.weight"], weights["C5.bias"])
    sums["F6"] = f(sums["C5"]).flatten(1) @ weights["F6.weight"].T + weights["F6.bias"]
    f6 = f(sums["F6"])
    if original:
        codes = torch.tensor(CODES, dtype=torch.float32)
        sums["output"] = torch.cdist(f6, codes).square()
    else:
        sums["output"] = f6 @ weights["output.weight"].T + weights["output.bias"]
    return sums


@pytest.mark.parametrize("variant", Variant)
def test_a_forward_pass_by_hand(variant: Variant) -> None:
    network = build(variant, seeded(3))
    x = torch.rand(3, 1, 32, 32, generator=seeded(4)) * 1.275 - 0.1
    passed = network(x, with_sums=True)
    assert tuple(passed.activations) == tuple(passed.sums) == FEATURE_LAYERS
    wanted = by_hand(network, x)
    for name in FEATURE_LAYERS:
        torch.testing.assert_close(passed.sums[name], wanted[name], rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(passed.output, wanted["output"], rtol=1e-4, atol=1e-4)
    f = (lambda a: 1.7159 * torch.tanh(2 * a / 3)) if variant is Variant.ORIGINAL else torch.tanh
    for name in FEATURE_LAYERS:
        plain = variant is Variant.MODERN and name in {"S2", "S4"}
        after = passed.sums[name] if plain else f(passed.sums[name])
        torch.testing.assert_close(passed.activations[name], after)
    assert network(x).sums == {}


@pytest.mark.parametrize("variant", Variant)
def test_shapes(variant: Variant) -> None:
    shapes = {
        n: tuple(a.shape[1:])
        for n, a in build(variant)(torch.zeros(2, 1, 32, 32)).activations.items()
    }
    assert shapes == {
        "C1": (6, 28, 28),
        "S2": (6, 14, 14),
        "C3": (16, 10, 10),
        "S4": (16, 5, 5),
        "C5": (120, 1, 1),
        "F6": (84,),
    }


@pytest.mark.parametrize("variant", Variant)
def test_the_receptive_fields_by_gradient(variant: Variant) -> None:
    network = build(variant, seeded(5))
    x = torch.zeros(1, 1, 32, 32, requires_grad=True)
    for name, side in {"C1": 5, "S2": 6, "C3": 14, "S4": 16, "C5": 32}.items():
        maps = network(x).activations[name]
        (seen,) = torch.autograd.grad(maps[0, :, -1, -1].sum(), x)
        rows = seen[0, 0].abs().sum(dim=1).nonzero().flatten()
        assert (rows.max() - rows.min() + 1).item() == side
        assert rows.max().item() == 31


def test_the_smallest_distance_and_the_largest_logit_win() -> None:
    output = torch.tensor([[3.0, 1.0, 2.0]])
    assert build(Variant.ORIGINAL).scores(output).argmax().item() == 1
    assert build(Variant.MODERN).scores(output).argmax().item() == 0


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("rule", InitialWeights)
def test_initial_weights_lie_within_their_bounds_and_fill_them(
    variant: Variant, rule: InitialWeights
) -> None:
    network = build(variant, seeded(0), rule)
    sub = 4 if rule is InitialWeights.PAPER else 5
    fan_ins = {"C1": 25, "S2": sub, "S4": sub, "C5": 400, "F6": 120, "output": 84}
    for name, parameter in network.named_parameters():
        layer = name.split(".")[0]
        if layer == "C3" and variant is Variant.ORIGINAL:
            continue
        fan_in = 150 if layer == "C3" else fan_ins[layer]
        bound = 2.4 / fan_in if rule is InitialWeights.PAPER else 1 / math.sqrt(fan_in)
        largest = parameter.abs().max().item()
        assert 0 < largest <= bound
        if parameter.numel() > 100:
            assert largest > 0.95 * bound
            assert abs(parameter.mean().item()) < 0.2 * bound


def test_c3_of_the_original_starts_by_each_maps_own_fan_in() -> None:
    c3 = build(Variant.ORIGINAL, seeded(0)).get_submodule("C3")
    assert isinstance(c3, SparseC3)
    kernel = 0
    for c3_map, row in enumerate(TABLE_I):
        bound = 2.4 / (25 * len(row))
        kernels = c3.weight[kernel : kernel + len(row)].abs().max().item()
        assert 0.8 * bound < kernels <= bound
        assert abs(c3.bias[c3_map].item()) <= bound
        kernel += len(row)


def test_the_same_seed_builds_the_same_network() -> None:
    one, two, other = (build(Variant.ORIGINAL, seeded(s)).state_dict() for s in (7, 7, 8))
    assert all(torch.equal(one[name], two[name]) for name in one)
    assert not all(torch.equal(one[name], other[name]) for name in one)
