"""The content of the expanded panel: recipe, plots, confusion matrix and step sizes."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.guide_link import explain
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import fit
from lenet_gui.gui.core.theme import UNIT, mark_checked
from lenet_gui.gui.library.runs import RunLibrary
from lenet_gui.gui.training.page import Page
from lenet_gui.gui.training.plots.plots_pane import PlotsPane
from lenet_gui.gui.training.plots.step_sizes import StepSizesPane
from lenet_gui.gui.training.recipe.recipe_pane import RecipePane
from lenet_gui.gui.training.run_box import RunBox
from lenet_gui.gui.training.running.controller import Phase
from lenet_gui.gui.training.running_controls import RunningControls
from lenet_gui.gui.widgets.confusion_matrix import ConfusionPane
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.guide.places import TRAINING

_SHARED = (Page.CONFUSION, Page.STEP_SIZES)
"""These share one place."""


class TrainingPanes(QWidget):
    """Wide: all parts in a splitter. Narrow: one part, chosen by a button on the left.

    Confusion matrix and step sizes share a part: the buttons turn to one of them, wide or narrow.
    The controls of a training run that runs stand over all of them.
    """

    def __init__(
        self,
        recipe: RecipePane,
        running: RunningControls,
        runs: RunLibrary,
        ask: FileDialogs,
        notifier: Notifier,
        cell_commands: CellCommands,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        explain(self, TRAINING)
        self.recipe = recipe
        self.running = running
        self.plots = PlotsPane(ask, notifier)
        self.confusion = ConfusionPane(cell_commands)
        self.run_box = RunBox(runs)
        self.step_sizes = StepSizesPane(ask, notifier)
        self._shared = QStackedWidget()
        self._shared.addWidget(self.confusion)
        self._shared.addWidget(self.step_sizes)
        self._parts: tuple[QWidget, ...] = (self.recipe, self.plots, self._shared)
        self._page = Page.RECIPE  # shown alone
        self._shared_page = Page.CONFUSION
        self._given: tuple[bool, int] | None = None  # whether it is wide, for which recipe
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(UNIT)
        for part in self._parts:
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(Page.PLOTS, 1)
        # Side by side they need much room; that must not prevent a narrow window.
        fit(self._splitter, "width", _as_wide_as_a_part)
        self._buttons = QButtonGroup(self)
        side = QVBoxLayout()
        side.setSpacing(UNIT // 4)
        for page, text in zip(
            Page, ("Recipe", "Plots", "Confusion matrix", "Step sizes"), strict=True
        ):
            button = QToolButton()
            button.setText(text)
            button.setObjectName(f"page {page.name.lower()}")
            button.setAccessibleName(text)
            set_tip(button, f"Show: {text.lower()}")
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._buttons.addButton(button, page)
            side.addWidget(button)
        self._buttons.idClicked.connect(self._page_chosen)
        side.addWidget(self.run_box)
        side.addStretch()
        self._side = QWidget()
        self._side.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        fit(self._side, "width", _as_wide_as_its_words)
        beside = QVBoxLayout()
        beside.setSpacing(UNIT // 2)
        beside.addWidget(running)
        beside.addWidget(self._splitter, stretch=1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        layout.addWidget(self._side)
        layout.addLayout(beside, stretch=1)
        recipe.all_settings_changed.connect(self._arrange)
        runs.renamed.connect(self.plots.rename_earlier)
        running.controller.phase_changed.connect(self._await_run)
        self._await_run(running.controller.phase)
        self._arrange()

    @property
    def is_wide(self) -> bool:
        """Whether all parts are side by side."""
        return self._given is not None and self._given[0]

    @Slot(object)
    def _await_run(self, phase: Phase) -> None:
        """Until its first digits are there, a run that has begun has nothing to show."""
        for part in (self.plots, self.run_box):
            part.await_run(awaited=phase in (Phase.LOADING, Phase.RUNNING, Phase.PAUSED))

    def show_page(self, page: Page) -> None:
        """Shows a page; if all parts are side by side, only those that share a place change."""
        self._page = page
        if page in _SHARED:
            self._shared_page = page
        self._show_parts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _room_for_recipe(self) -> int:
        """What is left for the recipe where both plots and the matrix stand well beside it."""
        room = self.width() - self._side.width() - UNIT - 2 * self._splitter.handleWidth()
        return room - self.plots.minimumSizeHint().width() - self._shared.sizeHint().width()

    @Slot()
    def _arrange(self) -> None:
        """All parts side by side if there is room, else a single part."""
        wanted, room = self.recipe.width_beside(), self._room_for_recipe()
        is_wide = room >= wanted
        if self._given == (is_wide, wanted):
            return
        self._given = is_wide, wanted
        for button in self._buttons.buttons():
            button.setVisible(not is_wide or self._buttons.id(button) in _SHARED)
        self._show_parts()
        if is_wide:
            plots = room - wanted + self.plots.minimumSizeHint().width()
            self._splitter.setSizes([wanted, plots, self._shared.sizeHint().width()])

    @Slot(int)
    def _page_chosen(self, page: int) -> None:
        self.show_page(Page(page))

    def _show_parts(self) -> None:
        self._buttons.button(self._shared_page if self.is_wide else self._page).setChecked(True)
        self._shared.setCurrentIndex(_SHARED.index(self._shared_page))
        place = min(self._page, len(self._parts) - 1)
        for number, part in enumerate(self._parts):
            part.setVisible(self.is_wide or number == place)
        self._mark_page()

    def _mark_page(self) -> None:
        for button in self._buttons.buttons():
            mark_checked(button)


def _as_wide_as_a_part(splitter: QWidget) -> None:
    assert isinstance(splitter, QSplitter)  # noqa: S101 - given to this alone
    parts = [splitter.widget(place) for place in range(splitter.count())]
    splitter.setMinimumWidth(max(part.minimumSizeHint().width() for part in parts if part))


def _as_wide_as_its_words(side: QWidget) -> None:
    side.setFixedWidth(side.sizeHint().width())
