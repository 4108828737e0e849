"""What a training run takes in memory, and whether training runs leave any behind.

    python tests/benchmarks/memory.py [--data DIR|builtin] [--training runs 10]

Each figure is of a process of its own: bare imports of torch, PySide6 and pyqtgraph; one epoch by
the command line; and training runs one after the other in one window, whose resident memory is
taken after each. Prints one JSON object, in MB.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

BARE = "import torch, PySide6.QtWidgets, pyqtgraph"
PEAK = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
TRAINED = """
import sys
from lenet_gui.cli import main
status = main(sys.argv[1:])
{peak}
sys.exit(status)
"""
PROBE = Path(__file__).with_name("memory_probe.py")


def main() -> int:
    """Measures and prints."""
    options = _options()
    bare = _peak(["-c", f"{BARE}; {PEAK}"])
    told: dict[str, object] = {"bare_imports": bare}
    with tempfile.TemporaryDirectory() as folder:
        for variant in ("original", "modern"):
            arguments = ["train", "--variant", variant, "--epochs", "1"]
            arguments += ["--out", f"{folder}/{variant}.safetensors"]
            if options.data:
                arguments += ["--data", options.data]
            peak = _peak(["-c", TRAINED.format(peak=PEAK), *arguments])
            told[f"training_{variant}"] = {"peak": peak, "above_bare": round(peak - bare, 1)}
        environment = os.environ | {"XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        done = subprocess.run(
            [sys.executable, str(PROBE), str(options.trainings), options.data or "mnist"],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        )
    after = json.loads(done.stdout.splitlines()[-1])
    # The first ones fill what is kept on purpose: digits, the allocator's pages.
    early, late = statistics.mean(after[1:3]), statistics.mean(after[-2:])
    told["one_window"] = {
        "after_each_training": after,
        "growth_percent": round(100 * (late / early - 1), 1),
    }
    json.dump(told, sys.stdout, indent=1)
    print()
    return 0


def _peak(arguments: list[str]) -> float:
    done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True)
    return round(int(done.stdout.splitlines()[-1]) / 1024, 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=None)
    parser.add_argument("--trainings", type=int, default=10)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
