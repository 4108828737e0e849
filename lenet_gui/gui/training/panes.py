"""What the open panel holds: recipe, plots and confusion matrix, side by side or one at a time."""

from collections.abc import Callable
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import Qt, Slot
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

from lenet_gui.gui.theme import UNIT
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
        self._wide: bool | None = None
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(2 * UNIT)
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
        self._arrange(wide=False)

    @property
    def is_wide(self) -> bool:
        """Whether all parts stand side by side."""
        return bool(self._wide)

    def show_page(self, page: Page) -> None:
        """Turns to a part, where only one is shown."""
        self._buttons.button(page).setChecked(True)
        self._show_parts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self._side.width() - 2 * UNIT
        self._arrange(wide=room >= self._width_of_all())

    def _width_of_all(self) -> int:
        """The room in which two columns of fields, both plots and the matrix stand well."""
        needed = self.form.grid.width_for(2) + self.plots.minimumSizeHint().width()
        return needed + self.confusion.sizeHint().width() + 2 * self._splitter.handleWidth()

    def _arrange(self, *, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        for button in self._buttons.buttons():
            button.setVisible(not wide)
        self._show_parts()
        if wide:
            form = self.form.grid.width_for(2)
            matrix = self.confusion.sizeHint().width()
            self._splitter.setSizes([form, max(1, self.width() - form - matrix), matrix])

    @Slot(int)
    def _page_chosen(self, page: int) -> None:  # noqa: ARG002
        self._show_parts()

    def _show_parts(self) -> None:
        for page, part in zip(Page, self._parts, strict=True):
            part.setVisible(bool(self._wide) or self._buttons.checkedId() == page)
