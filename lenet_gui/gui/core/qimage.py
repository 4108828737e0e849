"""Between numpy and QImage, both ways, always copying: the only place that converts pixels.

A QImage's rows are padded to four bytes, so a picture 14 or 5 pixels wide has rows longer than
its width; and an array that merely looks into a QImage reads freed memory once that image is gone.
Here every row's true length is passed or read, and nothing is shared.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

Pixels = NDArray[np.uint8]


def to_qimage_grey(grey: Pixels) -> QImage:
    """A grey picture with its own memory from uint8 [h, w]; 0 is black, 255 white."""
    return _image(_checked(grey, 2), QImage.Format.Format_Grayscale8)


def to_qimage_rgb(rgb: Pixels) -> QImage:
    """A colour picture with its own memory from uint8 [h, w, 3]."""
    return _image(_checked(rgb, 3), QImage.Format.Format_RGB888)


def to_qimage_indexed(indices: Pixels, lut: Pixels) -> QImage:
    """A picture with its own memory whose colours are looked up in a table.

    It is of true colours (RGB32): painting enlarges them several times faster than indexed ones.

    Args:
        indices: uint8 [h, w], positions in the table.
        lut: uint8 [n, 3], n at most 256; every index is below n.

    Raises:
        ValueError: of wrong shapes or kinds, or of an index beyond the table.
    """
    table = np.ascontiguousarray(lut)
    if table.dtype != np.uint8 or table.ndim != 2 or table.shape[1] != 3 or len(table) > 256:
        raise ValueError(f"a colour table is uint8 [at most 256, 3], not {lut.dtype} {lut.shape}")
    checked = _checked(indices, 2)
    if int(checked.max()) >= len(table):
        raise ValueError(f"index {int(checked.max())} in a table of {len(table)} colours")
    return _image(_colours(table.tobytes())[checked], QImage.Format.Format_RGB32)


@lru_cache(maxsize=32)
def _colours(table: bytes) -> NDArray[np.uint32]:
    """A colour table as RGB32 has it, 0xffRRGGBB, made once for every table in use."""
    rgb = np.frombuffer(table, np.uint8).reshape(-1, 3).astype(np.uint32)
    opaque = np.left_shift(np.uint32(255), np.uint32(24))
    colours: NDArray[np.uint32] = opaque | rgb[:, 0] << 16 | rgb[:, 1] << 8 | rgb[:, 2]
    return colours


def from_qimage(image: QImage) -> Pixels:
    """The pixels of any QImage as uint8 [h, w, 3], in their own memory.

    Transparent parts are shown on white, like paper.

    Raises:
        ValueError: when the picture is null (no pixels at all).
    """
    if image.isNull():
        raise ValueError("the picture has no pixels")
    if image.hasAlphaChannel():
        opaque = QImage(image.size(), QImage.Format.Format_RGB888)
        opaque.fill(Qt.GlobalColor.white)
        plain = QImage(image)
        plain.setDevicePixelRatio(1.0)
        painter = QPainter(opaque)
        painter.drawImage(0, 0, plain)
        painter.end()
    else:
        opaque = image.convertToFormat(QImage.Format.Format_RGB888)
    height, width = opaque.height(), opaque.width()
    rows = np.frombuffer(opaque.constBits(), dtype=np.uint8).reshape(height, opaque.bytesPerLine())
    return rows[:, : 3 * width].reshape(height, width, 3).copy()


def from_qimage_with_alpha(image: QImage) -> Pixels:
    """The same, but with transparency where the picture has any: uint8 [h, w, 4].

    Raises:
        ValueError: when the picture is null (no pixels at all).
    """
    if not image.hasAlphaChannel():
        return from_qimage(image)
    coloured = image.convertToFormat(QImage.Format.Format_RGBA8888)
    height, width = coloured.height(), coloured.width()
    rows = np.frombuffer(coloured.constBits(), np.uint8).reshape(height, coloured.bytesPerLine())
    return rows[:, : 4 * width].reshape(height, width, 4).copy()


def _checked(pixels: Pixels, dimensions: int) -> Pixels:
    colour = pixels.ndim != 3 or pixels.shape[2] == 3
    if pixels.dtype != np.uint8 or pixels.ndim != dimensions or pixels.size == 0 or not colour:
        wanted = "[h, w, 3]" if dimensions == 3 else "[h, w]"
        raise ValueError(f"a picture is uint8 {wanted}, not {pixels.dtype} {pixels.shape}")
    return np.ascontiguousarray(pixels)


def _image(pixels: Pixels | NDArray[np.uint32], form: QImage.Format) -> QImage:
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], form).copy()
