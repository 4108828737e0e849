"""How often the window says that what is drawn on its canvas is no digit, where it is none.

    python tests/benchmarks/not_a_digit.py [--variant original|modern] [--weights FILE]
        [--pen WIDTH] [--each N] [--seed S] [--strokes STROKES.jsonl.gz [--limit N]]
        [--images FILE.npz]

Draws scribbles, single dots, horizontal lines, grids and the letters A E F H K M N R W X with
mouse events on the canvas of the main window, `--each` of every kind, and reads the window's live
verdict. With --strokes, real pen digits too (see drawn_digits.py): there an abstention is a miss.
With --images, writes what the network was given: x float32 [N, 28, 28], kind [N] and form [N], for
pen digits "0" to "9". Prints one JSON object.
"""

import argparse
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from canvas_replay import draw, window_with
from pen_digits import read_digits
from things_drawn import things

from lenet_gui.data.drawing import DEFAULT_PEN_WIDTH, fitted_drawing
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import Outcome, verdict_of
from lenet_gui.files import write_atomically
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.net.architecture import Variant

LEAST_OF_A_KIND = 30


class Answers:
    """What the window answered to what, and what the network was given."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, Outcome | None, int | None]] = []
        self.images: list[np.ndarray] = []

    def add(self, window: MainWindow, kind: str, form: str, reading: Reading | None) -> None:
        if reading is None or window.live.steps is None:
            self.told.append((kind, form, None, None))
            return
        self.told.append((kind, form, verdict_of(reading).outcome, reading.answer))
        self.images.append(window.live.steps.centred.copy())


def main() -> int:
    """Draws everything and prints what was said."""
    options = _options()
    drawn, digits = Answers(), Answers()
    with window_with(options.variant, options.weights) as window:
        for thing in things(options.each, options.seed, options.pen):
            window.canvas_panel.set_pen_width(thing.pen or options.pen)
            drawn.add(window, thing.kind, thing.form, draw(window, thing.strokes))
        window.canvas_panel.set_pen_width(options.pen)
        if options.strokes:
            for digit in read_digits(options.strokes)[: options.limit]:
                reading = draw(window, fitted_drawing(digit["strokes"]).strokes)
                digits.add(window, str(digit["label"]), "pen", reading)
        shown = window.networks.shown
    calibration = shown.calibration
    report: dict[str, Any] = {
        "variant": str(shown.variant),
        "weights": str(options.weights) if options.weights else "shipped",
        "calibration": {"j": calibration.j, "least_margin": calibration.least_margin},
        "pen": options.pen,
        "seed": options.seed,
        "drawn": len(drawn.told),
        **_shares(drawn.told),
        "groups": {group: _shares(of) for group, of in _grouped(drawn.told).items()},
        "kinds": {kind: _in_full(of) for kind, of in _by(drawn.told, 0).items()},
    }
    if options.strokes:
        report["pen_digits"] = _pen_digits(digits.told)
    if options.images:
        _write_images(options.images, drawn, digits)
    json.dump(report, sys.stdout, indent=1)
    print()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--variant", choices=[str(v) for v in Variant], default="original")
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--pen", type=float, default=DEFAULT_PEN_WIDTH)
    parser.add_argument("--each", type=int, default=42, help="of every kind, at least 30")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--strokes", type=Path, help="pen digits to draw as well")
    parser.add_argument("--limit", type=int, help="only the first so many pen digits")
    parser.add_argument("--images", type=Path, help="write what was drawn, 28x28, as .npz")
    options = parser.parse_args()
    if options.each < LEAST_OF_A_KIND:
        parser.error(f"--each is at least {LEAST_OF_A_KIND}: fewer of a kind say too little")
    return options


def _shares(told: list[tuple]) -> dict[str, float]:
    """The share called no digit, the share left undecided, and both together."""
    count = Counter(outcome for _, _, outcome, _ in told)
    nothing, undecided = count[Outcome.NOT_A_DIGIT], count[Outcome.UNDECIDED]
    return {
        "not_a_digit": round(nothing / len(told), 4),
        "undecided": round(undecided / len(told), 4),
        "abstained": round((nothing + undecided) / len(told), 4),
    }


def _in_full(told: list[tuple]) -> dict[str, Any]:
    """One kind: its shares, what the others are taken for, and the share of each of its forms."""
    taken = Counter(str(answer) for _, _, outcome, answer in told if outcome is Outcome.DIGIT)
    forms = {form: _shares(of)["abstained"] for form, of in sorted(_by(told, 1).items())}
    return {"drawn": len(told), **_shares(told), "taken_for": dict(taken.most_common())} | {
        "abstained_by_form": forms
    }


def _by(told: Iterable[tuple], place: int) -> dict[str, list[tuple]]:
    parted: dict[str, list[tuple]] = {}
    for one in told:
        parted.setdefault(one[place], []).append(one)
    return parted


def _grouped(told: list[tuple]) -> dict[str, list[tuple]]:
    """All letters together, beside the other kinds."""
    return _by((("letter" if len(t[0]) == 1 else t[0], *t[1:]) for t in told), 0)


def _pen_digits(told: list[tuple]) -> dict[str, Any]:
    right = sum(o is Outcome.DIGIT and str(a) == label for label, _, o, a in told)
    return {
        "digits": len(told),
        "recognised": right,
        "share": round(right / max(1, len(told)), 5),
        **(_shares(told) if told else {}),
        "abstained_though_right": sum(
            o is not Outcome.DIGIT and str(a) == label for label, _, o, a in told
        ),
    }


def _write_images(path: Path, *answers: Answers) -> None:
    told = [one for group in answers for one in group.told if one[2] is not None]
    images = [image for group in answers for image in group.images]
    content = io.BytesIO()
    np.savez_compressed(
        content,
        x=np.array(images, np.float32),
        kind=np.array([kind for kind, *_ in told]),
        form=np.array([form for _, form, *_ in told]),
    )
    write_atomically(path, content.getvalue())


if __name__ == "__main__":
    sys.exit(main())
