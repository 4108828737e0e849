"""The weights view: everything that training changes, in pictures."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from lenet_gui.explore.weights import WeightPictures, state_of, weight_pictures
from lenet_gui.gui.core import theme
from lenet_gui.gui.library.networks import NetworkInUse
from lenet_gui.gui.views.view import LiveState, View, ViewContext
from lenet_gui.gui.views.weights.canvas import Spot, WeightsCanvas
from lenet_gui.gui.views.weights.panel import PiecePanel
from lenet_gui.gui.views.weights.text import NO_NETWORK, counted, ties_told
from lenet_gui.gui.widgets.scrolled import scrolled

_WIDE = 720
"""From this width on the enlarged piece stands beside the sheet, else under it."""

_EVERY_MS = 100
"""Weights in training are shown anew at most so often."""

_FIRST: Spot = (0, 12)  # the middle of C1's first kernel


class WeightsView(View):
    """A weight is told while the pointer is over it, and held by a click or the arrow keys."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("weights_view")
        self._network: NetworkInUse | None = None
        self._state: tuple[tuple[int, int], ...] = ()
        self._pictures: WeightPictures | None = None
        self._chosen: Spot = _FIRST
        self._hovered: Spot | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self.heading = QLabel(NO_NETWORK)
        self.heading.setFont(theme.title_font())
        self.heading.setObjectName("weights_heading")
        self._tied = QLabel()
        self._tied.setObjectName("weights_ties")
        self._tied.setFont(theme.small_font())
        self.canvas = WeightsCanvas()
        self.canvas.hovered.connect(self._hover)
        self.canvas.chosen.connect(self.choose)
        self.canvas.ties.connect(self._tell_ties)
        self.panel = PiecePanel()
        self.panel.pointed.connect(self._point)
        self._area: QScrollArea = scrolled(self.canvas)
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.addWidget(self.heading)
        line.addStretch(1)
        line.addWidget(self._tied)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(theme.UNIT)
        self._body.addWidget(self._area, 5)
        self._body.addWidget(self.panel, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(line)
        column.addLayout(self._body, 1)
        self.setFocusProxy(self.canvas)

    @property
    def chosen(self) -> Spot:
        """The part and the weight that is held."""
        return self._chosen

    @property
    def pictures(self) -> WeightPictures | None:
        """What is shown."""
        return self._pictures

    def show_live(self, live_state: LiveState) -> None:
        if live_state.network is None:
            return
        if self._network is None or live_state.network.network is not self._network.network:
            self._network, self._state = live_state.network, ()
            self._look()
        elif not self._timer.isActive():
            self._timer.start()  # it may be in training: then weights change in place

    @Slot()
    def _look(self) -> None:
        """Shows the weights where they have changed."""
        assert self._network is not None  # noqa: S101 - it is looked at only then
        state = state_of(self._network.network)
        if state == self._state:
            return
        self._state = state
        before, self._pictures = self._pictures, weight_pictures(self._network.network)
        if before is not None and before.variant is not self._pictures.variant:
            self._chosen = self._same_in_other(before, self._pictures)
            self._hovered = None
        self.heading.setText(counted(self._pictures))
        self.canvas.show_weights(self._pictures)
        self._show()

    def _same_in_other(self, before: WeightPictures, now: WeightPictures) -> Spot:
        """The chosen weight in a network of the other variant, or the first where it has none."""
        part = before.parts[self._chosen[0]]
        for number, other in enumerate(now.parts):
            if other.parameter == part.parameter:
                return number, min(self._chosen[1], other.count - 1)
        return _FIRST

    def _show(self) -> None:
        """Tells of the weight under the pointer, or else of the one held."""
        if self._pictures is None:
            return
        number, index = self._hovered or self._chosen
        part = self._pictures.parts[number]
        self.canvas.mark((number, index))
        self.panel.show_weight(self._pictures, part, index)
        self.canvas.setAccessibleDescription(self.panel.told.text())

    @Slot(object)
    def choose(self, spot: Spot) -> None:
        """Holds a weight."""
        self._chosen, self._hovered = spot, None
        self._show()
        middle = self.canvas.box_of(spot).center()
        self._area.ensureVisible(middle.x(), middle.y(), 0, 4 * theme.UNIT)

    @Slot(object)
    def _hover(self, spot: Spot | None) -> None:
        self._hovered = spot
        self._show()

    @Slot(int)
    def _point(self, index: int) -> None:
        """The pointer is over a weight of the enlarged piece."""
        number = self._chosen[0]
        self._hovered = None if index < 0 else (number, index)
        self._show()

    @Slot(str, int)
    def _tell_ties(self, layer: str, number: int) -> None:
        pictures = self._pictures
        if pictures is None or not layer:
            self._tied.setText("")
        else:
            self._tied.setText(ties_told(pictures.variant, layer, number))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, way = self.width() >= _WIDE, QBoxLayout.Direction
        self._body.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self.panel.stand(upright=wide)
