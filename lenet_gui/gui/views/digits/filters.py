"""The line that chooses which digits are shown, and in which order."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.gallery import Order, Which, Wish
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.widgets.beside import Beside, line_of

SIDE_BY_SIDE = "side by side"
_SHOWN: dict[str, str] = {
    Which.ALL: "All digits",
    Which.WRONG: "Misread",
    Which.RIGHT: "Read correctly",
    SIDE_BY_SIDE: "Side by side",
    Which.ONLY_A: "Only A wrong",
    Which.BOTH: "Both wrong",
    Which.ONLY_B: "Only B wrong",
}
_ORDERS = {
    Order.INDEX: "Set order",
    Order.SMALLEST_MARGIN: "Smallest margin first",
    Order.LARGEST_MARGIN: "Largest margin first",
}
_NEED_TWO = (SIDE_BY_SIDE, Which.ONLY_A, Which.BOTH, Which.ONLY_B)


WIDE = 440
"""Usual pixels: room for all choices in a line."""


class WishLine(QWidget):
    """Four lists to choose from; `changed()` when the choice changes, `picked()` by the user.

    What depends on the readings cannot be chosen before the digits are read.
    """

    changed = Signal()
    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = _combo("Digits shown", "Which digits are shown")
        self.label = _combo("Label", "What the digits are")
        self.answer = _combo("Prediction of A", "What A reads the digits as")
        self.order = _combo("Order", "Margin: how far the runner-up is behind the prediction")
        for which, words in _SHOWN.items():
            self.shown.addItem(words, str(which))
        self.label.addItem("Any label", None)
        self.answer.addItem("Any prediction", None)
        self._names = DIGIT_NAMES
        for digit, name in enumerate(self._names):
            self.label.addItem(f"Label {name}", digit)
            self.answer.addItem(f"Read as {name}", digit)
        for order, words in _ORDERS.items():
            self.order.addItem(words, str(order))
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        first = line_of((self.shown, 1), (self.label, 1))
        second = line_of((self.answer, 1), (self.order, 1))
        line.addWidget(Beside(WIDE, (first, 1, 0), (second, 1, 0)))
        for combo in self._combos:
            combo.currentIndexChanged.connect(self._tell)
            combo.activated.connect(self.picked)
        self.allow(one=False, two=False)

    def set_class_names(self, names: tuple[str, ...]) -> None:
        """What the classes of the set are called."""
        if names != self._names:
            self._names = names
            for digit, name in enumerate(names):
                self.label.setItemText(digit + 1, f"Label {name}")
                self.answer.setItemText(digit + 1, f"Read as {name}")

    @property
    def is_side_by_side(self) -> bool:
        """Whether the errors of both networks are wanted in three columns."""
        return bool(self.shown.currentData() == SIDE_BY_SIDE)

    @property
    def wish(self) -> Wish:
        """What is chosen; for every column where they are side by side, except its `which`."""
        which = Which.ALL if self.is_side_by_side else Which(self.shown.currentData())
        order = Order(self.order.currentData())
        return Wish(which, self.label.currentData(), self.answer.currentData(), order)

    def allow(self, *, one: bool, two: bool) -> None:
        """Offers what A's readings (`one`) allow, and B's too (`two`)."""
        before = self.wish, self.is_side_by_side
        self._quietly(block=True)
        for place, which in enumerate(_SHOWN):
            if which is not Which.ALL:
                _enable(self.shown, place, two if which in _NEED_TWO else one)
        for combo in (self.answer, self.order):
            for place in range(1, combo.count()):
                _enable(combo, place, one)
        self._quietly(block=False)
        if before != (self.wish, self.is_side_by_side):
            self.changed.emit()

    def set_cell(self, label: int | None, answer: int | None) -> None:
        """Wants the digits of one cell of the confusion matrix, and all of those."""
        self._quietly(block=True)
        self.shown.setCurrentIndex(0)
        self.label.setCurrentIndex(0 if label is None else label + 1)
        self.answer.setCurrentIndex(0 if answer is None else answer + 1)
        self._quietly(block=False)
        self.changed.emit()

    @Slot()
    def forget(self) -> None:
        """Wants all digits of the set."""
        self.set_wish(Wish(), is_side_by_side=False)

    def set_wish(self, wish: Wish, *, is_side_by_side: bool) -> None:
        """Chooses what a wish says, which the readings allow already."""
        which = SIDE_BY_SIDE if is_side_by_side else str(wish.which)
        wanted = (which, wish.label, wish.answer, str(wish.order))
        before = self.wish, self.is_side_by_side
        self._quietly(block=True)
        for combo, data in zip(self._combos, wanted, strict=True):
            combo.setCurrentIndex(combo.findData(data) if data is not None else 0)
        self._quietly(block=False)
        if before != (self.wish, self.is_side_by_side):
            self.changed.emit()

    @property
    def text(self) -> str:
        """What is chosen, in words."""
        return ", ".join(combo.currentText() for combo in self._combos)

    @property
    def _combos(self) -> tuple[QComboBox, ...]:
        return self.shown, self.label, self.answer, self.order

    def _quietly(self, *, block: bool) -> None:
        for combo in self._combos:
            combo.blockSignals(block)

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()


def _combo(name: str, tip: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    set_tip(combo, tip)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(7)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return combo


def _enable(combo: QComboBox, place: int, enabled: bool) -> None:
    model = combo.model()
    if isinstance(model, QStandardItemModel):
        model.item(place).setEnabled(enabled)
    if not enabled and combo.currentIndex() == place:
        combo.setCurrentIndex(0)
