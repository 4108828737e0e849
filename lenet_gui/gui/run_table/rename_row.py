"""A line to type a run's new name in."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.widgets.main_button import MainButton
from lenet_gui.printable import printable


class RenameRow(QWidget):
    """Signals: `wanted(Path, str)` the run's folder and its new name; `closed()`, by Esc, too."""

    wanted = Signal(object, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        label = plain_label("New name")
        self.name = QLineEdit()
        self.name.setObjectName("new name")
        self.name.setAccessibleName("New name of the run")
        set_tip(self.name, "The run's folder is renamed, too")
        label.setBuddy(self.name)
        self.rename = MainButton("Rename", "give the name", "Rename the run (Enter)")
        self.cancel = QToolButton()
        self.cancel.setText("Cancel")
        self.cancel.setObjectName("cancel rename")
        set_tip(self.cancel, "Keep the old name (Esc)")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT)
        row.addWidget(label)
        row.addWidget(self.name, 1)
        row.addWidget(self.rename)
        row.addWidget(self.cancel)
        self.name.returnPressed.connect(self._want)
        self.rename.clicked.connect(self._want)
        self.cancel.clicked.connect(self.close_row)
        self.hide()

    @property
    def folder(self) -> Path | None:
        """Of the run that is being renamed."""
        return self._folder

    def open_for(self, folder: Path) -> None:
        """Asks for the new name of a run."""
        self._folder = folder
        self.name.setText(printable(folder.name))
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    @Slot()
    def close_row(self) -> None:
        """The run keeps the name that it has."""
        self._folder = None
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_row()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # not for the window
            super().keyPressEvent(event)

    @Slot()
    def _want(self) -> None:
        if self._folder is not None:
            self.wanted.emit(self._folder, self.name.text())
