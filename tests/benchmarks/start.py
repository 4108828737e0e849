"""How long the program takes to start, beside a bare `import torch`.

    python tests/benchmarks/start.py [--rounds 7]

Each is a process of its own, timed from before it is started; they take turns. `window` is the
first painted window, `maps` the moment when what was drawn at once on it stands painted as maps,
`help` and `summary` are those commands to their end. Prints one JSON object: seconds, and ratios to
the bare import.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rounds import ratio, take_turns

PROBE = Path(__file__).with_name("start_probe.py")
COMMANDS = {"import torch": ["-c", "import torch"]} | {
    name: ["-m", "lenet_gui", *arguments]
    for name, arguments in {"help": ["--help"], "summary": ["summary"]}.items()
}

ENVIRONMENT = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Python keeps its bytecode from one start to the next, as it does for an installed program."""


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    ways: dict[str, Callable[[], float]] = {name: _command(name) for name in COMMANDS}
    ways |= {"window": lambda: _window()["painted"], "maps": lambda: _window()["maps"]}
    for way in ways.values():
        way()  # so that every file lies in memory
    found = take_turns(ways, rounds)
    told = {
        "seconds": {name: round(sorted(each)[len(each) // 2], 3) for name, each in found.items()},
        "to_import_torch": {
            name: ratio(found, name, "import torch") for name in ways if name != "import torch"
        },
    }
    json.dump(told, sys.stdout, indent=1)
    print()
    return 0


def _command(name: str) -> Callable[[], float]:
    def measure() -> float:
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, *COMMANDS[name]], check=True, capture_output=True, env=ENVIRONMENT
        )
        return time.perf_counter() - began

    return measure


def _window() -> dict[str, float]:
    """Seconds from before the process to the first paint, and to the maps."""
    with tempfile.TemporaryDirectory() as home:
        environment = ENVIRONMENT | {"XDG_CONFIG_HOME": home}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        began = time.clock_gettime(time.CLOCK_MONOTONIC)
        done = subprocess.run(
            [sys.executable, str(PROBE)], check=True, capture_output=True, env=environment
        )
    moments = json.loads(done.stdout.splitlines()[-1])
    return {name: moment - began for name, moment in moments.items()}


if __name__ == "__main__":
    sys.exit(main())
