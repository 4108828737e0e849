"""Pixels go to QImage and back unchanged, at widths whose rows Qt pads, and share no memory."""

import gc

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from lenet_gui.gui.core.qimage import (
    from_qimage,
    from_qimage_with_alpha,
    to_qimage_grey,
    to_qimage_indexed,
    to_qimage_rgb,
)

SIZES = [(14, 14), (5, 5), (3, 5), (28, 28), (1, 1), (7, 12)]


def noise(*shape: int) -> NDArray[np.uint8]:
    return np.random.default_rng(sum(shape)).integers(0, 256, shape, dtype=np.uint8)


@pytest.mark.parametrize(("height", "width"), SIZES)
def test_grey_comes_back_in_three_equal_channels(height: int, width: int) -> None:
    grey = noise(height, width)
    back = from_qimage(to_qimage_grey(grey))
    assert np.array_equal(back, np.repeat(grey[:, :, None], 3, axis=2))


@pytest.mark.parametrize(("height", "width"), SIZES)
def test_colours_come_back_as_they_went(height: int, width: int) -> None:
    rgb = noise(height, width, 3)
    assert np.array_equal(from_qimage(to_qimage_rgb(rgb)), rgb)


@pytest.mark.parametrize(("height", "width"), SIZES)
def test_indices_are_looked_up_in_the_table(height: int, width: int) -> None:
    indices, lut = noise(height, width), noise(256, 3)
    image = to_qimage_indexed(indices, lut)
    assert np.array_equal(from_qimage(image), lut[indices])
    corner = image.pixelColor(width - 1, height - 1)
    assert (corner.red(), corner.green(), corner.blue()) == tuple(lut[indices[-1, -1]])


def test_single_pixels_lie_where_they_were_put() -> None:
    grey = np.zeros((5, 14), np.uint8)
    grey[3, 13] = 200
    image = to_qimage_grey(grey)
    assert image.pixelColor(13, 3) == QColor(200, 200, 200)
    assert image.pixelColor(12, 3) == QColor(0, 0, 0)


@pytest.mark.parametrize("width", [5, 14])
def test_nothing_is_shared_either_way(width: int) -> None:
    grey = noise(9, width)
    image = to_qimage_grey(grey)
    before = grey.copy()
    grey[:] = 0
    pixels = from_qimage(image)
    assert np.array_equal(pixels[:, :, 0], before)
    image.fill(7)
    del image
    gc.collect()
    assert np.array_equal(pixels[:, :, 0], before)
    assert pixels.flags.owndata
    assert pixels.flags.writeable


def test_arrays_that_are_views_come_through_whole() -> None:
    wide = noise(20, 30)
    view = wide[2:16:2, 1:28:2]
    assert np.array_equal(from_qimage(to_qimage_grey(view))[:, :, 0], view)
    flipped = noise(6, 5, 3)[::-1, ::-1]
    assert np.array_equal(from_qimage(to_qimage_rgb(flipped)), flipped)


def test_transparent_parts_are_shown_on_white() -> None:
    image = QImage(5, 3, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    image.setPixelColor(4, 2, QColor(10, 20, 30))
    image.setDevicePixelRatio(2.0)
    pixels = from_qimage(image)
    assert pixels.shape == (3, 5, 3)
    assert tuple(pixels[2, 4]) == (10, 20, 30)
    assert (pixels[0] == 255).all()


def test_wrong_arrays_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\[h, w\]"):
        to_qimage_grey(noise(4, 4, 3))
    with pytest.raises(ValueError, match=r"\[h, w, 3\]"):
        to_qimage_rgb(noise(4, 4, 4))
    with pytest.raises(ValueError, match="uint8"):
        to_qimage_grey(np.zeros((4, 4), np.float32))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="uint8"):
        to_qimage_grey(np.zeros((0, 4), np.uint8))
    with pytest.raises(ValueError, match="table of 10"):
        to_qimage_indexed(np.full((2, 2), 10, np.uint8), noise(10, 3))
    with pytest.raises(ValueError, match="colour table"):
        to_qimage_indexed(np.zeros((2, 2), np.uint8), noise(10, 4))
    with pytest.raises(ValueError, match="no pixels"):
        from_qimage(QImage())


@pytest.mark.parametrize("width", [28, 14, 5])
def test_transparency_is_read_where_there_is_any(width: int) -> None:
    image = QImage(width, 2, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    image.setPixelColor(width - 1, 1, QColor(255, 100, 0))
    pixels = from_qimage_with_alpha(image)
    assert pixels.shape == (2, width, 4)
    assert pixels[1, -1].tolist() == [255, 100, 0, 255]
    assert not pixels[0, :, 3].any()
    opaque = to_qimage_grey(np.full((2, width), 7, np.uint8))
    assert np.array_equal(from_qimage_with_alpha(opaque), from_qimage(opaque))
    with pytest.raises(ValueError, match="no pixels"):
        from_qimage_with_alpha(QImage())
