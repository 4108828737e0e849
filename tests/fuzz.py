"""Holds every property against fresh random examples, on all cores, for some minutes.

`make fuzz`, or `make fuzz SECONDS=60`; with `SEED=...`, which a failure names, that round again.
A property is what hypothesis gives examples to; the tests are those of `make test`.
"""

import argparse
import os
import random
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
MINUTES = 5


class Round:
    """A pytest plugin: the files in an order drawn from the seed, and an end when time is up."""

    def __init__(self, seed: int, ends: float) -> None:
        self.seed, self.ends = seed, ends
        self.held = 0
        self.is_cut_short = False

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Gives every file its chance to come before the time is up."""
        files = sorted({item.path for item in items})
        random.Random(self.seed).shuffle(files)  # noqa: S311
        items.sort(key=lambda item: files.index(item.path))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Counts the properties that hold."""
        self.held += report.when == "call" and report.passed

    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Begins no further property when time is up."""
        if time.time() > self.ends:
            self.is_cut_short = True
            item.session.shouldstop = "time is up"


def one_round(seed: int, ends: float, chosen: Sequence[str]) -> int:
    """Runs the properties in this process; returns 1 when one fails, else 0."""
    this = Round(seed, ends)
    options = ["-q", "-x", "--no-header", "-m", "hypothesis", "--hypothesis-profile=fuzz"]
    status = pytest.main([*options, f"--hypothesis-seed={seed}", *chosen], plugins=[this])
    stopped = status == pytest.ExitCode.INTERRUPTED and this.is_cut_short
    if stopped or status == pytest.ExitCode.OK:
        sys.stdout.write(f"seed {seed}: properties held: {this.held}\n")
        return 0
    sys.stdout.write(f"This round again: make fuzz SEED={seed}\n")
    return 1


class Rounds:
    """Round after round in processes of their own until time is up or a property fails."""

    def __init__(self, ends: float, chosen: Sequence[str]) -> None:
        self._ends, self._chosen = ends, chosen
        self._lock = threading.Lock()
        self._under_way: set[subprocess.Popen[str]] = set()
        self.failed = False

    def run(self) -> None:
        """Goes on until the end; to be called from as many threads as there are cores."""
        while time.time() < self._ends:
            command = [__file__, "--seed", str(secrets.randbelow(2**32)), "--ends", str(self._ends)]
            with self._lock:
                if self.failed:
                    return
                process = subprocess.Popen(
                    [sys.executable, *command, *self._chosen],
                    cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                )  # fmt: skip
                self._under_way.add(process)
            told, _ = process.communicate()
            with self._lock:
                self._under_way.discard(process)
                if self.failed:
                    return  # this one was ended
                self.failed = process.returncode != 0
                if self.failed:
                    for other in self._under_way:
                        other.terminate()
                lines = told.splitlines(keepends=True)
                sys.stdout.writelines(lines if self.failed else lines[-1:])
                sys.stdout.flush()


def main() -> int:
    """Reads the command line; returns the exit status: 1 when a property fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60 * MINUTES)
    parser.add_argument("--seed", type=int, help="one round with this seed, to its end")
    parser.add_argument("--ends", type=float, default=float("inf"), help=argparse.SUPPRESS)
    parser.add_argument("chosen", nargs="*", help="files or tests, as pytest takes them")
    given = parser.parse_args()
    if given.seed is not None:
        return one_round(given.seed, given.ends, given.chosen)
    rounds = Rounds(time.time() + given.seconds, given.chosen)
    hands = [threading.Thread(target=rounds.run) for _ in range(os.cpu_count() or 1)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return int(rounds.failed)


if __name__ == "__main__":
    sys.exit(main())
