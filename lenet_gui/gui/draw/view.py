"""A drawing on a square canvas, with its history and its painting, without input devices."""

from math import ceil, floor, isfinite, isnan

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.data.drawing import (
    DEFAULT_PEN_WIDTH,
    MAX_PEN_WIDTH,
    MIN_PEN_WIDTH,
    Drawing,
    DrawingHistory,
    PenPoint,
    TwoDrawings,
)
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.text_size import scaled
from lenet_gui.gui.draw import paper
from lenet_gui.gui.draw.live_stroke import LiveStroke
from lenet_gui.gui.draw.pen import eraser_width, pressed_width, round_cursor
from lenet_gui.gui.draw.sheet import CanvasSheet
from lenet_gui.gui.widgets.ink_colours import canvas_colours

MARGIN = 2
"""Logical pixels around the square, for its edge and the focus ring."""
WIDTH_STEP = 0.01
"""The step of thicker or thinner, in units of the canvas side."""
_SHEET = QRectF(0, 0, 1, 1)
"""In units of its side."""


LEAST_SIDE = 160
"""The canvas's least side, in logical pixels."""


class CanvasView(QWidget):
    """A square canvas, as large as the widget allows and centred in it.

    Positions and widths are kept in units of the canvas side, so a drawing does not depend on the
    size of the window. However long a drawing or a stroke is, during a stroke only the change is
    painted, and takes no longer than at its beginning.
    """

    drawing_changed = Signal(object)
    """The new `Drawing`, at every change, during strokes too."""
    kept_changed = Signal(object)
    """The `Drawing` that is kept as B now, or None."""
    history_changed = Signal(bool, bool)
    """Whether there is something to undo, and something to redo."""
    pen_width_changed = Signal(float)
    erasing_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else the panel paints, too
        self.setMinimumSize(LEAST_SIDE, LEAST_SIDE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._history = DrawingHistory()
        self._sheet = CanvasSheet()
        self._live: LiveStroke | None = None
        self._pen_width = DEFAULT_PEN_WIDTH
        self._erasing = False
        self._eraser_at_hand = False
        self._drop_welcome = False
        self._framed: QRectF | None = None
        self._show_cursor()

    @property
    def drawing(self) -> Drawing:
        """The visible drawing, including the stroke in progress."""
        if self._live is None:
            return self._history.drawing
        return self._history.drawing.with_stroke(self._live.stroke)

    @property
    def kept(self) -> Drawing | None:
        """The drawing that is kept beside the canvas, B, if there is one."""
        return self._history.kept

    @property
    def both(self) -> TwoDrawings:
        """The drawing without a stroke in progress, and the one that is kept."""
        return self._history.both

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier drawing."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether an undone drawing can come back."""
        return self._history.can_redo

    @property
    def pen_width(self) -> float:
        """The pen's diameter in units of the canvas side."""
        return self._pen_width

    @property
    def erasing(self) -> bool:
        """Whether the left button, the pen's tip and the finger erase."""
        return self._erasing

    @property
    def is_stroking(self) -> bool:
        """Whether a stroke is in progress."""
        return self._live is not None

    @property
    def area(self) -> QRect:
        """The square inside the widget, in logical pixels."""
        side = max(min(self.width(), self.height()) - 2 * MARGIN, 1)
        return QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def sizeHint(self) -> QSize:
        return QSize(scaled(240, self), scaled(240, self))

    def begin_with(self, both: TwoDrawings) -> None:
        """Begins anew: nothing that was before these drawings can be undone."""
        self.finish_stroke()
        before, self._history = self._history.both, DrawingHistory(both)
        self._changed(before)

    @Slot(object)
    def put(self, drawing: Drawing) -> None:
        """Replaces the drawing on the canvas by `drawing`; it can be undone."""
        self._become(TwoDrawings(drawing, self.kept))

    @Slot()
    def keep(self) -> None:
        """Keeps what is on the canvas as B, replacing what was kept; it can be undone."""
        self.finish_stroke()
        if not self._history.drawing.is_empty:
            self._become(TwoDrawings(self._history.drawing, self._history.drawing))

    @Slot()
    def swap(self) -> None:
        """Exchanges the drawing on the canvas and B; it can be undone."""
        self.finish_stroke()
        self._become(self._history.both.swapped)

    @Slot()
    def forget_kept(self) -> None:
        """Removes drawing B; it can be undone."""
        self._become(TwoDrawings(self._history.drawing, None))

    @Slot()
    def clear(self) -> None:
        """Clears the canvas; it can be undone."""
        self.put(Drawing())

    @Slot()
    def undo(self) -> None:
        """Undoes the last change; a stroke in progress is finished first, and undone."""
        self.finish_stroke()
        if self._history.can_undo:
            before = self._history.both
            self._history.undo()
            self._changed(before)

    @Slot()
    def redo(self) -> None:
        """Redoes what was undone last."""
        self.finish_stroke()
        if self._history.can_redo:
            before = self._history.both
            self._history.redo()
            self._changed(before)

    @property
    def framed(self) -> QRectF | None:
        """The part of the canvas that is framed, in units of its side."""
        return self._framed

    @Slot(object)
    def show_frame(self, part: QRectF | None) -> None:
        """Frames a part of the canvas, given in units of its side and cut at its edge, or none."""
        if part != self._framed:
            before, self._framed = self._framed, part
            for each in (before, part):
                if each is not None:
                    self.update(self._on_widget(each.intersected(_SHEET)))

    @Slot(float)
    def set_pen_width(self, width: float) -> None:
        """Sets the pen's diameter in units of the canvas side, kept within the allowed range.

        What is not a number is ignored.
        """
        if isnan(width):
            return
        width = min(max(width, MIN_PEN_WIDTH), MAX_PEN_WIDTH)
        if width != self._pen_width:
            self._pen_width = width
            self._show_cursor()
            self.pen_width_changed.emit(width)

    @Slot()
    def thinner(self) -> None:
        """Makes the pen a step thinner."""
        self.set_pen_width(self._pen_width - WIDTH_STEP)

    @Slot()
    def thicker(self) -> None:
        """Makes the pen a step thicker."""
        self.set_pen_width(self._pen_width + WIDTH_STEP)

    @Slot(bool)
    def set_erasing(self, erasing: bool) -> None:
        """Chooses the eraser, or the pen."""
        if erasing != self._erasing:
            self._erasing = erasing
            self._show_cursor()
            self.erasing_changed.emit(erasing)

    def start_stroke(
        self, position: QPointF, *, erases: bool, pressure: float | None = None
    ) -> bool:
        """Puts the pen or the eraser down at a position of the widget.

        Returns False, and nothing happens, when a stroke is in progress, there is nothing to erase
        or the position is invalid. `pressure` is 0..1, or None if the device has none.
        """
        if self._live is not None or not _is_place(position):
            return False
        if erases and self._history.drawing.is_empty:
            return False
        self._live = LiveStroke(erases)
        if self._history.drawing.is_empty:
            self.update()  # the hint disappears
        self.extend_stroke(position, pressure)
        return True

    def extend_stroke(self, position: QPointF, pressure: float | None = None) -> None:
        """Moves the pen, if it is down; an invalid position is ignored."""
        if self._live is None or not _is_place(position):
            return
        area = self.area
        width = eraser_width(self._pen_width) if self._live.stroke.erases else self._pen_width
        if pressure is not None and not self._live.stroke.erases:
            width = pressed_width(width, pressure)
        x = (position.x() - area.x()) / area.width()
        y = (position.y() - area.y()) / area.width()
        touched = self._live.grow(PenPoint(x, y, width))
        if not touched.isNull():
            self.update(self._on_widget(touched))
            self.drawing_changed.emit(self.drawing)

    def finish_stroke(self) -> None:
        """Lifts the pen, if it is down: the stroke joins the drawing."""
        if self._live is None:
            return
        drawing = self.drawing
        self._live = None
        self._history.push(drawing)
        self.history_changed.emit(self.can_undo, self.can_redo)
        self.drawing_changed.emit(drawing)

    def abandon_stroke(self) -> None:
        """Drops the stroke in progress, as if it had not begun."""
        if self._live is None:
            return
        self._live = None
        self.update()
        self.drawing_changed.emit(self._history.drawing)

    def paintEvent(self, event: QPaintEvent) -> None:
        area = self.area
        colours = canvas_colours(self)
        drawing = self.drawing
        ratio = self.devicePixelRatioF()
        painter = QPainter(self)
        inside = area.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN).contains(event.rect())
        if not inside:
            painter.fillRect(event.rect(), theme.theme_ground(self))
        painter.drawPixmap(
            area.topLeft(), self._sheet.picture(drawing, area.width(), ratio, colours)
        )
        if drawing.is_empty and not self._drop_welcome:
            paper.paint_hint(painter, self, area, colours)
        if self._drop_welcome or not inside:
            paper.paint_edge(painter, self, area, colours, dropping=self._drop_welcome)
        if self._framed is not None:
            paper.paint_frame(painter, self, area, self._framed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_cursor()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._show_cursor()
            self.update()
        return super().event(event)

    def _become(self, both: TwoDrawings) -> None:
        self.finish_stroke()
        before = self._history.both
        if both != before:
            self._history.push_both(both)
            self._changed(before)

    def _changed(self, before: TwoDrawings) -> None:
        """Emits signals for what has changed."""
        self.history_changed.emit(self.can_undo, self.can_redo)
        if self._history.kept != before.kept:
            self.kept_changed.emit(self._history.kept)
        if self._history.drawing != before.drawing:
            self.update()
            self.drawing_changed.emit(self._history.drawing)

    def _welcome_drop(self, welcome: bool) -> None:
        self._drop_welcome = welcome
        self.update()

    def _hold_eraser(self, at_hand: bool) -> None:
        """Shows the eraser's ring while the pen's other end is near, whatever tool is chosen."""
        if at_hand != self._eraser_at_hand:
            self._eraser_at_hand = at_hand
            self._show_cursor()

    def _show_cursor(self) -> None:
        erases = self._erasing or self._eraser_at_hand
        width = eraser_width(self._pen_width) if erases else self._pen_width
        self.setCursor(round_cursor(width * self.area.width(), self.devicePixelRatioF(), erases))

    def _on_widget(self, part: QRectF) -> QRect:
        """A rectangle in units of the canvas as the widget's pixels, with room for soft edges."""
        area = self.area
        side = area.width()
        left, top = floor(part.left() * side) - 2, floor(part.top() * side) - 2
        right, bottom = ceil(part.right() * side) + 2, ceil(part.bottom() * side) + 2
        return QRect(left, top, right - left, bottom - top).translated(area.topLeft())


def _is_place(position: QPointF) -> bool:
    return isfinite(position.x()) and isfinite(position.y())
