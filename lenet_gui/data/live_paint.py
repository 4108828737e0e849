"""Painting a drawing that changes a little from one time to the next."""

from lenet_gui.data.drawing import Drawing, Stroke
from lenet_gui.data.paint import NOWHERE, RASTER_SIDE, Floats, Painter, Part, whole


class LivePainter:
    """Paints one drawing after another, but only what is new.

    A stroke that grew, or a new one on top of the last drawing, costs its new points; any other
    change (undo, clear, a picture) is painted completely. The result always equals
    `paint(drawing, side)`.
    """

    def __init__(self, side: int = RASTER_SIDE) -> None:
        self._side = side
        self._painter = Painter(side=side)
        self._shown = Drawing()

    def raster(self, drawing: Drawing) -> Floats:
        """The ink of `drawing`, float32 [side, side], 0..1, read-only."""
        self.show(drawing)
        return self._painter.raster

    def show(self, drawing: Drawing) -> Part:
        """Sets `drawing`; returns the part of the raster that may look different now."""
        shown, self._shown = self._shown, drawing
        if drawing.backdrop is not shown.backdrop:
            return self._paint_afresh(drawing)
        before, now = shown.strokes, drawing.strokes
        if now == before:
            return NOWHERE
        if now[:-1] == before:
            return self._start(now[-1])
        if self._painter.is_drawing and now and now[:-1] == before[:-1]:
            kept = len(before[-1].points)
            if now[-1].erases == before[-1].erases and now[-1].points[:kept] == before[-1].points:
                return self._painter.extend(*now[-1].points[kept:])
        return self._paint_afresh(drawing)

    def ink_in(self, part: Part) -> Floats:
        """The ink in a part of the raster, for the last drawing."""
        return self._painter.ink_in(part)

    def _paint_afresh(self, drawing: Drawing) -> Part:
        self._painter = Painter(Drawing(drawing.strokes[:-1], drawing.backdrop), self._side)
        for last in drawing.strokes[-1:]:
            self._start(last)
        return whole(self._side)

    def _start(self, stroke: Stroke) -> Part:
        self._painter.finish_stroke()
        if not stroke.points:
            return NOWHERE
        begun = self._painter.start_stroke(stroke.points[0], stroke.erases)
        return begun if len(stroke.points) == 1 else self._painter.extend(*stroke.points[1:])
