"""Readings of a plain seven and a plain one, by untrained networks of fixed seed."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from lenet_gui.explore.reading import Reading, read_digit
from lenet_gui.gui.network_places import NetworkLayout
from lenet_gui.gui.qimage import from_qimage
from lenet_gui.net.architecture import InitialWeights, Variant
from lenet_gui.net.lenet5 import build


def _image(digit: int) -> np.ndarray:
    image = np.zeros((28, 28), np.float32)
    if digit == 7:
        image[6:9, 7:21] = 1.0
        for row in range(9, 23):
            column = 20 - (row - 9) // 2
            image[row, column - 2 : column + 1] = 0.9
    else:
        image[5:23, 13:16] = 1.0
    return image


@pytest.fixture(scope="session")
def read() -> Callable[..., Reading]:
    """`read(variant, digit)`: what a network that never learned makes of a drawn digit."""
    networks = {
        variant: build(
            variant, torch.Generator().manual_seed(7), InitialWeights.INVERSE_SQRT
        ).eval()
        for variant in Variant
    }

    def reading(variant: Variant, digit: int = 7) -> Reading:
        return read_digit(networks[variant], _image(digit))

    return reading


@pytest.fixture
def pixels() -> Callable[[QWidget], np.ndarray]:
    """`pixels(widget)`: what the widget shows, uint8 [h, w, 3], in device pixels."""
    return lambda widget: from_qimage(widget.grab().toImage())


@pytest.fixture
def middle_of() -> Callable[..., QPointF]:
    """`middle_of(layout, layer, picture, row, column)`: a unit's middle in the widget."""

    def middle(layout: NetworkLayout, layer: str, picture: int, row: int, column: int) -> QPointF:
        found = layout.by_layer[layer]
        place = found.pictures[picture]
        x = place.x + (column + 0.5) * found.factor
        y = place.y + (row + 0.5) * found.factor
        return QPointF(x, y) / layout.ratio

    return middle


@pytest.fixture
def dark_palette(qapp: QApplication) -> QPalette:
    """A dark palette to set on a widget."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("#303030"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#f0f0f0"))
    return palette
