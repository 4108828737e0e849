"""How soon the window is gone when it is closed while torch and MNIST are loaded.

    python tests/benchmarks/closing.py [--data DIR|builtin]

Needs Xvfb and xdotool, and says so where they are missing. Closes the window at several moments
after its first paint, each in a process of its own, and asks the X server until it shows no window
of ours. Prints one JSON object: seconds from the wish to the last sight of the window, and to the
end of the process.
"""

import argparse
import json
import subprocess
import sys
import time
from typing import Any

from pen_points import missing_tools, probing, tool, x_server

AFTER_S = (0.0, 0.2, 0.5, 1.0, 2.0)
TITLE = "LeNet Laboratory"


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="builtin")
    options = parser.parse_args()
    told: dict[str, Any] = {}
    if missing := missing_tools():
        told["not_measured"] = f"{missing} cannot be found"
    else:
        with x_server() as display:
            told = {f"after {after} s": _close(after, display, options.data) for after in AFTER_S}
    json.dump(told, sys.stdout, indent=1)
    print()
    return 0


def _close(after_s: float, display: str, data: str) -> dict[str, float]:
    with probing("loading", display, data) as (probe, environment):
        assert probe.stdin is not None
        assert probe.stdout is not None
        probe.stdout.readline()  # it is painted
        time.sleep(after_s)
        began = time.perf_counter()
        probe.stdin.close()
        while _is_seen(environment):
            pass
        gone = time.perf_counter() - began
        probe.wait(60)
        return {"gone": round(gone, 3), "ended": round(time.perf_counter() - began, 3)}


def _is_seen(environment: dict[str, str]) -> bool:
    search = [tool("xdotool"), "search", "--onlyvisible", "--name", TITLE]
    found = subprocess.run(search, env=environment, capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


if __name__ == "__main__":
    sys.exit(main())
