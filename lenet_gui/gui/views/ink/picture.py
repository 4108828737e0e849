"""The picture of one step: small among the others, and enlarged over the whole view."""

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from lenet_gui.explore.preprocessing import Preprocessing, Step
from lenet_gui.gui.views.ink.step_grid import StepShape, step_content, step_maker
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid, Walk
from lenet_gui.pictures.grid.content import GridContent
from lenet_gui.pictures.page import Grid

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class StepPicture(CellGrid):
    """Shows a step as large as there is room."""

    def __init__(
        self,
        commands: CellCommands,
        step: Step,
        walk: Walk = Walk.CELLS,
        parent: QWidget | None = None,
    ) -> None:
        self.step = step
        self._shape: StepShape | None = None
        super().__init__(commands, step_maker(None), walk, parent)

    def show_preprocessing(
        self, preprocessing: Preprocessing | None, step: Step | None = None
    ) -> None:
        """Shows its picture of the step, or of another one; None: nothing is drawn."""
        if step is not None and step is not self.step:
            self.step = step
            self.hold(None)
        if preprocessing is not None and self.step not in preprocessing.steps:
            preprocessing = None  # of another kind of drawing
        shape = None if preprocessing is None else StepShape.of(preprocessing, self.step)
        if shape != self._shape:
            self._shape = shape
            self.arrange(step_maker(shape))
        self.show_content(
            GridContent() if preprocessing is None else step_content(preprocessing, self.step)
        )

    def as_block(self, height: int) -> Grid:
        """For a page, where every pixel is a whole one."""
        return Grid(step_maker(self._shape, is_whole=True), self.content, height)


class SmallStep(StepPicture):
    """One step among the others; `opened()` on a click or Enter."""

    opened = Signal()

    def __init__(self, commands: CellCommands, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(commands, step, Walk.PICTURES, parent)
        self.activated.connect(self._open)

    def explain(self, position: QPointF) -> str:
        told = super().explain(position)
        return f"{told}\nClick, or press Enter, to enlarge" if told else ""

    @Slot()
    def _open(self) -> None:
        self.hold(None)
        self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _ENTER and self.panels:
            self._open()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hold(None)
        super().focusOutEvent(event)


class LargeStep(StepPicture):
    """A step over the whole view; `closed()` on a click or Enter.

    Its pixels are pointed at and walked through.
    """

    closed = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.panels:
            self.closed.emit()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _ENTER and self.panels:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
