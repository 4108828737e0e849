"""The pictures of one layer in a strip, with marks on them: to choose a unit, or to show inputs."""

from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.widgets.arrow_keys import ARROWS
from lenet_gui.gui.widgets.colour_legend import paint_legend
from lenet_gui.gui.widgets.frame import paint_frame
from lenet_gui.gui.widgets.layer_pictures import LayerPictures
from lenet_gui.gui.widgets.strip_places import StripLayout, fit_strip
from lenet_gui.net.layers import GEOMETRY, INPUT, OUTPUT, Unit, moved, moved_map, place_of, unit_at
from lenet_gui.net.receptive_field import Square
from lenet_gui.text.units import layer_name

_GAP = 6
_LARGEST_CELL = 16
_LEGEND = 130
_DIGITS = "0123456789"


@dataclass(frozen=True)
class Marks:
    """What is marked: a framed part of some pictures, the others faint; and single units.

    `framed` by the picture's number; None frames the picture as a whole.
    """

    framed: dict[int, Square | None] = field(default_factory=dict)
    chosen: Unit | None = None
    pinned: Unit | None = None


class Strip(QWidget):
    """Paints a layer's pictures and marks; a caption above, and the legend of its colours."""

    def __init__(self, layer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = layer
        self._pictures = LayerPictures()
        self._marks = Marks()
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def layer(self) -> str:
        """The layer shown."""
        return self._layer

    @property
    def marks(self) -> Marks:
        """What is marked now."""
        return self._marks

    def show_layer(self, layer: str, pictures: LayerPictures, marks: Marks, note: str = "") -> None:
        """Shows a layer; `pictures` holds those of all layers, coloured already."""
        self._layer, self._pictures, self._marks, self._note = layer, pictures, marks, note
        self.update()

    def layout_of(self) -> StripLayout:
        """Where the pictures lie, in logical pixels."""
        caption = self._caption()
        below = self._below()
        return fit_strip(
            self._layer,
            self.width() - 4,
            self.height() - caption - below - 4,
            gap=_GAP,
            most=_LARGEST_CELL * 2 if self._layer == OUTPUT else _LARGEST_CELL,
            left=2,
            top=caption + 2,
        )

    def cell_of(self, unit: Unit) -> QRect:
        """The pixels of a unit of this layer."""
        layout, place = self.layout_of(), place_of(unit)
        left, top = layout.corner(place.picture)
        side = layout.factor
        return QRect(left + place.column * side, top + place.row * side, side, side)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEGEND, self._caption() + 60)

    def _caption(self) -> int:
        return self.fontMetrics().height() + 2

    def _below(self) -> int:
        """Room for the digits under the output."""
        return self._caption() if self._layer == OUTPUT else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        layout = self.layout_of()
        self._paint_caption(painter)
        line = theme.between(
            theme.theme_ground(self), self.palette().color(self.foregroundRole()), 0.24
        )
        framed = self._marks.framed
        for picture in range(layout.pictures):
            left, top = layout.corner(picture)
            side = layout.factor
            place = QRect(left, top, layout.columns * side, layout.rows * side)
            painter.setOpacity(0.3 if framed and picture not in framed else 1.0)
            painter.fillRect(place.adjusted(-1, -1, 1, 1), line)
            if not self._pictures.image.isNull():
                painter.drawImage(
                    place, self._pictures.image, self._pictures.source(self._layer, picture)
                )
        painter.setOpacity(1.0)
        for picture, square in framed.items():
            left, top = layout.corner(picture)
            square = square or Square(0, 0, layout.rows, layout.columns)
            side = layout.factor
            paint_frame(
                painter,
                self,
                QRect(
                    left + square.left * side,
                    top + square.top * side,
                    (square.right - square.left) * side,
                    (square.bottom - square.top) * side,
                ),
                theme.FRAME,
            )
        if self._layer == OUTPUT:
            self._paint_digits(painter, layout)
        self._paint_units(painter)

    def _paint_caption(self, painter: QPainter) -> None:
        shape, name = GEOMETRY[self._layer], layer_name(self._layer)
        painter.setFont(theme.title_font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        line = QRectF(2, 0, self.width() - 4, self._caption())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        used = QFontMetricsF(painter.font()).horizontalAdvance(name + " ")
        many = f"{shape.pictures} @ " if shape.pictures > 1 else ""
        told = self._note or f"{many}{shape.rows}×{shape.columns}"
        painter.setFont(theme.small_font())
        painter.setPen(theme.faint(self))
        legend = 0 if self._layer == INPUT else min(_LEGEND, self.width() // 2)
        words = QRectF(2 + used, 0, self.width() - used - legend - 8, self._caption())
        told = QFontMetricsF(painter.font()).elidedText(
            told, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, told)
        if legend:
            limit = self._pictures.limit(self._layer, 0) if self._pictures.limits else None
            place = QRectF(self.width() - legend - 2, 0, legend, self._caption())
            paint_legend(painter, place, limit, theme.theme_of(self))

    def _paint_digits(self, painter: QPainter, layout: StripLayout) -> None:
        painter.setFont(theme.small_font())
        painter.setPen(theme.faint(self))
        left, top = layout.corner(0)
        for digit, text in enumerate(_DIGITS):
            place = QRectF(
                left + digit * layout.factor,
                top + layout.rows * layout.factor + 2,
                layout.factor,
                self._below(),
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, text)

    def _paint_units(self, painter: QPainter) -> None:
        for unit, colour in (
            (self._marks.pinned, theme.PURPLE),
            (self._marks.chosen, theme.accent(self)),
        ):
            if unit is not None and unit.layer == self._layer:
                paint_frame(painter, self, self.cell_of(unit).adjusted(-1, -1, 1, 1), colour)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.update()


class UnitStrip(Strip):
    """A strip on which one unit is chosen.

    `hovered(Unit or None)` follows the pointer; `chosen(Unit)` on a click and when the
    arrow keys move on; `layer_stepped(int)` on Page Up and Page Down.
    """

    hovered = Signal(object)
    chosen = Signal(object)
    layer_stepped = Signal(int)

    def __init__(self, layer: str, parent: QWidget | None = None) -> None:
        super().__init__(layer, parent)
        self.setObjectName("unit_strip")
        self.setAccessibleName("Units of the layer")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._under: Unit | None = None

    def unit_under(self, position: QPointF) -> Unit | None:
        """The unit at a place of the widget."""
        found = self.layout_of().at(position.x(), position.y())
        return None if found is None else unit_at(self.layer, *found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.unit_under(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        unit = self.unit_under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and unit is not None:
            self.chosen.emit(unit)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        unit = self.marks.chosen
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.layer_stepped.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif unit is None or key not in ARROWS:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.chosen.emit(moved_map(unit, sum(ARROWS[key])))
        else:
            self.chosen.emit(moved(unit, *ARROWS[key]))

    def _hover(self, unit: Unit | None) -> None:
        if unit != self._under:
            self._under = unit
            self.hovered.emit(unit)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme.accent(self), 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
