"""How many real pen-written digits are recognised when they are drawn on the real canvas.

    python tests/benchmarks/drawn_digits.py STROKES.jsonl.gz [--variant original|modern]
        [--weights FILE] [--pen WIDTH] [--limit N]

Each line of the strokes file is a JSON object with "label" (0..9) and "strokes" (lists of [x, y],
y down, one scale for both). Every digit is fitted into the canvas with a margin and replayed as
mouse events, one for each point, on the canvas of the main window; the answer is read from the
window's live reading. Where the window abstains, that is a miss, and counted. Prints one JSON
object.
"""

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from canvas_replay import draw, window_with
from pen_digits import read_digits

from lenet_gui.data.drawing import DEFAULT_MARGIN, DEFAULT_PEN_WIDTH, fitted_drawing
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import Outcome, verdict_of
from lenet_gui.net.architecture import Variant


def main() -> int:
    """Replays the digits and prints what was recognised."""
    options = _options()
    digits = read_digits(options.strokes)[: options.limit]
    with window_with(options.variant, options.weights) as window:
        window.canvas_panel.set_pen_width(options.pen)
        started = time.perf_counter()
        answers = [draw(window, fitted_drawing(digit["strokes"]).strokes) for digit in digits]
        seconds = time.perf_counter() - started
        variant = str(window.networks.shown.variant)
    misses = [
        miss
        for line, (digit, reading) in enumerate(zip(digits, answers, strict=True))
        if (miss := _miss(line, digit["label"], reading)) is not None
    ]
    drawn, missed = Counter(d["label"] for d in digits), Counter(m["label"] for m in misses)
    abstained = [miss for miss in misses if miss["said"] != Outcome.DIGIT]
    json.dump(
        {
            "variant": variant,
            "weights": str(options.weights) if options.weights else "shipped",
            "pen": options.pen,
            "margin": DEFAULT_MARGIN,
            "digits": len(digits),
            "recognised": len(digits) - len(misses),
            "share": round(1 - len(misses) / max(1, len(digits)), 5),
            "abstained": len(abstained),
            "abstained_though_right": sum(m["label"] == m["answer"] for m in abstained),
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


def _miss(line: int, label: int, reading: Reading | None) -> dict[str, Any] | None:
    """What is told of a digit that was not recognised; `answer` is the best one all the same."""
    if reading is None:
        return {"line": line, "label": label, "answer": None, "said": "nothing"}
    said = verdict_of(reading).outcome
    if said is Outcome.DIGIT and reading.answer == label:
        return None
    return {"line": line, "label": label, "answer": reading.answer, "said": said}


if __name__ == "__main__":
    sys.exit(main())
