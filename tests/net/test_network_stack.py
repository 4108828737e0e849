"""Networks side by side give what each gives by itself, forward and back."""

import pytest
import torch

from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.net.network_stack import NetworkStack

COUNT, PICTURES = 3, 5


def networks_of(variant: Variant) -> list[LeNet5]:
    return [build(variant, torch.Generator().manual_seed(seed)) for seed in range(COUNT)]


@pytest.fixture
def pictures() -> torch.Tensor:
    return torch.rand((PICTURES, COUNT, 32, 32), generator=torch.Generator().manual_seed(9))


@pytest.mark.parametrize("variant", Variant)
def test_outputs_and_gradients_are_those_of_each_alone(
    variant: Variant, pictures: torch.Tensor
) -> None:
    alone, together = networks_of(variant), networks_of(variant)
    stack = NetworkStack(together)
    output = stack.outputs(pictures)
    assert output.shape == (PICTURES, COUNT, 10)
    (output * torch.linspace(-1, 1, 10)).sum().backward()
    for place, network in enumerate(alone):
        own = network(pictures[:, place : place + 1]).output
        torch.testing.assert_close(output[:, place], own, rtol=1e-4, atol=1e-4)
        (own * torch.linspace(-1, 1, 10)).sum().backward()
        for parameter, stacked in zip(network.parameters(), stack.parameters, strict=True):
            assert parameter.grad is not None
            assert stacked.grad is not None
            torch.testing.assert_close(stacked.grad[place], parameter.grad, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("variant", Variant)
def test_what_changes_the_stack_changes_the_networks(variant: Variant) -> None:
    networks = networks_of(variant)
    before = [[one.clone() for one in network.parameters()] for network in networks]
    stack = NetworkStack(networks)
    with torch.no_grad():
        for parameter in stack.parameters:
            parameter[1] += 1
        for parameter in networks[2].parameters():
            parameter.zero_()
    for changed, old in zip(networks[1].parameters(), before[1], strict=True):
        torch.testing.assert_close(changed, old + 1)
    for same, old in zip(networks[0].parameters(), before[0], strict=True):
        assert torch.equal(same, old)
    assert not any(parameter[2].any() for parameter in stack.parameters)


def test_what_is_no_number_stays_in_its_network(pictures: torch.Tensor) -> None:
    networks = networks_of(Variant.ORIGINAL)
    with torch.no_grad():
        networks[1].F6.weight.fill_(torch.nan)
    stack = NetworkStack(networks)
    output = stack.outputs(pictures)
    output.sum().backward()
    assert output[:, [0, 2]].isfinite().all()
    assert not output[:, 1].isfinite().any()
    for parameter in stack.parameters:
        assert parameter.grad is not None
        assert parameter.grad[[0, 2]].isfinite().all()
