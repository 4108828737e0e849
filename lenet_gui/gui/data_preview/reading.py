"""Is shown while a data set is read that takes long: how far it is, and a way to cancel it."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.text_size import hold_least
from lenet_gui.gui.widgets.elided_label import ElidedLabel

_PATIENCE_MS = 500
"""What is read sooner needs no dialog."""

_WIDTH = 420


class ReadingDialog(QDialog):
    """Opens by itself after a moment; rejected: the user needs it no more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("data-reading")
        self.setWindowTitle("Data set")
        self._path = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        hold_least(self._path, width=_WIDTH)
        self.bar = QProgressBar()
        self.bar.setFormat("%p %")
        self.bar.setAccessibleName("Read so far")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[2 * theme.UNIT] * 4)
        column.setSpacing(theme.UNIT)
        for part in (self._path, self.bar, buttons):
            column.addWidget(part)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.open)

    def open_soon(self, path: Path) -> None:
        """Opens in a moment, unless it is put away before; the time it takes is not known yet."""
        self._path.setText(f"Reading {path}")
        self.bar.setRange(0, 0)
        self._patience.start(_PATIENCE_MS)

    def put_away(self) -> None:
        """It is read, or cannot be read."""
        self._patience.stop()
        self.hide()

    @Slot(int, int)
    def show_progress(self, done: int, wanted: int) -> None:
        """How much of all is read."""
        self.bar.setRange(0, 100)
        self.bar.setValue(100 * done // max(wanted, 1))
