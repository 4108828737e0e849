"""Commands read data sets of one's own, and tell them from MNIST in words and files."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

import lenet_gui
from lenet_gui.cli import main
from lenet_gui.data.builtin import builtin_digits
from lenet_gui.data.class_names import class_names_of
from lenet_gui.data.collections.known import FASHION
from lenet_gui.net.weight_arrays import read_weights
from tests.support.other_programs import plain_state, torch_file


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty built-in digits: lying on their side, and as if they were clothes."""
    folder = tmp_path_factory.mktemp("data")
    digits = builtin_digits(60, 0)
    turned = digits.images.transpose(0, 2, 1)
    for name, images in (("lying", turned), ("fashion", digits.images)):
        np.savez(folder / f"{name}.npz", images=images, labels=digits.labels)
    return folder


def write_picture(file: Path, image: NDArray[np.uint8]) -> Path:
    Image.fromarray(255 - image).save(file)
    return file


def train(folder: Path, data: str, *options: str) -> int:
    few = ["--recipe", "modern-quick", "--epochs", "1", "--device", "cpu", "--threads", "1"]
    out = ["--out", str(folder / "w.safetensors")]
    return main(["train", *few, *out, "--data", str(folder / data), *options])


def test_digits_that_lie_on_their_side_are_noticed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for options in ((), ("--transpose", "yes")):
        data = ["--data", str(folder / "lying.npz"), *options]
        assert main(["evaluate", "original", *data, "--set", "training"]) == 0
        said.append(capsys.readouterr())
    assert "with rows and columns exchanged: try --transpose yes." in said[0].err
    assert said[0].err.startswith("lying test: the shipped Original reads ")
    assert "\nlying training: 48 digits\n" in said[0].out
    assert said[1].err == ""
    assert "\ntransposed lying training: 48 digits\n" in said[1].out


def test_a_data_set_is_read_once_for_all_networks(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / name for name in ("one.pth", "two.pth")]
    for file in files:
        file.write_bytes(torch_file(plain_state()))
    assert main(["evaluate", *map(str, files), "--data", str(folder / "lying.npz")]) == 0
    assert capsys.readouterr().err.count("try --transpose yes") == 1


def test_weights_reports_and_checkpoints_tell_the_data_set(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(folder, "fashion.npz") == 0
    assert "48 digits (fashion training)" in capsys.readouterr().out
    facts = read_weights(folder / "w.safetensors").facts
    assert facts["data"] == "fashion training"
    assert class_names_of(facts) == FASHION
    own = ["evaluate", str(folder / "w.safetensors"), "--data", str(folder / "fashion.npz")]
    assert main(own) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "\nfashion test: 12 pictures\n" in said.out
    assert "\n(0) T-shirt/top " in said.out
    assert "\n index         true    predicted\n" in said.out
    assert main([*own, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["classes"] == list(FASHION)
    assert main(["evaluate", "modern", *own[2:]]) == 0
    assert capsys.readouterr().err.startswith("modern was not trained on the classes of fashion")
    picture = write_picture(folder / "boot.png", builtin_digits(1, 0).images[0])
    predict = ["predict", str(picture), "--weights", str(folder / "w.safetensors")]
    assert main([*predict, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["classes"] == list(FASHION)
    assert main(predict) == 0
    summary, heading, *classes = capsys.readouterr().out.splitlines()
    names = FASHION[told["answer"]], FASHION[told["runner_up"]]
    assert "{}, runner-up {}, margin ".format(*names) in summary
    assert heading.split() == ["class", "logit", "probability"]
    assert all(line.strip().startswith(name) for line, name in zip(classes, FASHION, strict=True))
    for part in ([], ["--layer", "C1"]):
        page = folder / "page.svg"
        export = ["export", str(picture), *predict[2:], "--out", str(page)]
        assert main([*export, *part]) == 0
        assert f"runner-up {names[1]}" in page.read_text()
        assert names[0] in page.read_text()
    capsys.readouterr()
    answer = lenet_gui.load(folder / "w.safetensors").read(picture)
    assert (answer.best, answer.name) == (told["answer"], names[0])
    assert repr(answer).startswith(f"Answer({names[0]}, probability ")
    assert repr(answer).endswith(f", runner-up {names[1]})")
    resume = ["--resume", str(folder / "w.safetensors.checkpoint")]
    for data, options in (("lying.npz", []), ("fashion.npz", ["--transpose", "yes"])):
        assert train(folder, data, *resume, "--epochs", "2", *options) == 2
        assert "was made on other training digits" in capsys.readouterr().err


@pytest.mark.parametrize(
    "options",
    [
        ("--added-digits", "5"),
        ("--recipe", "original-best-plain", "--teachers-share", "0.5", "--rubbish", "0"),
        ("--recipe", "modern-best"),
    ],
)
def test_digits_are_not_mixed_with_other_pictures(
    folder: Path, options: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(folder, "fashion.npz", *options) == 2
    said = capsys.readouterr().err
    assert "must be 0 for fashion training, whose classes are not digits" in said
    assert "--added-digits" in said or "--teachers-share" in said


@pytest.mark.parametrize("told", ["", "null", "[1]", '["a"]', "[" * 9_000, json.dumps(["a"] * 10)])
def test_what_is_no_list_of_classes_counts_as_digits(told: str) -> None:
    assert class_names_of({"classes": told}) == tuple("0123456789")
