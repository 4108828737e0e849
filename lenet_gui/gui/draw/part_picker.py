"""The imported picture as it came, over the canvas: a rectangle on it says where the digit is."""

from enum import Enum, auto

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEventPoint,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.rectangle import Size, between, middle, moved, stretched
from lenet_gui.data.pictures.steps import PictureSteps
from lenet_gui.gui.core import theme
from lenet_gui.gui.draw.sheet import LevelsSheet
from lenet_gui.gui.widgets.arrow_keys import ARROWS
from lenet_gui.gui.widgets.ink_colours import canvas_colours

_STEP = 1 / 50
"""The share of the picture's longer side by which an arrow key moves."""
_GRIP = 7
"""Logical pixels around a corner in which it is gripped."""
_VEIL = 150
"""How much of what lies outside is covered, of 255."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Drag(Enum):
    """What the mouse does with the rectangle."""

    NOTHING = auto()
    DRAW = auto()
    MOVE = auto()


class PartPicker(QWidget):
    """A drag of mouse, pen or finger draws a rectangle, moves it, or moves one of its corners.

    The arrow keys move it and with Shift its right and lower edges. `chosen(Box)`, in pixels of the
    picture, when the mouse is released or with Enter; `closed()` with Esc.
    """

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("part-picker")
        self.setAccessibleName("Where is the digit?")
        self.setAccessibleDescription(
            "The picture as it came. The arrow keys move a rectangle, with Shift its right and "
            "lower edges; Enter reads what is in it, Esc leaves."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMouseTracking(True)
        self._sheet = LevelsSheet()
        self._steps: PictureSteps | None = None
        self._part: Box | None = None
        self._drag = _Drag.NOTHING
        self._from = 0.0, 0.0  # the fixed corner, or where a move began; in pixels of the picture
        self._before: Box | None = None  # the rectangle when the drag began
        self.hide()

    @property
    def steps(self) -> PictureSteps | None:
        """The picture that is shown."""
        return self._steps

    @property
    def part(self) -> Box | None:
        """The rectangle, in pixels of the picture; None if there is none."""
        return self._part

    def show_picture(self, steps: PictureSteps | None) -> None:
        """Shows another picture, and the part of it that was read, if it is not all."""
        if steps is not self._steps:
            self._steps = steps
            self._part = None if steps is None or steps.is_whole else steps.part
            self._drag = _Drag.NOTHING
            self.update()

    def on_widget(self, x: float, y: float) -> QPointF:
        """Where a point of the picture, in its pixels, is on the widget."""
        place, (width, height) = self._place, self._size
        return QPointF(
            place.x() + x * place.width() / width, place.y() + y * place.height() / height
        )

    @property
    def _size(self) -> Size:
        height, width = (1, 1) if self._steps is None else self._steps.levels.shape
        return width, height

    @property
    def _place(self) -> QRectF:
        """Where the picture is on the widget."""
        return LevelsSheet.place(self._size, QRectF(self.rect()))

    def _on_picture(self, position: QPointF) -> tuple[float, float]:
        place, (width, height) = self._place, self._size
        x = (position.x() - place.x()) * width / place.width()
        return x, (position.y() - place.y()) * height / place.height()

    def _rectangle(self) -> QRectF:
        """The rectangle on the widget; empty if there is none."""
        part = self._part
        if part is None:
            return QRectF()
        corner = self.on_widget(part.left, part.top)
        return QRectF(corner, self.on_widget(part.right, part.bottom))

    def _gripped(self, position: QPointF) -> tuple[float, float] | None:
        """The corner opposite to that at a position, in pixels of the picture."""
        part = self._part
        if part is None:
            return None
        for x, other_x in ((part.left, part.right), (part.right, part.left)):
            for y, other_y in ((part.top, part.bottom), (part.bottom, part.top)):
                away = self.on_widget(x, y) - position
                if max(abs(away.x()), abs(away.y())) <= _GRIP:
                    return other_x, other_y
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(event.position())
        else:
            self._let_go()  # the end of a drag was never received
            self._show_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._lift(event.position())

    def tabletEvent(self, event: QTabletEvent) -> None:
        # In any case: one that is not accepted comes again as an event of the canvas below.
        event.accept()
        what, is_tip = event.type(), event.button() == Qt.MouseButton.LeftButton
        if what == QEvent.Type.TabletPress and is_tip:
            self._press(event.position())
        elif what == QEvent.Type.TabletMove:
            self._move(event.position())
        elif what == QEvent.Type.TabletRelease and is_tip:
            self._lift(event.position())

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QTouchEvent):
            return super().event(event)
        event.accept()  # else the canvas below would draw
        if event.type() == QEvent.Type.TouchCancel:
            self._let_go()
        for point in event.points()[:1]:  # the first finger
            if point.state() == QEventPoint.State.Pressed:
                self._press(point.position())
            elif point.state() == QEventPoint.State.Updated:
                self._move(point.position())
            elif point.state() == QEventPoint.State.Released:
                self._lift(point.position())
        return True

    def _press(self, position: QPointF) -> None:
        """Takes hold of a corner, of the rectangle, or of the first corner of another one."""
        self._before = self._part
        opposite = self._gripped(position)
        if opposite is not None:
            self._drag, self._from = _Drag.DRAW, opposite
        elif self._rectangle().contains(position):
            self._drag, self._from = _Drag.MOVE, self._on_picture(position)
        else:
            self._drag, self._from = _Drag.DRAW, self._on_picture(position)

    def _move(self, position: QPointF) -> None:
        x, y = self._on_picture(position)
        if self._drag is _Drag.DRAW:
            self._show_part(between(self._from, (x, y), self._size) or self._before)
        elif self._drag is _Drag.MOVE and self._before is not None:
            right, down = x - self._from[0], y - self._from[1]
            self._show_part(moved(self._before, right, down, self._size))

    def _lift(self, position: QPointF) -> None:
        self._move(position)
        is_dragged, self._drag = self._drag is not _Drag.NOTHING, _Drag.NOTHING
        self._show_cursor(position)
        if is_dragged and self._part != self._before:
            self._choose()

    def _let_go(self) -> None:
        """Of what is dragged, as if that had not begun."""
        if self._drag is not _Drag.NOTHING:
            self._drag = _Drag.NOTHING
            self._show_part(self._before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key in _ENTER:
            self._choose()
        elif key in ARROWS:
            by = max(1, round(_STEP * max(self._size)))
            right, down = (by * each for each in ARROWS[key])
            stretches = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if self._part is None:
                self._show_part(middle(self._size))
            else:
                change = stretched if stretches else moved
                self._show_part(change(self._part, right, down, self._size))
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        """Esc lets go of what is dragged, and else leaves."""
        if self._drag is _Drag.NOTHING:
            self.closed.emit()
        else:
            self._let_go()

    def _choose(self) -> None:
        if self._part is not None:
            self.chosen.emit(self._part)

    def _show_part(self, part: Box | None) -> None:
        if part != self._part:
            self._part = part
            self.update()

    def _show_cursor(self, position: QPointF) -> None:
        if self._gripped(position) is not None:
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        elif self._rectangle().contains(position):
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.setCursor(Qt.CursorShape.CrossCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), canvas_colours(self).paper)
        if self._steps is None:
            return
        place = self._place
        self._sheet.paint(painter, self._steps, place, self.devicePixelRatioF())
        part = self._rectangle()
        if not part.isEmpty():
            veil = QColor(theme.theme_ground(self))
            veil.setAlpha(_VEIL)
            for beside in _around(place, part):
                painter.fillRect(beside, veil)
            self._paint_frame(painter, part)

    def _paint_frame(self, painter: QPainter, part: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for colour, width in ((theme.theme_ground(self), 4), (theme.FRAME, 2)):
            painter.setPen(QPen(colour, width))
            painter.drawRect(part)
        for corner in (part.topLeft(), part.topRight(), part.bottomLeft(), part.bottomRight()):
            painter.fillRect(QRectF(corner.x() - 4, corner.y() - 4, 8, 8), theme.FRAME)


def _around(place: QRectF, part: QRectF) -> tuple[QRectF, ...]:
    """What of `place` is above, below, left and right of `part`."""
    return (
        QRectF(place.topLeft(), QPointF(place.right(), part.top())),
        QRectF(QPointF(place.left(), part.bottom()), place.bottomRight()),
        QRectF(QPointF(place.left(), part.top()), part.bottomLeft()),
        QRectF(part.topRight(), QPointF(place.right(), part.bottom())),
    )
