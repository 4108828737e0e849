"""The digits of both sets: a gallery of them, what two networks make of them, what they confuse."""

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.explore.gallery import OF_TWO, chosen
from lenet_gui.explore.readings_of_set import SetReadings
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.text_size import grow_indicator, hold_least, hold_least_lines, scaled, wear
from lenet_gui.gui.library.drawings import drawing_of
from lenet_gui.gui.library.known_network import NetworkInUse
from lenet_gui.gui.views.digits.export import Group, exported_digits
from lenet_gui.gui.views.digits.filters import WIDE, WishLine
from lenet_gui.gui.views.digits.gallery import DigitGallery
from lenet_gui.gui.views.digits.matrix import ChoosingMatrix
from lenet_gui.gui.views.digits.panes import Panes
from lenet_gui.gui.views.digits.set_reading import reading_runner
from lenet_gui.gui.views.digits.state import DigitsState, SetName
from lenet_gui.gui.views.digits.text import HEADINGS, DigitTexts, hint, legend, summary_text
from lenet_gui.gui.views.facts import set_facts
from lenet_gui.gui.views.view import View, ViewContext
from lenet_gui.gui.widgets.beside import Beside, line_of
from lenet_gui.gui.widgets.network_choice import NetworkChoice
from lenet_gui.gui.widgets.reading_progress import ReadingProgress
from lenet_gui.gui.widgets.scrolled import scrolled
from lenet_gui.pictures.exported import Exported, Facts
from lenet_gui.pictures.grid.confusion import confusion_cell
from lenet_gui.text.classes import noun_of
from lenet_gui.text.figures import counted, upper_first

_WIDE = 92 * theme.UNIT
"""From this width on the matrix is beside the gallery, else under it."""


