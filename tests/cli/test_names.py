"""Files whose names are no UTF-8 are read and written by every command."""

import io
import json
import os
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import numpy as np
import pytest

from lenet_gui.cli import main
from lenet_gui.data.builtin import builtin_digits
from lenet_gui.net.architecture import Variant
from lenet_gui.net.weights_file import load_weights
from lenet_gui.printable import printable
from lenet_gui.training.checkpoint import load_checkpoint
from lenet_gui.training.journal import read_history
from lenet_gui.training.result import read_result
from tests.support.commands import Command, run_command

ODD = os.fsdecode(b"\xff\xfe n\xe9")
"""A name in an encoding of old."""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder of such a name."""
    folder = tmp_path / ODD
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes no such names")
    return folder


def said(*arguments: str, folder: Path) -> str:
    """What a command that ends well prints, in this process: most of a process is its start."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with chdir(folder), redirect_stdout(out), redirect_stderr(err):
        assert main(arguments) == 0
        out.flush()
        err.flush()
    assert err.buffer.getvalue() == b""  # type: ignore[attr-defined]
    return out.buffer.getvalue().decode()  # type: ignore[attr-defined,no-any-return]


def done(*arguments: str, folder: Path) -> str:
    """The same in a process of its own."""
    run = run_command(arguments, folder)
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


def test_a_training_keeps_everything_and_is_taken_up(here: Path) -> None:
    small = ("--data", "builtin", "--training-digits", "40", "--device", "cpu", "--epochs")
    files = ("--out", ODD, "--log", f"{ODD}.jsonl", "--result", f"{ODD}.json")
    out = said("train", *small, "1", *files, folder=here)
    assert out.rstrip().endswith(r"weights in \udcff\udcfe n\udce9")
    resume = ("--resume", f"{ODD}.checkpoint", *files)
    assert "continuing after epoch 1" in done("train", *small, "2", *resume, folder=here)
    assert load_weights(here / ODD).facts["epochs"] == "2"
    assert load_checkpoint(here / f"{ODD}.checkpoint").epoch == 2
    assert read_history(here / f"{ODD}.jsonl").outcome == "finished"
    assert len(read_result(here / f"{ODD}.json").epochs) == 2
    lines = (here / f"{ODD}.jsonl").read_text(encoding="utf-8").splitlines()
    saved = [line for line in map(json.loads, lines) if line["event"] == "checkpoint"]
    assert [line["path"] for line in saved] == [f"{ODD}.checkpoint"] * 2


def test_a_failure_is_logged(here: Path) -> None:
    small = ("--data", "builtin", "--training-digits", "40", "--device", "cpu", "--epochs", "2")
    log = here / "log.jsonl"
    os.mkfifo(log)
    process = Command(["train", *small, "--out", ODD, "--log", "log.jsonl"], here)
    with log.open(encoding="utf-8") as lines:
        next(lines)
        (here / f"{ODD}.checkpoint").mkdir()  # in its way
        *_, last = map(json.loads, lines)
    failed = process.wait()
    assert failed.returncode == 2
    assert last["event"] == "failed"
    assert last["sentence"].startswith(f"{printable(ODD)}.checkpoint is a folder")
    assert failed.stderr.startswith(r"lenet-gui: \udcff\udcfe n\udce9.checkpoint is a folder")


@pytest.fixture
def network(here: Path, seven: Path, weights: Mapping[Variant, Path]) -> tuple[str, str]:
    """The option that names weights; a picture and they have such names."""
    (here / ODD).write_bytes(seven.read_bytes())
    (here / f"{ODD}.w").write_bytes(weights[Variant.ORIGINAL].read_bytes())
    return "--weights", f"{ODD}.w"


@pytest.mark.parametrize("suffix", [".png", ".svg", ".npz"])
def test_a_picture_is_exported(suffix: str, here: Path, network: tuple[str, str]) -> None:
    said("export", ODD, "--out", ODD + suffix, *network, folder=here)
    assert (here / (ODD + suffix)).stat().st_size


def test_a_picture_is_read(here: Path, network: tuple[str, str]) -> None:
    (told,) = json.loads(said("predict", ODD, "--json", *network, folder=here))
    assert told["picture"] == ODD
    assert said("predict", ODD, *network, folder=here).startswith(r"\udcff\udcfe n\udce9: ")


def test_weights_are_evaluated(here: Path, weights: Mapping[Variant, Path]) -> None:
    (here / ODD).write_bytes(weights[Variant.MODERN].read_bytes())
    digits = builtin_digits(10, 0)
    np.savez(here / "few.npz", images=digits.images, labels=digits.labels)
    out = said("evaluate", ODD, "--data", "few.npz", folder=here)
    assert out.startswith("Modern, \\udcff\\udcfe n\\udce9\n")
