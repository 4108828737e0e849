"""The step sizes of a pass as a widget that tells what is pointed at."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.theme import UNIT, accent, faint, small_font
from lenet_gui.gui.training.step_size_drawing import Bin, Inks, StepSizeDrawing
from lenet_gui.gui.training.wording import told_bin
from lenet_gui.training.step_size_histogram import StepSizeHistogram


class StepSizePlot(QWidget):
    """A row of bars for each layer, or a sentence where there is nothing to show."""

    pointed = Signal(str)  # the bin under the pointer or the keys, in words

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("step size plot")
        self.setAccessibleName("Histogram of the step sizes")
        self.setStatusTip(
            "Each row is as high as its fullest bin. Point at a bin, or use the arrow keys."
        )
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown: StepSizeHistogram | None = None
        self._span = (-5.0, -1.0)
        self._instead = ""
        self._at: Bin | None = None

    @property
    def shown(self) -> StepSizeHistogram | None:
        """The pass that is drawn."""
        return self._shown

    @property
    def instead(self) -> str:
        """The sentence that stands where there is no histogram."""
        return "" if self._shown else self._instead

    @property
    def drawing(self) -> StepSizeDrawing | None:
        """The layout as it is now."""
        if self._shown is None:
            return None
        return StepSizeDrawing(self._shown, self._span, QRectF(self.rect()))

    def show_histogram(self, shown: StepSizeHistogram, span: tuple[float, float]) -> None:
        """Shows a pass on an axis, given in powers of ten."""
        self._shown, self._span = shown, span
        self._point(self._at)

    def show_nothing(self, instead: str) -> None:
        """Shows a sentence."""
        self._shown, self._instead = None, instead
        self._point(None)

    def sizeHint(self) -> QSize:
        return QSize(26 * UNIT, 25 * UNIT)

    def minimumSizeHint(self) -> QSize:
        return QSize(18 * UNIT, 13 * UNIT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        drawing = self.drawing
        if drawing is None:
            painter.setFont(small_font())
            painter.setPen(faint(self))
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(centred), self._instead)
            return
        role = QPalette.ColorRole
        inks = Inks(
            text=self.palette().color(role.WindowText),
            faint=faint(self),
            accent=accent(self),
            ground=self.palette().color(role.Base),
        )
        drawing.paint(painter, inks, self._at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drawing = self.drawing
        self._point(drawing.bin_at(event.position()) if drawing else None)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002
        self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None or self._shown is None:
            super().keyPressEvent(event)
            return
        layers = list(self._shown.counts)
        bins = len(self._shown.edges) - 1
        if self._at is None:
            self._point((layers[0], 0))
            return
        row = (layers.index(self._at[0]) + move[0]) % len(layers)
        self._point((layers[row], (self._at[1] + move[1]) % bins))

    def _point(self, at: Bin | None) -> None:
        shown = self._shown
        known = shown is not None and at is not None and at[1] < len(shown.counts.get(at[0], ()))
        self._at = at if known else None
        words = told_bin(shown, *at) if shown is not None and at is not None and known else ""
        self.setAccessibleDescription(words or self.instead)
        self.pointed.emit(words)
        self.update()
