"""The share of the window's height for the expanded training panel; the maps keep the rest."""

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow

from lenet_gui.gui.training.panel import TrainingPanel

_SHARE = 0.32
_SHARE_OF_FORM = 0.46
"""Of the window's height, for the three choices and for all settings.

Before a training run and from its start on: nothing jumps.
"""

_HEIGHT = 226
"""At least, for the three choices and the plots; it leaves room for the layers at 1024x700."""

_SETTLED_MS = 60
"""After the last change of the window's size, when its panels have settled."""

_MUCH = 0.1
"""After a change of the window's height by this share, the panel gets its share again."""


class TrainingDock(QObject):
    """Gives the panel its usual height when it is expanded, and again after a large change of size.

    All settings get more of it than the three choices. Whether a run is in progress changes
    nothing.
    """

    def __init__(self, window: QMainWindow, dock: QDockWidget, panel: TrainingPanel) -> None:
        super().__init__(window)
        self._window, self._dock, self._panel = window, dock, panel
        self._given_at = 0  # the window's height then
        self._wanted = QTimer(self)
        self._wanted.setSingleShot(True)
        self._wanted.timeout.connect(self._give)
        panel.folded_changed.connect(self._changed)
        panel.all_settings_changed.connect(self._changed)

    @Slot()
    def open(self) -> None:
        """Opens the panel, wherever it is."""
        self._dock.show()
        self._dock.raise_()
        self._panel.set_folded(folded=False)

    def window_resized(self) -> None:
        """The expanded panel keeps its share when the window's height changes a lot."""
        given = self._given_at
        if given and abs(self._window.height() - given) > _MUCH * given:
            self._wanted.start(_SETTLED_MS)

    @Slot()
    def _changed(self) -> None:
        if not self._panel.is_folded and self._window.isVisible():
            self._wanted.start(0)  # when the dock knows its new size

    @Slot()
    def _give(self) -> None:
        if self._panel.is_folded:
            return
        # Not the size hint: what the end of a run adds to the panel is not taken from the maps.
        least = max(self._dock.minimumSizeHint().height(), _HEIGHT)
        share = _SHARE_OF_FORM if self._panel.panes.recipe.shows_all_settings else _SHARE
        height = max(least, round(self._window.height() * share))
        self._window.resizeDocks([self._dock], [height], Qt.Orientation.Vertical)
        self._given_at = self._window.height()
