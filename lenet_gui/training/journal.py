"""The log of a training run: one JSON object per line, written as it runs and read for plots."""

import errno
import json
import math
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self, TextIO

from lenet_gui.errors import UserError
from lenet_gui.safe_reading import open_ordinary
from lenet_gui.training import records
from lenet_gui.training.adjustments import (
    Adjustment,
    EpochAdded,
    RateChanged,
    RepeatsDropped,
    record_of_adjustment,
    still_to_repeat,
)
from lenet_gui.training.choices import MOST_EPOCHS
from lenet_gui.training.events import (
    CheckpointSaved,
    CurrentWeights,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Paused,
    Started,
    StepSizes,
    StepStatistics,
    Stopped,
)
from lenet_gui.training.lock import lock_of
from lenet_gui.training.recipe import Recipe

LOG_NAME = "log.jsonl"
"""In a run's own folder."""

RESUMED = "resumed"
"""What is said of a place where a run was stopped, or interrupted, and went on."""

POINTS_PER_EPOCH = 200
"""The log keeps about this many step lines per epoch, each the mean over its steps."""

LARGEST_LOG = 1 << 27
"""Bytes of a log beyond which it is not read; an epoch's lines have about 30,000."""

_TAIL = 1 << 16
"""Bytes at its end in which a log's last lines are looked for."""

_MOST_LINES = 1_000_000
"""Of a log in which adjustments are looked for; an epoch has about 200."""

_ADJUSTING = (b'{"event": "started"', b'{"event": "rate changed"', b'{"event": "epoch added"')
"""How the lines of a log begin that tell what was changed while its run was trained."""


@dataclass(frozen=True)
class StepPoint:
    """A step line of the log: means over the steps since the line before, up to `step`."""

    step: int
    epoch: int
    loss: float
    accuracy: float  # 0..1
    learning_rate: float
    digits_seen: int


@dataclass(frozen=True)
class History:
    """What a log contains: enough to show the run behind another one."""

    recipe: Recipe | None
    steps_per_epoch: int | None
    steps: tuple[StepPoint, ...] = ()
    epochs: tuple[EpochEnded, ...] = ()
    outcome: str | None = None  # "finished", "stopped", "failed"; None if it was cut off
    adjustments: tuple[Adjustment, ...] = ()  # made so far
    repeats: tuple[Adjustment, ...] = ()  # that were still to be repeated
    resumed: tuple[int, ...] = ()  # after which epochs it was resumed before its end


def record_of(event: Event | StepPoint) -> dict[str, Any]:
    """An event as a JSON object; weights and single losses are left out."""
    match event:
        case Started():
            return {
                "event": "started",
                "recipe": event.recipe.as_dict(),
                "data": event.data_name,
                "training_digits": event.training_digits,
                "validation_digits": event.validation_digits,
                "test_digits": event.test_digits,
                "steps_per_epoch": event.steps_per_epoch,
                "parameters": event.parameters,
                "device": event.device,
                "device_reason": event.device_reason,
                "threads": event.threads,
                "resumed_from_epoch": event.resumed_from_epoch,
                "adjustments": [record_of_adjustment(made) for made in event.adjustments],
                "repeats": [record_of_adjustment(one) for one in event.repeats],
            }
        case StepSizes():
            sizes = {"smallest": event.smallest, "largest": event.largest}
            return {"event": "step sizes", "epoch": event.epoch, "eta": event.eta, **sizes}
        case StepPoint():
            return {"event": "steps", **asdict(event)}
        case StepStatistics():
            return record_of(_point(event))
        case CurrentWeights():
            return {"event": "weights"}
        case EpochEnded():
            return {"event": "epoch", **asdict(event)}
        case CheckpointSaved():
            return {"event": "checkpoint", "path": str(event.path), "epoch": event.epoch}
        case Paused():
            return {"event": "paused", "epoch": event.epoch}
        case RateChanged() | EpochAdded() | RepeatsDropped():
            return record_of_adjustment(event)
        case Finished():
            scores = {"train": asdict(event.train), "test": asdict(event.test)}
            if event.validation:
                scores["validation"] = asdict(event.validation)
            record = {"event": "finished", "epochs": event.epochs, "seconds": event.seconds}
            changes = {"changes": event.facts["changes"]} if "changes" in event.facts else {}
            return {**record, **scores, **changes}
        case Stopped():
            return {"event": "stopped", "epoch": event.epoch, "step": event.step}
        case Failed():
            return {"event": "failed", "epoch": event.epoch, "sentence": event.sentence}


