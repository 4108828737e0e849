"""A row that waits for an answer: words, then buttons, on a breath of the accent colour."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.theme import UNIT, accent
from lenet_gui.gui.widgets.elided_label import ElidedLabel


class TintedRow(QWidget):
    """Holds the words on the left; buttons are added on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ElidedLabel()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(UNIT, 1, UNIT // 2, 1)  # no higher than a line of buttons
        self._row.setSpacing(UNIT // 2)
        self._row.addWidget(self.words, stretch=1)

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
