"""The view of invariance: the digit disturbed by dials, two networks' answers, and their sweep."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.explore.dials import Dial
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import scaled, wear
from lenet_gui.gui.library.known_network import NetworkInUse
from lenet_gui.gui.library.network_list import shipped_name
from lenet_gui.gui.views.facts import network_facts
from lenet_gui.gui.views.invariance.answer_box import AnswerBox
from lenet_gui.gui.views.invariance.dial_panel import DialPanel
from lenet_gui.gui.views.invariance.export import exported_invariance
from lenet_gui.gui.views.invariance.exporter import SweepExporter
from lenet_gui.gui.views.invariance.input_layout import LEAST_FACTOR
from lenet_gui.gui.views.invariance.input_pictures import InputPictures
from lenet_gui.gui.views.invariance.live_runner import Live, LiveRunner
from lenet_gui.gui.views.invariance.question import Question
from lenet_gui.gui.views.invariance.state import InvarianceState
from lenet_gui.gui.views.invariance.sweep_plot import SweepPlot
from lenet_gui.gui.views.invariance.sweep_runner import Change, SweepRunner
from lenet_gui.gui.views.invariance.text import HINT_EMPTY, disturbed_by, kind_of, why_no_sweep
from lenet_gui.gui.views.view import LiveState, View, ViewContext
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.empty_state import SAMPLE, SAMPLE_TIP, EmptyState
from lenet_gui.gui.widgets.network_choice import NetworkChoice
from lenet_gui.gui.widgets.scrolled import scrolled
from lenet_gui.net.architecture import Variant
from lenet_gui.pictures.exported import Exported, Facts
from lenet_gui.text.figures import upper_first

_OTHER = {Variant.ORIGINAL: Variant.MODERN, Variant.MODERN: Variant.ORIGINAL}
_ROOM = 120
"""The pictures are larger by a pixel for each pixel of theirs when the view is so much higher.

