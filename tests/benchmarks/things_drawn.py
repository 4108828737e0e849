"""What is no digit, as pen strokes on the canvas: seeded, and drawn up for measuring alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from letter_forms import LETTER_FORMS
from numpy.typing import NDArray

from lenet_gui.data.drawing import MAX_PEN_WIDTH, MIN_PEN_WIDTH, PenPoint, Stroke

Points = NDArray[np.float64]

STEP = 0.012
"""Distance between two events of the mouse, in units of the canvas side."""


@dataclass(frozen=True)
class Thing:
    """Strokes ready to be drawn; `form` tells how they were made; `pen` where it has its own."""

    kind: str
    form: str
    strokes: tuple[Stroke, ...]
    pen: float | None = None


def things(each: int, seed: int, pen: float) -> list[Thing]:
    """`each` things of every kind; number n of a kind depends on (seed, kind, n) alone."""
    made = []
    for place, (kind, make) in enumerate(MAKERS.items()):
        for number in range(each):
            rng = np.random.default_rng((seed, place, number))
            made.append(make(rng, kind, number, pen))
    return made


def _letter(rng: np.random.Generator, kind: str, number: int, pen: float) -> Thing:
    forms = LETTER_FORMS[kind]
    form = number % len(forms)
    strokes = [np.array(line, float) + rng.normal(0, 0.022, (len(line), 2)) for line in forms[form]]
    if rng.random() < 0.5:  # a hasty hand cuts corners
        strokes = [_cut_corners(line) for line in strokes]
    strokes = [_wavering(_dense(line, 0.03), rng) for line in strokes]
    wide = np.exp(rng.normal(-0.25, 0.2))
    placed = _placed(strokes, rng, pen, (0.45, 0.75), wide=wide, slant=rng.normal(0.06, 0.14))
    return Thing(kind, f"form {form + 1}", placed)


def _scribble(rng: np.random.Generator, kind: str, number: int, pen: float) -> Thing:
    names = tuple(SCRIBBLES)
    name = names[number % len(names)]
    line = SCRIBBLES[name](rng)
    turn = rng.uniform(0, 2 * np.pi) if name not in ("coil", "hatching") else rng.normal(0, 0.3)
    placed = _placed([line], rng, pen, (0.45, 0.75), turn=turn, wide=np.exp(rng.normal(0, 0.15)))
    return Thing(kind, name, placed)


def _dot(rng: np.random.Generator, kind: str, number: int, pen: float) -> Thing:
    """A touch: still, slid a little, or rubbed; every other one with a pen of its own width."""
    own = float(rng.uniform(MIN_PEN_WIDTH, MAX_PEN_WIDTH)) if number % 2 else None
    width = own or pen
    middle = rng.uniform(0.25, 0.75, 2)
    form = ("still", "slid", "rubbed")[number // 2 % 3]
    if form == "still":
        line = middle[None]
    elif form == "slid":
        line = middle + np.linspace(0, 1, 4)[:, None] * rng.normal(0, 0.2 * width, 2)
    else:
        line = middle + rng.normal(0, 0.3 * width, (7, 2))
    return Thing(kind, form, (_stroke(line, width),), own)


def _line(rng: np.random.Generator, kind: str, number: int, pen: float) -> Thing:
    form = ("straight", "wavy", "bowed")[number % 3]
    short = number // 3 % 2
    shortest = max(0.2, 3 * pen)  # a shorter one is a dot
    low, high = (shortest, max(0.4, shortest + 0.1)) if short else (max(0.45, shortest), 0.8)
    length = rng.uniform(low, high)
    along = np.linspace(0, 1, 40)
    height = np.zeros(40)
    if form == "wavy":
        waves, phase = rng.uniform(1.5, 4), rng.uniform(0, 2 * np.pi)
        height = rng.uniform(0.02, 0.06) * np.sin(2 * np.pi * waves * along + phase)
    elif form == "bowed":
        height = rng.choice([-1, 1]) * rng.uniform(0.03, 0.1) * 4 * along * (1 - along)
    line = _wavering(np.stack((along, height), axis=1), rng)
    placed = _placed([line], rng, pen, (length, length), turn=rng.normal(0, 0.06))
    return Thing(kind, f"{form}, {'short' if short else 'long'}", placed)


def _grid(rng: np.random.Generator, kind: str, number: int, pen: float) -> Thing:
    """Two to four lines each way; two always stick out: else they would be a box, which is a 0."""
    standing, lying = ((2, 2), (2, 3), (3, 3), (3, 2), (2, 2), (4, 4), (3, 4))[number % 7]

    def places(count: int) -> Points:
        out = rng.uniform(0.22, 0.36) if count == 2 else rng.uniform(0, 0.15)
        return np.linspace(out, 1 - out, count) + rng.normal(0, 0.015, count)

    ends = [rng.normal(0, 0.02, 4) for _ in range(standing + lying)]
    strokes = [
        np.array([(x + e[0], e[1]), (x + e[2], 1 + e[3])])
        for x, e in zip(places(standing), ends, strict=False)
    ] + [
        np.array([(e[0], y + e[1]), (1 + e[2], y + e[3])])
        for y, e in zip(places(lying), ends[standing:], strict=True)
    ]
    strokes = [_wavering(_dense(line, 0.04), rng) for line in strokes]
    wide = np.exp(rng.normal(0, 0.12))
    placed = _placed(strokes, rng, pen, (0.55, 0.8), wide=wide, slant=rng.normal(0, 0.05))
    return Thing(kind, f"{standing} x {lying}", placed)


def _tangle(rng: np.random.Generator) -> Points:
    """Sums of waves: a path that keeps turning back through its own middle."""
    time = np.linspace(0, 2 * np.pi, 400)
    sides = []
    for _ in range(2):
        count = rng.integers(3, 6)
        waves, phases = rng.integers(2, 7, count), rng.uniform(0, 2 * np.pi, count)
        side = (rng.normal(0, 1, count) * np.sin(np.outer(time, waves) + phases)).sum(axis=1)
        sides.append(side / np.ptp(side))  # as broad as high: what is narrow may be a 1
    return np.stack(sides, axis=1)


def _wander(rng: np.random.Generator) -> Points:
    """A pen whose heading drifts, kept near its middle."""
    place, heading, bend = np.zeros(2), rng.uniform(0, 2 * np.pi), 0.0
    path = [place]
    for _ in range(rng.integers(200, 330)):
        home = np.arctan2(-place[1], -place[0])
        pull = np.hypot(*place) ** 2 * np.sin(home - heading)
        bend = 0.85 * bend + rng.normal(0, 0.08)
        heading += bend + 0.25 * pull
        place = place + 0.03 * np.array((np.cos(heading), np.sin(heading)))
        path.append(place)
    return np.array(path) / np.ptp(path, axis=0)


def _knots(rng: np.random.Generator) -> Points:
    """A smooth path through places anywhere."""
    knots = rng.random((rng.integers(9, 15), 2))
    for _ in range(3):
        knots = _cut_corners(knots)
    return knots


def _coil(rng: np.random.Generator) -> Points:
    """Loops in a row, as one tries a pen."""
    loops = rng.integers(4, 8)
    time = np.linspace(0, 2 * np.pi * loops, 50 * loops)
    sway = 1 + 0.2 * np.sin(time / loops * rng.uniform(1, 4) + rng.uniform(0, 6))
    along = time / (2 * np.pi) * rng.uniform(0.5, 0.8)
    return np.stack((along + 0.55 * sway * np.cos(time), 0.9 * sway * np.sin(time)), axis=1)


def _spiral(rng: np.random.Generator) -> Points:
    turns = rng.uniform(2.6, 4.6)
    time = np.linspace(0, 1, 240)
    radius = (0.06 + time) * (1 + 0.06 * np.sin(7 * time + rng.uniform(0, 6)))
    angle = rng.choice([-1, 1]) * 2 * np.pi * turns * time
    return np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=1)


def _zigzag(rng: np.random.Generator) -> Points:
    turns = int(rng.integers(6, 12))
    knots = np.stack((np.arange(turns) / turns * 1.6, np.arange(turns) % 2), axis=1)
    knots += rng.normal(0, 0.06, knots.shape)
    return _cut_corners(_cut_corners(knots)) if rng.random() < 0.5 else knots


def _hatching(rng: np.random.Generator) -> Points:
    """To and fro, to fill a patch."""
    turns = int(rng.integers(10, 18))
    width = 0.5 + 0.5 * np.sin(np.linspace(0.3, 2.8, turns))
    across = np.where(np.arange(turns) % 2, width, -width)
    knots = np.stack((across, np.arange(turns) / turns * 1.8), axis=1)
    return _cut_corners(knots + rng.normal(0, 0.07, knots.shape))


SCRIBBLES: dict[str, Callable[[np.random.Generator], Points]] = {
    "tangle": _tangle,
    "wander": _wander,
    "knots": _knots,
    "coil": _coil,
    "spiral": _spiral,
    "zigzag": _zigzag,
    "hatching": _hatching,
}

MAKERS: dict[str, Callable[[np.random.Generator, str, int, float], Thing]] = {
    "scribble": _scribble,
    "dot": _dot,
    "line": _line,
    "grid": _grid,
    **dict.fromkeys(LETTER_FORMS, _letter),
}


def _cut_corners(line: Points) -> Points:
    """Chaikin's: each corner replaced by two softer ones."""
    before, after = line[:-1], line[1:]
    cut = np.stack((0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after), axis=1)
    return np.concatenate((line[:1], cut.reshape(-1, 2), line[-1:]))


