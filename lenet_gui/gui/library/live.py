"""From ink to maps while the pen moves: as often as the window can paint, newest ink first.

However slow the machine, no reading waits for another: the drawing is read when all moves of the
pen so far are in the stroke and the previous reading is painted, so what is shown is never older
than two updates.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.drawing import Drawing
from lenet_gui.data.ink import InkSteps, trace_ink
from lenet_gui.data.live_paint import LivePainter
from lenet_gui.data.paint import paint
from lenet_gui.explore.array_reader import read_with_arrays
from lenet_gui.explore.reading import Reading
from lenet_gui.net.array_network import ArrayNetwork
from lenet_gui.net.calibration import Calibration

PAINTED_WITHIN_MS = 100
"""A window that has not painted for this long is not visible: the next reading is taken anyway."""


@dataclass(frozen=True)
class ReadDrawing:
    """A drawing, its preprocessing, and its reading.

    `steps` is None if nothing is drawn, `reading` also if there is no network.
    """

    drawing: Drawing
    steps: InkSteps | None = None
    reading: Reading | None = None


class LiveReader(QObject):
    """Reads the drawing with the network whenever either has changed.

    `read` carries (Reading, InkSteps), or (None, None) when there is no ink. The drawing that is
    kept as B is read when it or the network changes, not while the pen moves.
    """

    read = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network: ArrayNetwork | None = None
        self._calibration: Calibration | None = None
        self._class_names = DIGIT_NAMES
        self._drawing = Drawing()
        self._traced: Drawing | None = None  # the drawing that the steps are of
        self._painter = LivePainter()
        self._reading: Reading | None = None
        self._steps: InkSteps | None = None
        self._kept: ReadDrawing | None = None
        self._kept_is_new = False  # or the network
        self._is_new = False  # the drawing or the network, since the last reading
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)  # after everything in the queue
        self._next.timeout.connect(self._look)
        self._unpainted = QTimer(self)  # runs from a reading to its paint
        self._unpainted.setSingleShot(True)
        self._unpainted.setInterval(PAINTED_WITHIN_MS)
        self._unpainted.timeout.connect(self.painted)

    @property
    def reading(self) -> Reading | None:
        """The newest reading, None without ink or network."""
        return self._reading

    @property
    def network(self) -> ArrayNetwork | None:
        """The reader of the drawing; None before the first `set_network`."""
        return self._network

    @property
    def kept(self) -> ReadDrawing | None:
        """The drawing that is kept as B, and its newest reading; None if there is none."""
        return self._kept

    @property
    def is_settled(self) -> bool:
        """Whether the newest drawing has been read with the newest network."""
        return not self._is_new

    @property
    def drawing(self) -> Drawing:
        """The drawing that was read last."""
        return self._traced or self._drawing

    @property
    def steps(self) -> InkSteps | None:
        """The preprocessing of the last reading."""
        return self._steps

    def set_network(
        self,
        network: ArrayNetwork,
        calibration: Calibration | None = None,
        class_names: tuple[str, ...] = DIGIT_NAMES,
    ) -> None:
        """Reads with `network` from now on; without a calibration, the default one."""
        self._network = network
        self._calibration = calibration
        self._class_names = class_names
        self._kept_is_new = True
        self._schedule()

    @Slot(object)
    def set_drawing(self, drawing: Drawing) -> None:
        """Reads `drawing` as soon as possible; one that still waits is skipped."""
        self._drawing = drawing
        self._schedule()

    @Slot(object)
    def set_kept(self, drawing: Drawing | None) -> None:
        """Reads another drawing as B from now on, or none."""
        self._kept = None if drawing is None else ReadDrawing(drawing)
        self._kept_is_new = True
        self._schedule()

    @Slot()
    def painted(self) -> None:
        """The window has painted everything so far: the next reading may be taken."""
        self._unpainted.stop()
        if self._is_new:
            self._next.start()

    def _schedule(self) -> None:
        self._is_new = True
        if not self._unpainted.isActive():
            self._next.start()

    @Slot()
    def _look(self) -> None:
        self._is_new = False
        self._unpainted.start()
        if self._drawing is not self._traced:  # else only the network has changed
            self._traced = self._drawing
            self._steps = self._trace(self._drawing)
        self._reading = self._read(self._steps)
        if self._kept_is_new:
            self._kept_is_new = False
            self._read_kept()
        self.read.emit(self._reading, self._steps)

    def _trace(self, drawing: Drawing) -> InkSteps | None:
        if drawing.is_empty:
            return None
        return trace_ink(self._painter.raster(drawing), is_framed=drawing.is_framed)

    def _read(self, steps: InkSteps | None) -> Reading | None:
        if steps is None or self._network is None:
            return None
        return read_with_arrays(self._network, steps.centred, self._calibration, self._class_names)

    def _read_kept(self) -> None:
        kept = self._kept
        if kept is not None:
            framed = kept.drawing.is_framed
            steps = kept.steps or trace_ink(paint(kept.drawing), is_framed=framed)
            self._kept = ReadDrawing(kept.drawing, steps, self._read(steps))
