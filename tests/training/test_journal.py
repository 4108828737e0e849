"""The log of a training run, written and read back."""

import json
import math
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.training.control import Control
from lenet_gui.training.events import EpochEnded, Event, StepSizes, StepStatistics
from lenet_gui.training.journal import POINTS_PER_EPOCH, Journal, read_history, record_of
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.records import epoch_from_record
from lenet_gui.training.trainer import train
from tests.support.bounds import bounded

TrainAll = Callable[..., list[Event]]


def written(events: list[Event], file: Path) -> Path:
    with Journal(file) as journal:
        for event in events:
            journal.write(event)
    return file


def only(events: list[Event], kind: type) -> list:
    return [event for event in events if isinstance(event, kind)]


@pytest.fixture(scope="module")
def small_run(recipe: Recipe, sets: DigitSets) -> list[Event]:
    """The events of the small recipe, trained once for all that only write and read them."""
    return list(train(recipe, sets, None, Control(), publish_every_s=0))


def test_a_log_tells_recipe_steps_epochs_and_outcome(
    recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    events = train_all(recipe, tmp_path / "checkpoint", publish_every_s=0)
    history = read_history(written(events, tmp_path / "logs" / "log.jsonl"))
    assert history.recipe == recipe
    assert history.steps_per_epoch == 10
    assert list(history.epochs) == only(events, EpochEnded)
    assert history.outcome == "finished"
    steps: list[StepStatistics] = only(events, StepStatistics)
    assert [point.step for point in history.steps] == [event.step for event in steps]
    for point, event in zip(history.steps, steps, strict=True):
        assert (point.epoch, point.digits_seen) == (event.epoch, event.digits_seen)
        assert point.loss == pytest.approx(event.loss)
        assert point.accuracy == pytest.approx(event.accuracy)


def test_each_line_is_an_object_with_its_event(
    recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    events = train_all(recipe, tmp_path / "checkpoint", publish_every_s=0)
    lines = written(events, tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    epoch = ["steps"] * 10 + ["epoch", "checkpoint"]
    assert [record["event"] for record in records] == ["started", *epoch * 3, "finished"]
    assert records[0]["recipe"] == recipe.as_dict()
    assert records[-1]["test"]["digits"] == 80


def test_a_long_epoch_is_gathered_into_means(
    recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    # A step a digit: 300 steps an epoch, more than the log wants.
    events = train_all(recipe.with_changes(batch_size=1, epochs=1), publish_every_s=0)
    history = read_history(written(events, tmp_path / "log.jsonl"))
    steps: list[StepStatistics] = only(events, StepStatistics)
    assert len(steps) == 300 > POINTS_PER_EPOCH
    assert [point.step for point in history.steps] == list(range(2, 301, 2))
    for point, first, second in zip(history.steps, steps[::2], steps[1::2], strict=True):
        assert point.loss == pytest.approx((first.loss + second.loss) / 2)


def test_a_run_taken_up_again_counts_no_step_twice(
    recipe: Recipe, sets: DigitSets, train_all: TrainAll, tmp_path: Path
) -> None:
    log, file, control = tmp_path / "log.jsonl", tmp_path / "checkpoint", Control()
    with Journal(log) as journal:
        for event in train(recipe, sets, file, control, publish_every_s=0):
            journal.write(event)
            if isinstance(event, StepStatistics) and event.step == 17:
                control.stop()
    assert read_history(log).outcome == "stopped"
    assert [point.step for point in read_history(log).steps] == list(range(1, 18))
    with log.open("a") as cut_off:
        cut_off.write('{"event": "steps", "st')  # as a crash leaves it
    assert len(read_history(log).steps) == 17
    written(train_all(recipe, file, resume=file, publish_every_s=0), log)
    history = read_history(log)
    assert [point.step for point in history.steps] == list(range(1, 31))
    assert [epoch.epoch for epoch in history.epochs] == [1, 2, 3]
    assert history.outcome == "finished"


def test_a_run_started_anew_forgets_the_old_one(
    recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    log = written(train_all(recipe), tmp_path / "log.jsonl")
    written(train_all(recipe.with_changes(seed=6, epochs=1)), log)
    history = read_history(log)
    assert history.recipe is not None
    assert history.recipe.seed == 6
    assert [epoch.epoch for epoch in history.epochs] == [1]


def test_a_failure_is_logged_and_is_json(
    recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    absurd = recipe.with_changes(
        optimiser="sgd", learning_rate=100, weight_decay=1, momentum=0, batch_size=8
    )
    log = written(train_all(absurd, publish_every_s=0), tmp_path / "log.jsonl")
    for line in log.read_text().splitlines():
        json.loads(line, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert read_history(log).outcome == "failed"


def test_what_is_not_finite_becomes_null(small_run: list[Event], tmp_path: Path) -> None:
    (event, *_) = only(small_run, StepStatistics)
    odd = StepStatistics(**{**vars(event), "loss": math.nan})
    log = written([odd], tmp_path / "log.jsonl")
    assert json.loads(log.read_text())["loss"] is None


def test_an_epoch_goes_through_json(recipe: Recipe, train_all: TrainAll) -> None:
    for epoch in only(train_all(recipe.with_changes(validation_share=0.2)), EpochEnded):
        assert epoch_from_record(json.loads(json.dumps(record_of(epoch)))) == epoch


def test_a_log_can_be_a_pipe(recipe: Recipe, train_all: TrainAll, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[str] = []
    reader = threading.Thread(target=lambda: heard.extend(pipe.read_text().splitlines()))
    reader.start()
    written(train_all(recipe.with_changes(epochs=1), publish_every_s=1e6), pipe)
    reader.join()
    assert [json.loads(line)["event"] for line in heard] == [
        "started",
        "steps",
        "epoch",
        "finished",
    ]


def test_logs_that_cannot_be_written_or_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match=r"The log .* could not be written"):
        Journal(tmp_path / "file" / "log.jsonl")
    with pytest.raises(UserError, match=r"The log .* could not be read"):
        read_history(tmp_path / "gone")
    (tmp_path / "other.jsonl").write_text('{"event": "epoch", "colour": 3}\n')
    with pytest.raises(UserError, match="is not a log of a training"):
        read_history(tmp_path / "other.jsonl")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(UserError, match=r"The log .* could not be read"):
        read_history(tmp_path / "bytes")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_one_error(recipe: Recipe, train_all: TrainAll) -> None:
    started = train_all(recipe.with_changes(epochs=1))[0]
    with pytest.raises(UserError, match=r"could not be written \(No space left"):
        written([started], Path("/dev/full"))


def test_a_log_that_is_no_ordinary_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zeros").symlink_to("/dev/zero")
    for name in ("pipe", "zeros"):
        with (
            bounded(),
            pytest.raises(UserError, match="could not be read: it is not a regular file"),
        ):
            read_history(tmp_path / name)


def test_a_log_without_measure_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "hole").open("wb") as hole:
        hole.truncate(1 << 40)
    with bounded(), pytest.raises(UserError, match="it is larger than 134,217,728 bytes"):
        read_history(tmp_path / "hole")


def test_what_was_not_finite_is_no_number_when_read_back(
    small_run: list[Event], tmp_path: Path
) -> None:
    (event, *_) = only(small_run, StepStatistics)
    log = written([StepStatistics(**{**vars(event), "loss": math.inf})], tmp_path / "log.jsonl")
    (point,) = read_history(log).steps
    assert math.isnan(point.loss)
    assert point.accuracy == pytest.approx(event.accuracy)


ABSURD = [
    {"epoch": 9_999_999_999},
    {"epoch": 0},
    {"epochs": 10**30},
    {"step": -1},
    {"step": 2.5},
    {"step": True},
    {"test": {"loss": 1, "accuracy": 1, "errors": 0, "digits": 0}},
    {"test": {"loss": 1, "accuracy": 1, "errors": 11, "digits": 10}},
    {"train": {"loss": 1, "accuracy": 2, "errors": 1, "digits": 10}},
    {"train": [1, 2, 3]},
    {"confusion": [[0] * 10] * 9},
    {"confusion": [[10**30] * 10] * 10},
    {"seconds": "long"},
    {"on_the_fly_accuracy": math.nan},
]


@pytest.mark.parametrize("changes", ABSURD, ids=str)
def test_figures_that_cannot_be_are_refused(
    changes: dict[str, object], small_run: list[Event], tmp_path: Path
) -> None:
    log = written(small_run, tmp_path / "log.jsonl")
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    for line in lines:
        if line["event"] == "epoch":
            line.update(changes)
    log.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with pytest.raises(UserError, match="is not a log of a training"):
        read_history(log)


def test_a_line_that_is_nested_without_end_is_passed_over(
    small_run: list[Event], tmp_path: Path
) -> None:
    log = written(small_run, tmp_path / "log.jsonl")
    before = read_history(log)
    with log.open("a") as more:
        more.write("[" * 1_000_000 + "\n" + '{"event":' * 100_000 + "\n" + "9" * 10_000 + "\n")
    assert read_history(log) == before


def test_a_run_taken_up_many_times_is_read_in_time(small_run: list[Event], tmp_path: Path) -> None:
    log = written(small_run, tmp_path / "log.jsonl")
    started, *others = log.read_text().splitlines(keepends=True)
    steps = next(line for line in others if '"steps"' in line)
    again = json.dumps({**json.loads(started), "resumed_from_epoch": 3}) + "\n"
    log.write_text(started + steps * 50_000 + again * 20_000)
    with bounded(seconds=20):
        assert len(read_history(log).steps) == 50_000


def test_an_empty_log_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_bytes(b"")
    history = read_history(tmp_path / "log.jsonl")
    assert (history.recipe, history.steps, history.epochs) == (None, (), ())


def test_a_training_by_the_papers_optimiser_is_logged_and_read_back(
    recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    paper = recipe.with_changes(
        variant="original", optimiser="sdlm", learning_rate=0.0001, curvature_digits=40
    )
    events = train_all(paper, tmp_path / "checkpoint", publish_every_s=1e6)
    log = written(events, tmp_path / "log.jsonl")
    records = [json.loads(line) for line in log.read_text().splitlines()]
    epoch = ["step sizes", "steps", "epoch", "checkpoint"]
    assert [record["event"] for record in records] == ["started", *epoch * 3, "finished"]
    for record, sizes in zip(records[1:-1:4], only(events, StepSizes), strict=True):
        assert record == {
            "event": "step sizes",
            "epoch": sizes.epoch,
            "eta": 0.0001,
            "smallest": sizes.smallest,
            "largest": sizes.largest,
        }
    history = read_history(log)
    assert history.recipe == paper
    assert list(history.epochs) == only(events, EpochEnded)
    assert [point.step for point in history.steps] == [10, 20, 30]
    assert history.outcome == "finished"