def _dense(line: Points, step: float) -> Points:
    """The same way with points at most `step` apart, its own points among them."""
    parts = [line[:1]]
    for one, other in pairwise(line):
        count = max(1, int(np.ceil(np.hypot(*(other - one)) / step)))
        parts.append(one + np.arange(1, count + 1)[:, None] / count * (other - one))
    return np.concatenate(parts)


def _wavering(line: Points, rng: np.random.Generator) -> Points:
    """No hand draws a straight line: two slow waves on top."""
    time = np.linspace(0, 1, len(line))[:, None]
    for waves in rng.uniform(0.4, 1.6, 2):
        phase = rng.uniform(0, 2 * np.pi, 2)
        line = line + rng.normal(0, 0.012, 2) * np.sin(2 * np.pi * waves * time + phase)
    return line


def _placed(
    strokes: Sequence[Points],
    rng: np.random.Generator,
    pen: float,
    size: tuple[float, float],
    *,
    wide: float = 1.0,
    slant: float = 0.0,
    turn: float | None = None,
) -> tuple[Stroke, ...]:
    """Stretched, slanted, turned, scaled (the longer side) and put somewhere on the canvas."""
    turn = rng.normal(0, 0.09) if turn is None else turn
    cos, sin = np.cos(turn), np.sin(turn)
    plane = np.array([[cos, -sin], [sin, cos]]) @ [[1, -slant], [0, 1]] @ np.diag([wide, 1])
    strokes = [line @ plane.T for line in strokes]
    every = np.concatenate(strokes)
    low, high = every.min(axis=0), every.max(axis=0)
    # With a thick pen nobody writes small: it would be a blot.
    factor = rng.uniform(min(max(size[0], 4.2 * pen), size[1]), size[1]) / (high - low).max()
    room = 1 - (high - low) * factor - 2 * pen
    corner = pen + np.maximum(room, 0) * rng.uniform(0, 1, 2)
    return tuple(_stroke(_dense((line - low) * factor + corner, STEP), pen) for line in strokes)


def _stroke(line: Points, pen: float) -> Stroke:
    return Stroke(tuple(PenPoint(float(x), float(y), pen) for x, y in line))
