"""Our Fig. 8: every test digit that a network misses, with what it is and what it is read as."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPalette, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.digits import DIGIT_SIDE, Digits
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.core.text_size import fit, scaled, wear
from lenet_gui.gui.library.digits import DigitLibrary
from lenet_gui.gui.library.drawings import drawing_of_picture
from lenet_gui.gui.library.network_list import SHOWN, NetworkList
from lenet_gui.gui.library.set_runner import SetRunner
from lenet_gui.gui.widgets.empty_state import EmptyState
from lenet_gui.gui.widgets.grid.commands import CellCommands, ShownCell
from lenet_gui.gui.widgets.ink_colours import canvas_colours
from lenet_gui.gui.widgets.network_choice import NetworkChoice
from lenet_gui.gui.widgets.reading_progress import ReadingProgress
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.pictures.grid.ink_words import InkWords
from lenet_gui.pictures.grid.panel import Cell, Colours, Panel, Values
from lenet_gui.text.figures import a_digit
from lenet_gui.training.metrics import Miss
from lenet_gui.versus.misses import Misses, find_misses
from lenet_gui.versus.published import FIG_8_MISSES, TEST_DIGITS

_ENLARGED = 2
_SIDE = DIGIT_SIDE * _ENLARGED
_CELL = _SIDE + 2 * theme.UNIT, _SIDE + 4 * theme.UNIT
_HINT = "True digit → read as. Click one to put it on the canvas."
_OF_1998 = (
    f"The paper's Fig. 8 shows the {FIG_8_MISSES} that its LeNet-5 missed "
    f"({100 * FIG_8_MISSES / TEST_DIGITS:.2f} %)."
)
_NO_MNIST = (
    "The test digits that the network misses appear here once MNIST is on this machine: choose its "
    "folder with File, Data set, or download it in the training panel (F8)."
)
_OTHER = (
    "The test digits that the network misses appear here while MNIST is in use: choose it with "
    "File, Data set, MNIST."
)
_UNREAD = "The test digits that the network misses appear here once it has read them all."
_NONE_MISSED = "The network reads every test digit correctly."
_OTHER_CLASSES = (
    "It was trained on other classes than digits: its outputs count as digits, in their order."
)
_OLDER = "The network has been trained further since then."


class MissWords(InkWords):
    """Any pixel is called as its digit is: "MNIST test digit 12, a 7"."""

    def cell(self, cell: Cell) -> str:
        """The digit."""
        return self.picture(cell.picture)


class GalleryPage(QWidget):
    """The gallery of one network at a time, searched while it is visible.

    `chosen(object, str)` carries the Drawing of a clicked digit and a sentence about it.
    """

    chosen = Signal(object, str)

    def __init__(
        self,
        networks: NetworkList,
        digits: DigitLibrary,
        ask: FileDialogs,
        commands: CellCommands,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._digits, self._commands = digits, commands
        self._shown: Misses | None = None
        self.runner = SetRunner(_find, self)
        self.choice = NetworkChoice(networks, ask)
        self.choice.setObjectName("versus network")
        self.choice.setAccessibleName("Network of the gallery")
        set_tip(self.choice, "The network whose missed digits are shown")
        self.words = plain_label()
        self.words.setObjectName("versus misses told")
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress = ReadingProgress(self.runner)
        self.progress.setMaximumWidth(24 * theme.UNIT)
        self.again = QPushButton("Read again")
        self.again.setObjectName("versus read again")
        self.list = QListWidget()
        self.list.setObjectName("versus misses")
        self.list.setAccessibleName("Missed digits")
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        fit(self.list, "cells", _grow_cells)
        wear(self.list, theme.small_font)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer)
        self.empty = EmptyState(self.list)
        self.empty.setBackgroundRole(QPalette.ColorRole.Base)  # as the list's own
        self._arrange()
        self.list.itemClicked.connect(self._lay)
        self.list.itemActivated.connect(self._lay)
        self.again.clicked.connect(self._read_again)
        self.runner.came.connect(self._show)
        self.runner.failed.connect(self._show_failure)
        self.choice.network_changed.connect(self._refresh)
        self.choice.failed.connect(self._show_failure)
        digits.changed.connect(self._refresh)
        digits.failed.connect(self._show_failure)

    def _arrange(self) -> None:
        hint = plain_label(_HINT)
        wear(hint, theme.small_font)
        top = QHBoxLayout()
        top.setSpacing(2 * theme.UNIT)
        top.addWidget(self.choice)
        top.addWidget(self.words, 1)
        top.addWidget(self.progress)
        top.addWidget(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.UNIT] * 4)
        column.setSpacing(theme.UNIT)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(hint)

    @property
    def digits(self) -> Digits | None:
        """MNIST's test digits; None while they are missing. Nothing replaces them."""
        found = self._digits.collection
        return found.sets.test if found is not None and found.is_mnist else None

    @property
    def _is_other(self) -> bool:
        """Whether another data set than MNIST is in use."""
        found = self._digits.collection
        return found is not None and not found.is_mnist

    @property
    def misses(self) -> Misses | None:
        """Those of the chosen network, perhaps before it was trained further; None: not read."""
        found: Misses | None = self.runner.last_found(self.choice.network, self.digits)
        return found

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._fill()

    def close_down(self) -> None:
        """Cancels a search in progress, and waits for it."""
        self.runner.close_down()

    @Slot()
    def _refresh(self) -> None:
        """Shows what is known now, and searches for the rest if it is visible."""
        if not self.isVisible():
            return
        network, digits = self.choice.network, self.digits
        if digits is None and not self._is_other:
            self._digits.ask_for_mnist()
        elif network is not None and digits is not None:
            self.runner.want([network], digits)
        self._show()

    @Slot()
    def _read_again(self) -> None:
        network, digits = self.choice.network, self.digits
        if network is not None and digits is not None:
            self.runner.ask([network], digits)
        self._show()

    @Slot()
    def _show(self) -> None:
        network, digits, misses = self.choice.network, self.digits, self.misses
        busy = self.runner.is_busy
        is_older = self.runner.found(network, digits) is None
        known = network is not None and digits is not None
        self.progress.setVisible(busy)
        self.again.setVisible(known and is_older and not busy)
        if self._digits.is_missing:
            words = "MNIST is not on this machine."
        elif self._is_other:
            words = "The data set in use is not MNIST."
        elif digits is None:
            words = "The test digits are being loaded…"
        elif misses is not None:
            count = f"{len(misses.misses):,} of {misses.digits:,} test digits missed"
            last = _OLDER if is_older else _OF_1998
            if network is not None and network.class_names != DIGIT_NAMES:
                last = _OTHER_CLASSES
            words = f"{count} ({misses.error:.2f} %). {last}"
        elif busy:
            words = "Reading the test digits…"
        elif network is not None:
            words = "Not read yet."
        else:
            words = "The network is being loaded…"
        self.words.setText(words)
        if misses is not None:
            self.empty.say("" if misses.misses else _NONE_MISSED)
        else:
            missing = _NO_MNIST if self._digits.is_missing else _UNREAD
            self.empty.say(_OTHER if self._is_other else missing)
        if misses is not self._shown:
            self._shown = misses
            self._fill()

    @Slot(str)
    def _show_failure(self, sentence: str) -> None:
        self._show()
        self.words.setText(sentence)

    def _fill(self) -> None:
        self.list.clear()
        if self._shown is None:
            return
        lut = canvas_colours(self).lut()
        for miss, image in zip(self._shown.misses, self._shown.images, strict=True):
            large = np.repeat(np.repeat(image, _ENLARGED, axis=0), _ENLARGED, axis=1)
            icon = QIcon(QPixmap.fromImage(to_qimage_indexed(large, lut)))
            item = QListWidgetItem(icon, f"{miss.true} → {miss.predicted}")
            set_tip(item, *self._told(miss).splitlines())
            self.list.addItem(item)

    def _told(self, miss: Miss) -> str:
        name = self.choice.currentText()
        whose = "the network of this window" if name == SHOWN else name.removesuffix(", shipped")
        return f"{_name_of(miss)}; {whose} reads it as {miss.predicted}."

    @Slot(QPoint)
    def _offer(self, position: QPoint) -> None:
        """The menu of the digit at a place of the list; its value is its label."""
        item = self.list.itemAt(position)
        if item is None or self._shown is None:
            return
        place = self.list.row(item)
        miss = self._shown.misses[place]
        panel = Panel("digit", 1, DIGIT_SIDE, DIGIT_SIDE, MissWords((_name_of(miss),)), Colours.INK)
        ink = self._shown.images[place].astype(np.float32) / 255
        shown = ShownCell(panel, Cell("digit", 0, 0, 0), Values.of(panel, ink), float(miss.true))
        there = self.list.viewport().mapToGlobal(position)
        self._commands.menu_of(self.list, shown).popup(there)

    @Slot(QListWidgetItem)
    def _lay(self, item: QListWidgetItem) -> None:
        if self._shown is None:
            return
        place = self.list.row(item)
        miss = self._shown.misses[place]
        name = _name_of(miss)  # true whoever reads it next
        self.chosen.emit(drawing_of_picture(self._shown.images[place], miss.true), f"{name}.")


def _name_of(miss: Miss) -> str:
    return f"MNIST test digit {miss.index}, {a_digit(miss.true)}"


def _find(network: LeNet5, digits: Digits, progress: Callable[[int, int], None]) -> Misses | None:
    return find_misses(network, digits, progress)


def _grow_cells(shown: QWidget) -> None:
    assert isinstance(shown, QListWidget)  # noqa: S101 - given to this alone
    shown.setIconSize(QSize(scaled(_SIDE, shown), scaled(_SIDE, shown)))
    shown.setGridSize(QSize(*map(scaled, _CELL)))
