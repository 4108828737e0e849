"""A network's answer to the disturbed input, beside its answer to the undisturbed one."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.sweep import Answers
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.views.invariance.text import answer_lines
from lenet_gui.pictures.sweep_chart import INKS

_SAMPLE = 3 * theme.UNIT
_LINES = 4


class AnswerBox(QWidget):
    """The digit, large; its distance or probability, the runner-up, and the digit before.

    The line at the left is the network's line in the sweep.
    """

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        """`number`: 0 for network A, 1 for B."""
        super().__init__(parent)
        self._number = number
        self._factor = 1.0
        self.setObjectName(f"invariance_answer_{'AB'[number]}")
        self.setAccessibleName(f"Answer of network {'AB'[number]}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fonts()
        self._digit = ""
        self._lines: tuple[str, ...] = ()

    def set_factor(self, factor: float) -> None:
        """Shows the digit larger by a factor."""
        if factor != self._factor:
            self._factor = factor
            self._fonts()
            self.updateGeometry()
            self.update()

    @property
    def digit(self) -> str:
        """The answer to the disturbed input: a digit, with "?" where it is rejected."""
        return self._digit

    @property
    def text(self) -> str:
        """The lines beside the digit."""
        return ". ".join(self._lines)

    def show_answers(self, answers: Answers | None, why: str = "") -> None:
        """Shows a network's answers to two inputs, undisturbed and disturbed; None: `why` not."""
        digit = ""
        lines: tuple[str, ...] = (why,)
        if answers is not None:
            digit = f"{answers.answers[1]}{'?' if answers.rejected[1] else ''}"
            lines = answer_lines(answers)
        if (digit, lines) != (self._digit, self._lines):
            self._digit, self._lines = digit, lines
            self.setAccessibleDescription(f"{digit}. {self.text}" if digit else self.text)
            has_names = answers is not None and answers.class_names != DIGIT_NAMES
            set_tip(self, *(lines if has_names else ()))  # names may be cut
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, self._high())

    def minimumSizeHint(self) -> QSize:
        words = QFontMetrics(self._small).horizontalAdvance("undisturbed: 8 at 188.8 %")
        return QSize(_SAMPLE + 2 * theme.UNIT + self._digit_width() + words, self._high())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._fonts()
            self.updateGeometry()
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        pen = QPen(QColor(INKS[self._number].of(theme.theme_of(self))), 2.25)
        if self._number:
            pen.setDashPattern([2.2, 2.2])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        metrics = QFontMetrics(theme.title_font(self))
        painter.setPen(pen)
        low = middle + metrics.height() / 2
        painter.drawLine(QPointF(0, low), QPointF(_SAMPLE, low))
        ink = self.palette().windowText().color()
        painter.setPen(ink)
        painter.setFont(theme.title_font(self))
        name = QRectF(0, low - metrics.height() - 2, _SAMPLE, metrics.height())
        painter.drawText(name, Qt.AlignmentFlag.AlignCenter, "AB"[self._number])
        left = _SAMPLE + theme.UNIT
        painter.setFont(self._large)
        room = QRectF(left, 0, self._digit_width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self._digit)
        left += self._digit_width() + theme.UNIT
        painter.setFont(self._small)
        small = QFontMetrics(self._small)
        top = middle - small.height() * len(self._lines) / 2
        for number, line in enumerate(self._lines):
            painter.setPen(ink if number == 0 else theme.faint(self))
            place = QRectF(left, top + number * small.height(), self.width() - left, small.height())
            shown = small.elidedText(line, Qt.TextElideMode.ElideRight, int(place.width()))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    def _fonts(self) -> None:
        self._small = theme.small_font(self)
        self._large = QFont(theme.answer_font(self))
        self._large.setPointSizeF(theme.text_font(self).pointSizeF() * 2.4 * self._factor)

    def _high(self) -> int:
        return (
            max(_LINES * QFontMetrics(self._small).height(), QFontMetrics(self._large).ascent()) + 4
        )

    def _digit_width(self) -> int:
        return QFontMetrics(self._large).horizontalAdvance("8?")
