"""What the open panel holds: recipe, plots and confusion matrix, side by side or one at a time."""

from collections.abc import Callable
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.gui.theme import UNIT, mark_checked
from lenet_gui.gui.training.confusion import ConfusionPane
from lenet_gui.gui.training.form import RecipeForm
from lenet_gui.gui.training.plots import PlotsPane
from lenet_gui.gui.training.run_box import RunBox


class Page(IntEnum):
    """The three parts."""

    RECIPE = 0
    PLOTS = 1
    CONFUSION = 2


class TrainingPanes(QWidget):
    """Wide: all parts in a splitter. Narrow: one part, chosen by a button on the left."""

    def __init__(self, runs: Callable[[], Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = RecipeForm()
        self.plots = PlotsPane()
        self.confusion = ConfusionPane()
        self.run_box = RunBox(runs)
        self._parts: tuple[QWidget, ...] = (self.form, self.plots, self.confusion)
        self._columns = -1  # of fields, where all parts stand side by side
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(UNIT)
        for part in self._parts:
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(Page.PLOTS, 1)
        # Side by side they need much room; that must not keep the window from being made narrow.
        self._splitter.setMinimumWidth(max(p.minimumSizeHint().width() for p in self._parts))
        self._buttons = QButtonGroup(self)
        side = QVBoxLayout()
        side.setSpacing(UNIT // 4)
        for page, text in zip(Page, ("Recipe", "Plots", "Confusion matrix"), strict=True):
            button = QToolButton()
            button.setText(text)
            button.setObjectName(f"page {page.name.lower()}")
            button.setAccessibleName(text)
            button.setToolTip(f"Show: {text.lower()}")
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._buttons.addButton(button, page)
            side.addWidget(button)
        self._buttons.button(Page.RECIPE).setChecked(True)
        self._buttons.idClicked.connect(self._page_chosen)
        side.addSpacing(UNIT // 2)
        side.addWidget(self.run_box)
        side.addStretch()
        self._side = QWidget()
        self._side.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        self._side.setFixedWidth(self._side.sizeHint().width())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * UNIT)
        layout.addWidget(self._side)
        layout.addWidget(self._splitter, stretch=1)
        self._arrange(0)

    @property
    def is_wide(self) -> bool:
        """Whether all parts stand side by side."""
        return self._columns > 0

    def show_page(self, page: Page) -> None:
        """Turns to a part, where only one is shown."""
        self._buttons.button(page).setChecked(True)
        self._show_parts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(next((n for n in (3, 2) if self._room_for_fields() >= self._fields(n)), 0))

    def _fields(self, columns: int) -> int:
        return self.form.grid.width_for(columns)

    def _room_for_fields(self) -> int:
        """What is left for the form where both plots and the matrix stand well beside it."""
        room = self.width() - self._side.width() - 2 * UNIT - 2 * self._splitter.handleWidth()
        return room - self.plots.minimumSizeHint().width() - self.confusion.sizeHint().width()

    def _arrange(self, columns: int) -> None:
        """All parts side by side, the form in so many columns; for 0 columns one part alone."""
        if columns == self._columns:
            return
        self._columns = columns
        for button in self._buttons.buttons():
            button.setVisible(not columns)
        self._show_parts()
        if columns:
            form = self._fields(columns)
            plots = self._room_for_fields() - form + self.plots.minimumSizeHint().width()
            self._splitter.setSizes([form, plots, self.confusion.sizeHint().width()])

    @Slot(int)
    def _page_chosen(self, page: int) -> None:  # noqa: ARG002
        self._show_parts()

    def _show_parts(self) -> None:
        for page, part in zip(Page, self._parts, strict=True):
            part.setVisible(self.is_wide or self._buttons.checkedId() == page)
        self._mark_page()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._mark_page()

    def _mark_page(self) -> None:
        for button in self._buttons.buttons():
            mark_checked(button)
