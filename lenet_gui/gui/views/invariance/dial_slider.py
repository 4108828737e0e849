"""The slider of one dial: its neutral place is marked, and a double click or Home goes there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from lenet_gui.explore.dials import Dial
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import set_tip


class DialSlider(QSlider):
    """Its positions are the dial's places."""

    def __init__(self, dial: Dial, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.dial = dial
        self.setObjectName(f"invariance_{dial.name}")
        self.setAccessibleName(dial.title)
        set_tip(self, f"{dial.help}. Home or a double click resets it")
        self.setRange(0, len(dial.values) - 1)
        self.setPageStep(10)
        self.setMinimumWidth(60)
        self.reset()
        self.valueChanged.connect(self._describe)
        self._describe()

    def reset(self) -> None:
        """Goes to the neutral place."""
        self.setValue(self.dial.neutral)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Home and not event.modifiers():
            self.reset()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        groove = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderGroove, self
        )
        way = groove.width() - handle.width()
        first = groove.x() + handle.width() // 2
        x = first + QStyle.sliderPositionFromValue(0, self.maximum(), self.dial.neutral, way)
        painter = QPainter(self)
        painter.setPen(QPen(theme.faint(self), 1))
        painter.drawLine(x, self.height() - 3, x, self.height() - 1)

    def _describe(self) -> None:
        self.setAccessibleDescription(self.dial.text(self.value()))
