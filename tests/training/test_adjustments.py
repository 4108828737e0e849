"""What is changed while a training runs: kept, told, and repeated to the bit."""

import json
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.files import write_atomically
from lenet_gui.net.weights_file import load_weights
from lenet_gui.training.adjustments import (
    Adjustment,
    EpochAdded,
    NewRate,
    NoRepeats,
    OneMoreEpoch,
    RateChanged,
    Wish,
)
from lenet_gui.training.checkpoint import load_checkpoint
from lenet_gui.training.control import Control
from lenet_gui.training.ending import RECIPE_NAME, RunFiles, train_and_keep
from lenet_gui.training.events import (
    EpochEnded,
    Event,
    Finished,
    Paused,
    RepeatsDropped,
    Started,
    StepStatistics,
    Stopped,
    Weights,
)
from lenet_gui.training.journal import read_history
from lenet_gui.training.many import Planned, train_many
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.repeats import repeats_of
from lenet_gui.training.result import read_result
from lenet_gui.training.run_folders import run_folders
from lenet_gui.training.trainer import train

Place = tuple[int, int]
"""An epoch, and the batch in it after which something is asked for."""

SLOWER, FASTER = RateChanged(2, 5, 0.0005, 0.002), RateChanged(3, 3, 0.003, 0.0005)


@pytest.fixture(scope="session")
def recipe(recipe: Recipe) -> Recipe:
    """As many steps as elsewhere, of fewer digits: here it does not matter what is learned."""
    return recipe.with_changes(training_digits=120, batch_size=12)


@pytest.fixture
def files(tmp_path: Path) -> RunFiles:
    return RunFiles.in_folder(tmp_path / "run")


def same(one: Weights, other: Weights) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[k], other[k]) for k in one)


def only(events: list[Event], kind: type | tuple[type, ...]) -> list:
    return [event for event in events if isinstance(event, kind)]


def adjustments(events: list[Event]) -> list[Adjustment]:
    return only(events, (RateChanged, EpochAdded))


@pytest.fixture
def run(recipe: Recipe, sets: DigitSets, files: RunFiles) -> Callable[..., list[Event]]:
    """`run(wishes, stop, ask)`: trains and keeps, with wishes at places and first, to a place."""

    def _run(
        wishes: dict[Place, Wish] | None = None,
        stop: Place | None = None,
        recipe: Recipe = recipe,
        files: RunFiles = files,
        resume: Path | None = None,
        ask: Wish | None = None,
    ) -> list[Event]:
        control, events = Control(), []
        if ask is not None:
            control.ask(ask)
        for event in train_and_keep(
            recipe, sets, files, control, publish_every_s=0, threads=1, resume=resume
        ):
            events.append(event)
            if isinstance(event, StepStatistics):
                place = (event.epoch, event.step_in_epoch)
                if wishes and place in wishes:
                    control.ask(wishes[place])
                if place == stop:
                    control.stop()
        return events

    return _run


WISHES: dict[Place, Wish] = {(2, 4): NewRate(0.0005), (3, 2): NewRate(0.003)}


@pytest.mark.parametrize(
    "changes",
    [
        {"schedule": "cosine", "averaging": 0.9},
        {
            "variant": "original",
            "loss": "map",
            "optimiser": "sdlm",
            "curvature_digits": 40,
            "schedule": "paper",
        },
    ],
)
def test_a_changed_rate_is_repeated_to_the_bit(
    changes: dict, recipe: Recipe, run: Callable[..., list[Event]], sets: DigitSets, tmp_path: Path
) -> None:
    recipe = recipe.with_changes(**changes)
    whole = run(WISHES, recipe=recipe, files=RunFiles.in_folder(tmp_path / "whole"))
    assert adjustments(whole) == [SLOWER, FASTER]
    # As it would have ended otherwise.
    unchanged = list(train(recipe, sets, None, Control(), threads=1))[-1]
    assert not same(unchanged.weights, whole[-1].weights)
    # A fresh run by the recipe and the list.
    again = list(train(recipe, sets, None, Control(), threads=1, repeats=[FASTER, SLOWER]))
    assert adjustments(again) == [SLOWER, FASTER]
    assert same(again[-1].weights, whole[-1].weights)
    # Broken off after both changes and before the checkpoint of the epochs that they are in.
    assert isinstance(run(WISHES, stop=(2, 8), recipe=recipe)[-1], Stopped)
    files = RunFiles.in_folder(tmp_path / "run")
    second = run({(3, 2): WISHES[3, 2]}, stop=(3, 5), recipe=recipe, resume=files.checkpoint)
    assert second[0].repeats == (SLOWER,)
    assert adjustments(second) == [SLOWER, FASTER]
    third = run(recipe=recipe, resume=files.checkpoint)
    assert third[0].adjustments == (SLOWER,)
    assert third[0].repeats == (FASTER,)
    assert adjustments(third) == [FASTER]
    assert same(third[-1].weights, whole[-1].weights)
    assert third[-1].test == whole[-1].test


