"""Our Fig. 8: every test digit that a network misses, with what it is and what it is read as."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.errors import UserError
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.library.networks import NetworkInUse, Networks
from lenet_gui.gui.versus.miss_finder import MissFinder
from lenet_gui.gui.widgets.ink_colours import canvas_colours
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.paths import bundled_folder
from lenet_gui.training.metrics import Miss
from lenet_gui.versus.misses import Misses
from lenet_gui.versus.published import FIG_8_MISSES, TEST_DIGITS

_ENLARGED = 2
_SIDE = 28 * _ENLARGED
_CELL = QSize(_SIDE + 2 * theme.UNIT, _SIDE + 4 * theme.UNIT)
_IN_USE = "the network in use"
_HINT = "True digit → read as. Click one to lay it on the canvas."
_OF_1998 = (
    f"The paper's Fig. 8 shows the {FIG_8_MISSES} that its LeNet-5 missed "
    f"({100 * FIG_8_MISSES / TEST_DIGITS:.2f} %)."
)


def shipped_files() -> list[Path]:
    """The weights that come with the program; none where they are missing."""
    try:
        return sorted(bundled_folder("weights", "").glob("lenet5-*.safetensors"))
    except UserError:
        return []


class GalleryPage(QWidget):
    """The gallery of one network at a time, searched for when it is first seen.

    `chosen(object, str)` carries the Drawing of a clicked digit and a sentence about it.
    """

    chosen = Signal(object, str)

    def __init__(self, networks: Networks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._networks = networks
        self._folder: Path | None = None
        self._misses: Misses | None = None
        self._is_stale = True
        self.finder = MissFinder(self)
        self.finder.progressed.connect(self._show_progress)
        self.finder.found.connect(self._show_misses)
        self.finder.failed.connect(self._show_failure)
        networks.changed.connect(self._network_changed)

        self.choice = QComboBox()
        self.choice.setObjectName("versus network")
        self.choice.setAccessibleName("Network of the gallery")
        self.choice.setToolTip("Whose misses are shown")
        self.choice.addItem(_IN_USE[0].upper() + _IN_USE[1:], None)
        for file in shipped_files():
            self.choice.addItem(f"{file.stem.removeprefix('lenet5-')}, shipped", str(file))
        self.choice.currentIndexChanged.connect(self.search)
        self.words = QLabel()
        self.words.setObjectName("versus misses told")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Digits read so far")
        self.progress.setMaximumWidth(24 * theme.UNIT)
        self.list = QListWidget()
        self.list.setObjectName("versus misses")
        self.list.setAccessibleName("Missed digits")
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(_SIDE, _SIDE))
        self.list.setGridSize(_CELL)
        self.list.setFont(theme.small_font())
        self.list.itemClicked.connect(self._lay)
        self.list.itemActivated.connect(self._lay)
        hint = QLabel(_HINT)
        hint.setFont(theme.small_font())

        top = QHBoxLayout()
        top.setSpacing(2 * theme.UNIT)
        top.addWidget(self.choice)
        top.addWidget(self.words, 1)
        top.addWidget(self.progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.UNIT] * 4)
        column.setSpacing(theme.UNIT)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(hint)

    @property
    def misses(self) -> Misses | None:
        """What is shown; None while nothing is."""
        return self._misses

    @property
    def _is_in_use(self) -> bool:
        """Whether the network in use is chosen, and no shipped one."""
        return self.choice.currentIndex() == 0

    def set_folder(self, folder: Path | None) -> None:
        """Looks for MNIST in `folder`, or in the usual places, from the next search on."""
        if folder != self._folder or self._misses is None:
            self._folder = folder
            self._is_stale = True
            if self.isVisible():
                self.search()

    @Slot()
    def search(self) -> None:
        """Finds the misses of the chosen network anew."""
        self._is_stale = False
        self._misses = None
        self.list.clear()
        network: LeNet5 | Path
        if self._is_in_use:
            if self._networks.current is None:
                return
            network = self._networks.current.network
        else:
            network = Path(self.choice.currentData())
        self.words.setText("Reading the test digits…")
        self.progress.setRange(0, 0)
        self.progress.show()
        self.finder.find(network, self._folder)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.search()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._misses is not None:
            self._fill()

    @Slot(object)
    def _network_changed(self, _network: NetworkInUse) -> None:
        if self._is_in_use:
            self._is_stale = True
            if self.isVisible():
                self.search()

    @Slot(int, int)
    def _show_progress(self, done: int, wanted: int) -> None:
        self.progress.setRange(0, wanted)
        self.progress.setValue(done)

    @Slot(object)
    def _show_misses(self, misses: Misses) -> None:
        self._misses = misses
        self.progress.hide()
        count = f"{len(misses.misses):,} of {misses.digits:,} test digits missed"
        self.words.setText(f"{count} ({misses.error:.2f} %). {_OF_1998}")
        self._fill()

    @Slot(str)
    def _show_failure(self, sentence: str) -> None:
        self._is_stale = True  # what was missing may be there next time
        self.progress.hide()
        self.words.setText(sentence)

    def _fill(self) -> None:
        misses = self._misses
        if misses is None:
            return
        self.list.clear()
        lut = canvas_colours(self).lut()
        for miss, image in zip(misses.misses, misses.images, strict=True):
            large = np.repeat(np.repeat(image, _ENLARGED, axis=0), _ENLARGED, axis=1)
            icon = QIcon(QPixmap.fromImage(to_qimage_indexed(large, lut)))
            item = QListWidgetItem(icon, f"{miss.true} → {miss.predicted}")
            item.setToolTip(self._told(miss))
            self.list.addItem(item)

    def _told(self, miss: Miss) -> str:
        whose = _IN_USE
        if not self._is_in_use:
            whose = self.choice.currentText().removesuffix(", shipped")
        return (
            f"MNIST test digit {miss.index}, a {miss.true}; {whose} reads it as {miss.predicted}."
        )

    @Slot(QListWidgetItem)
    def _lay(self, item: QListWidgetItem) -> None:
        if self._misses is None:
            return
        place = self.list.row(item)
        ink = self._misses.images[place].astype(np.float32) / 255
        self.chosen.emit(Drawing(backdrop=Backdrop(ink)), self._told(self._misses.misses[place]))
