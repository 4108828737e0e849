"""The button that takes the view with its sweep away: as a picture, or as figures."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.widgets.menu_button import MenuButton
from lenet_gui.pictures.exported import Exported

_NOTHING = "There is nothing to export yet: draw a digit and wait until its sweep is done."
_TIP = "Save the digit, the answers and the sweep as a picture or as figures"
_TARGET = "sweep export"  # a cause
_KINDS = {
    ".png": "Picture (PNG)",
    ".svg": "Vector picture (SVG)",
    ".csv": "Figures (CSV)",
    ".npz": "Arrays (NPZ)",
}


class SweepExporter(MenuButton):
    """Reports what was saved, and what went wrong. Disabled, with the reason, without a sweep."""

    def __init__(
        self,
        ask: FileDialogs,
        notifier: Notifier,
        current: Callable[[], Exported | None],
        parent: QWidget | None = None,
    ) -> None:
        """Args: current: what is shown, with its sweep; None where there is none."""
        super().__init__(parent)
        self.setObjectName("invariance_export")
        self.setText("Export")
        self._ask, self._notifier, self._current = ask, notifier, current
        menu = QMenu(self)
        for suffix, kind in _KINDS.items():
            menu.addAction(f"{kind}…").triggered.connect(partial(self.export, suffix))
        self.open_menu(menu)
        self._tasks = Tasks(self)
        self._tasks.done.connect(self._finish)
        self._tasks.failed.connect(self._fail)
        self.set_ready(ready=False)

    def export(self, suffix: str, *_: object) -> None:
        """Asks for a file, and saves what is shown now."""
        shown = self._current()
        if shown is None:
            return
        kinds = {suffix: _KINDS[suffix]} | _KINDS  # the chosen one first; another may be typed
        target = self._ask.save("Export sweep", shown.name, kinds)
        if target is None:
            return
        ground = theme.theme_of(self)

        def work(_job: Job) -> str:
            from lenet_gui.pictures.export import CHART_SCALE, save

            save(shown, target, ground, CHART_SCALE)
            return f"Saved {target}."

        self._tasks.ask(work)
        self._enable()

    def set_ready(self, *, ready: bool) -> None:
        """Whether a sweep of what is drawn is shown."""
        self._is_ready = ready
        self._enable()

    def _enable(self) -> None:
        set_tip(self, _TIP if self._is_ready else _NOTHING)
        self.setEnabled(self._is_ready and not self._tasks.is_busy)

    def close_down(self) -> None:
        """Waits for an export in progress."""
        self._tasks.close_down()

    @Slot(object)
    def _finish(self, sentence: str) -> None:
        self._enable()
        self._notifier.clear(_TARGET)
        self._notifier.note(sentence)

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._enable()
        self._notifier.refuse(_TARGET, sentence)
