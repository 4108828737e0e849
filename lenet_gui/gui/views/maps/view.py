"""The maps: all layers of a network on one drawing, and the choice of the colours' scale."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label, plain_tip, set_tip
from lenet_gui.gui.library.known_network import KnownNetwork
from lenet_gui.gui.views.maps.canvas import NetworkCanvas
from lenet_gui.gui.views.maps.state import ChosenMap, MapsState
from lenet_gui.gui.views.maps.text import HINT_EMPTY, SCALE_EXPLAINED, SCALE_NAMES
from lenet_gui.gui.views.nothing_drawn import NothingDrawn
from lenet_gui.gui.views.view import LiveState, View, ViewContext
from lenet_gui.net.layers import ACTIVATION_LAYERS, Unit, place_of
from lenet_gui.net.network_kind import ORIGINAL
from lenet_gui.pictures.colours import Scale
from lenet_gui.pictures.exported import Exported
from lenet_gui.pictures.grid.panel import Cell


class MapsView(View):
    """All layers of a network on one drawing; a click or Enter enlarges a map.

    `scale_changed(Scale)` when another is chosen; `export_requested(layer, picture)` of a map that
    is enlarged.
    """

    scale_changed = Signal(object)
    export_requested = Signal(str, int)

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("maps_view")
        self.setAccessibleName("Network")
        shown = context.networks.shown
        kind = ORIGINAL if shown is None else shown.kind
        self.canvas = NetworkCanvas(context.commands, kind, is_operated=context.is_operated)
        if shown is not None:
            self._speak_of(shown)
        self.canvas.activated.connect(self._enlarge)
        self.canvas.export_requested.connect(self.export_requested)
        self.canvas.held_changed.connect(self._bring_into_view)
        context.networks.awaited.connect(self._speak_of)
        context.networks.shown_changed.connect(self._speak_of)
        self.tools = self._scale_chooser()
        self.scroller = QScrollArea()
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setWidgetResizable(True)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setWidget(self.canvas)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.scroller, 1)
        self.setFocusProxy(self.canvas)
        self.empty = NothingDrawn(context, HINT_EMPTY, self.scroller, keys=self.canvas)

    def _scale_chooser(self) -> QWidget:
        self._scales = QComboBox()
        self._scales.setObjectName("scale_chooser")
        self._scales.setAccessibleName("Colour scale")
        set_tip(self._scales, "What shares one colour scale")
        for scale, name in SCALE_NAMES.items():
            self._scales.addItem(name, scale)
            self._scales.setItemData(
                self._scales.count() - 1,
                plain_tip(SCALE_EXPLAINED[scale]),
                Qt.ItemDataRole.ToolTipRole,
            )
        self._scales.currentIndexChanged.connect(self._scale_chosen)
        caption = plain_label("Scale")
        caption.setBuddy(self._scales)
        tools = QWidget(self)
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT // 2)
        row.addWidget(caption)
        row.addWidget(self._scales)
        return tools

    @property
    def scale(self) -> Scale:
        """What shares one colour scale."""
        return self.canvas.scale

    def set_scale(self, scale: Scale) -> None:
        """Chooses what shares one colour scale."""
        self._scales.setCurrentIndex(self._scales.findData(scale))

    def show_live(self, live_state: LiveState) -> None:
        self._live_state = live_state
        self.canvas.show_reading(live_state.reading)
        self.empty.show_live(live_state)

    @property
    def state(self) -> MapsState:
        held = self.canvas.held
        chosen = None if held is None else ChosenMap(held.panel, held.picture)
        return MapsState(self.scale, chosen)

    def restore(self, state: MapsState) -> None:
        self.set_scale(state.scale)
        chosen = state.chosen
        self._hold(None if chosen is None else Cell(chosen.layer, chosen.number, 0, 0))

    def show_unit(self, unit: Unit) -> None:
        """Chooses the unit's map."""
        if unit.layer in ACTIVATION_LAYERS:
            self._hold(Cell(unit.layer, place_of(unit).picture, 0, 0))

    def _hold(self, cell: Cell | None) -> None:
        self.canvas.hold(cell)
        self._bring_into_view(cell)

    def exported(self) -> Exported | None:
        state = self._live_state
        if state is None or state.reading is None or state.steps is None:
            return None
        from lenet_gui.pictures.export import exported_reading
        from lenet_gui.pictures.painted import Style

        network = state.network
        name = "" if network is None else network.name
        facts = {} if network is None else {**network.facts, "file": name}
        style = Style(scale=self.scale, weights_name=name)
        return exported_reading(state.reading, state.steps.centred, facts, style=style)

    @Slot(object)
    def _speak_of(self, network: KnownNetwork) -> None:
        self.canvas.set_kind(network.kind, network.class_names)

    @Slot(int)
    def _scale_chosen(self, index: int) -> None:
        scale = Scale(self._scales.itemData(index))
        self.canvas.set_scale(scale)
        self.scale_changed.emit(scale)

    @Slot(object)
    def _enlarge(self, cell: Cell) -> None:
        self.context.commands.enlarge(self.canvas, cell)

    @Slot(object)
    def _bring_into_view(self, cell: Cell | None) -> None:
        if cell is not None:
            place = self.canvas.picture_rect(cell)
            centre = place.center()
            self.scroller.ensureVisible(
                centre.x(), centre.y(), place.width() // 2 + 4, place.height() // 2 + 4
            )
            if place.right() < self.scroller.viewport().width():
                self.scroller.horizontalScrollBar().setValue(0)  # the names of the rows come back
