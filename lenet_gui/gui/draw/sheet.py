"""The drawing as a picture in the screen's own pixels: only what is new is painted.

It uses the same lines and the same painter as for the network.
"""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from lenet_gui.data.drawing import Drawing
from lenet_gui.data.live_paint import LivePainter
from lenet_gui.data.paint import NOWHERE, Part, whole
from lenet_gui.data.pictures.rectangle import Size
from lenet_gui.data.pictures.steps import PictureSteps
from lenet_gui.gui.core.qimage import to_qimage_grey, to_qimage_indexed
from lenet_gui.gui.widgets.ink_colours import CanvasColours
from lenet_gui.pictures.grid.colouring import ink_indices

_FAINT = 0.6
"""How strongly an imported picture is shown in which no single digit was found."""


class LevelsSheet:
    """Remembers an imported picture, as it came, in the screen's own pixels."""

    def __init__(self) -> None:
        self._steps: PictureSteps | None = None
        self._pixmap = QPixmap()

    @staticmethod
    def place(size: Size, room: QRectF) -> QRectF:
        """Where a picture of that width and height is in a square room: as large as it can be."""
        scale = room.width() / max(size)
        place = QRectF(0, 0, size[0] * scale, size[1] * scale)
        place.moveCenter(room.center())
        return place

    def paint(self, painter: QPainter, steps: PictureSteps, place: QRectF, ratio: float) -> None:
        """Paints a picture in a place, at a device pixel ratio."""
        size = QSize(round(place.width() * ratio), round(place.height() * ratio))
        size = size.expandedTo(QSize(1, 1))
        if steps is not self._steps or size != self._pixmap.size():
            self._steps = steps
            enlarges = size.width() > steps.levels.shape[1]
            mode = Qt.TransformationMode
            self._pixmap = QPixmap.fromImage(
                to_qimage_grey(steps.levels).scaled(
                    size,
                    Qt.AspectRatioMode.IgnoreAspectRatio,
                    mode.FastTransformation if enlarges else mode.SmoothTransformation,
                )
            )
        painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))


class CanvasSheet:
    """Remembers the picture of one drawing; if it has only grown, only that is painted.

    An imported picture in which no single digit was found is shown as it came, faintly.
    """

    def __init__(self) -> None:
        self._side = 0
        self._painter = LivePainter(self._side)
        self._pixmap = QPixmap()
        self._colours: CanvasColours | None = None
        self._lut = np.empty((0, 3), np.uint8)
        self._levels = LevelsSheet()
        self._shown_steps: PictureSteps | None = None

    def picture(self, drawing: Drawing, side: int, ratio: float, colours: CanvasColours) -> QPixmap:
        """The picture of `drawing`, `side` logical pixels on a side at the device pixel `ratio`."""
        pixels = round(side * ratio)
        if pixels != self._side:
            self._side = pixels
            self._painter = LivePainter(pixels)
            self._pixmap = QPixmap(pixels, pixels)
            self._colours = None
        changed = self._painter.show(drawing)
        steps = drawing.picture_steps if drawing.digits != 1 else None
        if steps is not self._shown_steps:
            self._shown_steps, changed = steps, whole(pixels)
        if colours != self._colours:
            self._colours, self._lut = colours, colours.lut()
            changed = whole(pixels)
        if changed != NOWHERE:
            self._colour(changed)
            if steps is not None:
                self._show_levels(steps)
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

    def _show_levels(self, steps: PictureSteps) -> None:
        height, width = steps.levels.shape
        place = LevelsSheet.place((width, height), QRectF(0, 0, self._side, self._side))
        painter = QPainter(self._pixmap)
        painter.setOpacity(_FAINT)
        self._levels.paint(painter, steps, place, 1.0)
        painter.end()
