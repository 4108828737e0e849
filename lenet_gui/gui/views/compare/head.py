"""Over the columns: whether A and B agree, and the answer of each in its own terms."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.two_networks import Accord
from lenet_gui.explore.verdict import Verdict, verdict_of
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_tip
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.core.text_size import factor
from lenet_gui.gui.views.compare.layout import INSET, Columns, columns, label_width
from lenet_gui.gui.views.compare.pair import Pair, Question
from lenet_gui.gui.views.compare.panels import NAMES, SIDES
from lenet_gui.gui.views.compare.text import (
    APART_EXPLAINED,
    answer_lines,
    answer_words,
    apart_brief,
    apart_name,
    apart_words,
    headline,
    network_titles,
    scale_kind,
    title_in,
)
from lenet_gui.gui.widgets.colour_legend import LegendType, paint_legend
from lenet_gui.gui.widgets.grid.painter import Looks
from lenet_gui.gui.widgets.ink_colours import canvas_colours
from lenet_gui.net.architecture import INPUT_SIDE
from lenet_gui.pictures.grid.colouring import ink_indices
from lenet_gui.pictures.grid.content import Legend

_LINES = 4
_LONGEST_LINE = "probability 88.8 %"
_DIGIT = 3.6
"""The answer's size, beside four lines of text."""

_SPACES = 8
"""Between the parts, in logical pixels."""

