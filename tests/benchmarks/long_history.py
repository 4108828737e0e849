"""How long the plots take to redraw with a long training behind them.

    python tests/benchmarks/long_history.py [--epochs 100] [--steps 1000]

The real plots with the curves of so many epochs of so many steps each; a redraw is taking in what
one more publication brings, and painting one of the two plots: the window redraws them in turn.
Prints one JSON object, in milliseconds, the slower plot's.
"""

import argparse
import json
import math
import os
import statistics
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from lenet_gui.gui.app.start import make_application
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.training.plots.curve_plot import CurvePlot
from lenet_gui.gui.training.plots.curves import RunCurves
from lenet_gui.gui.training.plots.plots_pane import PlotsPane
from lenet_gui.training.events import EpochEnded, Score, Started, StepStatistics
from lenet_gui.training.recipe import Recipe

PUBLISHED = 10  # steps in one publication


def main() -> int:
    """Measures and prints."""
    options = _options()
    make_application()
    window = QWidget()
    pane = PlotsPane(FileDialogs(window, Settings()), Notifier(window))
    pane.resize(900, 320)
    pane.show()
    curves = RunCurves.of_start(_started(options.epochs, options.steps), "long")
    pane.set_run(curves)
    step = 0
    for epoch in range(1, options.epochs + 1):
        for _ in range(options.steps // PUBLISHED):
            step += PUBLISHED
            curves.add(_statistics(step, epoch, options))
        curves.add(_ended(step, epoch, options.epochs))
    spent: dict[CurvePlot, list[float]] = {pane.loss: [], pane.second: []}
    for number in range(100):
        curves.add(_statistics(step + number + 1, options.epochs, options))
        for plot, each in spent.items():
            began = time.perf_counter()
            plot.refresh()
            plot.plot.viewport().repaint()
            QApplication.processEvents()
            each.append(1000 * (time.perf_counter() - began))
    ordered = max((sorted(each[5:]) for each in spent.values()), key=statistics.median)
    told = {
        "steps_drawn": step,
        "redraw_ms": {
            "median": round(statistics.median(ordered), 2),
            "p99": round(ordered[int(0.99 * (len(ordered) - 1))], 2),
        },
    }
    json.dump(told, sys.stdout, indent=1)
    print()
    return 0


def _started(epochs: int, steps: int) -> Started:
    return Started(
        recipe=Recipe(epochs=epochs),
        data_name="MNIST training",
        training_digits=64 * steps,
        patterns_per_epoch=64 * steps,
        validation_digits=0,
        test_digits=10_000,
        steps_per_epoch=steps,
        parameters=60_000,
        device="cpu",
        threads=1,
        folder=None,
        resumed_from_epoch=None,
        history=(),
        changes=(),
    )


def _statistics(step: int, epoch: int, options: argparse.Namespace) -> StepStatistics:
    losses = tuple(
        2 * math.exp(-at / 20_000) + 0.1 * math.sin(at * 12.9898) ** 2
        for at in range(step - PUBLISHED, step)
    )
    return StepStatistics(
        step=step,
        epoch=epoch,
        epochs=options.epochs,
        step_in_epoch=step - (epoch - 1) * options.steps,
        steps_per_epoch=options.steps,
        losses=losses,
        loss=losses[-1],
        accuracy=1 - 0.1 * losses[-1],
        learning_rate=0.001,
        digits_per_second=10_000.0,
        seconds_left=1.0,
        digits_seen=64 * step,
        weights=None,
    )


def _ended(step: int, epoch: int, epochs: int) -> EpochEnded:
    score = Score(0.05 + 1 / epoch, 1 - 0.05 / epoch, 500 // epoch, 10_000)
    return EpochEnded(
        epoch=epoch,
        epochs=epochs,
        step=step,
        train=score,
        test=score,
        validation=None,
        on_the_fly_loss=score.loss,
        on_the_fly_accuracy=score.accuracy,
        learning_rate=0.001,
        confusion=tuple((0,) * 10 for _ in range(10)),
        seconds=1.0,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--steps", type=int, default=1000)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
