"""The answer, its rival, and why the one and not the other: a click away, whatever they are."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from lenet_gui.explore.reading import Reading
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_item, set_tip
from lenet_gui.gui.views.causes.state import Aim
from lenet_gui.gui.views.causes.text import Rival, why
from lenet_gui.text.classes import short_name

_TIPS = {
    Aim.ANSWER: "The output of the answer, whichever digit it is",
    Aim.RIVAL: "The output of the digit's label where it was missed, else that of the runner-up",
    Aim.LEAD: "Which pixels speak for the answer, and which for the other digit",
}


class AnswerButtons(QWidget):
    """`chosen(Aim)` on a click; greyed where nothing is read."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[Aim, QToolButton] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.UNIT // 2)
        self._group.buttonToggled.connect(self._mark)
        for aim, tip in _TIPS.items():
            button = self._buttons[aim] = QToolButton()
            button.setObjectName(f"causes_{aim}")
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            set_tip(button, tip)
            button.clicked.connect(partial(self._choose, aim))
            self._group.addButton(button)
            line.addWidget(button)
        self.show_answer(None, None, Aim.UNIT)

    def show_answer(self, reading: Reading | None, rival: Rival | None, aim: Aim) -> None:
        """Names the answer and its rival, None where nothing is read, and marks what is shown."""
        words = {Aim.ANSWER: "Answer", Aim.RIVAL: "Runner-up", Aim.LEAD: "Why?"}
        whole: dict[Aim, str] = {}
        if reading is not None and rival is not None:
            names = reading.class_names
            kind = "Label" if rival.is_label else "Runner-up"
            for said, (answer, other) in (
                (words, [short_name(names[each]) for each in (reading.answer, rival.digit)]),
                (whole, (names[reading.answer], names[rival.digit])),
            ):
                said[Aim.ANSWER] = f"Answer {answer}"
                said[Aim.RIVAL] = f"{kind} {other}"
                said[Aim.LEAD] = why(answer, other)
        self._group.setExclusive(aim is not Aim.UNIT)  # else the last one could not be let go
        for each, button in self._buttons.items():
            text = plain_item(words[each])
            if button.text() != text:
                button.setText(text)
            is_cut = whole.get(each, words[each]) != words[each]
            set_tip(button, *([f"{whole[each]}."] if is_cut else []), _TIPS[each])
            button.setEnabled(reading is not None)
            button.setChecked(each is aim)

    @Slot(bool)
    def stand_apart(self, beside: bool) -> None:
        """Leaves a gap on the left where other buttons are beside them."""
        self.setContentsMargins(2 * theme.UNIT if beside else 0, 0, 0, 0)

    @Slot(QAbstractButton)
    def _mark(self, button: QAbstractButton) -> None:
        theme.mark_checked(button)

    def _choose(self, aim: Aim, *_: object) -> None:
        self.chosen.emit(aim)