_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class PairHead(QWidget):
    """The verdict in a line, and below it for A and B who it is and what is answered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare_head")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pair = Pair()
        self._sentence = ""
        self._cut_sentence: list[str] = []  # all of it, where it has no room
        self._titles = ["", ""]
        self._accord: Accord | None = None
        self._take_fonts()

    def _take_fonts(self) -> None:
        self._title, self._small = theme.title_font(self), theme.small_font(self)
        self._digit = QFont(self._title)
        self._digit.setPointSizeF(max(self._title.pointSizeF(), 1.0) * _DIGIT)
        self._metrics = QFontMetricsF(self._small, self)
        self._legend_type = LegendType(self._small)
        self._line = self._metrics.height()
        self._title_metrics = QFontMetricsF(self._title, self)
        self._title_line = self._title_metrics.height()
        self._digit_metrics = QFontMetricsF(self._digit, self)
        self._widest_line = self._metrics.horizontalAdvance(_LONGEST_LINE)
        self._label = label_width(Looks(self).measure) * factor(self)

    @property
    def sentence(self) -> str:
        """What is said of both; empty while there is nothing to say."""
        return self._sentence

    @property
    def titles(self) -> tuple[str, str]:
        """Who A and B are, as it is written over their columns."""
        return self._titles[0], self._titles[1]

    def show_pair(self, pair: Pair) -> None:
        """Shows other answers, or what to do where there are none."""
        self._pair = pair
        self._accord, sentence = headline(pair)
        if sentence != self._sentence:  # Qt notifies screen readers at every call
            self._sentence = sentence
            self.setAccessibleName(sentence)
        told = [f"{NAMES[side]}: {answer_words(pair, side)}" for side in SIDES]
        if pair.apart is not None:
            told.append(apart_words(pair.apart))
        self.setAccessibleDescription(". ".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        height = self._title_line + (1 + _LINES) * self._line + _SPACES
        return QSize(300, round(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._take_fonts()
            self.updateGeometry()
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), plain_tip(*self._explain(event.pos())), self)
            return True
        return super().event(event)

    def _explain(self, place: QPoint) -> list[str]:
        """The tooltip at a place: who A or B is, or how far apart they are."""
        lefts = [left / self.devicePixelRatioF() for left in self._placed().lefts]
        pair = self._pair
        if place.y() < self._title_line + _SPACES or place.x() < lefts[0]:
            return [*self._cut_sentence, *APART_EXPLAINED.splitlines()]
        side = 0 if place.x() < lefts[1] else 1
        reading, told = pair.readings[side], [network_titles(pair, side)[0]]
        if reading is not None and reading.class_names != DIGIT_NAMES:  # names may be cut
            told.append(answer_words(pair, side))
        return told

    def _placed(self) -> Columns:
        """Where the maps of A and B are: they are laid out in usual pixels."""
        ratio, size = self.devicePixelRatioF(), factor(self)
        return columns(self.width() / size - 2 * INSET, ratio * size, self._label / size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        size = factor(self)
        placed = self._placed()
        painter.translate(INSET * size, 0)
        self._paint_sentence(painter)
        top = self._title_line + _SPACES - 2
        self._paint_scale(painter, top)
        for side in SIDES:
            left = placed.lefts[side] / ratio
            place = QRectF(left, top, placed.width / ratio, self.height() - top)
            self._paint_answer(painter, place, side)

    def _paint_sentence(self, painter: QPainter) -> None:
        line = QRectF(0, 0, self.width() - 2 * INSET, self._title_line + 2)
        ink = self.palette().windowText().color()
        if self._accord is Accord.OTHER:  # a tint that the words do without
            painter.fillRect(line, theme.between(theme.theme_ground(self), theme.VERMILION, 0.22))
        font, metrics = self._title, self._title_metrics
        if metrics.horizontalAdvance(self._sentence) > line.width() - 8:
            font, metrics = self._small, self._metrics
        painter.setFont(font)
        painter.setPen(ink)
        told = metrics.elidedText(self._sentence, Qt.TextElideMode.ElideRight, line.width() - 8)
        self._cut_sentence = [] if told == self._sentence else [f"{self._sentence}."]
        place = line.adjusted(4 if self._accord is Accord.OTHER else 0, 0, -4, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | middle, told)
        if self._pair.apart is None:
            return
        painter.setFont(self._small)
        painter.setPen(theme.faint(self))
        room = place.width() - metrics.horizontalAdvance(told) - 2 * theme.UNIT
        apart = self._pair.apart
        for more in (apart_words(apart), apart_brief(apart), apart_name(apart)):
            if self._metrics.horizontalAdvance(more) <= room:
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | middle, more)
                return

    def _paint_scale(self, painter: QPainter, top: float) -> None:
        """The colours of all rows, with the figures beside each."""
        painter.setFont(self._small)
        painter.setPen(theme.faint(self))
        width = self._label
        legend = QRectF(0, top, width, self._line)
        paint_legend(painter, legend, Legend(None), theme.theme_of(self), self._legend_type)
        words = scale_kind(shared=self._pair.shared)
        painter.drawText(
            QRectF(0, top + self._line + 2, width, 2 * self._line + 4), _WRAPPED, words
        )

    def _paint_answer(self, painter: QPainter, place: QRectF, side: int) -> None:
        reading = self._pair.readings[side]
        ink, faint = self.palette().windowText().color(), theme.faint(self)
        painter.setFont(self._small)
        painter.setPen(faint)
        small = self._metrics
        self._titles[side] = title_in(
            self._pair, side, lambda title: small.horizontalAdvance(title) <= place.width()
        )
        painter.drawText(QPointF(place.x(), place.y() + small.ascent()), self._titles[side])
        below = place.adjusted(0, self._line + 2, 0, 0)
        if reading is None:
            if self._pair.hints[side] != self._sentence:
                painter.drawText(below, _WRAPPED, self._pair.hints[side])
            return
        below = self._paint_drawing(painter, below, side)
        verdict = verdict_of(reading)
        if verdict.abstains:
            self._paint_abstention(painter, below, verdict)
            return
        painter.setPen(ink)
        painter.setFont(self._digit)
        high = self._digit_metrics.capHeight()
        block = _LINES * self._line
        baseline = below.y() + block / 2 + high / 2
        painter.drawText(QPointF(below.x(), baseline), str(reading.answer))
        left = below.x() + self._digit_metrics.horizontalAdvance("0") + 8
        painter.setFont(self._small)
        lines = answer_lines(reading)
        first = below.y() + (block - len(lines) * self._line) / 2 + small.ascent()
        for number, words in enumerate(lines):
            painter.setPen(faint if number else ink)
            baseline = first + number * self._line
            self._write_line(painter, QPointF(left, baseline), words, place.right())

    @staticmethod
    def _write_line(painter: QPainter, start: QPointF, words: str, right: float) -> None:
        """A line of words, elided where the room ends."""
        metrics, elide = QFontMetricsF(painter.font()), Qt.TextElideMode.ElideRight
        painter.drawText(start, metrics.elidedText(words, elide, right - start.x() + 1))

    def _paint_drawing(self, painter: QPainter, place: QRectF, side: int) -> QRectF:
        """Of two drawings, the one that is read, at the right where there is room; what is left."""
        steps = self._pair.steps[side]
        height = _LINES * self._line
        factor = int(height * self.devicePixelRatioF()) // INPUT_SIDE
        drawn = factor * INPUT_SIDE / self.devicePixelRatioF()
        needed = drawn + self._digit_metrics.horizontalAdvance("0") + self._widest_line + 3 * 8
        if self._pair.question is Question.NETWORKS or steps is None or needed > place.width():
            return place
        lut = canvas_colours(self).lut()
        image = to_qimage_indexed(ink_indices(steps.padded), lut)
        top = place.y() + (height - drawn) / 2
        painter.drawImage(QRectF(place.right() - drawn, top, drawn, drawn), image)
        return place.adjusted(0, 0, -drawn - 8, 0)

    def _paint_abstention(self, painter: QPainter, place: QRectF, verdict: Verdict) -> None:
        painter.setPen(self.palette().windowText().color())
        painter.setFont(self._title)
        first = QPointF(place.x(), place.y() + self._title_metrics.ascent())
        self._write_line(painter, first, verdict.headline, place.right())
        painter.setFont(self._small)
        painter.drawText(place.adjusted(0, self._title_line, 0, 0), _WRAPPED, verdict.reason)
