"""The ink view: each step from the strokes to the network's input, and the answer without it."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.data.drawing import Drawing
from lenet_gui.explore.array_reader import read_input_with_arrays
from lenet_gui.explore.preprocessing import (
    NOTHING,
    OF_ALL,
    OF_PICTURES,
    Preprocessing,
    Step,
    preprocess,
    steps_of,
    without_digit,
)
from lenet_gui.explore.reading import Reading
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.text_size import scaled, wear
from lenet_gui.gui.views.ink.card import StepCard
from lenet_gui.gui.views.ink.enlarged import EnlargedStep
from lenet_gui.gui.views.ink.export import exported_ink
from lenet_gui.gui.views.ink.state import InkState
from lenet_gui.gui.views.ink.text import (
    HINT_EMPTY,
    LONGEST_COMPARED,
    LONGEST_OUTPUTS,
    ONLY_HERE,
    compared,
    outputs_text,
)
from lenet_gui.gui.views.nothing_drawn import NothingDrawn
from lenet_gui.gui.views.view import LiveState, View, ViewContext
from lenet_gui.gui.widgets.labels import SteadyLabel
from lenet_gui.gui.widgets.scrolled import scrolled
from lenet_gui.pictures.exported import Exported
from lenet_gui.text.answers import no_single_digit, single_digit_advice

_LATER_MS = 8
"""How soon a step's own effect is shown after the drawing has changed, or after another step's.

