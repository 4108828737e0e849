"""Where words can be placed in a plot so that no line goes through them."""

import math
from collections.abc import Iterator

import numpy as np

from lenet_gui.pictures.chart.frame import LINE, Frame, room_of
from lenet_gui.pictures.chart.model import Curve
from lenet_gui.pictures.sheet import SMALL_SIZE

_GAP = 4
"""Between words and what they belong to, in units."""

_FOOT = 3
"""How far letters reach below their baseline, in units."""

_CLEARANCE = 2
"""Between words and a line, in units."""

_FARTHEST = 4 * LINE

Span = tuple[float, float]


def words_baselines(frame: Frame) -> dict[str, int]:
    """The baselines of the words that belong to curves, by the curve's name.

    The words end with the plot. They are as near as possible to the curve's last point, below it
    rather than above, where neither a curve nor other words nor, if there is such a place, a line
    of the grid goes through them; if there is no such place, just below the point.
    """
    found: dict[str, int] = {}
    curves = [each for each in frame.panel.series if isinstance(each, Curve)]
    grid = frame.panel.y.ticks if frame.panel.y.has_grid else ()
    level = [(frame.y(tick.at), frame.y(tick.at)) for tick in grid]
    words: list[Span] = []
    for curve in curves:
        if not curve.words or not len(curve.x):
            continue
        left = frame.right - room_of(curve.words)
        lines = [span for each in curves for span in _spans(frame, each, left)]
        places = list(_places(frame, curve))
        clear = [place for place in places if _is_clear(place, [*lines, *words])]
        best = [place for place in clear if _is_clear(place, level)]
        found[curve.name] = (best or clear or places)[0]
        words.append(_span_of(found[curve.name]))
    return found


def _places(frame: Frame, curve: Curve) -> Iterator[int]:
    """Baselines from the nearest to the farthest."""
    at = frame.y_of(curve, float(curve.y[-1]))
    reach = curve.look.radius if curve.look.symbol else curve.look.width / 2
    for more in range(_FARTHEST):
        below = round(at + reach) + _GAP + SMALL_SIZE - _FOOT + more
        above = round(at - reach) - _GAP - _FOOT - more
        if below + _FOOT <= frame.bottom or not more:
            yield min(below, frame.bottom - _FOOT)
        if above - SMALL_SIZE >= frame.top:
            yield above


def _spans(frame: Frame, curve: Curve, left: float) -> Iterator[Span]:
    """The heights that a curve covers, for each unit from `left` to the plot's end."""
    look = curve.look
    x = np.array([frame.x(value) for value in curve.x.tolist()])
    y = np.array(
        [frame.y_of(curve, each) if math.isfinite(each) else each for each in curve.y.tolist()]
    )
    if look.symbol is not None:
        for place in y[x + look.radius >= left].tolist():
            yield place - look.radius, place + look.radius
    if look.width and len(x) > 1:
        at = np.arange(max(left, float(x[0])), min(frame.right, float(x[-1])) + 1)
        for place in np.interp(at, x, y).tolist():
            yield place - look.width / 2, place + look.width / 2


def _span_of(baseline: float) -> Span:
    return baseline - SMALL_SIZE + _FOOT, baseline + _FOOT


def _is_clear(baseline: int, spans: list[Span]) -> bool:
    top, bottom = _span_of(baseline)
    return all(high < top - _CLEARANCE or low > bottom + _CLEARANCE for low, high in spans)
