"""Paints a grid: pictures, captions, legends, figures and marks, the same in every view."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.guide_link import mark_side, paint_mark
from lenet_gui.gui.core.text_size import enlarged, factor
from lenet_gui.gui.widgets.colour_legend import LegendType, paint_kinds, paint_legend
from lenet_gui.gui.widgets.grid.mosaic import Mosaic
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.grid.colouring import are_light
from lenet_gui.pictures.grid.content import (
    Align,
    Caption,
    GridContent,
    KindLegend,
    Label,
    Legend,
    Mark,
    Marked,
    Stroke,
    figure_in,
)
from lenet_gui.pictures.grid.layout import GridLayout, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Cell, Colours, Values

_FAINT = 0.3
_TYPE_OF_COUNTS = (1.0, 0.9, 0.8, 0.7)
"""Sizes of the type of counts, in parts of small type."""

_MARK_GAP = 4.0
"""Between words and their question mark, in logical pixels."""

_LEAST_MARK = 7
"""So large, in logical pixels, is the mark round a cell, however small that is."""


class Looks:
    """Fonts, their sizes, and colours, as the widget has them now.

    A grid is laid out and painted as if the text had its usual size, on a screen with so many more
    pixels: `size` is the factor of the text. All lengths are in usual pixels.
    """

    def __init__(self, widget: QWidget) -> None:
        palette = widget.palette()
        self._between: dict[float, QColor] = {}
        self.theme = theme.theme_of(widget)
        self.ground = palette.color(QPalette.ColorRole.Window)
        self.text = palette.color(QPalette.ColorRole.WindowText)
        self.faint = theme.faint(widget)
        self.accent = theme.accent(widget)
        self.line = theme.between(self.ground, self.text, 0.24)
        self.tint = theme.between(self.ground, self.accent, 0.16)
        self.lamp = theme.between(self.ground, theme.FRAME, 0.45)
        self.size = factor(widget)
        self.fonts = {
            type_: enlarged(font(widget), 1 / self.size)
            for type_, font in (
                (Type.TITLE, theme.title_font),
                (Type.SMALL, theme.small_font),
                (Type.BOLD, theme.bold_font),
            )
        }
        self.metrics = {type_: QFontMetricsF(font, widget) for type_, font in self.fonts.items()}
        self.legend_type = LegendType(self.fonts[Type.SMALL])
        self._lines = {type_: metrics.height() for type_, metrics in self.metrics.items()}
        self.marks = {
            Mark.FIELD: theme.FRAME,
            Mark.TIED: self.accent,
            Mark.ANSWER: self.text,
            Mark.CHOSEN: self.accent,
            Mark.PINNED: theme.PURPLE,
            Mark.WRONG: theme.ORANGE if self.theme is Theme.DARK else theme.VERMILION,
        }

    def between(self, share: float) -> QColor:
        """The colour that is `share` (0..1) of the way from the ground to the text."""
        if share not in self._between:
            self._between[share] = theme.between(self.ground, self.text, share)
        return self._between[share]

    def room(self, width: float, height: float, ratio: float) -> Room:
        """Room of a size in logical pixels, with `ratio` device pixels for each."""
        size = self.size
        return Room(width / size, height / size, ratio * size, self.measure, self._lines)

    def measure(self, text: str, type_: Type) -> float:
        """The width of a text, in usual pixels."""
        return self.metrics[type_].horizontalAdvance(text)


class GridPainter:
    """Paints one layout in one look.

    Captions and pictures stand on a canvas of their own, and only those that have changed are
    painted anew. It is made with the layout: so it is of one size, pixel ratio and palette.
    """

    def __init__(self, layout: GridLayout, looks: Looks) -> None:
        self.layout, self.looks = layout, looks
        self._canvas: QPixmap | None = None
        self._is_clear = False
        self._labels: dict[str, Label | None] = {}
        self._written: dict[str, object] = {}
        self._label_places = [
            (name, place, to_qrect(place))
            for name, place in layout.labels.items()
            if place.width > 0 and place.height > 0
        ]
        self._painted: dict[str, tuple[int, set[int]]] = {}
        self._targets = {
            placed.panel.name: [
                (to_qrect(place), to_qrect(place.around(1))) for place in placed.pictures
            ]
            for placed in layout.panels
        }

    def paint_canvas(
        self, painter: QPainter, mosaic: Mosaic, content: GridContent, *, is_clear: bool
    ) -> None:
        """Captions and pictures; the painter has device pixels.

        Args:
            painter: of the widget.
            mosaic: the pictures in colours.
            content: what is shown.
            is_clear: whether what lies under them is seen between them.
        """
        if self._canvas is None:
            self._canvas, self._is_clear = QPixmap(self.layout.width, self.layout.height), is_clear
            self._canvas.fill(Qt.GlobalColor.transparent if is_clear else self.looks.ground)
        on_canvas = QPainter(self._canvas)
        self._write_captions(on_canvas, content)
        self._paint_pictures(on_canvas, mosaic, content)
        on_canvas.end()
        painter.drawPixmap(0, 0, self._canvas)

    def _wipe(self, painter: QPainter, place: QRect) -> None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        ground = QColor(Qt.GlobalColor.transparent) if self._is_clear else self.looks.ground
        painter.fillRect(place, ground)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _write_captions(self, painter: QPainter, content: GridContent) -> None:
        for name, place, target in self._label_places:
            label, before = content.labels.get(name), self._labels.get(name)
            if label is before:
                continue
            self._labels[name] = label
            shown = label.figures if isinstance(label, Legend) else label
            if shown != self._written.get(name):
                self._written[name] = shown
                self._wipe(painter, target)
                if label is not None:
                    self._write_caption(painter, place, target, label)

    def _write_caption(self, painter: QPainter, place: Rect, target: QRect, caption: Label) -> None:
        ratio = self.layout.ratio
        painter.save()
        painter.setClipRect(target)
        painter.translate(place.x, place.y)
        painter.scale(ratio, ratio)
        room = QRectF(0, 0, place.width / ratio, place.height / ratio)
        if isinstance(caption, Legend):
            painter.setPen(self.looks.faint)
            paint_legend(painter, room, caption, self.looks.theme, self.looks.legend_type)
        elif isinstance(caption, KindLegend):
            painter.setPen(self.looks.faint)
            painter.setFont(self.looks.fonts[Type.SMALL])
            paint_kinds(painter, room, caption, self.looks.theme)
        else:
            if caption.is_lit:
                painter.fillRect(room, self.looks.lamp)
            self._write(painter, room, caption)
        painter.restore()

    def _write(self, painter: QPainter, room: QRectF, caption: Caption) -> None:
        looks, top = self.looks, 0.0
        mark = self._mark_in(room, caption)
        if mark is not None:
            paint_mark(painter, mark, looks.faint, looks.fonts[Type.SMALL])
        whole = room
        for number, line in enumerate(caption.lines):
            room = whole
            if mark is not None and number == 0:  # its words stop before the question mark
                room = QRectF(0, 0, mark.left() - _MARK_GAP, whole.height())
            widths = [looks.measure(run.text, run.type) for run in line]
            ascent = max((looks.metrics[run.type].ascent() for run in line), default=0.0)
            spare = room.width() - sum(widths)
            x = {Align.LEFT: 0.0, Align.MIDDLE: spare / 2, Align.RIGHT: spare}[caption.align]
            for run, width in zip(line, widths, strict=True):
                painter.setFont(looks.fonts[run.type])
                painter.setPen(looks.faint if run.is_faint else looks.text)
                left = max(x, 0.0)
                text = looks.metrics[run.type].elidedText(
                    run.text, Qt.TextElideMode.ElideRight, room.width() - left + 1
                )
                painter.drawText(QPointF(left, top + ascent), text)
                x += width
            top += max((looks.metrics[run.type].height() for run in line), default=0.0)

    def _mark_in(self, room: QRectF, caption: Caption) -> QRectF | None:
        """The place of a question mark, after the first line or at the end of the room."""
        if caption.guide is None or not caption.lines:
            return None
        line, looks = caption.lines[0], self.looks
        side = mark_side(looks.metrics[Type.SMALL])
        width = sum(looks.measure(run.text, run.type) for run in line)
        height = max(looks.metrics[run.type].height() for run in line)
        left = max(0.0, min(width + _MARK_GAP, room.width() - side))
        return QRectF(left, max(0.0, (height - side) / 2), side, side)

    def guide_mark(self, name: str, content: GridContent) -> QRectF | None:
        """The logical pixels of the question mark of a label; None where it has none."""
        label, place = content.labels.get(name), self.layout.labels.get(name)
        if not isinstance(label, Caption) or place is None:
            return None
        ratio = self.layout.ratio
        room = QRectF(0, 0, place.width / ratio, place.height / ratio)
        mark = self._mark_in(room, label)
        return None if mark is None else mark.translated(place.x / ratio, place.y / ratio)

    def _paint_pictures(self, painter: QPainter, mosaic: Mosaic, content: GridContent) -> None:
        """The pictures of the panels that have changed, each within a line."""
        for placed in self.layout.panels:
            panel = placed.panel
            if panel.colours is Colours.BARE:
                continue
            faint = {number for name, number in content.faint if name == panel.name}
            before, now = self._painted.get(panel.name), (mosaic.revision(panel), faint)
            if before == now:
                continue
            self._painted[panel.name] = now
            has_lines = before is not None and before[1] == faint
            image, sources = mosaic.image(panel), mosaic.sources(panel)
            # One that is scaled would lose whole lines.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, placed.is_scaled)
            for number, (target, around) in enumerate(self._targets[panel.name]):
                is_faint = number in faint
                if is_faint:
                    self._wipe(painter, around)
                    painter.setOpacity(_FAINT)
                if is_faint or not has_lines:
                    # Four thin rectangles would take longer than a filled one.
                    painter.fillRect(around, self.looks.line)
                painter.drawImage(target, image, sources[number])
                if is_faint:
                    painter.setOpacity(1.0)

    def paint_figures(self, painter: QPainter, content: GridContent) -> None:
        """The value of each cell in it, where the cells are large enough."""
        ratio = self.layout.ratio
        painter.save()
        painter.scale(ratio, ratio)
        for placed in self.layout.panels:
            values = content.values.get(placed.panel.name)
            font = None if values is None else self._figure_font(placed, values)
            if values is None or font is None:
                continue
            painter.setFont(font)
            room = placed.cell[0] / ratio
            light = are_light(placed.panel, values, self.looks.theme)
            for cell in placed.panel.cells():
                text = figure_in(placed.panel.colours, values.at(cell))
                if not text or painter.fontMetrics().horizontalAdvance(text) > room:
                    continue
                is_light = light[cell.picture, cell.row, cell.column]
                painter.setPen(QColor(0, 0, 0, 205) if is_light else QColor(255, 255, 255, 225))
                box = placed.box(cell)
                where = QRectF(box.x / ratio, box.y / ratio, box.width / ratio, box.height / ratio)
                painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _figure_font(self, placed: PlacedPanel, values: Values) -> QFont | None:
        """Small type; for counts, which are short, type so much smaller that all of them fit.

        None where the cells are too small for any.
        """
        width, height = (side / self.layout.ratio for side in placed.cell)
        small = self.looks.fonts[Type.SMALL]
        if placed.panel.colours is not Colours.COUNTS:
            metrics = self.looks.metrics[Type.SMALL]
            fits = (
                width >= metrics.horizontalAdvance("−0.00") + 4 and height >= metrics.height() + 2
            )
            return small if fits else None
        longest = figure_in(Colours.COUNTS, float(values.array.max()))
        for share in _TYPE_OF_COUNTS:
            font = QFont(small)
            font.setPointSizeF(small.pointSizeF() * share)
            metrics = QFontMetricsF(font)
            if (
                metrics.horizontalAdvance(longest) + 2 <= width
                and metrics.capHeight() + 3 <= height
            ):
                return font
        return font if metrics.capHeight() + 2 <= height else None

    def paint_strokes(self, painter: QPainter, strokes: tuple[Stroke, ...]) -> None:
        """Lines over pictures; the painter has device pixels."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in strokes:
            placed = self.layout.by_name.get(stroke.panel)
            if placed is not None:
                colour = self.looks.text if stroke.mark is None else self.looks.marks[stroke.mark]
                line = Qt.PenStyle.DotLine if stroke.is_dotted else Qt.PenStyle.SolidLine
                painter.setPen(QPen(colour, max(1.0, stroke.width * self.layout.ratio), line))
                points = [placed.point(stroke.picture, x, y) for x, y in stroke.points]
                painter.drawPolyline([QPointF(x, y) for x, y in points])

    def paint_marks(self, painter: QPainter, marks: tuple[Marked, ...]) -> None:
        """Frames round what is marked; the painter has device pixels."""
        for marked in marks:
            placed = self.layout.by_name.get(marked.cell.panel)
            if placed is not None:
                self._mark(painter, placed, marked)

    def _mark(self, painter: QPainter, placed: PlacedPanel, marked: Marked) -> None:
        two = max(2, round(2 * self.layout.ratio))
        place, colour = marked.place(placed), self.looks.marks[marked.mark]
        if marked.mark is Mark.TIED:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, two, Qt.PenStyle.DotLine))
            painter.drawRect(to_qrect(place.around(two // 2)))
            return
        # Set off by a line of the ground from anything beside it.
        frame(painter, self.looks.ground, two + max(1, two // 2), place)
        frame(painter, colour, two, place)

    def paint_spoken(self, painter: QPainter, cell: Cell, *, whole_picture: bool) -> None:
        """The cell, or the picture, that is pointed at or held."""
        line = max(1, round(self.layout.ratio))
        if whole_picture:
            frame(painter, self.looks.accent, 2 * line, self.layout.picture(cell))
            return
        frame(painter, self.looks.accent, line, self.layout.picture(cell))
        box = self.layout.box(cell)
        least = round(_LEAST_MARK * self.layout.ratio)
        grown = box.around(max(0, (least - min(box.width, box.height)) // 2))
        # A light and a dark line: one of them is seen on any colour.
        frame(painter, QColor("#000000"), 2 * line, grown)
        frame(painter, QColor("#ffffff"), line, grown)


def frame(painter: QPainter, colour: QColor, width: int, place: Rect) -> None:
    """A line of `width` pixels outside of a place."""
    x, y, w, h = place.x - width, place.y - width, place.width, place.height
    painter.fillRect(x, y, w + 2 * width, width, colour)
    painter.fillRect(x, y + h + width, w + 2 * width, width, colour)
    painter.fillRect(x, y + width, width, h, colour)
    painter.fillRect(x + w + width, y + width, width, h, colour)


def to_qrect(place: Rect) -> QRect:
    """The same place for Qt."""
    return QRect(place.x, place.y, place.width, place.height)
