"""How many digits a second a training run in the window learns from, beside the command line's.

    python tests/benchmarks/window_speed.py [--data DIR|builtin] [--rounds 4] [--seconds 6]

Both with as many threads as the window gives a training run (all cores but one), batches of 64; in
the window with live plots and "follow training", a digit lying on the canvas. They take turns: the
window's training pauses while the other runs. Prints one JSON object.
"""

import argparse
import json
import sys
import time

from canvas_replay import draw, watched_recipe, window_with
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from rounds import medians, ratio, take_turns

from lenet_gui.data.drawing import PenPoint, Stroke
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.threads import training_threads
from lenet_gui.net.architecture import Variant
from lenet_gui.training.events import Event, StepStatistics
from lenet_gui.training.recipe import Recipe

ONE = Stroke(tuple(PenPoint(0.5, 0.2 + 0.02 * step, 0.085) for step in range(31)))


def main() -> int:
    """Measures and prints."""
    options = _options()
    told: dict[str, object] = {"threads": training_threads()}
    for variant in Variant:
        with window_with(variant, None) as window:
            told[str(variant)] = _compared(window, variant, options)
    json.dump(told, sys.stdout, indent=1)
    print()
    return 0


def _compared(window: MainWindow, variant: Variant, options: argparse.Namespace) -> object:
    panel = window.training
    panel.set_folded(folded=False)
    recipe = watched_recipe(variant, options.data)
    panel.draft.set_recipe(recipe)
    panel.commands.follow.setChecked(True)
    window.canvas.clear()
    draw(window, [ONE])
    events: list[Event] = []
    panel.controller.event_happened.connect(events.append)
    panel.start()
    _until(lambda: any(isinstance(event, StepStatistics) for event in events))
    beside = _CommandLine(recipe, window)

    def in_the_window() -> float:
        panel.resume()
        _spin(0.5)
        events.clear()
        _spin(options.seconds)
        panel.pause()
        _spin(0.3)
        return _rate([event for event in events if isinstance(event, StepStatistics)])

    panel.pause()
    _spin(0.3)
    ways = {"window": in_the_window, "command_line": lambda: beside.rate(options.seconds)}
    found = take_turns(ways, options.rounds)
    panel.resume()
    panel.stop()
    _until(lambda: not panel.is_running)
    return {**medians(found), "window_to_command_line": ratio(found, "window", "command_line")}


class _CommandLine:
    """The same training without a window, in this process, while the window's pauses."""

    def __init__(self, recipe: Recipe, window: MainWindow) -> None:
        from lenet_gui.data.source import load_digits
        from lenet_gui.training.control import Control
        from lenet_gui.training.recipe import MNIST
        from lenet_gui.training.trainer import train

        sets = load_digits(None if recipe.data == MNIST else recipe.data)
        self._events = train(recipe, sets, None, Control(), threads=training_threads())

    def rate(self, seconds: float) -> float:
        found: list[StepStatistics] = []
        began = time.perf_counter()
        while time.perf_counter() - began < seconds:
            event = next(self._events)
            if isinstance(event, StepStatistics):
                found.append(event)
        return _rate(found)


def _rate(found: list[StepStatistics]) -> float:
    """Digits a second over the last of an epoch's statistics, as the trainer itself tells it."""
    return found[-1].digits_per_second


def _spin(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def _until(true) -> None:
    while not true():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=None)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=6.0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