def _step_from_record(record: dict[str, Any]) -> StepPoint:
    return StepPoint(
        step=records.whole(record["step"]),
        epoch=records.whole(record["epoch"], most=MOST_EPOCHS),
        loss=records.loss(record["loss"]),
        accuracy=records.share(record["accuracy"]),
        learning_rate=records.real(record["learning_rate"]),
        digits_seen=records.whole(record["digits_seen"]),
    )


class Journal:
    """Appends events to a log, which may be a pipe. Closed at the end of its `with` block.

    File names that are not UTF-8 are escaped as JSON escapes half a character.

    Raises:
        UserError: the file cannot be opened or written, or another training run is writing it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pending: list[tuple[StepStatistics, int]] = []
        self._digits_seen = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            cut_off = path.is_file() and not _ends_in_whole_line(path)
            self._file: TextIO = path.open("a", encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise self._trouble(error) from error
        if path.is_file() and not lock_of(self._file.fileno()):
            self._file.close()
            raise UserError(
                f"Another training run is writing the log {path}: wait until it has ended, or "
                "choose another place."
            )
        if cut_off:
            self._file.write("\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, event: Event) -> None:
        """Adds an event; step statistics are gathered into a few hundred lines per epoch."""
        if isinstance(event, StepStatistics):
            self._pending.append((event, event.digits_seen - self._digits_seen))
            self._digits_seen = event.digits_seen
            first = self._pending[0][0].first_step
            if event.step - first + 1 >= event.steps_per_epoch / POINTS_PER_EPOCH:
                self._write_pending()
        elif not isinstance(event, CurrentWeights):  # which an epoch has in a file of its own
            self._write_pending()
            if isinstance(event, Started):
                self._digits_seen = (event.resumed_from_epoch or 0) * event.patterns_per_epoch
            self._write_line(record_of(event))

    @property
    def is_in_place(self) -> bool:
        """Whether the log can still be found at its place.

        Not if it was removed or replaced meanwhile; writing to it then continues without an error.
        """
        try:
            return os.path.samestat(self._path.stat(), os.fstat(self._file.fileno()))
        except (OSError, ValueError):  # not there; closed
            return False

    def close(self) -> None:
        """Writes what is gathered and closes the file."""
        try:
            self._write_pending()
        finally:
            try:
                self._file.close()
            except OSError as error:  # left unwritten by an earlier failure
                raise self._trouble(error) from error

    def _write_pending(self) -> None:
        if not self._pending:
            return
        digits = sum(count for _, count in self._pending)
        last = self._pending[-1][0]
        point = StepPoint(
            step=last.step,
            epoch=last.epoch,
            loss=sum(event.loss * count for event, count in self._pending) / digits,
            accuracy=sum(event.accuracy * count for event, count in self._pending) / digits,
            learning_rate=last.learning_rate,
            digits_seen=last.digits_seen,
        )
        self._pending.clear()
        self._write_line(record_of(point))

    def _write_line(self, record: dict[str, Any]) -> None:
        try:
            self._file.write(json.dumps(_finite(record), ensure_ascii=False) + "\n")
            self._file.flush()
        except OSError as error:
            raise self._trouble(error) from error

    def _trouble(self, error: OSError) -> UserError:
        return UserError(
            f"The log {self._path} could not be written ({error.strerror or error}): "
            "choose another place or free some space."
        )


def read_history(path: Path) -> History:
    """Reads a log back. A line cut off in the middle is skipped.

    If a run was continued, steps and epochs that were done twice count once.

    Raises:
        UserError: the file is missing, not a regular one, too large, cannot be read, or is not a
            log of a training run.
    """
    try:
        return _history(_records(path))
    except OSError as error:
        reason = error.strerror or error
        raise UserError(f"The log {path} could not be read: {reason}.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"The log {path} could not be read: it is not text.") from error
    except (KeyError, TypeError, ValueError, UserError) as error:
        raise UserError(f"{path} is not a log of a training run.") from error


def last_records(path: Path) -> list[dict[str, Any]]:
    """The last complete lines of a log: each has its "event".

    Raises:
        OSError: it cannot be read.
    """
    with open_ordinary(path) as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - _TAIL))
        lines = file.read(_TAIL).decode("utf-8", errors="replace").splitlines()
    found = [record for record in map(_parsed, lines) if record is not None]
    return [record for record in found if isinstance(record.get("event"), str)]


def adjustments_in(path: Path) -> tuple[Adjustment, ...]:
    """What a log tells was changed while its run was trained; nothing else in it is looked at.

    Raises:
        OSError: it cannot be read.
    """
    made: list[Adjustment] = []
    with open_ordinary(path) as file:
        for _ in range(_MOST_LINES):
            line = file.readline(_TAIL)
            if not line:
                break
            if not line.startswith(_ADJUSTING):
                continue
            record = _parsed(line.decode("utf-8", errors="replace"))
            if record is None:
                continue
            with suppress(ValueError):
                if record["event"] == "started":
                    made = [*records.adjustments_from_records(record.get("adjustments", []))]
                else:
                    made.append(records.adjustment_from_record(record))
    return tuple(made)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects in a log, line by line, up to `LARGEST_LOG`; OSError beyond."""
    with open_ordinary(path) as file:
        room = LARGEST_LOG
        while line := file.readline(room + 1):
            room -= len(line)
            if room < 0:
                raise OSError(errno.EFBIG, f"it is larger than {LARGEST_LOG:,} bytes")
            record = _parsed(line.decode("utf-8"))
            if record is not None:
                yield record


