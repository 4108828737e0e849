"""Ink that is not a digit: scribbles, dots, lines, grids and letters, in random handwriting.

They teach a network its rubbish class (Eq. 9). Assumption: all of the kinds and their shares.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from lenet_gui.data.builtin.hand import Hand, Trace, write_strokes
from lenet_gui.data.builtin.letters import LETTERS, shapes_of_letter
from lenet_gui.data.builtin.path import Pen
from lenet_gui.data.builtin.sets import Progress, Stream, image_of, tell
from lenet_gui.data.digits import DIGIT_SIDE, UInt8Array

Kind = Callable[[np.random.Generator, Hand], tuple[Trace, ...]]


def builtin_rubbish(
    count: int, seed: int, progress: Progress | None = None, *, stream: Stream = Stream.TRAINING
) -> UInt8Array:
    """Pictures [count, 28, 28] of ink that is not a digit, made like `builtin_digits`.

    Picture i depends only on (stream, seed, i).

    Raises:
        ValueError: a number is negative.
    """
    if min(count, seed) < 0:
        raise ValueError(f"count and seed are not negative: {count}, {seed}")
    images = np.empty((count, DIGIT_SIDE, DIGIT_SIDE), np.uint8)
    hand = Hand()
    for number in range(count):
        rng = np.random.default_rng((seed, stream, 2, number))
        images[number] = image_of(write_rubbish(rng, hand))
        tell(progress, number + 1, count)
    return images


def write_rubbish(rng: np.random.Generator, hand: Hand) -> tuple[Trace, ...]:
    """Write one thing that is not a digit; it depends only on the generator's state."""
    place = int(np.searchsorted(_UP_TO, rng.random(), side="right"))
    return _KINDS[min(place, len(_KINDS) - 1)][0](rng, hand)


def _letter(rng: np.random.Generator, hand: Hand) -> tuple[Trace, ...]:
    shapes = shapes_of_letter(LETTERS[rng.integers(len(LETTERS))])
    return write_strokes(shapes[rng.integers(len(shapes))].strokes, rng, hand)


def _scribble(rng: np.random.Generator, hand: Hand) -> tuple[Trace, ...]:
    """A wandering pen: a long line that nearly always crosses itself."""
    strokes = []
    for _ in range(rng.integers(1, 3)):
        knots = rng.random((rng.integers(7, 18), 2))
        corners = tuple(i for i in range(1, len(knots) - 1) if rng.random() < 0.3)
        strokes.append(Pen(knots, corners))
    return write_strokes(strokes, rng, hand)


def _zigzag(rng: np.random.Generator, hand: Hand) -> tuple[Trace, ...]:
    turns = int(rng.integers(5, 12))
    along, across = np.linspace(0, 1, turns), np.arange(turns) % 2
    knots = np.stack((along, across + rng.normal(0, 0.08, turns)), axis=1)
    if rng.random() < 0.5:
        knots = knots[:, ::-1].copy()
    sharp = tuple(range(1, turns - 1)) if rng.random() < 0.6 else ()
    return write_strokes([Pen(knots, sharp)], rng, hand)


def _spiral(rng: np.random.Generator, hand: Hand) -> tuple[Trace, ...]:
    turn = np.arange(0, rng.uniform(2.2, 4), 1 / 8) * 2 * np.pi + rng.uniform(0, 2 * np.pi)
    radius = np.linspace(0.05, 0.5, len(turn))
    way = rng.choice([-1, 1])
    knots = 0.5 + np.stack((radius * np.cos(turn), way * radius * np.sin(turn)), axis=1)
    return write_strokes([Pen(knots, ())], rng, hand)


def _line(start: tuple[float, float], end: tuple[float, float]) -> Pen:
    return Pen(np.linspace(start, end, 3), ())


def _lines(rng: np.random.Generator, hand: Hand) -> tuple[Trace, ...]:
    """One to three lines that are not upright: an upright one is a 1."""
    strokes = []
    for place in range(rng.integers(1, 4)):
        tilt = rng.uniform(-0.3, 0.3)
        strokes.append(_line((0, 0.3 * place - tilt / 2), (1, 0.3 * place + tilt / 2)))
    return write_strokes(strokes, rng, hand)


def _grid(rng: np.random.Generator, hand: Hand) -> tuple[Trace, ...]:
    standing, lying = rng.integers(2, 5, 2)
    over = rng.choice([0, 0.15])  # whether the lines stick out
    xs, ys = np.linspace(over, 1 - over, standing), np.linspace(over, 1 - over, lying)
    strokes = [_line((x, 0), (x, 1)) for x in xs] + [_line((0, y), (1, y)) for y in ys]
    return write_strokes(strokes, rng, hand)


def _sticks(rng: np.random.Generator, hand: Hand) -> tuple[Trace, ...]:
    """Straight strokes anywhere, in any direction."""
    strokes = [Pen(rng.random((2, 2)), ()) for _ in range(rng.integers(4, 8))]
    return write_strokes(strokes, rng, hand)


def _dots(rng: np.random.Generator, hand: Hand) -> tuple[Trace, ...]:
    """A touch of the pen, or a few."""
    count = int(rng.choice([1, 1, 2, 3]))
    width = float(rng.uniform(*hand.pen)) * 0.6
    middles = 0.5 + rng.uniform(-0.2, 0.2, (count, 2))
    return tuple(
        Trace(middle + rng.normal(0, width * 0.15, (3, 2)), np.full(3, width)) for middle in middles
    )


_KINDS: Final[tuple[tuple[Kind, float], ...]] = (
    (_letter, 0.46),
    (_scribble, 0.16),
    (_sticks, 0.1),
    (_grid, 0.08),
    (_lines, 0.07),
    (_dots, 0.05),
    (_zigzag, 0.05),
    (_spiral, 0.03),
)
_UP_TO: Final = np.cumsum([share for _, share in _KINDS])
