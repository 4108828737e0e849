"""The pass written out for single patterns against autograd."""

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from lenet_gui.net.architecture import InitialWeights, Loss, Variant
from lenet_gui.net.lenet5 import OriginalLeNet5, build
from lenet_gui.net.losses import loss_function
from lenet_gui.net.one_pattern import OnePattern

RUBBISH = 10


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Threads that wait for each other take long where other programs use the cores."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def original(seed: int, initial: InitialWeights = InitialWeights.PAPER) -> OriginalLeNet5:
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(seed), initial)
    assert isinstance(network, OriginalLeNet5)
    return network


def pattern(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-0.1, 1.175, (32, 32)).astype(np.float32)


def by_autograd(
    network: OriginalLeNet5,
    image: np.ndarray,
    target: int,
    loss: Loss,
    j: float,
    temperature: float = 1.0,
) -> tuple[float, Tensor, dict[str, Tensor]]:
    """Loss, distances [10] and gradients in float64."""
    exact = OriginalLeNet5()
    exact.load_state_dict(network.state_dict())
    exact.double()
    distances = exact(torch.from_numpy(image).double()[None, None]).output
    value = loss_function(loss, j, temperature)(distances, torch.tensor([target]))
    value.backward()
    gradients = {name: p.grad for name, p in exact.named_parameters() if p.grad is not None}
    return value.item(), distances.detach()[0], gradients


def assert_the_same(network: OriginalLeNet5, gradients: dict[str, Tensor]) -> None:
    assert len(gradients) == 12
    for name, parameter in network.named_parameters():
        assert parameter.grad is not None
        exact = gradients[name].float()
        # Sums of float32 lose as much as their largest terms: near 0 a gradient is not exact.
        torch.testing.assert_close(
            parameter.grad, exact, rtol=1e-4, atol=2e-5 * float(exact.abs().max()) + 1e-12
        )


@settings(max_examples=25)
@given(
    seed=st.integers(0, 2**31),
    target=st.integers(0, 9),
    initial=st.sampled_from(InitialWeights),
    loss=st.sampled_from(
        [
            (Loss.MAP, 0.1),
            (Loss.MAP, 1.0),
            (Loss.MAP, 10.0),
            (Loss.MAP, 100.0),
            (Loss.MAP, 50.0, 10.0),  # with a temperature
            (Loss.DISTANCE, 0.1),
        ]
    ),
)
def test_gradients_loss_and_distances_are_autograds(
    seed: int,
    target: int,
    initial: InitialWeights,
    loss: tuple[Loss, float] | tuple[Loss, float, float],
) -> None:
    network = original(seed, initial)
    image = pattern(seed)
    value, distances = OnePattern(network, *loss).backward(image, target)
    exact_value, exact_distances, gradients = by_autograd(network, image, target, *loss)
    assert value == pytest.approx(exact_value, rel=1e-5)
    np.testing.assert_allclose(distances, exact_distances.numpy(), rtol=1e-5)
    assert_the_same(network, gradients)


@settings(max_examples=10)
@given(seed=st.integers(0, 2**31), j=st.sampled_from([0.1, 1.0, 10.0, 60.0]))
def test_rubbish_is_a_class_of_eq_9(seed: int, j: float) -> None:
    network, image = original(seed), pattern(seed + 1)
    with torch.no_grad():  # near enough to a code for the rivals to matter
        f6 = network(torch.from_numpy(image)[None, None]).activations["F6"][0]
        network.output.codes[4] = f6 + (1.0 if j < 5 else 2.0) / 84**0.5
    value, _ = OnePattern(network, Loss.MAP, j).backward(image, RUBBISH)
    exact = build(Variant.ORIGINAL)
    exact.load_state_dict(network.state_dict())
    exact.double()
    exact.output.codes.copy_(network.output.codes)
    loss = loss_function(Loss.MAP, j)(
        exact(torch.from_numpy(image).double()[None, None]).output, torch.tensor([RUBBISH])
    )
    loss.backward()
    assert value == pytest.approx(loss.item(), rel=1e-5)
    gradients = {name: p.grad for name, p in exact.named_parameters() if p.grad is not None}
    assert max(float(g.abs().max()) for g in gradients.values()) > 1e-4
    assert_the_same(network, gradients)


def test_every_pass_overwrites_gradients_that_stay_the_parameters_own() -> None:
    network = original(3)
    one_pattern = OnePattern(network, Loss.MAP, 0.1)
    kept = [p.grad for p in network.parameters()]
    _, first = one_pattern.backward(pattern(1), 2)
    told = first.copy()
    one_pattern.backward(pattern(2), 7)
    assert all(p.grad is own for p, own in zip(network.parameters(), kept, strict=True))
    np.testing.assert_array_equal(first, told)  # a later pass leaves what was handed out
    assert_the_same(network, by_autograd(network, pattern(2), 7, Loss.MAP, 0.1)[2])


def test_it_follows_weights_that_change_in_place() -> None:
    network = original(4)
    one_pattern = OnePattern(network, Loss.MAP, 0.1)
    descent = torch.optim.SGD(network.parameters(), 0.001)
    for step in range(5):
        one_pattern.backward(pattern(step), step)
        descent.step()
    value, _ = one_pattern.backward(pattern(9), 9)
    exact, _, gradients = by_autograd(network, pattern(9), 9, Loss.MAP, 0.1)
    assert value == pytest.approx(exact, rel=1e-5)
    assert_the_same(network, gradients)


def test_the_image_is_left_as_it_was() -> None:
    image = pattern(5)
    image.flags.writeable = False
    OnePattern(original(5), Loss.DISTANCE, 0.1).backward(image, 1)
    np.testing.assert_array_equal(image, pattern(5))


def test_distances_beyond_the_exponential_are_no_trouble() -> None:
    network = original(6)
    network.output.codes.mul_(40)  # distances of some 100,000
    value, distances = OnePattern(network, Loss.MAP, 0.1).backward(pattern(6), 3)
    assert distances.min() > 1e4
    assert value == pytest.approx(float(distances[3]) - 0.1, rel=1e-5)
    assert all(bool(p.grad.isfinite().all()) for p in network.parameters())


def test_weights_that_are_not_finite_give_a_loss_that_is_not() -> None:
    network = original(7)
    network.F6.bias.data[0] = torch.nan
    value, _ = OnePattern(network, Loss.MAP, 0.1).backward(pattern(7), 3)
    assert not np.isfinite(value)


def test_other_layouts_in_memory_are_refused() -> None:
    for network in (
        original(1).to(memory_format=torch.channels_last),
        original(1).double(),
        original(1).half(),
        original(1).to("meta"),
    ):
        with pytest.raises(ValueError, match="must be contiguous float32 on the CPU"):
            OnePattern(network, Loss.MAP, 0.1)
