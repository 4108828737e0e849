"""Paints the network view: labels, maps, legends, and the marks of selection and pointer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from lenet_gui.explore.reading import Reading
from lenet_gui.gui.core import theme
from lenet_gui.gui.views.maps.layout_choice import TextSizes
from lenet_gui.gui.views.maps.text import (
    HINT_CLICK,
    HINT_EMPTY,
    HINT_READ,
    SCALE_EXPLAINED,
    layer_texts,
    tied_maps,
    totals,
    unit_text,
)
from lenet_gui.gui.widgets.colour_legend import paint_legend
from lenet_gui.gui.widgets.layer_pictures import LayerPictures
from lenet_gui.gui.widgets.places import LayerRow, NetworkLayout, Rect
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import GEOMETRY, INPUT, OUTPUT, Unit, place_of
from lenet_gui.pictures.colours import Scale, Theme

_LINE_GAP = 2


@dataclass
class Shown:
    """What the view shows at the moment."""

    variant: Variant
    scale: Scale
    reading: Reading | None = None
    selected: tuple[str, int] | None = None
    pointed: Unit | None = None
    focused: bool = False


class Looks:
    """Fonts, their sizes, and colours, as the widget has them now."""

    def __init__(self, widget: QWidget) -> None:
        self.theme: Theme = theme.theme_of(widget)
        self.ground: QColor = widget.palette().color(QPalette.ColorRole.Window)
        self.text: QColor = widget.palette().color(QPalette.ColorRole.WindowText)
        self.faint: QColor = theme.faint(widget)
        self.accent: QColor = theme.accent(widget)
        self.line: QColor = theme.between(self.ground, self.text, 0.24)
        self.title: QFont = theme.title_font()
        self.small: QFont = theme.small_font()
        self.bold: QFont = theme.small_font()
        self.bold.setWeight(QFont.Weight.Bold)
        self.title_metrics = QFontMetricsF(self.title, widget)
        self.small_metrics = QFontMetricsF(self.small, widget)

    def sizes(self) -> TextSizes:
        """The room that the words of both variants need, so that a switch moves nothing."""
        wide, note = 0.0, 0.0
        for variant in Variant:
            for words in layer_texts(variant).values():
                name = self.title_metrics.horizontalAdvance(words.name + " ")
                size = self.small_metrics.horizontalAdvance(words.size)
                wide = max(wide, name + size)
                wide = max(wide, self.small_metrics.horizontalAdvance(words.parameters))
            note = max(note, self.small_metrics.horizontalAdvance(totals(variant)))
        line = self.small_metrics.height() + _LINE_GAP
        return TextSizes(
            wide + 8,
            self.title_metrics.height() + 2 * line,
            note,
            self.small_metrics.horizontalAdvance("0"),
            self.small_metrics.height(),
        )


def paint_network(
    painter: QPainter,
    layout: NetworkLayout,
    pictures: LayerPictures,
    looks: Looks,
    shown: Shown,
) -> None:
    """Paints everything; the painter has the widget's logical coordinates."""
    words = layer_texts(shown.variant)
    for row in layout.rows:
        told = words[row.layer]
        label = _logical(row.label, layout.ratio)
        _paint_label(painter, looks, label, (told.name, told.size, told.parameters))
        _paint_row_legend(painter, looks, label, _row_limit(pictures, shown, row.layer))
    _paint_note(painter, layout, pictures, looks, shown)
    _paint_digits(painter, layout, looks, shown.reading)

    painter.save()
    painter.scale(1 / layout.ratio, 1 / layout.ratio)
    for row in layout.rows:
        for index, place in enumerate(row.pictures):
            target = _rect(place)
            # A line round the picture; four thin rectangles would take longer than a filled one.
            painter.fillRect(target.adjusted(-1, -1, 1, 1), looks.line)
            painter.drawImage(target, pictures.image, pictures.source(row.layer, index))
    _paint_marks(painter, layout, looks, shown)
    painter.restore()


def _rect(place: Rect) -> QRect:
    return QRect(place.x, place.y, place.width, place.height)


def _logical(place: Rect, ratio: float) -> QRectF:
    return QRectF(place.x / ratio, place.y / ratio, place.width / ratio, place.height / ratio)


def _frame(painter: QPainter, colour: QColor, width: int, places: Iterable[Rect]) -> None:
    """A line of `width` device pixels outside of each rectangle."""
    for place in places:
        x, y, w, h = place.x - width, place.y - width, place.width, place.height
        painter.fillRect(x, y, w + 2 * width, width, colour)
        painter.fillRect(x, y + h + width, w + 2 * width, width, colour)
        painter.fillRect(x, y + width, width, h, colour)
        painter.fillRect(x + w + width, y + width, width, h, colour)


def _paint_label(
    painter: QPainter, looks: Looks, place: QRectF, words: tuple[str, str, str]
) -> None:
    name, size, parameters = words
    baseline = place.y() + looks.title_metrics.ascent()
    painter.setPen(looks.text)
    painter.setFont(looks.title)
    painter.drawText(QPointF(place.x(), baseline), name)
    advance = looks.title_metrics.horizontalAdvance(name + " ")
    painter.setPen(looks.faint)
    painter.setFont(looks.small)
    painter.drawText(QPointF(place.x() + advance, baseline), size)
    baseline = place.y() + looks.title_metrics.height() + looks.small_metrics.ascent()
    painter.drawText(QPointF(place.x(), baseline), parameters)


