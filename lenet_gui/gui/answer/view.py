"""The answer in very large type, how sure the network is, and the ten outputs behind it."""

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import Verdict, verdict_of
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.guide_link import explain
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import scaled, wear
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.empty_state import EmptyState
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.output_bars import OutputBars, outputs_explained
from lenet_gui.gui.widgets.scrolled import scrolled
from lenet_gui.guide.places import ANSWER
from lenet_gui.net.architecture import Variant
from lenet_gui.net.calibration import Calibration, calibration_of
from lenet_gui.pictures.exported import Facts
from lenet_gui.text.answers import (
    beside_answer,
    how_sure,
    no_single_digit,
    single_digit_advice,
)

NOTHING_DRAWN = "Draw a digit"
AWAITING = "The network is being loaded"
_HERE = {
    NOTHING_DRAWN: f"{NOTHING_DRAWN}, and what the network reads appears here.",
    AWAITING: f"{AWAITING}, and what it reads appears here.",
}
"""The whole sentences, where there is room for them."""
_HEAD_FACTOR = 1.7
_USUAL_WIDTH = 250
_BLOCK_GAP = 2
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
_LINE = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_ELIDE = Qt.TextElideMode.ElideRight
_LONGEST_LINES = (
    "runner-up 0",
    "margin 188.88 (distance)",
    "probability 100.0 %",
    "not a digit 100.0 %",
)
"""Room is kept for them whatever the answer, so that nothing below ever moves."""


def _longest_abstentions(a: str, b: str) -> tuple[tuple[str, str, str], ...]:
    """The longest headline, reason and rest, undecided between two classes and of neither.

    For them, too, room is always kept.
    """
    why = f"{a} and {b} are almost equally likely: margin 0.00, at least 0.5 is required."
    no_class = "The nearest code is 88.88 away; beyond 88.88 it is none of these."
    return (
        (f"Undecided: {a} or {b}", why, f"It would be {a}."),
        ("None of these", no_class, f"It would be {a}, runner-up {b}."),
    )


