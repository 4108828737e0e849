"""The widget of all layers: one paint for everything, the pointer, and the keys."""

import math

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from lenet_gui.explore.reading import Reading
from lenet_gui.gui.views.maps.layout import lay_out
from lenet_gui.gui.views.maps.maps_painter import Looks, Shown, paint_network
from lenet_gui.gui.views.maps.text import layer_texts, table_i_text
from lenet_gui.gui.widgets.arrow_keys import ARROWS
from lenet_gui.gui.widgets.layer_pictures import LayerPictures
from lenet_gui.gui.widgets.places import NetworkLayout, Rect
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import ACTIVATION_LAYERS, Unit, place_of
from lenet_gui.pictures.colours import Scale
from lenet_gui.text.units import picture_name

_RENEWING = (
    QEvent.Type.PaletteChange,
    QEvent.Type.ApplicationPaletteChange,
    QEvent.Type.FontChange,
    QEvent.Type.ApplicationFontChange,
    QEvent.Type.StyleChange,
    QEvent.Type.DevicePixelRatioChange,
)


class NetworkCanvas(QWidget):
    """Shows every layer; `map_chosen` on a click or Enter, `unit_pointed` (a Unit or None)."""

    map_chosen = Signal(str, int)
    unit_pointed = Signal(object)
    selection_moved = Signal(QRect)

    def __init__(self, variant: Variant, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network_canvas")
        self.setAccessibleName("Layers of the network")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._shown = Shown(variant, Scale.PER_LAYER)
        self._renew()

    @property
    def places(self) -> NetworkLayout:
        """Where everything lies now, in device pixels."""
        return self._layout

    @property
    def reading(self) -> Reading | None:
        """What is shown; None for an empty sheet."""
        return self._shown.reading

    @property
    def selected(self) -> tuple[str, int] | None:
        """The layer and number of the selected map."""
        return self._shown.selected

    @property
    def scale(self) -> Scale:
        """What shares one scale of colours."""
        return self._shown.scale

    @property
    def variant(self) -> Variant:
        """The network that the titles speak of."""
        return self._shown.variant

    def show_reading(self, reading: Reading | None) -> None:
        """Shows another reading, or none."""
        self._shown.reading = reading
        if reading is not None:
            self._shown.variant = reading.variant
        self._recolour()

    def set_variant(self, variant: Variant) -> None:
        """Titles for `variant`; a reading of another variant is taken away."""
        reading = self._shown.reading
        if reading is not None and reading.variant is not variant:
            self._shown.reading = None
        self._shown.variant = variant
        self._recolour()

    def set_scale(self, scale: Scale) -> None:
        """Colours by another scale."""
        self._shown.scale = scale
        self._recolour()

    def select(self, layer: str, picture: int) -> None:
        """Moves the selection."""
        self._shown.selected = (layer, picture)
        words = table_i_text(self._shown.variant, layer, picture)
        name = picture_name(layer, picture)
        self.setAccessibleDescription(f"{name}, {words}" if words else name)
        self.selection_moved.emit(self._logical(self._layout.by_layer[layer].pictures[picture]))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return self._least

    def sizeHint(self) -> QSize:
        return QSize(494, 484)

    def _renew(self) -> None:
        """Takes fonts, colours and screen as they are now."""
        self._looks = Looks(self)
        least = lay_out(0, 0, self.devicePixelRatioF(), self._looks.sizes())
        self._least = QSize(
            math.ceil(least.width / least.ratio), math.ceil(least.height / least.ratio)
        )
        self.updateGeometry()
        self._lay_out()

    def _lay_out(self) -> None:
        ratio = self.devicePixelRatioF()
        self._layout = lay_out(self.width(), self.height(), ratio, self._looks.sizes())
        strip = self._layout.by_layer["C5"]
        self._pictures = LayerPictures((strip.rows, strip.columns))
        self._recolour()

    def _recolour(self) -> None:
        shown = self._shown
        self._pictures.show(shown.reading, shown.scale, self._looks.theme)
        self.update()

    def _logical(self, place: Rect) -> QRect:
        ratio = self._layout.ratio
        left, top = math.floor(place.x / ratio), math.floor(place.y / ratio)
        right, bottom = math.ceil(place.right / ratio), math.ceil(place.bottom / ratio)
        return QRect(left, top, right - left, bottom - top)

    def unit_under(self, position: QPoint) -> Unit | None:
        """The unit at a position in the widget."""
        ratio = self._layout.ratio
        return self._layout.unit_under(position.x() * ratio, position.y() * ratio)

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._looks.ground)
        paint_network(painter, self._layout, self._pictures, self._looks, self._shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _RENEWING:
            self._renew()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._renew()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.explain(event.pos()), self)
            return True
        return super().event(event)

    def explain(self, position: QPoint) -> str:
        """The tooltip at a position: what the layer does, and what feeds the map."""
        ratio = self._layout.ratio
        x, y = position.x() * ratio, position.y() * ratio
        words = layer_texts(self._shown.variant)
        for row in self._layout.rows:
            if row.label.contains(x, y):
                return words[row.layer].tooltip
            for index, picture in enumerate(row.pictures):
                if picture.contains(x, y):
                    fed = table_i_text(self._shown.variant, row.layer, index)
                    name = picture_name(row.layer, index)
                    first = f"{name}, {fed}.\n" if fed else ""
                    return first + words[row.layer].tooltip
        return ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.unit_under(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def _point(self, unit: Unit | None) -> None:
        if unit == self._shown.pointed:
            return
        self._shown.pointed = unit
        enlarge = unit is not None and unit.layer in ACTIVATION_LAYERS
        self.setCursor(Qt.CursorShape.PointingHandCursor if enlarge else Qt.CursorShape.ArrowCursor)
        self.update()
        self.unit_pointed.emit(unit)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        unit = self.unit_under(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or unit is None:
            super().mousePressEvent(event)
        elif unit.layer in ACTIVATION_LAYERS:
            picture = place_of(unit).picture
            self.select(unit.layer, picture)
            self.map_chosen.emit(unit.layer, picture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = ARROWS.get(Qt.Key(event.key()))
        if step is not None:
            self._move_selection(*step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._shown.selected:
            self.map_chosen.emit(*self._shown.selected)
        else:
            super().keyPressEvent(event)

    def _move_selection(self, right: int, down: int) -> None:
        if self._shown.selected is None:
            self.select(ACTIVATION_LAYERS[1], 0)
            return
        found = self._layout.neighbour(*self._shown.selected, right, down)
        if found is not None:
            self.select(*found)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._shown.focused = True
        if self._shown.selected is None and event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        ):
            self.select(ACTIVATION_LAYERS[1], 0)  # so that the focus can be seen
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._shown.focused = False
        self.update()
