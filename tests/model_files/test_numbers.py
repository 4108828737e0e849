"""Every format gives the network's numbers in the program that it is for."""

import json
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from lenet_gui.data.input_range import to_input
from lenet_gui.explore.reader import shares
from lenet_gui.model_files.described import DescribedNetwork
from lenet_gui.model_files.exported_program import DESCRIPTION
from lenet_gui.model_files.formats import HUGGING_FACE, ONNX, PROGRAM, STATE_DICT, save_model
from lenet_gui.model_files.plain_network import PlainLeNet5
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.net.modern_form import (
    README_FORM,
    Border,
    InputScale,
    ModernForm,
    Pooling,
    Squashing,
)
from tests.support.commands import run_without_package
from tests.support.plain_modern import random_modern

onnx = pytest.importorskip("onnx", reason="the extra onnx is not installed")
onnxruntime = pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")

Values = dict[str, np.ndarray]


@dataclass(frozen=True)
class Drawn:
    """A network with drawn weights, images for it, and what it gives for them by name."""

    model: DescribedNetwork
    images: torch.Tensor
    values: Values

    def __str__(self) -> str:
        """Its kind, for the name of a test."""
        rejects = self.model.calibration.j is not None
        return f"{self.model.kind_text}{', rubbish' * rejects}"

    def compare(self, found: Values) -> None:
        """The same names and shapes, and the same numbers but for rounding."""
        assert list(found) == list(self.values)
        for name, values in found.items():
            assert values.shape == self.values[name].shape, name
            np.testing.assert_allclose(values, self.values[name], rtol=1e-4, atol=2e-5)


ORIGINAL = {"j": "0.5", "answer_j": "80", "temperature": "10", "loss": "map"}
RUBBISH = {"answer_j": "0.4", "loss": "cross-entropy-rubbish"}
FORMS = [ModernForm(*one) for one in product(Squashing, Pooling, InputScale, Border)]


@cache
def original() -> Drawn:
    return drawn(build(Variant.ORIGINAL, torch.Generator().manual_seed(3)).eval(), ORIGINAL)


@cache
def modern(form: ModernForm, *, rejects: bool = False) -> Drawn:
    return drawn(random_modern(form)[1], RUBBISH if rejects else {})


def every_kind() -> list[Drawn]:
    """The Original, every member of the Modern's family, and one with a rubbish class."""
    return [original(), modern(README_FORM, rejects=True), *map(modern, FORMS)]


def drawn(network: LeNet5, facts: dict[str, str]) -> Drawn:
    model = DescribedNetwork(network, facts, "drawn")
    images = to_input(
        torch.rand(5, 28, 28, generator=torch.Generator().manual_seed(4)),
        *network.kind.input_values,
    )
    with torch.no_grad():
        passed = network(images)
    values = {**passed.activations, "output": passed.output}
    values["C5"] = values["C5"].flatten(1)
    digits, rubbish = shares(network.variant, passed.output, model.calibration)
    values["probabilities"] = digits
    if rubbish is not None:
        values["rubbish"] = rubbish
    return Drawn(model, images, {name: one.numpy() for name, one in values.items()})


