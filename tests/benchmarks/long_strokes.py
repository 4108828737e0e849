"""How long strokes of 100,000 points take: painted whole, and drawn on in the real canvas.

    python tests/benchmarks/long_strokes.py [--points 100000]

Whole: lines of several kinds, painted for the network (224 pixels a side). Drawn: the same kinds
on a canvas of 300 pixels a side; what one move of the mouse takes, the painting for the screen and
for the network included, over the 100 moves after the 100th and over the last 100. Prints one JSON
object: seconds and milliseconds, medians.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
from canvas_replay import send
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtWidgets import QApplication

from lenet_gui.data.drawing import DEFAULT_PEN_WIDTH, Drawing, PenPoint, Stroke
from lenet_gui.data.live_paint import LivePainter
from lenet_gui.data.paint import paint
from lenet_gui.gui.app.start import make_application
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.draw.canvas import DrawingCanvas

Places = np.ndarray


def _spiral(count: int, _chance: np.random.Generator) -> Places:
    turn = np.linspace(0, 400 * np.pi, count)
    away = np.linspace(0.02, 0.45, count)
    return 0.5 + np.stack([away * np.cos(turn), away * np.sin(turn)], axis=1)


def _anywhere(count: int, chance: np.random.Generator) -> Places:
    return chance.random((count, 2))


def _ring(count: int, chance: np.random.Generator) -> Places:
    """Round and round, never quite the same way."""
    turn = np.linspace(0, 800 * np.pi, count)
    away = 0.35 + chance.normal(0, 0.01, count)
    return 0.5 + np.stack([away * np.cos(turn), away * np.sin(turn)], axis=1)


def _walk(count: int, chance: np.random.Generator) -> Places:
    steps = np.cumsum(chance.normal(0, 0.01, (count, 2)), axis=0)
    return np.abs((steps + 0.5) % 2 - 1)


KINDS: dict[str, Callable[[int, np.random.Generator], Places]] = {
    "spiral": _spiral,
    "anywhere": _anywhere,
    "ring": _ring,
    "walk": _walk,
}


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=100_000)
    points = parser.parse_args().points
    make_application()
    told = {
        kind: {"whole_s": _whole(places), **_drawn(places)}
        for kind, make in KINDS.items()
        for places in [make(points, np.random.default_rng(0))]
    }
    json.dump(told, sys.stdout, indent=1)
    print()
    return 0


def _whole(places: Places) -> float:
    drawing = Drawing((Stroke(PenPoint(x, y, DEFAULT_PEN_WIDTH) for x, y in places.tolist()),))
    spent = []
    for _ in range(3):
        began = time.perf_counter()
        paint(drawing)
        spent.append(time.perf_counter() - began)
    return round(statistics.median(spent), 3)


def _drawn(places: Places) -> dict[str, float]:
    """What a move takes, in milliseconds, early and late in the stroke."""
    notifier, reader = Notifier(), LivePainter()
    canvas = DrawingCanvas(notifier)
    canvas.resize(304, 304)
    canvas.show()
    canvas.drawing_changed.connect(reader.raster)
    spent = []
    area = canvas.area
    for number, (x, y) in enumerate(places.tolist()):
        kind = QEvent.Type.MouseMove if number else QEvent.Type.MouseButtonPress
        began = time.perf_counter()
        send(canvas, kind, QPointF(area.x() + x * area.width(), area.y() + y * area.height()))
        QApplication.processEvents()
        spent.append(1000 * (time.perf_counter() - began))
    canvas.finish_stroke()
    began = time.perf_counter()
    canvas.undo()
    canvas.redo()
    QApplication.processEvents()
    again = time.perf_counter() - began
    canvas.close()
    early, late = statistics.median(spent[100:200]), statistics.median(spent[-100:])
    return {"move_early_ms": round(early, 3), "move_late_ms": round(late, 3), "redo_s": again}


if __name__ == "__main__":
    sys.exit(main())
