"""A row of buttons, one for each layer from C1 to the output."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.net.layers import UNIT_LAYERS
from lenet_gui.text.units import layer_name


class LayerButtons(QWidget):
    """`chosen(str)` on a click. The buttons' object names are `name` and the layer."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.UNIT // 2)
        for number, layer in enumerate(UNIT_LAYERS):
            button = QToolButton()
            title = layer_name(layer)
            button.setText(title)
            button.setObjectName(f"{name}_{layer}")
            button.setCheckable(True)
            set_tip(button, f"Units of {title} (Page Up and Page Down go through the layers)")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.toggled.connect(lambda _on, button=button: theme.mark_checked(button))
            button.clicked.connect(partial(self._choose, layer))
            self._group.addButton(button, number)
            line.addWidget(button)

    def mark(self, layer: str) -> None:
        """Shows which layer is chosen."""
        self._group.button(UNIT_LAYERS.index(layer)).setChecked(True)

    def _choose(self, layer: str, *_: object) -> None:
        self.chosen.emit(layer)
