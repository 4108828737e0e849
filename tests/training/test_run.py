"""Run folders: made under names of their own, trained in, listed and removed."""

import json
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import Variant
from lenet_gui.net.weights_file import load_weights
from lenet_gui.training.checkpoint import load_checkpoint
from lenet_gui.training.control import Control
from lenet_gui.training.epoch_files import epoch_files
from lenet_gui.training.events import EpochEnded, Finished, StepStatistics, Stopped, Weights
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.run import Run
from lenet_gui.training.run_folders import run_folders
from lenet_gui.training.snapshot import snapshot


def test_folders_have_readable_names_of_their_own(recipe: Recipe, tmp_path: Path) -> None:
    runs = [Run.create(tmp_path / "runs", recipe) for _ in range(3)]
    today = f"{date.today():%Y-%m-%d}"
    assert [run.name for run in runs] == [f"{today} small {n:04}" for n in (1, 2, 3)]
    assert Run.open(runs[1].folder) == runs[1]
    runs[1].delete()
    assert Run.create(tmp_path / "runs", recipe).name.endswith("0004")


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("a/b\\c:d", "a b c d"),
        ("../..", "run"),
        ("größer, mehr", "größer mehr"),
        ("v1.2 +x-y", "v1.2 +x-y"),
    ],
)
def test_names_that_no_folder_can_have(
    name: str, folder: str, recipe: Recipe, tmp_path: Path
) -> None:
    run = Run.create(tmp_path, recipe.with_changes(name=name))
    assert run.folder.parent == tmp_path
    assert run.name.split(" ", 1)[1] == f"{folder} 0001"


def test_a_run_keeps_recipe_log_checkpoint_and_weights(
    recipe: Recipe, sets: DigitSets, tmp_path: Path
) -> None:
    run = Run.create(tmp_path, recipe)
    events = list(run.train(sets, Control(), publish_every_s=0))
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert sorted(path.name for path in run.folder.iterdir()) == [
        "checkpoint.safetensors",
        "epochs",
        "log.jsonl",
        "recipe.json",
        "weights.safetensors",
    ]
    assert Run.open(run.folder).recipe == recipe
    assert run.history().outcome == "finished"
    assert len(run.history().epochs) == 3
    assert load_checkpoint(run.files.checkpoint).epoch == 3
    loaded = load_weights(run.files.weights, Variant.MODERN)
    kept = snapshot(loaded.network)
    assert all(np.array_equal(kept[name], finished.weights[name]) for name in kept)
    assert json.loads(loaded.facts["recipe"]) == recipe.as_dict()
    for name, score in (("train", finished.train), ("test", finished.test)):
        assert score is not None
        assert loaded.facts[f"{name}_accuracy"] == str(score.accuracy)
        assert loaded.facts[f"{name}_errors"] == str(score.errors)
        assert loaded.facts[f"{name}_digits"] == str(score.digits)
    assert (loaded.facts["epochs"], loaded.facts["seed"]) == ("3", "5")
    assert loaded.facts["data"] == "small training"


def same(one: Weights, other: Weights) -> bool:
    return all(np.array_equal(one[name], other[name]) for name in one.keys() | other.keys())


@pytest.mark.parametrize("averaging", [0.0, 0.9])
def test_a_stopped_run_has_the_network_of_its_last_whole_epoch_and_can_go_on(
    recipe: Recipe, sets: DigitSets, tmp_path: Path, averaging: float
) -> None:
    """With its error: the one in the middle of an epoch was not tested."""
    recipe = recipe.with_changes(averaging=averaging)
    run, control = Run.create(tmp_path, recipe), Control()
    for event in run.train(sets, control, publish_every_s=0):
        if isinstance(event, StepStatistics) and event.step == 15:
            control.stop()
    for _ in range(2):
        assert isinstance(event, Stopped)
        kept, (epoch,) = load_weights(run.files.weights), run.history().epochs
        tested = load_weights(epoch_files(run.files.epochs)[1])
        assert same(snapshot(kept.network), snapshot(tested.network))
        assert same(event.weights, snapshot(tested.network))
        assert kept.facts == {**tested.facts, "stopped_in_epoch": "2"} == {**event.facts}
        assert kept.facts["test_errors"] == str(epoch.test.errors)
        (found,) = run_folders(tmp_path)
        assert found.test_error == epoch.test.errors / epoch.test.digits
        assert found.weights == epoch_files(run.files.epochs)[1]
        # Resumed, and stopped again before an epoch is whole.
        control = Control()
        for event in run.train(sets, control, resume=True, publish_every_s=0):
            if isinstance(event, StepStatistics):
                control.stop()
    events = list(Run.open(run.folder).train(sets, Control(), resume=True))
    assert isinstance(events[-1], Finished)
    assert [epoch.epoch for epoch in run.history().epochs] == [1, 2, 3]
    assert load_weights(run.files.weights).facts["epochs"] == "3"
    assert run.history().resumed == (1,)
    took = sum(epoch.seconds for epoch in run.history().epochs)
    assert events[-1].seconds == pytest.approx(took)  # with those before it was continued


def test_a_run_that_is_stopped_in_its_first_epoch_says_that_its_network_was_not_tested(
    recipe: Recipe, sets: DigitSets, tmp_path: Path
) -> None:
    run, control = Run.create(tmp_path, recipe), Control()
    for event in run.train(sets, control, publish_every_s=0):
        if isinstance(event, StepStatistics):
            control.stop()
    kept = load_weights(run.files.weights)
    assert (kept.facts["epochs"], kept.facts["stopped_in_epoch"]) == ("0", "1")
    assert "test_accuracy" not in kept.facts
    (found,) = run_folders(tmp_path)
    assert (found.epochs, found.test_error, found.weights) == (0, None, run.files.weights)


def test_an_epoch_that_was_told_but_not_kept_does_not_lend_its_error(
    recipe: Recipe, sets: DigitSets, tmp_path: Path
) -> None:
    """A training run may be killed in between."""
    run = Run.create(tmp_path, recipe)
    with closing(run.train(sets, Control(), publish_every_s=10)) as events:
        next(event for event in events if isinstance(event, EpochEnded) and event.epoch == 2)
    (found,) = run_folders(tmp_path)
    first, second = run.history().epochs
    assert first.test.errors != second.test.errors
    assert (found.epochs, found.weights) == (1, epoch_files(run.files.epochs)[1])
    assert found.test_error == first.test.errors / first.test.digits


def test_a_folder_that_holds_no_whole_run_is_named(recipe: Recipe, tmp_path: Path) -> None:
    (tmp_path / "2026-01-01 empty 0009").mkdir()
    with pytest.raises(UserError, match=r"empty 0009 is not a run: recipe\.json cannot be read"):
        Run.open(tmp_path / "2026-01-01 empty 0009")
    broken = Run.create(tmp_path, recipe)
    broken.recipe_file.write_text('{"epochs": -1}')
    with pytest.raises(UserError, match="epochs must be a whole number"):
        Run.open(broken.folder)


def test_a_place_that_cannot_be_written(recipe: Recipe, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="A folder for the run cannot be created"):
        Run.create(tmp_path / "file" / "runs", recipe)


def test_removing_a_run(recipe: Recipe, tmp_path: Path) -> None:
    run = Run.create(tmp_path, recipe)
    run.delete()
    assert not run.folder.exists()
    with pytest.raises(UserError, match="could not be removed"):
        run.delete()
