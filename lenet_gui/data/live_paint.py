"""Painting a drawing that changes a little from one look to the next."""

from lenet_gui.data.drawing import Drawing, Stroke
from lenet_gui.data.paint import Floats, Painter


class LivePainter:
    """Gives the raster of one drawing after the other and paints only what is new.

    A stroke that grew, or a new one on top of the last drawing, costs its new points; any other
    change (undo, clear, a picture) is painted afresh. The result always equals `paint(drawing)`.
    """

    def __init__(self) -> None:
        self._painter = Painter()
        self._shown = Drawing()

    def raster(self, drawing: Drawing) -> Floats:
        """The ink of `drawing`, float32 [224, 224], 0..1, read-only."""
        if drawing.backdrop is not self._shown.backdrop:
            self._paint_afresh(drawing)
        elif not self._extended(drawing):
            if drawing.strokes[:-1] == self._shown.strokes and drawing.strokes:
                self._start(drawing.strokes[-1])
            else:
                self._paint_afresh(drawing)
        self._shown = drawing
        return self._painter.raster

    def _extended(self, drawing: Drawing) -> bool:
        """Goes on with the last stroke if that is all that changed."""
        before, now = self._shown.strokes, drawing.strokes
        if not before or not self._painter.is_drawing:
            return before == now
        if len(now) != len(before) or now[:-1] != before[:-1]:
            return False
        old, new = before[-1], now[-1]
        kept = len(old.points)
        if new.erases != old.erases or new.points[:kept] != old.points:
            return False
        for point in new.points[kept:]:
            self._painter.extend(point)
        return True

    def _paint_afresh(self, drawing: Drawing) -> None:
        self._painter = Painter(Drawing(drawing.strokes[:-1], drawing.backdrop))
        if drawing.strokes:
            self._start(drawing.strokes[-1])

    def _start(self, stroke: Stroke) -> None:
        self._painter.finish_stroke()
        for place, point in enumerate(stroke.points):
            if place == 0:
                self._painter.start_stroke(point, stroke.erases)
            else:
                self._painter.extend(point)
