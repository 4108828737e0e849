"""What can no longer be kept ends a training run in one sentence, with what was reached."""

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import numpy as np
import pytest

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.net.weights_file import load_weights
from lenet_gui.training.checkpoint import load_checkpoint
from lenet_gui.training.control import Control
from lenet_gui.training.ending import RunFiles, network_of_end, train_and_keep
from lenet_gui.training.epoch_files import epoch_files
from lenet_gui.training.events import (
    CheckpointSaved,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Started,
    Stopped,
    Weights,
)
from lenet_gui.training.journal import read_history
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.result import read_result
from lenet_gui.training.snapshot import snapshot


@pytest.fixture(scope="session")
def recipe(recipe: Recipe) -> Recipe:
    """As many steps as elsewhere, of fewer digits: little is learned."""
    return recipe.with_changes(training_digits=120, batch_size=12)


@pytest.fixture
def files(tmp_path: Path) -> RunFiles:
    return RunFiles.beside(tmp_path / "w", log=tmp_path / "log.jsonl", result=tmp_path / "r.json")


def kept(recipe: Recipe, sets: DigitSets, files: RunFiles) -> list[Event]:
    return list(train_and_keep(recipe, sets, files, Control(), publish_every_s=1e6))


def test_with_the_last_event_all_files_are_there(
    recipe: Recipe, sets: DigitSets, files: RunFiles
) -> None:
    for event in train_and_keep(recipe, sets, files, Control()):
        there = {files.weights.is_file(), files.result is not None and files.result.is_file()}
        assert there == {isinstance(event, Finished)}
    assert isinstance(event, Finished)
    loaded = load_weights(files.weights)
    assert loaded.facts == {**event.facts}
    network = network_of_end(event)
    assert network is not None
    for name, values in snapshot(network).items():
        np.testing.assert_array_equal(values, event.weights[name])


def test_weights_that_cannot_be_written_end_it_with_the_checkpoint(
    recipe: Recipe, sets: DigitSets, files: RunFiles
) -> None:
    files.weights.mkdir()
    events = kept(recipe, sets, files)
    assert [type(event) for event in events].count(Failed) == 1
    failed = events[-1]
    assert isinstance(failed, Failed)
    assert str(files.weights) in failed.sentence
    assert not failed.diverged
    assert failed.checkpoint == files.checkpoint
    assert not any(isinstance(event, Finished) for event in events)
    assert files.log is not None
    assert read_history(files.log).outcome == "failed"
    last = [event for event in events if isinstance(event, EpochEnded)][-1]
    assert failed.facts["epochs"] == "3"
    assert failed.facts["test_accuracy"] == str(last.test.accuracy)
    network = network_of_end(failed)
    assert network is not None
    newest = load_weights(files.epochs / "epoch-0003.safetensors").network
    for name, values in snapshot(newest).items():
        np.testing.assert_array_equal(values, snapshot(network)[name])


def test_an_epoch_that_cannot_be_kept_ends_it(
    recipe: Recipe, sets: DigitSets, files: RunFiles
) -> None:
    files.epochs.write_bytes(b"in the way")
    events = kept(recipe, sets, files)
    assert [type(event) for event in (events[0], events[-1])] == [Started, Failed]
    assert network_of_end(events[-1]) is None  # type: ignore[arg-type]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_log_that_takes_nothing_is_told_before_the_training(
    recipe: Recipe, sets: DigitSets, files: RunFiles
) -> None:
    full = RunFiles(files.checkpoint, files.epochs, files.weights, log=Path("/dev/full"))
    with pytest.raises(UserError, match=r"/dev/full could not be written \(No space left"):
        kept(recipe, sets, full)


def test_a_training_that_was_stopped_leaves_weights_where_they_are_wanted(
    recipe: Recipe, sets: DigitSets, files: RunFiles, tmp_path: Path
) -> None:
    for place in (files, RunFiles.in_folder(tmp_path / "run")):
        control = Control()
        for event in train_and_keep(recipe, sets, place, control):
            if isinstance(event, EpochEnded):
                control.stop()
        assert isinstance(event, Stopped)
        assert place.weights.is_file() == place.stopped_weights
    assert load_weights(place.weights).facts == {**event.facts}
    assert event.facts["epochs"] == "1"
    assert "test_accuracy" in event.facts


def undisturbed(recipe: Recipe, sets: DigitSets, folder: Path) -> dict[int, Weights]:
    """The weights after each epoch of a training run that all files could be written of."""
    files = RunFiles.in_folder(folder)
    kept(recipe, sets, files)
    return {
        number: snapshot(load_weights(file).network)
        for number, file in epoch_files(files.epochs).items()
    }


def same(one: Weights, other: Weights) -> bool:
    return all(np.array_equal(one[name], other[name]) for name in one.keys() | other.keys())


def until_it_fails(
    recipe: Recipe, sets: DigitSets, files: RunFiles, spoil: Callable[[], object]
) -> Failed:
    """Spoils something once the first epoch is kept, and gives the end."""
    for event in train_and_keep(recipe, sets, files, Control(), publish_every_s=0):
        if isinstance(event, CheckpointSaved) and event.epoch == 1:
            spoil()
    assert isinstance(event, Failed)
    return event


def test_an_epoch_file_that_cannot_be_written_leaves_its_weights_in_memory(
    recipe: Recipe, sets: DigitSets, files: RunFiles, tmp_path: Path
) -> None:
    blocked = files.epochs / "epoch-0002.safetensors"
    failed = until_it_fails(recipe, sets, files, blocked.mkdir)
    assert f"{blocked} is a folder" in failed.sentence
    assert failed.is_unsaved
    assert not failed.is_complete
    assert failed.checkpoint == files.checkpoint
    assert [epoch.epoch for epoch in failed.history] == [1, 2]
    assert failed.facts["epochs"] == "2"
    assert failed.facts["test_accuracy"] == str(failed.history[1].test.accuracy)
    assert failed.weights is not None
    assert same(failed.weights, undisturbed(recipe, sets, tmp_path / "whole")[2])
    network = network_of_end(failed)
    assert network is not None
    assert same(snapshot(network), failed.weights)


