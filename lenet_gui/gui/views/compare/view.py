"""A and B side by side, two networks or two drawings: every layer, and both answers."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.data.drawing import Drawing
from lenet_gui.explore.array_reader import read_with_arrays
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.two_networks import (
    Kinship,
    began_alike,
    gaps,
    kinship,
    probabilities_apart,
    scales,
)
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.text_size import fit, hold_lines, scaled, wear
from lenet_gui.gui.library.known_network import NetworkInUse
from lenet_gui.gui.library.live import ReadDrawing
from lenet_gui.gui.views.compare.export import exported_pair
from lenet_gui.gui.views.compare.grid import PairGrid
from lenet_gui.gui.views.compare.head import PairHead
from lenet_gui.gui.views.compare.layout import BETWEEN, INSET, LABEL_GAP, label_width
from lenet_gui.gui.views.compare.pair import Pair, Question, pair_facts, same_as
from lenet_gui.gui.views.compare.panels import NAMES, cell_of, side_of, unit_of
from lenet_gui.gui.views.compare.state import CompareState
from lenet_gui.gui.views.compare.text import (
    HINT_CHOOSE,
    HINT_DRAW_A,
    HINT_EMPTY,
    HINT_LOADING,
    NOTE_DRAWINGS,
    note,
    nothing_read,
    unit_text,
)
from lenet_gui.gui.views.nothing_drawn import NothingDrawn
from lenet_gui.gui.views.view import LiveState, View, ViewContext
from lenet_gui.gui.widgets.grid.painter import Looks
from lenet_gui.gui.widgets.network_choice import NetworkChoice
from lenet_gui.gui.widgets.scrolled import scrolled
from lenet_gui.net.architecture import Variant
from lenet_gui.net.array_network import ArrayNetwork
from lenet_gui.net.layers import Unit
from lenet_gui.net.receptive_field import receptive_field
from lenet_gui.pictures.exported import Exported, Facts


class CompareView(View):
    """Reads A and B in the window's thread: a pass takes part of a ms.

    A and B are two networks on the drawing or, while one is kept, two drawings in one network: on
    the canvas and kept.

    A network in training changes in that thread only, so that no copy is needed.
    """

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("compare_view")
        self._networks: list[NetworkInUse | None] = [None, None]
        self._readers: list[ArrayNetwork | None] = [None, None]
        self._kin: Kinship | None = None
        self._note = ""
        self._pair = Pair()
        self._has_frame = False
        self.maps = PairGrid(context.commands)
        self.head = PairHead()
        self.details = plain_label()
        self.details.setObjectName("compare_details")
        self._make_scale()
        self._make_question()
        in_use = context.networks.shown
        other = "Original" if in_use and in_use.variant is Variant.MODERN else "Modern"
        networks, ask = context.network_list, context.ask
        self.choices = (
            NetworkChoice(networks, ask),
            NetworkChoice(networks, ask, f"{other}, shipped"),
        )
        self.troubles = (plain_label(), plain_label())
        self._arrange()
        self.maps.pointed.connect(self._point)
        for side, choice in enumerate(self.choices):
            choice.setAccessibleName(f"Network {NAMES[side]}")
            choice.settled.connect(self.troubles[side].hide)
            # Reported when the choice is what it was again.
            choice.failed.connect(partial(self._fail, side), Qt.ConnectionType.QueuedConnection)
            choice.network_changed.connect(partial(self._take, side))
            self._keep(side, choice.network)
        for combo in (self.scale, self.questions, *self.choices):
            combo.installEventFilter(self)  # letters would look for an entry
        self.setFocusProxy(self.maps)

    def _make_scale(self) -> None:
        self.scale = QComboBox()
        self.scale.setObjectName("compare_scale")
        fit(self.scale, "width", _as_wide_as_labels)
        self.scale.addItems(["One scale", "Own scales"])
        self.scale.setAccessibleName("Colour scale")
        set_tip(
            self.scale,
            "One colour scale per layer for both A and B, or one for each (S)",
        )
        self.scale.currentIndexChanged.connect(self._show)

    def _make_question(self) -> None:
        """What A and B are: asked only while there is a second drawing."""
        self.questions = QComboBox()
        self.questions.setObjectName("compare_question")
        self.questions.addItems(list(Question))
        self.questions.setAccessibleName("What is compared")
        set_tip(
            self.questions,
            "Two networks on your drawing, or one network on your drawing and on drawing B",
        )
        self.questions.currentIndexChanged.connect(self._question_chosen)
        self.questions.hide()
        self.tools = QWidget(self)
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.questions)

    def _arrange(self) -> None:
        chooser = QHBoxLayout()
        chooser.setContentsMargins(INSET, 0, INSET, 0)
        chooser.setSpacing(0)
        chooser.addWidget(self.scale)
        chooser.addSpacing(LABEL_GAP)
        self._names = tuple(plain_label(f"&{name}") for name in NAMES)
        for side, (label, choice) in enumerate(zip(self._names, self.choices, strict=True)):
            wear(label, theme.title_font)
            label.setBuddy(choice)
            choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            choice.setMinimumContentsLength(7)
            half = QHBoxLayout()
            half.setSpacing(theme.UNIT // 2)
            half.addWidget(label)
            half.addWidget(choice, 1)
            chooser.addLayout(half, 1)
            if side == 0:
                chooser.addSpacing(BETWEEN)
        panel = QWidget()
        column = QVBoxLayout(panel)
        margin = theme.UNIT - INSET
        column.setContentsMargins(margin, theme.UNIT // 2, margin, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(chooser)
        for label in self.troubles:
            label.setWordWrap(True)
            label.hide()
            column.addWidget(label)
        column.addWidget(self.head)
        column.addWidget(self.maps, 1)
        self.empty = NothingDrawn(self.context, HINT_EMPTY, self.head, self.maps, keys=self.maps)
        self.details.setWordWrap(True)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.details.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.details.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, 0)
        self._fit_details()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, theme.UNIT // 2)
        whole.setSpacing(0)
        whole.addWidget(scrolled(panel), 1)
        whole.addWidget(self.details)

    def _fit_details(self) -> None:
        """Two lines, whatever they say, so that nothing moves."""
        wear(self.details, theme.small_font)
        hold_lines(self.details, 2, beside=theme.UNIT)

    @property
    def pair(self) -> Pair:
        """What is shown."""
        return self._pair

    @property
    def question(self) -> Question:
        """What A and B are now."""
        kept = None if self._live_state is None else self._live_state.kept
        return Question.NETWORKS if kept is None else Question(self.questions.currentText())

    def show_live(self, live_state: LiveState) -> None:
        before = self.question
        self._live_state = live_state
        self.questions.setVisible(live_state.kept is not None)
        if self.question is not before:
            self._show_question()
        self._show()

    @Slot()
    def _question_chosen(self) -> None:
        self._show_question()
        self._show()

    def _show_question(self) -> None:
        """One network is chosen for two drawings, two for one."""
        is_one = self.question is Question.DRAWINGS
        self._names[0].setText("&Network" if is_one else f"&{NAMES[0]}")
        for part in (self._names[1], self.choices[1]):
            part.setHidden(is_one)
        self._find_kin()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._find_kin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._toggles(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._toggles(event)
        return super().eventFilter(watched, event)

    def _toggles(self, event: QKeyEvent) -> bool:
        """Takes S for the other scale."""
        if event.key() != Qt.Key.Key_S or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        self.scale.setCurrentIndex(1 - self.scale.currentIndex())
        return True

    # ---------------------------------------------------------------- what is chosen

    @property
    def state(self) -> CompareState:
        a, b = (choice.currentText() for choice in self.choices)
        held, one_scale = self.maps.held, self.scale.currentIndex() == 0
        question = Question(self.questions.currentText())
        if held is None:
            return CompareState(a, b, one_scale, question=question)
        return CompareState(a, b, one_scale, unit_of(held), side_of(held), question)

    def restore(self, state: CompareState) -> None:
        for choice, name in zip(self.choices, (state.a, state.b), strict=True):
            if name != choice.currentText() and name in choice.names:
                choice.choose(name)
        self.scale.setCurrentIndex(0 if state.one_scale else 1)
        self.questions.setCurrentText(state.question)
        self._hold(state.side, state.unit)

    def show_unit(self, unit: Unit) -> None:
        self._hold(0, unit)

    def _hold(self, side: int, unit: Unit | None) -> None:
        """Holds a unit of A or B, if there is one."""
        cell = None if unit is None else cell_of(side, unit)
        self.maps.hold(cell if self.maps.layout_of.has(cell) else None)
        self._point()

    @property
    def provenance(self) -> Facts:
        return pair_facts(self._pair, self._drawn(0), self._drawn(1))

    def exported(self) -> Exported | None:
        if self._pair.readings == (None, None):
            return None
        return exported_pair(self._pair, self.maps)

    # ---------------------------------------------------------------- the networks

    def _take(self, side: int, network: NetworkInUse | None) -> None:
        self._keep(side, network)
        if self.isVisible():
            self._find_kin()
            self._show()

    def _keep(self, side: int, network: NetworkInUse | None) -> None:
        self._networks[side] = network
        self._readers[side] = None if network is None else network.reader()
        self._name(side)

    def _name(self, side: int) -> None:
        """The whole name for the pointer's rest: the list shows little of a long one."""
        choice, network = self.choices[side], self._networks[side]
        told = "" if network is None else f": {network.summary}"
        name = f"Network {NAMES[side]}: “{choice.currentText()}”{told}"
        set_tip(choice, name)

    def _find_kin(self) -> None:
        """What may be compared of A and B, and what is said of that."""
        a, b = self._both_networks
        if a is None or b is None:
            self._kin, self._note = None, note(None, set())
            return
        if self.question is Question.DRAWINGS:
            self._kin, self._note = Kinship.SAME_WEIGHTS, NOTE_DRAWINGS
            return
        of_one_run = a.run is not None and a.run == b.run
        self._kin = kinship(a.network, b.network, a.facts, b.facts, of_one_run=of_one_run)
        self._note = note(self._kin, {a.kind, b.kind}, alike=began_alike(a.facts, b.facts))

    def _fail(self, side: int, sentence: str) -> None:
        stays = self._networks[side] is not None
        chosen = f" stays “{self.choices[side].currentText()}”" if stays else ""
        self.troubles[side].setText(f"{NAMES[side]}{chosen}: {sentence}")
        self.troubles[side].show()

    # ---------------------------------------------------------------- what is shown

    @Slot()
    def _show(self) -> None:
        drawn, networks = (self._drawn(0), self._drawn(1)), self._both_networks
        a, b = self._read(0), self._read(1)
        if self.question is Question.NETWORKS and networks[0] is networks[1]:
            b = a
        shared = self.scale.currentIndex() == 0
        shown = None if self._live_state is None else self._live_state.network
        found, apart = {}, None
        if a is not None and b is not None and self._kin is not None:
            found, apart = gaps(a, b, self._kin), probabilities_apart(a, b)
        self._pair = Pair(
            question=self.question,
            steps=(drawn[0].steps, drawn[1].steps),
            networks=networks,
            are_shown=same_as(shown, networks),
            readings=(a, b),
            hints=(self._hint(0), self._hint(1)),
            kin=self._kin,
            note=self._note,
            shared=shared,
            limits=scales(a, b, shared=shared),
            gaps=found,
            apart=apart,
        )
        self.empty.say(nothing_read(self._pair), offers=drawn[0].steps is None)
        self.head.show_pair(self._pair)
        self.maps.show_pair(self._pair)
        self._point()

    def _read(self, side: int) -> Reading | None:
        which = 0 if self.question is Question.DRAWINGS else side
        network, reader, drawn = self._networks[which], self._readers[which], self._drawn(side)
        if network is None or reader is None or drawn.steps is None:
            return None
        shown = None if self._live_state is None else self._live_state.network
        if shown is network and drawn.reading is not None:
            return drawn.reading
        image, names = drawn.steps.centred, network.class_names
        return read_with_arrays(reader, image, network.calibration, names)

    @property
    def _both_networks(self) -> tuple[NetworkInUse | None, NetworkInUse | None]:
        """A's and B's; of two drawings the same."""
        a, b = self._networks
        return (a, a) if self.question is Question.DRAWINGS else (a, b)

    def _drawn(self, side: int) -> ReadDrawing:
        """What A or B reads."""
        live_state = self._live_state
        if live_state is None:
            return ReadDrawing(Drawing())
        if live_state.kept is not None and side and self.question is Question.DRAWINGS:
            return live_state.kept
        return ReadDrawing(live_state.drawing, live_state.steps, live_state.reading)

    def _hint(self, side: int) -> str:
        if self._both_networks[side] is not None:
            return HINT_DRAW_A if self.question is Question.DRAWINGS else HINT_EMPTY
        return HINT_LOADING if self.context.networks.current is None else HINT_CHOOSE

    @Slot()
    def _point(self) -> None:
        unit = self.maps.unit
        words = unit_text(unit, self._pair, is_operated=self.context.is_operated)
        if words != self.details.text():
            self.details.setText(words)
        self._frame(unit)

    def _frame(self, unit: Unit | None) -> None:
        """Frames on the drawing what the unit sees."""
        live_state = self._live_state
        if unit is None or live_state is None or live_state.steps is None:
            if self._has_frame:
                self.framed.emit(None)
            self._has_frame = False
            return
        field = receptive_field(unit.layer, unit.row, unit.column)
        self._has_frame = True
        self.framed.emit(live_state.on_sheet(field))


def _as_wide_as_labels(chooser: QWidget) -> None:
    chooser.setFixedWidth(scaled(label_width(Looks(chooser).measure), chooser))
