"""How many moves of a real mouse reach the canvas, whatever else the program does.

    python tests/benchmarks/pen_points.py [--data DIR|builtin] [--only STATE ...] [--strokes 5]

Needs Xvfb and xdotool, and says so where they are missing. On an X server of its own it draws a 3
with 121 moves in 1.1 seconds while the window is in one state after the other, each in a process of
its own (`pen_points_probe.py`). Prints one JSON object: for each state the least number of moves
that were handled in a stroke, the digits that were read, and the digit read of the same stroke
drawn again when all was quiet.
"""

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROBE = Path(__file__).with_name("pen_points_probe.py")
STATES = ("loading", "idle", "training", "evaluating", "sweeping", "exporting")
TOOLS = ("Xvfb", "xdotool")
MOVES = 121
EVERY_S = 1.1 / MOVES
SCREEN = "1280x900x24"
STARTS_WITHIN_S = 10


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="builtin")
    parser.add_argument("--only", nargs="*", choices=STATES, default=STATES, metavar="STATE")
    parser.add_argument("--strokes", type=int, default=5)
    options = parser.parse_args()
    told: dict[str, Any] = {"moves": MOVES}
    if missing := missing_tools():
        told["not_measured"] = f"{missing} cannot be found"
    else:
        with x_server() as display:
            told |= {state: _measure(state, display, options) for state in options.only}
    json.dump(told, sys.stdout, indent=1)
    print()
    return 0


def missing_tools() -> str:
    """The names of the programs that cannot be found, in words; empty where all are there."""
    return " and ".join(name for name in TOOLS if shutil.which(name) is None)


def tool(name: str) -> str:
    """The path of one of the programs."""
    return shutil.which(name) or name


@contextmanager
def x_server() -> Iterator[str]:
    """An X server without a screen; yields the name of its display."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [tool("Xvfb"), "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def probing(
    state: str, display: str, data: str
) -> Iterator[tuple["subprocess.Popen[str]", dict[str, str]]]:
    """The probe in a home of its own; yields its process, and the environment that it has."""
    with tempfile.TemporaryDirectory() as home:
        environment = {name: one for name, one in os.environ.items() if name != "QT_QPA_PLATFORM"}
        environment |= {"DISPLAY": display, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
        probe = subprocess.Popen(
            [sys.executable, str(PROBE), state, data],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        yield probe, environment
        probe.wait(60)


def _measure(state: str, display: str, options: argparse.Namespace) -> dict[str, Any]:
    """Draws in one state; the last stroke comes when all is quiet again."""
    with probing(state, display, options.data) as (probe, environment):
        assert probe.stdin is not None
        assert probe.stdout is not None
        seen = []
        place = json.loads(probe.stdout.readline())
        for _ in range(options.strokes):
            _draw_three(place, environment)
            seen.append(json.loads(probe.stdout.readline()))
        probe.stdin.write("quiet\n")
        probe.stdin.flush()
        json.loads(probe.stdout.readline())
        _draw_three(place, environment)
        quiet = json.loads(probe.stdout.readline())
        probe.stdin.close()
    return {
        "least": min(one["moves"] for one in seen),
        "handled": [one["moves"] for one in seen],
        "busy": [one["busy"] for one in seen],
        "read": [one["answer"] for one in seen],
        "read_when_quiet": quiet["answer"],
    }


def _draw_three(place: dict[str, float], environment: dict[str, str]) -> None:
    """A 3 within a square of the screen, with the left button of the mouse."""
    points = _three(place)
    first = points[0]
    orders = ["mouseup 1", f"mousemove {first[0]} {first[1]}", "mousedown 1"]
    robot = [tool("xdotool"), "-"]
    subprocess.run(robot, input="\n".join(orders), text=True, env=environment, check=True)
    began = time.perf_counter()
    pen = subprocess.Popen(robot, stdin=subprocess.PIPE, text=True, env=environment)
    assert pen.stdin is not None
    for number, (x, y) in enumerate(points[1:], 1):
        time.sleep(max(0.0, began + number * EVERY_S - time.perf_counter()))
        pen.stdin.write(f"mousemove {x} {y}\n")
        pen.stdin.flush()
    pen.stdin.write("mouseup 1\n")
    pen.stdin.close()
    pen.wait()


def _three(place: dict[str, float]) -> list[tuple[int, int]]:
    """`MOVES` + 1 different places, from where the pen is set down."""
    points = []
    for number in range(MOVES + 1):
        share = 2 * number / MOVES
        if share <= 1:  # the upper bow, from its left end
            angle, middle, size = math.radians(-200 + 290 * share), 0.34, 0.16
        else:
            angle, middle, size = math.radians(-90 + 270 * (share - 1)), 0.67, 0.18
        x = place["x"] + place["side"] * (0.5 + size * math.cos(angle))
        y = place["y"] + place["side"] * (middle + size * math.sin(angle))
        points.append((round(x), round(y)))
    return points


if __name__ == "__main__":
    sys.exit(main())
