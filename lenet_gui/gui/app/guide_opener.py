"""Opens the guide at the place for what is looked at, and remembers the size of its window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Slot
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from lenet_gui.gui.app.view_stack import ViewStack
from lenet_gui.gui.core.guide_link import place_of
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.core.windows import bring_to_front
from lenet_gui.guide.places import BEGINNING, SHORTCUTS, Place

if TYPE_CHECKING:
    from lenet_gui.gui.guide.window import GuideWindow


class GuideOpener(QObject):
    """Makes the guide's window when it is first needed."""

    def __init__(self, window: QWidget, view_stack: ViewStack, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._view_stack = view_stack
        self._settings = settings
        self._has_turned = False
        self.guide: GuideWindow | None = None
        view_stack.changed.connect(self._turned)
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - there are widgets
        application.focusChanged.connect(self._focus_moved)

    @property
    def place(self) -> Place:
        """For what is looked at: what has the focus, or the view that came to the front later."""
        focus = QApplication.focusWidget()
        if self._is_of_guide(focus):
            return BEGINNING
        found = None if self._has_turned else place_of(focus)
        return found or place_of(self._view_stack.view) or BEGINNING

    @Slot()
    def open_here(self) -> None:
        """Opens the guide at the place for what is looked at."""
        self.open(self.place)

    @Slot()
    def open_shortcuts(self) -> None:
        """Opens the page of every key."""
        self.open(SHORTCUTS)

    def open(self, place: Place) -> None:
        """Opens the guide at a place, in front."""
        # Imported here, so that an opening window need not wait for it.
        from lenet_gui.gui.guide.window import GuideWindow
        from lenet_gui.guide.pages import guide

        if self.guide is None:
            size = self._settings.remembered.guide_size
            self.guide = GuideWindow(guide(), None if size is None else QSize(*size), self._window)
            self.guide.left.connect(self._remember)
        self._stand_over(QApplication.activeModalWidget())
        self.guide.show_place(place)
        bring_to_front(self.guide)
        self.guide.begin_search()

    def _stand_over(self, dialog: QWidget | None) -> None:
        """Belongs to a modal dialog until that is closed: it keeps all other windows from input."""
        guide = self.guide
        if guide is None or not isinstance(dialog, QDialog) or guide.parentWidget() is dialog:
            return
        guide.setParent(dialog, guide.windowFlags())
        dialog.finished.connect(self._stand_beside_window)

    @Slot()
    def _stand_beside_window(self) -> None:
        """The dialog is closed; what was read stays."""
        if self.guide is not None:
            is_read = not self.guide.isHidden()
            self.guide.setParent(self._window, self.guide.windowFlags())
            self.guide.setVisible(is_read)

    def close_down(self) -> None:
        """Closes the guide's window."""
        if self.guide is not None:
            self.guide.close()

    @Slot()
    def _turned(self) -> None:
        self._has_turned = True

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and not self._is_of_guide(now):
            self._has_turned = False

    def _is_of_guide(self, focus: QWidget | None) -> bool:
        """Whether something is in the guide's window, or in one that belongs to it."""
        window = None if focus is None else focus.window()
        while window is not None and window is not self.guide:
            window = window.parentWidget()
        return window is not None

    @Slot(QSize)
    def _remember(self, size: QSize) -> None:
        self._settings.remember(guide_size=(size.width(), size.height()))
