"""Weights go to disk and come back; every broken file is told in one sentence."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from lenet_gui.errors import UserError
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.weight_arrays import read_facts
from lenet_gui.net.weights_file import load_weights, save_weights


@pytest.fixture(params=Variant)
def variant(request: pytest.FixtureRequest) -> Variant:
    return Variant(request.param)


@pytest.fixture
def file(tmp_path: Path, variant: Variant) -> Path:
    path = tmp_path / "weights.safetensors"
    save_weights(build(variant, torch.Generator().manual_seed(1)), path, {"seed": "1"})
    return path


def tensors_of(variant: Variant) -> dict[str, torch.Tensor]:
    return {name: p.detach() for name, p in build(variant).named_parameters()}


def test_what_is_saved_comes_back(file: Path, variant: Variant) -> None:
    loaded = load_weights(file, variant)
    assert loaded.facts == {"variant": str(variant), "seed": "1"} == read_facts(file)
    saved = build(variant, torch.Generator().manual_seed(1))
    x = torch.rand(2, 1, 32, 32)
    assert torch.equal(loaded.network(x).output, saved(x).output)
    assert not loaded.network.training
    assert not any(p.requires_grad for p in loaded.network.parameters())


def test_the_same_weights_give_the_same_bytes(file: Path, variant: Variant, tmp_path: Path) -> None:
    again = tmp_path / "again.safetensors"
    save_weights(build(variant, torch.Generator().manual_seed(1)), again, {"seed": "1"})
    assert again.read_bytes() == file.read_bytes()


def test_only_parameters_are_stored(file: Path, variant: Variant) -> None:
    network = load_weights(file).network
    assert (
        sum(p.numel() for p in network.parameters())
        == {
            Variant.ORIGINAL: 60_000,
            Variant.MODERN: 61_706,
        }[variant]
    )
    assert file.stat().st_size < 4 * 61_706 + 4_000


TO_DO = (
    ": check the name.",
    ": check the name and the folder.",
    ": choose another file.",
    ": choose another file or switch the variant.",
)


def refusal(path: Path, expected: Variant | None = None) -> str:
    with pytest.raises(UserError) as caught:
        load_weights(path, expected)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert "\n" not in sentence
    assert sentence.endswith(TO_DO)
    return sentence


def test_missing(tmp_path: Path) -> None:
    assert "There is no weights file" in refusal(tmp_path / "none.safetensors")
    assert "There is no weights file" in refusal(tmp_path)


def test_truncated(file: Path) -> None:
    whole = file.read_bytes()
    for kept in (0, 5, 100, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:kept])
        assert "truncated" in refusal(file)


def test_not_safetensors(tmp_path: Path) -> None:
    other = tmp_path / "weights.pt"
    torch.save({"a": torch.ones(3)}, other)
    assert "not a whole safetensors file" in refusal(other)
    other.write_text("hello, this is a text file and no weights at all")
    assert "not a whole safetensors file" in refusal(other)


def test_of_the_other_variant(file: Path, variant: Variant) -> None:
    other = next(v for v in Variant if v is not variant)
    sentence = refusal(file, other)
    assert f"of the {variant.capitalize()} network" in sentence
    assert other.capitalize() in sentence


def test_of_another_network(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    save_file({"fc.weight": torch.ones(3, 3)}, path)
    assert "does not contain weights of a LeNet-5" in refusal(path)


def test_wrong_shape_names_the_tensor(tmp_path: Path, variant: Variant) -> None:
    path = tmp_path / "bent.safetensors"
    save_file({**tensors_of(variant), "F6.weight": torch.ones(84, 100)}, path)
    sentence = refusal(path)
    assert "F6.weight is 84x100 of float32" in sentence
    assert "needs 84x120 of float32" in sentence


def test_a_name_that_is_not_ours_is_shown_as_text(tmp_path: Path, variant: Variant) -> None:
    path = tmp_path / "odd.safetensors"
    name = "\x1b[31m<b>red</b>\n" + "x" * 100_000 + "end"
    save_file({**tensors_of(variant), name: torch.ones(1)}, path)
    sentence = refusal(path)
    assert r"contains \x1b[31m<b>red</b>\nxxx" in sentence
    assert "…xxx" in sentence
    assert "xend, which the" in sentence
    assert len(sentence) < 400
    save_file({name: torch.ones(1, dtype=torch.float8_e4m3fn)}, path)
    assert "xend is of the type F8_E4M3" in refusal(path)


def test_wrong_type(tmp_path: Path, variant: Variant) -> None:
    path = tmp_path / "half.safetensors"
    save_file({name: t.half() for name, t in tensors_of(variant).items()}, path)
    assert "float16" in refusal(path)


def test_missing_and_surplus_tensors(tmp_path: Path, variant: Variant) -> None:
    path = tmp_path / "part.safetensors"
    part = tensors_of(variant)
    del part["C5.bias"]
    save_file(part, path)
    assert "lacks C5.bias" in refusal(path)
    save_file({**tensors_of(variant), "C7.weight": torch.ones(1)}, path)
    assert "contains C7.weight" in refusal(path)


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_values_that_are_no_numbers(tmp_path: Path, variant: Variant, bad: float) -> None:
    path = tmp_path / "nan.safetensors"
    tensors = tensors_of(variant)
    tensors["C1.weight"] = tensors["C1.weight"].clone()
    tensors["C1.weight"][2, 0, 1, 1] = bad
    save_file(tensors, path)
    assert "C1.weight contains values that are not finite" in refusal(path)


def test_a_file_without_facts_is_told_by_its_tensors(tmp_path: Path, variant: Variant) -> None:
    path = tmp_path / "bare.safetensors"
    save_file(tensors_of(variant), path)
    assert load_weights(path).network.variant is variant


def test_an_unwritable_target_keeps_the_old_file(file: Path, variant: Variant) -> None:
    blocked = file / "inside-a-file.safetensors"
    before = file.read_bytes()
    with pytest.raises(UserError, match="could not be written"):
        save_weights(build(variant), blocked, {})
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("j", ["wide", "nan", "inf"])
def test_a_rubbish_constant_that_is_no_number(tmp_path: Path, variant: Variant, j: str) -> None:
    path = tmp_path / "rubbish.safetensors"
    save_weights(build(variant), path, {"j": j})
    assert f"rubbish constant (j) as {j!r}" in refusal(path)


def test_the_rubbish_constant_comes_from_the_facts_or_is_the_usual_one(
    file: Path, variant: Variant, tmp_path: Path
) -> None:
    assert load_weights(file).j == 0.1
    save_weights(build(variant), tmp_path / "other.safetensors", {"j": "2.5"})
    assert load_weights(tmp_path / "other.safetensors").j == 2.5


@pytest.mark.parametrize("told", ["[]", "5", "null", '"words"', "{", "[" * 100_000, "\\"])
def test_facts_that_are_no_object(told: str, tmp_path: Path, variant: Variant) -> None:
    path = tmp_path / "odd.safetensors"
    save_file(tensors_of(variant), path, {"lenet-laboratory": told})
    assert "not a whole safetensors file of weights" in refusal(path)


@pytest.mark.parametrize("j", ["-1", "101", "1e400", "1" + "0" * 400, "[1]", "null", '"NaN"'])
def test_a_rubbish_constant_that_cannot_be(j: str, tmp_path: Path, variant: Variant) -> None:
    path = tmp_path / "odd.safetensors"
    save_file(tensors_of(variant), path, {"lenet-laboratory": f'{{"j": {j}}}'})
    assert "which is not a number from 0 to 100" in refusal(path)


def test_facts_of_other_kinds_become_text(tmp_path: Path, variant: Variant) -> None:
    path = tmp_path / "odd.safetensors"
    save_file(tensors_of(variant), path, {"lenet-laboratory": '{"j": 2, "variant": [1]}'})
    loaded = load_weights(path)
    assert (loaded.j, loaded.facts) == (2, {"j": "2", "variant": str(variant)})


def test_a_name_that_cannot_be(tmp_path: Path) -> None:
    assert "could not be read (File name too long)" in refusal(tmp_path / ("x" * 300))
