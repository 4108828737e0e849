"""The colours of the drawing sheet: dark ink on light paper, or chalk on a dark board."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.theme import theme_of
from lenet_gui.pictures.colours import Theme


@dataclass(frozen=True)
class CanvasColours:
    """Paper and ink, and the line round the paper.

    In the dark theme the sheet is a dark board and the ink is chalk: a white square would outshine
    everything beside it, and the digit looks as the network's input does.
    """

    paper: QColor
    ink: QColor
    edge: QColor
    hint: QColor

    def lut(self) -> NDArray[np.uint8]:
        """uint8 [256, 3]: the colours from paper (0) to full ink (255)."""
        paper, ink = (
            np.array([colour.red(), colour.green(), colour.blue()])
            for colour in (self.paper, self.ink)
        )
        share = np.linspace(0.0, 1.0, 256)[:, None]
        table = (1 - share) * paper + share * ink
        return np.rint(table).astype(np.uint8)


LIGHT = CanvasColours(QColor("#fdfcf9"), QColor("#16181d"), QColor("#b9b6ae"), QColor("#68655f"))
DARK = CanvasColours(QColor("#14161a"), QColor("#f3efe6"), QColor("#565a61"), QColor("#a3a6ac"))


def canvas_colours(widget: QWidget) -> CanvasColours:
    """The colours of the sheet in the theme that `widget` shows."""
    return DARK if theme_of(widget) is Theme.DARK else LIGHT
