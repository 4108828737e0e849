"""The tabs that choose a view: beside the menus where there is room for all of both, else below."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QStyle,
    QStyleOptionMenuItem,
    QToolBar,
    QWidget,
)

from lenet_gui.gui.core import theme
from lenet_gui.gui.widgets.marked_tabs import MarkedTabs


class ViewTabs(MarkedTabs):
    """A tab for each view; where not all of them fit, they scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("view-tabs")
        self.setAccessibleName("Views")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)


class _Room(QWidget):
    """Where the tabs can be; it asks for no width of its own while they are elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.UNIT // 2)
        self.row.addStretch()


class _WholeLine(_Room):
    """A room as wide as the window, however wide that is."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())


class TabsPlace(QObject):
    """Puts the tabs, and the question mark of the view in front, where they have room.

    If the desktop shows the menus elsewhere, like a Mac, that is always the bar below.
    """

    def __init__(self, window: QMainWindow, tabs: ViewTabs, guide: QWidget) -> None:
        super().__init__(window)
        self._menus, self._parts = window.menuBar(), (tabs, guide)
        self._beside, self._below = _Room(), _WholeLine()
        self._beside.row.setContentsMargins(0, 0, theme.UNIT // 2, 0)
        self._menus.setCornerWidget(self._beside)
        self._bar = QToolBar("Views", window)
        self._bar.setObjectName("views-bar")
        self._bar.setMovable(False)
        self._bar.toggleViewAction().setEnabled(False)
        self._bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._bar.addWidget(self._below)
        window.addToolBar(self._bar)
        self._bar.hide()
        self._move(self._beside)
        self._menus.installEventFilter(self)

    @property
    def is_below(self) -> bool:
        """Whether the tabs have a line of their own."""
        return self._parts[0].parent() is self._below

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks again when the menus have another width, or other type."""
        done = super().eventFilter(watched, event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self.look_again()
        return done

    def look_again(self) -> None:
        """Puts the tabs where they have room, and shows the bar if they are there."""
        if self._menus.isHidden():  # in the full screen neither is shown
            return
        needed = self._width_of_menus() + sum(part.sizeHint().width() for part in self._parts)
        below = self._menus.isNativeMenuBar() or needed + 2 * theme.UNIT > self._menus.width()
        if below != self.is_below:
            self._move(self._below if below else self._beside)
        self._bar.setVisible(below)

    def _move(self, room: _Room) -> None:
        for place, part in enumerate(self._parts):
            room.row.insertWidget(place, part)
        self._beside.adjustSize()
        self._menus.updateGeometry()

    def _width_of_menus(self) -> float:
        menus, style = self._menus, self._menus.style()
        option, width = QStyleOptionMenuItem(), 0
        option.initFrom(menus)
        for action in menus.actions():
            size = menus.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, action.text())
            kind = QStyle.ContentsType.CT_MenuBarItem
            width += style.sizeFromContents(kind, option, size, menus).width()
        return width
