"""The sheet to draw on: mouse, pen and touch leave strokes, and pictures can be dropped on it."""

from enum import Enum, auto

from PySide6.QtCore import QEvent, QMimeData, Qt, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QEventPoint,
    QGuiApplication,
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.draw.picture_import import drawing_of_mime, holds_picture
from lenet_gui.gui.draw.view import CanvasView

PICTURE = "picture"
"""The cause of sentences about a picture that cannot be laid on the sheet."""


class _Hand(Enum):
    """What draws the stroke under way; the others wait until it is done."""

    NONE = auto()
    MOUSE = auto()
    PEN = auto()
    TOUCH = auto()


class DrawingCanvas(CanvasView):
    """The left mouse button, a pen's tip and one finger draw, or rub out when that is chosen.

    The right mouse button, the pen's barrel button and its other end always rub out.
    """

    def __init__(self, notifier: Notifier, parent: QWidget | None = None) -> None:
        """Args: notifier: is told why a picture dropped or pasted cannot be used."""
        super().__init__(parent)
        self._notifier = notifier
        self.drawing_changed.connect(self._forget_picture)
        self.setObjectName("canvas")
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription("Draw a digit here with the mouse, a pen or a finger.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        # A press of the right button rubs out; no menu of the window may come with it.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAcceptDrops(True)
        self._hand = _Hand.NONE
        self._finger = -1

    @Slot()
    def paste(self) -> None:
        """Lays the copied picture on the sheet, or tells why not."""
        self._take_in(QGuiApplication.clipboard().mimeData())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        button = event.button()
        if button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            if self._hand is not _Hand.MOUSE or event.buttons() == button:
                self.finish_stroke()  # the end of the last one was never heard of
            erases = self.erasing or button == Qt.MouseButton.RightButton
            if self.start_stroke(event.position(), erases=erases):
                self._hand = _Hand.MOUSE

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._hand is _Hand.MOUSE:
            self.extend_stroke(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drawing = Qt.MouseButton.LeftButton | Qt.MouseButton.RightButton
        if self._hand is _Hand.MOUSE and not event.buttons() & drawing:
            self.extend_stroke(event.position())
            self.finish_stroke()

    def tabletEvent(self, event: QTabletEvent) -> None:
        # Whatever it is: one that is not accepted comes again as a mouse event.
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
                self.finish_stroke()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            # The first finger's event must be accepted for the others to come at all.
            event.accept()
            self._touched(event)
            return True
        if event.type() in (QEvent.Type.WindowDeactivate, QEvent.Type.Hide):
            self.finish_stroke()  # its end would not be heard of
        return super().event(event)

    def finish_stroke(self) -> None:
        self._hand = _Hand.NONE
        super().finish_stroke()

    def abandon_stroke(self) -> None:
        self._hand = _Hand.NONE
        super().abandon_stroke()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_picture(event.mimeData()):
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
                self.finish_stroke()  # the end of the last one was never heard of
        for point in event.points():
            if self._hand is _Hand.TOUCH and point.id() == self._finger:
                self.extend_stroke(point.position())
                if point.state() == QEventPoint.State.Released:
                    self.finish_stroke()
            elif point.state() == QEventPoint.State.Pressed and self.start_stroke(
                point.position(), erases=self.erasing
            ):
                self._hand, self._finger = _Hand.TOUCH, point.id()

    @Slot()
    def _forget_picture(self) -> None:
        """A picture that could not be used is of no interest once something else is drawn."""
        self._notifier.clear(PICTURE)

    def _take_in(self, mime: QMimeData | None) -> None:
        with self._notifier.reporting(PICTURE):
            self.put(drawing_of_mime(mime))