One step at a time: all six together would keep the pen's next picture waiting.
"""

_ACROSS, _MOST_ACROSS = 3, 5
"""Cards that stand beside each other; the more if there are nine, and room."""

_WIDE = 900
"""Usual pixels that are room for the more."""

_PAGE_HEIGHT = 280
"""Units of a page for each picture."""


class InkView(View):
    """Every step, those that are switched off left out.

    `preprocessing` is that of the drawing, and `reading` what the network makes of its input.
    """

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("ink_view")
        self.preprocessing: Preprocessing | None = None
        self.reading: Reading | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._show_next_alone)
        self._steps: tuple[Step, ...] = ()  # whose cards are shown
        self._columns = 0
        self._stale: list[StepCard] = []  # that do not show yet what they do alone
        commands = context.commands
        self._cards = [
            StepCard(commands, step, self, is_operated=context.is_operated) for step in Step
        ]
        for card in self._cards:
            card.switched.connect(self._show)
            card.opened.connect(self._enlarge)
        self.enlarged = EnlargedStep(commands)
        self.enlarged.closed.connect(self._shrink)
        bottom = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        self.headline = SteadyLabel(theme.title_font, alignment=bottom, longest=LONGEST_COMPARED)
        self._figures = SteadyLabel(theme.text_font, longest=LONGEST_OUTPUTS)
        self.headline.setObjectName("ink_headline")
        self._figures.setObjectName("ink_figures")
        self.all_on = QPushButton("All steps")
        self.all_on.setObjectName("ink_all")
        set_tip(self.all_on, "Put every step back")
        self.all_on.clicked.connect(self._switch_all_on)
        self._arrange()

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.UNIT // 4)
        words.addWidget(self.headline)
        words.addWidget(self._figures)
        top = QHBoxLayout()
        top.addLayout(words, 1)
        top.addWidget(self.all_on, 0, Qt.AlignmentFlag.AlignBottom)
        self._note = plain_label(ONLY_HERE)
        wear(self._note, theme.small_font)
        self._note.setWordWrap(True)
        cards = QWidget()
        self._grid = QGridLayout(cards)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2 * theme.UNIT)
        self._pages = QStackedWidget()
        self._pages.addWidget(scrolled(cards))
        self._pages.addWidget(self.enlarged)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        column.addLayout(top)
        column.addWidget(self._pages, 1)
        column.addWidget(self._note)
        self.empty = NothingDrawn(
            self.context, HINT_EMPTY, self.headline, self._pages, self._note, keys=self._pages
        )
        self._show_cards(OF_ALL)

    def _show_cards(self, steps: tuple[Step, ...]) -> None:
        """Shows the cards of the steps that there are, numbered, in two or three lines."""
        columns = _MOST_ACROSS if self.width() >= scaled(_WIDE, self) else _ACROSS
        columns = columns if len(steps) > 2 * _ACROSS else _ACROSS
        if (steps, columns) == (self._steps, self._columns):
            return
        self._steps, self._columns = steps, columns
        for card in self._cards:
            self._grid.removeWidget(card)
            if card.step not in steps:
                card.hide()
        for number, card in enumerate(self.cards):
            card.set_number(number + 1)
            self._grid.addWidget(card, number // columns, number % columns)
            card.show()
            card.switch.setEnabled(steps != OF_PICTURES)  # else there is no answer to change
        # A line alone takes half of the height.
        self._grid.setRowStretch(1, 1 if len(steps) <= columns else 0)
        self._grid.setRowStretch(0, 1 if len(steps) <= columns else 0)

    @property
    def cards(self) -> list[StepCard]:
        """The cards of the steps that there are."""
        return [card for card in self._cards if card.step in self._steps]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_cards(self._steps)

    @property
    def off(self) -> frozenset[Step]:
        """The steps that are left out."""
        return frozenset(card.step for card in self._cards if not card.switch.isChecked())

    @property
    def is_settled(self) -> bool:
        return not self._stale

    @property
    def state(self) -> InkState:
        is_enlarged = self._pages.currentWidget() is self.enlarged
        return InkState(self.off, self.enlarged.picture.step if is_enlarged else None)

    def restore(self, state: InkState) -> None:
        for card in self._cards:
            card.switch.setChecked(card.step not in state.off)
        if state.enlarged is None:
            self._pages.setCurrentIndex(0)
        else:
            self._open(state.enlarged)

    def exported(self) -> Exported | None:
        live_state = self._live_state
        if self.preprocessing is None or live_state is None or live_state.reading is None:
            return None
        while self._stale:
            self._show_next_alone()
        said = (self.headline.text(), self._figures.text())
        shown = [card.shown(_PAGE_HEIGHT) for card in self.cards]
        return exported_ink(self.preprocessing, live_state.about, said, shown)

    def show_live(self, live_state: LiveState) -> None:
        self._live_state = live_state
        if live_state.drawing.digits == 1:
            self.empty.show_live(live_state)
        else:  # how the picture was read says why
            self.empty.say("")
        self._show()

    @Slot()
    def _show(self) -> None:
        usual = None if self._live_state is None else self._live_state.reading
        drawing = Drawing() if self._live_state is None else self._live_state.drawing
        steps = steps_of(drawing)
        off = self.off.intersection(steps) if usual is not None else NOTHING
        self._show_cards(steps)
        self.preprocessing = self._preprocess(off)
        self.reading = self._read(self.preprocessing) if off else usual
        for card in self._cards:
            card.show_preprocessing(self.preprocessing)
        if not self.enlarged.isHidden():
            self.enlarged.show_preprocessing(self.preprocessing)
        self.all_on.setEnabled(bool(off))
        if usual is None:
            digits = 1 if self._live_state is None else self._live_state.drawing.digits
            self.headline.setText(no_single_digit(digits))
            self._figures.setText("" if digits == 1 else single_digit_advice(digits))
            self._stale.clear()
            for card in self._cards:
                card.show_alone(None, None)
            return
        self.headline.setText(compared(usual, self.reading, off))
        self._figures.setText(outputs_text(usual, self.reading if off else None))
        waiting = [card for card in self._stale if card in self.cards]
        self._stale = waiting + [card for card in self.cards if card not in waiting]
        self._keep_telling()

    def _keep_telling(self) -> None:
        if self._stale and not self._later.isActive():
            self._later.start()

    @Slot()
    def _show_next_alone(self) -> None:
        """Shows the answer without the step that has waited longest."""
        if self._stale and self._live_state is not None:
            card = self._stale.pop(0)
            without = self._read(self._preprocess([card.step]))
            card.show_alone(self._live_state.reading, without)
        self._keep_telling()

    def _preprocess(self, off: Iterable[Step]) -> Preprocessing | None:
        """The drawing without some steps; None where no ink is left, or nothing was read."""
        live_state = self._live_state
        if live_state is None or live_state.steps is None or live_state.reading is None:
            return None if live_state is None else without_digit(live_state.drawing)
        kind, drawing = live_state.reading.kind, live_state.drawing
        return preprocess(live_state.steps, kind, off, drawing)

    def _read(self, preprocessing: Preprocessing | None) -> Reading | None:
        """The network's reading of the input; None where no ink is left."""
        live_state = self._live_state
        if preprocessing is None or live_state is None or live_state.reader is None:
            return None
        usual, shown = live_state.reading, preprocessing.input
        if usual is None:
            return read_input_with_arrays(live_state.reader, shown)
        told = usual.calibration, usual.class_names
        return read_input_with_arrays(live_state.reader, shown, *told)

    @Slot()
    def _switch_all_on(self) -> None:
        for card in self._cards:
            card.switch.setChecked(True)

    @Slot(object)
    def _enlarge(self, step: Step) -> None:
        self._open(step)
        self.enlarged.setFocus()

    def _open(self, step: Step) -> None:
        self._pages.setCurrentWidget(self.enlarged)
        self.enlarged.show_preprocessing(self.preprocessing)
        self.enlarged.show_step(step)

    @Slot()
    def _shrink(self) -> None:
        self._pages.setCurrentIndex(0)
        step = self.enlarged.picture.step
        next(card for card in self._cards if card.step is step).picture.setFocus()
