"""What a map's kernels did: the choice of a map of C1 or C3, its strip, and the legends."""

import numpy as np
from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.explore.run_history import LAYERS_WITH_KERNELS, RunHistory, kernel_history
from lenet_gui.gui.core import theme
from lenet_gui.gui.views.run.kernel_strip import KernelStrip
from lenet_gui.gui.widgets.colour_legend import ScaleLegend
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.net.layers import GEOMETRY
from lenet_gui.text.figures import figure
from lenet_gui.text.units import map_name


class KernelPanel(QWidget):
    """`chosen(int)`: the place of an epoch that was clicked in the strip."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back: RunHistory | None = None
        self._place = 0
        self.maps = QComboBox()
        self.maps.setObjectName("run_kernel_choice")
        self.maps.setAccessibleName("Map whose kernels are shown")
        self.maps.setToolTip("The map of C1 or C3 whose kernels are followed: arrow keys")
        self.maps.addItem("C1, all maps", ("C1", None))
        for layer in LAYERS_WITH_KERNELS:
            for number in range(GEOMETRY[layer].maps):
                self.maps.addItem(map_name(layer, number), (layer, number))
        self.about = ElidedLabel()
        self.about.setObjectName("run_kernel_about")
        self.strip = KernelStrip()
        self._weights, self._change = ScaleLegend(), ScaleLegend()
        self._captions = (QLabel("weights"), QLabel("last − first"))
        head = QHBoxLayout()
        head.setSpacing(theme.UNIT)
        head.addWidget(theme.group_title("What a kernel did"))
        head.addWidget(self.maps)
        head.addWidget(self.about, 1)
        legends = QHBoxLayout()
        legends.setSpacing(theme.UNIT // 2)
        for caption, legend in zip(self._captions, (self._weights, self._change), strict=True):
            caption.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            legends.addWidget(caption)
            legends.addWidget(legend, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(head)
        column.addWidget(self.strip, 1)
        column.addLayout(legends)
        self._take_fonts()
        self.maps.currentIndexChanged.connect(self._renew)
        self.strip.chosen.connect(self.chosen)

    def show_run(self, back: RunHistory | None, place: int) -> None:
        """Shows a run's kernels, with the epoch in `place` marked."""
        another, self._back, self._place = back is not self._back, back, place
        if another:
            self._renew()
        else:
            self.strip.show_place(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._take_fonts()

    def _take_fonts(self) -> None:
        self.about.setFont(theme.small_font())
        for caption in self._captions:
            caption.setFont(theme.small_font())

    @Slot()
    def _renew(self) -> None:
        if self._back is None:
            self.strip.show_history(None, 0)
            self.about.setText("")
            return
        layer, number = self.maps.currentData()
        history = kernel_history(self._back, layer, number)
        self.strip.show_history(history, self._place)
        self._weights.show_limit(history.limit)
        self._change.show_limit(float(np.abs(history.difference).max()))
        first, last = history.numbers[0], history.numbers[-1]
        if first == last:
            self.about.setText(f"only epoch {first} is there")
            return
        moved = f"moved by {figure(history.travel, 3)} (rms)"
        if history.map is not None:
            moved += f", bias {figure(float(history.biases[0, 0]))}"
            moved += f" to {figure(float(history.biases[-1, 0]))}"
        self.about.setText(moved)
