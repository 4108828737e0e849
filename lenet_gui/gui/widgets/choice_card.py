"""A button that is one of some: a title, and a few lines about what it stands for."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy

from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.theme import UNIT, accent, between, faint, small_font, title_font

_ROUND = 3.0
_SIDE, _ABOVE = 3 * UNIT // 4, 3
"""Pixels between its edges and its words: at the sides, and above and below."""

_FAINT = 0.68
"""The share of its text's colour in the words of a card that can neither be chosen nor is."""


class ChoiceCard(QAbstractButton):
    """Shows whether it is chosen by its ground and its frame. `name` is its object's."""

    def __init__(self, title: str, name: str, longest: Sequence[str] = ()) -> None:
        """Makes room for so many lines under the title, each as long as there can be."""
        super().__init__()
        self._lines: tuple[str, ...] = ()
        self._longest = tuple(longest)
        self.setText(title)
        self.setObjectName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_lines(())

    @property
    def lines(self) -> tuple[str, ...]:
        """The text under the title."""
        return self._lines

    def show_lines(self, lines: Sequence[str], *tips: str) -> None:
        """Says other things under the title, and in the tooltip."""
        self._lines = tuple(lines)
        told = ", ".join(self._lines)
        self.setAccessibleName(f"{self.text()}: {told}" if told else self.text())
        set_tip(self, *(tips or (self.text(),)))
        self.update()

    def sizeHint(self) -> QSize:
        title, small = QFontMetrics(title_font(self)), QFontMetrics(small_font(self))
        wide = [title.horizontalAdvance(self.text())]
        wide += [small.horizontalAdvance(line) + 1 for line in self._longest]
        height = title.height() + len(self._longest) * small.height() + 2 * _ABOVE
        return QSize(max(wide) + 2 * _SIDE + 1, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        ground, edge = palette.color(QPalette.ColorRole.Button), faint(self)
        edge.setAlpha(90 if self.isEnabled() else 50)
        if self.isChecked():
            ground, edge = between(ground, accent(self), 0.25), accent(self)
        elif self.isEnabled() and self.underMouse():
            ground = between(ground, accent(self), 0.1)
        painter.setBrush(ground)
        painter.setPen(edge)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(accent(self))
            inner = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
            painter.drawRoundedRect(inner, _ROUND, _ROUND)
        # While it trains they can be read alone, and what is trained is what matters then.
        is_plain = self.isEnabled() or self.isChecked()
        text = palette.color(QPalette.ColorGroup.Normal, QPalette.ColorRole.ButtonText)
        painter.setPen(text if is_plain else between(ground, text, _FAINT))
        top = float(_ABOVE)
        small = small_font(self)
        for line, font in ((self.text(), title_font(self)), *((a, small) for a in self._lines)):
            metrics = QFontMetrics(font)
            painter.setFont(font)
            room = QRectF(_SIDE, top, self.width() - 2 * _SIDE, metrics.height())
            words = metrics.elidedText(line, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
            top += metrics.height()


def check_alone(group: QButtonGroup, button: QAbstractButton | None) -> None:
    """Checks one button of an exclusive group, or none."""
    group.setExclusive(False)
    for each in group.buttons():
        each.setChecked(each is button)
    group.setExclusive(True)