Both in usual pixels.
"""


class InvarianceView(View):
    """Network A is the one that the window shows, B is chosen here.

    `live`: the newest answers to the disturbed input, None where nothing is drawn.
    """

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("invariance_view")
        self.live: Live | None = None
        self._swept_last: Question | None = None
        self._b: NetworkInUse | None = None
        self._b_beside: Variant | None = None
        self._b_is_users = False
        self.pictures = InputPictures(context.commands)
        self.b = NetworkChoice(context.network_list, context.ask, shipped_name(Variant.MODERN))
        self.b.setObjectName("invariance_b")
        self.b.setAccessibleName("Network B")
        set_tip(self.b, "Network B, which reads the same inputs")
        self.b.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.answers = (AnswerBox(0), AnswerBox(1))
        self.note = ElidedLabel()
        self.note.setObjectName("invariance_note")
        self.dials = DialPanel()
        self.status = ElidedLabel()
        self.status.setObjectName("invariance_status")
        self.button = QPushButton()
        self.button.setObjectName("invariance_sweep")
        self.plot = SweepPlot()
        self.hint = EmptyState(link=SAMPLE, tip=SAMPLE_TIP)
        self.live_runner = LiveRunner(context.notifier, self)
        self.sweep_runner = SweepRunner(context.notifier, self)
        self.exporter = SweepExporter(context.ask, context.notifier, self._with_sweep)
        self._arrange()
        self._connect()
        self._show_sweep()

    def _arrange(self) -> None:
        told = QVBoxLayout()
        told.setSpacing(theme.UNIT // 2)
        told.addWidget(self.answers[0])
        told.addStretch(1)
        told.addWidget(self.answers[1])
        told.addWidget(self.b)
        told.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(theme.UNIT)
        top.addWidget(self.pictures)
        top.addLayout(told, 1)
        for label in (self.note, self.status):
            wear(label, theme.small_font)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.dials.line.addWidget(self.status, 1)
        self.dials.line.addWidget(self.button)
        self.dials.line.addWidget(self.exporter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.hint)
        self.pages.addWidget(self.plot)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(top)
        column.addWidget(self.note)
        column.addWidget(self.dials)
        if not self.context.is_operated:
            self.dials.hide()
        column.addWidget(self.pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        whole.addWidget(scrolled(content))
        self.setFocusProxy(self.dials.sliders[self.dials.swept.name])

    def _connect(self) -> None:
        self.b.activated.connect(self._choose_b)
        self.b.network_changed.connect(self._take_b)
        self.b.report_to(self.context.notifier, "network B of the sweep")
        self.dials.turned.connect(self._turn)
        self.dials.chosen.connect(self._choose)
        self.dials.reseeded.connect(self._ask_for_value)
        self.dials.reset_all.connect(self._ask_for_value)
        self.button.clicked.connect(self._press)
        self.hint.followed.connect(self.context.digits.ask_for_random_digit)
        self.plot.pointed.connect(self._point)
        self.pictures.pointed.connect(self._note)
        self.live_runner.came.connect(self._take)
        self.sweep_runner.changed.connect(self._show_sweep)
        self.sweep_runner.progressed.connect(self._show_progress)

    # What the view stack and Qt call

    @property
    def is_settled(self) -> bool:
        """Whether the answers and the sweep are those of the drawing and of where the dials stand.

        Also where there is nothing to answer, or the user has cancelled the sweep.
        """
        return not self.live_runner.is_busy and not self.sweep_runner.is_busy

    def show_live(self, live_state: LiveState) -> None:
        before, self._live_state = self._live_state, live_state
        network = live_state.network
        variant = None if network is None else network.variant
        if variant is not None and variant is not self._b_beside and not self._b_is_users:
            self._b_beside = variant
            self.b.choose(shipped_name(_OTHER[variant]))
        if before is None or before.drawing is not live_state.drawing:
            self._ask(Change.DRAWING)
        elif (
            live_state.network is not None and live_state.network is self.context.networks.followed
        ):
            self._ask(Change.WEIGHTS)
        else:
            self._ask(Change.VALUE)

    def place(self) -> None:
        factor = max(LEAST_FACTOR, self.height() // scaled(_ROOM, self))
        self.pictures.set_factor(factor)
        for box in self.answers:
            box.set_factor(factor / LEAST_FACTOR)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Whoever walks along the tabs by keys stays there.
        if not event.spontaneous() and not isinstance(QApplication.focusWidget(), QTabBar):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if event.spontaneous():  # the window is put away, and the view stack knows nothing of it
            return
        self.sweep_runner.forget()
        self.live_runner.forget()
        self._swept_last = None
        self._show_sweep()

    def close_down(self) -> None:
        self.live_runner.close_down()
        self.sweep_runner.close_down()
        self.exporter.close_down()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.sweep_runner.is_busy:
            self.sweep_runner.cancel()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    # What is chosen and exported

    @property
    def state(self) -> InvarianceState:
        return InvarianceState(
            self.dials.disturbance,
            self.dials.swept.name,
            self.b.currentText(),
            self._b_is_users,
            self.pictures.held,
        )

    def restore(self, state: InvarianceState) -> None:
        self._b_is_users = state.b_is_chosen
        if state.b in self.b.names and state.b != self.b.currentText():
            self.b.choose(state.b)
        self.dials.restore(state.dials, state.swept)
        self.setFocusProxy(self.dials.sliders[state.swept])
        has_pixel = self.pictures.layout_of.has(state.held)
        self.pictures.hold(state.held if has_pixel else None)
        self._note()
        self._ask_for_value()

    @property
    def provenance(self) -> Facts:
        return {**super().provenance, **network_facts(self.b.network, "B")}

    def exported(self) -> Exported | None:
        question, live = self.question, self.live
        if question is None or live is None or live.question.drawing is not question.drawing:
            return None
        sweep = None if self._is_old() else self.sweep_runner.sweep
        return exported_invariance(
            live, self.pictures.as_block(0), kind_of(question.drawing), sweep
        )

    # What is asked

    @property
    def question(self) -> Question | None:
        """What is to be answered now; None where nothing is drawn or no network is there."""
        live_state = self._live_state
        if live_state is None or live_state.steps is None or live_state.network is None:
            return None
        networks = [live_state.network]
        if self._b is not None:
            networks.append(self._b)
        followed = self.context.networks.followed
        trained = next((each for each in networks if each is followed), None)
        return Question(
            live_state.drawing,
            live_state.steps,
            self.dials.disturbance,
            self.dials.swept,
            tuple(networks),
            trained,
        )

    def _ask(self, change: Change) -> None:
        """Asks again what has changed, and shows at once what is known."""
        question = self.question
        if question is None:
            self._swept_last = None
            self.live_runner.forget()
            self.sweep_runner.forget()
            self._show_nothing()
            return
        self._show_inputs(question)
        self.live_runner.ask(question)
        if not question.sweeps_as(self._swept_last):
            self._swept_last = question
            self.sweep_runner.follow(question, change)
        self._show_sweep()

    @Slot()
    def _ask_for_value(self) -> None:
        if self.isVisible():
            self._ask(Change.VALUE)

    @Slot(object)
    def _turn(self, _dial: Dial) -> None:
        self._ask_for_value()

    @Slot(object)
    def _choose(self, dial: Dial) -> None:
        self.setFocusProxy(self.dials.sliders[dial.name])
        self._ask(Change.CHOICE)

    @Slot()
    def _choose_b(self) -> None:
        self._b_is_users = True

    @Slot(object)
    def _take_b(self, network: NetworkInUse | None) -> None:
        self._b = network
        if self.isVisible() and self._live_state is not None:
            trained = network is not None and network is self.context.networks.followed
            self._ask(Change.WEIGHTS if trained else Change.VALUE)

    @Slot()
    def _press(self) -> None:
        if self.sweep_runner.is_busy:
            self.sweep_runner.cancel()
            return
        question = self.question
        if question is not None:
            self._swept_last = question
            self.sweep_runner.follow(question, Change.CHOICE)

    @Slot(int)
    def _point(self, place: int) -> None:
        sweep = self.sweep_runner.sweep
        if sweep is not None:
            self.dials.sliders[sweep.dial.name].setValue(place)

    # What is shown

    def _show_nothing(self) -> None:
        """No answer of a drawing that no longer exists."""
        live_state = self._live_state
        undisturbed = (
            None if live_state is None or live_state.steps is None else live_state.steps.padded
        )
        self.pictures.show_inks(None, undisturbed)
        self.live = None
        for box in self.answers:
            box.show_answers(None)
        self._note()
        self._show_sweep()

    def _show_inputs(self, question: Question) -> None:
        """The undisturbed input is known at once, and the disturbed one where it is the same."""
        padded = question.steps.padded
        disturbed = padded if question.disturbance.is_neutral else self.pictures.disturbed
        self.pictures.show_inks(disturbed, padded)
        self._note()

    @Slot(object)
    def _take(self, live: Live) -> None:
        question = self.question
        if question is None:
            return
        self.live = live
        padded = question.steps.padded
        self.pictures.show_inks(padded if question.disturbance.is_neutral else live.ink, padded)
        self._note()
        for number, box in enumerate(self.answers):
            if number < len(live.answers):
                box.show_answers(live.answers[number])
            else:
                box.show_answers(None, "The network cannot be read.")

    @Slot()
    def _note(self) -> None:
        """How the input is disturbed; while a pixel is spoken of, its value."""
        spoken, question = self.pictures.spoken, self.question
        if spoken is not None:
            self.note.setText(upper_first(self.pictures.text_of(spoken)))
        elif question is None:
            self.note.setText("")
        elif self.context.is_operated:
            self.note.setText(kind_of(question.drawing))
        else:
            self.note.setText(disturbed_by(self.dials.told))

    def _with_sweep(self) -> Exported | None:
        """What is shown, once its sweep is there."""
        return None if self.sweep_runner.sweep is None or self._is_old() else self.exported()

    def _is_old(self) -> bool:
        live_state, question = self._live_state, self.sweep_runner.question
        return live_state is None or question is None or question.drawing is not live_state.drawing

    @Slot()
    def _show_sweep(self) -> None:
        """The sweep that is there, or why there is none."""
        runner, busy = self.sweep_runner, self.sweep_runner.is_busy
        self.button.setText("Cancel" if busy else "Sweep")
        set_tip(self.button, "Cancel the sweep (Esc)" if busy else "Sweep the chosen dial again")
        self.button.setEnabled(self.question is not None)
        self.exporter.set_ready(ready=runner.sweep is not None and not self._is_old())
        if runner.sweep is not None:
            dial = runner.sweep.dial
            self.plot.show_sweep(runner.sweep, self.dials.sliders[dial.name].value())
            self.plot.set_old(self._is_old())
            self.pages.setCurrentWidget(self.plot)
        else:
            why = why_no_sweep(self._live_state, runner)
            self.hint.say(why, offers=why == HINT_EMPTY)
            self.pages.setCurrentWidget(self.hint)
        if not busy:
            self.status.setText("Cancelled." if runner.was_cancelled else "")

    @Slot(int, int)
    def _show_progress(self, done: int, wanted: int) -> None:
        self.status.setText(f"{self.dials.swept.title}: {done} of {wanted}")
