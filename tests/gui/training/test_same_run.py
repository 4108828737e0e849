"""The command line and the window train in one way: the same recipe and seed leave the same."""

import json
from pathlib import Path
from typing import Any

import pytest
from safetensors import safe_open

from lenet_gui.cli import main
from lenet_gui.gui.library.digit_source import DigitSource
from lenet_gui.gui.training.running.worker import TrainingWorker, TrainJob
from lenet_gui.net.weights_file import load_weights
from lenet_gui.training.control import Control
from lenet_gui.training.epoch_files import epoch_files
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.run import Run

PLAIN = Recipe(
    name="twice", data="builtin", training_digits=60, epochs=2, batch_size=8, seed=6, device="cpu"
)
RUBBISH = PLAIN.with_changes(epochs=1, rubbish=12, added_digits=10)
MODERN = PLAIN.with_changes(
    variant="modern", optimiser="sgd", averaging=0.5, validation_share=0.2, temperature=1
)


def _log(file: Path) -> list[dict[str, Any]]:
    """The events of a log, without times, places and the lines between epochs."""
    records = [json.loads(line) for line in file.read_text().splitlines()]
    return [
        {name: value for name, value in record.items() if name not in {"seconds", "path"}}
        for record in records
        if record["event"] != "steps"
    ]


def _metadata(file: Path) -> dict[str, str]:
    with safe_open(file, framework="numpy") as opened:
        return dict(opened.metadata())


@pytest.mark.parametrize("recipe", [PLAIN, RUBBISH, MODERN], ids=["plain", "rubbish", "modern"])
@pytest.mark.usefixtures("few_calibrating_digits")
def test_the_command_line_and_the_window_leave_the_same_files(
    recipe: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "recipe.json").write_text(recipe.to_json())
    options = ["--recipe", "recipe.json", "--out", "w", "--log", "w.jsonl", "--threads", "1"]
    assert main(["train", *options]) == 0
    worker = TrainingWorker(DigitSource())
    worker.train(TrainJob(recipe, Control(), tmp_path / "runs", threads=1))
    (folder,) = (tmp_path / "runs").iterdir()
    run = Run.open(folder)

    assert run.files.weights.read_bytes() == (tmp_path / "w").read_bytes()
    assert ("answer_j" in load_weights(run.files.weights).facts) == bool(recipe.rubbish)
    typed, clicked = epoch_files(tmp_path / "w.epochs"), epoch_files(run.files.epochs)
    assert list(typed) == list(clicked) == list(range(recipe.epochs + 1))
    for epoch, file in typed.items():
        assert file.read_bytes() == clicked[epoch].read_bytes()
        assert _metadata(file) == _metadata(clicked[epoch])
    assert run.files.log is not None
    assert _log(run.files.log) == _log(tmp_path / "w.jsonl")
