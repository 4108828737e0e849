"""The ten outputs as bars with figures, beside F6 and the codes or beside the probabilities."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPalette,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from lenet_gui.explore.reading import Reading
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.widgets.bars_layout import (
    MARGIN,
    BarSizes,
    Span,
    code_bars,
    full_scale,
    logit_bars,
)
from lenet_gui.gui.widgets.colour_legend import paint_legend
from lenet_gui.net.architecture import DIGITS, Variant
from lenet_gui.net.calibration import Calibration, calibration_of
from lenet_gui.net.codes import CODE_HEIGHT, CODE_WIDTH, CODES
from lenet_gui.net.layers import GEOMETRY
from lenet_gui.pictures.colours import COLOURS, colour_indices, diverging_lut
from lenet_gui.text.figures import figure, probability
from lenet_gui.text.units import output_kind

F6_LIMIT = 1.7159
"""F6 and the codes share one scale, up to where the Original's squashing ends."""

_BAR_HEIGHT = 10.0
_CODES = np.array(CODES, np.float32)


def outputs_explained(variant: Variant, calibration: Calibration) -> str:
    """The tooltip of the bars: what the figures are, and when no digit is answered."""
    j, least = calibration.j, calibration.least_margin
    if variant is Variant.ORIGINAL:
        told = _DISTANCES if j is None else _DISTANCES_WITH_RUBBISH.format(f"{j:g}")
    else:
        told = _LOGITS if j is None else _LOGITS_WITH_RUBBISH.format(f"{-j + 0.0:g}")
    if calibration.temperature != 1:
        told += _TEMPERATURE.format(f"{calibration.temperature:g}")
    if least > 0:
        told += f"\nWith a margin below {least:g} it is undecided between the best two."
    return told


_DISTANCES = (
    "Distance of F6 to the code of each digit, the squares of all 84 differences added up "
    "(Eq. 7): smaller is closer, and the smallest wins.\n"
    "Probabilities: e^−y of a digit over the sum of all e^−y."
)
_DISTANCES_WITH_RUBBISH = (
    "Distance of F6 to the code of each digit, the squares of all 84 differences added up "
    "(Eq. 7): smaller is closer, and the smallest wins.\n"
    "Probabilities follow from Eq. 9: e^−y of a digit over e^−j plus the sum of all e^−y; "
    'j = {0} stands for "not a digit": at that distance from the nearest code it is as '
    "likely as the digit, and beyond it no digit is answered."
)
_TEMPERATURE = "\nFor the probabilities, y and j are divided by {0}, as in the training."
_LOGITS = (
    "Logits are the ten outputs: the largest wins.\n"
    "Probabilities are their softmax: e^logit over the sum of all ten."
)
_LOGITS_WITH_RUBBISH = (
    "Logits are the ten outputs: the largest wins.\n"
    'Probabilities are their softmax together with an eleventh class, "not a digit", whose '
    "logit is always {0}: where none of the ten is above it, no digit is answered."
)


