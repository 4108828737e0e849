"""What every view is: it is shown the live state, and asks its context for the rest."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.drawing import Drawing
from lenet_gui.data.ink import InkSteps
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.library.digits import DigitLibrary
from lenet_gui.gui.library.known_network import NetworkInUse
from lenet_gui.gui.library.live import ReadDrawing
from lenet_gui.gui.library.network_list import NetworkList
from lenet_gui.gui.library.networks import Networks
from lenet_gui.gui.library.runs import RunLibrary
from lenet_gui.gui.views.facts import drawing_facts, network_facts
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.net.architecture import Variant
from lenet_gui.net.array_network import ArrayNetwork
from lenet_gui.net.calibration import Calibration
from lenet_gui.net.layers import Unit
from lenet_gui.net.receptive_field import Square
from lenet_gui.pictures.exported import Exported, Facts


@dataclass(frozen=True)
class LiveState:
    """What the window is about at one moment.

    `network` is the one shown (in training, while that is followed), None while torch is loaded;
    `reader` is what reads single digits as it does, there before torch is.
    `steps` is None if nothing is drawn, `reading` also if there is no network. `kept` is the
    drawing that is kept as B, read by the same network, None where none is.
    """

    network: NetworkInUse | None
    reader: ArrayNetwork | None
    drawing: Drawing
    steps: InkSteps | None
    reading: Reading | None
    kept: ReadDrawing | None = None

    @property
    def about(self) -> str:
        """The network and what it says of the drawing, in a line; for pages."""
        parts = [] if self.network is None else [self.network.summary]
        if self.reading is not None:
            parts.append(f"it says: {verdict_of(self.reading).headline}")
        return "; ".join(parts)

    @property
    def missed_label(self) -> int | None:
        """What the digit is known to show, where the network has answered another one.

        Of a network whose classes are no digits none is missed.
        """
        label, reading = self.drawing.label, self.reading
        if reading is None or reading.class_names != DIGIT_NAMES or label == reading.answer:
            return None
        return label

    @property
    def facts(self) -> Facts:
        """The network and the drawing, for exported and copied figures."""
        drawn = drawing_facts(self.drawing, self.steps, self.reading)
        return {**network_facts(self.network), **drawn}

    def on_sheet(self, field: Square) -> QRectF | None:
        """Where a part of the input lies on the sheet, in units of its side; None without ink."""
        if self.steps is None:
            return None
        ends = (field.left, field.top, field.right, field.bottom)
        left, top, right, bottom = self.steps.on_sheet(ends)
        return QRectF(left, top, right - left, bottom - top)


@dataclass(frozen=True)
class Answer:
    """What another network than the one in use makes of the drawing; None: nothing is drawn.

    `who` says which network that is, in a few words.
    """

    who: str
    variant: Variant
    calibration: Calibration
    class_names: tuple[str, ...]
    reading: Reading | None


@dataclass(frozen=True)
class NoState:
    """Of a view in which nothing is chosen."""


@dataclass(frozen=True)
class ViewContext:
    """What views may ask for, and whom they tell what went wrong or was done.

    Networks, digits, files, the runs, the window's notifier, and what can be done
    with the cells of a grid. `is_operated`: whether mouse and keys reach the view; where they do
    not, it does not ask for a click, and has no question marks.
    """

    networks: Networks
    network_list: NetworkList
    digits: DigitLibrary
    ask: FileDialogs
    runs: RunLibrary
    notifier: Notifier
    commands: CellCommands
    is_operated: bool = True


class View(QWidget):
    """One view of the view stack; made when it is first wanted.

    Signals: `supplied(Drawing, str)` a drawing for the canvas and a sentence about it,
    `framed(QRectF or None)` the part of the drawing, in units of the sheet's side, that is spoken
    of, `answered()` when `answer` is another one, `training_wanted()` when the training panel is
    to be opened. `tools`, where there are any, are shown in the line over the view stack.
    """

    supplied = Signal(object, str)
    framed = Signal(object)
    answered = Signal()
    training_wanted = Signal()

    _live_state: LiveState | None = None

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.tools: QWidget | None = None

    @property
    def is_settled(self) -> bool:
        """Whether everything asked of the view is answered and shown: nothing is in progress."""
        return True

    @property
    def answer(self) -> Answer | None:
        """What the Answer panel shows while the view is in front; None: of the network in use."""
        return None

    @property
    def provenance(self) -> Facts:
        """What the figures of the view come from; see `provenance_of`."""
        return {} if self._live_state is None else self._live_state.facts

    def show_live(self, live_state: LiveState) -> None:
        """Shows another live state; called while the view is in front, and when it comes there."""

    @property
    def state(self) -> object:
        """What is chosen in the view: a frozen dataclass without Qt; see `plain_json`."""
        return NoState()

    def restore(self, state: Any) -> None:
        """Chooses what `state` says, as far as it is there now."""

    def show_unit(self, unit: Unit) -> None:
        """Shows a unit of the network; views that show no single units pass it over."""

    def show_run(self, folder: Path) -> None:
        """Shows a run of the window; views that look back on none pass it over."""

    def exported(self) -> Exported | None:
        """What is shown now, to be taken away; None where there is nothing yet."""
        return None

    def place(self) -> None:
        """Arranges what depends on the sizes of the view and of text: called for either of them."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size: in a full screen that gives the view no other size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.place()

    def close_down(self) -> None:
        """Ends what runs, and waits for it; called when the window closes."""