class AnswerHead(QWidget):
    """The digit, and beside it the runner-up, the margin and the probabilities.

    Where these have no room beside it, they stand below it, in as many lines as they need.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answer_head")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else the window paints, too
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._reading: Reading | None = None
        self._names = DIGIT_NAMES
        self._awaiting = False
        self._refusal = ""
        self._growth = 1.0
        self._take_fonts()

    def _take_fonts(self) -> None:
        self._large = theme.answer_font(self)
        self._large.setPointSizeF(max(self._large.pointSizeF(), 1.0) * self._growth)
        self._head = theme.title_font(self)
        self._head.setPointSizeF(max(self._head.pointSizeF(), 1.0) * _HEAD_FACTOR)
        self._text = theme.text_font(self)
        self._metrics = {
            id(font): QFontMetricsF(font, self) for font in (self._large, self._head, self._text)
        }
        large = self._of(self._large)
        self._digit_width = max(large.horizontalAdvance(str(digit)) for digit in range(10))

    def _of(self, font: QFont) -> QFontMetricsF:
        return self._metrics[id(font)]

    def show_reading(self, reading: Reading | None) -> None:
        """Shows another answer, or none."""
        self._reading = reading
        self.update()

    def set_class_names(self, names: tuple[str, ...]) -> None:
        """What the outputs stand for."""
        if names != self._names:
            self._names = names
            self.updateGeometry()
            self.update()

    @property
    def _longest_lines(self) -> tuple[str, ...]:
        """The lines of an answer, for which there is room."""
        if self._names == DIGIT_NAMES:
            return _LONGEST_LINES
        name = self._widest_names[-1]
        return name, f"runner-up {name}", *_LONGEST_LINES[1:]

    @property
    def _widest_names(self) -> list[str]:
        """The two classes whose names take most room."""
        return sorted(self._names, key=self._of(self._text).horizontalAdvance)[-2:]

    def set_awaiting(self, *, awaiting: bool) -> None:
        """Says that there is no network yet, or no longer."""
        self._awaiting = awaiting
        self.update()

    def set_refusal(self, refusal: str) -> None:
        """Says why there is no answer to a picture, in few words; none: nothing is drawn."""
        self._refusal = refusal
        self.update()

    @property
    def nothing(self) -> str:
        """What is said in place of an answer, in few words."""
        return AWAITING if self._awaiting else self._refusal or NOTHING_DRAWN

    def sizeHint(self) -> QSize:
        said = self._heights(self._longest_lines)
        digit = self._of(self._large).capHeight()
        answer = max(said, digit) if self._is_wide else digit + theme.UNIT + said
        fonts = self._head, self._text, self._text
        abstention = max(
            sum(
                self._wrapped(font, words).height() + _BLOCK_GAP
                for font, words in zip(fonts, blocks, strict=True)
            )
            for blocks in _longest_abstentions(*self._widest_names)
        )
        return QSize(scaled(240, self), round(max(answer, abstention)) + 2 * theme.UNIT)

    def minimumSizeHint(self) -> QSize:
        words = {word for line in _LONGEST_LINES for word in line.split()}
        widest = max(map(self._of(self._text).horizontalAdvance, words))
        return QSize(math.ceil(2 * theme.UNIT + widest), self.sizeHint().height())

    @property
    def _is_wide(self) -> bool:
        """Whether the longest line has room beside the digit."""
        words = max(map(self._of(self._text).horizontalAdvance, _LONGEST_LINES))
        return self.width() >= 3 * theme.UNIT + self._digit_width + words

    def _heights(self, lines: tuple[str, ...]) -> float:
        """Of all lines together, each as high as it is where it stands."""
        if self._is_wide:
            return len(lines) * (self._of(self._text).height() + _BLOCK_GAP)
        return sum(self._wrapped(self._text, line).height() + _BLOCK_GAP for line in lines)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        """The digit grows with the room that the text leaves."""
        self._growth = min(max(self.width() / scaled(_USUAL_WIDTH, self), 1.0), 2.0)
        self._take_fonts()
        self.updateGeometry()  # words wrap differently in another width

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), self.palette()
        painter.fillRect(event.rect(), palette.color(QPalette.ColorRole.Window))
        ink = palette.color(QPalette.ColorRole.WindowText)
        painter.setPen(ink)
        if self._reading is None:
            return
        verdict = verdict_of(self._reading)
        if verdict.abstains:
            self._paint_abstention(painter, verdict, ink)
            return
        self._paint_answer(painter, self._reading, ink)

    def _paint_answer(self, painter: QPainter, reading: Reading, ink: QColor) -> None:
        lines = beside_answer(reading)
        capital = self._of(self._large).capHeight()
        if self._is_wide:
            base = self.height() / 2 + capital / 2
            left = 3 * theme.UNIT + self._digit_width
            top, edge = (self.height() - self._heights(lines)) / 2, 0
        else:
            base, left, edge = theme.UNIT + capital, float(theme.UNIT), theme.UNIT
            top = base + theme.UNIT
        painter.setFont(self._large)
        painter.drawText(QPointF(theme.UNIT, base), str(reading.answer))
        painter.setFont(self._text)
        for number, words in enumerate(lines):
            painter.setPen(theme.faint(self) if number > 1 else ink)
            height = self._heights((words,))
            room = QRectF(left, top, self.width() - left - edge, height)
            if self._is_wide:  # names of classes are long
                words = self._of(self._text).elidedText(words, _ELIDE, room.width())
            painter.drawText(room, _LINE if self._is_wide else _WRAPPED, words)
            top += height

    def _paint_abstention(self, painter: QPainter, verdict: Verdict, ink: QColor) -> None:
        """That there is no answer, why, and what it would have been; over the whole width."""
        why = verdict.reason
        blocks = (
            (self._head, verdict.headline, ink),
            (self._text, why, ink),
            (self._text, verdict.otherwise, theme.faint(self)),
        )
        heights = [self._wrapped(font, words).height() for font, words, _ in blocks]
        top = (self.height() - sum(heights) - 2 * _BLOCK_GAP) / 2
        for (font, words, colour), height in zip(blocks, heights, strict=True):
            painter.setFont(font)
            painter.setPen(colour)
            room = QRectF(theme.UNIT, top, self.width() - 2 * theme.UNIT, height)
            painter.drawText(room, _WRAPPED, words)
            top += height + _BLOCK_GAP

    def _wrapped(self, font: QFont, words: str) -> QRectF:
        """The place of words in the available width, in as many lines as they need."""
        room = QRectF(0, 0, max(self.width() - 2 * theme.UNIT, 1), 1000)
        return self._of(font).boundingRect(room, _WRAPPED, words)


class AnswerView(QWidget):
    """The answer and the outputs of a reading; what comes there when there is none."""

    def __init__(
        self,
        commands: CellCommands,
        variant: Variant = Variant.ORIGINAL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("answer_view")
        explain(self, ANSWER)
        self._variant = variant
        self._calibration = calibration_of(variant, {})
        self._reading: Reading | None = None
        self._told = ""
        self._here = ""  # of a picture without a single digit
        self.facts: Callable[[], Facts] = dict
        """Tells which network and which drawing the answer comes from."""
        self.head = AnswerHead()
        self.bars = OutputBars(commands, variant)
        self.empty = EmptyState(self.head)
        self.empty.setAutoFillBackground(False)  # the head has nothing to cover
        self.who = ElidedLabel(lines=2)  # the name of a run is long
        self.who.setObjectName("answer_who")
        self.who.setContentsMargins(theme.UNIT, 0, theme.UNIT, 0)
        self.who.hide()
        wear(self.who, theme.small_font)
        scroller = scrolled(self.bars)
        scroller.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the keys scroll it
        scroller.setObjectName("answer_scroller")
        scroller.setAccessibleName("Outputs")
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # alone it may be narrower
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.who)
        column.addWidget(self.head)
        column.addWidget(scroller, 1)
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(scaled(250, self), scaled(520, self))

    @property
    def provenance(self) -> Facts:
        """See `provenance_of`."""
        return self.facts()

    def show_reading(self, reading: Reading | None, who: str = "") -> None:
        """Shows a reading; None when nothing is drawn. `who`: which network, if not that in use."""
        self._reading = reading
        self.who.setText(who)
        self.who.setVisible(bool(who))
        if reading is not None:
            self._variant = reading.variant
        self.head.show_reading(reading)
        self.bars.show_reading(reading)
        self._tell()

    def set_variant(self, variant: Variant, calibration: Calibration | None = None) -> None:
        """Sets the variant; an answer of another variant is removed."""
        self._variant = variant
        self._calibration = calibration or calibration_of(variant, {})
        if self._reading is not None and self._reading.variant is not variant:
            self.show_reading(None)
        self.bars.set_variant(variant, calibration)
        self._tell()

    def set_class_names(self, names: tuple[str, ...]) -> None:
        """What the outputs of the network stand for: digits, or what it was trained on."""
        self.head.set_class_names(names)
        self.bars.set_class_names(names)
        self._tell()

    def set_awaiting(self, *, awaiting: bool) -> None:
        """Says that there is no network yet, or no longer."""
        self.head.set_awaiting(awaiting=awaiting)
        self._tell()

    def set_digits(self, digits: int) -> None:
        """Says in place of an answer that a picture shows so many digits, if it is not one."""
        refusal = no_single_digit(digits)
        self._here = f"{refusal}. {single_digit_advice(digits)}" if refusal else ""
        self.head.set_refusal(refusal)
        self._tell()

    def _tell(self) -> None:
        """Sets the answer for screen readers, and the tooltip that explains it."""
        reading = self._reading
        self.empty.say("" if reading is not None else _HERE.get(self.head.nothing, self._here))
        if reading is None:
            name, more = f"Answer: none. {self.head.nothing}.", ""
        else:
            verdict, figures = verdict_of(reading), ", ".join(how_sure(reading))
            name = f"Answer: {reading.answer_name}, runner-up {reading.runner_up_name}"
            more = figures
            if verdict.abstains:
                name = f"Answer: none. {verdict.headline}."
                more = f"{verdict.reason} {verdict.otherwise} {figures}"
        if name != self.accessibleName():  # Qt notifies screen readers at every call
            self.setAccessibleName(name)
        if more != self.accessibleDescription():
            self.setAccessibleDescription(more)
        calibration = self._calibration if reading is None else reading.calibration
        told = outputs_explained(self._variant, calibration)
        if reading is not None and verdict_of(reading).abstains:
            told = f"{more}\n{told}"
        if told != self._told:
            self._told = told
            set_tip(self.head, *told.splitlines())
