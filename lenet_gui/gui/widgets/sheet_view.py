"""A sheet as a widget: the pictures that the command line writes, in the window's own type."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_rgb
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.sheet import SMALL_SIZE, Anchor, Area, Item, Line, Rectangle, Sheet, Text

Maker = Callable[[Theme, tuple[int, int]], Sheet]
"""Makes a sheet of a theme for a room of (width, height) units."""


class SheetView(QWidget):
    """Paints what a maker makes for the widget's theme and size; nothing without one.

    A unit of the sheet is as large as it takes for the sheet's small type to be the window's.
    """

    def __init__(self, least: QSize, parent: QWidget | None = None) -> None:
        """`least` is the smallest room that the maker can do with, in units."""
        super().__init__(parent)
        self._maker: Maker | None = None
        self._sheet: Sheet | None = None
        self._least = least
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_maker(self, maker: Maker | None) -> None:
        """Paints another sheet."""
        self._maker = maker
        self._renew()

    def set_least(self, least: QSize) -> None:
        """Changes the smallest room, in units."""
        self._least = least
        self.updateGeometry()

    @property
    def sheet(self) -> Sheet | None:
        """What is painted."""
        if self._sheet is None and self._maker is not None:
            unit = self.unit
            room = (int(self.width() / unit), int(self.height() / unit))
            least = (self._least.width(), self._least.height())
            size = (max(room[0], least[0]), max(room[1], least[1]))
            self._sheet = self._maker(theme.theme_of(self), size)
        return self._sheet

    @property
    def unit(self) -> float:
        """Logical pixels a unit of the sheet."""
        return max(1.0, QFontInfo(theme.small_font(self)).pixelSize() / SMALL_SIZE)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(
            round(self._least.width() * self.unit) + 1, round(self._least.height() * self.unit) + 1
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        sheet = self.sheet
        if sheet is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.unit, self.unit)
        paint_items(painter, sheet.items)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._renew()

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002
        self._renew()

    def _renew(self) -> None:
        self._sheet = None
        self.update()


def paint_items(painter: QPainter, items: Iterable[Item]) -> None:
    """Paints items of a sheet, a unit of it as a pixel of the painter."""
    for item in items:
        _paint(painter, item)


def _paint(painter: QPainter, item: Item) -> None:
    if isinstance(item, Text):
        _paint_text(painter, item)
    elif isinstance(item, Line):
        pen = QPen(QColor(item.colour), item.width)
        # As in the files: Qt's own ends reach beyond the line by half its width.
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if item.dash:
            pen.setDashPattern([item.dash / item.width] * 2)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in item.points]))
    elif isinstance(item, Area):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(item.colour))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in item.points]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    elif isinstance(item, Rectangle):
        painter.fillRect(QRectF(item.x, item.y, item.width, item.height), QColor(item.colour))
    else:
        place = QRectF(item.x, item.y, item.width, item.height)
        painter.drawImage(place, to_qimage_rgb(item.colours))


def _paint_text(painter: QPainter, item: Text) -> None:
    font = QFont(theme.small_font())
    font.setPixelSize(item.size)
    painter.setFont(font)
    painter.setPen(QColor(item.colour))
    width = painter.fontMetrics().horizontalAdvance(item.text)
    left = {Anchor.LEFT: 0.0, Anchor.MIDDLE: width / 2, Anchor.RIGHT: float(width)}[item.anchor]
    painter.drawText(QPointF(item.x - left, item.y), item.text)