@pytest.mark.parametrize("network", every_kind(), ids=str)
def test_onnxruntime_computes_every_layer(network: Drawn, tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    assert save_model(network.model, file, ONNX) == (file,)
    onnx.checker.check_model(onnx.load(file), full_check=True)
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    names = [one.name for one in session.get_outputs()]
    values = session.run(names, {"input": network.images.numpy()})
    network.compare(dict(zip(names, values, strict=True)))
    for number in (1, 0, 3):  # a batch of any size
        outputs = session.run(["output"], {"input": network.images[:number].numpy()})
        assert outputs[0].shape == (number, 10)


def test_an_onnx_file_says_what_it_is(tmp_path: Path) -> None:
    file, again = tmp_path / "model.onnx", tmp_path / "again.onnx"
    for each in (file, again):
        save_model(original().model, each, ONNX)
    assert file.read_bytes() == again.read_bytes()
    found = onnx.load(file)
    told = {one.key: one.value for one in found.metadata_props}
    assert told["variant"] == "original"
    assert json.loads(told["calibration"]) == {"j": 80, "temperature": 10, "least_margin": 0}
    assert json.loads(told["input"])["ink"] == 1.175
    assert json.loads(told["training"])["loss"] == "map"
    assert "paper -0.1 and ink 1.175" in found.graph.input[0].doc_string
    assert "paper -0.1 and ink 1.175" in found.doc_string
    weights = {one.name: list(one.dims) for one in found.graph.initializer}
    assert weights["conv2.weight"] == [16, 6, 5, 5]
    assert weights["pool1.coefficient"] == [6]


@pytest.mark.parametrize("network", every_kind(), ids=str)
def test_the_plain_network_computes_the_same(network: Drawn) -> None:
    with torch.no_grad():
        found = PlainLeNet5(network.model)(network.images)
    network.compare({name: one.numpy() for name, one in found.items()})


def test_an_exported_program_takes_any_batch(tmp_path: Path) -> None:
    network, file = original(), tmp_path / "model.pt2"
    assert save_model(network.model, file, PROGRAM) == (file,)
    told = {DESCRIPTION: ""}
    module = torch.export.load(file, extra_files=told).module()
    assert json.loads(told[DESCRIPTION])["variant"] == "original"
    found = module(network.images)
    network.compare({name: one.numpy() for name, one in found.items()})
    assert module(network.images[:1])["output"].shape == (1, 10)


USE = """
import importlib, pathlib, sys, torch
for folder in map(pathlib.Path, sorted(pathlib.Path().glob("*/"))):
    sys.path.insert(0, str(folder))
    import lenet5
    import lenet5_2
    digits = torch.load("digits.bin")
    for source, name in ((lenet5, "model.safetensors"), (lenet5_2, "mine.pth")):
        torch.save(source.LeNet5(folder / name)(digits).detach(), folder / (name + ".out"))
    del sys.modules["lenet5"], sys.modules["lenet5_2"], sys.path[0]
"""


def test_the_files_of_plain_pytorch_work_without_this_program(tmp_path: Path) -> None:
    # Every fifth member: each squashing, pooling, input and border is among them.
    kinds = [*every_kind()[:2], *every_kind()[2::5]]
    networks = {str(number): network for number, network in enumerate(kinds)}
    digits = torch.rand(4, 28, 28, generator=torch.Generator().manual_seed(5))
    torch.save(digits, tmp_path / "digits.bin")
    for name, network in networks.items():
        folder = tmp_path / name
        save_model(network.model, folder, HUGGING_FACE)
        of_safetensors = folder / "lenet5.py"
        before = of_safetensors.read_bytes()
        (source,) = save_model(network.model, folder / "mine.pth", STATE_DICT)[1:]
        assert source.name == "lenet5_2.py"
        assert of_safetensors.read_bytes() == before
        assert len(source.read_text().splitlines()) <= 25
        assert max(map(len, source.read_text().splitlines())) <= 100
    (tmp_path / "use.py").write_text(USE)
    ended = run_without_package(tmp_path / "use.py")
    assert (ended.returncode, ended.stderr) == (0, "")
    for name, network in networks.items():
        inputs = to_input(digits, *network.model.kind.input_values)
        with torch.no_grad():
            wanted = network.model.network(inputs).output
        for file in ("mine.pth", "model.safetensors"):
            found = torch.load(tmp_path / name / f"{file}.out")
            torch.testing.assert_close(found, wanted, rtol=1e-4, atol=2e-5)
        state = torch.load(tmp_path / name / "mine.pth", weights_only=True)
        arrays = load_file(tmp_path / name / "model.safetensors")
        assert list(map(str, sorted(state))) == sorted(arrays)
        assert all(np.array_equal(state[each].numpy(), arrays[each]) for each in arrays)
