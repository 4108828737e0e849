"""Measures everything that the page beside this says of speed, start and memory; `make bench`.

    python tests/benchmarks/bench.py [--data DIR] [--strokes FILE.jsonl.gz] [--only PART ...]
        [--out FILE.json]

Runs the other programs beside it one after the other, each in a process of its own, and writes all
figures, with the machine they were taken on, into one file (tests/benchmarks/figures.json). With
--only the other parts stay as the file has them. MNIST is looked for as the program does; without
it the program's own digits stand in, and the file says so.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from quiet import remark, taken_by_others

from lenet_gui.data.mnist import MnistNotFound, find_mnist
from lenet_gui.errors import UserError
from lenet_gui.files import write_atomically
from lenet_gui.gui.core.view_table import MAPS, VIEWS

HERE = Path(__file__).parent
FIGURES = HERE / "figures.json"
WATCHED_S = 120


def main() -> int:
    """Measures and writes."""
    options = _options()
    data = _data(options)
    parts = _parts(data, options)
    unknown = set(options.only) - set(parts)
    if unknown:
        print(f"bench: there is no {', '.join(unknown)}; there is {', '.join(parts)}.")
        return 2
    figures: dict[str, Any] = {}
    if options.only and options.out.is_file():
        figures = json.loads(options.out.read_text(encoding="utf-8"))
    figures["machine"] = _machine()
    figures["data"] = "built-in digits" if data == "builtin" else "MNIST"
    for name, command in parts.items():
        if options.only and name not in options.only:
            continue
        machine = figures["machine"]
        machine["taken_by_others"] = max(machine["taken_by_others"], round(taken_by_others(), 2))
        began = time.perf_counter()
        print(f"{name} ...", end=" ", flush=True)
        done = subprocess.run(
            [sys.executable, str(HERE / command[0]), *command[1:]],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        figures[name] = json.loads(done.stdout)
        print(f"{time.perf_counter() - began:.0f} s")
        text = json.dumps(figures, indent=1, ensure_ascii=False) + "\n"
        write_atomically(options.out, text.encode())
    if told := remark(figures["machine"]["taken_by_others"]):
        print(told)
    return 0


def _parts(data: str, options: argparse.Namespace) -> dict[str, list[str]]:
    """What is run, by the name that it has in the file."""
    cores = os.cpu_count() or 1
    digits = ["--data", data]
    pen = ["pen_to_picture.py", *(["--strokes", str(options.strokes)] if options.strokes else [])]
    pens = {f"pen_{v}": [*pen, "--variant", v, "--seconds", "20"] for v in _VARIANTS}
    pens |= {
        f"pen_while_{v}_trains": [
            *pen,
            *("--variant", v, "--train", v, "--seconds", str(WATCHED_S)),
            *digits,
        ]
        for v in _VARIANTS
    }
    views = {
        f"pen_view_{entry.name}": [*pen, "--view", entry.name, "--seconds", "10"]
        for entry in VIEWS
        if entry.name != MAPS
    }
    return {
        **pens,
        **views,
        "pen_points": ["pen_points.py", *digits],
        "closing": ["closing.py", *digits],
        "training_one_thread": ["training_speed.py", "--threads", "1", *digits],
        "training_all_threads": ["training_speed.py", "--threads", str(cores), *digits],
        "training_profile": ["training_profile.py"],
        "training_in_the_window": ["window_speed.py", *digits],
        "time_to_98.82": ["time_to_accuracy.py", "--threads", str(cores), *digits],
        "updates": ["updates.py"],
        "start": ["start.py"],
        "memory": ["memory.py", *digits],
        "long_history": ["long_history.py"],
        "growth": ["growth.py", *digits],
    }


_VARIANTS = ("original", "modern")


def _data(options: argparse.Namespace) -> str:
    """A folder of MNIST, or "builtin"."""
    try:
        return str(options.data or find_mnist())
    except MnistNotFound:
        return "builtin"
    except UserError as error:
        sys.exit(f"bench: {error}")


def _machine() -> dict[str, Any]:
    import torch

    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "torch": torch.__version__,
        "date": datetime.now(tz=UTC).date().isoformat(),
        "taken_by_others": 0.0,  # of the cores' time before a part, 0..1: the most
    }


def _processor() -> str:
    """Its name as Linux tells it, else as Python does."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=None, help="the folder of MNIST")
    parser.add_argument("--strokes", type=Path, default=None, help="pen strokes to replay")
    parser.add_argument("--only", nargs="*", default=[], metavar="PART", help="only these parts")
    parser.add_argument("--out", type=Path, default=FIGURES)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
