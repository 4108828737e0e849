"""A row of buttons, one for each layer from C1 to the output."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.widgets.shape import OUTPUT

LAYERS = ("C1", "S2", "C3", "S4", "C5", "F6", OUTPUT)


class LayerButtons(QWidget):
    """`chosen(str)` on a click. The buttons' object names are `name` and the layer."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.UNIT // 2)
        for number, layer in enumerate(LAYERS):
            button = QToolButton()
            button.setText(layer)
            button.setObjectName(f"{name}_{layer}")
            button.setCheckable(True)
            button.setToolTip(f"Units of {layer} (Page Up and Page Down step through the layers)")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.toggled.connect(lambda _on, button=button: theme.mark_checked(button))
            button.clicked.connect(partial(self._choose, layer))
            self._group.addButton(button, number)
            line.addWidget(button)

    def mark(self, layer: str) -> None:
        """Shows which layer is chosen."""
        self._group.button(LAYERS.index(layer)).setChecked(True)

    def _choose(self, layer: str, *_: object) -> None:
        self.chosen.emit(layer)


def next_layer(layer: str, step: int) -> str:
    """The layer `step` places on, or the last one that way."""
    return LAYERS[min(max(LAYERS.index(layer) + step, 0), len(LAYERS) - 1)]
