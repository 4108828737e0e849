"""The middle of the window: one view at a time, under the line about the network."""

import importlib
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lenet_gui.gui.app.actions import Actions
from lenet_gui.gui.app.view_tabs import ViewTabs
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.guide_link import GuideButton, explain
from lenet_gui.gui.core.plain import plain_tip
from lenet_gui.gui.core.view_table import MAPS, RUN, VIEWS, Entry
from lenet_gui.gui.library.live import LiveReader
from lenet_gui.gui.views.view import LiveState, View, ViewContext
from lenet_gui.guide.places import view_place
from lenet_gui.net.layers import Unit


class _Pages(QWidget):
    """Shows one of its pages; unlike those of a QStackedWidget the others ask for no room."""

    def __init__(self) -> None:
        super().__init__()
        self._front: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, page: QWidget) -> None:
        """Takes a page in, behind the one in front; the first is in front."""
        page.hide()
        self._column.addWidget(page)
        if self._front is None:
            self.setCurrentWidget(page)

    def currentWidget(self) -> QWidget | None:
        """The page in front."""
        return self._front

    def setCurrentWidget(self, page: QWidget) -> None:
        """Brings a page to the front; it takes the focus where the one before had it."""
        before, self._front = self._front, page
        if before is page:
            return
        focus = self.window().focusWidget()
        had_focus = before is not None and focus is not None and before.isAncestorOf(focus)
        if before is not None:
            before.hide()
        page.show()
        if had_focus:
            (page.focusWidget() or page).setFocus()


class ViewStack(QWidget):
    """Shows the maps first; every other view is made when it first comes to the front.

    Only the current view follows the drawing, and a view with an enlarged picture. `tabs`
    choose the view; the owner places them, and the question mark. `context` is what views may ask
    for. `changed(str)` carries the name of the view in front, `answered()` that its `answer` is
    another one.
    """

    changed = Signal(str)
    supplied = Signal(object, str)
    framed = Signal(object)
    answered = Signal()
    training_wanted = Signal()

    def __init__(self, heading: QWidget, live: LiveReader, context: ViewContext) -> None:
        super().__init__()
        self.setObjectName("view_stack")
        self.context = context
        self._live = live
        self._live_state = LiveState(None, None, live.drawing, None, None)
        self._made: dict[str, View] = {}
        self.tabs = ViewTabs()
        for entry in VIEWS:
            place = self.tabs.addTab(entry.title.replace("&", ""))
            self.tabs.setTabToolTip(place, plain_tip(f"{entry.tip} ({entry.keys})"))
        self.guide_button = GuideButton(view_place(MAPS), "Maps", self)
        self._pages = _Pages()
        self._about, self._heading = heading, QWidget()
        self._line = QHBoxLayout(self._heading)
        self._line.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, 0)
        self._line.setSpacing(theme.UNIT)
        self._line.addWidget(heading, 1)
        self._line.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(self._pages, 1)
        self.tabs.currentChanged.connect(self._turn_to)
        self._turn_to(0)
        live.read.connect(self._take)

    @property
    def name(self) -> str:
        """The name of the view in front."""
        return VIEWS[self.tabs.currentIndex()].name

    @property
    def view(self) -> View:
        """The view in front."""
        return self._made[self.name]

    @property
    def live_state(self) -> LiveState:
        """What the view in front was shown last."""
        return self._live_state

    def made(self, name: str) -> View | None:
        """The view of a name, if it was in front once."""
        return self._made.get(name)

    def made_anew(self, name: str) -> View:
        """Another instance of a view, only to be looked at, for a window that closes it down."""
        entry = next(entry for entry in VIEWS if entry.name == name)
        return _made(entry, replace(self.context, is_operated=False))

    def turn_to(self, name: str, *_: object) -> None:
        """Brings a view to the front."""
        self.tabs.setCurrentIndex([entry.name for entry in VIEWS].index(name))

    @Slot(str, object)
    def show_unit(self, name: str, unit: Unit) -> None:
        """Brings a view to the front and shows a unit there."""
        self.turn_to(name)
        self.view.show_unit(unit)

    @Slot(object)
    def show_run(self, folder: Path) -> None:
        """Brings the Run view to the front, with this run."""
        self.turn_to(RUN)
        self.view.show_run(folder)

    def turn_by(self, steps: int, *_: object) -> None:
        """Brings the view to the front that is a number of tabs to the right, wrapping around."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + steps) % len(VIEWS))

    def set_bare(self, *, bare: bool) -> None:
        """Shows only the view and its tools, or also what is said of the network above it."""
        self._about.setHidden(bare)
        self._show_line()

    def _show_line(self) -> None:
        """The line above the view takes no room where it is empty."""
        self._heading.setHidden(self._about.isHidden() and self.view.tools is None)

    def obey(self, actions: Actions) -> None:
        """Lets the menu choose the view, and marks the current one there."""
        for entry in VIEWS:
            actions[f"view-{entry.name}"].triggered.connect(partial(self.turn_to, entry.name))
        actions["next-view"].triggered.connect(partial(self.turn_by, 1))
        actions["previous-view"].triggered.connect(partial(self.turn_by, -1))
        self.changed.connect(lambda name: actions[f"view-{name}"].setChecked(True))
        self.changed.emit(self.name)

    def close_down(self) -> None:
        """Ends the work of the views, and waits for it."""
        for view in self._made.values():
            view.close_down()

    @Slot(int)
    def _turn_to(self, place: int) -> None:
        entry = VIEWS[place]
        if entry.name not in self._made:
            self._made[entry.name] = self._new(_made(entry, self.context), entry)
        page = self._made[entry.name]
        for each in self._made.values():
            if each.tools is not None:
                each.tools.setVisible(each is page)
        self._show_line()
        self.guide_button.speak_of(view_place(entry.name), entry.title.replace("&", ""))
        self.framed.emit(None)
        self._pages.setCurrentWidget(page)
        self._show()
        self.answered.emit()
        self.changed.emit(entry.name)

    def _new(self, view: View, entry: Entry) -> View:
        explain(view, view_place(entry.name))
        self._pages.addWidget(view)
        if view.tools is not None:
            self._line.addWidget(view.tools)
            explain(view.tools, view_place(entry.name))
        view.supplied.connect(self.supplied)
        view.training_wanted.connect(self.training_wanted)
        view.framed.connect(self._frame)
        view.answered.connect(self._answer)
        return view

    @Slot(object)
    def _frame(self, part: QRectF | None) -> None:
        if self.sender() is self.view:
            self.framed.emit(part)

    @Slot()
    def _answer(self) -> None:
        if self.sender() is self.view:
            self.answered.emit()

    @Slot()
    def _take(self) -> None:
        """Drawing or network have changed."""
        live = self._live
        shown = self.context.networks.shown
        self._live_state = LiveState(
            shown, live.network, live.drawing, live.steps, live.reading, live.kept
        )
        self._show()

    def _show(self) -> None:
        front, commands = self.view, self.context.commands
        for view in self._made.values():
            if view is front or commands.is_enlarged(view):
                view.show_live(self._live_state)


def _made(entry: Entry, context: ViewContext) -> View:
    """The view of an entry; its imports happen now."""
    module, _, name = entry.place.partition(":")
    made: View = getattr(importlib.import_module(module), name)(context)
    return made
