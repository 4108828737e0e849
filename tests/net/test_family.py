"""Every member of the Modern's family computes what plain PyTorch computes, forward and back."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.data.input_range import to_input
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import Variant
from lenet_gui.net.array_layers import MaxPooling
from lenet_gui.net.array_network import ArrayNetwork
from lenet_gui.net.largest_sum import largest_sum
from lenet_gui.net.layers import FEATURE_LAYERS
from lenet_gui.net.modern_form import Border, InputScale, ModernForm, Pooling, Squashing
from lenet_gui.net.network_stack import NetworkStack
from lenet_gui.net.weight_arrays import read_weights
from lenet_gui.net.weights_file import load_any_weights, load_weights, save_weights
from lenet_gui.net.weights_import.reading import import_weights
from tests.support.plain_modern import plain_input, plain_modern, random_modern

FORMS = [ModernForm(*one) for one in product(Squashing, Pooling, InputScale, Border)]
PLACES = {"C1": 1, "S2": 2, "C3": 4, "S4": 5, "C5": 8, "F6": 10}
RELU_MAX = ModernForm(Squashing.RELU, Pooling.MAX, InputScale.NORMALISED, Border.ZERO)


@pytest.fixture(scope="module")
def pictures() -> torch.Tensor:
    """[3, 28, 28], with paper, full ink and what is between."""
    drawn = torch.rand(3, 28, 28, generator=torch.Generator().manual_seed(4)) * 1.6 - 0.3
    return drawn.clamp(0, 1)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_every_layer_and_gradient_is_that_of_the_plain_network(
    form: ModernForm, pictures: torch.Tensor
) -> None:
    plain, ours = random_modern(form)
    x = to_input(pictures, *ours.kind.input_values).requires_grad_()
    given = plain_input(form, pictures).requires_grad_()
    passed = ours(x)
    found = given
    for place, layer in enumerate(plain):
        found = layer(found)
        name = next((one for one, last in PLACES.items() if last == place), None)
        if name is not None:
            wanted = found.detach().reshape(passed.activations[name].shape)
            torch.testing.assert_close(passed.activations[name].detach(), wanted)
    torch.testing.assert_close(passed.output, found)
    errors = [torch.nn.functional.cross_entropy(one, torch.tensor([3, 1, 4]))
              for one in (passed.output, found)]  # fmt: skip
    mine = torch.autograd.grad(errors[0], [x, *ours.parameters()])
    theirs = torch.autograd.grad(errors[1], [given, *plain.parameters()])
    seen = mine[0] if form.border == "paper" else mine[0][:, :, 2:-2, 2:-2]
    torch.testing.assert_close(seen, theirs[0])
    for one, other in zip(mine[1:], theirs[1:], strict=True):
        torch.testing.assert_close(one, other.reshape(one.shape), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_the_pass_in_numpy_is_that_of_torch_forward_and_back(
    form: ModernForm, pictures: torch.Tensor
) -> None:
    _, network = random_modern(form, seed=2)
    reader = ArrayNetwork(Variant.MODERN, network.as_arrays(), form)
    x = to_input(pictures[0], *network.kind.input_values).requires_grad_()
    passed = network(x)
    image = x.detach().numpy()[0, 0]
    activations, output = reader.forward(image)
    for layer in FEATURE_LAYERS:
        wanted = passed.activations[layer][0].detach().numpy()
        np.testing.assert_allclose(
            activations[layer], wanted.reshape(activations[layer].shape), rtol=1e-4, atol=1e-5
        )
    np.testing.assert_allclose(output, passed.output[0].detach().numpy(), rtol=1e-4, atol=1e-4)
    values = {"Input": image, **activations, "output": output}
    pull = np.random.default_rng(1).normal(size=10).astype(np.float32)
    (wanted,) = torch.autograd.grad(passed.output[0] @ torch.tensor(pull), x)
    np.testing.assert_allclose(
        reader.backward("output", pull, values), wanted[0, 0].numpy(), rtol=1e-3, atol=1e-5
    )


def test_of_equal_inputs_the_first_gets_the_gradient_as_in_torch() -> None:
    chance = np.random.default_rng(1)
    x = chance.integers(0, 3, (6, 8, 8)).astype(np.float32)  # with many equals
    g = chance.normal(size=(6, 4, 4)).astype(np.float32)
    given = torch.tensor(x).requires_grad_()
    pooled = torch.nn.functional.max_pool2d(given, 2)
    (wanted,) = torch.autograd.grad((pooled * torch.tensor(g)).sum(), given)
    np.testing.assert_array_equal(MaxPooling().forward(x), pooled.detach().numpy())
    np.testing.assert_array_equal(MaxPooling().backward(g, x), wanted.numpy())


def test_a_stack_runs_each_member_as_it_is(pictures: torch.Tensor) -> None:
    networks = [random_modern(RELU_MAX, seed=one)[1] for one in range(2)]
    x = to_input(pictures, *networks[0].kind.input_values)
    wanted = [network(x).output.detach() for network in networks]
    found = NetworkStack(networks).outputs(x.expand(-1, 2, -1, -1)).detach()
    torch.testing.assert_close(found, torch.stack(wanted, dim=1))


def test_a_file_gives_back_the_member_that_was_saved(tmp_path: Path) -> None:
    _, network = random_modern(RELU_MAX)
    file = tmp_path / "relu.safetensors"
    save_weights(network, file, {"name": "mine", "squashing": "sigmoid"})
    loaded = load_weights(file)
    assert loaded.network.form == RELU_MAX == read_weights(file).form
    assert load_any_weights(file).network.form == RELU_MAX
    assert loaded.facts == {"variant": "modern", "name": "mine", **RELU_MAX.facts()}
    x = torch.rand(2, 1, 32, 32)
    assert torch.equal(loaded.network(x).output, network(x).output)


def test_an_unknown_member_is_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, network = random_modern(RELU_MAX)
    file = tmp_path / "gelu.safetensors"
    monkeypatch.setattr(ModernForm, "facts", lambda _: {"squashing": "gelu\n" * 99})
    save_weights(network, file, {})
    with pytest.raises(UserError) as caught:
        load_weights(file)
    sentence = str(caught.value)
    assert sentence.startswith(f'{file} has the squashing "gelu')
    assert sentence.endswith("this program knows tanh, relu, sigmoid: choose another file.")
    assert len(sentence) < len(str(file)) + 250
    assert "\n" not in sentence


@settings(max_examples=20)
@given(st.integers(0, 2**31), st.floats(0.1, 10))
def test_no_sum_is_larger_than_is_said(seed: int, factor: float) -> None:
    _, network = random_modern(RELU_MAX, seed)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(factor)
        inks = torch.rand(8, 1, 32, 32, generator=torch.Generator().manual_seed(seed)).round()
        passed = network(network.kind.scaled(inks), with_sums=True)
    found = max(float(sums.abs().max()) for sums in (*passed.sums.values(), passed.output))
    assert found <= largest_sum(network.as_arrays()) * (1 + 1e-5)


@pytest.mark.parametrize(("squashing", "is_refused"), [("relu", True), ("tanh", False)])
def test_weights_whose_sums_can_overflow_are_refused(
    tmp_path: Path, squashing: str, is_refused: bool
) -> None:
    _, network = random_modern(ModernForm(Squashing(squashing)))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(1e30)
    file, plain_file = tmp_path / "large.safetensors", tmp_path / "large.pth"
    save_weights(network, file, {})
    torch.save(dict(network.named_parameters()), plain_file)
    if is_refused:
        for refused in (lambda: load_weights(file), lambda: import_weights(plain_file)):
            with pytest.raises(UserError, match=r"large\.\w+ contains weights so large that sums"):
                refused()
    else:
        assert load_weights(file).network.form.squashing is Squashing.TANH


def test_the_plain_oracle_pads_as_pytorch_does() -> None:
    assert plain_modern(RELU_MAX)(torch.zeros(1, 1, 28, 28)).shape == (1, 10)
