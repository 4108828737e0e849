"""The commands of the canvas: its tools, its history, and the drawing that is kept as B."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot

from lenet_gui.gui.app.actions import Actions
from lenet_gui.gui.draw.panel import CanvasPanel


class DrawingCommands(QObject):
    """Handles the menu Edit; `obey` passes it the menu, whose check marks it updates."""

    def __init__(self, panel: CanvasPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel, self._canvas = panel, panel.canvas

    @property
    def handlers(self) -> Mapping[str, Callable[..., object]]:
        """What is called, by the command's name."""
        return {
            "undo": self._canvas.undo,
            "redo": self._canvas.redo,
            "clear": self._canvas.clear,
            "pen": self._choose_tool,
            "eraser": self._choose_tool,
            "mark-digit": self._choose_tool,
            "keep-drawing": self._canvas.keep,
            "swap-drawings": self._canvas.swap,
            "forget-kept": self._canvas.forget_kept,
            "thinner": self._panel.thinner,
            "thicker": self._panel.thicker,
        }

    def obey(self, actions: Actions) -> None:
        """Handles these actions from now on."""
        self._actions = actions
        actions["pen"].setChecked(True)
        self._canvas.history_changed.connect(self._show_history)
        self._canvas.drawing_changed.connect(self._show_keepable)
        self._canvas.erasing_changed.connect(self._show_tool)
        self._canvas.picking_changed.connect(self._show_tool)
        self._show_history()

    @Slot()
    def _choose_tool(self) -> None:
        is_picking = self._actions["mark-digit"].isChecked()
        if not is_picking:
            self._panel.set_erasing(self._actions["eraser"].isChecked())
        self._canvas.set_picking(is_picking)

    @Slot()
    def _show_tool(self) -> None:
        tool = "eraser" if self._canvas.erasing else "pen"
        self._actions["mark-digit" if self._canvas.is_picking else tool].setChecked(True)

    @Slot()
    def _show_history(self) -> None:
        self._actions["undo"].setEnabled(self._canvas.can_undo)
        self._actions["redo"].setEnabled(self._canvas.can_redo)
        is_kept = self._canvas.kept is not None
        self._actions["swap-drawings"].setEnabled(is_kept)
        self._actions["forget-kept"].setEnabled(is_kept)
        self._show_keepable()

    @Slot()
    def _show_keepable(self) -> None:
        drawing = self._canvas.drawing
        self._actions["keep-drawing"].setEnabled(not drawing.is_empty)
        self._actions["mark-digit"].setEnabled(drawing.picture_steps is not None)
