"""The legend of a colour scale: its colours lie between its figures."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter

from lenet_gui.gui.widgets.colour_legend import LegendType, paint_legend
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.grid.content import Legend


@pytest.mark.usefixtures("qapp")
def test_colours_from_0_begin_at_the_0_and_end_where_others_end() -> None:
    both = {
        from_zero: coloured(Legend(1.0, from_zero=from_zero), Qt.GlobalColor.transparent)
        for from_zero in (False, True)
    }
    assert both[True].max() == both[False].max()
    assert both[True].min() < both[False].min()
    written = coloured(Legend(1.0, from_zero=True), Qt.GlobalColor.black)
    assert 0 < both[True].min() - written[written < both[True].min()].max() <= 8


def coloured(legend: Legend, figures: Qt.GlobalColor) -> np.ndarray:
    """The columns in which anything is painted, the figures in a colour."""
    image = QImage(140, 16, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setPen(figures)
    paint_legend(painter, QRectF(0, 0, 140, 16), legend, Theme.LIGHT, LegendType(QFont()))
    painter.end()
    alpha = np.frombuffer(image.constBits(), np.uint8).reshape(16, 140, 4)[..., 3]
    return np.flatnonzero(alpha.any(axis=0))
