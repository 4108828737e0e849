"""The full screen: drawing, view and answer, and how far training is; then all is as before."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolBar, QWidget

from lenet_gui.gui.app.docks import layout_of
from lenet_gui.gui.app.progress_edge import ProgressEdge
from lenet_gui.gui.app.view_stack import ViewStack
from lenet_gui.gui.core.settings import Layout
from lenet_gui.gui.draw.panel import CanvasPanel
from lenet_gui.gui.training.panel import TrainingPanel

_SHARES = (0.24, 0.22)
"""The shares of the screen's width for drawing and answer."""

_SETTLED_MS = 500
"""After leaving, the window manager gives the window its former size within this time."""


class FullScreen(QObject):
    """Hides the controls of a window and restores them; `changed(bool)`: whether it is on now."""

    changed = Signal(bool)

    def __init__(
        self,
        window: QMainWindow,
        docks: Sequence[QDockWidget],
        panel: CanvasPanel,
        stack: ViewStack,
        training: TrainingPanel,
    ) -> None:
        """Args: docks: of the drawing and of the answer, and then those that are hidden."""
        super().__init__(window)
        self._window, self._docks = window, docks
        self._panel, self._stack = panel, stack
        self._progress = ProgressEdge(window, training)
        self._layout: Layout | None = None
        self._before: QByteArray | None = None
        self._state = Qt.WindowState.WindowNoState
        self._size = QSize()
        self._hidden: list[QWidget] = []
        self._settled = QTimer(self)  # runs while docks return to their places
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)

    @property
    def is_on(self) -> bool:
        """Whether drawing, view and answer fill the screen."""
        return self._layout is not None

    @property
    def layout(self) -> Layout | None:
        """The places of the window and its docks after leaving; None if it is not on."""
        return self._layout

    @Slot(bool)
    def set_on(self, on: bool) -> None:
        """Fills the screen, or goes back."""
        if on and not self.is_on:
            self._enter()
        elif self.is_on and not on:
            self._leave()

    @Slot()
    def leave(self) -> None:
        """Goes back, if it is on."""
        self.set_on(False)

    def window_resized(self) -> None:
        """Sets the docks' widths for the full screen, or their former ones."""
        if self.is_on:
            self._give_widths()
        elif self._before is not None and self._settled.isActive():
            self._window.restoreState(self._before)
            if self._window.size() == self._size:
                self._settled.stop()

    def window_state_changed(self) -> None:
        """If the desktop ended the full screen, the controls are restored."""
        if not self._window.isFullScreen():
            self.leave()

    def _enter(self) -> None:
        window = self._window
        self._layout = layout_of(window)
        self._before, self._state = window.saveState(), window.windowState()
        self._size = window.size()
        bars = (window.menuBar(), window.statusBar(), *window.findChildren(QToolBar))
        self._hidden = [bar for bar in bars if not bar.isHidden()]
        self._set_bare(bare=True)
        drawing, answer, *others = self._docks
        for dock in others:
            dock.hide()
        areas = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        for dock, area in zip((drawing, answer), areas, strict=True):
            dock.setFloating(False)
            window.addDockWidget(area, dock)
            dock.show()
            dock.setTitleBarWidget(QWidget(dock))
        window.showFullScreen()
        self._give_widths()
        self.changed.emit(True)

    def _leave(self) -> None:
        assert self._before is not None  # noqa: S101 - it was entered
        self._layout = None
        for dock in self._docks[:2]:
            bare = dock.titleBarWidget()
            dock.setTitleBarWidget(None)  # type: ignore[arg-type] # as Qt's own is called
            bare.deleteLater()
        self._set_bare(bare=False)
        self._settled.start()
        self._window.setWindowState(self._state)
        self._window.restoreState(self._before)
        self.changed.emit(False)

    def _set_bare(self, *, bare: bool) -> None:
        for part in self._hidden:
            part.setHidden(bare)
        self._panel.set_bare(bare=bare)
        self._stack.set_bare(bare=bare)
        self._progress.set_wanted(wanted=bare)

    def _give_widths(self) -> None:
        widths = [round(share * self._window.width()) for share in _SHARES]
        self._window.resizeDocks(self._docks[:2], widths, Qt.Orientation.Horizontal)
