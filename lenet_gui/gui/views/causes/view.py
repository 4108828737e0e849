"""The view of causes: what activates a map most, and what the drawing's pixels do to a unit."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.digits import Digits
from lenet_gui.explore.input_gradient import input_gradient, lead_gradient
from lenet_gui.explore.reading import Reading, first_unit
from lenet_gui.explore.top_digits import TopDigit, TopDigitsOfSet
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.view_table import UNIT
from lenet_gui.gui.library.drawings import drawing_of
from lenet_gui.gui.library.known_network import NetworkInUse
from lenet_gui.gui.library.set_runner import SetRunner
from lenet_gui.gui.views.causes.answer_buttons import AnswerButtons
from lenet_gui.gui.views.causes.export import exported_causes, said
from lenet_gui.gui.views.causes.panels import GradientPanel, TopDigitsPanel, small
from lenet_gui.gui.views.causes.state import AT_FIRST, Aim, CausesState
from lenet_gui.gui.views.causes.text import (
    LOADING_DIGITS,
    LOADING_NETWORK,
    NINE_EMPTY,
    NOT_READ,
    OLDER,
    STAND_INS,
    Rival,
    captions,
    digit_text,
    full_colour,
    gradient_note,
    heading,
    lead_note,
    rival_of,
    rule,
    true_class,
    why,
)
from lenet_gui.gui.views.facts import unit_facts
from lenet_gui.gui.views.view import LiveState, View, ViewContext
from lenet_gui.gui.widgets.beside import Beside
from lenet_gui.gui.widgets.layer_buttons import LayerButtons
from lenet_gui.gui.widgets.layer_strip import LayerStrip
from lenet_gui.gui.widgets.reading_progress import ReadingProgress
from lenet_gui.gui.widgets.scrolled import scrolled
from lenet_gui.net.layers import OUTPUT, Unit, middle_of
from lenet_gui.net.network_kind import ORIGINAL, NetworkKind
from lenet_gui.net.receptive_field import receptive_field
from lenet_gui.pictures.colours import Scale
from lenet_gui.pictures.exported import Exported, Facts
from lenet_gui.pictures.grid.layers import scale_limits
from lenet_gui.text.classes import noun_of, picture_name
from lenet_gui.text.figures import upper_first

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5

_WIDE = 620
"""Usual pixels: room for the answer's buttons beside those of the layers."""


