"""Drawings as different people would make them: one shape in many hands, and real pen strokes."""

import gzip
import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from lenet_gui.data.drawing import Drawing, PenPoint, Stroke, fitted_drawing

Points = tuple[tuple[float, float], ...]
"""A stroke as shares of the canvas, x right and y down."""

STEP = 0.02
"""How far apart the points of a hand's stroke are, in units of the canvas side."""


def drawn_by(hand: int, *strokes: Points, width: float | None = None) -> Drawing:
    """`strokes` as the hand of this number draws them; a hand draws the same every time.

    It draws larger or smaller, narrower or wider, elsewhere on the canvas, leans and turns a
    little, its lines are not quite straight, strokes that should meet miss each other by a little,
    and its pen is thinner or thicker unless `width` says which.
    """
    chance = np.random.default_rng(hand)
    size = chance.uniform(0.7, 1.1)
    squeeze = chance.uniform(0.85, 1.15)
    lean, turn = chance.normal(0, 0.08), np.radians(chance.normal(0, 3))
    cosine, sine = np.cos(turn), np.sin(turn)
    placed = np.array([[cosine, -sine], [sine, cosine]]) @ [[squeeze, -lean], [0, 1 / squeeze]]
    shift = chance.uniform(-0.06, 0.06, 2)
    drawn_width = chance.uniform(0.06, 0.11)
    # Two slow waves over the sheet: neighbouring points are moved alike.
    heights = chance.uniform(-1, 1, (2, 2)) * [[0.012], [0.006]]
    phases = chance.uniform(0, 2 * np.pi, (2, 2))
    made = []
    for stroke in strokes:
        at = np.array(list(_close_together(stroke))) - 0.5 + chance.uniform(-0.015, 0.015, 2)
        wobble = heights[0] * np.sin(9 * at[:, ::-1] + phases[0])
        wobble += heights[1] * np.sin(17 * at[:, ::-1] + phases[1])
        end = 0.5 + size * (at + wobble) @ placed.T + shift
        pen = drawn_width if width is None else width
        made.append(Stroke(PenPoint(float(x), float(y), pen) for x, y in end))
    return Drawing(tuple(made))


def _close_together(stroke: Points) -> Iterator[tuple[float, float]]:
    """The points of a stroke, and more between those that are far apart."""
    yield stroke[0]
    for (x0, y0), (x1, y1) in pairwise(stroke):
        steps = max(1, round(np.hypot(x1 - x0, y1 - y0) / STEP))
        for step in range(1, steps + 1):
            share = step / steps
            yield x0 + share * (x1 - x0), y0 + share * (y1 - y0)


def real_drawings(file: Path, label: int, most: int) -> list[Drawing]:
    """The first digits with a label in a file of real pen strokes, on the canvas."""
    found: list[Drawing] = []
    with gzip.open(file, "rt") as lines:
        for line in lines:
            digit: dict[str, Sequence[Sequence[Sequence[float]]]] = json.loads(line)
            if digit["label"] == label:
                found.append(fitted_drawing(digit["strokes"]))
            if len(found) == most:
                break
    return found
