"""The canvas: mouse, pen and touch draw strokes, and pictures can be dropped on it.

While it is empty, a sample is offered.
"""

from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QEventPoint,
    QGuiApplication,
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from lenet_gui.data.drawing import Drawing
from lenet_gui.data.ink import Box
from lenet_gui.gui.core.dropped_files import is_file_of_window
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.draw import paper
from lenet_gui.gui.draw.part_picker import PartPicker
from lenet_gui.gui.draw.picture_import import holds_picture, source_of_mime
from lenet_gui.gui.draw.picture_reader import PICTURE, PictureReader
from lenet_gui.gui.draw.view import CanvasView
from lenet_gui.gui.widgets.empty_state import SAMPLE, SAMPLE_TIP
from lenet_gui.gui.widgets.link_button import LinkButton


class _Hand(Enum):
    """The device that draws the stroke in progress; the others wait until it is done."""

    NONE = auto()
    MOUSE = auto()
    PEN = auto()
    TOUCH = auto()


class DrawingCanvas(CanvasView):
    """The left mouse button, a pen's tip and one finger draw, or erase if that is chosen.

    The right mouse button, the pen's barrel button and its other end always erase.

    `offer` is a link on the empty sheet. A press on it that moves on is a stroke, with all of its
    points; one that does not is a click: `sample_wanted()`.

    While it `is_picking`, an imported picture lies over the sheet as it came, and a rectangle is
    drawn on it instead: where the digit is. So it begins if no single digit was found.
    """

    sample_wanted = Signal()
    picking_changed = Signal(bool)

    def __init__(self, notifier: Notifier, parent: QWidget | None = None) -> None:
        """Args: notifier: gets the reason if a picture dropped or pasted cannot be used."""
        super().__init__(parent)
        self._notifier = notifier
        self.drawing_changed.connect(self._forget_picture)
        self.setObjectName("canvas")
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription("Draw a digit here with the mouse, a pen or a finger.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        # A press of the right button erases; it must not open a menu of the window.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAcceptDrops(True)
        self._hand = _Hand.NONE
        self._finger = -1
        self._tap: list[tuple[QPointF, float | None]] = []  # on the offer; a stroke perhaps
        self.offer = LinkButton(SAMPLE, self)
        self.offer.setObjectName("sample_offer")
        self.offer.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_tip(self.offer, SAMPLE_TIP)
        self.offer.hide()
        self.offer.clicked.connect(self.sample_wanted)
        self.drawing_changed.connect(self._show_offer)
        self._show_offer(self.drawing)
        self.pictures = PictureReader(notifier, self)
        self.pictures.found.connect(self._put_picture)
        self.picker = PartPicker(self)
        self.picker.chosen.connect(self._read_part)
        self.picker.closed.connect(self._stop_picking)
        self.drawing_changed.connect(self._show_picture)

    @property
    def is_picking(self) -> bool:
        """Whether a rectangle is drawn on the imported picture."""
        return not self.picker.isHidden()

    @Slot(bool)
    def set_picking(self, picking: bool) -> None:
        """Begins to say where the digit is, or stops; without an imported picture it does not."""
        picking = picking and self.drawing.picture_steps is not None
        if picking == self.is_picking:
            return
        if picking:
            self.finish_stroke()
            self.picker.show_picture(self.drawing.picture_steps)
            self.picker.setGeometry(self.area)
            self.picker.show()
            self.picker.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            if self.picker.hasFocus():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.picker.hide()
        self.picking_changed.emit(picking)

    def open_picture(self, file: Path) -> None:
        """Puts the picture in a file on the canvas as soon as it is read, or reports why not."""
        self.pictures.ask(file)

    @Slot()
    def paste(self) -> None:
        """Puts the copied picture on the canvas, or reports why not."""
        self._take_in(QGuiApplication.clipboard().mimeData())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        button = event.button()
        if button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            if self._hand is not _Hand.MOUSE or event.buttons() == button:
                self.finish_stroke()  # the end of the last one was never received
            erases = self.erasing or button == Qt.MouseButton.RightButton
            if self.start_stroke(event.position(), erases=erases):
                self._hand = _Hand.MOUSE

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._hand is _Hand.MOUSE:
            self.extend_stroke(event.position())
        self._point_at_offer(pointed=self._is_on_offer(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drawing = Qt.MouseButton.LeftButton | Qt.MouseButton.RightButton
        if self._hand is _Hand.MOUSE and not event.buttons() & drawing:
            self.extend_stroke(event.position())
            self._lift()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at_offer(pointed=False)

    def tabletEvent(self, event: QTabletEvent) -> None:
        # In any case: one that is not accepted comes again as a mouse event.
        event.accept()
        other_end = event.pointerType() == QPointingDevice.PointerType.Eraser
        self._hold_eraser(other_end)
        feels = bool(event.device().capabilities() & QInputDevice.Capability.Pressure)
        pressure = event.pressure() if feels else None
        button = event.button()
        if event.type() == QEvent.Type.TabletPress:
            if button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                self.finish_stroke()  # a palm that rests on the screen gives way to the pen
                erases = self.erasing or other_end or button == Qt.MouseButton.RightButton
                if self.start_stroke(event.position(), erases=erases, pressure=pressure):
                    self._hand = _Hand.PEN
        elif self._hand is _Hand.PEN:
            if event.type() == QEvent.Type.TabletMove:
                self.extend_stroke(event.position(), pressure)
            elif event.type() == QEvent.Type.TabletRelease:
                self._lift()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            # The first finger's event must be accepted for the others to come at all.
            event.accept()
            self._touched(event)
            return True
        if event.type() in (QEvent.Type.WindowDeactivate, QEvent.Type.Hide):
            self.finish_stroke()  # its end would not be received
        return super().event(event)

    def start_stroke(
        self, position: QPointF, *, erases: bool, pressure: float | None = None
    ) -> bool:
        if not erases and self._is_on_offer(position):
            self._tap = [(position, pressure)]
            return True
        return super().start_stroke(position, erases=erases, pressure=pressure)

    def extend_stroke(self, position: QPointF, pressure: float | None = None) -> None:
        if not self._tap:
            super().extend_stroke(position, pressure)
            return
        self._tap.append((position, pressure))
        moved = (position - self._tap[0][0]).manhattanLength()
        if moved >= QGuiApplication.styleHints().startDragDistance():
            self._draw_tap()

    def finish_stroke(self) -> None:
        self._draw_tap()
        self._hand = _Hand.NONE
        super().finish_stroke()

    def abandon_stroke(self) -> None:
        self._tap = []
        self._hand = _Hand.NONE
        super().abandon_stroke()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dragged = event.mimeData()
        if is_file_of_window(dragged):
            event.ignore()  # the window takes them
        elif holds_picture(dragged):
            event.acceptProposedAction()
            self._welcome_drop(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        event.accept()
        self._welcome_drop(False)

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._welcome_drop(False)
        self._take_in(event.mimeData())

    def _touched(self, event: QTouchEvent) -> None:
        if event.type() == QEvent.Type.TouchCancel:
            if self._hand is _Hand.TOUCH:
                self.abandon_stroke()
            return
        if event.type() == QEvent.Type.TouchBegin:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            if self._hand is _Hand.TOUCH:
                self.finish_stroke()  # the end of the last one was never received
        for point in event.points():
            if self._hand is _Hand.TOUCH and point.id() == self._finger:
                self.extend_stroke(point.position())
                if point.state() == QEventPoint.State.Released:
                    self._lift()
            elif point.state() == QEventPoint.State.Pressed and self.start_stroke(
                point.position(), erases=self.erasing
            ):
                self._hand, self._finger = _Hand.TOUCH, point.id()

    def _lift(self) -> None:
        """What draws is lifted: the end of a stroke, or of a click."""
        if self._tap:
            self.abandon_stroke()
            self.offer.click()
        else:
            self.finish_stroke()

    def _draw_tap(self) -> None:
        """A press on the offer that is no click: a stroke from there."""
        tap, self._tap = self._tap, []
        for number, (position, pressure) in enumerate(tap):
            if number:
                super().extend_stroke(position, pressure)
            else:
                super().start_stroke(position, erases=False, pressure=pressure)

    # The offer

    @Slot(object)
    def _show_offer(self, drawing: Drawing) -> None:
        """As long as nothing is drawn, where there is room."""
        is_wanted = drawing.is_empty and self.offer.sizeHint().width() <= self.area.width()
        if is_wanted:
            self.offer.resize(self.offer.sizeHint())
            place = paper.below_hint(self, self.area)
            self.offer.move(round(place.x() - self.offer.width() / 2), round(place.y()))
        if is_wanted is not self.offer.isHidden():
            return
        if self.offer.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.offer.setVisible(is_wanted)
        self.setMouseTracking(is_wanted)
        self._point_at_offer(pointed=False)

    def _is_on_offer(self, position: QPointF) -> bool:
        return not self.offer.isHidden() and self.offer.geometry().contains(position.toPoint())

    def _point_at_offer(self, *, pointed: bool) -> None:
        if self.offer.point_at(pointed=pointed):
            if pointed:
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            else:
                self._show_cursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_offer(self.drawing)
        self.picker.setGeometry(self.area)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._show_offer(self.drawing)

    def _welcome_drop(self, welcome: bool) -> None:
        super()._welcome_drop(welcome)
        self.offer.setText("" if welcome else SAMPLE)  # hidden, it would lose the focus

    @Slot()
    def _forget_picture(self) -> None:
        """Errors about an unusable picture, and what was asked before, are read once one draws."""
        self._notifier.clear(PICTURE)
        self._notifier.go_on()

    def _take_in(self, mime: QMimeData | None) -> None:
        with self._notifier.reporting(PICTURE):
            self.pictures.ask(source_of_mime(mime))

    @Slot(object)
    def _put_picture(self, drawing: Drawing) -> None:
        self.put(drawing)
        self.set_picking(drawing.digits != 1)

    @Slot(object)
    def _show_picture(self, drawing: Drawing) -> None:
        """Another picture takes the place of the last; there is no more to say of one digit."""
        steps = drawing.picture_steps
        if steps is None or (drawing.digits == 1 and steps is not self.picker.steps):
            self.set_picking(False)
        elif self.is_picking:
            self.picker.show_picture(steps)

    @Slot(object)
    def _read_part(self, part: Box) -> None:
        if self.picker.steps is not None:
            self.pictures.ask_within(self.picker.steps, part)

    @Slot()
    def _stop_picking(self) -> None:
        self.set_picking(False)
