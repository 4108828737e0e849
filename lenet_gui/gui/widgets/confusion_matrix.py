"""The confusion matrix of the test digits on a grid, and epoch by epoch."""

from PySide6.QtCore import QRect, QSize, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.text_size import scaled, wear
from lenet_gui.gui.core.theme import UNIT, group_title, small_font
from lenet_gui.gui.widgets.empty_state import EmptyState
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.pictures.exported import Facts
from lenet_gui.pictures.grid.confusion import (
    confusion_cell,
    confusion_content,
    confusion_maker,
    confusion_panel,
)
from lenet_gui.pictures.grid.panel import Cell
from lenet_gui.training.events import Confusion, EpochEnded

_LEAST = (27 * UNIT, 14 * UNIT)
"""Wide enough for counts of four figures."""
_FIRST_EPOCH = (
    "After the first epoch of training, this shows how often each test digit is read as another."
)


class ConfusionMatrix(CellGrid):
    """A row for each true digit; the stronger the shade, the larger the share of its row.

    `cell_told(str)`: the cell that is spoken of, in words; empty where none is.
    """

    cell_told = Signal(str)

    def __init__(
        self,
        commands: CellCommands,
        least: tuple[int, int] = _LEAST,
        instead: str = _FIRST_EPOCH,
        parent: QWidget | None = None,
    ) -> None:
        """Made without counts.

        Args:
            commands: what can be done with its cells.
            least: width and height that are asked for at least, in logical pixels.
            instead: the sentence that stands where there are no counts.
            parent: Qt's.
        """
        self._least_size = least
        self._confusion: Confusion | None = None
        self._chosen: tuple[int, int] | None = None
        super().__init__(commands, confusion_maker(None, least), parent=parent)
        self.setObjectName("confusion matrix")
        self.setAccessibleName("Confusion matrix")
        self.shows_figures = True
        self.can_let_go = True
        self.first = self._corner
        self._instead, self._empty = instead, EmptyState(self)
        self._empty.say(instead)
        self.pointed.connect(self._tell)

    @property
    def confusion(self) -> Confusion | None:
        """What is shown."""
        return self._confusion

    def show_confusion(
        self, confusion: Confusion | None, names: tuple[str, ...] = DIGIT_NAMES
    ) -> None:
        """Shows other counts, or nothing; `names` are those of the classes."""
        self._confusion = confusion
        self._empty.say(self._instead if confusion is None else "")
        panel = None if confusion is None else confusion_panel(confusion, names)
        self.arrange(confusion_maker(panel, self._least_size))
        self._show()
        self._tell()

    @property
    def marked(self) -> tuple[int, int] | None:
        """The cell (true, predicted) that is framed."""
        return self._chosen

    def mark(self, chosen: tuple[int, int] | None) -> None:
        """Frames the cell (true, predicted) that is chosen, or none."""
        self._chosen = chosen
        self._show()

    def box_of(self, cell: tuple[int, int]) -> QRect:
        """The logical pixels of the cell (true, predicted)."""
        return self.cell_rect(confusion_cell(*cell))

    def sizeHint(self) -> QSize:
        return QSize(scaled(26 * UNIT, self), scaled(25 * UNIT, self))

    def _show(self) -> None:
        if self._confusion is not None:
            (panel,) = self.panels
            self.show_content(confusion_content(panel, self._confusion, self._chosen))

    def _corner(self) -> Cell:
        return confusion_cell(0, 0)

    @Slot()
    def _tell(self) -> None:
        if self._confusion is None:
            self.setAccessibleDescription(self._instead)
        self.cell_told.emit("" if self.spoken is None else self.text_of(self.spoken))


class ConfusionPane(QWidget):
    """The matrix, the epoch it is of, and the cell pointed at in words."""

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epochs: list[EpochEnded] = []
        self.run = ""
        """The name of the run that the epochs are of."""
        self.class_names = DIGIT_NAMES
        """What its classes are called."""
        self.matrix = ConfusionMatrix(commands)
        self.chooser = QComboBox()
        self.chooser.setObjectName("confusion epoch")
        self.chooser.setAccessibleName("Epoch of the confusion matrix")
        set_tip(self.chooser, "The epoch at whose end the test digits were read")
        self.words = plain_label()
        wear(self.words, small_font)
        top = QHBoxLayout()
        top.addWidget(group_title("Confusion"))
        top.addStretch()
        top.addWidget(self.chooser)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addLayout(top)
        layout.addWidget(self.matrix, stretch=1)
        layout.addWidget(self.words)
        self.chooser.currentIndexChanged.connect(self._show_chosen)
        self.matrix.cell_told.connect(self._say)
        self.set_epochs([])

    def set_epochs(self, epochs: list[EpochEnded]) -> None:
        """Offers the epochs of another run and shows the latest."""
        self._epochs = list(epochs)
        self.chooser.clear()
        self.chooser.addItem("latest", None)
        for epoch in epochs:
            self.chooser.addItem(f"epoch {epoch.epoch}", epoch.epoch)
        self.chooser.setEnabled(bool(epochs))
        self._show_chosen()

    @property
    def provenance(self) -> Facts:
        """Which epoch of which run is shown; see `provenance_of`."""
        epoch = self.shown_epoch
        run = {"run": self.run} if self.run else {}
        return run if epoch is None else {**run, "epoch": str(epoch.epoch)}

    @property
    def shown_epoch(self) -> EpochEnded | None:
        """The epoch whose counts are shown."""
        wanted = self.chooser.currentData()
        shown = [epoch for epoch in self._epochs if wanted in (None, epoch.epoch)]
        return shown[-1] if shown else None

    def add_epoch(self, epoch: EpochEnded) -> None:
        """Offers one more; shows it if the latest is wanted."""
        self._epochs.append(epoch)
        self.chooser.addItem(f"epoch {epoch.epoch}", epoch.epoch)
        self.chooser.setEnabled(True)
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        epoch = self.shown_epoch
        self.matrix.show_confusion(None if epoch is None else epoch.confusion, self.class_names)

    @Slot(str)
    def _say(self, words: str) -> None:
        self.words.setText(words or "rows: true digit, columns: prediction")
