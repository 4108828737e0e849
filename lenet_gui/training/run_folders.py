"""The runs on disk, each in a folder of its own: found and described, whatever they hold.

No Qt, no torch.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from lenet_gui.errors import UserError
from lenet_gui.printable import printable, shortened
from lenet_gui.safe_reading import open_ordinary
from lenet_gui.training import records
from lenet_gui.training.adjustments import Adjustment, epochs_of
from lenet_gui.training.choices import MOST_EPOCHS
from lenet_gui.training.ending import LOG_NAME, RunFiles
from lenet_gui.training.epoch_files import NAME, epoch_files
from lenet_gui.training.events import Score
from lenet_gui.training.journal import adjustments_in, last_records
from lenet_gui.training.lock import is_held
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.run import Run


class RunState(StrEnum):
    """How far a run has come."""

    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"  # its program ended, or its machine
    IN_TRAINING = "in training"
    DAMAGED = "damaged"


_LONGEST_LINE = 1 << 16
"""Bytes of the first line of a log."""

_LONGEST_NAME = 60
"""Characters of what a data set is called."""

_ENDS = {str(state): state for state in (RunState.FINISHED, RunState.STOPPED, RunState.FAILED)}


class Stamp(NamedTuple):
    """When each of a run's files was written last, in ns; None for one that is not there.

    `epochs`: when an epoch's file came or went. `is_held`: a training run is writing the run.
    """

    log: int | None = None
    checkpoint: int | None = None
    weights: int | None = None
    recipe: int | None = None
    epochs: int | None = None
    is_held: bool = False

    @property
    def is_of_run(self) -> bool:
        """Whether there is anything that makes a folder a run's."""
        return any(file is not None for file in self[:4])

    @property
    def newest(self) -> int:
        """When the run was written last: its log tells, where there is one."""
        return self.log or max((time for time in self[:5] if time is not None), default=0)


EpochsStamp = tuple[object, ...]
"""Changes with every epoch of a run that is written (see `epochs_stamp`)."""


