"""Every layer of A and B side by side; a unit that is pointed at is marked in both."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from lenet_gui.explore.two_networks import comparable_layers
from lenet_gui.gui.core import theme
from lenet_gui.gui.views.compare.looks import label_width
from lenet_gui.gui.views.compare.pair import Pair
from lenet_gui.gui.views.compare.places import INSET, SIDES, PairLayout, PairRow, lay_out
from lenet_gui.gui.views.compare.text import gap_words, layer_tip, scale_words
from lenet_gui.gui.widgets.arrow_keys import ARROWS
from lenet_gui.gui.widgets.layer_pictures import LayerPictures
from lenet_gui.gui.widgets.places import Rect
from lenet_gui.net.architecture import DIGITS
from lenet_gui.net.layers import (
    GEOMETRY,
    OUTPUT,
    UNIT_LAYERS,
    Unit,
    middle_of,
    moved,
    moved_map,
    next_layer,
    place_of,
)
from lenet_gui.text.units import layer_name, layer_size

_FIRST = middle_of("C1")
"""Where the keys begin."""

_LEAST_COLUMN = 150


class PairMaps(QWidget):
    """Paints the layers; `pointed()` when another unit, or none, is spoken of.

    A unit is spoken of while the pointer is over it, and held by a click or the arrow keys.
    """

    pointed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare_maps")
        self.setAccessibleName("Layers of A and B")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._pair = Pair()
        self._pictures = (LayerPictures(), LayerPictures())
        self._held: Unit | None = None
        self._hovered: Unit | None = None
        self._laid_out: tuple[object, PairLayout] | None = None
        self._take_looks()
        self._colour()

    def _take_looks(self) -> None:
        self._title, self._small = theme.title_font(), theme.small_font()
        self._bold = theme.small_font()
        self._bold.setBold(True)
        self._title_metrics = QFontMetricsF(self._title, self)
        self._metrics = QFontMetricsF(self._small, self)
        self._label = label_width(self)
        self._laid_out = None

    @property
    def unit(self) -> Unit | None:
        """The unit that is spoken of."""
        return self._hovered or self._held

    def show_pair(self, pair: Pair) -> None:
        """Shows other readings."""
        if pair.kin is not self._pair.kin:
            self._laid_out = None
            self.updateGeometry()
        self._pair = pair
        self._colour()
        self.update()

    def forget(self) -> None:
        """No unit is held any more."""
        self._held = None
        self._tell()

    def _colour(self) -> None:
        looks = theme.theme_of(self)
        for pictures, reading, own in zip(
            self._pictures, self._pair.readings, self._pair.limits, strict=True
        ):
            limits = {layer: np.array([limit], np.float32) for layer, limit in own.items()}
            pictures.show_up_to(reading, limits, looks)

    # ---------------------------------------------------------------- where everything lies

    def layout_of(self) -> PairLayout:
        """Where everything lies, as large as there is room for."""
        ratio = self.devicePixelRatioF()
        key = (self.width(), self.height(), ratio)
        if self._laid_out is None or self._laid_out[0] != key:
            self._laid_out = key, self._lay_out(self.width(), self.height())
        return self._laid_out[1]

    def _lay_out(self, width: int, height: int) -> PairLayout:
        told = () if self._pair.kin is None else comparable_layers(self._pair.kin)
        line, title = self._metrics.height(), self._title_metrics.height()
        labels = {layer: title + line * (2 if layer in told else 1) for layer in UNIT_LAYERS}
        size = (width - 2 * INSET, height - 2 * INSET)
        return lay_out(size, self.devicePixelRatioF(), self._label, labels, line + 1)

    def cell_of(self, side: int, unit: Unit) -> QRect:
        """The logical pixels of a unit of A (0) or B (1)."""
        ratio = self.devicePixelRatioF()
        cell = self.layout_of().cell(side, unit)
        place = QRectF(
            cell.x / ratio + INSET, cell.y / ratio + INSET, cell.width / ratio, cell.height / ratio
        )
        return place.toAlignedRect()

    def unit_under(self, position: QPointF) -> Unit | None:
        """The unit at a place of the widget, whichever network's."""
        ratio = self.devicePixelRatioF()
        found = self.layout_of().at((position.x() - INSET) * ratio, (position.y() - INSET) * ratio)
        return None if found is None else found[1]

    def minimumSizeHint(self) -> QSize:
        width = round(self._label) + 24 + 2 * _LEAST_COLUMN
        needed = self._lay_out(max(self.width(), width), 0).least
        return QSize(width, round(needed / self.devicePixelRatioF()) + 2 * INSET + 1)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    # ---------------------------------------------------------------- pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.unit_under(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._hold(self.unit_under(event.position()))
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._step_layer(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Escape and self._held is not None:
            self._hold(None)
        elif key not in ARROWS:
            super().keyPressEvent(event)
        elif self._held is None:
            self._hold(self._hovered or _FIRST)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._hold(moved_map(self._held, sum(ARROWS[key])))
        else:
            self._hold(moved(self._held, *ARROWS[key]))

    def _step_layer(self, step: int) -> None:
        if self._held is None:
            self._hold(_FIRST)
            return
        layer = next_layer(self._held.layer, step)
        if layer != self._held.layer:
            self._hold(middle_of(layer))

    def _hold(self, unit: Unit | None) -> None:
        self._held, self._hovered = unit, None
        self._tell()

    def _hover(self, unit: Unit | None) -> None:
        if unit != self._hovered:
            self._hovered = unit
            self._tell()

    def _tell(self) -> None:
        self.update()
        self.pointed.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def tip_at(self, position: QPointF) -> str:
        """What the label at a place of the widget means; empty beside the labels."""
        ratio = self.devicePixelRatioF()
        row = self.layout_of().row_at((position.y() - INSET) * ratio)
        if row is None or position.x() > self._label:
            return ""
        variants = {one.variant for one in self._pair.networks if one is not None}
        return layer_tip(row.layer, variants, self._pair.kin, shared=self._pair.shared)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._take_looks()
            self._colour()
            self.updateGeometry()
            self.update()

    # ---------------------------------------------------------------- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.translate(INSET, INSET)
        layout = self.layout_of()
        ratio = layout.ratio
        for row in layout.rows:
            self._paint_label(painter, row, row.top / ratio)
        self._paint_digits(painter, layout)
        painter.scale(1 / ratio, 1 / ratio)
        ground, text = theme.theme_ground(self), self.palette().windowText().color()
        edge = theme.between(ground, text, 0.24)
        for side in SIDES:
            pictures = self._pictures[side]
            for row in layout.rows:
                for number in range(GEOMETRY[row.layer].pictures):
                    place = _rect(layout.picture(side, row.layer, number))
                    painter.fillRect(place.adjusted(-1, -1, 1, 1), edge)
                    painter.drawImage(place, pictures.image, pictures.source(row.layer, number))
            self._paint_marks(painter, layout, side)
        if self.hasFocus():
            painter.resetTransform()
            painter.setPen(QPen(theme.accent(self), 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_label(self, painter: QPainter, row: PairRow, top: float) -> None:
        name = layer_name(row.layer)
        baseline = top + self._title_metrics.ascent()
        painter.setFont(self._title)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(QPointF(0, baseline), name)
        used = self._title_metrics.horizontalAdvance(name + " ")
        painter.setFont(self._small)
        painter.setPen(theme.faint(self))
        painter.drawText(QPointF(used, baseline), layer_size(row.layer))
        baseline = top + self._title_metrics.height() + self._metrics.ascent()
        painter.drawText(
            QPointF(0, baseline),
            scale_words(row.layer, self._pair.limits, shared=self._is_shared(row.layer)),
        )
        if row.layer in self._pair.gaps:
            baseline += self._metrics.height()
            painter.drawText(QPointF(0, baseline), gap_words(self._pair.gaps[row.layer]))

    def _is_shared(self, layer: str) -> bool:
        a, b = (own.get(layer) for own in self._pair.limits)
        variants = {one.variant for one in self._pair.readings if one is not None}
        return self._pair.shared and a == b and (layer != OUTPUT or len(variants) == 1)

    def _paint_digits(self, painter: QPainter, layout: PairLayout) -> None:
        """Under the output's cells; the answer's is bold and has a mark."""
        factor, ratio = layout.row(OUTPUT).factor, layout.ratio
        for side in SIDES:
            reading = self._pair.readings[side]
            cells = layout.picture(side, OUTPUT, 0)
            for digit in range(DIGITS):
                wins = reading is not None and digit == reading.answer
                painter.setFont(self._bold if wins else self._small)
                painter.setPen(self.palette().windowText().color() if wins else theme.faint(self))
                left = (cells.x + digit * factor) / ratio
                place = QRectF(
                    left, cells.bottom / ratio + 1, factor / ratio, self._metrics.height()
                )
                painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, str(digit))

    def _paint_marks(self, painter: QPainter, layout: PairLayout, side: int) -> None:
        """The answer among the outputs, and the unit that is spoken of with its map."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        reading = self._pair.readings[side]
        line = max(round(layout.ratio), 1)
        if reading is not None:
            cell = _rect(layout.cell(side, Unit(OUTPUT, reading.answer)))
            painter.setPen(QPen(self.palette().windowText().color(), 2 * line))
            painter.drawRect(cell)
        if self.unit is None:
            return
        painter.setPen(QPen(theme.FRAME, line))
        picture = layout.picture(side, self.unit.layer, place_of(self.unit).picture)
        painter.drawRect(_rect(picture).adjusted(-1, -1, 0, 0))
        cell = _rect(layout.cell(side, self.unit))
        painter.setPen(QPen(theme.theme_ground(self), line))
        painter.drawRect(cell.adjusted(-3 * line, -3 * line, 2 * line, 2 * line))
        painter.setPen(QPen(theme.FRAME, 2 * line))
        painter.drawRect(cell.adjusted(-line, -line, line, line))


def _rect(place: Rect) -> QRect:
    return QRect(place.x, place.y, place.width, place.height)