def test_the_rate_follows_its_schedule_scaled(
    recipe: Recipe, run: Callable[..., list[Event]]
) -> None:
    recipe = recipe.with_changes(schedule="cosine", epochs=2)
    plain = [event.learning_rate for event in only(run(recipe=recipe), StepStatistics)]
    changed = [
        event.learning_rate
        for event in only(run({(1, 7): NewRate(0.001)}, recipe=recipe), StepStatistics)
    ]
    assert changed == pytest.approx([*plain[:7], *(rate / 2 for rate in plain[7:])])


def test_log_checkpoint_weights_and_result_tell_of_it(
    run: Callable[..., list[Event]], files: RunFiles, tmp_path: Path
) -> None:
    files = RunFiles.beside(tmp_path / "mine", log=tmp_path / "log", result=tmp_path / "result")
    events = run({(2, 4): NewRate(0.0005), (3, 10): OneMoreEpoch()}, files=files)
    made = (SLOWER, EpochAdded(4, 1, 4))
    assert tuple(adjustments(events)) == made
    assert files.log is not None
    assert files.result is not None
    log, checkpoint = read_history(files.log), load_checkpoint(files.checkpoint)
    result = read_result(files.result)
    assert log.adjustments == checkpoint.adjustments == result.adjustments == made
    changes = ("learning_rate 0.002 up to batch 4 of epoch 2", "epochs 3 up to epoch 3")
    assert checkpoint.changes == result.changes == changes
    assert load_weights(files.weights).facts["changes"] == "; ".join(changes)
    lines = [json.loads(line) for line in files.log.read_text().splitlines()]
    assert lines[-1]["changes"] == "; ".join(changes)
    (told,) = [line for line in lines if line["event"] == "rate changed"]
    assert told == {
        "event": "rate changed",
        "epoch": 2,
        "batch": 5,
        "rate": 0.0005,
        "before": 0.002,
    }


def test_one_more_epoch_has_the_rates_of_the_last_one_and_belongs_to_the_run(
    recipe: Recipe, run: Callable[..., list[Event]], tmp_path: Path
) -> None:
    recipe = recipe.with_changes(schedule="cosine")
    whole = run({(2, 3): OneMoreEpoch()}, recipe=recipe, files=RunFiles.in_folder(tmp_path / "a"))
    assert adjustments(whole) == [EpochAdded(2, 4, 4)]
    assert whole[-1].epochs == 4
    rates = [event.learning_rate for event in only(whole, StepStatistics)]
    assert rates[30:] == rates[20:30]
    # The same after its end: from the checkpoint, with the state of the optimiser.
    files = RunFiles.in_folder(tmp_path / "b")
    run(recipe=recipe, files=files)
    again = {"recipe": recipe, "files": files, "resume": files.checkpoint}
    events = run(**again, ask=OneMoreEpoch())
    assert adjustments(events) == [EpochAdded(4, 1, 4)]
    assert [event.epoch for event in only(events, EpochEnded)] == [4]
    assert same(events[-1].weights, whole[-1].weights)
    assert files.log is not None
    assert [epoch.epoch for epoch in read_history(files.log).epochs] == [1, 2, 3, 4]
    # A run that has been made longer is at its end, and can be made longer still.
    assert isinstance(run(**again)[1], Finished)
    assert run(**again, ask=OneMoreEpoch())[-1].epochs == 5


