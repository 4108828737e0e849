"""The drawing that is kept as B: small, with the network's answer and its buttons.

It is hidden, and takes no room, while there is none.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.draw.kept_line import KeptLine
from lenet_gui.gui.draw.tool_button import ToolButton
from lenet_gui.gui.library.live import ReadDrawing

_BUTTONS = ("swap-drawings", "forget-kept")


class KeptBox(QWidget):
    """Shows B; `swap_requested()` and `forget_requested()` from its buttons."""

    swap_requested = Signal()
    forget_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kept-box")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._line = KeptLine()
        self.picture = self._line.picture
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT)
        row.addWidget(self._line, 1)
        self._buttons = {name: ToolButton(name) for name in _BUTTONS}
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        for button in self._buttons.values():
            buttons.addWidget(button)
        row.addLayout(buttons)
        self._buttons["swap-drawings"].clicked.connect(self.swap_requested)
        self._buttons["forget-kept"].clicked.connect(self.forget_requested)
        self.hide()

    @property
    def answer(self) -> str:
        """The answer for B: "Drawing B: 7"; empty while none is kept."""
        return self._line.answer

    def show_kept(self, kept: ReadDrawing | None) -> None:
        """Shows another drawing, or its new answer, or nothing."""
        self._line.show_kept(kept)
        self.setVisible(kept is not None)
