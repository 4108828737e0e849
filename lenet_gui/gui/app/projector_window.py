"""A window for a projector: one view, the drawing and the answer, enlarged, without controls."""

import math

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QRadioButton,
    QSlider,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.explore.reading import Reading
from lenet_gui.gui.answer.large import LargeAnswer
from lenet_gui.gui.app.icon import program_icon
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.text_size import choose_own_factor, factor, take_size
from lenet_gui.gui.draw.kept_line import KeptLine
from lenet_gui.gui.draw.picture import DrawingPicture
from lenet_gui.gui.library.known_network import KnownNetwork
from lenet_gui.gui.views.view import LiveState, View
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.gui.widgets.scrolled import scrolled_away
from lenet_gui.text.networks import network_name

_AT_HOME = (900, 500)
"""In a window of this size the type has its normal size; in a larger one it grows."""

_SCALES = (1.0, 4.0)
_LEAST = (480, 320)
"""The window's least size. Large type does not limit it: it shrinks with the window."""

_STEP = 20
"""The type grows by a twentieth at a time."""

_SIDE = 0.26
"""Of the window's width, for drawing and answer."""

_OPERATED = (
    *(QPushButton, QToolButton, QCheckBox, QRadioButton),
    *(QComboBox, QLineEdit, QAbstractSpinBox, QSlider),
)
"""What nobody can operate there; what such a control shows, a view tells in words."""