class CausesView(View):
    """A unit is chosen; its map's nine digits are at the left, its gradient at the right."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("causes_view")
        self._unit, self._aim = AT_FIRST.unit, AT_FIRST.aim
        self.runner = SetRunner(_search, self)
        self.layers = LayerButtons("causes_layer")
        self.layers.chosen.connect(self.show_layer)
        self.answer_buttons = AnswerButtons()
        self.answer_buttons.chosen.connect(self.aim_at)
        commands = context.commands
        self.strip = LayerStrip(commands, self._unit.layer)
        self.strip.setObjectName("causes_strip")
        self.strip.setAccessibleName("Units of the layer")
        self.strip.unit_chosen.connect(self.choose)
        self.strip.layer_stepped.connect(self.show_layer)
        self.top_digits, self.gradient = TopDigitsPanel(commands), GradientPanel(commands)
        self.top_digits.digits.digit_pointed.connect(self._tell_digit)
        self.top_digits.digits.digit_taken.connect(self._lay)
        self.gradient.follow.clicked.connect(self._follow)
        self.gradient.sample_wanted.connect(context.digits.ask_for_random_digit)
        self.status = small("causes_status")
        self.progress = ReadingProgress(self.runner)
        self.button = QPushButton()
        self.button.setObjectName("causes_button")
        self.button.clicked.connect(self._press)
        self.runner.report_to(context.notifier, "searching the digits")
        self.runner.came.connect(self._show_top_digits)
        self.runner.failed.connect(self._show_trouble)
        context.digits.changed.connect(self._refresh)
        context.digits.failed.connect(self._show_trouble)  # the window notifies the user
        self._arrange()
        self.setFocusProxy(self.strip)

    def _arrange(self) -> None:
        state = QHBoxLayout()
        state.addWidget(self.status, 2)
        state.addWidget(self.progress, 1)
        state.addWidget(self.button)
        halves = QHBoxLayout()
        halves.setSpacing(2 * theme.UNIT)
        halves.addWidget(self.top_digits, 1)
        halves.addWidget(self.gradient, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        buttons = Beside(_WIDE, (self.layers, 3, 0), (self.answer_buttons, 2, 0))
        buttons.turned.connect(self.answer_buttons.stand_apart)
        column.addWidget(buttons)
        column.addWidget(self.strip, 2)
        column.addLayout(state)
        column.addLayout(halves, 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        whole.addWidget(scrolled(content))

    # What is chosen, and what is known

    @property
    def unit(self) -> Unit:
        """The chosen unit."""
        return self._unit

    @property
    def digits(self) -> Digits | None:
        """The test digits; None while they are loaded."""
        sets = self.context.digits.sets
        return None if sets is None else sets.test

    @property
    def network(self) -> NetworkInUse | None:
        """The network that is shown."""
        return None if self._live_state is None else self._live_state.network

    @property
    def exciting(self) -> TopDigitsOfSet | None:
        """What the network has made of the test digits, perhaps before it was trained on."""
        found: TopDigitsOfSet | None = self.runner.last_found(self.network, self.digits)
        return found

    @property
    def _reading(self) -> Reading | None:
        return None if self._live_state is None else self._live_state.reading

    @property
    def _kind(self) -> NetworkKind:
        return ORIGINAL if self.network is None else self.network.kind

    @property
    def _class_names(self) -> tuple[str, ...]:
        return DIGIT_NAMES if self.network is None else self.network.class_names

    @Slot(object)
    def choose(self, unit: Unit) -> None:
        """Chooses a unit, and its map."""
        self._aim = Aim.UNIT
        self._go_to(unit)

    @Slot(object)
    def aim_at(self, aim: Aim) -> None:
        """Chooses what the answer decides; it changes with the answer until a unit is chosen."""
        self._aim = aim
        self._go_to(self._aimed())

    def _aimed(self) -> Unit:
        """The unit that the answer makes the chosen one."""
        reading = self._reading
        if self._aim is Aim.UNIT:
            return self._unit
        if self._aim is Aim.RIVAL and reading is not None:
            return Unit(OUTPUT, self._rival(reading).digit)
        return first_unit(OUTPUT, reading)

    def _rival(self, reading: Reading) -> Rival:
        live_state = self._live_state
        return rival_of(reading, None if live_state is None else live_state.missed_label)

    def _go_to(self, unit: Unit) -> None:
        another_map = (unit.layer, unit.map) != (self._unit.layer, self._unit.map)
        self._unit = unit
        self._show_unit()
        if another_map:
            self._show_top_digits()

    @Slot(str)
    def show_layer(self, layer: str) -> None:
        """Goes to a layer: to the unit in its middle, of the output to the answer's."""
        if layer == OUTPUT:
            self.aim_at(Aim.ANSWER)
        else:
            self.choose(middle_of(layer))

    # What the view stack and Qt call

    @property
    def state(self) -> CausesState:
        return CausesState(self._unit, self._aim)

    def restore(self, state: CausesState) -> None:
        self.choose(state.unit)
        if state.aim is not Aim.UNIT:
            self.aim_at(state.aim)

    def show_unit(self, unit: Unit) -> None:
        self.choose(unit)

    @property
    def provenance(self) -> Facts:
        network = None if self._live_state is None else self._live_state.network
        digits, top = self.digits, self.top_digits.digits.excited
        whose = {"digits": f"{digits.name} {noun_of(digits)}s"} if digits and top else {}
        return {**unit_facts(self._unit, network), **whose, **super().provenance}

    def exported(self) -> Exported | None:
        live_state, digits, top = self._live_state, self.digits, self.top_digits.digits.excited
        gradient = self.gradient.gradient
        if live_state is None or (gradient is None and not top):
            return None
        blocks = (
            self.strip.as_block(150),
            said(self.top_digits.heading.text(), self.top_digits.rule.text()),
            self.top_digits.digits.as_block(360),
            said(self.gradient.heading.text(), self.gradient.note.text(), *full_colour(gradient)),
            self.gradient.picture.as_block(360),
        )
        shown = [] if digits is None else [(each, true_class(digits, each)) for each in top]
        about, class_names = live_state.about, self._class_names
        return exported_causes(self._unit, self._kind, about, blocks, shown, gradient, class_names)

    @property
    def is_settled(self) -> bool:
        """Whether the set is loaded and has been gone through, or nobody asked for that."""
        return not self.context.digits.is_loading and not self.runner.is_busy

    def show_live(self, live_state: LiveState) -> None:
        before, self._live_state = self.network, live_state
        self._go_to(self._aimed())
        if live_state.network is not before:
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def close_down(self) -> None:
        self.runner.close_down()

    # The chosen unit, and its gradient

    def _show_unit(self) -> None:
        unit, live_state = self._unit, self._live_state
        layer = unit.layer
        self.layers.mark(layer)
        reading = self._reading
        rival = None if reading is None else self._rival(reading)
        self.answer_buttons.show_answer(reading, rival, self._aim)
        limits = {} if reading is None else scale_limits(reading, Scale.PER_LAYER)
        class_names = self._class_names
        self.strip.show_layer(
            layer, self._kind, reading, limits, chosen=unit, class_names=class_names
        )
        steps = None if live_state is None else live_state.steps
        ink = None if steps is None else steps.padded
        if live_state is None or reading is None or rival is None or live_state.reader is None:
            self.gradient.show_gradient(None, ink)
            self.framed.emit(None)
            return
        if self._aim is Aim.LEAD:
            pair = reading.answer, rival.digit
            gradient = lead_gradient(live_state.reader, reading, *pair)
            answer, other = (class_names[each] for each in pair)
            note = lead_note(answer, other, self._kind, gradient)
            self.gradient.show_gradient(gradient, ink, why(answer, other), note)
        else:
            gradient = input_gradient(live_state.reader, reading, unit)
            note = gradient_note(unit, self._kind, gradient, class_names)
            self.gradient.show_gradient(gradient, ink, note=note)
        field = receptive_field(unit.layer, unit.row, unit.column)
        self.framed.emit(live_state.on_sheet(field))

    @Slot()
    def _follow(self) -> None:
        self.context.commands.show_in(UNIT, self._unit)

    # The nine digits

    @Slot()
    def _refresh(self) -> None:
        """Shows what is known, and has the digits read where they are not: if it is visible."""
        if not self.isVisible():
            return
        network, digits = self.network, self.digits
        if digits is None:
            self.context.digits.ask()
        elif network is not None:
            self.runner.want([network], digits)
        self._show_top_digits()

    @Slot()
    def _press(self) -> None:
        """Cancels what runs, or reads again."""
        network, digits = self.network, self.digits
        if self.runner.is_busy:
            self.runner.cancel()
        elif network is not None and digits is not None:
            self.runner.ask([network], digits)
        self._show_top_digits()

    @Slot()
    def _show_top_digits(self) -> None:
        digits, found, busy = self.digits, self.exciting, self.runner.is_busy
        older = self.runner.found(self.network, digits) is None
        self.top_digits.heading.setText(heading(self._unit, self._kind, self._class_names))
        self.progress.setVisible(busy)
        self.button.setVisible(busy or (older and digits is not None and self.network is not None))
        again = "Read again" if found is not None else "Read the digits"
        self.button.setText("Cancel" if busy else again)
        words = [STAND_INS] if self.context.digits.are_stand_ins else []
        if self.network is None:
            words.append(LOADING_NETWORK)
        elif digits is None:
            words.append(LOADING_DIGITS)
        elif busy:
            words.append(f"{digits.name}: reading {len(digits):,} {noun_of(digits)}s…")
        elif found is None:
            words.append(NOT_READ)
        elif older:
            words.append(OLDER)
        self.status.setText(" ".join(words))
        self.status.setVisible(bool(words))
        if digits is None or found is None:
            self.top_digits.empty.say(NINE_EMPTY)
            self.top_digits.rule.setText("")
            self.top_digits.digits.show_digits([], (), (), ())
        else:
            self.top_digits.empty.say("")
            excited = found.of(self._unit.layer, self._unit.map)
            whose = f"{len(digits):,} {digits.name} {noun_of(digits)}s"
            self.top_digits.rule.setText(rule(self._unit, self._kind, excited, whose))
            images = [digits.images[each.digit] for each in excited]
            self.top_digits.digits.show_digits(
                images,
                excited,
                captions(digits, excited, self._unit, self._kind),
                [self._sentence_of(digits, each) for each in excited],
            )
        self.top_digits.digits.tell()

    @Slot(int)
    def _tell_digit(self, place: int) -> None:
        is_taken = self.context.is_operated and self.top_digits.digits.excited
        hint = "Click a digit to put it on the canvas." if is_taken else ""
        words = self._sentence(place) if place >= 0 else hint
        self.top_digits.details.setText(words)

    def _sentence(self, place: int) -> str:
        digits, excited = self.digits, self.top_digits.digits.excited
        if digits is None or place >= len(excited):
            return ""
        return self._sentence_of(digits, excited[place])

    def _sentence_of(self, digits: Digits, one: TopDigit) -> str:
        return digit_text(digits, one, self._unit, self._kind, self._class_names)

    @Slot(int)
    def _lay(self, place: int) -> None:
        """The digit on the canvas, and the unit that it activates chosen."""
        digits = self.digits
        if digits is None:
            return
        one = self.top_digits.digits.excited[place]
        if self._unit.layer != OUTPUT:  # which is there already, or follows the answer
            self.choose(Unit(self._unit.layer, self._unit.map, one.row, one.column))
        name = f"{picture_name(digits, one.digit)}."  # true whoever reads it next
        self.supplied.emit(drawing_of(digits, one.digit), upper_first(name))

    @Slot(str)
    def _show_trouble(self, sentence: str) -> None:
        self._show_top_digits()
        self.status.setText(sentence)
        self.status.show()


def _search(
    network: "LeNet5", digits: Digits, progress: Callable[[int, int], None]
) -> TopDigitsOfSet:
    from lenet_gui.explore.top_digit_search import search_top_digits  # with torch, in its thread

    return search_top_digits(network, digits, progress)
