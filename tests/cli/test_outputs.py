"""Outputs that are full, closed or gone: one sentence, and no training run is lost to them."""

import json
import os
import resource
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from lenet_gui.cli import main
from lenet_gui.net.architecture import Variant
from lenet_gui.net.weights_file import load_weights
from tests.support.commands import Command, run_command

COMMAND = (sys.executable, "-W", "error", "-m", "lenet_gui")
TRAIN = (
    *("train", "--variant", "modern", "--data", "builtin", "--training-digits", "40"),
    *("--epochs", "2", "--threads", "1", "--device", "cpu", "--out", "w"),
)
FULL = Path("/dev/full")

full = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")


@contextmanager
def disk_full_at(size: int) -> Iterator[None]:
    """Lets this process meet a full disk at so many bytes a file; of modules it writes none."""
    compiles, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
        sys.dont_write_bytecode = compiles


def complaint(status: int, err: str) -> str:
    """The one sentence that a command ended with."""
    assert status == 2
    assert err.startswith("lenet-gui: ")
    assert err.count("\n") == 1
    return err


@full
def test_a_full_output_is_one_sentence(tmp_path: Path) -> None:
    with FULL.open("w") as output:
        done = subprocess.run(
            [*COMMAND, "summary"], stdout=output, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr == (
        "lenet-gui: the output could not be used (No space left on device): choose another place.\n"
    )


@full
def test_a_training_whose_output_is_full_still_writes_its_weights(tmp_path: Path) -> None:
    with FULL.open("w") as output:
        done = subprocess.run(
            [*COMMAND, *TRAIN],
            cwd=tmp_path,
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")
    assert load_weights(tmp_path / "w").facts["epochs"] == "2"


def test_a_training_whose_reader_has_gone_still_writes_its_weights(tmp_path: Path) -> None:
    reading_end, writing_end = os.pipe()
    os.close(reading_end)
    try:
        done = subprocess.run(
            [*COMMAND, *TRAIN],
            cwd=tmp_path,
            stdout=writing_end,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(writing_end)
    assert (done.returncode, done.stderr) == (0, "")
    assert load_weights(tmp_path / "w").facts["epochs"] == "2"


@full
def test_a_full_log_is_one_sentence_and_no_weights_appear(tmp_path: Path) -> None:
    done = run_command([*TRAIN, "--log", str(FULL)], tmp_path)
    assert done.returncode == 2
    assert "The log /dev/full could not be written (No space left on device)" in done.stderr
    assert done.stderr.count("\n") == 1
    assert FULL.is_char_device()


@pytest.mark.parametrize(
    ("arguments", "target", "size"),
    [
        (("export", "{seven}", "--out", "t.png", "--weights", "{modern}"), "t.png", 4096),
        (("export", "{seven}", "--out", "t.svg", "--weights", "{modern}"), "t.svg", 4096),
        (("export", "{seven}", "--out", "t.npz", "--weights", "{modern}"), "t.npz", 4096),
        ((*TRAIN, "--optimiser", "sgd", "--momentum", "0"), "w", 248_000),
    ],
)
def test_a_full_disk_leaves_the_old_file_and_no_part_of_a_new_one(
    arguments: tuple[str, ...],
    target: str,
    size: int,
    seven: Path,
    weights: Mapping[Variant, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / target).write_bytes(b"precious")
    known = {"seven": seven, "modern": weights[Variant.MODERN]}
    with disk_full_at(size):
        status = main([argument.format(**known) for argument in arguments])
    assert "could not be written (File too large)" in complaint(status, capsys.readouterr().err)
    assert (tmp_path / target).read_bytes() == b"precious"
    assert not [file.name for file in tmp_path.iterdir() if file.name.startswith(".")]


def test_a_checkpoint_that_finds_no_room_is_told_with_where_the_weights_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "w.checkpoint").write_bytes(b"precious")
    with disk_full_at(300_000):
        status = main(TRAIN)
    told = complaint(status, capsys.readouterr().err)
    assert "w.checkpoint could not be written (File too large)" in told
    kept = Path("w.epochs") / "epoch-0001.safetensors"
    assert told.endswith(f"; the weights are in {kept}.\n")
    assert load_weights(tmp_path / kept).facts["epochs"] == "1"
    assert (tmp_path / "w.checkpoint").read_bytes() == b"precious"
    assert not [file.name for file in tmp_path.iterdir() if file.name.startswith(".")]


def test_weights_that_find_no_place_are_told_with_how_to_write_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "log")
    process = Command([*TRAIN, "--log", "log"], tmp_path)
    with (tmp_path / "log").open() as log:
        assert json.loads(log.readline())["event"] == "started"
        (tmp_path / "w").mkdir()
        log.read()
    ended = process.wait()
    assert ended.returncode == 2
    told = ended.stderr
    assert told.startswith(
        "lenet-gui: w is a folder: name a file in it; the checkpoint w.checkpoint is kept; "
        "to continue from it: "
    )
    assert told.count("\n") == 1
    (tmp_path / "w").rmdir()
    again = shlex.split(told.partition("to continue from it: ")[2])
    monkeypatch.chdir(tmp_path)
    assert main(again[1:]) == 0
    assert load_weights(tmp_path / "w").facts["epochs"] == "2"


def test_a_folder_that_goes_while_it_trains_does_not_take_the_network_along(
    tmp_path: Path,
) -> None:
    os.mkfifo(tmp_path / "log")
    endless = [*TRAIN, "--epochs", "10000", "--out", "deep/w", "--log", "log"]
    process = Command(endless, tmp_path)
    with (tmp_path / "log").open() as log:
        for line in log:
            record = json.loads(line)
            if record["event"] == "checkpoint" and record["epoch"] == 1:
                (tmp_path / "deep").rename(tmp_path / "gone")
                (tmp_path / "deep").write_bytes(b"")
    ended = process.wait()
    assert ended.returncode == 2
    told = ended.stderr
    assert told.startswith("lenet-gui: deep/w.")
    assert told.endswith(f" is kept as {tmp_path / 'w-rescued'}.\n")
    assert "the network as it was in epoch " in told
    epochs = load_weights(tmp_path / "w-rescued").facts["epochs"]
    assert f"in epoch {epochs} is kept" in told


def test_a_log_that_vanishes_is_said_and_the_weights_are_there(tmp_path: Path) -> None:
    """It is removed as soon as its first line is there, long before the end."""
    os.mkfifo(tmp_path / "said")
    process = Command(
        [*TRAIN, "--epochs", "40", "--log", "log"], tmp_path, output=tmp_path / "said"
    )
    with (tmp_path / "said").open() as said:
        assert said.readline().startswith("Modern")
        (tmp_path / "log").unlink()
        said.read()
    ended = process.wait()
    assert ended.returncode == 0
    assert ended.stderr == (
        "lenet-gui: The log log was removed or replaced during training, so it is incomplete: "
        "leave a log in place until the end.\n"
    )
    assert load_weights(tmp_path / "w").facts["epochs"] == "40"
