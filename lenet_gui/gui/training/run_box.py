"""The run's name and folder, and the choice of an earlier run to continue."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from lenet_gui.gui.core.plain import plain_item, set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.core.theme import UNIT, small_font
from lenet_gui.gui.library.runs import RunLibrary
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.menu_button import MenuButton
from lenet_gui.printable import printable


class RunBox(QWidget):
    """Signal `resume_wanted(object)`: the folder of the run to continue."""

    resume_wanted = Signal(object)

    def __init__(self, runs: RunLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self._folder: Path | None = None
        self.name = ElidedLabel(Qt.TextElideMode.ElideMiddle, lines=2)
        self.name.setObjectName("run name")
        wear(self.name, small_font)
        self._is_awaited = False
        self.open, self.copy, self.resume = QToolButton(), QToolButton(), MenuButton()
        _name(self.open, "Open", "open run folder", "Open the run's folder")
        _name(self.copy, "Copy path", "copy run path", "Copy the path of the run's folder")
        about = "Continue an earlier run from its checkpoint"
        _name(self.resume, "Resume a run", "resume earlier run", about)
        self.menu = QMenu(self)
        self.resume.open_menu(self.menu)
        self.menu.aboutToShow.connect(self._open_menu)
        self.menu.triggered.connect(self._chosen)
        runs.changed.connect(self._fill)
        self.open.clicked.connect(self._open)
        self.copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.setSpacing(UNIT // 2)
        row.addWidget(self.open)
        row.addWidget(self.copy)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self.name)
        layout.addLayout(row)
        layout.addWidget(self.resume)
        self.show_folder(None)

    @property
    def folder(self) -> Path | None:
        """Of the run shown."""
        return self._folder

    def show_folder(self, folder: Path | None) -> None:
        """Shows another run, or none."""
        self._folder = folder
        none = "starting…" if self._is_awaited else "no run shown"
        self.name.setText(printable(folder.name) if folder else none)
        told = str(folder) if folder else "The folder of a run is created when it starts"
        set_tip(self.name, told)
        self.open.setEnabled(folder is not None)
        self.copy.setEnabled(folder is not None)

    def await_run(self, *, awaited: bool) -> None:
        """Says that a run is about to begin, or that none is."""
        self._is_awaited = awaited
        self.show_folder(self._folder)

    @Slot()
    def _open_menu(self) -> None:
        """What is known is shown at once; later changes as soon as they are known."""
        self._fill()
        self._runs.look_again()

    @Slot()
    def _fill(self) -> None:
        self.menu.clear()
        for found in self._runs.runs:
            if found.resumable:
                self.menu.addAction(plain_item(found.name)).setData(str(found.folder))
        if self.menu.isEmpty():
            self.menu.addAction("no interrupted run").setEnabled(False)

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.resume_wanted.emit(Path(action.data()))

    @Slot()
    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._folder))


def _name(button: QToolButton, text: str, name: str, tooltip: str) -> None:
    button.setText(text)
    button.setObjectName(name)
    button.setAccessibleName(text)
    set_tip(button, tooltip)
