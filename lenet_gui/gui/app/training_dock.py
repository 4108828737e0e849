"""How much of the window's height the opened training panel gets; the maps above keep the rest."""

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow

from lenet_gui.gui.core import theme
from lenet_gui.gui.training.panel import TrainingPanel

_SHARE = 0.3
"""Of the window's height."""

_HEIGHT = 32 * theme.UNIT
"""At which form and plots are at home; above it every layer has room at 1024x700."""

_SETTLED_MS = 60
"""After the last change of the window's size, when its panels have found theirs."""

_MUCH = 0.1
"""A change of the window's height by this share gives the panel its share anew."""


class TrainingDock(QObject):
    """Gives the panel its usual height when it is opened, and anew after a large change of size."""

    def __init__(self, window: QMainWindow, dock: QDockWidget, panel: TrainingPanel) -> None:
        super().__init__(window)
        self._window, self._dock, self._panel = window, dock, panel
        self._given_at = 0  # the window's height then
        self._wanted = QTimer(self)
        self._wanted.setSingleShot(True)
        self._wanted.timeout.connect(self._give)
        panel.folded_changed.connect(self._folded)

    def window_resized(self) -> None:
        """The opened panel keeps its share when the window's height changes much."""
        given = self._given_at
        if given and abs(self._window.height() - given) > _MUCH * given:
            self._wanted.start(_SETTLED_MS)

    @Slot(bool)
    def _folded(self, folded: bool) -> None:
        if not folded and self._window.isVisible():  # at the start the remembered layout decides
            self._wanted.start(0)  # when the dock knows its new size

    @Slot()
    def _give(self) -> None:
        if self._panel.is_folded:
            return
        # Not the size hint: what a run's end adds to the panel is not taken from the maps.
        least = max(self._dock.minimumSizeHint().height(), _HEIGHT)
        height = max(least, round(self._window.height() * _SHARE))
        self._window.resizeDocks([self._dock], [height], Qt.Orientation.Vertical)
        self._given_at = self._window.height()
