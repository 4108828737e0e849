"""Is shown while something takes long: how far it is, and a way to cancel it."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.text_size import hold_least
from lenet_gui.gui.widgets.elided_label import ElidedLabel

_PATIENCE_MS = 500
"""What is done sooner needs no dialog."""

_WIDTH = 420


class ProgressDialog(QDialog):
    """Opens by itself after a moment; rejected: the user needs it no more.

    Args:
        parent: the window.
        title: of the dialog.
        is_modal: whether the window waits for it.
    """

    def __init__(self, parent: QWidget, title: str, *, is_modal: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._doing = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        hold_least(self._doing, width=_WIDTH)
        self.bar = QProgressBar()
        self.bar.setFormat("%p %")
        self.bar.setAccessibleName("Done so far")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[2 * theme.UNIT] * 4)
        column.setSpacing(theme.UNIT)
        for part in (self._doing, self.bar, buttons):
            column.addWidget(part)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.open if is_modal else self.show)

    @property
    def is_wanted(self) -> bool:
        """Whether it is open, or will open in a moment."""
        return self.isVisible() or self._patience.isActive()

    def open_soon(self, doing: str) -> None:
        """Opens in a moment, unless it is put away before; the time it takes is not known yet."""
        self._doing.setText(doing)
        self.bar.setRange(0, 0)
        self._patience.start(_PATIENCE_MS)

    @Slot()
    def put_away(self) -> None:
        """It is done, or cannot be done."""
        self._patience.stop()
        self.hide()

    @Slot(int, int)
    def show_progress(self, done: int, wanted: int) -> None:
        """How much of all is done."""
        self.bar.setRange(0, 100)
        self.bar.setValue(100 * done // max(wanted, 1))
