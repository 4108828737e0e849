"""Runs are found and described whatever their folders hold."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lenet_gui.data.digits import DigitSets
from lenet_gui.training.control import Control
from lenet_gui.training.ending import RunFiles
from lenet_gui.training.events import CheckpointSaved, Event
from lenet_gui.training.lock import locked
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.run import Run
from lenet_gui.training.run_folders import RunFolder, RunState, run_folders, run_of


def only(runs: Path) -> RunFolder:
    (run,) = run_folders(runs)
    return run


def trained(run: Run, sets: DigitSets, until: Callable[[Event], bool]) -> None:
    """As if the program had been killed after an event."""
    for event in run.train(sets, Control(), publish_every_s=0):
        if until(event):
            return


def test_a_run_from_its_beginning_to_its_end(
    recipe: Recipe, sets: DigitSets, tmp_path: Path
) -> None:
    run = Run.create(tmp_path, recipe)
    found = only(tmp_path)
    assert (found.state, found.epochs, found.weights) == (RunState.DAMAGED, 0, None)
    assert found.recipe == recipe
    assert found.trouble.startswith("log.jsonl of this run could not be read")

    with locked(*run.files.written_whole):
        assert only(tmp_path).state is RunState.IN_TRAINING
        assert not only(tmp_path).trouble
    states = [only(tmp_path).state for _ in run.train(sets, Control(), publish_every_s=10)][:-1]
    assert set(states) == {RunState.IN_TRAINING}
    found = only(tmp_path)
    assert (found.state, found.resumable, found.epochs) == (RunState.FINISHED, False, 3)
    assert found.weights == run.files.weights
    test = run.history().epochs[-1].test
    assert found.test_error == test.errors / test.digits
    assert abs(found.written.timestamp() - run.folder.stat().st_mtime) < 100
    assert run_folders(tmp_path, [found])[0] is found  # not read again
    assert run_of(run.files.weights) == (run.folder, None)


def test_a_run_that_was_cut_off_has_the_weights_of_its_last_epoch(
    recipe: Recipe, sets: DigitSets, tmp_path: Path
) -> None:
    run = Run.create(tmp_path, recipe)
    trained(run, sets, lambda event: isinstance(event, CheckpointSaved) and event.epoch == 2)
    found = only(tmp_path)
    assert (found.state, found.resumable, found.epochs) == (RunState.INTERRUPTED, True, 2)
    assert found.weights == run.files.epochs / "epoch-0002.safetensors"
    assert run_of(found.weights) == (run.folder, 2)
    # A run that was stopped, taken up, and cut off has older weights as well.
    shutil.copy(found.weights, run.files.weights)
    os.utime(run.files.weights, ns=(1, 1))
    assert only(tmp_path).weights == found.weights
    os.utime(run.files.weights, ns=(1 << 62, 1 << 62))
    assert only(tmp_path).weights == run.files.weights


def epoch(number: object, **test: Any) -> str:
    score = {"loss": 1, "accuracy": 0.9, "errors": 10, "digits": 100, **test}
    return json.dumps({"event": "epoch", "epoch": number, "test": score})


@pytest.mark.parametrize(
    ("log", "state", "epochs", "test_error"),
    [
        (epoch(4) + '\n{"event": "stopped"}', RunState.STOPPED, 4, 0.1),
        (epoch(4) + '\n{"event": "failed"}', RunState.FAILED, 4, 0.1),
        (epoch(4) + '\n{"event": "ste', RunState.INTERRUPTED, 4, 0.1),
        (epoch(4) + "\n" + epoch(-5) + "\n" + epoch("many"), RunState.INTERRUPTED, 4, 0.1),
        (epoch(10**30) + "\n" + epoch(2, errors=1e300), RunState.INTERRUPTED, 0, None),
        (epoch(None) + '\n{"event": []}', RunState.INTERRUPTED, 0, None),
        ("", RunState.DAMAGED, 0, None),
        ("no log at all", RunState.DAMAGED, 0, None),
        ("[" * 100_000, RunState.DAMAGED, 0, None),
    ],
)
def test_what_a_log_tells(
    log: str, state: RunState, epochs: int, test_error: float | None, tmp_path: Path
) -> None:
    run = Run.create(tmp_path, Recipe())
    (run.folder / "log.jsonl").write_text(log)
    found = only(tmp_path)
    assert (found.state, found.epochs, found.test_error) == (state, epochs, test_error)
    assert bool(found.trouble) == (state is RunState.DAMAGED)
    assert not found.resumable


@pytest.mark.parametrize("recipe", [b"", b"{", b'{"epochs": 0}', b"\xff" * 100, None])
def test_a_recipe_that_cannot_be_read_is_named(recipe: bytes | None, tmp_path: Path) -> None:
    folder = tmp_path / "a run"
    folder.mkdir()
    (folder / "log.jsonl").write_text(epoch(3))
    if recipe is not None:
        (folder / "recipe.json").write_bytes(recipe)
    found = only(tmp_path)
    assert (found.state, found.recipe, found.epochs) == (RunState.DAMAGED, None, 3)
    assert "recipe" in found.trouble
    assert "\n" not in found.trouble


def test_what_is_no_run_is_none_and_a_date_that_cannot_be_is_none_either(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("link")
    assert run_folders(tmp_path) == []
    run = Run.create(tmp_path, Recipe())
    os.utime(run.recipe_file, ns=(-(1 << 62), -(1 << 62)))
    assert only(tmp_path).written.year < 1971
    assert run_of(tmp_path / "file") is None
    assert run_of(run.folder / "epochs" / "epoch-0001.safetensors") is None  # it has no log
    assert not RunFiles.in_folder(run.folder).epochs.exists()
    assert not any(path.name.startswith(".") for path in run.folder.iterdir())