_NO_LEGEND = -1.0


def _row_limit(pictures: LayerPictures, shown: Shown, layer: str) -> float | None:
    """The figure of a row's legend; None for one without figures, negative for no legend."""
    if shown.scale is Scale.GLOBAL and layer != OUTPUT:
        return _NO_LEGEND
    if shown.reading is None:
        return None
    if shown.scale is Scale.PER_MAP and GEOMETRY[layer].pictures > 1:
        return None
    return pictures.limit(layer, 0)


def _paint_row_legend(painter: QPainter, looks: Looks, place: QRectF, limit: float | None) -> None:
    if limit == _NO_LEGEND:
        return
    line = looks.small_metrics.height()
    legend = QRectF(place.x(), place.bottom() - line, place.width() - 8, line)
    painter.setPen(looks.faint)
    painter.setFont(looks.small)
    paint_legend(painter, legend, limit, looks.theme)


def _paint_note(
    painter: QPainter,
    layout: NetworkLayout,
    pictures: LayerPictures,
    looks: Looks,
    shown: Shown,
) -> None:
    """To the right of the input: the unit under the pointer, or what the network is."""
    place = _logical(layout.note, layout.ratio)
    line = looks.small_metrics.height() + _LINE_GAP
    if shown.scale is Scale.GLOBAL:
        legend = QRectF(place.x(), place.bottom() - line, min(place.width(), 240.0), line)
        limit = pictures.limit(INPUT, 0) if shown.reading is not None else None
        painter.setPen(looks.faint)
        painter.setFont(looks.small)
        paint_legend(painter, legend, limit, looks.theme)
        place.setHeight(place.height() - line)
    top = place.y()
    for text, heading in _note_lines(pictures, shown):
        metrics = looks.title_metrics if heading else looks.small_metrics
        painter.setPen(looks.text if heading else looks.faint)
        painter.setFont(looks.title if heading else looks.small)
        parts = _wrapped(text, place.width(), metrics)
        if top + len(parts) * metrics.height() > place.bottom() + 1:
            return
        for part in parts:
            painter.drawText(QPointF(place.x(), top + metrics.ascent()), part)
            top += metrics.height()
        top += _LINE_GAP


def _wrapped(text: str, width: float, metrics: QFontMetricsF) -> list[str]:
    """The text in lines that are not wider than `width`, broken between words."""
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and metrics.horizontalAdvance(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _note_lines(pictures: LayerPictures, shown: Shown) -> Sequence[tuple[str, bool]]:
    """The lines of the note; True for those that matter most."""
    unit = shown.pointed
    if unit is not None:
        limit = pictures.limit(*_picture_of(unit))
        words = unit_text(shown.reading, shown.variant, unit, limit)
        return ((words.where, True), (words.value, True), (words.remark, False))
    title = (shown.variant.capitalize(), True)
    if shown.reading is None:
        return (title, (totals(shown.variant), False), (HINT_EMPTY, True))
    return (
        title,
        (totals(shown.variant), False),
        (SCALE_EXPLAINED[shown.scale], False),
        (f"{HINT_READ} {HINT_CLICK}", False),
    )


def _paint_digits(
    painter: QPainter, layout: NetworkLayout, looks: Looks, reading: Reading | None
) -> None:
    for digit, caption in enumerate(layout.digits):
        wins = reading is not None and digit == reading.answer
        painter.setPen(looks.text if wins else looks.faint)
        painter.setFont(looks.bold if wins else looks.small)
        painter.drawText(_logical(caption, layout.ratio), Qt.AlignmentFlag.AlignCenter, str(digit))


def _paint_marks(painter: QPainter, layout: NetworkLayout, looks: Looks, shown: Shown) -> None:
    """Frames: the winning output, maps tied by Table I, the pointed unit, the selected map."""
    two = max(2, round(2 * layout.ratio))
    if shown.reading is not None:
        winner = Unit(OUTPUT, shown.reading.answer)
        _frame(painter, looks.text, two, [layout.cell(winner)])
    about = shown.selected if shown.pointed is None else _picture_of(shown.pointed)
    if about is not None:
        other, maps = tied_maps(shown.variant, *about)
        if maps:
            row: LayerRow = layout.by_layer[other]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(looks.accent, two, Qt.PenStyle.DotLine))
            for index in maps:
                grown = _rect(row.pictures[index]).adjusted(
                    -two // 2, -two // 2, two // 2, two // 2
                )
                painter.drawRect(grown)
    if shown.pointed is not None:
        _frame(painter, looks.text, max(1, two // 2), [layout.cell(shown.pointed)])
    if shown.selected is not None:
        layer, index = shown.selected
        place = layout.by_layer[layer].pictures[index]
        _frame(painter, looks.accent, two if shown.focused else max(1, two // 2), [place])


def _picture_of(unit: Unit) -> tuple[str, int]:
    return unit.layer, place_of(unit).picture
