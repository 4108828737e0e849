"""The strong teacher: its shape, its normalisation, and its files."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from lenet_gui.errors import UserError
from lenet_gui.net.architecture import TEACHER_WIDTH, Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.strong_teacher import AT_ONCE, StrongTeacher, build_teacher
from lenet_gui.net.weight_arrays import read_facts, teacher_shapes
from lenet_gui.net.weights_file import load_any_weights, load_weights, save_weights

Tensors = dict[str, torch.Tensor]


def test_its_parameters_are_counted_by_hand() -> None:
    maps = [1, 64, 64, 64, 128, 128, 128, 256, 256, 256]
    # Kernels, and four figures a map: scale, bias, mean and variance.
    wanted = sum(9 * below * above + 4 * above for below, above in itertools.pairwise(maps))
    counted = sum(parameter.numel() for parameter in StrongTeacher(TEACHER_WIDTH).parameters())
    assert counted == wanted + 256 * 10 + 10


def test_the_same_state_of_the_generator_gives_the_same_weights() -> None:
    one, same, other = (
        build_teacher(torch.Generator().manual_seed(seed), width=2) for seed in (1, 1, 2)
    )
    assert torch.equal(one.layers[3].weight, same.layers[3].weight)
    assert not torch.equal(one.layers[3].weight, other.layers[3].weight)


def test_normalised_by_the_batch_in_training_and_by_the_means_in_evaluation() -> None:
    network = build_teacher(torch.Generator().manual_seed(3), width=2)
    pictures = torch.rand((20, 1, 32, 32), generator=torch.Generator().manual_seed(4))
    first = network.layers[0]
    sums = torch.nn.functional.conv2d(pictures, first.weight, padding=1)
    mean, variance = sums.mean((0, 2, 3)), sums.var((0, 2, 3))
    for _ in range(100):
        network(pictures)
    torch.testing.assert_close(first.mean.detach(), mean, rtol=1e-3, atol=1e-4)
    torch.testing.assert_close(first.variance.detach(), variance, rtol=1e-3, atol=1e-4)
    network.eval()
    alone = network(pictures[:1]).output
    torch.testing.assert_close(network(pictures).output[:1], alone, rtol=1e-4, atol=1e-4)


def test_many_pictures_go_through_it_in_pieces() -> None:
    network = build_teacher(torch.Generator().manual_seed(7), width=1).eval()
    pictures = torch.rand((AT_ONCE + 3, 1, 32, 32), generator=torch.Generator().manual_seed(8))
    output = network(pictures).output
    assert output.shape == (AT_ONCE + 3, 10)
    torch.testing.assert_close(output[-3:], network(pictures[-3:]).output)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Of a teacher with three maps in its first layers."""
    path = tmp_path / "teacher.safetensors"
    save_weights(build_teacher(torch.Generator().manual_seed(1), width=3), path, {"seed": "1"})
    return path


def test_what_is_saved_comes_back_with_its_statistics(file: Path) -> None:
    loaded = load_any_weights(file)
    told = {"variant": "modern", "architecture": "strong-teacher", "seed": "1"}
    assert loaded.facts == told == read_facts(file)
    assert loaded.checked
    saved = build_teacher(torch.Generator().manual_seed(1), width=3)
    for (name, found), wanted in zip(
        loaded.network.named_parameters(), saved.parameters(), strict=True
    ):
        assert torch.equal(found, wanted), name
        assert not found.requires_grad
    assert not loaded.network.training
    assert teacher_shapes(3) == {name: tuple(p.shape) for name, p in saved.named_parameters()}


def test_a_lenet5_is_read_by_the_same_name(tmp_path: Path) -> None:
    path = tmp_path / "lenet"
    save_weights(build(Variant.ORIGINAL), path, {})
    assert load_any_weights(path).network.variant is Variant.ORIGINAL
    assert "architecture" not in read_facts(path)


def test_where_a_lenet5_is_wanted_it_says_what_it_is(file: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.safetensors"  # without facts: its tensors' names tell
    save_file({name: p.detach() for name, p in build_teacher(width=1).named_parameters()}, bare)
    assert load_any_weights(bare).network.layers[0].weight.shape == (1, 1, 3, 3)
    for path in (file, bare):
        with pytest.raises(UserError) as caught:
            load_weights(path)
        assert str(caught.value) == (
            f"{path} contains a strong teacher, a network of nine layers for LeNet-5 to "
            "learn from: choose weights of a LeNet-5, or train one with the file's folder as its "
            "teachers."
        )


def _no_first_layer(tensors: Tensors) -> None:
    del tensors["layers.0.weight"]


def _no_statistics(tensors: Tensors) -> None:
    del tensors["layers.8.mean"]


def _two_widths(tensors: Tensors) -> None:
    tensors["layers.4.scale"] = torch.ones(7)


def _empty(tensors: Tensors) -> None:
    tensors["layers.0.weight"] = torch.ones(0, 1, 3, 3)


def _huge(tensors: Tensors) -> None:
    tensors["layers.0.weight"] = torch.ones(100_000, 1)


def _no_shape(tensors: Tensors) -> None:
    tensors["layers.0.weight"] = torch.ones(())


def _no_numbers(tensors: Tensors) -> None:
    tensors["output.bias"][3] = torch.nan


def _no_variance(tensors: Tensors) -> None:
    tensors["layers.2.variance"][1] = -1


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_no_first_layer, "lacks C1.bias, which the Modern network needs"),
        (_no_statistics, "lacks layers.8.mean, which the strong teacher needs"),
        (_two_widths, "layers.4.scale is 7 of float32, and the strong teacher needs 6 of float32"),
        (_empty, "layers.0.bias is 3 of float32, and the strong teacher needs 64 of float32"),
        (_huge, "layers.0.bias is 3 of float32, and the strong teacher needs 64 of float32"),
        (_no_shape, "layers.0.bias is 3 of float32, and the strong teacher needs 64 of float32"),
        (_no_numbers, "output.bias contains values that are not finite numbers"),
        (_no_variance, "layers.2.variance contains values below 0, which no variance can be"),
    ],
)
def test_a_file_that_cannot_be_is_told(
    tmp_path: Path, spoil: Callable[[Tensors], None], sentence: str
) -> None:
    path = tmp_path / "odd.safetensors"
    parameters = build_teacher(width=3).named_parameters()
    tensors = {name: parameter.detach().clone() for name, parameter in parameters}
    spoil(tensors)
    save_file(tensors, path)
    with pytest.raises(UserError) as caught:
        load_any_weights(path)
    assert sentence in str(caught.value)
    assert str(caught.value).endswith(": choose another file.")
    assert str(path) in str(caught.value)
