"""How long after the mouse has moved the maps and the answer stand painted.

    python tests/benchmarks/pen_to_picture.py [--variant original|modern] [--seconds 10]
        [--strokes FILE.jsonl.gz] [--train VARIANT] [--data DIR|builtin] [--size 1280x820]
        [--view NAME] [--cost MS]

Posts mouse events to the canvas of the real window at 125 a second, digit after digit. Each event's
time runs from its posting to the end of the paint that shows maps, bars and answer of a reading
whose ink includes it; with --view another view of the window takes the place of the maps, and
what it works out in a thread of its own may come later. With --train a training run with batches of
64 runs in the window meanwhile, with live plots and "follow training" on, and the longest gap of
the window's event loop is told.
With --cost every update takes so many milliseconds more, as on a slower machine.
Prints one JSON object: milliseconds, the bare forward pass of the same network in the same run,
where the time goes, what one update takes (the look and the paint), and the bound that follows:
nothing queues up where the 99th percentile is at most two updates and a frame of the screen.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections import defaultdict, deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from canvas_replay import watched_recipe, window_with
from pen_digits import read_digits
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from lenet_gui.data.builtin.hand import Hand
from lenet_gui.data.builtin.hand import write as write_digit
from lenet_gui.data.drawing import fitted_drawing
from lenet_gui.gui.answer.view import AnswerHead, AnswerView
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.view_table import MAPS, VIEWS
from lenet_gui.gui.draw.canvas import DrawingCanvas
from lenet_gui.gui.draw.ink_strip import InkStrip
from lenet_gui.gui.library import live
from lenet_gui.gui.views.maps.canvas import NetworkCanvas
from lenet_gui.gui.widgets.output_bars import OutputBars
from lenet_gui.net.architecture import Variant

EVERY_MS = 8  # 125 events a second
PAUSE_EVENTS = 12  # between two strokes
IDLE_S = 20  # watched before a training run begins
GAP_EVERY_MS = 5
"""So often does a timer knock at the event loop, to see how long it stays away."""
FRAME_MS = 1000 / 60
"""A latency is bounded by two updates, one just missed and its own, and a frame of the screen."""


class Stopwatch:
    """Adds up what the parts of the way take; of all calls, whoever makes them."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = defaultdict(list)
        self.ended: dict[str, float] = {}

    def time(self, owner: object, name: str, part: str) -> None:
        """Replaces a function by itself with a stopwatch."""
        function: Callable[..., Any] = getattr(owner, name)

        def timed(*args: Any, **options: Any) -> Any:
            began = time.perf_counter()
            result = function(*args, **options)
            ended = time.perf_counter()
            self.spent[part].append(ended - began)
            self.ended[part] = ended
            return result

        setattr(owner, name, timed)

    def time_paints(self, window: type[MainWindow]) -> None:
        """Times how long a window takes to paint all that wants it, from one look to the next.

        The canvas may paint first, and what the look changed after it.
        """
        handle = window.event

        def event(watched: MainWindow, what: QEvent) -> bool:
            is_paint = what.type() == QEvent.Type.UpdateRequest
            began = time.perf_counter()
            done = handle(watched, what)
            if is_paint and (looks := len(self.spent[_LOOK])):
                paints = self.spent[_PAINT]
                paints += [0.0] * (looks - len(paints))
                paints[-1] += time.perf_counter() - began
            return done

        setattr(window, "event", event)  # noqa: B010 - a method replaced by itself with a stopwatch


