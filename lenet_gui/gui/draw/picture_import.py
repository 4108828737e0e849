"""Importing pictures: a file, something dropped, something copied.

The modules that read them are loaded with the first one, so that the window need not wait.
"""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage, QPixmap

from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.errors import UserError
from lenet_gui.gui.core.qimage import from_qimage

_NOTHING = "There is no picture on the clipboard: copy one first, then paste it here."


def load_picture(path: Path | str) -> Drawing:
    """The picture in a file as the backdrop of a new drawing.

    Raises UserError: the file cannot be read, is not a picture, is too large, or shows no ink.
    """
    from lenet_gui.data.pictures.ink import ink_of_picture

    return Drawing(backdrop=Backdrop(ink_of_picture(Path(path)).ink))


def holds_picture(mime: QMimeData) -> bool:
    """Whether what is dragged or copied may be a picture: an address or image data."""
    return mime.hasImage() or mime.hasUrls()


def drawing_of_mime(mime: QMimeData | None) -> Drawing:
    """The dropped or copied picture as the backdrop of a new drawing.

    A file on this computer comes first, as it holds the picture unchanged, then image data. An
    empty clipboard gives None.

    Raises UserError: no picture there, an address elsewhere, or a picture that cannot be used.
    """
    if mime is None:
        raise UserError(_NOTHING)
    urls = mime.urls()
    for url in urls:
        if url.isLocalFile():
            return load_picture(url.toLocalFile())
    if mime.hasImage():
        from lenet_gui.data.pictures.ink import ink_of_pixels

        return Drawing(backdrop=Backdrop(ink_of_pixels(from_qimage(_image(mime))).ink))
    if urls:
        raise UserError(
            f"{urls[0].toDisplayString()} is not a file on this computer: save the picture first, "
            "then open it."
        )
    raise UserError(_NOTHING)


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
