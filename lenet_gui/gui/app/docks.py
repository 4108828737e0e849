"""The docks of the window; where it and they stand, in plain figures, and put there again."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDockWidget,
    QMainWindow,
    QMenu,
    QStyle,
    QStyleOptionDockWidget,
    QStylePainter,
    QWidget,
)

from lenet_gui.gui.core.settings import Area, DockPlace, Layout, Rectangle
from lenet_gui.gui.widgets.icons import tool_icon
from lenet_gui.gui.widgets.scrolled import scrolled

_AREAS = {
    Area.LEFT: Qt.DockWidgetArea.LeftDockWidgetArea,
    Area.RIGHT: Qt.DockWidgetArea.RightDockWidgetArea,
    Area.TOP: Qt.DockWidgetArea.TopDockWidgetArea,
    Area.BOTTOM: Qt.DockWidgetArea.BottomDockWidgetArea,
}

LEAST_CENTRE = QSize(160, 160)
_LEAST_DOCKS = {
    Qt.DockWidgetArea.LeftDockWidgetArea: QSize(240, 240),
    Qt.DockWidgetArea.RightDockWidgetArea: QSize(240, 240),
    Qt.DockWidgetArea.BottomDockWidgetArea: QSize(480, 210),
}
"""So much room the parts of the window ask for at most: where they need more, they scroll.

At the bottom no more than the training panel is given: what the end of a run adds scrolls in it.
"""


class _Dock(QDockWidget):
    """A dock whose title is as large as text, and whose buttons are seen in both themes.

    Fusion paints the title in the desktop's own size, and dark buttons on any ground.
    """

    def __init__(self, title: str, window: QMainWindow) -> None:
        super().__init__(title, window)
        self.topLevelChanged.connect(self._draw_buttons)
        self._draw_buttons()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw_buttons()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.isFloating() or self.titleBarWidget() is not None:
            super().paintEvent(event)
            return
        option = QStyleOptionDockWidget()
        self.initStyleOption(option)
        option.title = ""
        painter, style = QStylePainter(self), self.style()
        painter.drawControl(QStyle.ControlElement.CE_DockWidgetTitle, option)
        room = style.subElementRect(QStyle.SubElement.SE_DockWidgetTitleBarText, option, self)
        elide = Qt.TextElideMode.ElideRight
        title = self.fontMetrics().elidedText(self.windowTitle(), elide, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)

    @Slot()
    def _draw_buttons(self) -> None:
        for name, icon in (("close", "close-panel"), ("float", "float-panel")):
            button = self.findChild(QAbstractButton, f"qt_dockwidget_{name}button")
            if isinstance(button, QAbstractButton):
                button.setIcon(tool_icon(icon, self))


def add_dock(
    window: QMainWindow, title: str, panel: QWidget, area: Qt.DockWidgetArea
) -> QDockWidget:
    """A panel at a side of the window, under a title."""
    dock = _Dock(title, window)
    dock.setObjectName(f"dock-{title.lower()}")
    dock.setWidget(scrolled(panel, _LEAST_DOCKS[area]))
    window.addDockWidget(area, dock)
    return dock


def list_docks(menu: QMenu, docks: Sequence[QDockWidget]) -> None:
    """Begins a menu with an entry for each dock that shows or hides it."""
    first = menu.actions()[0]
    for dock in docks:
        action = dock.toggleViewAction()
        action.setStatusTip(f"Show or hide the panel {dock.windowTitle()}")
        menu.insertAction(first, action)
    menu.insertSeparator(first)


def layout_of(window: QMainWindow) -> Layout:
    """The place of the window, or its place before it was maximised, and those of its docks."""
    is_large = window.isMaximized() or window.isFullScreen()
    place = window.normalGeometry() if is_large else QRect(window.pos(), window.size())
    docks = sorted(_docks(window), key=lambda dock: (dock.y(), dock.x()))
    return Layout(
        figures(place),
        is_large,
        tuple(_place_of(dock, docks[:number], window) for number, dock in enumerate(docks)),
    )


def restore_layout(layout: Layout, window: QMainWindow) -> None:
    """Puts the window and its docks there; what no screen shows any more is moved into view."""
    rectangle = in_sight(QRect(*layout.rectangle))
    window.resize(rectangle.size())
    window.move(rectangle.topLeft())
    if layout.is_maximized:
        window.setWindowState(Qt.WindowState.WindowMaximized)
    docks = {dock.objectName(): dock for dock in _docks(window)}
    places = [place for place in layout.docks if place.name in docks]
    for place in places:
        dock = docks[place.name]
        window.addDockWidget(_AREAS[place.area], dock)
        if place.tab_of in docks and place.tab_of != place.name:
            window.tabifyDockWidget(docks[place.tab_of], dock)
        dock.setFloating(place.is_floating)
        if place.is_floating:
            dock.setGeometry(in_sight(QRect(*place.rectangle)))
        dock.setVisible(place.is_visible)
    docked = [place for place in places if place.is_visible and not place.is_floating]
    sized = [docks[place.name] for place in docked]
    widths, heights = ([place.rectangle[side] for place in docked] for side in (2, 3))
    window.resizeDocks(sized, widths, Qt.Orientation.Horizontal)
    window.resizeDocks(sized, heights, Qt.Orientation.Vertical)
    for place in places:
        if place.is_visible and place.is_in_front:
            docks[place.name].raise_()


def _docks(window: QMainWindow) -> list[QDockWidget]:
    every = window.findChildren(QDockWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [dock for dock in every if dock.objectName()]


def _place_of(dock: QDockWidget, before: list[QDockWidget], window: QMainWindow) -> DockPlace:
    areas = {there: area for area, there in _AREAS.items()}
    beside = [one for one in window.tabifiedDockWidgets(dock) if one in before]
    return DockPlace(
        dock.objectName(),
        areas.get(window.dockWidgetArea(dock), Area.LEFT),
        figures(QRect(dock.pos(), dock.size())),
        is_visible=not dock.isHidden(),
        is_floating=dock.isFloating(),
        tab_of=beside[0].objectName() if beside else "",
        is_in_front=not dock.visibleRegion().isEmpty(),
    )


def figures(place: QRect) -> Rectangle:
    """A rectangle as the settings have it."""
    return place.x(), place.y(), max(1, place.width()), max(1, place.height())


def in_sight(place: QRect) -> QRect:
    """The same rectangle, or the nearest one of its size that a screen can show completely."""
    screen = QGuiApplication.screenAt(place.center()) or QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    width, height = min(place.width(), room.width()), min(place.height(), room.height())
    x = min(max(place.x(), room.x()), room.x() + room.width() - width)
    y = min(max(place.y(), room.y()), room.y() + room.height() - height)
    return QRect(x, y, width, height)
