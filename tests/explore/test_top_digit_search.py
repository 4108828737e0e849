"""What activates a map most is what a plain search finds, and its patch is all that counts."""

import numpy as np
import pytest
import torch

from lenet_gui.data.builtin import builtin_digits
from lenet_gui.data.digits import Digits
from lenet_gui.data.input_range import to_input
from lenet_gui.explore.top_digit_search import search_top_digits
from lenet_gui.explore.top_digits import TopDigitsOfSet
from lenet_gui.net.architecture import INPUT_RANGE, Variant
from lenet_gui.net.lenet5 import LeNet5, build

LAYERS = {"C1": 6, "S2": 6, "C3": 16, "S4": 16, "C5": 120, "F6": 84, "output": 10}


@pytest.fixture(scope="module")
def digits() -> Digits:
    return builtin_digits(60, 1)


@pytest.fixture(scope="module", params=list(Variant))
def network(request: pytest.FixtureRequest) -> LeNet5:
    return build(request.param, torch.Generator().manual_seed(1))


@pytest.fixture(scope="module")
def found(network: LeNet5, digits: Digits) -> TopDigitsOfSet:
    return search_top_digits(network, digits, batch_size=7)


def activations(network: LeNet5, images: np.ndarray) -> dict[str, np.ndarray]:
    """Every layer's output by hooks, one digit after the other, [N, maps, units]."""
    seen: dict[str, list[np.ndarray]] = {name: [] for name in LAYERS}
    paper, ink = INPUT_RANGE[network.variant]
    with torch.no_grad():
        for image in images:
            passed = network(to_input(image, paper, ink))
            for name in LAYERS:
                value = passed.output if name == "output" else passed.activations[name]
                seen[name].append(value.numpy().reshape(value.shape[1], -1))
    return {name: np.stack(each) for name, each in seen.items()}


def test_the_nine_are_those_of_a_plain_search(
    network: LeNet5, digits: Digits, found: TopDigitsOfSet
) -> None:
    everything = activations(network, digits.images)
    for layer, maps in LAYERS.items():
        assert found.digits[layer].shape == (maps, 9)
        for number in range(maps):
            units = everything[layer][:, number]
            if layer == "output" and network.variant is Variant.ORIGINAL:
                units = -units
            strongest = units.max(axis=1)
            wanted = sorted(range(len(digits)), key=lambda n: (-strongest[n], n))[:9]
            excited = found.of(layer, number)
            values = [each.value for each in excited]
            np.testing.assert_allclose(values, strongest[wanted], rtol=1e-4, atol=1e-5)
            assert values == sorted(values, reverse=True)
            for each in excited:
                assert each.value == pytest.approx(strongest[each.digit], rel=1e-4, abs=1e-5)
            assert len({each.digit for each in excited}) == 9


def test_what_lies_outside_of_the_patch_does_not_matter(
    network: LeNet5, digits: Digits, found: TopDigitsOfSet
) -> None:
    paper, ink = INPUT_RANGE[network.variant]
    for layer, number in (("C1", 2), ("S2", 5), ("C3", 9), ("S4", 0)):
        for each in found.of(layer, number)[:3]:
            x = to_input(digits.images[each.digit], paper, ink)
            only = torch.full_like(x, 0.3)
            only[..., each.field.rows, each.field.columns] = x[
                ..., each.field.rows, each.field.columns
            ]
            with torch.no_grad():
                value = network(only).activations[layer][0, number, each.row, each.column]
            assert float(value) == pytest.approx(each.value, rel=1e-4, abs=1e-5)
            assert each.field.side == {"C1": 5, "S2": 6, "C3": 14, "S4": 16}[layer]
    assert found.of("F6", 3)[0].field.side == 32


def test_where_the_squashing_is_at_its_end_the_sums_decide(digits: Digits) -> None:
    network = build(Variant.MODERN, torch.Generator().manual_seed(1))
    with torch.no_grad():
        network.F6.weight.mul_(1e5)
    found = search_top_digits(network, digits)
    with torch.no_grad():
        passed = network(to_input(digits.images, 0.0, 1.0), with_sums=True)
    sums, values = passed.sums["F6"].numpy(), passed.activations["F6"].numpy()
    assert ((values == 1).sum(axis=0) > 9).any()
    for unit in range(84):
        wanted = np.argsort(-sums[:, unit], kind="stable")[:9]
        found_sums = sums[found.digits["F6"][unit], unit]
        np.testing.assert_allclose(found_sums, sums[wanted, unit], rtol=1e-4)
        told = [each.sum for each in found.of("F6", unit)]
        np.testing.assert_allclose(told, found_sums, rtol=1e-4)


def test_of_equals_the_earlier_comes_first(network: LeNet5, digits: Digits) -> None:
    labels = np.tile(digits.labels[:5], 4)
    same = Digits(np.concatenate([digits.images[:5]] * 4), labels, "four times the same")
    found = search_top_digits(network, same, batch_size=20)
    for layer in LAYERS:
        first = found.digits[layer][:, :4] // 5
        np.testing.assert_array_equal(first, np.tile([0, 1, 2, 3], (LAYERS[layer], 1)))


def test_a_small_set_has_fewer_and_an_end_is_asked_for_between_batches(network: LeNet5) -> None:
    few = builtin_digits(4, 1)
    assert search_top_digits(network, few).digits["C3"].shape == (16, 4)
    told: list[tuple[int, int]] = []

    def stop(done: int, wanted: int) -> None:
        told.append((done, wanted))
        if done >= 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        search_top_digits(network, few, stop, batch_size=2)
    assert told == [(0, 4), (2, 4)]
