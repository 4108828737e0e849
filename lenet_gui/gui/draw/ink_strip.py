"""The preprocessing: what becomes of the drawing before the network sees it, step by step."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from lenet_gui.data.ink import DIGIT_SIDE, FRAME_SIDE, INPUT_SIDE, InkSteps
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.widgets.ink_colours import CanvasColours, canvas_colours, ink_bytes

PAINTED_SIDE = 24
"""The painted sheet's thumbnail, in the pixels of the others; its own are far smaller."""
MOST_ENLARGED = 4
GAP = 4
"""The least room, in logical pixels, for an arrow between two thumbnails."""


@dataclass(frozen=True)
class _Step:
    caption: str
    side: int
    tip: str


STEPS = (
    _Step("painted", PAINTED_SIDE, "Painted: the strokes as a fine raster, and the box of the ink"),
    _Step("20×20", DIGIT_SIDE, "20×20: the box scaled until its longer side is 20 pixels"),
    _Step("28×28", FRAME_SIDE, "28×28: the ink's centre of mass put in the middle, as in MNIST"),
    _Step("32×32", INPUT_SIDE, "32×32: two pixels of background all round, the network's input"),
)


class InkStrip(QWidget):
    """Four thumbnails from the painted sheet to the input, all pixels equally large but the first.

    Nothing is computed before it is shown, and nothing at all for steps that are already shown.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ink-strip")
        self.setAccessibleName("Preprocessing")
        self.setAccessibleDescription(". ".join(step.tip for step in STEPS))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._steps: InkSteps | None = None
        self._images: list[QImage] = []
        self._made_for: tuple[CanvasColours, int] | None = None

    @Slot(object)
    def show_steps(self, steps: InkSteps | None) -> None:
        """Shows these steps, or empty paper for None."""
        if steps is self._steps:
            return
        self._steps = steps
        self._made_for = None
        self.update()

    @property
    def cells(self) -> list[QRectF]:
        """Where the four thumbnails lie, in logical pixels."""
        ratio = self.devicePixelRatioF()
        pixel = self._pixel()
        sides = [step.side * pixel for step in STEPS]
        gap = (self.width() - sum(sides)) / (len(STEPS) - 1)
        tallest = max(sides)
        cells, left = [], 0.0
        for side in sides:
            x, y = (round(at * ratio) / ratio for at in (left, (tallest - side) / 2))
            cells.append(QRectF(x, y, side, side))
            left += side + gap
        return cells

    def sizeHint(self) -> QSize:
        return QSize(self._least_width(2), self._height(2))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least_width(2), self._height(2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        elif event.type() == QEvent.Type.FontChange:
            self._fit_height()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for step, cell in zip(STEPS, self.cells, strict=True):
                column = QRect(int(cell.x()), 0, int(cell.width()), self.height())
                if column.contains(event.pos()):
                    QToolTip.showText(event.globalPos(), step.tip, self, column)
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._fit_height()
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        colours = canvas_colours(self)
        cells = self.cells
        self._make_images(colours)
        painter = QPainter(self)
        for cell in cells:
            painter.fillRect(cell, colours.paper)
        if self._steps is not None:
            for cell, image in zip(cells, self._images, strict=True):
                place = QRectF(0, 0, image.width(), image.height())
                if cell is cells[0]:
                    place = QRectF(cell)
                else:
                    place.setSize(place.size() * self._pixel())
                    ratio = self.devicePixelRatioF()
                    corner = cell.center() - place.center()
                    place.moveTo(*(round(at * ratio) / ratio for at in corner.toTuple()))
                painter.drawImage(place, image)
            self._frame_box(painter, cells[0], self._steps)
        self._paint_edges_and_words(painter, cells, colours)

    def _make_images(self, colours: CanvasColours) -> None:
        """Makes the thumbnails, unless those at hand are of the same steps and looks."""
        side = round(PAINTED_SIDE * self._pixel() * self.devicePixelRatioF())
        if self._steps is None or self._made_for == (colours, side):
            return
        lut = colours.lut()
        painted = _image(self._steps.painted, lut).scaled(
            side,
            side,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        smaller = (self._steps.boxed, self._steps.centred, self._steps.padded)
        self._images = [painted, *(_image(step, lut) for step in smaller)]
        self._made_for = (colours, side)

    def _frame_box(self, painter: QPainter, cell: QRectF, steps: InkSteps) -> None:
        height, width = steps.painted.shape
        box = steps.box
        across, down = cell.width() / width, cell.height() / height
        left, top = cell.x() + box.left * across, cell.y() + box.top * down
        frame = QRectF(left, top, box.width * across, box.height * down)
        painter.setPen(QPen(theme.accent(self), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inside = cell.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRect(frame.adjusted(-0.5, -0.5, 0.5, 0.5).intersected(inside))

    def _paint_edges_and_words(
        self, painter: QPainter, cells: list[QRectF], colours: CanvasColours
    ) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.edge, 1))
        for cell in cells:
            painter.drawRect(cell.adjusted(-0.5, -0.5, 0.5, 0.5).intersected(self._inside()))
        middle = max(cell.height() for cell in cells) / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.faint(self), 1.5))
        for left, right in pairwise(cells):
            x = (left.right() + right.left()) / 2
            painter.drawPolyline(
                [QPointF(x - 1, middle - 3), QPointF(x + 1.5, middle), QPointF(x - 1, middle + 3)]
            )
        painter.setFont(theme.small_font())
        painter.setPen(theme.faint(self))
        metrics = QFontMetrics(painter.font())
        for step, cell in zip(STEPS, cells, strict=True):
            width = metrics.horizontalAdvance(step.caption)
            x = min(max(cell.center().x() - width / 2, 0.0), max(self.width() - width, 0))
            painter.drawText(QPointF(x, self.height() - metrics.descent()), step.caption)

    def _inside(self) -> QRectF:
        return QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)

    def _pixel(self) -> float:
        """The side of a thumbnail's pixel in logical pixels: a whole number of the screen's."""
        ratio = self.devicePixelRatioF()
        room = self.width() - GAP * (len(STEPS) - 1)
        whole = int(room * ratio // sum(step.side for step in STEPS))
        return float(np.clip(whole, 1, int(MOST_ENLARGED * ratio))) / ratio

    def _fit_height(self) -> None:
        wanted = self._height(self._pixel())
        if wanted != self.minimumHeight() or wanted != self.maximumHeight():
            self.setFixedHeight(wanted)

    def _least_width(self, pixel: float) -> int:
        return round(pixel * sum(step.side for step in STEPS)) + GAP * (len(STEPS) - 1)

    def _height(self, pixel: float) -> int:
        line = QFontMetrics(theme.small_font()).height()
        return round(pixel * max(step.side for step in STEPS)) + theme.UNIT // 2 + line


def _image(ink: NDArray[np.float32], lut: NDArray[np.uint8]) -> QImage:
    return to_qimage_indexed(ink_bytes(ink), lut)
