"""`lenet-gui save-model`: what it writes, what it says, and what it refuses."""

import json
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import torch

from lenet_gui.cli import main
from lenet_gui.model_files.formats import FORMATS
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.weights_file import save_weights

Run = Callable[[Sequence[str]], CompletedProcess[str]]
Weights = Mapping[Variant, Path]


def test_the_suffix_decides_the_format(
    lenet_gui: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("onnx", reason="the extra onnx is not installed")
    run = lenet_gui(["save-model", "modern", "--to", "net.onnx"])
    assert (run.returncode, run.stdout, run.stderr) == (0, "Saved net.onnx\n", "")
    for name, said in {
        "net.PTH": "net.PTH and lenet5.py",
        "net.safetensors": "net.safetensors",
        "folder": "folder",
        "v1.0/": "v1.0",
    }.items():
        with chdir(tmp_path):
            assert main(["save-model", "modern", "--to", name]) == 0
        assert capsys.readouterr().out == f"Saved {said}\n"
    in_folder = {"README.md", "config.json", "lenet5.py", "model.safetensors"}
    for folder in ("folder", "v1.0"):
        assert {one.name for one in (tmp_path / folder).iterdir()} == in_folder
    assert len(list(tmp_path.iterdir())) == 6
    with pytest.raises(SystemExit):
        main(["save-model", "--help"])
    help_text = capsys.readouterr().out
    assert all(form.name in help_text and form.read_by in help_text for form in FORMATS)


def test_the_programs_own_file_keeps_everything(weights: Weights, tmp_path: Path) -> None:
    own = weights[Variant.ORIGINAL]
    assert main(["save-model", str(own), "--to", str(tmp_path / "w.safetensors")]) == 0
    assert (tmp_path / "w.safetensors").read_bytes() == own.read_bytes()


def test_the_folder_says_what_is_known_and_no_more(weights: Weights, tmp_path: Path) -> None:
    for name, named in (("original", "original"), ("own", str(weights[Variant.ORIGINAL]))):
        assert main(["save-model", named, "--to", str(tmp_path / name)]) == 0
    card, own_card = ((tmp_path / name / "README.md").read_text() for name in ("original", "own"))
    assert card.startswith("---\nlicense: mit\n")
    assert "- ylecun/mnist\n" in card
    assert "      value: 0.9943\n" in card
    assert "- MNIST test error 0.57 % (57 of 10,000 images)\n" in card
    assert "j = 49.11 and the temperature 10" in card
    assert own_card.startswith("---\nlicense: unknown\n")
    assert "datasets:" not in own_card
    assert "test error" not in own_card
    config = json.loads((tmp_path / "original" / "config.json").read_text())
    assert config["variant"] == "original"
    assert config["calibration"] == {"j": 49.11, "temperature": 10.0, "least_margin": 0.0}
    assert config["training"]["recipe"]["epochs"] == 60
    assert config["input"]["paper"] == -0.1


UNKNOWN = (
    "net.h5 must end in .onnx, .pth, .pt, .pt2, .safetensors, or in / for a folder in the form of "
    "Hugging Face: choose one of them."
)


def test_the_folder_of_other_classes_speaks_of_no_digits(tmp_path: Path) -> None:
    names = [f"*kind* {number}" for number in range(10)]
    facts = {"classes": json.dumps(names), "data": "odd <b> training", "test_accuracy": "0.5"}
    own = tmp_path / "own.safetensors"
    save_weights(build(Variant.MODERN, torch.Generator().manual_seed(1)), own, facts)
    assert main(["save-model", str(own), "--to", str(tmp_path / "folder")]) == 0
    card = (tmp_path / "folder" / "README.md").read_text(encoding="utf-8")
    assert "digit" not in card
    assert r"\*kind\* 0, \*kind\* 1, " in card
    assert r"test error 50.00 % on odd \<b\>" in card
    config = json.loads((tmp_path / "folder" / "config.json").read_text())
    assert config["id2label"]["9"] == "*kind* 9"


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("net.h5", UNKNOWN),
        ("full", "The folder full is not empty: choose an empty or a new one."),
        ("file/", "file is a file: choose another name for the folder."),
        ("file/net.onnx", "file/net.onnx cannot be written (File exists): choose another place."),
        ("file/net/", "file/net cannot be written (File exists): choose another place."),
        ("own", "--to own is the weights file that this command reads"),
    ],
)
def test_what_cannot_be_written_is_refused(
    target: str, sentence: str, weights: Weights, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "kept").write_text("kept")
    (tmp_path / "file").write_text("kept")
    (tmp_path / "own").write_bytes(weights[Variant.MODERN].read_bytes())
    with chdir(tmp_path):
        assert main(["save-model", "own", "--to", target]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"lenet-gui: {sentence}")
    assert said.err.count("\n") == 1
    assert {one.name for one in tmp_path.rglob("*")} == {"full", "kept", "file", "own"}


@pytest.mark.parametrize("target", ["net.onnx", "net.pth", "net.safetensors", "net"])
def test_a_full_disk_leaves_nothing(
    target: str, weights: Weights, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A limit on the size of files stands for the full disk: the same kind of error."""
    if target == "net.onnx":
        pytest.importorskip("onnx", reason="the extra onnx is not installed")
    with smaller_files(), chdir(tmp_path):
        assert main(["save-model", str(weights[Variant.MODERN]), "--to", target]) == 2
    assert capsys.readouterr().err == (
        f"lenet-gui: {target} could not be written (File too large): "
        "choose another place or free some space.\n"
    )
    assert list(tmp_path.iterdir()) == []


@contextmanager
def smaller_files() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, ignored)


def test_without_the_package_a_sentence_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    with chdir(tmp_path):
        assert main(["save-model", "modern", "--to", "net.onnx"]) == 2
    assert capsys.readouterr().err == (
        "lenet-gui: ONNX files need the optional package onnx, which is not installed: run "
        'pip install "lenet-laboratory[onnx]".\n'
    )
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_the_users_is_never_replaced_by_the_one_that_loads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lenet5.py").write_text("mine")
    with chdir(tmp_path):
        for name in ("a.pth", "b.pth"):
            assert main(["save-model", "modern", "--to", name]) == 0
        assert main(["save-model", "original", "--to", "c.pth"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Saved a.pth and lenet5_2.py",
        "Saved b.pth and lenet5_2.py",
        "Saved c.pth and lenet5_3.py",
    ]
    assert (tmp_path / "lenet5.py").read_text() == "mine"
