"""Draws the step sizes of a pass: a row of bars for each layer over one logarithmic axis."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from lenet_gui.gui.core.theme import (
    BLUE,
    GREEN,
    ORANGE,
    PURPLE,
    SKY,
    UNIT,
    VERMILION,
    small_font,
)
from lenet_gui.text.figures import two_digits
from lenet_gui.training.step_size_histogram import PAPER_FIRST_PASS, StepSizeHistogram

COLOURS = {"C1": BLUE, "S2": SKY, "C3": GREEN, "S4": ORANGE, "C5": VERMILION, "F6": PURPLE}
"""Each row is named at its beginning too: nothing is told by colour alone."""

Bin = tuple[str, int]
"""A layer and the number of its bin."""


@dataclass(frozen=True)
class Inks:
    """The colours of a theme."""

    text: QColor
    faint: QColor
    accent: QColor
    ground: QColor


def span_of(passes: Sequence[StepSizeHistogram]) -> tuple[float, float]:
    """The axis, in powers of ten, on which all passes, the paper's range and the ceilings lie."""
    least = min([PAPER_FIRST_PASS[0], *(float(one.edges[0]) for one in passes)])
    most = [PAPER_FIRST_PASS[1], *(max(float(one.edges[-1]), one.ceiling) for one in passes)]
    low, high = math.log10(least), math.log10(max(most))
    return low - 0.04 * (high - low), high + 0.04 * (high - low)


