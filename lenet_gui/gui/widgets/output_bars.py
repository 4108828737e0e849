"""The ten outputs as bars with figures, beside F6 and the codes or beside the probabilities."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.reading import Reading
from lenet_gui.gui.widgets.bars_layout import (
    MARGIN,
    CodeBars,
    LogitBars,
    Span,
    bar_sizes,
    bars_maker,
    code_bars,
    codes_panel,
    full_scale,
    logit_bars,
    output_panels,
    row_names,
)
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.guide.places import ANSWER, DISTANCES
from lenet_gui.net.architecture import DIGITS, Variant
from lenet_gui.net.calibration import Calibration, calibration_of
from lenet_gui.net.codes import CODES
from lenet_gui.net.layers import OUTPUT
from lenet_gui.pictures.grid.content import Align, Caption, GridContent, Legend
from lenet_gui.pictures.grid.layers import layer_values
from lenet_gui.pictures.grid.layout import Type
from lenet_gui.pictures.grid.panel import Values
from lenet_gui.text.figures import figure, probability
from lenet_gui.text.units import class_with_number, output_kind

F6_LIMIT = 1.7159
"""Where the Original's squashing ends: the full colour of F6."""

_BAR_HEIGHT = 10.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_BITS = np.array(CODES, np.float32) > 0

_LABELS: dict[Variant, dict[str, Caption | Legend]] = {
    Variant.ORIGINAL: {
        "F6 name": Caption.small("F6"),
        "code name": replace(Caption.small("code"), guide=DISTANCES),
        "distance name": Caption.small("distance", Align.RIGHT),
        "F6 scale": Legend(F6_LIMIT),
        "F6 colours": Legend(None),
        "F6 limit": Caption.small(f"±{figure(F6_LIMIT)}", Align.MIDDLE),
    },
    Variant.MODERN: {
        "logit name": replace(Caption.small("logit"), guide=ANSWER),
        "probability name": Caption.small("probability"),
    },
}
"""Under a narrow F6 its scale is in two lines: colours, and limit."""


@lru_cache(maxsize=32)
def outputs_explained(variant: Variant, calibration: Calibration) -> str:
    """The tooltip of the bars: what the figures are, and when no digit is answered."""
    j, least, temperature = calibration.j, calibration.least_margin, calibration.temperature
    y, z, at_j = (_counts_as(name, temperature) for name in ("−y", "logit", "−j"))
    if variant is Variant.ORIGINAL:
        told = _DISTANCES + (
            _SHARES.format(y=y)
            if j is None
            else _SHARES_WITH_RUBBISH.format(y=y, at_j=at_j, j=f"{j:g}")
        )
    else:
        told = _LOGITS + (
            _SOFTMAX.format(z=z)
            if j is None
            else _SOFTMAX_WITH_RUBBISH.format(z=z, logit=f"{-j + 0.0:g}")
        )
    if temperature != 1:
        told += _TEMPERATURE.format(f"{temperature:g}")
    if least > 0:
        told += f"\nWith a margin below {least:g} it is undecided between the best two."
    return told


def _counts_as(value: str, temperature: float) -> str:
    """What a value is raised to: "e^−y", or "e^(−y/T)" where the temperature is not 1."""
    return f"e^{value}" if temperature == 1 else f"e^({value}/T)"


_DISTANCES = (
    "Distance y of F6 to the code of each digit, the squares of all 84 differences added up "
    "(Eq. 7): smaller is closer, and the smallest wins.\n"
)
_SHARES = "Probabilities: {y} of a digit over the sum of all {y}."
_SHARES_WITH_RUBBISH = (
    "Probabilities follow from Eq. 9: {y} of a digit over {at_j} plus the sum of all {y}; "
    'j = {j} stands for "not a digit": at that distance from the nearest code it is as '
    "likely as the digit, and beyond it the drawing is rejected."
)
_LOGITS = "Logits are the ten outputs: the largest wins.\n"
_SOFTMAX = "Probabilities are their softmax: {z} over the sum of all ten."
_SOFTMAX_WITH_RUBBISH = (
    'Probabilities are their softmax together with an eleventh class, "not a digit", whose '
    "logit is always {logit}: {z} over the sum of all eleven. If none of the ten is above "
    "{logit}, the drawing is rejected."
)
_TEMPERATURE = "\nT = {0} is the temperature, as in the training."


