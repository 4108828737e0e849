"""The command line with a member of the Modern's family: its own inputs, its own name."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from lenet_gui.cli import digits, main
from lenet_gui.data.builtin import Stream, builtin_digits
from lenet_gui.net.modern_form import Border, InputScale, ModernForm, Pooling, Squashing
from lenet_gui.net.weights_file import save_weights
from lenet_gui.training import digit_sets
from tests.support.plain_modern import plain_input, random_modern

TEST = 300
FORM = ModernForm(Squashing.RELU, Pooling.MAX, InputScale.NORMALISED, Border.ZERO)


@pytest.fixture(autouse=True)
def _few_built_in_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (digits, digit_sets):
        monkeypatch.setattr(module, "BUILTIN_TEST", TEST)


def test_evaluate_predict_and_export_agree_with_the_plain_network(
    seven: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, network = random_modern(FORM, seed=8)
    weights = tmp_path / "mine.safetensors"
    save_weights(network, weights, {})
    test = builtin_digits(TEST, 0, stream=Stream.TEST)
    inks = torch.tensor(test.images / np.float32(255))
    with torch.no_grad():
        logits = plain(plain_input(FORM, inks))
    right = torch.tensor(test.labels).long()

    assert main(["evaluate", str(weights), "--data", "builtin", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["errors"] == int((logits.argmax(dim=1) != right).sum())
    loss = torch.nn.functional.cross_entropy(logits, right)
    assert report["loss"] == pytest.approx(float(loss), rel=1e-4)
    assert {name: report[name] for name in FORM.facts()} == FORM.facts()
    assert main(["evaluate", str(weights), "--data", "builtin"]) == 0
    name = "Modern, ReLU, max pooling, inputs normalised, padded with zeros"
    assert capsys.readouterr().out.startswith(f"{name}, {weights}\n")

    chosen = ["--weights", str(weights)]
    assert main(["export", str(seven), *chosen, "--out", str(tmp_path / "a.npz")]) == 0
    with np.load(tmp_path / "a.npz") as arrays:
        told = json.loads(str(arrays["metadata"]))
        with torch.no_grad():
            wanted = plain(plain_input(FORM, torch.tensor(arrays["image"])[None]))[0].numpy()
        np.testing.assert_allclose(arrays["output"], wanted, rtol=1e-4, atol=1e-4)
        assert float(arrays["C1"].min()) == 0
    assert told["squashing"] == "relu"
    assert told["input_ink"] == pytest.approx(2.8215, abs=1e-4)
    capsys.readouterr()
    assert main(["predict", str(seven), *chosen, "--json"]) == 0
    (answer,) = json.loads(capsys.readouterr().out)
    np.testing.assert_allclose(answer["logits"], wanted, rtol=1e-4, atol=1e-4)
    assert answer["pooling"] == "max"
