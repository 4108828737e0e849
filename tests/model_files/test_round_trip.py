"""What is saved for other programs is read again: the network, its form, its calibration."""

from pathlib import Path

import numpy as np
import pytest
import torch

from lenet_gui.errors import UserError
from lenet_gui.explore.open_weights import open_lenet5
from lenet_gui.model_files.described import DescribedNetwork, name_of_file
from lenet_gui.model_files.formats import HUGGING_FACE, ONNX, STATE_DICT, WEIGHTS, save_model
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.modern_form import Border, InputScale, ModernForm, Pooling, Squashing
from lenet_gui.net.weights_import.reading import import_weights
from lenet_gui.paths import weights_file

onnx = pytest.importorskip("onnx", reason="the extra onnx is not installed")

FORMS = [
    ModernForm(),
    ModernForm(Squashing.RELU, Pooling.MAX, InputScale.NORMALISED, Border.ZERO),
    ModernForm(Squashing.SIGMOID, Pooling.AVERAGE, InputScale.SYMMETRIC),
]
RUBBISH = {"loss": "cross-entropy-rubbish", "answer_j": "0.3", "name": "drawn", "recipe": "{}"}
ORIGINAL = {"loss": "map", "j": "4.0", "answer_j": "49.0", "temperature": "10.0"}


def networks() -> list[DescribedNetwork]:
    generator = torch.Generator().manual_seed(1)
    moderns = [build(Variant.MODERN, generator, form=form) for form in FORMS]
    return [
        DescribedNetwork(build(Variant.ORIGINAL, generator), ORIGINAL, "original"),
        *(DescribedNetwork(one, RUBBISH, "modern") for one in moderns),
    ]


FILES = {"net.onnx": ONNX, "net.pth": STATE_DICT, "folder": HUGGING_FACE, "n.safetensors": WEIGHTS}


@pytest.mark.parametrize("name", FILES)
def test_everything_comes_back(name: str, tmp_path: Path) -> None:
    for number, model in enumerate(networks()):
        target = tmp_path / str(number) / name
        save_model(model, target, FILES[name])
        loaded = open_lenet5(weights_file(target)).loaded
        assert loaded.network.kind == model.kind
        assert loaded.calibration == model.calibration
        assert loaded.facts | model.told == loaded.facts
        assert loaded.checked is (name != "net.pth")
        wanted = dict(model.network.named_parameters())
        assert all(torch.equal(one, wanted[key]) for key, one in loaded.network.named_parameters())
    assert name_of_file(target) == ("folder" if name == "folder" else target.stem)


def test_a_graph_that_was_changed_is_followed_and_its_facts_are_not_believed(
    tmp_path: Path,
) -> None:
    original, modern, *_ = networks()
    file = tmp_path / "net.onnx"
    save_model(modern, file, ONNX)
    changed = onnx.load(file)
    for one in changed.graph.initializer:
        if one.name == "conv1.bias":
            bias = onnx.numpy_helper.to_array(one) + np.float32(1)
            one.CopyFrom(onnx.numpy_helper.from_array(bias, one.name))
    onnx.save(changed, file)
    found = import_weights(file)
    assert found.facts == {}
    assert found.form is None  # to be measured
    assert np.array_equal(found.arrays["C1.bias"], bias)
    save_model(original, file, ONNX)
    changed = onnx.load(file)
    changed.metadata_props.pop()
    onnx.save(changed, file)
    with pytest.raises(UserError, match="is not a LeNet-5 that this program can have"):
        import_weights(file)


@pytest.mark.parametrize(
    "facts",
    ["[]", "nonsense", "[" * 100_000, '{"answer_j": 1}', '{"variant": "modern", "checksum": "x"}'],
)
def test_facts_in_an_onnx_file_that_are_none_are_not_believed(facts: str, tmp_path: Path) -> None:
    _, modern, *_ = networks()
    file = tmp_path / "net.onnx"
    save_model(modern, file, ONNX)
    changed = onnx.load(file)
    changed.metadata_props[-1].value = facts
    onnx.save(changed, file)
    assert import_weights(file).facts == {}


def test_wrong_facts_are_refused_in_a_sentence(tmp_path: Path) -> None:
    original, *_ = networks()
    for name in ("folder", "net.pth", "net.onnx"):
        target = tmp_path / name
        wrong = DescribedNetwork(original.network, {**ORIGINAL, "answer_j": "80"}, "x")
        calibration = wrong.calibration
        wrong.facts["answer_j"] = "nothing"
        assert calibration.j == 80
        save_model(wrong, target, FILES[name])
        with pytest.raises(UserError, match="gives its j of answers"):
            open_lenet5(weights_file(target))


def test_the_card_says_once_that_a_network_was_read_as_another(tmp_path: Path) -> None:
    facts = {"read_from": "a.pth", "read_as": "read as ReLU with max pooling: 98.9 % of 2,000"}
    model = DescribedNetwork(build(Variant.MODERN, torch.Generator().manual_seed(1)), facts, "a")
    save_model(model, tmp_path / "folder", HUGGING_FACE)
    card = (tmp_path / "folder" / "README.md").read_text(encoding="utf-8")
    assert "- read as: ReLU with max pooling: 98.9 % of 2,000\n" in card