class Replay(QObject):
    """Posts the events and notes when what they changed has been painted."""

    def __init__(self, window: MainWindow, strokes: list[list[list[float]]], watch: Stopwatch):
        super().__init__(window)
        self.window, self.strokes, self.watch = window, strokes, watch
        self.middle = "paint maps"  # what the middle of the window has to paint
        self.posted: list[float] = []
        self.handled = 0
        self.painted = 0
        self.awaited: deque[tuple[float, int]] = deque()
        """Readings not seen painted yet: the time of each, and the events in its ink."""
        self.latencies: list[float] = []
        self.gaps: list[float] = []
        self._events = self._script()
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._post)
        self._pulse = QTimer(self)
        self._pulse.setTimerType(Qt.TimerType.PreciseTimer)
        self._pulse.timeout.connect(self._beat)
        window.canvas.installEventFilter(self)
        window.live.read.connect(self._read)

    def run(self, seconds: float) -> None:
        self._last = time.perf_counter()
        self._timer.start(EVERY_MS)
        self._pulse.start(GAP_EVERY_MS)
        loop = QEventLoop()
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        loop.exec()
        self._timer.stop()
        self._pulse.stop()

    def forget(self) -> None:
        """Begins to count anew."""
        self.latencies.clear()
        self.gaps.clear()
        self.watch.spent.clear()

    def _script(self):
        """Event types and places, for ever: None is a pause or an empty sheet."""
        while True:
            for digit in self.strokes:
                self.window.canvas.clear()
                for stroke in digit:
                    yield QEvent.Type.MouseButtonPress, stroke[0]
                    for place in stroke[1:]:
                        yield QEvent.Type.MouseMove, place
                    yield QEvent.Type.MouseButtonRelease, stroke[-1]
                    for _ in range(PAUSE_EVENTS):
                        yield None, None

    def _post(self) -> None:
        kind, place = next(self._events)
        if kind is None:
            return
        canvas = self.window.canvas
        area = canvas.area
        at = QPointF(area.x() + place[0] * area.width(), area.y() + place[1] * area.height())
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else _LEFT
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else _LEFT
        event = QMouseEvent(
            kind, at, canvas.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier
        )
        self.posted.append(time.perf_counter())
        QCoreApplication.postEvent(canvas, event)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOUSE:
            self.handled += 1
        return False

    def _read(self, reading: object, steps: object) -> None:
        if reading is not None:
            self.awaited.append((time.perf_counter(), self.handled))
            QTimer.singleShot(0, self._look)

    def _look(self) -> None:
        """Counts the events of every reading that has been painted since.

        All that wait, not the last alone: a reading may come between a paint and this look, and
        what was painted before it was painted then.
        """
        ends = [self.watch.ended.get(part, 0.0) for part in (self.middle, *_PAINTS)]
        while self.awaited and min(ends) >= self.awaited[0][0]:
            _, included = self.awaited.popleft()
            for at in self.posted[self.painted : included]:
                self.latencies.append(max(ends) - at)
            self.painted = max(self.painted, included)
        if self.awaited:
            QTimer.singleShot(0, self._look)


_LOOK, _PAINT = "look", "paint"
"""The two halves of an update: a look, and the paints until the next."""
_LEFT = Qt.MouseButton.LeftButton
_MOUSE = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease}
_THINNED = 4
"""Of the built-in hand's points every fourth: as far apart as those of a mouse."""
_UNMOVED = ("digits", "weights")
"""Views that do not change with the drawing, and so are not painted anew."""
_PAINTS = ("paint bars", "paint answer")


def main() -> int:
    """Measures and prints."""
    options = _options()
    json.dump(measure(options), sys.stdout, indent=1)
    print()
    return 0


def measure(options: argparse.Namespace) -> dict[str, Any]:
    watch = Stopwatch()
    for owner, name, part in (
        (live.LivePainter, "raster", "ink"),
        (live, "trace_ink", "ink steps"),
        (live, "read_with_arrays", "read"),
        (NetworkCanvas, "show_reading", "colour"),
        (AnswerView, "show_reading", "tell the answer"),
        (NetworkCanvas, "paintEvent", "paint maps"),
        (OutputBars, "paintEvent", "paint bars"),
        (AnswerHead, "paintEvent", "paint answer"),
        (InkStrip, "paintEvent", "paint ink steps"),
        (DrawingCanvas, "paintEvent", "paint canvas"),
        (live.LiveReader, "_look", _LOOK),
    ):
        watch.time(owner, name, part)
    watch.time_paints(MainWindow)
    with window_with(options.variant, None) as window:
        if options.cost:
            window.live.read.connect(partial(_burn, options.cost / 1000))
        width, height = map(int, options.size.split("x"))
        window.resize(width, height)
        replay = Replay(window, _strokes(options), watch)
        if options.view != MAPS:
            replay.middle = "paint bars" if options.view in _UNMOVED else "paint view"
            _open(options.view, window, watch)
        replay.run(1)  # to warm up
        idle: dict[str, float] | None = None
        if options.train:
            replay.forget()
            replay.run(min(options.seconds, IDLE_S))
            idle = _spread(replay.latencies)
            _begin_training(window, options)
            replay.run(1)
        replay.forget()
        replay.run(options.seconds)
        forward = _bare_forward(window)
        parts = {part: _ms(statistics.median(spent)) for part, spent in watch.spent.items()}
        look, paint = parts.pop(_LOOK), parts.pop(_PAINT)
        update = look + paint
        seen = {
            "variant": str(window.networks.shown.variant),
            "in training": options.train,
            "view": options.view,
            "window": options.size,
            "events": len(replay.latencies),
            "latency": _spread(replay.latencies),
            "longest_gap_of_the_event_loop": _ms(max(replay.gaps)),
            "bare_forward": _ms(forward),
            "median_to_forward": round(statistics.median(replay.latencies) / forward, 2),
            "where_the_time_goes": parts,
            "update": {"look": look, "paint": paint, "whole": round(update, 3)},
            "bound": round(2 * update + FRAME_MS, 3),
        }
        if idle is not None:
            seen["idle_latency"] = idle
            seen["p99_to_idle_p99"] = round(seen["latency"]["p99"] / idle["p99"], 2)
            window.training.stop()
            _wait(lambda: not window.training.is_running)
        return seen


