"""What earlier runs, or a short trial, tell of how long a training run takes here."""

import json
from pathlib import Path
from typing import Any

import pytest

from lenet_gui.data.digits import DigitSets
from lenet_gui.net.architecture import Variant
from lenet_gui.training.control import Control
from lenet_gui.training.events import EpochEnded, Event
from lenet_gui.training.pace import (
    EarlierRun,
    Pace,
    digits_per_epoch,
    earlier_runs,
    error_among,
    seconds_among,
)
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.ready_made import Effort, effort_of, ready_made
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.run import Run
from lenet_gui.training.trial import tried_pace


@pytest.fixture
def trained(sets: DigitSets, recipe: Recipe, tmp_path: Path) -> tuple[Run, list[Event]]:
    """A run that has come to its end, and its events."""
    run = Run.create(tmp_path / "runs", recipe)
    return run, list(run.train(sets, Control()))


def test_an_earlier_run_tells_its_pace_and_error(
    trained: tuple[Run, list[Event]], recipe: Recipe, sets: DigitSets, tmp_path: Path
) -> None:
    run, events = trained
    (tmp_path / "no run").mkdir()
    found = earlier_runs([tmp_path / "no run", run.folder])
    assert [one.recipe for one in found] == [recipe]
    epochs = [event for event in events if isinstance(event, EpochEnded)]
    seconds = [event.seconds for event in epochs]
    another = recipe.with_changes(seed=9, epochs=7, name="another", learning_rate=0.5)
    told = seconds_among(found, another)
    assert told is not None
    assert 7 * min(seconds) <= told <= 7 * max(seconds)
    on_more = seconds_among(found, another.with_changes(data="builtin"))
    assert on_more == pytest.approx(told * 20_000 / len(sets.training), rel=0.1)
    last = epochs[-1].test
    assert error_among(found, recipe.with_changes(name="another")) == last.errors / last.digits
    assert error_among(found, recipe.with_changes(epochs=recipe.epochs + 1)) is None


def test_another_kind_of_update_goes_at_another_pace(recipe: Recipe) -> None:
    runs = [EarlierRun(recipe, seconds=3, digits=100)]
    assert seconds_among(runs, recipe) == 3 * recipe.epochs
    assert seconds_among(runs, recipe.with_changes(batch_size=recipe.batch_size + 1)) is None
    assert seconds_among(runs, recipe.with_changes(device="cuda")) is None
    assert error_among(runs, recipe) is None


@pytest.mark.parametrize("log", ["", "{", "[]\n", '{"event": 3}\n', '{"event": "epoch"}\n', "\xff"])
def test_a_damaged_log_tells_nothing(log: str, recipe: Recipe, tmp_path: Path) -> None:
    run = Run.create(tmp_path, recipe)
    (run.folder / "log.jsonl").write_text(log, encoding="latin-1")
    assert earlier_runs([run.folder]) == []


def test_a_run_that_was_broken_off_tells_its_pace_alone(
    trained: tuple[Run, list[Event]], recipe: Recipe
) -> None:
    run, _ = trained
    log = run.folder / "log.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if json.loads(line)["event"] != "finished"]
    log.write_text("\n".join(kept), encoding="utf-8")
    found = earlier_runs([run.folder])
    assert seconds_among(found, recipe) is not None
    assert error_among(found, recipe) is None


@pytest.mark.parametrize(
    ("changes", "digits"),
    [
        ({}, 60_000),
        ({"training_digits": 5000}, 5000),
        ({"training_digits": 1_000_000}, 60_000),
        ({"validation_share": 0.25, "added_digits": 10, "rubbish": 5}, 45_015),
        ({"data": "builtin"}, 20_000),
        ({"data": "builtin", "training_digits": 70_000}, 70_000),
    ],
)
def test_the_digits_of_an_epoch(changes: dict[str, Any], digits: int) -> None:
    assert digits_per_epoch(Recipe(**changes)) == digits


def test_seconds_grow_with_epochs_and_digits() -> None:
    pace = Pace(learning=0.0001, evaluating=0.00001)
    assert pace.seconds(Recipe(epochs=2)) == pytest.approx(2 * (6 + 0.2))
    assert pace.seconds(Recipe(epochs=1, data="builtin")) == pytest.approx(2 + 0.12)


def test_a_trial_finds_a_pace_and_can_be_stopped() -> None:
    quick = PRESETS["original-quick"].with_changes(device="cpu")
    pace = tried_pace(quick, Control(), threads=1)
    assert pace is not None
    assert 0 < pace.learning < 1
    assert 0 <= pace.evaluating < pace.learning * 10
    control = Control()
    control.stop()
    assert tried_pace(quick, control, threads=1) is None


def test_a_ready_made_recipe_is_known_again_whatever_its_digits() -> None:
    seen = set()
    for variant in Variant:
        for effort in Effort:
            made = ready_made(variant, effort, "builtin")
            assert (made.data, made.variant) == ("builtin", variant)
            assert effort_of(made) is effort
            assert effort_of(made.with_changes(data="/somewhere")) is effort
            assert effort_of(made.with_changes(epochs=3)) is None
            assert effort_of(made.with_changes(device="cpu")) is None
            seen.add(made.name)
    assert len(seen) == 6
    assert seen <= PRESETS.keys()
