"""The runs on disk as the window lists them, without loading torch. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from lenet_gui.foreign import printable
from lenet_gui.training.ending import LOG_NAME, RunFiles
from lenet_gui.training.journal import last_records


class Stamp(NamedTuple):
    """When each of a run's files was written last, in ns; None for one that is not there."""

    log: int | None = None
    checkpoint: int | None = None
    weights: int | None = None


_NOTHING_YET = Stamp()

EpochsStamp = tuple[object, ...]
"""Changes with every epoch of a run that is written (see `epochs_stamp`)."""


@dataclass(frozen=True)
class RunFolder:
    """A run's folder. `resumable`: it has a checkpoint and did not reach its end."""

    folder: Path
    resumable: bool
    stamp: Stamp = _NOTHING_YET

    @property
    def name(self) -> str:
        """Its folder's name, to be shown."""
        return printable(self.folder.name)

    @property
    def weights(self) -> Path | None:
        """The file of the weights at its end; None before that."""
        return None if self.stamp.weights is None else RunFiles.in_folder(self.folder).weights


def run_folders(runs: Path, known: Sequence[RunFolder] = ()) -> list[RunFolder]:
    """The folders in `runs` that hold a log, newest first; none if they cannot be read.

    Those that have not changed since they were `known` are not read again.
    """
    try:
        stamps = {log.parent: _stamp(log.parent) for log in runs.glob(f"*/{LOG_NAME}")}
    except OSError:
        return []
    before = {run.folder: run for run in known}
    found = []
    for folder in sorted(stamps, key=lambda folder: stamps[folder].log or 0, reverse=True):
        run, stamp = before.get(folder), stamps[folder]
        if run is None or run.stamp != stamp:
            run = RunFolder(folder, _resumable(folder, stamp), stamp)
        found.append(run)
    return found


def epochs_stamp(folder: Path) -> EpochsStamp:
    """Of a run in whatever folder: an epoch's file that comes or goes touches the file's folder."""
    return folder, _written(folder), _written(folder / "epochs")


def run_of(weights: Path) -> Path | None:
    """The folder of the run whose weights at its end a file holds; None if it is no run's."""
    files = RunFiles.in_folder(weights.parent)
    is_run = weights == files.weights and _written(files.log) is not None
    return weights.parent if is_run else None


def _stamp(folder: Path) -> Stamp:
    files = RunFiles.in_folder(folder)
    return Stamp(*map(_written, (files.log, files.checkpoint, files.weights)))


def _written(file: Path | None) -> int | None:
    if file is None:
        return None
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return None


def _resumable(folder: Path, stamp: Stamp) -> bool:
    return stamp.checkpoint is not None and _last_event(folder / LOG_NAME) != "finished"


def _last_event(log: Path) -> str | None:
    """What the last whole line of the log is about; None where nothing can be read."""
    try:
        kept = last_records(log)
    except OSError:
        return None
    return str(kept[-1]["event"]) if kept else None
