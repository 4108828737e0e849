"""Digits of a set for the canvas, also a random one with the sentence that goes with it. No Qt."""

from typing import TYPE_CHECKING

import numpy as np

from lenet_gui.data.digits import Digits, UInt8Array
from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.data.ink import trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.text.classes import picture_name
from lenet_gui.text.figures import upper_first

if TYPE_CHECKING:
    from numpy.random import Generator  # numpy loads it late, and the window opens without it

_SEEDS = 2**31


def random_test_digit(digits: Digits, random: "Generator") -> tuple[Drawing, str]:
    """One of the test set, such as "MNIST test digit 12, a 7"."""
    index = int(random.integers(len(digits)))
    return drawing_of(digits, index), f"{upper_first(picture_name(digits, index))}."


def random_stand_in(random: "Generator") -> tuple[Drawing, str]:
    """A built-in digit, written now, as MNIST is not on this machine."""
    from lenet_gui.data.builtin import builtin_digits

    digits = builtin_digits(1, seed=int(random.integers(_SEEDS)))
    told = (
        f"A built-in {digits.labels[0]}: MNIST is not on this machine; "
        "choose it with File, Data set, or download it in the training panel."
    )
    return drawing_of(digits, 0), told


def drawing_of(digits: Digits, index: int) -> Drawing:
    """One of a set on the canvas, with its label if that is a digit."""
    label = int(digits.labels[index]) if digits.are_digits else None
    return drawing_of_picture(digits.images[index], label)


def drawing_of_picture(image: UInt8Array, label: int | None = None) -> Drawing:
    """A picture of a set, uint8 [28, 28], on the canvas; `label`: the digit that it is.

    It is read as it is, whatever the preprocessing would make of it: of nearly all of MNIST's
    digits that is the same.
    """
    ink = image.astype(np.float32) / 255
    drawing = Drawing(backdrop=Backdrop(ink, label))
    steps = trace_ink(paint(drawing))
    if steps is None or np.array_equal(np.rint(steps.centred * 255), image):
        return drawing
    return Drawing(backdrop=Backdrop(ink, label, is_framed=True))
