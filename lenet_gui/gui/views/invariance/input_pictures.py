"""The disturbed input, large, and the undisturbed one beside it."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.data.ink import INPUT_SIDE
from lenet_gui.explore.disturbance import Floats
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.widgets.ink_colours import canvas_colours, ink_bytes

LEAST_FACTOR = 4


class InputPictures(QWidget):
    """Two pictures of 32x32, each pixel a square of whole pixels of the screen.

    `factor`: logical pixels a pixel of the disturbed input; the other one has half of them.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("invariance_pictures")
        self.setAccessibleName("The disturbed input, and the undisturbed one")
        self.setToolTip("The network's input as the dials disturb it, and as it is without them")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._disturbed: Floats | None = None
        self._undisturbed: Floats | None = None
        self._font = theme.small_font()
        self._factor = LEAST_FACTOR

    def set_factor(self, factor: int) -> None:
        """Shows both larger or smaller."""
        if factor != self._factor:
            self._factor = factor
            self.updateGeometry()
            self.update()

    def show_inks(self, disturbed: Floats | None, undisturbed: Floats | None) -> None:
        """Shows ink [32, 32], 0..1; None is empty paper."""
        if disturbed is not self._disturbed or undisturbed is not self._undisturbed:
            self._disturbed, self._undisturbed = disturbed, undisturbed
            self.update()

    @property
    def disturbed(self) -> Floats | None:
        """What the large picture shows."""
        return self._disturbed

    def sizeHint(self) -> QSize:
        small = INPUT_SIDE * (self._factor // 2)
        words = QFontMetrics(self._font).horizontalAdvance("undisturbed")
        wide = INPUT_SIDE * self._factor + theme.UNIT + max(small, words) + 3
        return QSize(wide, INPUT_SIDE * self._factor + self._caption() + 3)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._font = theme.small_font()
            self.updateGeometry()
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        ratio, factor = self.devicePixelRatioF(), self._factor
        large, small = round(factor * ratio), round(factor // 2 * ratio)
        colours = canvas_colours(self)
        painter = QPainter(self)
        painter.scale(1 / ratio, 1 / ratio)
        bottom = INPUT_SIDE * large + 1
        left = 1
        captions = []
        for ink, side, caption in (
            (self._disturbed, large, "disturbed"),
            (self._undisturbed, small, "undisturbed"),
        ):
            place = QRect(left, bottom - INPUT_SIDE * side, INPUT_SIDE * side, INPUT_SIDE * side)
            painter.fillRect(place, colours.paper)
            if ink is not None:
                painter.drawImage(place, to_qimage_indexed(ink_bytes(ink), colours.lut()))
            painter.setPen(QPen(colours.edge, 1))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
            captions.append((left / ratio, caption))
            left = place.right() + 1 + round(theme.UNIT * ratio)
        painter.scale(ratio, ratio)
        painter.setFont(self._font)
        painter.setPen(theme.faint(self))
        for x, caption in captions:
            line = QRectF(x, bottom / ratio + 1, self.width() - x, self._caption())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, caption)

    def _caption(self) -> int:
        return QFontMetrics(self._font).height()
