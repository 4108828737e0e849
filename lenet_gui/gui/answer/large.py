"""The answer for the last row of a class: digit or class as large as possible, words below."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.gui.answer.view import NOTHING_DRAWN
from lenet_gui.gui.core import theme
from lenet_gui.text.answers import beside_answer, no_single_digit

_GAP = 6
_LINES = 4
_LEAST_DIGIT = 40
"""Logical pixels, of a capital's height."""

_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class LargeAnswer(QWidget):
    """Shows a reading; if there is no answer, why not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("large_answer")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._reading: Reading | None = None
        self._nothing = NOTHING_DRAWN
        self.setAccessibleName(NOTHING_DRAWN)

    @property
    def reading(self) -> Reading | None:
        """What is shown."""
        return self._reading

    def show_reading(self, reading: Reading | None, digits: int = 1) -> None:
        """Shows another answer; without one, that there are so many digits, or nothing is drawn."""
        self._reading = reading
        self._nothing = no_single_digit(digits) or NOTHING_DRAWN
        name = self._nothing if reading is None else verdict_of(reading).headline
        if name != self.accessibleName():
            self.setAccessibleName(name)
        self.update()

    def minimumSizeHint(self) -> QSize:
        line = QFontMetricsF(theme.text_font(self)).height()
        return QSize(100, round(_LEAST_DIGIT + 2 * _GAP + _LINES * line))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink, reading = self.palette().windowText().color(), self._reading
        if reading is None:
            self._write(painter, 0, ((self._nothing, theme.title_font(self), ink),))
            return
        verdict = verdict_of(reading)
        faint, text = theme.faint(self), theme.text_font(self)
        if verdict.abstains:
            headline = theme.title_font(self)
            headline.setPointSizeF(headline.pointSizeF() * 1.7)
            blocks = ((verdict.headline, headline, ink), (verdict.reason, text, ink))
            self._write(painter, 0, (*blocks, (verdict.otherwise, text, faint)))
            return
        lines = [line for line in beside_answer(reading) if line != verdict.headline]
        below = len(lines) * QFontMetricsF(text).height() + 3 * _GAP
        high = max(min(self.height() - below, self.width()), _LEAST_DIGIT)
        font = _with_capitals(theme.answer_font(self), high)
        wide = QFontMetricsF(font).horizontalAdvance(verdict.headline)
        if wide > self.width():  # the name of a class
            high *= self.width() / wide
            font = _with_capitals(font, high)
        painter.setFont(font)
        painter.setPen(ink)
        base = _GAP + high  # a round digit rises a little above a capital
        painter.drawText(QPointF(0, base), verdict.headline)
        said = [(line, text, faint if number > 1 else ink) for number, line in enumerate(lines)]
        self._write(painter, base + 2 * _GAP, tuple(said))

    def _write(
        self, painter: QPainter, top: float, blocks: tuple[tuple[str, QFont, QColor], ...]
    ) -> None:
        """Blocks of words below each other, each in as many lines as it needs."""
        for words, font, colour in blocks:
            room = QRectF(0, top, self.width(), 10_000)
            painter.setFont(font)
            painter.setPen(colour)
            top += painter.boundingRect(room, _WRAPPED, words).height()
            painter.drawText(room, _WRAPPED, words)


def _with_capitals(font: QFont, height: float) -> QFont:
    """The font in the size whose digits have this height, in logical pixels."""
    font.setPixelSize(100)
    font.setPixelSize(max(round(100 * height / QFontMetricsF(font).capHeight()), 1))
    return font
