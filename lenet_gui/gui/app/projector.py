"""The projector: which view its window shows, on which screen, and how it follows the main one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.app.actions import Actions
from lenet_gui.gui.app.docks import figures, in_sight
from lenet_gui.gui.app.projector_window import ProjectorWindow
from lenet_gui.gui.app.view_stack import ViewStack
from lenet_gui.gui.core.commands import FRONT, PLOTS, PROJECTED
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.core.view_table import VIEWS
from lenet_gui.gui.library.known_network import KnownNetwork
from lenet_gui.gui.library.live import LiveReader
from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.gui.views.view import View
from lenet_gui.gui.widgets.grid.grid import CellGrid

_UPDATE_MS = 40
"""How long a new reading waits, with all that come meanwhile: the main window has priority."""

_LOOK_MS = 100
"""How often it checks what is chosen and pointed at in the main window."""

_SHARE = 0.7
"""The share of the screen for a window that does not fill it."""

_NOT_HERE = ("full-screen",)
"""All keys of the main window work here as well, except F11, which it has for itself."""


_NAMES = (FRONT, *(entry.name for entry in VIEWS), PLOTS)


class Projector(QObject):
    """Owns the second window, if there is one; a closed one costs nothing.

    `shown_changed(bool)`: whether there is one. Its views are separate instances: they show the
    reading that the main window shows, and follow what is chosen and pointed at there.
    """

    shown_changed = Signal(bool)

    def __init__(
        self,
        main: QWidget,
        live: LiveReader,
        training: TrainingPanel,
        stack: ViewStack,
        settings: Settings,
    ) -> None:
        super().__init__(main)
        self._main, self._live, self._training = main, live, training
        self._networks = stack.context.networks
        self._stack, self._settings = stack, settings
        self._projection = settings.remembered.projection
        self._window: ProjectorWindow | None = None
        self._views: dict[str, View] = {}
        self._followed: object = None
        self._actions: Actions | None = None
        self._update = QTimer(self)
        self._update.setSingleShot(True)
        self._update.setInterval(_UPDATE_MS)
        self._update.timeout.connect(self._show)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._follow)

    @property
    def window(self) -> ProjectorWindow | None:
        """The second window; None if it is closed."""
        return self._window

    @property
    def name(self) -> str:
        """The view that it shows."""
        shows = self._projection.shows
        return shows if shows in _NAMES and shows != FRONT else self._stack.name

    @property
    def handlers(self) -> Mapping[str, Callable[..., object]]:
        """What is called, by the command's name."""
        return {
            "projector": self.set_shown,
            "projector-light": self._set_light,
            **{f"{PROJECTED}{name}": partial(self._project, name) for name in _NAMES},
        }

    def obey(self, actions: Actions) -> None:
        """Handles these actions from now on, and marks what is chosen."""
        self._actions = actions
        self.shown_changed.connect(actions["projector"].setChecked)
        actions["projector-light"].setChecked(self._projection.is_light)
        shows = self._projection.shows
        known = shows if shows in _NAMES else FRONT
        actions[f"{PROJECTED}{known}"].setChecked(True)

    @Slot(bool)
    def set_shown(self, shown: bool) -> None:
        """Opens the second window, or closes it."""
        if shown and self._window is None:
            self._open()
        elif self._window is not None and not shown:
            self._window.close()

    @Slot()
    def close_down(self) -> None:
        """Closes the window, and remembers its place."""
        self.set_shown(False)

    # ---------------------------------------------------------------- the window

    def _open(self) -> None:
        window = self._window = ProjectorWindow()
        window.closed.connect(self._closed)
        window.set_light(light=self._projection.is_light)
        if self._actions is not None:
            window.addActions([one for name, one in self._actions.items() if name not in _NOT_HERE])
            window.menu_actions = [self._actions[name] for name in self.handlers]
        self._live.read.connect(self._wait)
        self._stack.changed.connect(self._show)
        self._networks.awaited.connect(self._say_network)
        self._networks.shown_changed.connect(self._say_network)
        if self._networks.shown is not None:
            self._say_network(self._networks.shown)
        self._place(window)
        self._show()
        self._look.start()
        self.shown_changed.emit(True)

    @Slot()
    def _closed(self) -> None:
        window = self._window
        if window is None:
            return
        is_full = window.isFullScreen()
        place = window.normalGeometry() if is_full else window.geometry()
        self._remember(rectangle=figures(place), is_full=is_full)
        self._window, self._followed = None, None
        self._look.stop()
        self._update.stop()
        self._live.read.disconnect(self._wait)
        self._stack.changed.disconnect(self._show)
        self._networks.awaited.disconnect(self._say_network)
        self._networks.shown_changed.disconnect(self._say_network)
        for view in self._views.values():
            view.close_down()
        self._views.clear()
        window.deleteLater()
        self.shown_changed.emit(False)

    def _place(self, window: ProjectorWindow) -> None:
        """Its former place; else all of another screen; else a part of the only one."""
        remembered = self._projection.rectangle
        there = None if remembered is None else QRect(*remembered)
        is_full = self._projection.is_full
        if there is None or QGuiApplication.screenAt(there.center()) is None:
            other = self._other_screen()
            is_full = other is not None
            there = _middle_of(other or self._main.screen())
        window.setScreen(QGuiApplication.screenAt(there.center()) or self._main.screen())
        window.setGeometry(in_sight(there))
        if is_full:
            window.showFullScreen()
        else:
            window.show()

    def _other_screen(self) -> QScreen | None:
        mine = self._main.screen()
        return next((each for each in QGuiApplication.screens() if each is not mine), None)

    # ---------------------------------------------------------------- what is shown

    @Slot()
    def _wait(self) -> None:
        if not self._update.isActive():
            self._update.start()

    @Slot()
    def _show(self) -> None:
        """The view, what is chosen there, and the newest reading."""
        window, name = self._window, self.name
        if window is None:
            return
        if name not in self._views:
            self._views[name] = self._made(name)
            window.add_view(self._views[name])
        if window.view is not self._views[name]:
            window.show_view(self._views[name])
            self._followed = None
        window.show_live(self._stack.live_state)
        self._follow()

    def _made(self, name: str) -> View:
        if name != PLOTS:
            return self._stack.made_anew(name)
        from lenet_gui.gui.app.projected_plots import PlotsView  # it takes long

        return PlotsView(self._stack.context, self._training.panes.plots)

    @Slot()
    def _follow(self) -> None:
        """Follows what is chosen in the main window's view, and what is pointed at."""
        main, view = self._stack.made(self.name), self._views.get(self.name)
        if main is None or view is None:
            return
        state = main.state
        if state != self._followed:
            self._followed = state
            view.restore(state)
        grids = main.findChildren(CellGrid), view.findChildren(CellGrid)
        for theirs, ours in zip(*grids, strict=False):  # a card may be open in only one of them
            ours.point_at(theirs.hovered)

    @Slot(object)
    def _say_network(self, network: KnownNetwork) -> None:
        if self._window is not None:
            self._window.show_network(network)

    # ---------------------------------------------------------------- what is chosen

    def _project(self, name: str, *_: object) -> None:
        self._remember(shows=name)
        self._show()

    @Slot(bool)
    def _set_light(self, light: bool) -> None:
        self._remember(is_light=light)
        if self._window is not None:
            self._window.set_light(light=light)

    def _remember(self, **changes: Any) -> None:
        self._projection = replace(self._projection, **changes)
        self._settings.remember(projection=self._projection)


def _middle_of(screen: QScreen) -> QRect:
    """The middle of a screen."""
    room = screen.availableGeometry()
    size = room.size() * _SHARE
    corner = QPoint((room.width() - size.width()) // 2, (room.height() - size.height()) // 2)
    return QRect(room.topLeft() + corner, size)
