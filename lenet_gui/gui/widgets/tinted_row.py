"""A row that waits for an answer: words, then buttons, on a breath of the accent colour."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.core.theme import UNIT, accent, small_font
from lenet_gui.gui.widgets.elided_label import ElidedLabel


class TintedRow(QWidget):
    """Holds the words on the left; buttons are added on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ElidedLabel(lines=2)
        wear(self.words, small_font)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(UNIT, 0, UNIT // 2, 0)  # no higher than its words
        self._row.setSpacing(UNIT // 2)
        self._row.addWidget(self.words, stretch=1)

    @property
    def width_of_buttons(self) -> int:
        """The width in pixels of all but the words."""
        return self.minimumSizeHint().width() - self.words.minimumSizeHint().width()

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Puts a widget at the row's end."""
        self._row.addWidget(widget, stretch=stretch)

    def button(self, text: str, name: str, tooltip: str) -> QToolButton:
        """Puts a button at the row's end."""
        button = QToolButton()
        button.setText(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        set_tip(button, tooltip)
        self.add(button)
        return button

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        colour = accent(self)
        colour.setAlpha(40)
        QPainter(self).fillRect(self.rect(), colour)
