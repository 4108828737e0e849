"""Rectangles on a picture: drawn between two points, moved, and stretched."""

from lenet_gui.data.ink import Box

Size = tuple[int, int]
"""The picture's width and height, in pixels."""

SMALLEST = 4
"""Pixels of the shorter side; what is smaller shows no digit."""


def between(one: tuple[float, float], other: tuple[float, float], size: Size) -> Box | None:
    """The rectangle with these corners (x, y), cut at the picture's edge; None if too small."""
    ends = []
    for at, length in zip(zip(one, other, strict=True), size, strict=True):
        low, high = (min(max(round(each), 0), length) for each in sorted(at))
        ends.append((low, high))
    (left, right), (top, bottom) = ends
    box = Box(left, top, right, bottom)
    return box if min(box.width, box.height) >= SMALLEST else None


def moved(box: Box, right: float, down: float, size: Size) -> Box:
    """A rectangle moved by some pixels, as far as there is room."""
    x = round(min(max(right, -box.left), size[0] - box.right))
    y = round(min(max(down, -box.top), size[1] - box.bottom))
    return Box(box.left + x, box.top + y, box.right + x, box.bottom + y)


def stretched(box: Box, right: float, down: float, size: Size) -> Box:
    """A rectangle whose right and lower edges are moved by some pixels, as far as there is room."""
    return Box(
        box.left,
        box.top,
        round(min(max(box.right + right, box.left + SMALLEST), size[0])),
        round(min(max(box.bottom + down, box.top + SMALLEST), size[1])),
    )


def middle(size: Size) -> Box:
    """The rectangle in the middle, of half the picture's sides; all of a tiny picture."""
    width, height = size
    if min(size) < 2 * SMALLEST:
        return Box(0, 0, width, height)
    return Box(width // 4, height // 4, width - width // 4, height - height // 4)