class ProjectorWindow(QWidget):
    """Shows what it gets; F11 fills the screen, F11 or Esc goes back.

    `closed()` when it is closed. `menu_actions` are what its right button offers.
    """

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("projector-window")
        self.setWindowTitle("LeNet Laboratory: projector")
        self.setWindowIcon(program_icon())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._unfurnished = _Unfurnished(self)
        self.menu_actions: list[QAction] = []
        self.picture = DrawingPicture()
        self.picture.setAccessibleName("Drawing")
        self.answer = LargeAnswer()
        self.kept = KeptLine()
        self.network = ElidedLabel(lines=2)
        self._is_narrow = False  # whether the view's width keeps the type from being larger
        self._reading: Reading | None = None  # of the network in use
        self._network = ""  # in words
        self._laid_out = QTimer(self)
        self._laid_out.setSingleShot(True)
        self._laid_out.setInterval(0)
        self._laid_out.timeout.connect(self._fit_type)
        self._pages = QStackedWidget()
        self._side = QWidget()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.UNIT)
        column.addWidget(self.picture)
        column.addWidget(self.answer, 1)
        column.addWidget(self.kept)
        column.addWidget(self.network)
        row = QHBoxLayout(self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(*_LEAST)
        row.setContentsMargins(*[2 * theme.UNIT] * 4)
        row.setSpacing(2 * theme.UNIT)
        row.addWidget(self._side)
        row.addWidget(self._pages, 1)

    @property
    def view(self) -> View | None:
        """The view that is shown."""
        shown = self._pages.currentWidget()
        return shown if isinstance(shown, View) else None

    @property
    def type_scale(self) -> float:
        """How much larger than the system's the type is."""
        return factor(self)

    def add_view(self, view: View) -> None:
        """Adds a view without its controls, and without mouse and keyboard input."""
        view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        view.setFocusProxy(None)  # type: ignore[arg-type] # none any more, as Qt has it
        for part in (view, *view.findChildren(QWidget)):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if view.tools is not None:
            view.tools.hide()
        self._unfurnished.take(view)
        for grid in view.findChildren(CellGrid):
            grid.leave_out_guide()
        view.framed.connect(self._frame)
        view.answered.connect(self._show_answer)
        self._pages.addWidget(view)
        take_size(view)

    def show_view(self, view: View) -> None:
        """Brings a view to the front."""
        self._pages.setCurrentWidget(view)
        self._scale_type()
        self.picture.show_frame(None)
        self._show_answer()
        self.setFocus()

    def show_live(self, live_state: LiveState) -> None:
        """Shows another drawing and its reading."""
        self._reading = live_state.reading
        self.picture.show_drawing(live_state.drawing)
        self.kept.show_kept(live_state.kept)
        if self.view is not None:
            self.view.show_live(live_state)
        self._show_answer()

    def show_network(self, network: KnownNetwork) -> None:
        """Sets the network that answers where the view does not ask another one."""
        more = network.test_error or network.origin
        self._network = f"{network_name(network.kind)}, {more}"
        self._show_answer()

    def set_light(self, *, light: bool) -> None:
        """Uses the light theme whatever the main window uses, or the same as that."""
        self.setPalette(theme.palette_of("light") if light else QPalette())

    @Slot()
    def toggle_full_screen(self) -> None:
        """Fills the screen, or goes back."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Nothing in it has the focus, as it has no controls."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F11:
            self.toggle_full_screen()
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.showNormal()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setObjectName("projector-menu")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addActions(self.menu_actions)
        menu.addSeparator()
        full = menu.addAction("&Full screen")
        full.setShortcut(QKeySequence(Qt.Key.Key_F11))
        full.triggered.connect(self.toggle_full_screen)
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = round(_SIDE * self.width())
        self._side.setFixedWidth(side)
        self.picture.setFixedHeight(min(side, round(0.5 * self.height())))
        self._scale_type()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    @Slot()
    def _show_answer(self) -> None:
        """What is beside the view is about the same network as the view."""
        answer = None if self.view is None else self.view.answer
        digits = self.picture.drawing.digits
        if answer is None:
            self.answer.show_reading(self._reading, digits)
            self.network.setText(self._network)
        else:
            self.answer.show_reading(answer.reading, digits)
            self.network.setText(f"{answer.variant.capitalize()}, {answer.who}")

    @Slot(object)
    def _frame(self, part: QRectF | None) -> None:
        if self.sender() is self.view:
            self.picture.show_frame(part)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._laid_out.start()
        return handled

    def _scale_type(self) -> None:
        """As large as window and view allow; of a view the width is to be there, without bars."""
        by_window = self._by_window
        by_width = by_window if self.view is None else self._share_of_width * self.type_scale
        self._is_narrow = by_width < by_window
        self._take_scale(min(by_window, by_width))

    @property
    def _by_window(self) -> float:
        sizes = zip((self.width(), self.height()), _AT_HOME, strict=True)
        return min(size / home for size, home in sizes)

    @property
    def _share_of_width(self) -> float:
        """How much of the least width of the view is there."""
        assert self.view is not None  # noqa: S101 - asked only then
        room = self.width() - self._side.width() - 6 * theme.UNIT
        return room / max(self.view.minimumSizeHint().width(), 1)

    @Slot()
    def _fit_type(self) -> None:
        """The view asks for other room: its height is to be there as well, if type can do that."""
        if self.view is None:
            return
        if self._is_narrow or self._share_of_width < 1:
            self._scale_type()
        missing = scrolled_away(self.view, self.type_scale)
        if missing:
            self._is_narrow = False
            self._take_scale(self.type_scale * self.height() / (self.height() + missing))

    def _take_scale(self, fitting: float) -> None:
        scale = min(max(math.floor(fitting * _STEP) / _STEP, _SCALES[0]), _SCALES[1])
        if scale != self.type_scale:
            choose_own_factor(self, scale)


class _Unfurnished(QObject):
    """Keeps the controls of views hidden, even if a view would show them again."""

    def take(self, view: QWidget) -> None:
        """Hides the controls of a view, and their labels."""
        for part in view.findChildren(QWidget):
            named = part.buddy() if isinstance(part, QLabel) else None
            if isinstance(part, _OPERATED) or isinstance(named, _OPERATED):
                self._hide(part)

    def _hide(self, part: QWidget) -> None:
        part.hide()
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShowToParent and isinstance(watched, QWidget):
            watched.hide()
        return super().eventFilter(watched, event)
