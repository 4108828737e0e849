"""`lenet-gui evaluate`: the figures of a weights file, in words and as JSON."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from lenet_gui.cli import digits, main
from lenet_gui.data.builtin import Stream, builtin_digits
from lenet_gui.net.architecture import LOSSES, Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.losses import loss_function
from lenet_gui.net.weights_file import load_weights, save_weights
from lenet_gui.paths import shipped_weights
from lenet_gui.training import digit_sets
from lenet_gui.training.metrics import evaluate
from tests.support.damage import unsealed

TEST = 300
"""So many digits has the built-in test set here."""


@pytest.fixture(scope="module", autouse=True)
def _few_built_in_digits() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (digits, digit_sets):
            patch.setattr(module, "BUILTIN_TEST", TEST)
        yield


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with weights that were trained a little on built-in digits."""
    folder = tmp_path_factory.mktemp("trained")
    # So many training digits bring a whole test set with them.
    small = [
        "--data",
        "builtin",
        "--training-digits",
        f"{TEST}",
        "--epochs",
        "1",
        "--device",
        "cpu",
    ]
    assert main(["train", *small, "--threads", "1", "--out", str(folder / "w")]) == 0
    return folder / "w"


def report(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict:
    assert main(["evaluate", *map(str, arguments), "--json"]) == 0
    found: dict = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("variant", Variant)
def test_json_holds_what_an_evaluation_gives(
    variant: Variant, weights: dict[Variant, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    found = report(capsys, weights[variant], "--data", "builtin")
    network = load_weights(weights[variant]).network
    test = builtin_digits(TEST, 0, stream=Stream.TEST)
    right = evaluate(network, test, loss_function(LOSSES[variant][0], 0.5))
    assert found == {
        "weights": str(weights[variant]),
        "variant": str(variant),
        "data": "built-in test",
        "digits": TEST,
        "loss": right.loss,
        "loss_function": str(LOSSES[variant][0]),
        "accuracy": right.accuracy,
        "errors": len(right.misses),
        "misses": [
            {"index": miss.index, "true": miss.true, "predicted": miss.predicted}
            for miss in right.misses
        ],
        "confusion": [list(row) for row in right.confusion],
    }


def test_it_agrees_with_the_facts_in_the_file(
    trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    found = report(capsys, trained, "--data", "builtin")
    facts = load_weights(trained).facts
    assert facts["test_accuracy"] == str(found["accuracy"])
    assert facts["test_errors"] == str(found["errors"])
    assert facts["test_digits"] == str(found["digits"]) == f"{TEST}"


def test_in_words(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["evaluate", str(trained), "--data", "builtin"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"Original, {trained}"
    assert lines[1] == f"built-in test: {TEST} digits"
    errors = int(load_weights(trained).facts["test_errors"])
    assert lines[3] == f"accuracy  {100 * (1 - errors / TEST):.2f} %"
    assert lines[4] == f"error     {100 * errors / TEST:.2f} % ({errors:,} digits)"
    rows = [[int(cell) for cell in line.split()] for line in lines[8:18]]
    assert [row[0] for row in rows] == list(range(10))
    assert sum(sum(row[1:]) for row in rows) == TEST
    assert TEST - sum(row[1 + row[0]] for row in rows) == errors
    misses = [line for line in lines[20:] if line]
    assert len(misses) == errors


def test_only_a_file_without_a_checksum_is_said_to_be_unchecked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = tmp_path / "older"
    older.write_bytes(unsealed(shipped_weights("original").read_bytes()))
    assert main(["evaluate", str(older), "--data", "builtin"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == f"Original, {older} (a file without a checksum: unchecked)"
    assert main(["evaluate", "original", "--data", "builtin"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "Original, original"


def test_the_real_set(
    real_mnist: Path, weights: dict[Variant, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    found = report(capsys, weights[Variant.MODERN], "--data", real_mnist, "--set", "test")
    labels = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert (found["data"], found["digits"]) == ("MNIST test", sum(labels))
    assert [sum(row) for row in found["confusion"]] == labels


def test_the_training_set(
    weights: dict[Variant, Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(digits, "BUILTIN_TRAINING", 50)
    found = report(capsys, weights[Variant.MODERN], "--data", "builtin", "--set", "training")
    assert (found["data"], found["digits"]) == ("built-in training", 50)
    assert [sum(row) for row in found["confusion"]] == [5] * 10


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["gone"], "There is no weights file gone: check the name."),
        (["text"], "text is not a whole safetensors file"),
        (["odd-j"], "odd-j gives its rubbish constant (j) as 'much', which is not a number"),
        (["good", "--data", "gone"], "gone does not exist"),
        (["good", "--set", "all"], "argument --set: invalid choice: 'all'"),
        ([], "the following arguments are required: WEIGHTS"),
    ],
)
def test_wrong_arguments_are_one_sentence(
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text").write_text("these are no weights, whatever the name may say")
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(1))
    save_weights(network, Path("good"), {})
    save_weights(network, Path("odd-j"), {"j": "much"})
    assert main(["evaluate", *arguments]) == 2
    out, err = capsys.readouterr()
    assert sentence in err
    assert err.startswith("lenet-gui: ")
    assert err.count("\n") == 1
    assert out == ""


def test_a_loss_without_end_is_null_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network = build(Variant.MODERN, torch.Generator().manual_seed(1))
    with torch.no_grad():
        network.get_parameter("output.weight").fill_(0)
        network.get_parameter("output.bias").copy_(torch.tensor([3e38] + [-3e38] * 9))
    save_weights(network, tmp_path / "w", {})
    assert report(capsys, tmp_path / "w", "--data", "builtin")["loss"] is None
    assert main(["evaluate", str(tmp_path / "w"), "--data", "builtin"]) == 0
    assert "\nloss      inf (cross-entropy)\n" in capsys.readouterr().out
