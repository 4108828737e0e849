"""The runs on disk as the panel lists them, without loading torch. No Qt."""

import json
from dataclasses import dataclass
from pathlib import Path

_TAIL = 1 << 16


@dataclass(frozen=True)
class RunFolder:
    """A run's folder. `resumable`: it has a checkpoint and did not reach its end."""

    folder: Path
    resumable: bool


def run_folders(runs: Path) -> list[RunFolder]:
    """The folders in `runs` that hold a log, newest first; none if they cannot be read."""
    try:
        logs = [(log.stat().st_mtime_ns, log) for log in runs.glob("*/log.jsonl")]
    except OSError:
        return []
    newest_first = sorted(logs, key=lambda found: found[0], reverse=True)
    return [RunFolder(log.parent, _resumable(log)) for _, log in newest_first]


def _resumable(log: Path) -> bool:
    checkpoint = log.parent / "checkpoint.safetensors"
    return checkpoint.is_file() and _last_event(log) != "finished"


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
