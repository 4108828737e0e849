"""Importing pictures: a file, something dropped, something copied.

The modules that read them are loaded with the first one, so that the window need not wait.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage, QPixmap

from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.found import NotOneDigitError
from lenet_gui.data.pictures.levels import Pixels
from lenet_gui.data.pictures.steps import PictureSteps
from lenet_gui.errors import UserError
from lenet_gui.gui.core.qimage import from_qimage_with_alpha
from lenet_gui.text.answers import no_single_digit

PictureSource = Path | NDArray[np.uint8]
"""A file, or colours: uint8 [h, w, 3], or with transparency [h, w, 4]."""

_NOTHING = "There is no picture on the clipboard: copy one first, then paste it here."


def holds_picture(mime: QMimeData) -> bool:
    """Whether what is dragged or copied may be a picture: an address or image data."""
    return mime.hasImage() or mime.hasUrls()


def source_of_mime(mime: QMimeData | None) -> PictureSource:
    """The dropped or copied picture.

    A file on this computer comes first, as it holds the picture unchanged, then image data. An
    empty clipboard gives None.

    Raises UserError: no picture there, an address elsewhere, or image data that cannot be read.
    """
    if mime is None:
        raise UserError(_NOTHING)
    urls = mime.urls()
    for url in urls:
        if url.isLocalFile():
            return Path(url.toLocalFile())
    if mime.hasImage():
        return from_qimage_with_alpha(_image(mime))
    if urls:
        raise UserError(
            f"{urls[0].toDisplayString()} is not a file on this computer: save the picture first, "
            "then open it."
        )
    raise UserError(_NOTHING)


def imported(source: PictureSource) -> Drawing:
    """A new drawing on a picture; if it shows several digits, or none, on no ink.

    Raises UserError: the picture cannot be read, is too large, or too small.
    """
    from lenet_gui.data.pictures.ink import ink_of_picture, ink_of_pixels

    try:
        found = ink_of_picture(source) if isinstance(source, Path) else ink_of_pixels(source)
    except NotOneDigitError as refusal:
        found = refusal.found
    return Drawing(backdrop=Backdrop(found.ink, steps=PictureSteps.of(found)))


def imported_within(steps: PictureSteps, part: Box) -> Drawing:
    """A new drawing on a part of a picture that was imported before.

    Raises UserError: it shows no ink there, or several digits, or is too small.
    """
    from lenet_gui.data.pictures.ink import find_ink

    pixels = Pixels(steps.levels.astype(np.float32) / np.float32(255))
    try:
        found = find_ink(pixels, "The rectangle", part)
    except NotOneDigitError as refusal:
        shown = no_single_digit(refusal.found.digits)
        raise UserError(f"{shown} in the rectangle: draw it around one digit.") from refusal
    return Drawing(backdrop=Backdrop(found.ink, steps=PictureSteps.of(found, steps.levels)))


def _image(mime: QMimeData) -> QImage:
    """Image data that was dropped or copied, reduced as a file of that size would be."""
    from lenet_gui.data.pictures.limits import LONGEST_SIDE, MOST_PIXELS

    data = mime.imageData()
    image = data.toImage() if isinstance(data, QPixmap) else data
    if not isinstance(image, QImage) or image.isNull():
        raise UserError("The copied picture cannot be read: save it as a file, then open that.")
    width, height = image.width(), image.height()
    if width * height > MOST_PIXELS:
        raise UserError(
            f"The copied picture is too large ({width}x{height} pixels): crop or reduce it to at "
            f"most {MOST_PIXELS // 1_000_000} million pixels."
        )
    if max(width, height) <= LONGEST_SIDE:
        return image
    return image.scaled(
        LONGEST_SIDE,
        LONGEST_SIDE,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
