"""The weights view: everything that training changes, in pictures."""

from PySide6.QtCore import QSize, QTimer, Slot
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from lenet_gui.explore.weights import Part, WeightPictures, state_of, weight_pictures
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.core.text_size import scaled, wear
from lenet_gui.gui.library.known_network import NetworkInUse
from lenet_gui.gui.views.facts import network_facts
from lenet_gui.gui.views.view import LiveState, View, ViewContext
from lenet_gui.gui.views.weights.export import exported_weights
from lenet_gui.gui.views.weights.grid import WeightsGrid
from lenet_gui.gui.views.weights.panel import PiecePanel
from lenet_gui.gui.views.weights.panels import cell_of, index_of
from lenet_gui.gui.views.weights.state import WeightsState
from lenet_gui.gui.views.weights.text import NO_NETWORK, counted, no_weights, ties_text
from lenet_gui.gui.widgets.scrolled import scrolled
from lenet_gui.net.layers import Unit
from lenet_gui.pictures.exported import Exported, Facts
from lenet_gui.pictures.grid.panel import Cell

_WIDE = 720
"""From this width on the enlarged piece stands beside the sheet, else under it."""

_SHEET, _PIECE = QSize(460, 60), QSize(300, 168)
"""Logical pixels: what the two ask for at most; in large type each is scrolled for itself."""

_EVERY_MS = 100
"""Weights in training are shown anew at most so often."""


