"""Every epoch's weights are kept: those that it is told with, also over interruptions."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.net.lenet5 import build
from lenet_gui.net.losses import loss_function
from lenet_gui.net.weights_file import load_weights
from lenet_gui.training.control import Control
from lenet_gui.training.epoch_files import epoch_file, epoch_files
from lenet_gui.training.events import Event, Failed, Finished, StepStatistics, Stopped, Weights
from lenet_gui.training.metrics import evaluate
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.run import Run
from lenet_gui.training.snapshot import snapshot
from lenet_gui.training.trainer import train

TrainAll = Callable[..., list[Event]]


@pytest.fixture(scope="session")
def recipe(recipe: Recipe) -> Recipe:
    """As many steps as elsewhere, of fewer digits: here it does not matter what is learned."""
    return recipe.with_changes(training_digits=120, batch_size=12)


def kept(folder: Path) -> dict[int, Weights]:
    return {n: snapshot(load_weights(file).network) for n, file in epoch_files(folder).items()}


def same(one: Weights, other: Weights) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[k], other[k]) for k in one)


def stopped_in(epoch: int, recipe: Recipe, sets: DigitSets, checkpoint: Path, **options) -> None:
    control = Control()
    events = train(recipe, sets, checkpoint, control, publish_every_s=0, **options)
    for event in events:
        if isinstance(event, StepStatistics) and event.epoch == epoch:
            control.stop()
    assert isinstance(event, Stopped)


@pytest.mark.parametrize("averaging", [0.0, 0.9])
def test_each_file_holds_the_weights_that_its_epoch_is_told_with(
    averaging: float, recipe: Recipe, sets: DigitSets, tmp_path: Path
) -> None:
    run = Run.create(tmp_path, recipe.with_changes(averaging=averaging))
    finished = list(run.train(sets, Control()))[-1]
    assert isinstance(finished, Finished)
    files = epoch_files(run.files.epochs)
    assert list(files) == [0, 1, 2, 3]
    told = run.history().epochs
    loss = loss_function(recipe.loss, recipe.j, recipe.temperature)
    for epoch in told:
        loaded = load_weights(files[epoch.epoch])
        again = evaluate(loaded.network, sets.test, loss)
        assert again.score.errors == epoch.test.errors
        assert again.score.loss == pytest.approx(epoch.test.loss, rel=1e-5)
        assert loaded.facts["test_errors"] == str(epoch.test.errors)
        assert loaded.facts["epochs"] == str(epoch.epoch)
    weights = kept(run.files.epochs)
    assert same(weights[3], finished.weights)
    assert not same(weights[2], weights[3])
    first = build(
        recipe.variant, torch.Generator().manual_seed(recipe.seed), recipe.initial_weights
    )
    assert same(weights[0], snapshot(first))
    facts = load_weights(files[0]).facts
    assert facts["epochs"] == "0"
    assert "test_errors" not in facts


@pytest.mark.parametrize("epoch", [1, 2, 3])
def test_an_interrupted_and_resumed_training_keeps_the_same_files(
    epoch: int, recipe: Recipe, sets: DigitSets, train_all: TrainAll, tmp_path: Path
) -> None:
    train_all(recipe, tmp_path / "whole", epochs=tmp_path / "whole.epochs")
    checkpoint, epochs = tmp_path / "part", tmp_path / "part.epochs"
    stopped_in(epoch, recipe, sets, checkpoint, epochs=epochs)
    assert list(epoch_files(epochs)) == list(range(epoch))
    if epoch > 1:
        # As if it had been cut off between an epoch's file and its checkpoint.
        epoch_file(epochs, epoch).write_bytes(b"of a state that nobody goes on from")
        train_all(recipe, checkpoint, resume=checkpoint, epochs=epochs)
    else:
        train_all(recipe, checkpoint, epochs=epochs)
    for number, file in epoch_files(tmp_path / "whole.epochs").items():
        assert epoch_file(epochs, number).read_bytes() == file.read_bytes()


def test_files_after_the_checkpoint_are_removed_when_a_training_is_taken_up(
    recipe: Recipe, sets: DigitSets, train_all: TrainAll, tmp_path: Path
) -> None:
    checkpoint, epochs = tmp_path / "checkpoint", tmp_path / "epochs"
    stopped_in(2, recipe, sets, checkpoint, epochs=epochs)
    for number in (2, 3, 17):
        epoch_file(epochs, number).write_bytes(b"stale")
    (epochs / "notes.txt").write_text("mine")
    events = train(recipe, sets, checkpoint, Control(), checkpoint, epochs=epochs)
    next(events)
    next(events)
    assert list(epoch_files(epochs)) == [0, 1]
    assert (epochs / "notes.txt").read_text() == "mine"
    events.close()


def test_a_run_of_before_keeps_its_epochs_from_its_checkpoint_on(
    recipe: Recipe, sets: DigitSets, train_all: TrainAll, tmp_path: Path
) -> None:
    checkpoint, epochs = tmp_path / "checkpoint", tmp_path / "epochs"
    stopped_in(3, recipe, sets, checkpoint)
    train_all(recipe, checkpoint, resume=checkpoint, epochs=epochs)
    assert list(epoch_files(epochs)) == [2, 3]
    train_all(recipe, tmp_path / "whole", epochs=tmp_path / "whole.epochs")
    assert epoch_file(epochs, 2).read_bytes() == (
        epoch_file(tmp_path / "whole.epochs", 2).read_bytes()
    )


def test_files_of_an_earlier_training_stay_until_the_first_epoch_has_ended(
    recipe: Recipe, sets: DigitSets, train_all: TrainAll, tmp_path: Path
) -> None:
    checkpoint, epochs = tmp_path / "checkpoint", tmp_path / "epochs"
    train_all(recipe, checkpoint, epochs=epochs)
    before = {number: file.read_bytes() for number, file in epoch_files(epochs).items()}
    other = recipe.with_changes(seed=99, epochs=1)
    stopped_in(1, other, sets, checkpoint, epochs=epochs)
    assert {number: file.read_bytes() for number, file in epoch_files(epochs).items()} == before
    train_all(other, checkpoint, epochs=epochs)
    assert list(epoch_files(epochs)) == [0, 1]
    assert epoch_file(epochs, 0).read_bytes() != before[0]


def test_a_training_that_goes_on_elsewhere_does_not_mix_with_what_is_there(
    recipe: Recipe, sets: DigitSets, train_all: TrainAll, tmp_path: Path
) -> None:
    stopped_in(2, recipe, sets, tmp_path / "one", epochs=tmp_path / "one.epochs")
    other = recipe.with_changes(seed=99)
    train_all(other, tmp_path / "other", epochs=tmp_path / "other.epochs")
    train_all(recipe, tmp_path / "other", resume=tmp_path / "one", epochs=tmp_path / "other.epochs")
    assert list(epoch_files(tmp_path / "other.epochs")) == [1, 2, 3]


def test_a_folder_that_cannot_be_written_ends_the_training_with_a_sentence(
    recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    (tmp_path / "epochs").write_bytes(b"")
    last = train_all(recipe, None, epochs=tmp_path / "epochs")[-1]
    assert isinstance(last, Failed)
    assert "could not be written" in last.sentence


def test_a_folder_that_is_not_there_holds_none_and_other_files_are_passed_over(
    tmp_path: Path,
) -> None:
    assert epoch_files(tmp_path / "nowhere") == {}
    for number in ("0002", "10000", "2", "00002", "12345", "9999999999", "٠٠٠٣"):
        (tmp_path / f"epoch-{number}.safetensors").write_bytes(b"")
    (tmp_path / "x").write_bytes(b"")
    assert list(epoch_files(tmp_path)) == [2, 10_000]


def test_a_folder_that_may_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path) -> list[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(UserError, match=r"could not be read \(Permission denied\)"):
        epoch_files(tmp_path)