def test_an_added_epoch_that_is_interrupted_comes_again(
    recipe: Recipe, run: Callable[..., list[Event]], files: RunFiles, tmp_path: Path
) -> None:
    run()
    broken_off = run(stop=(4, 3), resume=files.checkpoint, ask=OneMoreEpoch())
    assert isinstance(broken_off[-1], Stopped)
    write_atomically(tmp_path / "run" / RECIPE_NAME, recipe.to_json().encode())
    (listed,) = run_folders(tmp_path)
    assert (listed.epochs, listed.all_epochs, listed.resumable) == (3, 4, True)
    events = run(resume=files.checkpoint)
    assert events[0].repeats == (EpochAdded(4, 1, 4),)
    assert adjustments(events) == [EpochAdded(4, 1, 4)]
    assert events[-1].epochs == 4
    (listed,) = run_folders(tmp_path)
    assert (listed.epochs, listed.all_epochs, listed.resumable) == (4, 4, False)
    assert listed.adjustments == (EpochAdded(4, 1, 4),)


def test_whoever_decides_anew_repeats_nothing(
    recipe: Recipe, run: Callable[..., list[Event]], files: RunFiles
) -> None:
    run(WISHES, stop=(3, 5))
    checkpoint = files.checkpoint.read_bytes()
    assert repeats_of(files.checkpoint, files.log) == (FASTER,)
    # A new rate takes the place of those to come, at once and when it is taken up again.
    other = run({(3, 1): NewRate(0.001)}, stop=(3, 4), resume=files.checkpoint)
    assert adjustments(other) == [RateChanged(3, 2, 0.001, 0.0005)]
    assert repeats_of(files.checkpoint, files.log) == (RateChanged(3, 2, 0.001, 0.0005),)
    # Another recipe.
    run(WISHES, stop=(3, 5))
    files.checkpoint.write_bytes(checkpoint)
    events = run(recipe=recipe.with_changes(learning_rate=0.0001), resume=files.checkpoint)
    assert events[0].adjustments == (SLOWER, RateChanged(3, 1, 0.0001, 0.0005))
    assert events[0].repeats == ()
    assert [event.learning_rate for event in only(events, EpochEnded)] == [0.0001]


def test_what_is_refused_is_not_repeated_then_or_later(
    run: Callable[..., list[Event]], files: RunFiles
) -> None:
    longer = WISHES | {(3, 4): OneMoreEpoch()}
    run(longer, stop=(3, 5))
    assert repeats_of(files.checkpoint, files.log) == (FASTER, EpochAdded(3, 5, 4))
    refused = run(ask=NoRepeats(), stop=(3, 4), resume=files.checkpoint)
    assert only(refused, (RepeatsDropped, RateChanged, EpochAdded)) == [RepeatsDropped(3, 1)]
    assert repeats_of(files.checkpoint, files.log) == ()
    again = run(ask=NoRepeats(), resume=files.checkpoint)  # there is nothing to refuse
    assert only(again, (RepeatsDropped, RateChanged, EpochAdded)) == []
    (last,) = only(again, EpochEnded)
    assert (last.epoch, last.learning_rate) == (3, 0.0005)
    assert read_history(files.log).adjustments == (SLOWER,)


def test_a_rate_that_was_decided_on_when_it_was_taken_up_is_repeated_with_what_followed(
    recipe: Recipe, run: Callable[..., list[Event]], files: RunFiles
) -> None:
    slower = recipe.with_changes(learning_rate=0.0002)
    run(stop=(2, 5))
    run({(2, 3): NewRate(0.0004)}, stop=(2, 6), recipe=slower, resume=files.checkpoint)
    events = run(recipe=slower, resume=files.checkpoint)
    assert events[0].adjustments == (RateChanged(2, 1, 0.0002, 0.002),)
    assert events[0].changes == ("learning_rate 0.002 up to epoch 1",)
    assert adjustments(events) == [RateChanged(2, 4, 0.0004, 0.0002)]


def test_the_log_of_another_run_tells_nothing(
    recipe: Recipe, run: Callable[..., list[Event]], files: RunFiles, tmp_path: Path
) -> None:
    run(WISHES, stop=(3, 5))
    other = RunFiles.in_folder(tmp_path / "other")
    run({(3, 1): NewRate(0.5)}, stop=(3, 3), recipe=recipe.with_changes(seed=6), files=other)
    assert repeats_of(files.checkpoint, None) == (FASTER,)
    assert repeats_of(files.checkpoint, other.log) == (FASTER,)  # of that beside the checkpoint
    moved = tmp_path / "alone" / "checkpoint"
    moved.parent.mkdir()
    moved.write_bytes(files.checkpoint.read_bytes())
    assert repeats_of(moved, files.log) == (FASTER,)
    assert repeats_of(moved, other.log) == repeats_of(moved, None) == ()


