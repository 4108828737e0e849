"""A read-only drawing: small beside the canvas, large for an audience."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from lenet_gui.data.drawing import Drawing
from lenet_gui.gui.draw import paper
from lenet_gui.gui.draw.sheet import CanvasSheet
from lenet_gui.gui.widgets.ink_colours import canvas_colours

_EDGE = 1
"""Room for the line around the sheet, in logical pixels."""


class DrawingPicture(QWidget):
    """A square sheet, as large as the widget allows; if the drawing grows, only that is painted.

    Nothing is painted while it is hidden.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = Drawing()
        self._sheet = CanvasSheet()
        self._framed: QRectF | None = None

    @property
    def drawing(self) -> Drawing:
        """What is shown."""
        return self._drawing

    @property
    def framed(self) -> QRectF | None:
        """The part of the canvas that is framed, in units of its side."""
        return self._framed

    @property
    def area(self) -> QRect:
        """The square inside the widget, in logical pixels."""
        side = max(min(self.width(), self.height()) - 2 * _EDGE, 1)
        return QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def show_drawing(self, drawing: Drawing) -> None:
        """Shows another drawing."""
        if drawing is not self._drawing:
            self._drawing = drawing
            self.update()

    def show_frame(self, part: QRectF | None) -> None:
        """Frames a part of the sheet, given in units of its side, or none."""
        if part != self._framed:
            self._framed = part
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        area, colours = self.area, canvas_colours(self)
        picture = self._sheet.picture(
            self._drawing, area.width(), self.devicePixelRatioF(), colours
        )
        painter = QPainter(self)
        painter.drawPixmap(area.topLeft(), picture)
        paper.paint_edge(painter, self, area, colours, dropping=False)
        if self._framed is not None:
            paper.paint_frame(painter, self, area, self._framed)