class WeightsView(View):
    """A weight is told while the pointer is over it, and held by a click or the arrow keys."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("weights_view")
        self._network: NetworkInUse | None = None
        self._version: tuple[tuple[int, int], ...] = ()
        self._pictures: WeightPictures | None = None
        self._chosen = WeightsState()
        self._wanted: Unit | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self.heading = plain_label(NO_NETWORK)
        wear(self.heading, theme.title_font)
        self.heading.setObjectName("weights_heading")
        self._tied = plain_label()
        self._tied.setObjectName("weights_ties")
        wear(self._tied, theme.small_font)
        self.grid = WeightsGrid(context.commands)
        self.grid.pointed.connect(self._tell)
        self.grid.held_changed.connect(self._take)
        self.grid.ties_changed.connect(self._tell_ties)
        self.panel = PiecePanel(context.commands)
        self.panel.pointed.connect(self._point)
        self.panel.chosen.connect(self._choose_in_piece)
        self._area: QScrollArea = scrolled(self.grid, _SHEET)
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.addWidget(self.heading)
        line.addStretch(1)
        line.addWidget(self._tied)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(theme.UNIT)
        self._body.addWidget(self._area, 5)
        self._panel_area: QScrollArea = scrolled(self.panel, _PIECE)
        self._body.addWidget(self._panel_area, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(line)
        column.addLayout(self._body, 1)
        self.setFocusProxy(self.grid)

    @property
    def pictures(self) -> WeightPictures | None:
        """What is shown."""
        return self._pictures

    @property
    def is_settled(self) -> bool:
        return not self._timer.isActive()

    @property
    def state(self) -> WeightsState:
        return self._chosen

    def restore(self, state: WeightsState) -> None:
        self._chosen, self._wanted = state, None
        self._hold()

    def show_unit(self, unit: Unit) -> None:
        """Holds the first weight of a unit, or of the map that it lies in."""
        if self._pictures is None:
            self._wanted = unit
            return
        first = self._pictures.first_of(unit)
        if first is None:
            self.context.notifier.note(no_weights(unit.layer))
        else:
            self.choose(*first)

    def choose(self, part: Part, index: int) -> None:
        """Holds a weight."""
        self.restore(WeightsState(part.parameter, index))

    @property
    def provenance(self) -> Facts:
        return network_facts(self._network)

    def exported(self) -> Exported | None:
        pictures, network = self._pictures, self._network
        if pictures is None or network is None:
            return None
        self._hold()  # not what the pointer happens to be over
        piece = self.panel.piece.as_block(230)
        weights = self.grid.as_block(0)
        return exported_weights(pictures, network.summary, weights, piece, self.panel.words)

    def show_live(self, live_state: LiveState) -> None:
        if live_state.network is None:
            return
        if self._network is None or live_state.network.network is not self._network.network:
            self._network, self._version = live_state.network, ()
            self._look()
        elif not self._timer.isActive():
            self._timer.start()  # it may be in training: then weights change in place

    @Slot()
    def _look(self) -> None:
        """Shows the weights where they have changed."""
        assert self._network is not None  # noqa: S101 - it is looked at only then
        version = state_of(self._network.network)
        if version == self._version:
            return
        self._version = version
        shown = self._network
        before, self._pictures = self._pictures, weight_pictures(shown.network, shown.class_names)
        self.heading.setText(counted(self._pictures))
        self._go_over_from(before)
        self.grid.show_weights(self._pictures)
        is_another = before is None or before.variant is not self._pictures.variant
        if is_another:
            self._hold(reveals=before is None)
        self._tell()
        if before is None and self._wanted is not None:
            self.show_unit(self._wanted)

    def _go_over_from(self, before: WeightPictures | None) -> None:
        """Chooses the weight at the same place: kernels are counted otherwise in each variant."""
        assert self._pictures is not None  # noqa: S101 - weights are shown
        old = None if before is None else before.part(self._chosen.parameter)
        new = self._pictures.part(self._chosen.parameter)
        if old is not None and new is not None:
            index = old.counterpart(self._chosen.index, new)
            self._chosen = WeightsState(self._chosen.parameter, index)

    def _hold(self, *, reveals: bool = True) -> None:
        """Holds the chosen weight, or the first where the network has none such."""
        if self._pictures is None:
            return
        part = self._pictures.part(self._chosen.parameter)
        if part is None:
            self._chosen = WeightsState()
            part = self._pictures.parts[0]
        elif self._chosen.index >= part.count:
            self._chosen = WeightsState(part.parameter, part.count - 1)
        cell = cell_of(part, self._chosen.index)
        self.grid.hold(cell)
        self._show(cell)
        if reveals:
            self._reveal(cell)

    @Slot(object)
    def _take(self, cell: Cell) -> None:
        """A click or a key on the sheet has taken hold of a weight."""
        assert self._pictures is not None  # noqa: S101 - a weight is shown
        part = self._pictures.part(cell.panel)
        assert part is not None  # noqa: S101 - it is shown
        self._chosen = WeightsState(cell.panel, index_of(part, cell))
        self._show(cell)
        self._reveal(cell)

    @Slot(int)
    def _choose_in_piece(self, index: int) -> None:
        cell = self.grid.spoken
        part = None if cell is None or self._pictures is None else self._pictures.part(cell.panel)
        if part is not None:
            self.choose(part, index)

    def _reveal(self, cell: Cell) -> None:
        middle = self.grid.cell_rect(cell).center()
        self._area.ensureVisible(middle.x(), middle.y(), 0, 4 * theme.UNIT)

    @Slot()
    def _tell(self) -> None:
        """Tells of the weight under the pointer, or else of the one held."""
        if self.grid.spoken is not None:
            self._show(self.grid.spoken)

    def _show(self, cell: Cell) -> None:
        assert self._pictures is not None  # noqa: S101 - a weight is shown
        part = self._pictures.part(cell.panel)
        assert part is not None  # noqa: S101 - it is shown
        self.panel.show_weight(self._pictures, part, index_of(part, cell))

    @Slot(int)
    def _point(self, index: int) -> None:
        """The pointer is over a weight of the enlarged piece, or over none."""
        held = self.grid.held
        part = None if held is None or self._pictures is None else self._pictures.part(held.panel)
        self.grid.echo(None if part is None or index < 0 else cell_of(part, index))

    @Slot()
    def _tell_ties(self) -> None:
        tied, pictures = self.grid.tied, self._pictures
        told = "" if tied is None or pictures is None else ties_text(pictures.variant, *tied)
        self._tied.setText(told)

    def place(self) -> None:
        wide, directions = self.width() >= scaled(_WIDE, self), QBoxLayout.Direction
        self._body.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self._body.setStretch(1, 2 if wide else 5)  # in large type its words need a half
        self.panel.stand(upright=wide)
        self._panel_area.setMaximumHeight(self.panel.maximumHeight())
