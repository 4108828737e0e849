"""The recipe: three choices, or every field behind a switch, over the button that starts."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.core.theme import UNIT, small_font
from lenet_gui.gui.training.actions import TrainingActions
from lenet_gui.gui.training.form import RecipeForm
from lenet_gui.gui.training.simple_face import SimpleFace
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.main_button import MainButton
from lenet_gui.gui.widgets.scrolled import scrolled


class RecipePane(QWidget):
    """What explains and warns has its own line, so that nothing moves when it comes.

    Signal: `all_settings_changed(bool)` the full form is shown now, or not.
    """

    all_settings_changed = Signal(bool)

    def __init__(
        self,
        face: SimpleFace,
        form: RecipeForm,
        actions: TrainingActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recipe pane")
        self.face, self.form = face, form
        self._start = actions.start
        self._explanation = ""
        self.start = MainButton("Start training", "start this training", actions.start.statusTip())
        self.notice = ElidedLabel()
        self.notice.setObjectName("recipe notice")
        wear(self.notice, small_font)
        self.notice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.undo = QToolButton()
        self.undo.setText("Undo")
        self.undo.setObjectName("undo preset")
        self.undo.setAccessibleName("Undo the choice of the recipe")
        set_tip(self.undo, "Bring back what was set by hand")
        self.all_settings = QCheckBox("All settings")
        self.all_settings.setObjectName("all settings")
        set_tip(self.all_settings, "Show every field of the recipe")
        self._pages = QStackedWidget()
        self._pages.addWidget(scrolled(face))
        self._pages.addWidget(form)
        foot = QHBoxLayout()
        foot.setSpacing(UNIT)
        for widget in (self.start, self.notice, self.undo, self.all_settings):
            foot.addWidget(widget, 1 if widget is self.notice else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)
        self._keep_room_for_undo()
        self.start.clicked.connect(actions.start.trigger)
        actions.start.changed.connect(self._show_start)
        self.undo.clicked.connect(form.undo)
        self.all_settings.toggled.connect(self._turn)
        form.replaced_changed.connect(self._show_notice)
        form.explained.connect(self._explain)
        self._show_start()
        self._show_notice()

    @property
    def shows_all_settings(self) -> bool:
        """Whether the full form is shown, not the three choices."""
        return self.all_settings.isChecked()

    def set_all_settings(self, shown: bool) -> None:
        """Shows the full form, or the three choices."""
        self.all_settings.setChecked(shown)

    def width_beside(self) -> int:
        """The width in pixels that it wants where other parts stand beside it."""
        if self.shows_all_settings:
            return self.form.grid.width_for(2)
        return self.face.sizeHint().width()

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
        self._pages.setCurrentIndex(int(all_settings))
        self._explanation = ""
        self._show_notice()
        self.all_settings_changed.emit(all_settings)

    @Slot(str)
    def _explain(self, words: str) -> None:
        self._explanation = words
        self._show_notice()

    @Slot()
    def _show_notice(self) -> None:
        replaced = self.form.replaced
        self.undo.setVisible(bool(replaced))
        self.notice.setText(replaced or self._explanation)
        role = QPalette.ColorRole
        self.notice.setForegroundRole(role.WindowText if replaced else role.PlaceholderText)

    @Slot()
    def _show_start(self) -> None:
        self.start.setEnabled(self._start.isEnabled())
