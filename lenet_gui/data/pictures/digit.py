"""From a picture of a digit to the digit in it, as the window reads a picture that is opened."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.data.ink import Box, InkSteps, trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.data.pictures.file import ADVICE, COPIED, name_of, pixels_of_image
from lenet_gui.data.pictures.found import FoundInk
from lenet_gui.data.pictures.ink import NO_INK, find_ink_within, ink_of_picture, ink_of_pixels
from lenet_gui.data.pictures.steps import PictureSteps
from lenet_gui.errors import UserError


@dataclass(frozen=True, eq=False, repr=False)
class PictureInkSteps(InkSteps):
    """The preprocessing of a digit in a picture, and before it, how its ink was found there."""

    picture: PictureSteps


def digit_of_picture(source: Path | bytes, region: Box | None = None) -> PictureInkSteps:
    """The digit in a picture file (or in its bytes), preprocessed, with every step.

    Raises:
        UserError: it cannot be read or does not show one digit; the sentence names the file.
    """
    return _preprocessed(ink_of_picture(source, region), name_of(source))


def digit_of_image(image: Image.Image, region: Box | None = None) -> PictureInkSteps:
    """The same of a picture that Pillow has opened.

    Raises:
        UserError: it does not show one digit.
    """
    return _preprocessed(find_ink_within(pixels_of_image(image), COPIED, region), COPIED)


def digit_of_pixels(colours: NDArray[np.uint8], region: Box | None = None) -> PictureInkSteps:
    """The same in `colours` [h, w, 3] or, with alpha, [h, w, 4].

    Raises:
        ValueError: another shape.
        UserError: they do not show one digit.
    """
    return _preprocessed(ink_of_pixels(colours, region), COPIED)


def _preprocessed(found: FoundInk, name: str) -> PictureInkSteps:
    steps = trace_ink(paint(Drawing(backdrop=Backdrop(found.ink))))
    if steps is None:
        raise UserError(f"{name} {NO_INK}: {ADVICE}.")
    return PictureInkSteps(**vars(steps), picture=PictureSteps.of(found))
