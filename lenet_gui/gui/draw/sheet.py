"""The drawing as a picture in the screen's own pixels: only what is new is painted.

It uses the same lines and the same painter as for the network.
"""

import numpy as np
from PySide6.QtGui import QPainter, QPixmap

from lenet_gui.data.drawing import Drawing
from lenet_gui.data.live_paint import LivePainter
from lenet_gui.data.paint import NOWHERE, Part, whole
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.widgets.ink_colours import CanvasColours
from lenet_gui.pictures.grid.colouring import ink_indices


class CanvasSheet:
    """Remembers the picture of one drawing; if it has only grown, only that is painted."""

    def __init__(self) -> None:
        self._side = 0
        self._painter = LivePainter(self._side)
        self._pixmap = QPixmap()
        self._colours: CanvasColours | None = None
        self._lut = np.empty((0, 3), np.uint8)

    def picture(self, drawing: Drawing, side: int, ratio: float, colours: CanvasColours) -> QPixmap:
        """The picture of `drawing`, `side` logical pixels on a side at the device pixel `ratio`."""
        pixels = round(side * ratio)
        if pixels != self._side:
            self._side = pixels
            self._painter = LivePainter(pixels)
            self._pixmap = QPixmap(pixels, pixels)
            self._colours = None
        changed = self._painter.show(drawing)
        if colours != self._colours:
            self._colours, self._lut = colours, colours.lut()
            changed = whole(pixels)
        if changed != NOWHERE:
            self._colour(changed)
        if self._pixmap.devicePixelRatio() != ratio:
            self._pixmap.setDevicePixelRatio(ratio)
        return self._pixmap

    def _colour(self, part: Part) -> None:
        """Paints the ink of a part on the picture."""
        ink = self._painter.ink_in(part)
        if not ink.size:
            return
        rows, columns = part
        self._pixmap.setDevicePixelRatio(1.0)  # the place of the ink is given in its own pixels
        painter = QPainter(self._pixmap)
        image = to_qimage_indexed(ink_indices(ink), self._lut)
        painter.drawImage(columns.start, rows.start, image)
        painter.end()
