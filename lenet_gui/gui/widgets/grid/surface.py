"""The surface of a grid: panels laid out and painted for every size, pixel ratio and palette."""

import math

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.gui.widgets.grid.mosaic import Mosaic
from lenet_gui.gui.widgets.grid.painter import GridPainter, Looks
from lenet_gui.pictures.grid.content import GridContent
from lenet_gui.pictures.grid.layout import GridLayout, Maker, Rect, Room
from lenet_gui.pictures.grid.panel import Cell, Panel, Values

RENEWING = {
    QEvent.Type.PaletteChange,
    QEvent.Type.ApplicationPaletteChange,
    QEvent.Type.FontChange,
    QEvent.Type.ApplicationFontChange,
    QEvent.Type.StyleChange,
    QEvent.Type.DevicePixelRatioChange,
    QEvent.Type.ScreenChangeInternal,
}
"""After these everything looks otherwise: fonts, colours, or the screen's pixels."""


class GridSurface(QWidget):
    """Shows panels of pictures, and says where their cells lie; nothing is pointed at.

    `content_shown()` when other values, words or marks are shown.
    """

    content_shown = Signal()

    is_seen_through = False
    """Whether `paint_under` paints anything: it is seen between the pictures and through the
    captions."""

    def __init__(self, maker: Maker, parent: QWidget | None = None) -> None:
        """Args: maker: lays the panels out; see `arrange`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._maker = maker
        self._content = GridContent()
        self.shows_figures = False
        self._renew()

    # What is shown, and where

    @property
    def layout_of(self) -> GridLayout:
        """Where everything is now, in device pixels."""
        return self._painter.layout

    @property
    def panels(self) -> tuple[Panel, ...]:
        """What is shown, in order."""
        return tuple(placed.panel for placed in self.layout_of.panels)

    @property
    def content(self) -> GridContent:
        """The values, words and marks that are shown."""
        return self._content

    def arrange(self, maker: Maker) -> None:
        """Lays the grid out otherwise, or lays other panels out; their content is to be shown."""
        self._maker, self._content = maker, GridContent()
        self._measure()

    def show_content(self, content: GridContent) -> None:
        """Shows other values, words and marks."""
        self._content = content
        self._mosaic.colour(content, self._looks.theme)
        self.update()
        self.content_shown.emit()

    def cell_rect(self, cell: Cell) -> QRect:
        """The logical pixels of a cell."""
        return self._logical(self.layout_of.box(cell))

    def picture_rect(self, cell: Cell) -> QRect:
        """The logical pixels of a cell's picture."""
        return self._logical(self.layout_of.picture(cell))

    def cell_under(self, position: QPointF) -> Cell | None:
        """The cell at a place of the widget."""
        ratio = self.devicePixelRatioF()
        return self.layout_of.at(position.x() * ratio, position.y() * ratio)

    def panel_of(self, cell: Cell) -> Panel:
        """The panel of a cell."""
        return self.layout_of.panel(cell)

    def values_of(self, cell: Cell) -> Values | None:
        """The values of a cell's panel; None where nothing is shown there."""
        return self._content.values.get(cell.panel)

    # Size and looks

    def minimumSizeHint(self) -> QSize:
        return self._least

    def sizeHint(self) -> QSize:
        return self._least

    def _renew(self) -> None:
        """Takes fonts, colours and screen as they are now."""
        self._looks = Looks(self)
        self._measure()

    def _measure(self) -> None:
        ratio = self.devicePixelRatioF()
        least = self._maker(self._looks.room(0, 0, ratio))
        self._least = QSize(math.ceil(least.width / ratio), math.ceil(least.height / ratio))
        self.updateGeometry()
        self._lay_out()

    def _lay_out(self) -> None:
        layout = self._maker(self.room)
        self._painter = GridPainter(layout, self._looks)
        self._mosaic = Mosaic(tuple(placed.panel for placed in layout.panels))
        self._mosaic.colour(self._content, self._looks.theme)
        self._let_go_of_missing()
        self.update()
        self.laid_out()

    def _let_go_of_missing(self) -> None:
        """For what holds cells: those that are not in the layout are let go."""

    def laid_out(self) -> None:
        """For a subclass whose panels or words depend on where they lie."""

    @property
    def looks(self) -> Looks:
        """Fonts and colours as they are now."""
        return self._looks

    @property
    def room(self) -> Room:
        """The room that there is, in the type that there is."""
        return self._looks.room(self.width(), self.height(), self.devicePixelRatioF())

    def _logical(self, place: Rect) -> QRect:
        ratio = self.devicePixelRatioF()
        left, top = math.floor(place.x / ratio), math.floor(place.y / ratio)
        right, bottom = math.ceil(place.right / ratio), math.ceil(place.bottom / ratio)
        return QRect(left, top, right - left, bottom - top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in RENEWING:
            self._renew()
        return handled

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, is_clear = QPainter(self), self.is_seen_through
        layout, ratio = self.layout_of, self.devicePixelRatioF()
        if is_clear or layout.width < self.width() * ratio or layout.height < self.height() * ratio:
            painter.fillRect(event.rect(), self._looks.ground)  # else the canvas covers it
        if is_clear:
            size = self._looks.size
            if size != 1:
                painter.scale(size, size)
            self.paint_under(painter)
            painter.resetTransform()
        if ratio != 1:
            painter.scale(1 / ratio, 1 / ratio)
        self._painter.paint_canvas(painter, self._mosaic, self._content, is_clear=is_clear)
        if self.shows_figures:
            self._painter.paint_figures(painter, self._content)
        self._painter.paint_strokes(painter, self._content.strokes)
        self._painter.paint_marks(painter, self._content.marks)
        self.paint_spoken(painter)
        if self.hasFocus():
            painter.resetTransform()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._looks.accent, 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def paint_under(self, painter: QPainter) -> None:
        """For what a subclass that `is_seen_through` paints under its pictures, in usual pixels."""

    def paint_spoken(self, painter: QPainter) -> None:
        """For what marks the cells that are described; the painter has device pixels."""
