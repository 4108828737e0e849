"""The slider of the pen's width, with a dot of that width."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from lenet_gui.data.drawing import DEFAULT_PEN_WIDTH, MAX_PEN_WIDTH, MIN_PEN_WIDTH
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.core.text_size import factor, fit, hold_words, scaled, wear
from lenet_gui.gui.draw.view import WIDTH_STEP
from lenet_gui.gui.widgets.ink_colours import canvas_colours
from lenet_gui.text.figures import percent

_STEPS = 1000
"""Positions of the slider per canvas side."""


_LEAST = 5 * theme.UNIT
"""The slider's least width, in logical pixels."""


class PenSlider(QWidget):
    """Preview, slider and figure; `width_chosen` only when the user moved the slider."""

    width_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = _Dot()
        self._figure = plain_label()
        wear(self._figure, theme.small_font)
        self._figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        hold_words(self._figure, "16.0 %")
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("pen-width")
        self._slider.setMinimumWidth(_LEAST)
        self._slider.setAccessibleName("Pen width")
        self._slider.setRange(round(MIN_PEN_WIDTH * _STEPS), round(MAX_PEN_WIDTH * _STEPS))
        self._slider.setSingleStep(round(WIDTH_STEP * _STEPS / 2))
        self._slider.setPageStep(round(WIDTH_STEP * _STEPS * 2))
        self._slider.valueChanged.connect(self._moved)
        self.setFocusProxy(self._slider)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT)
        row.addWidget(self._preview)
        row.addWidget(self._slider, 1)
        row.addWidget(self._figure)
        self.show_width(DEFAULT_PEN_WIDTH)

    @Slot(float)
    def show_width(self, width: float) -> None:
        """Shows a width, in units of the canvas side, that was set elsewhere."""
        self._slider.blockSignals(True)
        self._slider.setValue(round(width * _STEPS))
        self._slider.blockSignals(False)
        self._tell(width)

    @Slot(int)
    def _moved(self, position: int) -> None:
        width = position / _STEPS
        self._tell(width)
        self.width_chosen.emit(width)

    def _tell(self, width: float) -> None:
        self._preview.show_width(width)
        self._figure.setText(percent(width, 1))


class _Dot(QWidget):
    """The dot on its own background; the thickest pen just fits."""

    SIDE = 30

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pen-preview")
        fit(self, "size", _grow)
        self._width = DEFAULT_PEN_WIDTH

    def show_width(self, width: float) -> None:
        self._width = width
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        colours = canvas_colours(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(factor(self), factor(self))
        painter.setPen(QPen(colours.edge, 1))
        painter.setBrush(colours.paper)
        painter.drawRoundedRect(QRectF(0.5, 0.5, self.SIDE - 1, self.SIDE - 1), 3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.ink)
        radius = self._width / MAX_PEN_WIDTH * (self.SIDE - 6) / 2
        painter.drawEllipse(QPointF(self.SIDE / 2, self.SIDE / 2), radius, radius)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()


def _grow(dot: QWidget) -> None:
    dot.setFixedSize(QSize(scaled(_Dot.SIDE, dot), scaled(_Dot.SIDE, dot)))
