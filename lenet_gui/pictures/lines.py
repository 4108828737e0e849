"""Smooth lines for PNG files: Pillow's own have steps."""

from itertools import pairwise
from math import ceil, dist, floor

from PIL import Image, ImageDraw

from lenet_gui.pictures.sheet import Line

_FINER = 4
"""A line is painted so many times larger, and reduced."""

Point = tuple[float, float]


def draw_line(page: Image.Image, line: Line, scale: int) -> None:
    """Paints a line on an RGB picture that has `scale` pixels a unit."""
    room = line.width + 1
    left = floor((min(x for x, _ in line.points) - room) * scale)
    top = floor((min(y for _, y in line.points) - room) * scale)
    right = ceil((max(x for x, _ in line.points) + room) * scale)
    bottom = ceil((max(y for _, y in line.points) + room) * scale)
    mask = Image.new("L", ((right - left) * _FINER, (bottom - top) * _FINER))
    draw = ImageDraw.Draw(mask)
    for stretch in stretches(line):
        places = [((x * scale - left) * _FINER, (y * scale - top) * _FINER) for x, y in stretch]
        draw.line(places, fill=255, width=round(line.width * scale * _FINER), joint="curve")
    page.paste(line.colour, (left, top), mask.reduce(_FINER))


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
