"""Rectangles stay on their picture, and keep what moving and stretching leave alone."""

from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.rectangle import SMALLEST, between, middle, moved, stretched

SIZES = st.tuples(st.integers(SMALLEST, 1024), st.integers(SMALLEST, 1024))
PLACES = st.floats(-2000, 2000)
STEPS = st.floats(-3000, 3000)


@st.composite
def boxes(draw: st.DrawFn) -> tuple[Box, tuple[int, int]]:
    width, height = draw(SIZES)
    left, top = draw(st.integers(0, width - SMALLEST)), draw(st.integers(0, height - SMALLEST))
    right = draw(st.integers(left + SMALLEST, width))
    return Box(left, top, right, draw(st.integers(top + SMALLEST, height))), (width, height)


def lies_on(box: Box, size: tuple[int, int]) -> bool:
    inside = box.left >= 0 and box.top >= 0 and box.right <= size[0] and box.bottom <= size[1]
    return inside and min(box.width, box.height) >= SMALLEST


@given(st.tuples(PLACES, PLACES), st.tuples(PLACES, PLACES), SIZES)
def test_a_rectangle_between_two_points_is_that_part_of_the_picture(
    one: tuple[float, float], other: tuple[float, float], size: tuple[int, int]
) -> None:
    box = between(one, other, size)
    assert between(other, one, size) == box
    if box is not None:
        assert lies_on(box, size)
        for point in (one, other):
            x, y = (min(max(at, 0), length) for at, length in zip(point, size, strict=True))
            assert box.left - 0.5 <= x <= box.right + 0.5
            assert box.top - 0.5 <= y <= box.bottom + 0.5


@given(boxes(), STEPS, STEPS)
def test_a_moved_rectangle_keeps_its_size(
    given: tuple[Box, tuple[int, int]], right: float, down: float
) -> None:
    box, size = given
    found = moved(box, right, down, size)
    assert lies_on(found, size)
    assert (found.width, found.height) == (box.width, box.height)
    assert moved(found, 0, 0, size) == found


@given(boxes(), STEPS, STEPS)
def test_a_stretched_rectangle_keeps_its_corner(
    given: tuple[Box, tuple[int, int]], right: float, down: float
) -> None:
    box, size = given
    found = stretched(box, right, down, size)
    assert lies_on(found, size)
    assert (found.left, found.top) == (box.left, box.top)


@given(SIZES)
def test_the_middle_is_on_every_picture(size: tuple[int, int]) -> None:
    assert lies_on(middle(size), size)
