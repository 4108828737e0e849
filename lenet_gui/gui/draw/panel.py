"""The drawing panel: the canvas, its tools, the pen's width, and the preprocessing."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from lenet_gui.data.ink import InkSteps
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.commands import keys_of
from lenet_gui.gui.core.guide_link import explain
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.draw.canvas import PICTURE, DrawingCanvas
from lenet_gui.gui.draw.ink_strip import InkStrip
from lenet_gui.gui.draw.kept_box import KeptBox
from lenet_gui.gui.draw.pen_slider import PenSlider
from lenet_gui.gui.draw.picture_import import load_picture
from lenet_gui.gui.draw.tool_button import ToolButton
from lenet_gui.gui.library.live import ReadDrawing
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.guide.places import CANVAS, PREPROCESSING

_TOOLS = (("pen", "eraser"), ("undo", "redo", "clear"), ("open-picture", "random-digit"))
"""The buttons in groups; their tooltips and keys are those of the window's commands."""


class CanvasPanel(QWidget):
    """Canvas at the top, tools under it, then the preprocessing."""

    open_requested = Signal()
    random_digit_requested = Signal()

    def __init__(
        self, notifier: Notifier, commands: CellCommands, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("canvas-panel")
        self._notifier = notifier
        self.canvas = DrawingCanvas(notifier)
        self.pen_slider = PenSlider()
        self.kept_box = KeptBox()
        self.strip = InkStrip(commands)
        explain(self, CANVAS)
        explain(self.strip, PREPROCESSING)
        self._buttons: dict[str, QToolButton] = {}
        self._lay_out()
        self._connect()
        self._show_history(False, False)

    @property
    def pen_width(self) -> float:
        """The pen's diameter in units of the canvas side."""
        return self.canvas.pen_width

    @Slot(float)
    def set_pen_width(self, width: float) -> None:
        """Sets the pen's diameter in units of the canvas side."""
        self.canvas.set_pen_width(width)

    @Slot()
    def thinner(self) -> None:
        """Makes the pen a step thinner."""
        self.canvas.thinner()

    @Slot()
    def thicker(self) -> None:
        """Makes the pen a step thicker."""
        self.canvas.thicker()

    @Slot(bool)
    def set_erasing(self, erasing: bool) -> None:
        """Chooses the eraser, or the pen."""
        self.canvas.set_erasing(erasing)

    @Slot()
    def paste(self) -> None:
        """Puts the copied picture on the canvas, or reports why not."""
        self.canvas.paste()

    def open_picture(self, path: Path | str) -> bool:
        """Puts the picture in a file on the canvas; False, and the reason reported, if unusable."""
        with self._notifier.reporting(PICTURE):
            self.canvas.put(load_picture(path))
            return True
        return False

    @Slot(object)
    def show_steps(self, steps: InkSteps | None) -> None:
        """Shows the preprocessing, or none."""
        self.strip.show_steps(steps)

    @Slot(object)
    def show_kept(self, kept: ReadDrawing | None) -> None:
        """Shows the drawing that is kept as B, or none."""
        self.kept_box.show_kept(kept)

    def set_bare(self, *, bare: bool) -> None:
        """Shows only the drawings, or also tools and preprocessing."""
        for part in self._furniture:
            part.setHidden(bare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Never higher than wide: the tools stay close under the canvas.
        self.canvas.setMaximumHeight(self.width() - 2 * theme.UNIT)

    def _lay_out(self) -> None:
        half = theme.UNIT // 2
        line = QWidget()
        tools = QHBoxLayout(line)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(0)
        for group in _TOOLS:
            if self._buttons:
                tools.addStretch(1)
            for name in group:
                button = self._buttons[name] = ToolButton(name)
                tools.addWidget(button)
        chosen = QButtonGroup(self)
        for name in ("pen", "eraser"):
            self._buttons[name].setCheckable(True)
            chosen.addButton(self._buttons[name])
        self._buttons["pen"].setChecked(True)
        set_tip(
            self._buttons["eraser"],
            f"{self._buttons['eraser'].toolTip()}. The right mouse button always erases.",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT, half, theme.UNIT, theme.UNIT)
        column.setSpacing(half)
        column.addWidget(self.canvas, 1)
        column.addWidget(line)
        column.addWidget(self.pen_slider)
        column.addWidget(self.kept_box)
        column.addSpacing(half)
        heading = theme.group_title("Preprocessing")
        column.addWidget(heading)
        column.addWidget(self.strip)
        self._furniture = (line, self.pen_slider, heading, self.strip)
        column.addStretch()
        set_tip(
            self.pen_slider,
            f"Pen width, as a share of the canvas (thinner: {keys_of('thinner')}, "
            f"thicker: {keys_of('thicker')})",
        )

    def _connect(self) -> None:
        self.canvas.sample_wanted.connect(self.random_digit_requested)
        self.canvas.history_changed.connect(self._show_history)
        self.canvas.drawing_changed.connect(self._show_clearable)
        self.kept_box.swap_requested.connect(self.canvas.swap)
        self.kept_box.forget_requested.connect(self.canvas.forget_kept)
        self.canvas.erasing_changed.connect(self._show_tool)
        self.canvas.pen_width_changed.connect(self.pen_slider.show_width)
        self.pen_slider.width_chosen.connect(self.canvas.set_pen_width)
        self._buttons["eraser"].toggled.connect(self.canvas.set_erasing)
        self._buttons["undo"].clicked.connect(self.canvas.undo)
        self._buttons["redo"].clicked.connect(self.canvas.redo)
        self._buttons["clear"].clicked.connect(self.canvas.clear)
        self._buttons["open-picture"].clicked.connect(self.open_requested)
        self._buttons["random-digit"].clicked.connect(self.random_digit_requested)

    @Slot(bool, bool)
    def _show_history(self, can_undo: bool, can_redo: bool) -> None:
        self._buttons["undo"].setEnabled(can_undo)
        self._buttons["redo"].setEnabled(can_redo)
        self._show_clearable()

    @Slot()
    def _show_clearable(self) -> None:
        self._buttons["clear"].setEnabled(not self.canvas.drawing.is_empty)

    @Slot(bool)
    def _show_tool(self, erasing: bool) -> None:
        self._buttons["eraser" if erasing else "pen"].setChecked(True)
