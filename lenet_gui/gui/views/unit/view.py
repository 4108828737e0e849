"""The unit view: choose a unit of any layer and see where its value comes from."""

import numpy as np
from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.explanation import Explanation
from lenet_gui.explore.reading import Reading, first_unit
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import factor
from lenet_gui.gui.views.facts import unit_facts
from lenet_gui.gui.views.nothing_drawn import NothingDrawn
from lenet_gui.gui.views.unit.export import exported_unit
from lenet_gui.gui.views.unit.missed_line import MissedLine
from lenet_gui.gui.views.unit.panel import UnitPanel
from lenet_gui.gui.views.unit.state import AT_FIRST, UnitState
from lenet_gui.gui.views.unit.term_layout import Limits, limits_of
from lenet_gui.gui.views.unit.text import HINT_EMPTY, beside_each_other
from lenet_gui.gui.views.view import LiveState, View, ViewContext
from lenet_gui.gui.widgets.beside import Beside, line_of
from lenet_gui.gui.widgets.grid.grid import Walk
from lenet_gui.gui.widgets.icon_button import IconButton
from lenet_gui.gui.widgets.layer_buttons import LayerButtons
from lenet_gui.gui.widgets.layer_strip import LayerStrip, unit_mark
from lenet_gui.net.layers import INPUT, OUTPUT, Unit, layer_below
from lenet_gui.net.network_kind import ORIGINAL, NetworkKind
from lenet_gui.pictures import page
from lenet_gui.pictures.colours import Scale
from lenet_gui.pictures.exported import Exported, Facts
from lenet_gui.pictures.grid.content import Mark
from lenet_gui.pictures.grid.layers import scale_limits

_WIDE = 620
"""Usual pixels: room for what is said of a missed digit beside the buttons."""
_ON_A, _ON_B = "Drawing A: ", "Drawing B: "
_ROOM = {True: 360, False: 250}
"""What a panel with the curve, and one without, need to stand side by side: logical pixels."""


