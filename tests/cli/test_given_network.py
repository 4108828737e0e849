"""Commands take weights of other programs, and say on stderr how they were read."""

import json
from pathlib import Path

import numpy as np
import pytest

from lenet_gui.cli import digits, main
from lenet_gui.explore import open_weights
from lenet_gui.net.modern_form import InputScale, ModernForm
from lenet_gui.net.weights_file import load_weights
from lenet_gui.net.weights_import.reading import import_weights
from lenet_gui.paths import known_forms_file
from tests.support.other_programs import normalised, others, plain_state, torch_file

FEW = 100


@pytest.fixture(autouse=True)
def _few_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digits, "BUILTIN_TEST", FEW)
    monkeypatch.setattr(open_weights, "DIGITS", FEW)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    file = tmp_path / "lenet.pth"
    file.write_bytes(torch_file(normalised(plain_state())))
    return file


def test_evaluate(weights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["evaluate", str(weights), "--data", "builtin", "--json"]
    assert main(command) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert found["inputs"] == "normalised"
    assert found["accuracy"] > 0.9
    assert err.startswith(
        "lenet.pth: read as tanh with average pooling, inputs normalised: "
        f"{100 * found['accuracy']:.1f} % of {FEW} built-in test digits"
    )
    assert known_forms_file().is_file()
    assert main(command) == 0
    assert capsys.readouterr() == (out, err)
    assert main([*command, "--form", "sigmoid, max"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["squashing"] == "sigmoid"
    assert "none of which reads the digits" in err


def test_predict_and_save(
    weights: Path, seven: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", str(seven), "--weights", str(weights)]) == 0
    out, err = capsys.readouterr()
    assert f"{seven}: " in out
    assert "read as tanh with average pooling, inputs normalised: " in err
    own = tmp_path / "own.safetensors"
    assert main(["save-model", str(weights), "--to", str(own)]) == 0
    assert load_weights(own).network.form == ModernForm(inputs=InputScale.NORMALISED)
    capsys.readouterr()


@pytest.mark.parametrize("name", ["modern", "original"])
@pytest.mark.parametrize("suffix", [".pth", ""])
def test_what_this_program_saves_for_others_is_read_again(
    name: str, suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / f"saved{suffix}"
    assert main(["save-model", name, "--to", str(target)]) == 0
    saved = target if suffix else target / "model.safetensors"
    results = []
    for weights in (name, str(saved)):
        capsys.readouterr()
        assert main(["evaluate", weights, "--data", "builtin", "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        results.append((found["variant"], found["misses"]))
    assert results[0] == results[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["page.pth"], "page.pth is a web page, not the file that it offers"),
        (["lenet.pth", "--form", "tan"], '--form is wrong: "tan" is none of tanh, relu,'),
        (["modern", "--form", "relu"], "says itself which network it holds: leave out"),
    ],
)
def test_wrong_files_and_forms_are_one_sentence(
    arguments: list[str],
    sentence: str,
    weights: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(weights.parent)
    Path("page.pth").write_bytes(others()["page.pth"])
    assert main(["evaluate", *arguments, "--data", "builtin"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert sentence in err


def test_the_other_variant_is_refused(
    weights: Path, seven: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", str(seven), "--weights", str(weights), "--variant", "original"]) == 2
    assert "contains weights of the Modern network" in capsys.readouterr().err


def test_the_cases(real_mnist: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = real_mnist.parent / "cases" / "weights"
    if not folder.is_dir():
        pytest.skip(f"there are no weights of other programs at {folder}")
    first, second = sorted(folder.iterdir())
    assert main(["evaluate", str(first), "--data", str(real_mnist), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["accuracy"] == 0.9385
    one, other = import_weights(first), import_weights(second)
    for name in one.arrays:
        np.testing.assert_array_equal(one.arrays[name], other.arrays[name])


def test_every_command_measures_on_the_same_digits(
    weights: Path,
    seven: Path,
    real_mnist: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LENET_GUI_DATA", str(real_mnist))
    told = set()
    for command in (["predict", str(seven), "--weights"], ["evaluate", "--data", str(real_mnist)]):
        known_forms_file().unlink(missing_ok=True)
        assert main([*command, str(weights)]) == 0
        told.add(capsys.readouterr().err.splitlines()[0])
    (sentence,) = told
    assert "% of 2,000 MNIST test digits" in sentence
