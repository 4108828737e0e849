"""Random handwriting: the random part of the built-in digits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from lenet_gui.data.builtin.path import FloatArray, Pen
from lenet_gui.data.builtin.shapes import cumulative_weights, shapes_of

WAVES: Final = 3
"""Plane waves that add up to the smooth warp of the plane."""


@dataclass(frozen=True)
class Hand:
    """How much handwriting varies, in units of the digit's height. Assumption: all of the values.

    They were chosen by eye, and by how well a network trained on the digits reads MNIST.
    """

    unsteady: float = 0.025
    """Standard deviation of each knot's position."""
    loose_ends: float = 0.03
    """Added for the first and last knot of a stroke: loops open or overshoot."""
    slant: tuple[float, float] = (0.12, 0.25)
    """Horizontal shear to the right for each unit upwards: mean and standard deviation."""
    turn: float = 0.14
    """Standard deviation of the rotation, radians."""
    stance: tuple[float, float, float] = (0.16, 0.18, 0.1)
    """Standard deviations of how much the middle is raised, the top widened, the back bent."""
    aspect: tuple[float, float] = (-0.1, 0.28)
    """Log of the width, times the designed one: mean and standard deviation."""
    warp: float = 0.03
    """Standard deviation of the smooth warp's waves, all together about sqrt(WAVES) times it."""
    pen: tuple[float, float] = (0.07, 0.23)
    """Thinnest and thickest pen, log-uniform between, for a path four times as long as its box is
    broad; a more crowded digit (a narrow 8) leaves less room, an uncrowded one (a 1) more."""
    size: tuple[float, float] = (0.3, 0.45)
    """The digit's longer side on the canvas, uniform between. Size is normalised away later, so
    the digits are written small, which is faster to paint and fine enough for 20 pixels."""
    pressure: float = 0.12
    """Standard deviation of the slow change of the pen's width along a stroke, as a share."""


@dataclass(frozen=True)
class Trace:
    """A written stroke: points [S, 2] and pen widths [S], in units of the canvas side, y down."""

    points: FloatArray
    widths: FloatArray


def write(digit: int, rng: np.random.Generator, hand: Hand) -> tuple[Trace, ...]:
    """Write a digit, 0 to 9, once; the result depends only on the generator's state."""
    choice = int(np.searchsorted(cumulative_weights(digit), rng.random(), side="right"))
    shape = shapes_of(digit)[min(choice, len(shapes_of(digit)) - 1)]
    return write_strokes(shape.strokes, rng, hand)


def write_strokes(
    strokes: Sequence[Pen], rng: np.random.Generator, hand: Hand
) -> tuple[Trace, ...]:
    """Write designed strokes once, as `write` does, whatever they stand for."""
    haste = rng.random()
    plane = _random_plane(rng, hand)
    ways, sway = _random_waves(rng, hand)
    stance = np.clip(rng.standard_normal(3), -2.5, 2.5) * hand.stance
    paths = []
    for stroke in strokes:
        knots = stroke.knots - 0.5 + hand.unsteady * rng.standard_normal(stroke.knots.shape)
        knots[[0, -1]] += hand.loose_ends * rng.standard_normal((2, 2))
        path = (1 - haste) * (stroke.careful @ knots) + haste * (stroke.hasty @ knots)
        path = _trimmed(path, rng)
        path = _with_stance(path, *stance)
        path = path + np.sin(path @ ways[:, :2].T + ways[:, 2]) @ sway
        paths.append(path @ plane.T)
    return _on_canvas(paths, rng, hand)


def _random_plane(rng: np.random.Generator, hand: Hand) -> FloatArray:
    """A matrix [2, 2] of slant, aspect and rotation."""
    lean, wide, turn = rng.standard_normal(3)
    slant = np.array([[1.0, -(hand.slant[0] + hand.slant[1] * lean)], [0.0, 1.0]])
    width = np.exp(hand.aspect[0] + hand.aspect[1] * wide)
    cos, sin = np.cos(hand.turn * turn), np.sin(hand.turn * turn)
    turned = np.array([[cos, -sin], [sin, cos]])
    return np.asarray(turned @ slant @ np.diag([width, 1.0]), dtype=np.float64)


def _with_stance(path: FloatArray, raised: float, wedge: float, bend: float) -> FloatArray:
    """The middle moved up or down, the top made wider than the foot, the back bent."""
    x, y = path.T
    bow = 0.25 - y * y
    return np.stack((x * (1 - 2 * wedge * y) + 2 * bend * bow, y - raised * bow * 2), axis=1)


def _random_waves(rng: np.random.Generator, hand: Hand) -> tuple[FloatArray, FloatArray]:
    """Waves [WAVES, 3] (frequency x, y in radians a unit, phase), and their sway [WAVES, 2]."""
    ways = np.empty((WAVES, 3))
    ways[:, :2] = 3.5 * rng.standard_normal((WAVES, 2))
    ways[:, 2] = rng.uniform(0, 2 * np.pi, WAVES)
    return ways, hand.warp * rng.standard_normal((WAVES, 2))


def _trimmed(path: FloatArray, rng: np.random.Generator) -> FloatArray:
    """The path, starting or ending a little late or, extended straight, a little further."""
    last = len(path) - 1
    late, early = np.clip(rng.normal(0.2, 0.6, 2), -1, min(1.5, last / 4))
    longer = np.concatenate((2 * path[:1] - path[1:2], path, 2 * path[-1:] - path[-2:-1]))
    where = 1 + late + np.arange(last + 1) * ((last - early - late) / last)
    below = np.minimum(where.astype(np.intp), len(longer) - 2)
    part = (where - below)[:, None]
    return np.asarray(longer[below] * (1 - part) + longer[below + 1] * part, dtype=np.float64)


def _on_canvas(paths: list[FloatArray], rng: np.random.Generator, hand: Hand) -> tuple[Trace, ...]:
    """Place the digit somewhere on the canvas, completely inside, with the ink's width along it."""
    everything = np.concatenate(paths)
    low, high = everything.min(axis=0), everything.max(axis=0)
    side = float((high - low).max())
    size = rng.uniform(*hand.size)
    thin, thick = hand.pen
    length = sum(float(np.hypot(*np.diff(path, axis=0).T).sum()) for path in paths) / side
    crowding = length / max(float(high[0] - low[0]) / side, 0.4)
    room = min(4 / crowding, 1.3)
    width = size * thin * (thick * room / thin) ** rng.random()
    margin = width * 0.75 + 0.01
    free = 1 - 2 * margin - (high - low) * (size / side)
    corner = margin + free * rng.random(2)
    traces = []
    for path in paths:
        ends = rng.standard_normal(3)  # the pressure at the start, the middle and the end
        along = np.interp(np.arange(len(path)) * (2 / (len(path) - 1)), (0, 1, 2), ends)
        widths = width * np.exp(hand.pressure * np.clip(along, -2, 2))
        traces.append(Trace((path - low) * (size / side) + corner, widths))
    return tuple(traces)
