"""Training in three choices: which network, how long, which digits."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QToolButton, QWidget

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.core.theme import UNIT, group_title, small_font
from lenet_gui.gui.training.editors import PlaceField, editor_for
from lenet_gui.gui.training.expectations import Expectations
from lenet_gui.gui.training.face_text import about_digits, about_recipe, card_lines, card_tips
from lenet_gui.gui.training.recipe_draft import RecipeDraft
from lenet_gui.gui.widgets.choice_card import ChoiceCard, check_alone
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.net.architecture import Variant
from lenet_gui.training.ready_made import Effort, effort_of, ready_made
from lenet_gui.training.recipe import FIELDS, MNIST, Recipe

_NETWORKS = {
    Variant.ORIGINAL: ("as in 1998", "LeNet-5 as in the paper: Table I, RBF output"),
    Variant.MODERN: ("as built today", "LeNet-5 as built today: average pooling, softmax"),
}

_LINE_GAP = 3
"""Pixels: all choices are seen at 1024x700, where the maps above keep their size."""


class SimpleFace(QWidget):
    """Mirrors the draft of the recipe, and chooses there.

    Signal: `download_wanted()` MNIST is to be downloaded.

    Args:
        draft: owns the recipe.
        expectations: of training on this machine.
        ask: the window's file dialogs.
        parent: Qt's.
    """

    download_wanted = Signal()

    def __init__(
        self,
        draft: RecipeDraft,
        expectations: Expectations,
        ask: FileDialogs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("simple recipe")
        self._draft = draft
        self._expectations = expectations
        self._networks = QButtonGroup(self)
        self._efforts = QButtonGroup(self)
        self.networks = {
            variant: ChoiceCard(str(variant).capitalize(), f"network {variant}", lines=1)
            for variant in Variant
        }
        self.efforts = {
            effort: ChoiceCard(effort, f"effort {effort.name.lower()}", lines=2)
            for effort in Effort
        }
        data = editor_for(FIELDS["data"], ask)
        assert isinstance(data, PlaceField)  # noqa: S101 - a place is what the field is
        self.data = data
        self.data.setObjectName("simple data")
        self.data.setAccessibleName("Digits")
        set_tip(self.data, *FIELDS["data"].tooltip.splitlines())
        self.digits = ElidedLabel()
        wear(self.digits, small_font)
        self.download = QToolButton()
        self.download.setText("Download MNIST")
        self.download.setObjectName("download digits")
        self.download.setAccessibleName("Download MNIST")
        set_tip(self.download, "11 MB, from its public mirrors")
        self.about = ElidedLabel()
        self.about.setObjectName("recipe in words")
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, UNIT, 0)
        grid.setHorizontalSpacing(2 * UNIT)
        grid.setVerticalSpacing(_LINE_GAP)
        for column, title in enumerate(("Network", "Training")):
            grid.addWidget(group_title(title), 0, column)
        grid.addLayout(_row(*self.networks.values()), 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(_row(*self.efforts.values()), 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(group_title("Digits"), 2, 0)
        grid.addWidget(group_title("Recipe"), 2, 1)
        row = _row(self.data, self.download)
        row.setStretch(0, 1)
        grid.addLayout(row, 3, 0)
        grid.addWidget(self.about, 3, 1)
        grid.addWidget(self.digits, 4, 0)
        grid.setRowStretch(5, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for group, cards in ((self._networks, self.networks), (self._efforts, self.efforts)):
            for card in cards.values():
                group.addButton(card)
        for variant, (line, tip) in _NETWORKS.items():
            self.networks[variant].show_lines((line,), tip)
        self.digits.setForegroundRole(QPalette.ColorRole.PlaceholderText)

    def _connect(self) -> None:
        self._networks.buttonClicked.connect(self._choose_network)
        self._efforts.buttonClicked.connect(self._choose_effort)
        self.data.changed.connect(self._choose_data)
        self.download.clicked.connect(self.download_wanted)
        self._draft.recipe_changed.connect(self._show)
        self._draft.locked_changed.connect(self._show)
        self._expectations.changed.connect(self._show)

    @Slot()
    def _choose_network(self) -> None:
        variant = next(one for one, card in self.networks.items() if card.isChecked())
        if variant == self._draft.values["variant"]:
            return
        recipe = self._draft.recipe
        effort = None if recipe is None else effort_of(recipe)
        if recipe is None or effort is None:  # a custom recipe
            self._draft.choose_variant(variant)
        else:
            self._draft.choose(ready_made(variant, effort, recipe.data))
        self._show()

    @Slot()
    def _choose_effort(self) -> None:
        variant = next((one for one, card in self.networks.items() if card.isChecked()), None)
        effort = next(one for one, card in self.efforts.items() if card.isChecked())
        data = str(self.data.value)
        self._draft.choose(ready_made(variant or Variant.ORIGINAL, effort, data))
        self._show()

    @Slot()
    def _choose_data(self) -> None:
        self._draft.choose_data(str(self.data.value))
        self._show()

    @Slot()
    def _show(self) -> None:
        """As the draft has it."""
        recipe = self._draft.recipe
        values = self._draft.values
        variant = Variant(values["variant"])
        check_alone(self._networks, self.networks[variant])
        effort = None if recipe is None else effort_of(recipe)
        check_alone(self._efforts, None if effort is None else self.efforts[effort])
        self.data.value = values["data"]
        is_missing = values["data"] == MNIST and self._expectations.mnist_is_missing
        self.digits.setText(about_digits(recipe, is_missing=is_missing))
        is_nowhere = self._expectations.mnist_is_missing and self._draft.mnist == MNIST
        self.download.setVisible(is_nowhere)
        locked = self._draft.is_locked
        for widget in (*self.networks.values(), *self.efforts.values(), self.data, self.download):
            widget.setEnabled(not locked)
        self._show_expectations(variant, recipe, str(values["data"]), effort)

    def _show_expectations(
        self, variant: Variant, recipe: Recipe | None, data: str, effort: Effort | None
    ) -> None:
        expectations = self._expectations
        wanted = {one: ready_made(variant, one, data) for one in Effort}
        own = [recipe] if recipe is not None and effort is None else []
        expectations.want([*own, *wanted.values()])
        for one, made in wanted.items():
            known = expectations.of(made)
            lines = card_lines(known, is_trying=expectations.is_trying)
            self.efforts[one].show_lines(lines, *card_tips(made, known))
        name = str(self._draft.values["name"])
        chosen = None if recipe is None else expectations.of(recipe)
        self.about.setText(about_recipe(recipe, name, effort, chosen))


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(UNIT // 2)
    for widget in widgets:
        row.addWidget(widget)
    return row