class OutputBars(QWidget):
    """Ten rows that do not move: the columns are as wide as the widest figures."""

    def __init__(self, variant: Variant, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("output_bars")
        self.setAccessibleName("Outputs")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._variant = variant
        self._calibration = calibration_of(variant, {})
        self._reading: Reading | None = None
        self._take_looks()

    def _take_looks(self) -> None:
        self._small: QFont = theme.small_font()
        self._bold: QFont = theme.small_font()
        self._bold.setWeight(QFont.Weight.Bold)
        self._metrics = QFontMetricsF(self._bold, self)
        wide = self._metrics.horizontalAdvance
        marker = self._metrics.height()
        self._sizes = BarSizes(
            self._metrics.height(),
            wide("0") + 2,
            marker + max(wide("888.88"), wide("−88.88"), wide("distance") - marker),
            max(wide(">88.8 %"), wide("probability") - theme.UNIT) + 4,
        )
        self._theme = theme.theme_of(self)
        self._code_pictures: dict[tuple[int, bool], QImage] = {}

    @property
    def reading(self) -> Reading | None:
        """What the bars show; None where there is nothing to show."""
        return self._reading

    def show_reading(self, reading: Reading | None) -> None:
        """Shows another reading, or none: rows without bars and figures."""
        self._reading = reading
        if reading is not None:
            self._variant = reading.variant
        self.update()

    def set_variant(self, variant: Variant, calibration: Calibration | None = None) -> None:
        """Shows the rows of `variant`; a reading of another variant is taken away."""
        self._calibration = calibration or calibration_of(variant, {})
        if self._reading is not None and self._reading.variant is not variant:
            self._reading = None
        self._variant = variant
        self.update()

    def minimumSizeHint(self) -> QSize:
        rows = max(self._sizes.line + 4, 16.0)
        return QSize(224, round(self._sizes.line + 12 + 10 * rows))

    def sizeHint(self) -> QSize:
        return QSize(250, 400)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._take_looks()
            self.updateGeometry()
            self.update()

    def row_at(self, y: float) -> int | None:
        """The digit whose row lies at a height, None beside the rows."""
        top, height = self._rows()
        row = int((y - top) // height)
        return row if 0 <= row < DIGITS else None

    def _rows(self) -> tuple[float, float]:
        if self._variant is Variant.ORIGINAL:
            codes = code_bars(self.width(), self.height(), self.devicePixelRatioF(), self._sizes)
            return codes.top, codes.row_height
        logits = logit_bars(self.width(), self.height(), self._sizes)
        return logits.top, logits.row_height

    def explain(self, y: float) -> str:
        """The tooltip at a height: the row's figures, and what they are."""
        reading, digit = self._reading, self.row_at(y)
        calibration = self._calibration if reading is None else reading.calibration
        told = outputs_explained(self._variant, calibration)
        if reading is None or digit is None:
            return told
        kind = output_kind(self._variant)
        share = probability(float(reading.probabilities[digit]))
        value = figure(float(reading.output[digit]))
        return f"{digit}: {kind} {value}, probability {share}\n{told}"

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.explain(event.pos().y()), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self._variant is Variant.ORIGINAL:
            self._paint_codes(painter)
        else:
            self._paint_logits(painter)

    # The Original

    def _paint_codes(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        places = code_bars(self.width(), self.height(), ratio, self._sizes)
        reading = self._reading
        self._caption(painter, places.f6, "F6")
        self._caption(painter, Span(places.code.x, places.bar.width), "code")
        self._caption(painter, places.figure, "distance", Qt.AlignmentFlag.AlignRight)
        f6 = (
            reading.activations["F6"]
            if reading is not None
            else np.zeros(GEOMETRY["F6"].units, np.float32)
        )
        corner = QPointF(places.f6.x, places.top)
        self._picture(painter, corner, places.f6_factor, f6)
        bottom = places.top + CODE_HEIGHT * places.f6_factor / ratio
        self._legend(painter, QRectF(MARGIN, bottom + 6, places.f6.width, 0))
        full = full_scale(float(reading.output.max())) if reading is not None else 1.0
        code_height = CODE_HEIGHT * places.code_factor / ratio
        for digit in range(DIGITS):
            top = places.top + digit * places.row_height
            row = QRectF(0, top, self.width(), places.row_height)
            wins = reading is not None and digit == reading.answer
            self._digit(painter, places.digit, row, digit, wins)
            corner = QPointF(places.code.x, top + (places.row_height - code_height) / 2)
            self._code(painter, corner, places.code_factor, digit, wins)
            if reading is not None:
                value = float(reading.output[digit])
                self._bar(painter, places.bar, row, (0.0, value / full), wins)
                self._figure(painter, places.figure, row, figure(value), wins)

    def _legend(self, painter: QPainter, under: QRectF) -> None:
        """F6's scale of colours, in two lines where it is narrow."""
        line = self._metrics.height()
        painter.setFont(self._small)
        painter.setPen(theme.faint(self))
        if under.width() >= 110:
            under.setHeight(line)
            paint_legend(painter, under, F6_LIMIT, self._theme)
            return
        under.setHeight(8)
        paint_legend(painter, under, None, self._theme)
        told = QRectF(under.x(), under.bottom() + 2, under.width(), line)
        painter.drawText(told, Qt.AlignmentFlag.AlignCenter, f"±{figure(F6_LIMIT)}")

    def _picture(
        self, painter: QPainter, corner: QPointF, factor: int, units: npt.NDArray[np.float32]
    ) -> None:
        """84 units as a 7x12 picture in colours."""
        indices = colour_indices(units.reshape(CODE_HEIGHT, CODE_WIDTH), F6_LIMIT)
        if not units.any():
            indices = np.full_like(indices, COLOURS // 2)
        self._enlarged(
            painter, corner, factor, to_qimage_indexed(indices, diverging_lut(self._theme))
        )

    def _enlarged(self, painter: QPainter, corner: QPointF, factor: int, image: QImage) -> None:
        """A 7x12 picture in a thin line; each unit takes `factor` device pixels."""
        ratio = self.devicePixelRatioF()
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        left, top = round(corner.x() * ratio), round(corner.y() * ratio)
        target = QRect(left, top, CODE_WIDTH * factor, CODE_HEIGHT * factor)
        painter.fillRect(target.adjusted(-1, -1, 1, 1), self._between(0.24))
        painter.drawImage(target, image.convertToFormat(QImage.Format.Format_RGB32))
        painter.restore()

    def _code(
        self, painter: QPainter, corner: QPointF, factor: int, digit: int, wins: bool
    ) -> None:
        """A code as the paper prints it: +1 in ink, -1 empty."""
        if (digit, wins) not in self._code_pictures:
            ink = self._between(1.0 if wins else 0.72)
            colours = (self._between(0.05), ink)
            table = np.array([(c.red(), c.green(), c.blue()) for c in colours], np.uint8)
            bits = (_CODES[digit] > 0).astype(np.uint8).reshape(CODE_HEIGHT, CODE_WIDTH)
            picture = to_qimage_indexed(bits, table).convertToFormat(QImage.Format.Format_RGB32)
            self._code_pictures[digit, wins] = picture
        self._enlarged(painter, corner, factor, self._code_pictures[digit, wins])

    # The Modern

    def _paint_logits(self, painter: QPainter) -> None:
        places = logit_bars(self.width(), self.height(), self._sizes)
        reading = self._reading
        self._caption(painter, places.logit, "logit")
        self._caption(painter, places.share, "probability")
        full = full_scale(float(np.abs(reading.output).max())) if reading is not None else 1.0
        middle = places.logit.x + places.logit.width / 2
        painter.fillRect(
            QRectF(middle, places.top, 1, DIGITS * places.row_height), self._between(0.3)
        )
        for digit in range(DIGITS):
            top = places.top + digit * places.row_height
            row = QRectF(0, top, self.width(), places.row_height)
            wins = reading is not None and digit == reading.answer
            self._digit(painter, places.digit, row, digit, wins)
            if reading is None:
                continue
            value, share = float(reading.output[digit]), float(reading.probabilities[digit])
            half = value / full / 2
            logit = (0.5 + min(half, 0.0), 0.5 + max(half, 0.0))
            self._bar(painter, places.logit, row, logit, wins)
            self._figure(painter, places.logit_figure, row, figure(value), wins)
            self._bar(painter, places.share, row, (0.0, share), wins)
            self._text(painter, places.share_figure, row, probability(share), wins)

    # Parts of a row

    def _between(self, share: float) -> QColor:
        """A colour between the ground's and the text's."""
        ground = self.palette().color(QPalette.ColorRole.Window)
        text = self.palette().color(QPalette.ColorRole.WindowText)
        return theme.between(ground, text, share)

    def _caption(
        self,
        painter: QPainter,
        span: Span,
        words: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setFont(self._small)
        painter.setPen(theme.faint(self))
        width = max(span.width, self._metrics.horizontalAdvance(words))
        painter.drawText(QRectF(span.x, 0, width, self._sizes.line), side, words)

    def _digit(self, painter: QPainter, span: Span, row: QRectF, digit: int, wins: bool) -> None:
        if wins:  # a tinted ground from end to end
            ground = self.palette().color(QPalette.ColorRole.Window)
            tint = theme.between(ground, theme.accent(self), 0.16)
            painter.fillRect(row.adjusted(span.x - 4, 0, 4 - MARGIN, 0), tint)
        self._text(painter, span, row, str(digit), wins, Qt.AlignmentFlag.AlignLeft)

    def _bar(
        self,
        painter: QPainter,
        span: Span,
        row: QRectF,
        ends: tuple[float, float],
        wins: bool,
    ) -> None:
        """A bar between two shares of the span; at least a pixel, so that nothing is missing."""
        height = min(_BAR_HEIGHT, row.height() - 4)
        low, high = (span.x + min(max(end, 0.0), 1.0) * span.width for end in ends)
        bar = QRectF(low, row.center().y() - height / 2, max(1.0, high - low), height)
        painter.fillRect(bar, theme.accent(self) if wins else self._between(0.42))

    def _figure(self, painter: QPainter, span: Span, row: QRectF, words: str, wins: bool) -> None:
        """A figure at the right end of its span; the winner's has a mark before it."""
        self._text(painter, span, row, words, wins)
        if wins:
            size = self._metrics.ascent() * 0.6
            left, middle = span.x + 3, row.center().y()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent(self))
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

    def _text(
        self,
        painter: QPainter,
        span: Span,
        row: QRectF,
        words: str,
        wins: bool,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight,
    ) -> None:
        painter.setFont(self._bold if wins else self._small)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        painter.setPen(ink if wins else self._between(0.75))
        place = QRectF(span.x, row.y(), span.width, row.height())
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, words)
