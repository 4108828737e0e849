"""Panels that scroll where there is less room than they need."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_LOWEST = 60
"""So high, in logical pixels, is what is seen of a panel at least."""


class Scrolled(QScrollArea):
    """A panel in an area that asks for the width that the panel needs, but for no more than `most`.

    Below that the panel scrolls. So nothing that a panel shows keeps the window from being small.
    """

    def __init__(self, panel: QWidget, most: QSize | None = None) -> None:
        """Args: most: the width and height that are asked for at most; None: as wide as it is."""
        super().__init__()
        self._panel, self._most = panel, most
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(panel)

    def minimumSizeHint(self) -> QSize:
        least = self._panel.minimumSizeHint().expandedTo(self._panel.minimumSize())
        if self._most is None:
            return QSize(least.width() + self._bar, _LOWEST)
        if least.height() > self._most.height():
            least.setWidth(least.width() + self._bar)
        return least.boundedTo(self._most)

    def sizeHint(self) -> QSize:
        return self._panel.sizeHint().expandedTo(self.minimumSizeHint())

    @property
    def _bar(self) -> int:
        return self.verticalScrollBar().sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._ask()
        return handled

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Asks for other room when the panel does."""
        handled = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest and watched is self._panel:
            self._ask()
        return handled

    def _ask(self) -> None:
        if self._most is not None:
            self.setSizePolicy(self._panel.sizePolicy())
        self.updateGeometry()
        self._give_room()

    def _give_room(self) -> None:
        """The panel has all the room that is seen, or the least that it needs.

        A resizable QScrollArea would give a panel with wrapped lines the height that it likes best.
        """
        room = self.maximumViewportSize()
        size = self._needed(room)
        if size.height() > room.height():
            room.setWidth(room.width() - self._bar)
            size = self._needed(room)
        if size.width() > room.width():
            room.setHeight(room.height() - self._bar)
            size = self._needed(room)
        self._panel.resize(size)
        again = self._needed(room)
        if again != size:  # what is in it needs another height at this width
            self._panel.resize(again)

    def _needed(self, room: QSize) -> QSize:
        """As much as there is, or the least that the panel needs."""
        panel, layout = self._panel, self._panel.layout()
        least = panel.minimumSizeHint().expandedTo(panel.minimumSize())
        size = room.expandedTo(least)
        if layout is not None and layout.hasHeightForWidth():
            least.setHeight(layout.minimumHeightForWidth(size.width()))
            size = room.expandedTo(least)
        return size.boundedTo(panel.maximumSize())


def scrolled(panel: QWidget, most: QSize | None = None) -> Scrolled:
    """The panel in an area that scrolls; the keys go through the panel's own parts alone."""
    area = Scrolled(panel, most)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def steady_width(panel: QWidget) -> int:
    """The width that a panel has whether or not it scrolls up and down."""
    port = panel.parentWidget()
    area = None if port is None else port.parentWidget()
    if not isinstance(area, Scrolled):
        return panel.width()
    return area.maximumViewportSize().width() - area.verticalScrollBar().sizeHint().width()


def scrolled_away(view: QWidget, factor: float) -> int:
    """By how many pixels a view is too low to show all of it at once.

    A panel that would have to be scrolled even with text `factor` times smaller does not count.
    """
    most = 0
    for area in view.findChildren(QScrollArea):
        panel, room = area.widget(), area.maximumViewportSize()
        if panel is None or not area.isVisible():
            continue
        layout = panel.layout()
        if layout is not None and layout.hasHeightForWidth():
            needed = layout.minimumHeightForWidth(room.width())
        else:
            needed = panel.minimumSizeHint().expandedTo(panel.minimumSize()).height()
        if needed / factor <= room.height():
            most = max(most, needed - room.height())
    return most
