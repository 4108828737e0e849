"""A random digit for the canvas, and the sentence that goes with it. No Qt."""

from typing import TYPE_CHECKING

import numpy as np

from lenet_gui.data.digits import Digits
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
    """One of a set on the canvas, with its label if that is a digit.

    It is read as it is in the set, whatever the preprocessing would make of it: of MNIST that is
    the same.
    """
    image = digits.images[index]
    ink = image.astype(np.float32) / 255
    label = int(digits.labels[index]) if digits.are_digits else None
    drawing = Drawing(backdrop=Backdrop(ink, label))
    steps = trace_ink(paint(drawing))
    if steps is None or np.array_equal(np.rint(steps.centred * 255), image):
        return drawing
    return Drawing(backdrop=Backdrop(ink, label, is_framed=True))