def test_a_run_that_was_adjusted_goes_on_alone(
    recipe: Recipe, run: Callable[..., list[Event]], sets: DigitSets, tmp_path: Path
) -> None:
    kept = [RunFiles.in_folder(tmp_path / str(seed)) for seed in range(2)]
    recipes = [recipe.with_changes(seed=seed) for seed in range(2)]
    for own, files in zip(recipes, kept, strict=True):
        run({(2, 4): NewRate(0.0005)} if own.seed else {}, stop=(2, 8), recipe=own, files=files)
    plans = [
        Planned(own, files, files.checkpoint) for own, files in zip(recipes, kept, strict=True)
    ]
    outcomes = list(train_many(plans, sets, Control(), threads=1, in_one_go=True))
    assert [made for made in outcomes if isinstance(made[1], RateChanged)] == [(1, SLOWER)]


@pytest.mark.parametrize("rate", [0, -1, 101, float("nan"), float("inf")])
def test_a_rate_that_no_recipe_can_have(rate: float) -> None:
    with pytest.raises(ValueError, match="no learning rate"):
        NewRate(rate)


def test_a_damaged_list_of_adjustments_is_refused(
    run: Callable[..., list[Event]], files: RunFiles
) -> None:
    run(WISHES)
    assert files.log is not None
    text = files.log.read_text()
    files.log.write_text(text.replace('"rate": 0.0005', '"rate": -1'))
    with pytest.raises(UserError, match="is not a log of a training"):
        read_history(files.log)


def test_it_pauses_at_every_epoch_but_the_last(recipe: Recipe, sets: DigitSets) -> None:
    control = Control()
    control.pauses_at_epochs = True
    told = []
    for event in train(recipe, sets, None, control):
        if isinstance(event, EpochEnded | Paused):
            told.append((type(event), event.epoch))
        if isinstance(event, Paused):
            assert control.paused
            control.resume()
    first, second, third = ((EpochEnded, epoch) for epoch in (1, 2, 3))
    assert told == [first, (Paused, 1), second, (Paused, 2), third]


def test_slow_motion_tells_every_update_with_its_weights(recipe: Recipe, sets: DigitSets) -> None:
    control = Control(slow_update_s=0)
    control.slow_motion = True
    events = list(train(recipe, sets, None, control, publish_every_s=1e6))
    steps: list[StepStatistics] = only(events, StepStatistics)
    assert [event.step for event in steps] == list(range(1, 31))
    weights = [event.weights for event in steps if event.weights is not None]
    assert len(weights) == 30
    assert not any(same(one, other) for one, other in pairwise(weights))
    assert same(events[-1].weights, list(train(recipe, sets, None, Control()))[-1].weights)


@pytest.mark.parametrize("how", ["stop", "full speed"])
def test_slow_motion_ends_at_once(how: str, recipe: Recipe, sets: DigitSets) -> None:
    control = Control(slow_update_s=1e6)
    control.slow_motion = True
    waits, ended = threading.Event(), []

    def work() -> None:
        for event in train(recipe, sets, None, control):
            if isinstance(event, StepStatistics):
                waits.set()
            ended[:] = [event]

    worker = threading.Thread(target=work)
    worker.start()
    assert waits.wait(60)
    if how == "stop":
        control.stop()
    else:
        control.slow_motion = False
    worker.join(60)
    assert isinstance(ended[0], Stopped if how == "stop" else Finished)


def test_older_checkpoints_and_logs_have_no_adjustments(
    run: Callable[..., list[Event]], files: RunFiles
) -> None:
    events = run()
    assert isinstance(events[0], Started)
    assert files.log is not None
    lines = [json.loads(line) for line in files.log.read_text().splitlines()]
    for name in ("adjustments", "repeats"):
        del lines[0][name]
    files.log.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert read_history(files.log).adjustments == ()
