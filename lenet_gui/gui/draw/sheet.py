"""The finished strokes as a picture in the screen's own pixels, painted once, then only copied."""

from PySide6.QtGui import QPainter, QPixmap

from lenet_gui.data.drawing import Drawing
from lenet_gui.gui.draw.stroke_painting import paint_drawing, paint_stroke
from lenet_gui.gui.widgets.ink_colours import CanvasColours


class CanvasSheet:
    """Remembers the picture of one drawing; a stroke added to that drawing is painted on top."""

    def __init__(self) -> None:
        self._pixmap = QPixmap()
        self._drawing = Drawing()
        self._looks: tuple[int, float, CanvasColours] | None = None

    def picture(self, drawing: Drawing, side: int, ratio: float, colours: CanvasColours) -> QPixmap:
        """The picture of `drawing`, `side` logical pixels on a side at the device pixel `ratio`."""
        looks = (side, ratio, colours)
        if looks != self._looks:
            self._pixmap = QPixmap(round(side * ratio), round(side * ratio))
            self._pixmap.setDevicePixelRatio(ratio)
            self._looks = looks
            self._paint_all(drawing)
        elif drawing is not self._drawing:
            if self._continues(drawing):
                painter = QPainter(self._pixmap)
                paint_stroke(painter, drawing.strokes[-1], side, colours)
                painter.end()
            else:
                self._paint_all(drawing)
        self._drawing = drawing
        return self._pixmap

    def _continues(self, drawing: Drawing) -> bool:
        before = self._drawing
        return (
            drawing.backdrop is before.backdrop
            and len(drawing.strokes) == len(before.strokes) + 1
            and all(a is b for a, b in zip(drawing.strokes, before.strokes, strict=False))
        )

    def _paint_all(self, drawing: Drawing) -> None:
        assert self._looks is not None  # noqa: S101  # set before every call
        side, _, colours = self._looks
        painter = QPainter(self._pixmap)
        paint_drawing(painter, drawing, side, colours)
        painter.end()
