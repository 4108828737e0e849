"""The recipe: three choices, or every field behind a switch, above the start button."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import grow_indicator, wear
from lenet_gui.gui.core.theme import UNIT, small_font
from lenet_gui.gui.training.recipe.expectations import Expectations
from lenet_gui.gui.training.recipe.form import RecipeForm
from lenet_gui.gui.training.recipe.recipe_draft import RecipeDraft
from lenet_gui.gui.training.recipe.simple_face import SimpleFace
from lenet_gui.gui.training.running.actions import TrainingActions
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.labels import SteadyLabel
from lenet_gui.gui.widgets.main_button import MainButton
from lenet_gui.gui.widgets.scrolled import scrolled
from lenet_gui.training.recipe import FIELDS

_LONGEST_PROBLEM = "Distortions must be a whole number from 0 to 1000000, not -1000000000. "
_LONGEST = max((f"{field.label}: {field.tooltip}" for field in FIELDS.values()), key=len)
"""The most that is said of a field, and of what is wrong with it."""


class RecipePane(QWidget):
    """Explanations and warnings have their own lines, so that nothing moves when they appear.

    Signal: `all_settings_changed(bool)` the full form is shown now, or not.

    Args:
        draft: owns the recipe.
        expectations: of training on this machine.
        ask: the window's file dialogs.
        actions: those of the training.
        parent: Qt's.
    """

    all_settings_changed = Signal(bool)

    def __init__(
        self,
        draft: RecipeDraft,
        expectations: Expectations,
        ask: FileDialogs,
        actions: TrainingActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recipe pane")
        self.face = SimpleFace(draft, expectations, ask)
        self._form: RecipeForm | None = None
        self._draft = draft
        self._ask = ask
        self._start = actions.start
        self.start = MainButton("Start training", "start this training", actions.start.statusTip())
        self.notice = ElidedLabel()
        self.notice.setObjectName("recipe notice")
        wear(self.notice, small_font)
        self.notice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.explanation = SteadyLabel(small_font, 2, longest=_LONGEST_PROBLEM + _LONGEST)
        self.explanation.setObjectName("recipe explanation")
        self.undo = QToolButton()
        self.undo.setText("Undo")
        self.undo.setObjectName("undo preset")
        self.undo.setAccessibleName("Undo the choice of this recipe")
        set_tip(self.undo, "Restore your own settings")
        self.all_settings = QCheckBox(actions.all_settings.text())
        grow_indicator(self.all_settings)
        self.all_settings.setObjectName("all settings")
        set_tip(self.all_settings, actions.all_settings.statusTip())
        self._pages = QStackedWidget()
        self._scrolled_face = scrolled(self.face)
        self._pages.addWidget(self._scrolled_face)
        foot = QHBoxLayout()
        foot.setSpacing(UNIT)
        for widget in (self.start, self.notice, self.undo, self.all_settings):
            foot.addWidget(widget, 1 if widget is self.notice else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(self._pages, 1)
        column.addWidget(self.explanation)
        column.addLayout(foot)
        self._keep_room_for_undo()
        self.start.clicked.connect(actions.start.trigger)
        actions.start.changed.connect(self._show_start)
        self.undo.clicked.connect(draft.undo)
        self.all_settings.toggled.connect(actions.all_settings.setChecked)
        actions.all_settings.toggled.connect(self.all_settings.setChecked)
        actions.all_settings.toggled.connect(self._turn)
        draft.replaced_changed.connect(self._show_notice)
        self._show_start()
        self.all_settings.setChecked(actions.all_settings.isChecked())
        self._turn(actions.all_settings.isChecked())

    @property
    def form(self) -> RecipeForm:
        """Every field; made when first wanted: most open the window to draw."""
        if self._form is None:
            self._form = RecipeForm(self._draft, self._ask)
            self._form.explained.connect(self.explanation.setText)
            self._pages.addWidget(self._form)
        return self._form

    @property
    def shows_all_settings(self) -> bool:
        """Whether the full form is shown, not the three choices."""
        return self.all_settings.isChecked()

    def width_beside(self) -> int:
        """The width in pixels that it needs beside other parts."""
        if self.shows_all_settings:
            return self.form.grid.width_for(2)
        bar = self._scrolled_face.verticalScrollBar().sizeHint().width()
        return self.face.sizeHint().width() + bar

    def sizeHint(self) -> QSize:
        """As high as the three choices; the full form scrolls."""
        foot = self.start.sizeHint().height() + UNIT // 2
        return QSize(super().sizeHint().width(), self.face.sizeHint().height() + foot)

    def _keep_room_for_undo(self) -> None:
        policy = self.undo.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.undo.setSizePolicy(policy)

    @Slot(bool)
    def _turn(self, all_settings: bool) -> None:
        self._pages.setCurrentWidget(self.form if all_settings else self._scrolled_face)
        self.explanation.setText("")
        self.explanation.setVisible(all_settings)
        self._show_notice()
        self.all_settings_changed.emit(all_settings)

    @Slot()
    def _show_notice(self) -> None:
        replaced = self._draft.replaced
        self.undo.setVisible(bool(replaced))
        self.notice.setText(replaced)

    @Slot()
    def _show_start(self) -> None:
        self.start.setEnabled(self._start.isEnabled())
