"""How many real pen-written digits are recognised when they are drawn on the real canvas.

    python tests/benchmarks/drawn_digits.py STROKES.jsonl.gz [--variant original|modern]
        [--weights FILE] [--pen WIDTH] [--limit N]

Each line of the strokes file is a JSON object with "label" (0..9) and "strokes" (lists of [x, y],
y down, one scale for both). Every digit is fitted into the canvas with a margin and replayed as
mouse events, one for each point, on the canvas of the main window; the answer is read from the
window's live reading. Prints one JSON object.
"""

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from lenet_gui.data.drawing import DEFAULT_MARGIN, DEFAULT_PEN_WIDTH, fitted_drawing
from lenet_gui.gui.app import make_application
from lenet_gui.gui.window import MainWindow
from lenet_gui.net.architecture import Variant

READ_WITHIN_MS = 5_000


def main() -> int:
    """Replays the digits and prints what was recognised."""
    options = _options()
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_CONFIG_HOME"] = home  # the window of a first start
        digits = _read(options.strokes)[: options.limit]
        application = make_application()
        window = MainWindow()
        if options.weights:
            window.networks.load(options.weights)
        else:
            window.networks.switch(Variant(options.variant))
        window.canvas_panel.set_pen_width(options.pen)
        window.resize(1280, 820)
        window.show()
        application.processEvents()
        started = time.perf_counter()
        misses = [
            {"line": line, "label": digit["label"], "answer": answer}
            for line, digit in enumerate(digits)
            if (answer := _answer(application, window, digit["strokes"])) != digit["label"]
        ]
        seconds = time.perf_counter() - started
        variant = str(window.networks.shown.variant) if window.networks.shown else ""
        window.close()
    drawn, missed = Counter(d["label"] for d in digits), Counter(m["label"] for m in misses)
    json.dump(
        {
            "variant": variant,
            "weights": str(options.weights) if options.weights else "shipped",
            "pen": options.pen,
            "margin": DEFAULT_MARGIN,
            "digits": len(digits),
            "recognised": len(digits) - len(misses),
            "share": round(1 - len(misses) / max(1, len(digits)), 5),
            "share_by_label": {
                str(label): round(1 - missed[label] / drawn[label], 4) for label in sorted(drawn)
            },
            "ms_per_digit": round(1_000 * seconds / max(1, len(digits)), 2),
            "misses": misses,
        },
        sys.stdout,
        indent=1,
    )
    print()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("strokes", type=Path)
    parser.add_argument("--variant", choices=[str(v) for v in Variant], default="original")
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--pen", type=float, default=DEFAULT_PEN_WIDTH)
    parser.add_argument("--limit", type=int)
    return parser.parse_args()


def _read(path: Path) -> list[dict]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _answer(application: QApplication, window: MainWindow, strokes: list) -> int | None:
    """Draws the strokes with the mouse and returns what the window answers."""
    canvas = window.canvas
    canvas.clear()
    area = canvas.area
    drawing = fitted_drawing(strokes)
    for stroke in drawing.strokes:
        places = [
            QPointF(area.x() + p.x * area.width(), area.y() + p.y * area.height())
            for p in stroke.points
        ]
        _send(canvas, QEvent.Type.MouseButtonPress, places[0])
        for place in places[1:]:
            _send(canvas, QEvent.Type.MouseMove, place)
        _send(canvas, QEvent.Type.MouseButtonRelease, places[-1])
    read = QSignalSpy(window.live.read)
    read.wait(READ_WITHIN_MS)
    application.processEvents()
    return None if window.live.reading is None else window.live.reading.answer


def _send(canvas: object, kind: QEvent.Type, place: QPointF) -> None:
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else _LEFT
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else _LEFT
    event = QMouseEvent(kind, place, canvas.mapToGlobal(place), button, held, _NO_KEYS)
    QApplication.sendEvent(canvas, event)


_LEFT = Qt.MouseButton.LeftButton
_NO_KEYS = Qt.KeyboardModifier.NoModifier

if __name__ == "__main__":
    sys.exit(main())