@dataclass(frozen=True)
class StepSizeDrawing:
    """A pass laid out in a box: rows above each other, each as high as its fullest bin.

    `span` is the axis, in powers of ten.
    """

    shown: StepSizeHistogram
    span: tuple[float, float]
    box: QRectF

    @cached_property
    def field(self) -> QRectF:
        """Where the bars lie: what names, head and axis leave."""
        metrics = QFontMetrics(small_font())
        name = max(metrics.horizontalAdvance(f"{layer}  {n:,}") for layer, n in self._names())
        line = metrics.height()
        return self.box.adjusted(name + UNIT, 2 * line + 2, -UNIT / 2, -line - 4)

    def place_of(self, size: float) -> float:
        """Where on the axis a step size lies, in pixels."""
        low, high = self.span
        return self.field.left() + (math.log10(size) - low) / (high - low) * self.field.width()

    def row_of(self, layer: str) -> QRectF:
        """The row of a layer."""
        height = self.field.height() / len(self.shown.counts)
        top = self.field.top() + list(self.shown.counts).index(layer) * height
        return QRectF(self.field.left(), top, self.field.width(), height)

    def bar_of(self, at: Bin) -> QRectF:
        """The bar of a bin; a bin that is not empty is two pixels high at least."""
        layer, place = at
        row, counts = self.row_of(layer), self.shown.counts[layer]
        left, right = (self.place_of(float(edge)) for edge in self.shown.edges[place : place + 2])
        room = row.height() - 3
        share = counts[place] / max(1, *counts)
        high = max(2.0, room * share) if counts[place] else 0.0
        return QRectF(left, row.bottom() - high, max(1.0, right - left - 1), high)

    def bin_at(self, place: QPointF) -> Bin | None:
        """The bin at a place, however low its bar."""
        for layer, counts in self.shown.counts.items():
            row = self.row_of(layer)
            if not row.contains(place):
                continue
            for number in range(len(counts)):
                bar = self.bar_of((layer, number))
                if bar.left() <= place.x() < bar.right() + 1:
                    return layer, number
        return None

    def paint(self, painter: QPainter, inks: Inks, at: Bin | None = None) -> None:
        """Paints everything; the bin `at` is framed."""
        painter.setFont(small_font())
        painter.fillRect(self.field, inks.ground)
        self._paint_paper(painter, inks)
        self._paint_axis(painter, inks)
        for layer, counts in self.shown.counts.items():
            row = self.row_of(layer)
            room = row.left() - self.box.left() - UNIT
            name = QRectF(self.box.left(), row.top(), room, row.height())
            painter.setPen(inks.text)
            painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, layer)
            painter.setPen(inks.faint)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(name, flags, f"{sum(counts):,}")
            for place in range(len(counts)):
                painter.fillRect(self.bar_of((layer, place)), COLOURS.get(layer, BLUE))
            painter.setPen(QPen(inks.faint, 1))
            painter.drawLine(row.bottomLeft(), row.bottomRight())
        self._paint_ceiling(painter, inks)
        if at is not None and at[1] < len(self.shown.counts.get(at[0], ())):
            row, bar = self.row_of(at[0]), self.bar_of(at)
            painter.setPen(QPen(inks.text, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(bar.left(), row.top() + 1, bar.width(), row.height() - 1))

    def _paint_paper(self, painter: QPainter, inks: Inks) -> None:
        """The paper's range as a band, named above."""
        left, right = (self.place_of(size) for size in PAPER_FIRST_PASS)
        band = QColor(inks.accent)
        band.setAlpha(40)
        painter.fillRect(QRectF(left, self.field.top(), right - left, self.field.height()), band)
        painter.setPen(QPen(inks.accent, 1))
        for place in (left, right):
            painter.drawLine(QPointF(place, self.field.top()), QPointF(place, self.field.bottom()))
        low, high = (two_digits(size) for size in PAPER_FIRST_PASS)
        head = f"the paper's first pass: {low} to {high}", f"paper: {low} to {high}", "paper"
        self._write_above(painter, head, (left + right) / 2, line=1)

    def _paint_ceiling(self, painter: QPainter, inks: Inks) -> None:
        place = self.place_of(self.shown.ceiling)
        painter.setPen(QPen(inks.text, 2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(place, self.field.top()), QPointF(place, self.field.bottom()))
        ceiling = two_digits(self.shown.ceiling)
        head = f"ceiling eta/mu = {ceiling}", f"eta/mu = {ceiling}", "eta/mu"
        painter.setPen(inks.text)
        self._write_above(painter, head, place, line=0)

    def _write_above(
        self, painter: QPainter, words: Sequence[str], middle: float, line: int
    ) -> None:
        """Writes the longest of the words that fits over the field, as near to `middle` as can."""
        metrics = QFontMetrics(small_font())
        room = self.box.right() - self.field.left()
        text = next((one for one in words if metrics.horizontalAdvance(one) <= room), words[-1])
        width = metrics.horizontalAdvance(text)
        left = min(max(self.field.left(), middle - width / 2), self.box.right() - width)
        base = self.box.top() + line * metrics.height() + metrics.ascent()
        painter.drawText(QPointF(left, base), text)

    def _paint_axis(self, painter: QPainter, inks: Inks) -> None:
        """A line and a figure at each power of ten, short ones at 2 and 5 times of it."""
        metrics = QFontMetrics(small_font())
        low, high = self.span
        free = self.box.left()
        painter.setPen(QPen(inks.faint, 1))
        for decade in range(math.floor(low), math.ceil(high) + 1):
            for step in (1, 2, 5):
                size = step * 10.0**decade
                if not low <= math.log10(size) <= high:
                    continue
                place, bottom = self.place_of(size), self.field.bottom()
                painter.drawLine(QPointF(place, bottom), QPointF(place, bottom + 4 - (step > 1)))
                text = two_digits(size)
                width = metrics.horizontalAdvance(text)
                left = min(place - width / 2, self.box.right() - width)
                if step == 1 and left >= free:
                    painter.drawText(QPointF(left, bottom + 4 + metrics.ascent()), text)
                    free = left + width + UNIT

    def _names(self) -> list[tuple[str, int]]:
        """Each layer with the number of its weights."""
        return [(layer, sum(counts)) for layer, counts in self.shown.counts.items()]
