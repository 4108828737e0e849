"""How wide the docks at the sides are: as wide as their text asks for, as far as the window can."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow

from lenet_gui.gui.core.settings import Layout
from lenet_gui.gui.core.text_size import factor

_SHARES = (0.19, 0.18)
"""Of the window's width, for drawing and for the answer, at a first start."""

_USUAL = 250
"""Logical pixels, at the usual size of text."""

_MOST = 0.3
"""Of the window's width, for a dock that grows with the text."""

_LEAST = 240
_MIDDLE = 270
"""In logical pixels and, for the middle, which has more to say in large type, in usual ones."""

_MAPS = 524
"""Logical pixels: in a middle of this width all maps stand side by side at the usual size of text.

Docks of the usual width give way for it.
"""

_EXACT = 2
"""By so many pixels Qt may round a width."""

_SIDES = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea


class SideDocks(QObject):
    """Widens the docks as the text grows, and narrows them again.

    A dock that has the width it was given gets another one with the next size of text or of the
    window. One that the user has dragged keeps its width until the next size of text.
    """

    def __init__(self, window: QMainWindow, docks: Sequence[QDockWidget]) -> None:
        """Args: docks: of the drawing and of the answer."""
        super().__init__(window)
        self._window, self._docks = window, docks
        self._factor = factor()
        self._usual: dict[QDockWidget, float] = {}  # the width at the usual size of text
        self._given: dict[QDockWidget, int] = {}
        self._width = 0  # the window's, when it was last followed
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(0)
        self._settled.timeout.connect(self._follow_window)

    def give_usual(self) -> None:
        """Gives both docks the widths of a first start."""
        width = self._window.width()
        shares = zip(self._docks, _SHARES, strict=True)
        self._usual = {dock: max(_USUAL, share * width) for dock, share in shares}
        self._factor = factor()
        self._give(list(self._docks))

    def recall(self, layout: Layout) -> None:
        """The docks come back with the widths of a former window, with text of this size."""
        widths = {place.name: place.rectangle[2] for place in layout.docks}
        self._given = {dock: widths.get(dock.objectName(), _USUAL) for dock in self._docks}
        self._usual = {dock: max(self._given[dock] / factor(), _USUAL) for dock in self._docks}
        self._factor = factor()

    @Slot()
    def text_resized(self) -> None:
        """The text has another size."""
        for dock in self._at_sides():
            if not self._has_given(dock):
                self._usual[dock] = dock.width() / self._factor
        self._factor = factor()
        self._give(self._at_sides())

    def window_resized(self) -> None:
        """Where text is large or the window is narrow, the widths are shared anew."""
        before, self._width = self._width, self._window.width()
        if self._factor > 1 or min(before, self._width) < _MAPS + 2 * _USUAL:
            self._settled.start()

    @Slot()
    def _follow_window(self) -> None:
        self._give([dock for dock in self._at_sides() if self._has_given(dock)])

    def _has_given(self, dock: QDockWidget) -> bool:
        """Whether nobody has dragged it."""
        return abs(dock.width() - self._given.get(dock, 0)) <= _EXACT

    def _at_sides(self) -> list[QDockWidget]:
        there = [dock for dock in self._docks if self._window.dockWidgetArea(dock) in _SIDES]
        return [dock for dock in there if dock.isVisible() and not dock.isFloating()]

    def _give(self, docks: list[QDockWidget]) -> None:
        widths = [round(min(self._usual[dock] * self._factor, self._most(dock))) for dock in docks]
        self._window.resizeDocks(docks, widths, Qt.Orientation.Horizontal)
        layout, is_shown = self._window.layout(), self._window.isVisible()
        if layout is not None and is_shown:
            layout.activate()
            widths = [dock.width() for dock in docks]  # where there is no room, not as asked
        self._given |= dict(zip(docks, widths, strict=True))

    def _most(self, dock: QDockWidget) -> float:
        """The width that a dock may have."""
        width = self._window.width()
        if self._factor > 1:
            left = (width - _MIDDLE * self._factor) / 2
            return max(_LEAST, min(_MOST * width, left))
        if self._usual[dock] > _USUAL:  # somebody wants it so
            return width
        return max(_LEAST, (width - _MAPS) / 2)