def _burn(seconds: float, *_: object) -> None:
    """Makes an update so much dearer, as a slower machine would."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def _open(name: str, window: MainWindow, watch: Stopwatch) -> None:
    """Brings a view to the front and times what it paints."""
    window.view_stack.turn_to(name)
    view = window.view_stack.view
    watch.time(type(view), "show_live", "view")
    for kind in _painters({type(widget) for widget in (view, *view.findChildren(QWidget))}):
        watch.time(kind, "paintEvent", "paint view")
    if name == "run":
        view.choice.open_folder(_kept_run())
        _wait(lambda: view.history is not None)
    elif name == "causes":
        _wait(lambda: view.exciting is not None)


def _painters(kinds: set[type]) -> set[type]:
    """The classes of the program that paint for widgets of some kinds, bases among them."""
    bases = {base for kind in kinds for base in kind.__mro__}
    own = {base for base in bases if base.__module__.startswith("lenet_gui")}
    return {base for base in own if "paintEvent" in vars(base)}


def _kept_run() -> Path:
    """The folder of a short run, for the view that looks back on one."""
    from lenet_gui.data.builtin import builtin_digits
    from lenet_gui.data.digits import DigitSets
    from lenet_gui.training.control import Control
    from lenet_gui.training.presets import preset
    from lenet_gui.training.run import Run

    sets = DigitSets(builtin_digits(200, 1), builtin_digits(100, 2))
    home = Path(os.environ["XDG_CONFIG_HOME"])  # it goes when the window has closed
    run = Run.create(home / "runs", preset("original-quick").with_changes(epochs=20))
    for _ in run.train(sets, Control()):
        pass
    return run.folder


def _begin_training(window: MainWindow, options: argparse.Namespace) -> None:
    panel = window.training
    panel.set_folded(folded=False)
    panel.draft.set_recipe(watched_recipe(options.train, options.data))
    panel.commands.follow.setChecked(True)
    panel.start()
    _wait(lambda: panel.panes.plots.run is not None)


def _wait(until: Callable[[], bool]) -> None:
    while not until():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def _strokes(options: argparse.Namespace) -> list[list[list[float]]]:
    """Digits as strokes of [x, y] in units of the sheet."""
    if options.strokes:
        drawn = [one["strokes"] for one in read_digits(options.strokes)[:200]]
    else:
        random = np.random.default_rng(0)
        written = [write_digit(number % 10, random, Hand()) for number in range(100)]
        drawn = [[trace.points[::_THINNED].tolist() for trace in traces] for traces in written]
    return [
        [[(p.x, p.y) for p in stroke.points] for stroke in fitted_drawing(strokes).strokes]
        for strokes in drawn
    ]


def _bare_forward(window: MainWindow) -> float:
    """Seconds of a forward pass of the network shown, on one digit, the median of many."""
    import torch

    network = window.networks.shown.network
    x = torch.zeros(1, 1, 32, 32)
    spent = []
    with torch.inference_mode():
        for _ in range(300):
            began = time.perf_counter()
            network(x)
            spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def _spread(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {
        "median": _ms(statistics.median(ordered)),
        "p99": _ms(ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]),
        "worst": _ms(ordered[-1]),
    }


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 3)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--variant", choices=[str(v) for v in Variant], default="original")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--strokes", type=Path)
    parser.add_argument("--train", choices=[str(v) for v in Variant])
    parser.add_argument("--data", default=None)
    parser.add_argument("--size", default="1280x820")
    parser.add_argument("--cost", type=float, default=0.0, metavar="MS")
    parser.add_argument("--view", choices=[entry.name for entry in VIEWS], default=MAPS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