class OutputBars(CellGrid):
    """Ten rows that do not move: the columns are as wide as the widest figures.

    F6 and the codes are pictures of the grid; the outputs are its cells, too, and painted as bars.
    """

    is_seen_through = True

    def __init__(
        self, commands: CellCommands, variant: Variant, parent: QWidget | None = None
    ) -> None:
        self._variant = variant
        self._calibration = calibration_of(variant, {})
        self._reading: Reading | None = None
        self._classes = DIGIT_NAMES
        super().__init__(commands, bars_maker(variant), parent=parent)
        self.setObjectName("output_bars")
        self.setAccessibleName("Outputs")
        self.can_let_go = True
        self._show()

    @property
    def reading(self) -> Reading | None:
        """What the bars show; None where there is nothing to show."""
        return self._reading

    def show_reading(self, reading: Reading | None) -> None:
        """Shows another reading, or none: rows without bars and figures."""
        self._reading = reading
        self._take_variant(self._variant if reading is None else reading.variant)
        self._show()

    def set_variant(self, variant: Variant, calibration: Calibration | None = None) -> None:
        """Shows the rows of `variant`; a reading of another variant is taken away."""
        self._calibration = calibration or calibration_of(variant, {})
        if self._reading is not None and self._reading.variant is not variant:
            self._reading = None
        self._take_variant(variant)
        self._show()

    def set_class_names(self, names: tuple[str, ...]) -> None:
        """What the outputs stand for: where that are no digits, the rows have names, too."""
        if names != self._classes:
            self._classes = names
            self.arrange(bars_maker(self._variant, names))
            self._show()

    def _take_variant(self, variant: Variant) -> None:
        if variant is not self._variant:
            self._variant = variant
            self.arrange(bars_maker(variant, self._classes))

    def _show(self) -> None:
        values: dict[str, Values] = {}
        if self._variant is Variant.ORIGINAL:  # F6, too, where there is no room for it yet
            codes = codes_panel(self._classes)
            values[codes.name] = Values.of(codes, _BITS)
        if self._reading is not None:
            for panel in output_panels(self._variant, self._classes):
                limit = F6_LIMIT if panel.name == "F6" else 1.0
                values[panel.name] = layer_values(panel, panel.name, self._reading, limit)
        self.show_content(GridContent(values, _LABELS[self._variant]))

    def row_at(self, y: float) -> int | None:
        """The digit whose row is at a height, None outside the rows."""
        places = self._places
        row = int((y / self.looks.size - places.top) // places.row_height)
        return row if 0 <= row < DIGITS else None

    def explain(self, position: QPointF) -> str:
        """The tooltip at a place: a unit or bit, or the row's figures, and what they are."""
        cell = self.cell_under(position)
        if cell is not None and cell.panel != OUTPUT:
            return super().explain(position)
        reading, digit = self._reading, self.row_at(position.y())
        calibration = self._calibration if reading is None else reading.calibration
        explained = outputs_explained(self._variant, calibration)
        if reading is None or digit is None:
            return explained
        kind = output_kind(self._variant)
        share = probability(float(reading.probabilities[digit]))
        value = figure(float(reading.output[digit]))
        name = class_with_number(digit, self._classes)
        return f"{name}: {kind} {value}, probability {share}\n{explained}"

    def laid_out(self) -> None:
        """Where digits, bars and figures are, worked out once for all readings."""
        self._places = places = self._spans()
        self._row_names = row_names(self.room, self._classes)
        tops = [places.top + digit * places.row_height for digit in range(DIGITS)]
        self._rows = {
            name: [QRectF(span.x, top, span.width, places.row_height) for top in tops]
            for name, span in vars(places).items()
            if isinstance(span, Span)
        }

    def _spans(self) -> CodeBars | LogitBars:
        room = self.room
        sizes = bar_sizes(room, self._classes)
        if self._variant is Variant.ORIGINAL:
            return code_bars(room.width, room.height, room.ratio, sizes)
        return logit_bars(room.width, room.height, sizes)

    def paint_under(self, painter: QPainter) -> None:
        places, reading = self._places, self._reading
        if isinstance(places, LogitBars):
            middle = places.logit.x + places.logit.width / 2
            zero = QRectF(middle, places.top, 1, DIGITS * places.row_height)
            painter.fillRect(zero, self.looks.between(0.3))
        if reading is not None:  # a tinted ground from end to end
            row, left = self._rows["digit"][reading.answer], places.digit.x - 4
            right = self.room.width + 4 - MARGIN
            tinted = QRectF(left, row.y(), right - left, row.height())
            painter.fillRect(tinted, self.looks.tint)
        others = [digit for digit in range(DIGITS) if reading is None or digit != reading.answer]
        self._paint_rows(painter, others, wins=False)
        if reading is not None:
            self._paint_rows(painter, [reading.answer], wins=True)

    def _paint_rows(self, painter: QPainter, digits: list[int], *, wins: bool) -> None:
        """The rows of digits that look alike: what wins is bold and in other colours."""
        looks, places, rows, reading = self.looks, self._places, self._rows, self._reading
        painter.setFont(looks.fonts[Type.BOLD if wins else Type.SMALL])
        painter.setPen(looks.text if wins else looks.between(0.75))
        for digit in digits:
            painter.drawText(rows["digit"][digit], _LEFT, self._row_names[digit])
        if reading is None:
            return
        if isinstance(places, CodeBars):
            self._paint_distances(painter, places, digits, reading, wins)
        else:
            self._paint_logits(painter, places, digits, reading, wins)

    def _paint_distances(
        self, painter: QPainter, places: CodeBars, digits: list[int], reading: Reading, wins: bool
    ) -> None:
        full = full_scale(float(reading.output.max()))
        bars, figures = self._rows["bar"], self._rows["figure"]
        for digit in digits:
            value = float(reading.output[digit])
            self._bar(painter, places.bar, bars[digit], (0.0, value / full), wins)
            painter.drawText(figures[digit], _RIGHT, figure(value))
        if wins:
            self._mark(painter, figures[digits[0]])

    def _paint_logits(
        self, painter: QPainter, places: LogitBars, digits: list[int], reading: Reading, wins: bool
    ) -> None:
        full, rows = full_scale(float(np.abs(reading.output).max())), self._rows
        for digit in digits:
            value, share = float(reading.output[digit]), float(reading.probabilities[digit])
            half = value / full / 2
            logit = (0.5 + min(half, 0.0), 0.5 + max(half, 0.0))
            self._bar(painter, places.logit, rows["logit"][digit], logit, wins)
            painter.drawText(rows["logit_figure"][digit], _RIGHT, figure(value))
            if places.share is not None:
                if places.share.width:
                    self._bar(painter, places.share, rows["share"][digit], (0.0, share), wins)
                painter.drawText(rows["share_figure"][digit], _RIGHT, probability(share))
        if wins:
            self._mark(painter, rows["logit_figure"][digits[0]])

    def _bar(
        self, painter: QPainter, span: Span, row: QRectF, ends: tuple[float, float], wins: bool
    ) -> None:
        """A bar between two shares of the span; at least a pixel, so that nothing is missing."""
        height = min(_BAR_HEIGHT, row.height() - 4)
        low, high = (span.x + min(max(end, 0.0), 1.0) * span.width for end in ends)
        bar = QRectF(low, row.center().y() - height / 2, max(1.0, high - low), height)
        painter.fillRect(bar, self.looks.accent if wins else self.looks.between(0.42))

    def _mark(self, painter: QPainter, place: QRectF) -> None:
        """The winner's mark, before its figure."""
        size = self.looks.metrics[Type.BOLD].ascent() * 0.6
        left, middle = place.x() + 3, place.center().y()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.looks.accent)
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(left, middle),
                    QPointF(left + size, middle - size * 0.6),
                    QPointF(left + size, middle + size * 0.6),
                ]
            )
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
