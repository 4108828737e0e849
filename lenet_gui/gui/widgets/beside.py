"""Parts side by side where there is room for that, else one below the other."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from lenet_gui.gui.core.text_size import scaled
from lenet_gui.gui.core.theme import UNIT


def line_of(*parts: tuple[QWidget, int]) -> QWidget:
    """Parts in a line, each with its share of the width; 0: as much as it needs."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(UNIT // 2)
    for part, share in parts:
        row.addWidget(part, share)
    return line


class Beside(QWidget):
    """`turned(bool)`: whether the parts are side by side from now on."""

    turned = Signal(bool)

    def __init__(self, wide: int, *parts: tuple[QWidget, int, int], gap: int = UNIT // 2) -> None:
        """Parts, each with its share of the width and of the height.

        They stand side by side where `wide` usual pixels are there, and `gap` pixels apart.
        """
        super().__init__()
        self._wide, self._parts = wide, parts
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        for part, _, high in parts:
            self._box.addWidget(part, high)

    @property
    def is_beside(self) -> bool:
        """Whether the parts are side by side."""
        return self._box.direction() is QBoxLayout.Direction.LeftToRight

    def minimumSizeHint(self) -> QSize:
        """As narrow as one below the other: in less width than `wide` they stand so."""
        needs = (part.minimumSizeHint().expandedTo(part.minimumSize()) for part, *_ in self._parts)
        return QSize(max(need.width() for need in needs), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._place()

    def _place(self) -> None:
        is_beside = self.width() >= scaled(self._wide, self)
        if is_beside != self.is_beside:
            directions = QBoxLayout.Direction
            self._box.setDirection(directions.LeftToRight if is_beside else directions.TopToBottom)
            for number, (_, width, height) in enumerate(self._parts):
                self._box.setStretch(number, width if is_beside else height)
            self.turned.emit(is_beside)
