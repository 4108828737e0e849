"""Drawings on the screen: the very curves that are painted for the network, at the screen's pixels.

Nothing here feeds the network; `lenet_gui.data.paint` does. Both follow the same smooth curve.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from lenet_gui.data.drawing import Backdrop, Drawing, Stroke
from lenet_gui.data.smooth import smooth_path
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.widgets.ink_colours import CanvasColours, ink_bytes

Floats = NDArray[np.float64]

EVEN = 0.05
"""Widths that differ by less than this, in pixels, are drawn as one width."""
CRISP_FROM = 3.0
"""A picture enlarged at least this much keeps its square pixels; below, it is smoothed."""


def paint_drawing(painter: QPainter, drawing: Drawing, side: float, colours: CanvasColours) -> None:
    """Paints paper, backdrop and strokes into the square from (0, 0) with `side` units a side."""
    painter.fillRect(QRectF(0, 0, side, side), colours.paper)
    if drawing.backdrop is not None:
        paint_backdrop(painter, drawing.backdrop, side, colours)
    for stroke in drawing.strokes:
        paint_stroke(painter, stroke, side, colours)


def paint_stroke(painter: QPainter, stroke: Stroke, side: float, colours: CanvasColours) -> None:
    """Paints one stroke; an erasing one lays paper over what is there."""
    colour = colours.paper if stroke.erases else colours.ink
    paint_curve(painter, smooth_path(stroke.points) * side, colour)


def paint_backdrop(
    painter: QPainter, backdrop: Backdrop, side: float, colours: CanvasColours
) -> None:
    """Paints the picture as large as fits, centred, as it is painted for the network."""
    height, width = backdrop.ink.shape
    scale = side / max(height, width)
    place = QRectF(0, 0, width * scale, height * scale)
    place.moveCenter(QPointF(side / 2, side / 2))
    crisp = scale * painter.device().devicePixelRatio() >= CRISP_FROM
    image = to_qimage_indexed(ink_bytes(backdrop.ink), colours.lut())
    if not crisp:
        pixels = (place.size() * painter.device().devicePixelRatio()).toSize()
        image = image.scaled(
            pixels.expandedTo(QSize(1, 1)),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not crisp)
    painter.drawImage(place, image)
    painter.restore()


def paint_curve(
    painter: QPainter, vertices: Floats, colour: QColor, clip: QRectF | None = None
) -> None:
    """Paints a round pen's line along `vertices` [n, 3]: x, y and diameter, in painter's units.

    With `clip`, only the pieces whose ink reaches that rectangle are painted.
    """
    if not len(vertices):
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    moved = np.ones(len(vertices), dtype=bool)
    moved[1:] = np.hypot(*np.diff(vertices[:, :2], axis=0).T) > 1e-6
    distinct = vertices[moved]
    if len(distinct) == 1:
        _dots(painter, vertices[vertices[:, 2].argmax()][None], colour)
    else:
        for run in _runs(distinct, clip):
            if np.ptp(run[:, 2]) < EVEN:
                _even_line(painter, run, colour)
            else:
                _uneven_line(painter, run, colour)
    painter.restore()


def bounds(vertices: Floats) -> QRectF:
    """The rectangle that the ink along `vertices` [n, 3] can touch; null for none."""
    if not len(vertices):
        return QRectF()
    reach = vertices[:, 2:] / 2
    left, top = (vertices[:, :2] - reach).min(axis=0).tolist()
    right, bottom = (vertices[:, :2] + reach).max(axis=0).tolist()
    return QRectF(left, top, right - left, bottom - top)


def _runs(vertices: Floats, clip: QRectF | None) -> list[Floats]:
    """The unbroken parts of the line that can touch `clip`."""
    if clip is None:
        return [vertices]
    starts, ends = vertices[:-1], vertices[1:]
    reach = np.maximum(starts[:, 2:], ends[:, 2:]) / 2 + 1
    low = np.minimum(starts[:, :2], ends[:, :2]) - reach
    high = np.maximum(starts[:, :2], ends[:, :2]) + reach
    near = (
        (high[:, 0] >= clip.left())
        & (low[:, 0] <= clip.right())
        & (high[:, 1] >= clip.top())
        & (low[:, 1] <= clip.bottom())
    )
    edges = np.flatnonzero(np.diff(near.astype(np.int8), prepend=0, append=0))
    return [vertices[first : last + 1] for first, last in edges.reshape(-1, 2).tolist()]


def _even_line(painter: QPainter, vertices: Floats, colour: QColor) -> None:
    pen = QPen(colour, float(vertices[0, 2]))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in vertices[:, :2].tolist()]))


def _uneven_line(painter: QPainter, vertices: Floats, colour: QColor) -> None:
    """A band of trapezoids whose corners meet, and round dots at its ends and tight bends.

    All trapezoids are filled as one path, so that the seams between them do not show.
    """
    step = np.diff(vertices[:, :2], axis=0)
    length = np.hypot(step[:, 0], step[:, 1])
    unit = step / length[:, None]
    normal = np.stack([-unit[:, 1], unit[:, 0]], axis=1)
    radius = vertices[:, 2:] / 2
    turn = np.abs(
        np.arctan2(
            unit[:-1, 0] * unit[1:, 1] - unit[:-1, 1] * unit[1:, 0],
            (unit[:-1] * unit[1:]).sum(axis=1),
        )
    )
    gentle = turn * radius[1:-1, 0] < 0.9 * np.minimum(length[:-1], length[1:])
    shared = normal[:-1] + normal[1:]
    shared /= np.maximum(np.hypot(shared[:, 0], shared[:, 1]), 1e-9)[:, None]
    at_start, at_end = normal.copy(), normal.copy()
    at_start[1:][gentle] = shared[gentle]
    at_end[:-1][gentle] = shared[gentle]
    starts, ends = vertices[:-1, :2], vertices[1:, :2]
    corners = np.stack(
        [
            starts + at_start * radius[:-1],
            ends + at_end * radius[1:],
            ends - at_end * radius[1:],
            starts - at_start * radius[:-1],
        ],
        axis=1,
    )
    band = QPainterPath()
    band.setFillRule(Qt.FillRule.WindingFill)
    for quad in corners.tolist():
        band.addPolygon(QPolygonF([QPointF(x, y) for x, y in quad]))
        band.closeSubpath()
    painter.fillPath(band, colour)
    round_here = np.ones(len(vertices), dtype=bool)
    round_here[1:-1] = ~gentle
    _dots(painter, vertices[round_here], colour)


def _dots(painter: QPainter, vertices: Floats, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for x, y, diameter in vertices.tolist():
        painter.drawEllipse(QPointF(x, y), diameter / 2, diameter / 2)
