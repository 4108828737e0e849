"""A thin line along the bottom edge of a window: how far a training run is."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.text_size import scaled
from lenet_gui.gui.training.panel import TrainingPanel

_HEIGHT = 4
"""Usual pixels: what the window leaves free at its edge."""


class ProgressEdge(QWidget):
    """Is seen while it is wanted and a run is in progress; it lies over the window's margin."""

    def __init__(self, window: QWidget, training: TrainingPanel) -> None:
        super().__init__(window)
        self.setObjectName("progress-edge")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._window, self._training, self._is_wanted = window, training, False
        training.running_changed.connect(self._look)
        training.line.bar.valueChanged.connect(self._tell)
        window.installEventFilter(self)
        self.hide()

    @property
    def share(self) -> float:
        """How much of the run is done, 0..1."""
        bar = self._training.line.bar
        return bar.value() / bar.maximum() if bar.maximum() > 0 else 0.0

    def set_wanted(self, *, wanted: bool) -> None:
        """Whether nothing else in the window says it."""
        self._is_wanted = wanted
        self._look()

    @Slot()
    def _look(self) -> None:
        self.setVisible(self._is_wanted and self._training.is_running)
        self._lie()
        self._tell()

    @Slot()
    def _tell(self) -> None:
        if self.isVisible():
            self.setAccessibleName(f"Training: {self._training.line.bar.text()}")
            self.update()

    def _lie(self) -> None:
        high = scaled(_HEIGHT, self)
        self.setGeometry(0, self._window.height() - high, self._window.width(), high)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._lie()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Mid))
        done = QRect(0, 0, round(self.share * self.width()), self.height())
        painter.fillRect(done, theme.accent(self))
