"""The picture of one step, with what the step looks for marked in it."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.data.ink import DIGIT_SIDE, FRAME_SIDE
from lenet_gui.explore.preprocessing import Preprocessing, Step
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.widgets.arrow_keys import ARROWS
from lenet_gui.gui.widgets.ink_colours import canvas_colours, ink_bytes
from lenet_gui.pictures.colours import colour_indices, diverging_lut

_LEAST, _USUAL = 84, 132


class StepPicture(QWidget):
    """Paints a step as large as there is room; `opened()` on a click or Enter.

    `pointed(row, column)` follows the pointer, or the arrow keys where `by_keys`; (-1, -1) for
    none. `stepped(int)` on Page Up and Page Down.
    """

    opened = Signal()
    pointed = Signal(int, int)
    stepped = Signal(int)

    def __init__(self, step: Step, parent: QWidget | None = None, *, by_keys: bool = False) -> None:
        super().__init__(parent)
        self.step = step
        self._by_keys = by_keys
        self._way: Preprocessing | None = None
        self._image = QImage()
        self._at: tuple[int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def at(self) -> tuple[int, int] | None:
        """Row and column of the pixel that is pointed at."""
        return self._at

    def show_way(self, way: Preprocessing | None, step: Step | None = None) -> None:
        """Shows this way's picture of the step, or of another one."""
        if step is not None and step is not self.step:
            self.step, self._at = step, None
        self._way = way
        self._image = QImage()
        self.update()

    def place(self) -> QRectF:
        """Where the picture lies, in logical pixels; small ones by a whole factor."""
        if self._way is None:
            return QRectF()
        rows, columns = self._way.picture(self.step).shape
        ratio = self.devicePixelRatioF()
        width, height = (self.width() - 4) * ratio, (self.height() - 4) * ratio
        side = self._side()
        factor = min(width, height) / side
        if factor >= 2:
            factor = int(factor)
        wide, high = columns * factor / ratio, rows * factor / ratio
        left, top = round((self.width() - wide) / 2), round((self.height() - high) / 2)
        return QRectF(left, top, wide, high)

    def _side(self) -> int:
        """Pixels of the frame that the picture is seen in: a box is seen in all 20, or 28."""
        assert self._way is not None  # noqa: S101 - asked only then
        shape = self._way.picture(self.step).shape
        if self.step in (Step.BOX, Step.MASS):
            return max(DIGIT_SIDE if Step.FRAME not in self._way.off else FRAME_SIDE, *shape)
        return max(shape)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, _LEAST)

    def sizeHint(self) -> QSize:
        return QSize(_USUAL, _USUAL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = canvas_colours(self)
        way = self._way
        if way is None:
            return
        place = self.place()
        if self._image.isNull():
            self._image = self._made(way)
        # The sheet is larger than its place, and would lose whole lines.
        smooth = place.width() < self._image.width() * 1.5
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(place, self._image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        line = theme.accent(self) if self.hasFocus() else colours.edge
        painter.setPen(QPen(line, 2 if self.hasFocus() else 1))
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))
        self._paint_marks(painter, place, way)
        if self._at is not None:
            self._paint_pixel(painter, place, way)

    def _made(self, way: Preprocessing) -> QImage:
        picture = way.picture(self.step)
        if self.step is Step.RANGE:
            limit = max(abs(end) for end in way.range)
            looks = theme.theme_of(self)
            image = to_qimage_indexed(colour_indices(picture, limit), diverging_lut(looks))
        else:
            image = to_qimage_indexed(ink_bytes(picture), canvas_colours(self).lut())
        return image.convertToFormat(QImage.Format.Format_RGB32)

    def _paint_marks(self, painter: QPainter, place: QRectF, way: Preprocessing) -> None:
        rows, columns = way.picture(self.step).shape
        across, down = place.width() / columns, place.height() / rows
        painter.setPen(QPen(theme.FRAME, 2))
        if self.step is Step.PAINTED:
            box = way.box
            frame = QRectF(box.left * across, box.top * down, box.width * across, box.height * down)
            painter.drawRect(frame.translated(place.topLeft()).intersected(place))
        elif self.step is Step.MASS:
            middle = QPointF(columns / 2 * across, rows / 2 * down) + place.topLeft()
            painter.setPen(QPen(theme.accent(self), 1.5, Qt.PenStyle.DotLine))
            _cross(painter, middle, max(6.0, 2 * across))
            if Step.MASS not in way.off:
                mass = QPointF(way.mass[0] * across, way.mass[1] * down) + place.topLeft()
                painter.setPen(QPen(theme.FRAME, 2))
                _cross(painter, mass, max(6.0, 2 * across))
        elif self.step is Step.FRAME:
            left, top = way.corner
            high, wide = way.boxed.shape
            frame = QRectF(left * across, top * down, wide * across, high * down)
            painter.drawRect(frame.translated(place.topLeft()))
        elif self.step is Step.MARGIN and Step.MARGIN not in way.off:
            painter.setPen(QPen(theme.FRAME, 1))
            painter.drawRect(place.adjusted(2 * across, 2 * down, -2 * across, -2 * down))

    def _paint_pixel(self, painter: QPainter, place: QRectF, way: Preprocessing) -> None:
        assert self._at is not None  # noqa: S101 - asked only then
        rows, columns = way.picture(self.step).shape
        across, down = place.width() / columns, place.height() / rows
        row, column = self._at
        cell = QRectF(place.x() + column * across, place.y() + row * down, across, down)
        # A light and a dark line: one of them is seen on whatever colour.
        for colour, grown in ((QColor("#000000"), 1.5), (QColor("#ffffff"), 0.5)):
            painter.setPen(QPen(colour, 1))
            painter.drawRect(cell.adjusted(-grown, -grown, grown, grown))

    def _point(self, at: tuple[int, int] | None) -> None:
        if at != self._at:
            self._at = at
            self.pointed.emit(*(at or (-1, -1)))
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.place()
        if self._way is None or not place.contains(event.position()):
            self._point(None)
            return
        rows, columns = self._way.picture(self.step).shape
        inside = event.position() - place.topLeft()
        row, column = (
            int(inside.y() * rows / place.height()),
            int(inside.x() * columns / place.width()),
        )
        self._point((min(row, rows - 1), min(column, columns - 1)))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._way is not None:
            self.opened.emit()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._way is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif self._by_keys and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.stepped.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif self._by_keys and key in ARROWS:
            rows, columns = self._way.picture(self.step).shape
            across, down = ARROWS[key]
            row, column = self._at or (rows // 2, columns // 2)
            self._point(
                (min(max(row + down, 0), rows - 1), min(max(column + across, 0), columns - 1))
            )
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._image = QImage()
            self.update()


def _cross(painter: QPainter, at: QPointF, arm: float) -> None:
    painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
    painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))
