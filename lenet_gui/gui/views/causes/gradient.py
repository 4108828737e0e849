"""The gradient of a unit on the input, with the edge of the ink over it."""

import numpy as np
from PySide6.QtCore import QLineF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from lenet_gui.explore.reading import Floats
from lenet_gui.gui.widgets.arrow_keys import ARROWS
from lenet_gui.gui.widgets.enlarged_picture import EnlargedPicture


class GradientPicture(EnlargedPicture):
    """An enlarged picture; the arrow keys point at its pixels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gradient")
        self.setAccessibleName("Gradient on the input")
        self._inked = np.zeros((1, 1), bool)

    def show_gradient(self, gradient: Floats | None, ink: Floats, limit: float) -> None:
        """Shows a gradient [32, 32] up to ±`limit`, and the edge of `ink` [32, 32], 0..1."""
        self._inked = ink >= 0.5
        self.show_values((32, 32), gradient, limit)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()  # it grows with its room, and asks for none

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        place, factor = self.place()
        ratio = self.devicePixelRatioF()
        painter = QPainter(self)
        painter.scale(1 / ratio, 1 / ratio)
        painter.setPen(QPen(self.palette().color(self.foregroundRole()), max(1.0, ratio)))
        x, y = place.x(), place.y()
        lines = []
        for row, column in np.argwhere(self._inked[:, 1:] != self._inked[:, :-1]):
            across, top = x + (int(column) + 1) * factor, y + int(row) * factor
            lines.append(QLineF(across, top, across, top + factor))
        for row, column in np.argwhere(self._inked[1:] != self._inked[:-1]):
            left, down = x + int(column) * factor, y + (int(row) + 1) * factor
            lines.append(QLineF(left, down, left + factor, down))
        painter.drawLines(lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = ARROWS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.move_pointed(*step)