class DigitsView(View):
    """Reads the chosen set with A, and with B where they are compared, when it is first seen."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted: DigitsState | None = None  # until the digits are read
        self.runner = reading_runner(self)
        self.set_choice = QComboBox()
        self.set_choice.setAccessibleName("Set of digits")
        set_tip(self.set_choice, "The set whose digits are shown")
        self.set_choice.addItems(["Test set", "Training set"])
        networks, ask = context.network_list, context.ask
        self.a = NetworkChoice(networks, ask)
        self.b = NetworkChoice(networks, ask, "Modern, shipped")
        for choice, name in ((self.a, "Network A"), (self.b, "Network B")):
            choice.setAccessibleName(name)
            set_tip(choice, f"{name}: reads all digits of the set")
            choice.setMinimumContentsLength(7)
            choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            choice.network_changed.connect(self._refresh)
            choice.report_to(context.notifier, f"{name} of the digits")
        self.compare = QCheckBox("and &B:")
        grow_indicator(self.compare)
        set_tip(self.compare, "Compares the errors of A with those of a second network")
        self.b.setEnabled(False)
        self.wishes = WishLine()
        self.progress = ReadingProgress(self.runner)
        self.button = QPushButton()
        self.summary, self.details = plain_label(), plain_label()
        for label in (self.summary, self.details):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.panes = Panes(context.commands)
        self.matrix = ChoosingMatrix(context.commands)
        self._lay_out()
        self.set_choice.currentIndexChanged.connect(self._refresh)
        self.compare.toggled.connect(self.b.setEnabled)
        self.compare.toggled.connect(self._refresh)
        self.button.clicked.connect(self._press)
        self.wishes.changed.connect(self._show_digits)
        for chosen_by_hand in (
            self.wishes.picked,
            self.set_choice.activated,
            self.a.activated,
            self.b.activated,
            self.compare.clicked,
            self.matrix.taken,
        ):
            chosen_by_hand.connect(self._forget_wanted)
        self.matrix.taken.connect(self._take_cell)
        self.matrix.cell_told.connect(self._say_cell)
        self.panes.pointed.connect(self._say_digit)
        self.panes.taken.connect(self._lay)
        self.panes.all_wanted.connect(self.wishes.forget)
        self.runner.report_to(context.notifier, "reading the digits")
        self.runner.came.connect(self._show_all)
        self.runner.failed.connect(self._show_failure)
        context.digits.changed.connect(self._refresh)
        context.digits.failed.connect(self.summary.setText)  # the window notifies the user

    # What is chosen, and what is known of it

    @property
    def gallery(self) -> DigitGallery:
        """The gallery, or the first of three."""
        return self.panes.galleries[0]

    @property
    def digits(self) -> Digits | None:
        """The chosen set; None while it is loaded."""
        sets: DigitSets | None = self.context.digits.sets
        if sets is None:
            return None
        return sets.training if self.set_choice.currentIndex() == 1 else sets.test

    @property
    def readings(self) -> tuple[SetReadings | None, SetReadings | None]:
        """What A and B have made of the set; B's None unless they are compared.

        Of a network in training that of a while ago, as `_are_older` tells.
        """
        digits = self.digits
        b = self.b.network if self.compare.isChecked() else None
        return self.runner.last_found(self.a.network, digits), self.runner.last_found(b, digits)

    @property
    def _unread(self) -> list[NetworkInUse]:
        """Those that have not read the digits with the weights that they have now."""
        return [each for each in self._networks() if self.runner.found(each, self.digits) is None]

    @property
    def _are_older(self) -> bool:
        """Whether a network has been trained on since it read the digits."""
        return any(self.runner.last_found(each, self.digits) is not None for each in self._unread)

    def _networks(self) -> list[NetworkInUse]:
        chosen_ones = [self.a.network, self.b.network if self.compare.isChecked() else None]
        return [each for each in chosen_ones if each is not None]

    @property
    def texts(self) -> DigitTexts | None:
        """What is said of the digits of the chosen set; None while it is loaded."""
        digits = self.digits
        return None if digits is None else DigitTexts(digits, *self.readings)

    # What Qt and the view stack call

    @property
    def state(self) -> DigitsState:
        if self._wanted is not None:
            return self._wanted
        held, is_side_by_side = self.matrix.held, self.wishes.is_side_by_side
        return DigitsState(
            SetName.TRAINING if self.set_choice.currentIndex() == 1 else SetName.TEST,
            self.a.currentText(),
            self.b.currentText(),
            self.compare.isChecked(),
            self.wishes.wish,
            is_side_by_side,
            self.gallery.size_of_digits,
            None if held is None else (held.row, held.column),
        )

    def restore(self, state: DigitsState) -> None:
        """What depends on the readings is chosen as soon as the digits are read."""
        self._wanted = None
        self.set_choice.setCurrentIndex(1 if state.of is SetName.TRAINING else 0)
        for choice, name in ((self.a, state.a), (self.b, state.b)):
            if name != choice.currentText() and name in choice.names:
                choice.choose(name)
        self.compare.setChecked(state.is_compared)
        self.panes.set_size_of_digits(state.size)
        self._wanted = replace(state, a=self.a.currentText(), b=self.b.currentText())
        self._go_on()

    def _go_on(self) -> None:
        """Chooses what is wanted as soon as the readings allow it."""
        wanted, (a, b) = self._wanted, self.readings
        if wanted is None:
            return
        if self.digits is None or (wanted.needs_readings and a is None):
            return
        if wanted.needs_two and b is None:
            return
        self.matrix.hold(None if wanted.cell is None else confusion_cell(*wanted.cell))
        self.wishes.set_wish(wanted.wish, is_side_by_side=wanted.is_side_by_side)
        self._wanted = None

    @Slot()
    def _forget_wanted(self) -> None:
        self._wanted = None

    @property
    def provenance(self) -> Facts:
        b = self.b.network if self.compare.isChecked() else None
        return set_facts(self.digits, self.a.network, b)

    def exported(self) -> Exported | None:
        texts = self.texts
        if texts is None:
            return None
        which = OF_TWO if self.wishes.is_side_by_side else (self.wishes.wish.which,)
        parts = zip(which, self.panes.headings, self.panes.shown, strict=False)
        groups = [Group(one, head.text(), gallery.indices) for one, head, gallery in parts]
        networks = [
            f"{name}: {choice.currentText()}, {choice.network.summary}"
            for name, choice in (("A", self.a), ("B", self.b))
            if choice.network is not None and (name == "A" or self.compare.isChecked())
        ]
        told = (*networks, self.wishes.text, self.summary.text())
        matrix = None if texts.a is None else self.matrix.as_block(260)
        return exported_digits(texts, told, groups, matrix)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def place(self) -> None:
        wide, directions = self.width() >= scaled(_WIDE, self), QBoxLayout.Direction
        self._body.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    @property
    def is_settled(self) -> bool:
        """Whether the set is loaded and has been gone through, or nobody asked for that."""
        return not self.context.digits.is_loading and not self.runner.is_busy

    def close_down(self) -> None:
        self.runner.close_down()

    # What is done

    @Slot()
    def _refresh(self) -> None:
        """Shows what is known now, and has read what is not: at once, if it is visible."""
        if not self.isVisible():
            return
        digits, networks = self.digits, self._networks()
        if digits is None:
            self.summary.setText("The digits are being loaded…")
            self.context.digits.ask()
        else:
            self.runner.want(networks, digits)
        self._show_all()

    @Slot()
    def _press(self) -> None:
        """Cancels what runs, or reads again."""
        digits, networks = self.digits, self._networks()
        if self.runner.is_busy:
            self.runner.cancel()
        elif digits is not None and networks:
            self.runner.ask(networks, digits)
        self._show_all()

    @Slot()
    def _show_all(self) -> None:
        """Everything, from what is known."""
        a, b = self.readings
        busy = self.runner.is_busy
        missing = self.digits is not None and bool(self._unread)
        self.progress.setVisible(busy)
        self.button.setVisible(busy or missing)
        again = "Read again" if a is not None else "Read the digits"
        self.button.setText("Cancel" if busy else again)
        self.wishes.allow(one=a is not None, two=a is not None and b is not None)
        names = DIGIT_NAMES if self.digits is None else self.digits.class_names
        self.wishes.set_class_names(names)
        self.matrix.show_confusion(a.confusion if a is not None else None, names)
        self._show_digits()
        self._go_on()
        if self.digits is None:
            return
        self.summary.setText(
            summary_text(
                self.digits,
                (a, b),
                are_stand_ins=self.context.digits.are_stand_ins,
                is_busy=busy,
                is_older=self._are_older,
                has_network=self.a.network is not None,
                class_names=[each.class_names for each in self._networks()],
                is_operated=self.context.is_operated,
                is_b_awaited=self.compare.isChecked() and b is None,
            )
        )

    @Slot()
    def _show_digits(self) -> None:
        digits = self.digits
        if digits is None:
            return
        a, b = self.readings
        wish = self.wishes.wish
        side_by_side = self.wishes.is_side_by_side
        if (wish.needs_readings and a is None) or (wish.needs_two and b is None):
            return  # `allow` comes in a moment
        texts = DigitTexts(digits, a, b)
        self.panes.set_headings([HEADINGS[w] for w in OF_TWO] if side_by_side else ["Digits"])
        shown = OF_TWO if side_by_side else (wish.which,)
        for place, which in enumerate(shown):
            indices = chosen(digits.labels, replace(wish, which=which), a, b)
            gallery = self.panes.galleries[place]
            gallery.widest_caption = texts.widest_caption
            gallery.show_digits(texts, indices)
            count = f"{HEADINGS[which]}: " if side_by_side else ""
            self.panes.headings[place].setText(f"{count}{counted(len(indices), noun_of(digits))}")
        self.details.setText(self._hint)
        label, answer = wish.label, wish.answer
        self.matrix.mark(None if label is None or answer is None else (label, answer))

    @Slot(int, int)
    def _take_cell(self, label: int, answer: int) -> None:
        """The digits of a cell; taken once more, all digits again."""
        now = self.wishes.wish
        if (now.label, now.answer) == (label, answer):
            self.wishes.set_cell(None, None)
        else:
            self.wishes.set_cell(label, answer)

    @Slot(int)
    def _lay(self, index: int) -> None:
        texts = self.texts
        if texts is not None:
            name = texts.name(index)  # true whoever reads it next
            self.supplied.emit(drawing_of(texts.digits, index), f"{upper_first(name)}.")

    @Slot(int)
    def _say_digit(self, index: int) -> None:
        self.details.setText(self._sentence(index) if index >= 0 else self._hint)
        for gallery in self.panes.shown:
            gallery.setAccessibleDescription(self.details.text() if gallery.hasFocus() else "")

    @property
    def _hint(self) -> str:
        return hint(is_compared=self.compare.isChecked(), is_operated=self.context.is_operated)

    def _sentence(self, index: int) -> str:
        texts = self.texts
        if texts is None or index >= len(texts.digits):
            return self._hint
        return texts.sentence(index)

    @Slot(str)
    def _say_cell(self, words: str) -> None:
        self.legend.setText(words or legend(is_operated=self.context.is_operated))

    @Slot(str)
    def _show_failure(self, sentence: str) -> None:
        self._show_all()
        self.summary.setText(sentence)

    def _lay_out(self) -> None:
        a_label = plain_label("&A:")
        a_label.setBuddy(self.a)
        a = line_of((self.set_choice, 0), (a_label, 0), (self.a, 1))
        first = Beside(WIDE, (a, 4, 0), (line_of((self.compare, 0), (self.b, 1)), 3, 0))
        state = QHBoxLayout()
        state.addWidget(self.summary, 2)
        state.addWidget(self.progress, 1)
        state.addWidget(self.button)
        self.legend = plain_label(legend(is_operated=self.context.is_operated))
        wear(self.legend, theme.small_font)
        self.legend.setWordWrap(True)
        self.legend.setAlignment(Qt.AlignmentFlag.AlignTop)
        hold_least_lines(self.legend, 2)  # so that no word moves the matrix
        hold_least(self.legend, 18 * theme.UNIT)
        beside = QVBoxLayout()
        beside.setSpacing(theme.UNIT // 2)
        beside.addWidget(theme.group_title("What A confuses"))
        beside.addWidget(self.matrix, 1000)
        beside.addWidget(self.legend)
        beside.addStretch(1)  # takes what the matrix cannot use
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(theme.UNIT)
        self._body.addWidget(self.panes, 3)
        self._body.addLayout(beside, 2)
        hold_least_lines(self.details, 2)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(*[theme.UNIT] * 4)
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(first)
        column.addWidget(self.wishes)
        column.addLayout(state)
        column.addLayout(self._body, 1)
        column.addWidget(self.details)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(panel))
