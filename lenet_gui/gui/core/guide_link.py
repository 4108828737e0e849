"""Links from anything in the window to its place in the guide: F1 and small question marks."""

from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QDialog, QLabel, QSizePolicy, QToolButton, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.guide.places import Place

_PLACE = "guide place"


@runtime_checkable
class OpensGuide(Protocol):
    """The window that everything belongs to."""

    def open_guide(self, place: Place) -> None:
        """Shows a place of the guide."""


@runtime_checkable
class Explained(Protocol):
    """A widget whose place in the guide depends on what is chosen in it."""

    @property
    def guide_place(self) -> Place | None:
        """Where the guide explains what is chosen; None if that is as for its surroundings."""


def explain(widget: QWidget, place: Place) -> None:
    """Sets where the guide explains a widget, and everything in it without its own place."""
    widget.setProperty(_PLACE, place.link)


def offer_guide(dialog: QDialog, place: Place) -> None:
    """Explains a modal dialog, which keeps the keys of the window away, and has F1 work in it."""
    explain(dialog, place)
    key = QShortcut(QKeySequence(Qt.Key.Key_F1), dialog)
    key.activated.connect(partial(_open_from, dialog, place))


def _open_from(dialog: QDialog, place: Place) -> None:
    open_guide(dialog, place_of(dialog.focusWidget()) or place)


def place_of(widget: QWidget | None) -> Place | None:
    """Where the guide explains a widget, or the nearest parent that it explains."""
    while widget is not None:
        if isinstance(widget, Explained) and widget.guide_place is not None:
            return widget.guide_place
        link = widget.property(_PLACE)
        if link:
            return Place.of(link)
        widget = widget.parentWidget()
    return None


def open_guide(widget: QObject, place: Place) -> None:
    """Shows a place of the guide from the window of a widget."""
    owner: QObject | None = widget
    while owner is not None and not isinstance(owner, OpensGuide):
        owner = owner.parent()
    if owner is not None:
        owner.open_guide(place)


class GuideButton(QToolButton):
    """A small question mark that opens the guide at the place of what is beside it.

    It takes no focus, as F1 does the same for whatever has it.
    """

    def __init__(self, place: Place, subject: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open)
        self.speak_of(place, subject)

    @property
    def place(self) -> Place:
        """What a click opens."""
        return self._place

    def speak_of(self, place: Place, subject: str) -> None:
        """Changes what it is beside."""
        self._place = place
        self.setAccessibleName(f"Guide: {subject}")
        set_tip(self, f"What the guide says about {subject} (F1)")

    def sizeHint(self) -> QSize:
        side = round(mark_side(QFontMetricsF(theme.small_font(self), self))) + 4
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small
        painter = QPainter(self)
        colour = theme.accent(self) if self.underMouse() else theme.faint(self)
        font = theme.small_font(self)
        side = mark_side(QFontMetricsF(font, self))
        place = QRectF(0, 0, side, side)
        place.moveCenter(QRectF(self.rect()).center())
        paint_mark(painter, place, colour, font)

    @Slot()
    def _open(self) -> None:
        open_guide(self, self._place)


class GuideLabel(QLabel):
    """A label whose words are a link into the guide: a dotted line under them says so.

    It takes no extra room, for fields that are close together; F1 in the field does the same.
    """

    def __init__(self, text: str, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleDescription(f"Guide: {text}")
        self._place = place

    @property
    def place(self) -> Place:
        """What a click opens."""
        return self._place

    def event(self, event: QEvent) -> bool:
        """A click opens the guide, even if the field has no effect now and the label is grey."""
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            is_inside = self.rect().contains(event.position().toPoint())
            if event.type() == QEvent.Type.MouseButtonRelease and is_inside:
                open_guide(self, self._place)
            return True
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, metrics = QPainter(self), self.fontMetrics()
        colour = theme.accent(self) if self.underMouse() else theme.faint(self)
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
        y = (self.height() + metrics.height()) // 2 - metrics.descent() + 2
        painter.drawLine(0, y, metrics.horizontalAdvance(self.text()), y)


def mark_side(metrics: QFontMetricsF) -> float:
    """The diameter of a question mark beside text of a size, in logical pixels."""
    return round(metrics.height() * 0.92)


def paint_mark(painter: QPainter, place: QRectF, colour: QColor, font: QFont) -> None:
    """A question mark in a ring: quiet, and everywhere the same."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ring = QColor(colour)
    ring.setAlpha(colour.alpha() // 2)
    painter.setPen(QPen(ring, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(place.adjusted(0.5, 0.5, -0.5, -0.5))
    small = QFont(font)
    small.setPointSizeF(max(font.pointSizeF(), 1.0) * 0.85)
    painter.setFont(small)
    painter.setPen(colour)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "?")
    painter.restore()
