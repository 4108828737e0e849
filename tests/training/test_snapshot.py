"""Copies of weights, and networks made from them."""

import numpy as np
import pytest
import torch

from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.training.snapshot import network_of, put_weights, snapshot


@pytest.mark.parametrize("variant", Variant)
def test_a_network_of_a_snapshot_answers_the_same(variant: Variant) -> None:
    network = build(variant, torch.Generator().manual_seed(3))
    image = torch.rand(2, 1, 32, 32, generator=torch.Generator().manual_seed(4))
    copy = network_of(variant, snapshot(network))
    assert torch.equal(copy(image).output, network(image).output.detach())
    assert not copy.training
    assert not any(p.requires_grad for p in copy.parameters())


def test_a_snapshot_does_not_change_with_its_network() -> None:
    network = build(Variant.MODERN, torch.Generator().manual_seed(3))
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    before = snapshot(network)
    kept = {name: array.copy() for name, array in before.items()}
    put_weights(network, snapshot(build(Variant.MODERN, torch.Generator().manual_seed(4))))
    assert all(np.array_equal(before[name], kept[name]) for name in kept)
    assert not np.array_equal(snapshot(network)["F6.weight"], kept["F6.weight"])
    with pytest.raises(ValueError, match="read-only"):
        before["F6.bias"][0] = 1  # type: ignore[index]
