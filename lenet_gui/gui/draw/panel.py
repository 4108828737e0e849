"""The drawing panel: the canvas, its tools, the pen's width, and the preprocessing."""

from pathlib import Path

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from lenet_gui.data.drawing import Drawing
from lenet_gui.data.ink import InkSteps
from lenet_gui.explore.found_steps import found_steps
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.commands import keys_of
from lenet_gui.gui.core.guide_link import explain
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import scaled
from lenet_gui.gui.draw.canvas import DrawingCanvas
from lenet_gui.gui.draw.ink_strip import InkStrip
from lenet_gui.gui.draw.kept_box import KeptBox
from lenet_gui.gui.draw.pen_slider import PenSlider
from lenet_gui.gui.draw.picture_box import PictureBox
from lenet_gui.gui.draw.picture_strip import LONGEST_SIDE, PictureStrip
from lenet_gui.gui.draw.tool_button import ToolButton
from lenet_gui.gui.draw.view import LEAST_SIDE
from lenet_gui.gui.library.live import ReadDrawing
from lenet_gui.gui.widgets.beside import Beside
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.scrolled import steady_width
from lenet_gui.guide.places import CANVAS, PREPROCESSING

_TOOLS = (("pen", "eraser", "", "undo", "redo"), ("clear", "", "open-picture", "random-digit"))
"""The buttons in lines, which are one where there is room, with gaps between them.

Their tooltips and keys are those of the window's commands.
"""
_LINE_OF_TOOLS = 206
"""In so many usual pixels all of them stand in a line."""


class CanvasPanel(QWidget):
    """Canvas at the top, tools under it, then the preprocessing."""

    open_requested = Signal()
    random_digit_requested = Signal()

    def __init__(
        self, notifier: Notifier, commands: CellCommands, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("canvas-panel")
        self.canvas = DrawingCanvas(notifier)
        self.pen_slider = PenSlider()
        self.picture_box = PictureBox()
        self.kept_box = KeptBox()
        self.picture_strip = PictureStrip(commands)
        self.strip = InkStrip(commands)
        explain(self, CANVAS)
        explain(self.picture_strip, PREPROCESSING)
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

    def open_picture(self, path: Path | str) -> None:
        """Puts the picture in a file on the canvas once it is read, or reports why not."""
        self.canvas.open_picture(Path(path))

    def close_down(self) -> None:
        """Ends the reading of pictures, and waits for that."""
        self.canvas.pictures.close_down()

    def show_steps(self, steps: InkSteps | None, drawing: Drawing) -> None:
        """Shows the preprocessing of a drawing, or none."""
        self.picture_strip.show_found(found_steps(drawing, longest=LONGEST_SIDE))
        self.strip.show_steps(steps, is_framed=drawing.is_framed)

    @Slot(object)
    def show_kept(self, kept: ReadDrawing | None) -> None:
        """Shows the drawing that is kept as B, or none."""
        self.kept_box.show_kept(kept)

    def set_bare(self, *, bare: bool) -> None:
        """Shows only the drawings, or also tools and preprocessing."""
        for part in self._furniture:
            part.setHidden(bare)
        self.picture_box.set_bare(bare=bare)
        self.picture_strip.set_bare(bare=bare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Never higher than wide: the tools stay close under the canvas.
        self.canvas.setMaximumHeight(self.width() - 2 * theme.UNIT)
        self._grow_canvas()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._grow_canvas()

    def _grow_canvas(self) -> None:
        """Its least height grows with the text, up to the width that it has."""
        room = steady_width(self) - 2 * theme.UNIT
        self.canvas.setMinimumHeight(max(LEAST_SIDE, min(scaled(LEAST_SIDE, self), room)))

    def _lay_out(self) -> None:
        half = theme.UNIT // 2
        lines = [self._tools(*names) for names in _TOOLS]
        tools = Beside(_LINE_OF_TOOLS, *((line, 1, 0) for line in lines), gap=0)
        chosen = QButtonGroup(self)
        for name in ("pen", "eraser"):
            self._buttons[name].setCheckable(True)
            chosen.addButton(self._buttons[name])
        chosen.addButton(self.picture_box.tool)
        self._buttons["pen"].setChecked(True)
        set_tip(
            self._buttons["eraser"],
            f"{self._buttons['eraser'].toolTip()}. The right mouse button always erases.",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT, half, theme.UNIT, theme.UNIT)
        column.setSpacing(half)
        column.addWidget(self.canvas, 1)
        column.addWidget(tools)
        column.addWidget(self.pen_slider)
        column.addWidget(self.picture_box)
        column.addWidget(self.kept_box)
        column.addSpacing(half)
        heading = theme.group_title("Preprocessing")
        column.addWidget(heading)
        column.addWidget(self.picture_strip)
        column.addWidget(self.strip)
        self._furniture = (tools, self.pen_slider, heading, self.strip)
        column.addStretch()
        set_tip(
            self.pen_slider,
            f"Pen width, as a share of the canvas (thinner: {keys_of('thinner')}, "
            f"thicker: {keys_of('thicker')})",
        )

    def _tools(self, *names: str) -> QWidget:
        """A line of buttons; no name is a gap."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for name in names:
            if name:
                self._buttons[name] = ToolButton(name)
                row.addWidget(self._buttons[name])
            else:
                row.addStretch(1)
        return line

    def _connect(self) -> None:
        self.canvas.sample_wanted.connect(self.random_digit_requested)
        self.canvas.history_changed.connect(self._show_history)
        self.canvas.drawing_changed.connect(self._show_clearable)
        self.canvas.drawing_changed.connect(self.picture_box.show_drawing)
        self.canvas.picking_changed.connect(self._show_picking)
        self.picture_box.tool.toggled.connect(self.canvas.set_picking)
        self.kept_box.swap_requested.connect(self.canvas.swap)
        self.kept_box.forget_requested.connect(self.canvas.forget_kept)
        self.canvas.erasing_changed.connect(self._show_tool)
        self.canvas.pen_width_changed.connect(self.pen_slider.show_width)
        self.pen_slider.width_chosen.connect(self.canvas.set_pen_width)
        self._buttons["pen"].clicked.connect(self._choose_pen)
        self._buttons["eraser"].clicked.connect(self.canvas.set_erasing)
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

    @Slot()
    def _choose_pen(self) -> None:
        self.canvas.set_erasing(False)

    @Slot(bool)
    def _show_picking(self, picking: bool) -> None:
        if not picking and self.picture_box.tool.isChecked():  # else another one was chosen
            self._show_tool(self.canvas.erasing)
        self.picture_box.show_picking(picking)
