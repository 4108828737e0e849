"""Of a digit that was missed: what was answered, what it is labelled, and both side by side."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.widgets.elided_label import ElidedLabel


class MissedLine(QWidget):
    """To be hidden where nothing was missed. `both_wanted(bool)`: whether the two outputs are.

    Beside buttons, its room stays while it is hidden, so that they do not move.
    """

    both_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ElidedLabel()
        self._words.setObjectName("unit_missed")
        wear(self._words, theme.text_font)
        self._button = QToolButton()
        self._button.setObjectName("unit_both")
        self._button.setCheckable(True)
        set_tip(
            self._button, "The answer's output, and that of the label pinned beside it to compare"
        )
        self._button.toggled.connect(self._mark)
        self._button.clicked.connect(self.both_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.UNIT)
        line.addWidget(self._words)
        line.addWidget(self._button)
        line.addStretch(1)
        self._say(0, 0)
        self.hide()

    def show_missed(self, answer: int, label: int, *, are_shown: bool) -> None:
        """Says what was answered instead of the label, and offers the outputs of both.

        Args:
            answer: 0..9.
            label: another digit.
            are_shown: whether both outputs are beside each other already.
        """
        self._say(answer, label)
        self._button.setChecked(are_shown)
        self.show()

    def _say(self, answer: int, label: int) -> None:
        self._words.setText(f"Answered {answer}, labelled {label}")
        self._button.setText(f"Compare outputs {answer} and {label}")

    @Slot(bool)
    def stand_apart(self, beside: bool) -> None:
        """Leaves a gap on the left where buttons are beside it, and keeps its room there."""
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(beside)
        self.setSizePolicy(policy)
        self.setContentsMargins(3 * theme.UNIT if beside else 0, 0, 0, 0)

    @Slot()
    def _mark(self) -> None:
        theme.mark_checked(self._button)
