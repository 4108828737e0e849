"""Smooth lines and areas for PNG files: Pillow's own have steps."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, dist, floor

from PIL import Image, ImageDraw

from lenet_gui.pictures.sheet import Area, Line

_FINER = 4
"""Everything is painted so many times larger, and reduced."""

Point = tuple[float, float]


def draw_line(page: Image.Image, line: Line, scale: int) -> None:
    """Paints a line on an RGB picture that has `scale` pixels a unit."""
    mask = _Mask(line.points, line.width + 1, scale)
    for stretch in stretches(line):
        width = round(line.width * scale * _FINER)
        mask.draw.line(mask.places(stretch), fill=255, width=width, joint="curve")
    mask.paint(page, line.colour)


def draw_area(page: Image.Image, area: Area, scale: int) -> None:
    """Paints an area on an RGB picture that has `scale` pixels a unit."""
    mask = _Mask(area.points, 1, scale)
    mask.draw.polygon(mask.places(area.points), fill=255)
    mask.paint(page, area.colour)


class _Mask:
    """What is to be coloured, of the room around some points, `_FINER` times as large."""

    def __init__(self, points: Sequence[Point], room: float, scale: int) -> None:
        self._scale = scale
        self._left = floor((min(x for x, _ in points) - room) * scale)
        self._top = floor((min(y for _, y in points) - room) * scale)
        right = ceil((max(x for x, _ in points) + room) * scale)
        bottom = ceil((max(y for _, y in points) + room) * scale)
        size = (right - self._left) * _FINER, (bottom - self._top) * _FINER
        self._mask = Image.new("L", size)
        self.draw = ImageDraw.Draw(self._mask)

    def places(self, points: Sequence[Point]) -> list[Point]:
        """Where points lie on the mask."""
        return [
            ((x * self._scale - self._left) * _FINER, (y * self._scale - self._top) * _FINER)
            for x, y in points
        ]

    def paint(self, page: Image.Image, colour: str) -> None:
        """Colours the page through the mask."""
        page.paste(colour, (self._left, self._top), self._mask.reduce(_FINER))


def stretches(line: Line) -> list[list[Point]]:
    """The parts of a line that are painted: all of it, or its dashes."""
    if not line.dash:
        return [list(line.points)]
    found: list[list[Point]] = []
    gone = 0.0  # from the line's beginning
    for start, end in pairwise(line.points):
        length = dist(start, end)
        at = 0.0
        while at < length:
            number, into = divmod(gone + at, line.dash)
            until = min(length, at + max(line.dash - into, line.dash * 1e-6))
            if number % 2 == 0:
                found.append(
                    [_between(start, end, at / length), _between(start, end, until / length)]
                )
            at = until
        gone += length
    return found


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