def _history(lines: Iterable[dict[str, Any]]) -> History:
    recipe, steps_per_epoch, outcome = None, None, None
    steps: list[StepPoint] = []
    epochs: list[EpochEnded] = []
    adjustments: list[Adjustment] = []
    repeats: tuple[Adjustment, ...] = ()
    resumed: list[int] = []
    for record in lines:
        kind = record["event"]
        if kind == "started":
            done = 0
            if record["resumed_from_epoch"] is not None:
                done = records.whole(record["resumed_from_epoch"], most=MOST_EPOCHS)
            for told in (steps, epochs):
                while told and told[-1].epoch > done:
                    told.pop()
            resumed = [each for each in resumed if each < done]
            if done and outcome != "finished":
                resumed.append(done)
            recipe, outcome = record["recipe"], None
            adjustments = [*records.adjustments_from_records(record.get("adjustments", []))]
            repeats = records.adjustments_from_records(record.get("repeats", []))
            steps_per_epoch = records.whole(record["steps_per_epoch"], 1)
        elif kind == "steps":
            steps.append(_step_from_record(record))
        elif kind == "epoch":
            epochs.append(records.epoch_from_record(record))
        elif kind in {"rate changed", "epoch added"}:
            adjustments.append(made := records.adjustment_from_record(record))
            repeats = still_to_repeat(repeats, made)
        elif kind == "repeats dropped":
            repeats = ()
        elif kind in {"finished", "stopped", "failed"}:
            outcome = kind
    read = None if recipe is None else Recipe.from_json(recipe)
    return History(
        read,
        steps_per_epoch,
        tuple(steps),
        tuple(epochs),
        outcome,
        tuple(adjustments),
        repeats,
        tuple(resumed),
    )


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _ends_in_whole_line(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _point(event: StepStatistics) -> StepPoint:
    return StepPoint(
        event.step, event.epoch, event.loss, event.accuracy, event.learning_rate, event.digits_seen
    )


def _finite(value: Any) -> Any:
    """JSON knows no NaN and no infinity: they become null."""
    if isinstance(value, dict):
        return {name: _finite(inner) for name, inner in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