@dataclass(frozen=True)
class RunFolder:
    """A run's folder, and what its files tell without being read whole.

    `resumable`: it has a checkpoint and did not reach its end. `weights`: the file of its network,
    which is that of its end where it has come there, else that of its last whole epoch, else, if it
    was stopped in its first one, one that was not tested; None before that. `trouble`: a sentence
    on what is damaged. `epochs`: those that are done, `all_epochs` those that were to be, None
    where that is not known; `test`: of its network on the test digits of the recipe's data; None
    where it is not known. `adjustments`: what was changed while it was trained. `data_set`: what
    the set of its digits is called, such as "MNIST"; empty where it is not known.
    """

    folder: Path
    stamp: Stamp
    state: RunState
    resumable: bool
    weights: Path | None = None
    recipe: Recipe | None = None
    epochs: int = 0
    all_epochs: int | None = None
    test: Score | None = None
    trouble: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    data_set: str = ""

    @property
    def name(self) -> str:
        """Its folder's name, to be shown."""
        return printable(self.folder.name)

    @property
    def test_error(self) -> float | None:
        """The share of the test digits that its network misreads, 0..1; None if not known."""
        return None if self.test is None else self.test.error

    @property
    def written(self) -> datetime:
        """When it was trained last, in local time; long ago where its files have no such time."""
        try:
            return datetime.fromtimestamp(self.stamp.newest // 1_000_000_000)
        except (ValueError, OverflowError, OSError):
            return datetime.fromtimestamp(0)


def run_folders(runs: Path, known: Sequence[RunFolder] = ()) -> list[RunFolder]:
    """The runs in `runs`, the one that was written last first; none if they cannot be read.

    A folder is a run's if it holds a log, a recipe, a checkpoint, or weights by their names in a
    run. Those that have not changed since they were `known` are not read again.
    """
    try:
        stamps = {folder: _stamp(folder) for folder in runs.glob("*")}
    except OSError:
        return []
    before = {run.folder: run for run in known}
    found = []
    for folder, stamp in stamps.items():
        if not stamp.is_of_run:
            continue
        run = before.get(folder)
        found.append(run if run is not None and run.stamp == stamp else _described(folder, stamp))
    return sorted(found, key=lambda run: run.stamp.newest, reverse=True)


def epochs_stamp(folder: Path) -> EpochsStamp:
    """Of a run in whatever folder: an epoch's file that comes or goes touches the file's folder."""
    return folder, _written(folder), _written(folder / "epochs")


def run_of(weights: Path) -> tuple[Path, int | None] | None:
    """The folder of the run whose weights a file holds, and their epoch; None if it is no run's.

    The weights at a run's end have no epoch.
    """
    at_end = RunFiles.in_folder(weights.parent)
    if weights == at_end.weights and _written(at_end.log) is not None:
        return weights.parent, None
    files = RunFiles.in_folder(weights.parent.parent)
    named = NAME.fullmatch(weights.name)
    if named is None or weights.parent != files.epochs or _written(files.log) is None:
        return None
    return weights.parent.parent, int(named[1])


def _described(folder: Path, stamp: Stamp) -> RunFolder:
    kept, trouble = _tail(folder)
    recipe: Recipe | None = None
    try:
        recipe = Run.open(folder).recipe
    except UserError as error:
        trouble = error.on_screen
    last = kept[-1]["event"] if kept else None
    newest, weights = _newest_weights(folder, stamp, str(last))
    epochs, test = _last_epoch(kept, newest or MOST_EPOCHS)
    if stamp.is_held:
        state, trouble = RunState.IN_TRAINING, ""
    else:
        state = RunState.DAMAGED if trouble else _ENDS.get(str(last), RunState.INTERRUPTED)
    return RunFolder(
        folder,
        stamp,
        state,
        resumable=stamp.checkpoint is not None and last != "finished",
        weights=weights,
        recipe=recipe,
        epochs=max(epochs, newest),
        all_epochs=None if recipe is None else _all_epochs(kept, recipe),
        test=test,
        trouble=trouble,
        adjustments=_adjustments(folder),
        data_set=_data_set(folder),
    )


def _tail(folder: Path) -> tuple[list[dict[str, Any]], str]:
    """The last records of a run's log, and a sentence where there are none."""
    try:
        kept = last_records(folder / LOG_NAME)
    except OSError as error:
        return [], f"{LOG_NAME} of this run could not be read ({error.strerror or error})."
    return kept, "" if kept else f"{LOG_NAME} of this run has no events."


def _adjustments(folder: Path) -> tuple[Adjustment, ...]:
    try:
        return adjustments_in(folder / LOG_NAME)
    except OSError:
        return ()


def _data_set(folder: Path) -> str:
    """What the first event of a run's log calls its set of digits."""
    try:
        with open_ordinary(folder / LOG_NAME) as file:
            data = json.loads(file.readline(_LONGEST_LINE))["data"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return shortened(data.removesuffix(" training"), _LONGEST_NAME) if isinstance(data, str) else ""


def _last_epoch(kept: Sequence[dict[str, Any]], most: int) -> tuple[int, Score | None]:
    """The last epoch up to `most` that a log tells of, and its test; 0 where there is none.

    One whose weights could not be kept is a later one.
    """
    for record in reversed(kept):
        if record["event"] == "epoch":
            try:
                test = records.score_from_record(record.get("test"))
                return records.whole(record.get("epoch"), 1, most), test
            except ValueError:
                continue
    return 0, None


def _all_epochs(kept: Sequence[dict[str, Any]], recipe: Recipe) -> int:
    """How many epochs there were to be, as far as a log tells: with those that were added."""
    for record in reversed(kept):
        try:
            if record["event"] in {"epoch", "epoch added"}:
                return records.whole(record.get("epochs"), 1, MOST_EPOCHS)
            if record["event"] == "started":
                made = records.adjustments_from_records(record.get("adjustments", []))
                return epochs_of(recipe, made)
        except ValueError:
            continue
    return recipe.epochs


def _newest_weights(folder: Path, stamp: Stamp, last: str) -> tuple[int, Path | None]:
    """The last epoch that has a file, 0 where none has, and the file of the run's network.

    `last`: the last event in its log.
    """
    files = RunFiles.in_folder(folder)
    at_end = None if stamp.weights is None else files.weights
    try:
        epochs = epoch_files(files.epochs)
    except UserError:
        epochs = {}
    number = max(epochs, default=0)
    if number == 0 or (last == "finished" and at_end is not None):
        return number, at_end  # those of epoch 0 have learned nothing
    is_older = (_written(epochs[number]) or 0) > (stamp.weights or 0)
    if at_end is None or is_older or last == "stopped":
        return number, epochs[number]
    return number, at_end


def _stamp(folder: Path) -> Stamp:
    files = RunFiles.in_folder(folder)
    return Stamp(
        log=_written(files.log),
        checkpoint=_written(files.checkpoint),
        weights=_written(files.weights),
        recipe=_written(files.recipe),
        epochs=_written(files.epochs),
        is_held=is_held(*files.written_whole),
    )


def _written(file: Path | None) -> int | None:
    if file is None:
        return None
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return None
