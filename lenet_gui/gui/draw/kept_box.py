"""The drawing that is kept as B: small, with the network's answer and its buttons.

It is hidden, and takes no room, while there is none.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.explore.verdict import verdict_of
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import fit, scaled, wear
from lenet_gui.gui.draw.picture import DrawingPicture
from lenet_gui.gui.draw.tool_button import ToolButton
from lenet_gui.gui.library.live import ReadDrawing
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.text.answers import probabilities

PICTURE_SIDE = 56
"""Logical pixels."""

_BUTTONS = ("swap-drawings", "forget-kept")


class KeptBox(QWidget):
    """Shows B; `swap_requested()` and `forget_requested()` from its buttons."""

    swap_requested = Signal()
    forget_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kept-box")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.picture = DrawingPicture()
        fit(self.picture, "size", _grow)
        self._answer, self._more = ElidedLabel(), ElidedLabel()
        wear(self._answer, theme.title_font)
        wear(self._more, theme.small_font)
        said = QVBoxLayout()
        said.setSpacing(0)
        for label in (self._answer, self._more):
            said.addWidget(label)
        said.insertStretch(0)
        said.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT)
        row.addWidget(self.picture)
        row.addLayout(said, 1)
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
        """The answer for B: "B: 7"; empty while none is kept."""
        return "" if self.isHidden() else self._answer.text()

    def show_kept(self, kept: ReadDrawing | None) -> None:
        """Shows another drawing, or its new answer, or nothing."""
        self.setVisible(kept is not None)
        if kept is None:
            return
        self.picture.show_drawing(kept.drawing)
        reading = kept.reading
        self._answer.setText("B" if reading is None else f"B: {verdict_of(reading).headline}")
        self._more.setText("" if reading is None else probabilities(reading)[0])
        told = ". ".join(filter(None, (self._answer.text(), self._more.text())))
        set_tip(self.picture, f"The drawing that is kept as {told}")
        if told != self.accessibleName():  # Qt notifies screen readers at every call
            self.setAccessibleName(f"Drawing {told}")


def _grow(picture: QWidget) -> None:
    picture.setFixedSize(scaled(PICTURE_SIDE, picture), scaled(PICTURE_SIDE, picture))
