"""What can no longer be kept ends a training in one sentence, with what was reached."""

from pathlib import Path

import numpy as np
import pytest

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.net.weights_file import load_weights
from lenet_gui.training.control import Control
from lenet_gui.training.ending import RunFiles, network_of_end, train_and_keep
from lenet_gui.training.events import EpochEnded, Event, Failed, Finished, Started, Stopped
from lenet_gui.training.journal import read_history
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.snapshot import snapshot


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
    assert "test_accuracy" not in event.facts
