"""Which run is replayed: those of the window, newest first, or any other folder."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_tip, set_tip
from lenet_gui.gui.views.view import ViewContext
from lenet_gui.gui.widgets.names_box import NamesBox
from lenet_gui.printable import printable


class RunChoice(QWidget):
    """Signals: `chosen(Path)` the folder of another run; `missed()` the one wanted is missing."""

    chosen = Signal(object)
    missed = Signal()

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._opened: list[Path] = []
        self._folder: Path | None = None
        self._was_filled = False
        self._wished = ""
        self.runs = NamesBox()
        self.runs.setObjectName("run_choice")
        self.runs.setAccessibleName("Run that is shown")
        set_tip(self.runs, "The run that is shown; the newest is first")
        self.runs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.runs.setMinimumContentsLength(16)
        self.open = QPushButton("Open…")
        self.open.setObjectName("run_open")
        set_tip(
            self.open,
            "Open a run in another folder, such as FILE.epochs of the command line",
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT)
        row.addWidget(self.runs, 1)
        row.addWidget(self.open)
        self.runs.activated.connect(self._choose)
        self.open.clicked.connect(self._ask)
        context.runs.renamed.connect(self._rename)
        context.runs.changed.connect(self.refresh)
        context.runs.looked.connect(self._looked)

    @property
    def folder(self) -> Path | None:
        """Of the chosen run; None where there is none."""
        return self._folder

    @property
    def is_wishing(self) -> bool:
        """Whether a run of a name is to be chosen as soon as it is found."""
        return bool(self._wished)

    def look(self) -> None:
        """Lists the runs again, soon, if they have changed."""
        self._context.runs.look_again()

    @Slot()
    def refresh(self) -> None:
        """Lists the runs that there are; where none was chosen, the newest is."""
        self._was_filled = True
        folders = [found.folder for found in self._context.runs.runs]
        folders += [folder for folder in self._opened if folder not in folders]
        if folders != self._listed():
            self.runs.clear()
            self.runs.addItems([""] * len(folders))
            for place, folder in enumerate(folders):
                self._list(place, folder)
        self.runs.setEnabled(bool(folders))
        if self._wished in [folder.name for folder in folders]:
            self._choose_wished()
        elif self._folder not in folders:
            self._take(folders[0] if folders else None)
        else:
            self.runs.setCurrentIndex(folders.index(self._folder))

    def choose_name(self, name: str) -> None:
        """Chooses the run of a name; where it is not in the list, after the next look."""
        self._wished = name
        self._choose_wished()

    def open_folder(self, folder: Path) -> None:
        """Chooses a run in any folder."""
        self._wished = ""
        if folder not in self._opened:
            self._opened.append(folder)
        self._folder = folder
        self.refresh()
        self.chosen.emit(folder)

    @Slot(object, object)
    def _rename(self, old: Path, new: Path) -> None:
        """Lists a run by its new name; whoever shows it chooses it by that."""
        self._opened = [new if folder == old else folder for folder in self._opened]
        if old in self._listed():
            self._list(self._listed().index(old), new)

    @Slot()
    def _looked(self) -> None:
        if not self._was_filled:
            self.refresh()
        self._choose_wished()
        if self._wished:
            self._wished = ""
            self.missed.emit()

    def _choose_wished(self) -> None:
        names = [folder.name for folder in self._listed()]
        if self._wished in names:
            place = names.index(self._wished)
            self.runs.setCurrentIndex(place)
            self._choose(place)

    def _list(self, place: int, folder: Path) -> None:
        self.runs.setItemText(place, printable(folder.name))
        self.runs.setItemData(place, folder)
        self.runs.setItemData(place, plain_tip(str(folder)), Qt.ItemDataRole.ToolTipRole)

    def _listed(self) -> list[Path]:
        return [self.runs.itemData(place) for place in range(self.runs.count())]

    def _take(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            self.runs.setCurrentIndex(self._listed().index(folder))
            self.chosen.emit(folder)

    @Slot(int)
    def _choose(self, place: int) -> None:
        self._wished = ""
        folder = self.runs.itemData(place)
        if folder != self._folder:
            self._folder = folder
            self.chosen.emit(folder)

    def refuse(self) -> None:
        """The run that was chosen cannot be shown."""
        if self._folder is not None:
            self._context.ask.take_back(self._folder)

    @Slot()
    def _ask(self) -> None:
        folder = self._context.ask.folder("Choose the folder of a run")
        if folder is not None:
            self.open_folder(folder)