class UnitView(View):
    """A unit is shown while the pointer is over it, and held by a click or the arrow keys."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("unit_view")
        self._chosen, self._follows_answer = AT_FIRST.unit, AT_FIRST.follows_answer
        self._hovered: Unit | None = None
        self._pinned: Unit | None = None
        self._limits: dict[str, np.ndarray] = {}
        self._make_buttons()
        commands = context.commands
        self.strip = LayerStrip(commands, self._chosen.layer)
        self.strip.setObjectName("unit_strip")
        self.strip.setAccessibleName("Units of the layer")
        self.strip.unit_pointed.connect(self._hover)
        self.strip.unit_chosen.connect(self.choose)
        self.strip.layer_stepped.connect(self.show_layer)
        self.input = LayerStrip(commands, INPUT, Walk.NOTHING)
        self.input.setAccessibleName("The unit's receptive field on the input")
        self.below = LayerStrip(commands, layer_below(self._chosen.layer), Walk.NOTHING)
        self.below.setAccessibleName("The unit's inputs in the layer below")
        self.panel = UnitPanel(commands, "unit_chosen", is_operated=context.is_operated)
        self.kept_panel = UnitPanel(commands, "unit_kept", is_operated=context.is_operated)
        self.pinned_panel = UnitPanel(commands, "unit_pinned", is_operated=context.is_operated)
        self._each_panel = (self.panel, self.kept_panel, self.pinned_panel)
        self._arrange()
        self.setFocusProxy(self.strip)

    def _make_buttons(self) -> None:
        self._layers = LayerButtons("unit_layer")
        self._layers.chosen.connect(self.show_layer)
        self._missed = MissedLine()
        self._missed.both_wanted.connect(self._show_both)
        self._pin = IconButton("pin")
        self._pin.setText("Pin")
        self._pin.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._pin.setObjectName("unit_pin")
        self._pin.setCheckable(True)
        set_tip(self._pin, "Keep this unit, to compare it with another (Enter; Esc unpins it)")
        self._pin.clicked.connect(self._toggle_pin)
        self._pin.toggled.connect(self._mark_pin)
        self._layers.setContentsMargins(0, 0, 2 * theme.UNIT, 0)  # Pin is no layer
        self._buttons = Beside(
            _WIDE,
            (line_of((self._layers, 1), (self._pin, 0)), 3, 0),
            (self._missed, 2, 0),
        )
        self._buttons.turned.connect(self._missed.stand_apart)

    def _arrange(self) -> None:
        sources = QHBoxLayout()
        sources.setSpacing(theme.UNIT)
        self.input.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        sources.addWidget(self.input, 1)
        sources.addWidget(self.below, 3)
        told = QWidget()
        self._panels = QBoxLayout(QBoxLayout.Direction.TopToBottom, told)
        self._panels.setContentsMargins(0, theme.UNIT // 2, 0, 0)
        self._panels.setSpacing(2 * theme.UNIT)
        for panel in self._each_panel:
            panel.hide()
            self._panels.addWidget(panel, 1)
        self._scroller = QScrollArea()
        self._scroller.setFrameShape(QFrame.Shape.NoFrame)
        self._scroller.setWidgetResizable(True)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroller.setWidget(told)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(self._buttons)
        column.addWidget(self.strip, 4)
        column.addLayout(sources, 4)
        column.addWidget(self._scroller, 10)
        self.empty = NothingDrawn(
            self.context, HINT_EMPTY, self.strip, self.input, self.below, self._scroller
        )

    @property
    def unit(self) -> Unit:
        """The unit that is told of: under the pointer, or else the one held."""
        return self._hovered or self._chosen

    @property
    def pinned(self) -> Unit | None:
        """The unit that is kept for comparison."""
        return self._pinned

    @property
    def state(self) -> UnitState:
        return UnitState(self._chosen, self._pinned, self._follows_answer)

    def restore(self, state: UnitState) -> None:
        self._pinned = state.pinned
        self._hold(state.unit, follows_answer=state.follows_answer)

    def show_unit(self, unit: Unit) -> None:
        self.choose(unit)

    @property
    def provenance(self) -> Facts:
        network = None if self._live_state is None else self._live_state.network
        return {**unit_facts(self.unit, network), **super().provenance}

    def exported(self) -> Exported | None:
        found, live_state = self._explain(self._chosen), self._live_state
        if found is None or live_state is None or live_state.network is None:
            return None
        self._hover(None)  # not what the pointer happens to be over
        inputs: page.Block = self.input.as_block(130)
        if not self.below.isHidden():
            inputs = page.Beside((inputs, self.below.as_block(130)), (1, 3))
        kept = self._explain_kept(self._chosen)
        terms = [self.panel.terms.as_block(300)]
        if kept is not None:
            terms.append(self.kept_panel.terms.as_block(300))
        grids = (self.strip.as_block(150), inputs, *terms)
        pinned = None if self._pinned is None else self._explain(self._pinned)
        return exported_unit(found, live_state.about, grids, pinned, kept)

    def show_live(self, live_state: LiveState) -> None:
        self._live_state = live_state
        reading = live_state.reading
        if self._follows_answer:
            self._chosen = first_unit(OUTPUT, reading)
        kept = None if live_state.kept is None else live_state.kept.reading
        read = [each for each in (reading, kept) if each is not None]
        self._limits = _one_scale([scale_limits(each, Scale.PER_LAYER) for each in read])
        if kept is None:
            self.empty.show_live(live_state)
        else:
            self.empty.say("")  # B is told of, whether there is an A or not
        self._show()

    @Slot(object)
    def choose(self, unit: Unit) -> None:
        """Holds a unit."""
        self._hold(unit, follows_answer=False)

    @Slot(str)
    def show_layer(self, layer: str) -> None:
        """Goes to a layer: to the unit in its middle, of the output to the answer's."""
        reading = None if self._live_state is None else self._live_state.reading
        self._hold(first_unit(layer, reading), follows_answer=layer == OUTPUT)

    def _hold(self, unit: Unit, *, follows_answer: bool) -> None:
        self._chosen, self._hovered, self._follows_answer = unit, None, follows_answer
        self._show()

    @Slot(object)
    def _hover(self, unit: Unit | None) -> None:
        self._hovered = unit
        self._show()

    @Slot()
    def _mark_pin(self) -> None:
        theme.mark_checked(self._pin)

    @Slot()
    def _toggle_pin(self) -> None:
        self._pinned = None if self._pinned == self._chosen else self._chosen
        self._show()

    @Slot()
    def unpin(self) -> None:
        """Lets the pinned unit go."""
        self._pinned = None
        self._show()

    def _show(self) -> None:
        unit, live_state = self.unit, self._live_state
        reading = None if live_state is None else live_state.reading
        layer = unit.layer
        self._layers.mark(layer)
        self._pin.setChecked(self._pinned is not None)
        found = self._explain(unit)
        network = None if live_state is None else live_state.network
        kind = ORIGINAL if network is None else network.kind
        names = DIGIT_NAMES if network is None else network.class_names
        pins = () if self._pinned is None else (unit_mark(self._pinned, Mark.PINNED),)
        told = self._limits
        self.strip.show_layer(
            layer, kind, reading, told, marks=pins, chosen=self._chosen, class_names=names
        )
        self._show_missed()
        self.panel.setVisible(found is not None)
        pinned = None if self._pinned is None else self._explain(self._pinned)
        self.pinned_panel.setVisible(pinned is not None)
        kept = self._explain_kept(unit)
        self.kept_panel.setVisible(kept is not None)
        self._show_inputs(found, kind, layer_below(layer))
        limits = self._term_limits(found, kept, pinned)
        both = beside_each_other(found, kept) if found and kept else ""  # in both: alike in height
        if kept is not None:
            bare = found is None
            self.kept_panel.show_unit(kept, limits[layer], _ON_B, remark=both, with_curve=bare)
        if found is not None:
            before = "" if kept is None else _ON_A
            self.panel.show_unit(found, limits[layer], before, kept, remark=both)
        if pinned is not None:
            self.pinned_panel.show_unit(pinned, limits[pinned.unit.layer], "Pinned: ")
        self.place()
        shown = [panel.terms for panel in self._each_panel if not panel.isHidden()]
        for terms in shown:
            terms.compare_with([each for each in shown if each is not terms])
        if found is None:
            self.framed.emit(None)
            return
        assert live_state is not None  # noqa: S101 - there is a reading
        self.framed.emit(live_state.on_sheet(found.field))

    def _show_missed(self) -> None:
        live_state = self._live_state
        reading = None if live_state is None else live_state.reading
        label = None if live_state is None else live_state.missed_label
        if reading is None or label is None:
            self._missed.hide()
            return
        both = {Unit(OUTPUT, reading.answer), Unit(OUTPUT, label)}
        are_shown = {self._chosen, self._pinned} == both
        self._missed.show_missed(reading.answer, label, are_shown=are_shown)

    @Slot(bool)
    def _show_both(self, wanted: bool) -> None:
        """The answer's output, and beside it that of the label."""
        label = None if self._live_state is None else self._live_state.missed_label
        self._pinned = Unit(OUTPUT, label) if wanted and label is not None else None
        self.show_layer(OUTPUT)

    def _show_inputs(self, found: Explanation | None, kind: NetworkKind, below: str) -> None:
        """The field on the input, and the direct inputs in the layer below."""
        live_state = self._live_state
        reading = None if live_state is None else live_state.reading
        field = {} if found is None else {0: found.field}
        self.input.show_layer(INPUT, kind, reading, self._limits, framed=field)
        self.below.setVisible(below != INPUT)
        sources = {} if found is None else {each.map: each.square for each in found.sources}
        self.below.show_layer(below, kind, reading, self._limits, framed=sources)

    def _explain(self, unit: Unit) -> Explanation | None:
        reading = None if self._live_state is None else self._live_state.reading
        return self._explained(reading, unit)

    def _explain_kept(self, unit: Unit) -> Explanation | None:
        """The same of the kept drawing, B."""
        kept = None if self._live_state is None else self._live_state.kept
        return None if kept is None else self._explained(kept.reading, unit)

    def _explained(self, reading: Reading | None, unit: Unit) -> Explanation | None:
        live_state = self._live_state
        if live_state is None or live_state.network is None or reading is None:
            return None
        from lenet_gui.explore.unit_value import explain  # torch is there, as a network is

        return explain(live_state.network.network, reading, unit)

    def _term_limits(self, *shown: Explanation | None) -> dict[str, Limits]:
        """The full colours of the terms, by layer: one scale for all of its units in sight."""
        by_layer: dict[str, list[Explanation]] = {}
        for each in shown:
            if each is not None:
                by_layer.setdefault(each.unit.layer, []).append(each)
        return {layer: limits_of(them, self._limit(layer)) for layer, them in by_layer.items()}

    def _limit(self, layer: str) -> float:
        """The full colour of the layer below."""
        return float(self._limits[layer_below(layer)].max())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._toggle_pin()
        elif event.key() == Qt.Key.Key_Escape and self._pinned is not None:
            self.unpin()
        else:
            super().keyPressEvent(event)

    def _room_of(self, panel: UnitPanel) -> int:
        """The width that a panel needs beside others."""
        return max(
            round(_ROOM[panel.has_curve] * factor(self)), panel.terms.minimumSizeHint().width()
        )

    @property
    def _wide(self) -> int:
        """The width of all panels side by side."""
        shown = [self._room_of(panel) for panel in self._each_panel if not panel.isHidden()]
        return sum(shown) + max(len(shown) - 1, 0) * self._panels.spacing()

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        if self.context.is_operated:
            return least
        sides = self.contentsMargins() + self._column.contentsMargins()
        return least.expandedTo(QSize(self._wide + sides.left() + sides.right(), 0))

    def place(self) -> None:
        """Side by side where each has room, else one below the other."""
        is_wide = self._wide <= self._scroller.maximumViewportSize().width()
        is_wide = is_wide or not self.context.is_operated  # nobody scrolls there
        for panel in self._each_panel:
            stretch, place = self._room_of(panel) if is_wide else 1, self._panels.indexOf(panel)
            if self._panels.stretch(place) != stretch:  # Qt would lay everything out anew
                self._panels.setStretch(place, stretch)
        directions = QBoxLayout.Direction
        self._panels.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        if not self.context.is_operated:
            self.updateGeometry()  # it asks for the width of all of them


def _one_scale(limits: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """The full colours of A and of B, as one for both: what is compared has one scale."""
    both: dict[str, np.ndarray] = {}
    for each in limits:
        for layer, of_maps in each.items():
            both[layer] = np.maximum(both.get(layer, of_maps), of_maps)
    return both
