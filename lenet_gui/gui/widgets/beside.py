"""Parts that stand side by side where there is room for that, and else one below the other."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from lenet_gui.gui.core.text_size import scaled
from lenet_gui.gui.core.theme import UNIT


class Beside(QWidget):
    """`turned(bool)`: whether the parts stand side by side from now on."""

    turned = Signal(bool)

    def __init__(self, wide: int, *parts: tuple[QWidget, int, int]) -> None:
        """Parts, each with its share of the width and of the height.

        They stand side by side where `wide` usual pixels are there.
        """
        super().__init__()
        self._wide, self._parts = wide, parts
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(UNIT)
        for part, _, high in parts:
            self._box.addWidget(part, high)

    @property
    def is_beside(self) -> bool:
        """Whether the parts stand side by side."""
        return self._box.direction() is QBoxLayout.Direction.LeftToRight

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_beside = self.width() >= scaled(self._wide, self)
        if is_beside != self.is_beside:
            directions = QBoxLayout.Direction
            self._box.setDirection(directions.LeftToRight if is_beside else directions.TopToBottom)
            for number, (_, width, height) in enumerate(self._parts):
                self._box.setStretch(number, width if is_beside else height)
            self.turned.emit(is_beside)
