"""Training in three choices: which network, how long, which digits."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QToolButton, QWidget

from lenet_gui.data.words import MNIST_NAME, Transpose
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.core.theme import UNIT, group_title, small_font, text_font
from lenet_gui.gui.training.recipe.editors import PlaceField, editor_for
from lenet_gui.gui.training.recipe.expectations import Expectations
from lenet_gui.gui.training.recipe.face_text import (
    LONGEST_LINES,
    about_digits,
    about_recipe,
    card_lines,
    card_tips,
)
from lenet_gui.gui.training.recipe.recipe_draft import RecipeDraft
from lenet_gui.gui.widgets.beside import line_of
from lenet_gui.gui.widgets.choice_card import ChoiceCard, check_alone
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.labels import SteadyLabel
from lenet_gui.net.architecture import Variant
from lenet_gui.training.ready_made import Effort, effort_of, ready_made
from lenet_gui.training.recipe import BUILTIN, FIELDS, MNIST, Recipe

_NETWORKS = {
    Variant.ORIGINAL: ("as in 1998", "LeNet-5 as in the paper: Table I, RBF output"),
    Variant.MODERN: ("as built today", "LeNet-5 as built today: average pooling, softmax"),
}

_TITLES = ("Network", "Training", "Digits", "Recipe")

_LINE_GAP = 2
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
            variant: ChoiceCard(str(variant).capitalize(), f"network {variant}", (line,))
            for variant, (line, _) in _NETWORKS.items()
        }
        self.efforts = {
            effort: ChoiceCard(effort, f"effort {effort.name.lower()}", LONGEST_LINES)
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
        self.about = SteadyLabel(text_font, 2)
        self.about.setObjectName("recipe in words")
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, UNIT, 0)
        self._grid.setHorizontalSpacing(2 * UNIT)
        self._grid.setVerticalSpacing(_LINE_GAP)
        self._titles = {title: group_title(title) for title in _TITLES}
        self._cards = [_row(*self.networks.values()), _row(*self.efforts.values())]
        self._data_row = line_of((self.data, 1), (self.download, 0))
        self._is_beside = True
        self._place()
        for group, cards in ((self._networks, self.networks), (self._efforts, self.efforts)):
            for card in cards.values():
                group.addButton(card)
        for variant, (line, tip) in _NETWORKS.items():
            self.networks[variant].show_lines((line,), tip)
        self.digits.setForegroundRole(QPalette.ColorRole.PlaceholderText)

    def _place(self) -> None:
        """The choices in two columns, or below each other; what is there is moved."""
        top = Qt.AlignmentFlag.AlignTop
        network, training, digits, recipe = self._titles.values()
        cards, efforts = self._cards
        columns: tuple[tuple[tuple[QWidget, int], ...], ...]
        if self._is_beside:
            left = ((network, 0), (cards, 1), (digits, 2), (self._data_row, 3), (self.digits, 4))
            columns = left, ((training, 0), (efforts, 1), (recipe, 2), (self.about, 3))
        else:
            parts = (network, cards, training, efforts, digits, self._data_row, self.digits)
            columns = (tuple((part, row) for row, part in enumerate((*parts, recipe, self.about))),)
        for column, placed in enumerate(columns):
            for part, row in placed:
                around = top if part in self._cards else Qt.AlignmentFlag(0)
                rows = 2 if part is self.about and self._is_beside else 1
                self._grid.addWidget(part, row, column, rows, 1, around)
        for row in range(10):
            self._grid.setRowStretch(row, 1 if row == (5 if self._is_beside else 9) else 0)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3 if self._is_beside else 0)

    @property
    def _width_beside(self) -> int:
        """The width that two columns need."""
        left, right = (row.minimumSizeHint().width() for row in self._cards)
        left = max(left, self._data_row.minimumSizeHint().width())
        return left + right + self._grid.horizontalSpacing() + UNIT

    def minimumSizeHint(self) -> QSize:
        """As narrow as one column."""
        rows = (*self._cards, self._data_row)
        width = max(row.minimumSizeHint().width() for row in rows) + UNIT
        return QSize(width, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """As wide as two columns."""
        return QSize(self._width_beside, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_beside = self.width() >= self._width_beside
        if is_beside != self._is_beside:
            self._is_beside = is_beside
            self._place()

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
            self._draft.choose(ready_made(variant, effort, recipe.data, recipe.transpose))
        self._show()

    @Slot()
    def _choose_effort(self) -> None:
        variant = next((one for one, card in self.networks.items() if card.isChecked()), None)
        effort = next(one for one, card in self.efforts.items() if card.isChecked())
        data = str(self.data.value)
        transpose = Transpose(self._draft.values["transpose"])
        self._draft.choose(ready_made(variant or Variant.ORIGINAL, effort, data, transpose))
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
        self.digits.setText(self._about_digits(recipe, is_missing=is_missing))
        is_nowhere = self._expectations.mnist_is_missing and self._draft.data == MNIST
        self.download.setVisible(is_nowhere)
        locked = self._draft.is_locked
        for widget in (*self.networks.values(), *self.efforts.values(), self.data, self.download):
            widget.setEnabled(not locked)
        self._show_expectations(variant, recipe, str(values["data"]), effort)

    def _about_digits(self, recipe: Recipe | None, *, is_missing: bool) -> str:
        if recipe is None:
            return about_digits(None, "", is_missing=is_missing)
        chosen = self._expectations.chosen_data
        name = MNIST_NAME if recipe.data in (MNIST, BUILTIN) else ""
        if recipe.data == chosen.path:
            name = chosen.name
        return about_digits(self._expectations.sized(recipe), name, is_missing=is_missing)

    def _show_expectations(
        self, variant: Variant, recipe: Recipe | None, data: str, effort: Effort | None
    ) -> None:
        expectations = self._expectations
        transpose = Transpose(self._draft.values["transpose"])
        wanted = {one: ready_made(variant, one, data, transpose) for one in Effort}
        own = [recipe] if recipe is not None and effort is None else []
        expectations.want([*own, *wanted.values()])
        for one, made in wanted.items():
            known = expectations.of(made)
            lines = card_lines(made, known, is_trying=expectations.is_trying)
            self.efforts[one].show_lines(lines, *card_tips(made, known))
        name = str(self._draft.values["name"])
        chosen = None if recipe is None else expectations.of(recipe)
        self.about.setText(about_recipe(recipe, name, effort, chosen))


def _row(*widgets: QWidget) -> QWidget:
    return line_of(*((widget, 0) for widget in widgets))
