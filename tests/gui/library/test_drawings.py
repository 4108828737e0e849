"""Pictures of sets on the canvas: as the preprocessing makes them, or framed."""

import numpy as np
import pytest

from lenet_gui.data.builtin import builtin_digits
from lenet_gui.data.digits import UInt8Array
from lenet_gui.data.drawing import Drawing
from lenet_gui.data.ink import trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.gui.library.drawings import drawing_of, drawing_of_picture

SEVEN = builtin_digits(8, seed=3).images[7]


def read_of(drawing: Drawing) -> UInt8Array:
    """What the network is given of it, in 256 greys."""
    steps = trace_ink(paint(drawing), is_framed=drawing.is_framed)
    assert steps is not None
    return np.rint(steps.centred * 255).astype(np.uint8)


def cloth() -> UInt8Array:
    """Dark from edge to edge but for a bright button."""
    picture = np.random.default_rng(0).integers(20, 60, (28, 28), np.uint8)
    picture[12:14, 13] = 255
    return picture


@pytest.mark.parametrize(
    ("picture", "is_framed"),
    [
        (SEVEN, False),
        (np.roll(SEVEN, 3, axis=0), True),  # not in the middle
        (np.pad(SEVEN[::2, ::2], 7), True),  # not 20 pixels long
        (cloth(), True),
    ],
)
def test_a_picture_is_read_as_it_is_and_framed_only_where_it_must_be(
    picture: UInt8Array, is_framed: bool
) -> None:
    drawing = drawing_of_picture(picture, 7)
    assert drawing.is_framed == is_framed
    assert drawing.label == 7
    assert np.array_equal(read_of(drawing), picture)


def test_every_built_in_digit_is_read_as_it_is() -> None:
    digits = builtin_digits(200, seed=5)
    for index in range(len(digits)):
        drawing = drawing_of(digits, index)
        assert drawing.label == digits.labels[index]
        assert np.array_equal(read_of(drawing), digits.images[index])


def test_a_picture_without_ink_is_clean_paper() -> None:
    drawing = drawing_of_picture(np.zeros((28, 28), np.uint8))
    assert trace_ink(paint(drawing), is_framed=drawing.is_framed) is None
