"""From ink to maps while the pen moves: soon after every move, and the newest ink wins."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from lenet_gui.data.drawing import Drawing
from lenet_gui.data.ink import InkSteps, trace_ink
from lenet_gui.data.live_paint import LivePainter
from lenet_gui.explore.reading import Reading
from lenet_gui.net.calibration import Calibration

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5

EVERY_MS = 7
"""At least so long from one look to the next: a mouse that tells 125 places a second is read at
every one of them, and one that tells more does not fill the window's time."""


class LiveReader(QObject):
    """Reads the drawing with the network whenever either has changed.

    `read` carries (Reading, InkSteps), or (None, None) when there is no ink.
    """

    read = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network: LeNet5 | None = None
        self._calibration: Calibration | None = None
        self._drawing = Drawing()
        self._traced: Drawing | None = None  # the drawing that the steps are of
        self._painter = LivePainter()
        self._reading: Reading | None = None
        self._steps: InkSteps | None = None
        self._since_last = QElapsedTimer()
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._look)

    @property
    def reading(self) -> Reading | None:
        """The newest reading, None without ink or network."""
        return self._reading

    @property
    def is_settled(self) -> bool:
        """Whether the newest drawing has been read with the newest network."""
        return not self._next.isActive()

    @property
    def drawing(self) -> Drawing:
        """What was drawn when it was read last."""
        return self._traced or self._drawing

    @property
    def steps(self) -> InkSteps | None:
        """The preprocessing that was read last."""
        return self._steps

    def set_network(self, network: "LeNet5", calibration: Calibration | None = None) -> None:
        """Reads with `network` from now on; without a calibration, the usual one."""
        self._network = network
        self._calibration = calibration
        self._schedule()

    @Slot(object)
    def set_drawing(self, drawing: Drawing) -> None:
        """Reads `drawing` as soon as it may; one that still waits is passed over."""
        self._drawing = drawing
        self._schedule()

    def _schedule(self) -> None:
        if self._next.isActive():
            return
        waited = self._since_last.elapsed() if self._since_last.isValid() else EVERY_MS
        self._next.start(max(0, EVERY_MS - waited))

    @Slot()
    def _look(self) -> None:
        self._since_last.start()
        if self._drawing is not self._traced:  # else only the network has changed
            self._traced = self._drawing
            empty = self._drawing.is_empty
            self._steps = None if empty else trace_ink(self._painter.raster(self._drawing))
        if self._steps is None or self._network is None:
            self._reading = None
        else:
            from lenet_gui.explore.reader import read_digit  # torch is there, as a network is

            self._reading = read_digit(self._network, self._steps.centred, self._calibration)
        self.read.emit(self._reading, self._steps)
