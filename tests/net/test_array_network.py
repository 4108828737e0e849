"""The pass in numpy gives what the torch network gives, and follows its weights."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lenet_gui.net.architecture import InitialWeights, Variant
from lenet_gui.net.array_network import ArrayNetwork
from lenet_gui.net.layers import FEATURE_LAYERS
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.net.weight_arrays import parameter_shapes
from lenet_gui.net.weights_file import load_weights
from lenet_gui.paths import SHIPPED_WEIGHTS, shipped_weights

images = arrays.arrays(np.float32, (32, 32), elements=st.floats(-0.25, 1.25, width=32))


def check_same(network: LeNet5, image: np.ndarray) -> None:
    activations, output = ArrayNetwork(network.variant, network.as_arrays()).forward(image)
    with torch.inference_mode():
        passed = network(torch.from_numpy(image)[None, None])
    assert tuple(activations) == FEATURE_LAYERS
    for layer, found in activations.items():
        wanted = passed.activations[layer][0].numpy()
        assert found.dtype == np.float32
        np.testing.assert_allclose(found, wanted.reshape(found.shape), rtol=1e-5, atol=1e-5)
    scale = float(passed.output.abs().max())
    np.testing.assert_allclose(output, passed.output[0].numpy(), rtol=1e-5, atol=1e-5 * scale)


@settings(max_examples=25)
@given(
    images,
    st.sampled_from(Variant),
    st.sampled_from(InitialWeights),
    st.integers(0, 2**31),
)
def test_every_layer_is_that_of_the_network(
    image: np.ndarray, variant: Variant, initial: InitialWeights, seed: int
) -> None:
    check_same(build(variant, torch.Generator().manual_seed(seed), initial).eval(), image)


@pytest.mark.parametrize("name", SHIPPED_WEIGHTS)
def test_every_layer_is_that_of_the_shipped_network(name: str) -> None:
    network = load_weights(shipped_weights(name)).network
    for seed in range(5):
        check_same(network, np.random.default_rng(seed).random((32, 32), np.float32) * 1.2 - 0.1)


@pytest.mark.parametrize("variant", Variant)
def test_weights_that_change_are_taken_as_they_are_then(variant: Variant) -> None:
    network = build(variant, torch.Generator().manual_seed(1)).eval()
    image = np.random.default_rng(0).random((32, 32), np.float32)
    reader = ArrayNetwork(variant, network.as_arrays())
    before = reader.forward(image)[1]
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(1.25)
    after = reader.forward(image)[1]
    assert not np.allclose(before, after)
    wanted = network(torch.from_numpy(image)[None, None]).output[0].detach().numpy()
    np.testing.assert_allclose(after, wanted, rtol=1e-4)


@pytest.mark.parametrize("variant", Variant)
def test_channels_last_weights_are_read_the_same(variant: Variant) -> None:
    network = build(variant, torch.Generator().manual_seed(1)).eval()
    image = np.random.default_rng(0).random((32, 32), np.float32)
    before = ArrayNetwork(variant, network.as_arrays()).forward(image)[1]
    together = network.to(memory_format=torch.channels_last)
    after = ArrayNetwork(variant, together.as_arrays()).forward(image)[1]
    np.testing.assert_allclose(after, before, rtol=1e-6)


@pytest.mark.parametrize("variant", Variant)
def test_a_later_pass_leaves_an_earlier_one_alone(variant: Variant) -> None:
    network = build(variant, torch.Generator().manual_seed(1)).eval()
    reader = ArrayNetwork(variant, network.as_arrays())
    random = np.random.default_rng(0)
    activations, output = reader.forward(random.random((32, 32), np.float32))
    kept = {layer: maps.copy() for layer, maps in activations.items()} | {"output": output.copy()}
    reader.forward(random.random((32, 32), np.float32))
    for layer, maps in (activations | {"output": output}).items():
        np.testing.assert_array_equal(maps, kept[layer])


def test_weights_that_have_grown_without_limit_warn_of_nothing() -> None:
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(1)).eval()
    with torch.no_grad():
        network.F6.weight.fill_(3e38)
    ArrayNetwork(Variant.ORIGINAL, network.as_arrays()).forward(np.ones((32, 32), np.float32))


@pytest.mark.parametrize("variant", Variant)
def test_the_parameters_are_those_of_the_network(variant: Variant) -> None:
    parameters = build(variant).named_parameters()
    assert parameter_shapes(variant) == {name: tuple(one.shape) for name, one in parameters}
