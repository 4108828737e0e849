"""The sheet of all weights as a widget on which one is chosen."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.explore.weights import Kind, WeightPictures
from lenet_gui.gui.core import theme
from lenet_gui.gui.views.weights.places import Head, PartPlace, WeightsLayout, lay_out
from lenet_gui.gui.views.weights.sheet import paint_sheet
from lenet_gui.gui.widgets.arrow_keys import ARROWS
from lenet_gui.gui.widgets.frame import paint_frame
from lenet_gui.net.layers import fed_maps, feeding_maps

_EDGE = 3
"""Room round the sheet for frames."""

_LEAST = 440
Spot = tuple[int, int]
"""The number of a part, and the weight in it."""


class WeightsCanvas(QWidget):
    """Paints all weights.

    `hovered(Spot or None)` follows the pointer; `chosen(Spot)` on a click and when the arrow keys
    move on. While the pointer is over a map of C3 or S2, or over a weight of its own, the maps
    that Table I ties it to light up: `ties(layer, map)`, or ("", -1) for none.
    """

    hovered = Signal(object)
    chosen = Signal(object)
    ties = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("weights_canvas")
        self.setAccessibleName("All trainable weights")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.setMinimumWidth(_LEAST)
        self._pictures: WeightPictures | None = None
        self._layout: WeightsLayout | None = None
        self._painted = QPixmap()
        self._marked: Spot | None = None
        self._under: Spot | None = None
        self._tied: tuple[str, int] | None = None

    @property
    def layout_of(self) -> WeightsLayout | None:
        """Where everything lies, from the corner of the sheet."""
        return self._layout

    @property
    def lit(self) -> tuple[Head, ...]:
        """The maps that are lit up: the one spoken of, and those that Table I ties it to."""
        if self._layout is None or self._pictures is None or self._tied is None:
            return ()
        layer, number = self._tied
        variant = self._pictures.variant
        other = "S2" if layer == "C3" else "C3"
        feeding = feeding_maps(variant, "C3", number) if layer == "C3" else ()
        maps = feeding if layer == "C3" else fed_maps(variant, layer, number)
        lit = {(layer, number), *((other, each) for each in maps)}
        return tuple(head for head in self._layout.heads if (head.layer, head.map) in lit)

    def show_weights(self, pictures: WeightPictures | None) -> None:
        """Shows a network's weights."""
        self._pictures = pictures
        self._arrange()

    def mark(self, spot: Spot | None) -> None:
        """Frames a weight, and lights up the maps that it belongs to."""
        self._marked = spot
        self._tie(self._map_of(spot))
        self.update()

    def box_of(self, spot: Spot) -> QRect:
        """The pixels of a weight."""
        assert self._layout is not None  # noqa: S101 - who asks has seen it
        return QRect(*self._layout.parts[spot[0]].box(spot[1])).translated(_EDGE, _EDGE)

    def head_box(self, head: Head) -> QRect:
        """The pixels of a map's number."""
        return QRect(*head.box).translated(_EDGE, _EDGE)

    def _arrange(self) -> None:
        """Everything finds its place anew."""
        self._painted = QPixmap()
        self._layout = None
        if self._pictures is not None:
            metrics = QFontMetricsF(theme.small_font(), self)
            label = round(metrics.horizontalAdvance(f"{Kind.COEFFICIENTS} ")) + 4
            line = round(metrics.height())
            self._layout = lay_out(self._pictures, self.width() - 2 * _EDGE, line, label)
            self.setMinimumHeight(self._layout.height + 2 * _EDGE)
        self.update()

    def _map_of(self, spot: Spot | None) -> tuple[str, int] | None:
        """The map of C3 or S2 that a weight belongs to."""
        if spot is None or self._layout is None:
            return None
        part = self._layout.parts[spot[0]].part
        picture = part.cell_of(spot[1])[0]
        if part.layer == "S2":
            return "S2", picture
        if part.layer == "C3":
            return "C3", part.places[picture][1] if part.kind is Kind.KERNELS else picture
        return None

    def _tie(self, tied: tuple[str, int] | None) -> None:
        if tied != self._tied:
            self._tied = tied
            self.ties.emit(*(tied or ("", -1)))
            self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, 200)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._layout is None or self._pictures is None:
            return
        painter = QPainter(self)
        if self._painted.isNull():
            self._painted = self._sheet(self._pictures, self._layout)
        painter.drawPixmap(0, 0, self._painted)
        painter.translate(_EDGE, _EDGE)
        self._paint_heads(painter, self._layout)
        if self._marked is not None:
            self._paint_mark(painter, self._layout.parts[self._marked[0]], self._marked[1])
        if self.hasFocus():
            painter.translate(-_EDGE, -_EDGE)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.accent(self), 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _sheet(self, pictures: WeightPictures, layout: WeightsLayout) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(theme.theme_ground(self))
        painter = QPainter(pixmap)
        painter.translate(_EDGE, _EDGE)
        paint_sheet(painter, self, pictures, layout)
        painter.end()
        return pixmap

    def _paint_heads(self, painter: QPainter, layout: WeightsLayout) -> None:
        lit = self.lit
        text = self.palette().color(self.foregroundRole())
        lamp = theme.between(theme.theme_ground(self), theme.FRAME, 0.45)
        for head in layout.heads:
            box = QRectF(*head.box)
            words = f"S2 {head.map}" if head.layer == "S2" else str(head.map)
            side = Qt.AlignmentFlag.AlignHCenter
            if head.layer == "S2":
                side = Qt.AlignmentFlag.AlignRight
                box = box.adjusted(box.width() - 34, 0, 0, 0)
            font = theme.small_font()
            font.setBold(head in lit)
            painter.setFont(font)
            if head in lit:
                painter.fillRect(box.adjusted(-2, 0, 3, 0), lamp)
                painter.setPen(text)
            else:
                painter.setPen(theme.faint(self))
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, words)
        if self._tied is None:
            return
        for place in layout.parts:
            if place.part.layer == "C3" and place.part.kind is Kind.KERNELS:
                row_or_column = 1 if self._tied[0] == "C3" else 0
                for picture, at in enumerate(place.part.places):
                    if at[row_or_column] == self._tied[1]:
                        paint_frame(painter, self, QRect(*place.picture_box(picture)), theme.FRAME)

    def _paint_mark(self, painter: QPainter, place: PartPlace, index: int) -> None:
        picture = QRect(*place.picture_box(place.part.cell_of(index)[0]))
        cell = QRect(*place.box(index))
        accent = theme.accent(self)
        if place.part.kind is Kind.KERNELS:
            paint_frame(painter, self, picture, accent)
        # So that a cell of one pixel is found, too.
        room = max(0, (7 - cell.width()) // 2), max(0, (7 - cell.height()) // 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        grown = cell.adjusted(-room[0], -room[1], room[0], room[1])
        for colour, inset in ((QColor("#ffffff"), 0), (QColor("#000000"), 1)):
            painter.setPen(QPen(colour, 1))
            painter.drawRect(grown.adjusted(inset - 1, inset - 1, -inset, -inset))

    def _spot_under(self, position: QPointF) -> Spot | None:
        if self._layout is None:
            return None
        return self._layout.at(position.x() - _EDGE, position.y() - _EDGE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_under(event.position())
        if spot != self._under:
            self._under = spot
            self.hovered.emit(spot)
        if spot is None and self._layout is not None:
            at = event.position() - QPointF(_EDGE, _EDGE)
            head = self._layout.head_at(at.x(), at.y())
            self._tie((head.layer, head.map) if head else self._map_of(self._marked))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._under = None
        self.hovered.emit(None)
        self._tie(self._map_of(self._marked))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and spot is not None:
            self.chosen.emit(spot)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        layout, key = self._layout, Qt.Key(event.key())
        if layout is None or self._marked is None:
            super().keyPressEvent(event)
        elif key in ARROWS:
            spot = self._marked
            many = 5 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1
            for _ in range(many):
                spot = layout.moved(*spot, *ARROWS[key])
            self.chosen.emit(spot)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._go_to_layer(layout, -1 if key == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)

    def _go_to_layer(self, layout: WeightsLayout, step: int) -> None:
        """To the first weight of the layer before or after."""
        layers = list(dict.fromkeys(place.part.layer for place in layout.parts))
        assert self._marked is not None  # noqa: S101 - the keys are asked only then
        now = layers.index(layout.parts[self._marked[0]].part.layer)
        wanted = layers[min(max(now + step, 0), len(layers) - 1)]
        kinds = (Kind.KERNELS, Kind.WEIGHTS, Kind.COEFFICIENTS)
        number = next(
            number
            for number, place in enumerate(layout.parts)
            if place.part.layer == wanted and place.part.kind in kinds
        )
        self.chosen.emit((number, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._arrange()