def test_a_checkpoint_that_cannot_be_written_leaves_the_weights_of_the_epoch(
    recipe: Recipe, sets: DigitSets, files: RunFiles
) -> None:
    def spoil() -> None:
        files.checkpoint.unlink()
        files.checkpoint.mkdir()

    failed = until_it_fails(recipe, sets, files, spoil)
    assert failed.checkpoint is None
    assert failed.kept_in == files.epochs / "epoch-0002.safetensors"
    assert failed.weights is not None
    assert same(failed.weights, snapshot(load_weights(failed.kept_in).network))


def test_a_log_that_breaks_in_an_epoch_leaves_the_weights_of_its_last_step(
    recipe: Recipe, sets: DigitSets, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    readers: list[TextIO] = []
    reading = threading.Thread(target=lambda: readers.append(pipe.open()))
    reading.start()
    files = RunFiles.beside(tmp_path / "w", log=pipe)

    def leave() -> None:
        reading.join()
        readers.pop().close()

    failed = until_it_fails(recipe, sets, files, leave)
    assert "The log" in failed.sentence
    assert "Broken pipe" in failed.sentence
    assert failed.is_unsaved
    assert failed.checkpoint == files.checkpoint
    assert (failed.epoch, failed.facts["epochs"]) == (2, "1")
    assert "test_accuracy" not in failed.facts  # nobody has measured them
    assert failed.weights is not None
    first = snapshot(load_weights(files.epochs / "epoch-0001.safetensors").network)
    assert not same(failed.weights, first)


def test_a_result_that_cannot_be_written_does_not_take_the_weights_with_it(
    recipe: Recipe, sets: DigitSets, files: RunFiles
) -> None:
    assert files.result is not None
    files.result.mkdir()
    failed = kept(recipe, sets, files)[-1]
    assert isinstance(failed, Failed)
    assert failed.is_complete
    assert failed.kept_in == files.weights
    assert failed.weights is not None
    assert same(snapshot(load_weights(files.weights).network), failed.weights)


def test_before_the_first_step_and_where_it_diverged_there_is_nothing_to_keep(
    recipe: Recipe, sets: DigitSets, files: RunFiles
) -> None:
    files.epochs.write_bytes(b"in the way")
    failed = kept(recipe, sets, files)[-1]
    assert isinstance(failed, Failed)
    assert failed.weights is None
    files.epochs.unlink()
    absurd = recipe.with_changes(
        optimiser="sgd", learning_rate=100, weight_decay=1, momentum=0, batch_size=8
    )
    failed = kept(absurd, sets, files)[-1]
    assert isinstance(failed, Failed)
    assert failed.diverged
    assert failed.weights is None


@pytest.mark.parametrize("replaced", [False, True])
def test_a_log_that_vanishes_is_said_at_the_end(
    replaced: bool, recipe: Recipe, sets: DigitSets, files: RunFiles
) -> None:
    assert files.log is not None
    for event in train_and_keep(recipe, sets, files, Control()):
        if isinstance(event, Started):
            files.log.unlink()
            if replaced:
                files.log.write_text("another one\n")
    assert isinstance(event, Finished)
    (remark,) = event.remarks
    assert remark.startswith(f"The log {files.log} was removed or replaced during training")
    assert load_weights(files.weights).facts == {**event.facts}
    assert files.log.exists() == replaced


def test_a_folder_that_vanishes_is_made_again_and_the_log_is_missed(
    recipe: Recipe, sets: DigitSets, tmp_path: Path
) -> None:
    files = RunFiles.in_folder(tmp_path / "run")
    for event in train_and_keep(recipe, sets, files, Control()):
        if isinstance(event, CheckpointSaved) and event.epoch == 1:
            shutil.rmtree(tmp_path / "run")
    assert isinstance(event, Finished)
    assert len(event.remarks) == 1
    assert load_weights(files.weights).facts["epochs"] == "3"
    assert load_checkpoint(files.checkpoint).epoch == 3


def test_a_log_in_its_place_is_not_spoken_of(
    recipe: Recipe, sets: DigitSets, files: RunFiles, tmp_path: Path
) -> None:
    assert kept(recipe, sets, files)[-1].remarks == ()  # type: ignore[union-attr]
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = threading.Thread(target=pipe.read_text)
    reading.start()
    last = kept(recipe, sets, RunFiles.beside(tmp_path / "w", log=pipe))[-1]
    reading.join()
    assert isinstance(last, Finished)
    assert last.remarks == ()


def test_what_killed_trainings_left_is_removed_when_one_begins(
    recipe: Recipe, sets: DigitSets, files: RunFiles, leftover: Callable[[Path], Path]
) -> None:
    assert files.result is not None
    left = [leftover(file) for file in (files.checkpoint, files.epochs / "x", files.result)]
    assert all(file.is_file() for file in left)
    kept(recipe, sets, files)
    assert not any(file.exists() for file in left)


def test_a_network_that_learned_nothing_says_so(
    recipe: Recipe, sets: DigitSets, files: RunFiles
) -> None:
    assert files.result is not None
    recipe = recipe.with_changes(training_digits=300, batch_size=32, epochs=4)
    for rate, learned in ((0.002, True), (100.0, False)):
        last = kept(recipe.with_changes(learning_rate=rate), sets, files)[-1]
        assert isinstance(last, Finished)
        assert last.learned is learned
        assert read_result(files.result).learned is learned
