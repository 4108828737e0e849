"""The runs on disk as the window lists them, without loading torch. No Qt."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_TAIL = 1 << 16

_FILES = ("log.jsonl", "checkpoint.safetensors", "weights.safetensors")

Stamp = tuple[int | None, ...]
"""When each of a run's files was written last, in ns; None for one that is not there."""


@dataclass(frozen=True)
class RunFolder:
    """A run's folder. `resumable`: it has a checkpoint and did not reach its end."""

    folder: Path
    resumable: bool
    stamp: Stamp = ()

    @property
    def weights(self) -> Path | None:
        """The file of the weights at its end; None before that."""
        _, _, weights = self.stamp or (None,) * len(_FILES)
        return None if weights is None else self.folder / _FILES[-1]


def run_folders(runs: Path, known: Sequence[RunFolder] = ()) -> list[RunFolder]:
    """The folders in `runs` that hold a log, newest first; none if they cannot be read.

    Those that have not changed since they were `known` are not read again.
    """
    try:
        stamps = {log.parent: _stamp(log.parent) for log in runs.glob("*/log.jsonl")}
    except OSError:
        return []
    before = {run.folder: run for run in known}
    found = []
    for folder in sorted(stamps, key=lambda folder: stamps[folder][0] or 0, reverse=True):
        run, stamp = before.get(folder), stamps[folder]
        if run is None or run.stamp != stamp:
            run = RunFolder(folder, _resumable(folder, stamp), stamp)
        found.append(run)
    return found


def _stamp(folder: Path) -> Stamp:
    return tuple(_written(folder / name) for name in _FILES)


def _written(file: Path) -> int | None:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return None


def _resumable(folder: Path, stamp: Stamp) -> bool:
    has_checkpoint = stamp[1] is not None
    return has_checkpoint and _last_event(folder / _FILES[0]) != "finished"


def _last_event(log: Path) -> str | None:
    """What the last whole line of the log is about."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - _TAIL))
            lines = file.read().splitlines()
    except OSError:
        return None
    for line in reversed(lines):
        try:
            return str(json.loads(line)["event"])
        except (ValueError, KeyError, TypeError):
            continue
    return None
