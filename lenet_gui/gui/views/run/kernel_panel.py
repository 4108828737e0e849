"""What a map's kernels did: the choice of a map of C1 or C3, and its strip."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from lenet_gui.explore.run_history import LAYERS_WITH_KERNELS, RunHistory, kernel_history
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.views.run.kernel_strip import KernelStrip
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.net.layers import GEOMETRY
from lenet_gui.text.figures import never_zero
from lenet_gui.text.units import map_name


class KernelPanel(QWidget):
    """`chosen(int)`: the place of an epoch that was chosen in the strip."""

    chosen = Signal(int)

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history: RunHistory | None = None
        self._place = 0
        self.maps = QComboBox()
        self.maps.setObjectName("run_kernel_choice")
        self.maps.setAccessibleName("Map whose kernels are shown")
        set_tip(self.maps, "The map of C1 or C3 whose kernels are followed: arrow keys")
        self.maps.addItem("C1, all maps", ("C1", None))
        for layer in LAYERS_WITH_KERNELS:
            for number in range(GEOMETRY[layer].maps):
                self.maps.addItem(map_name(layer, number), (layer, number))
        self.about = ElidedLabel()
        self.about.setObjectName("run_kernel_about")
        self.strip = KernelStrip(commands)
        head = QHBoxLayout()
        head.setSpacing(theme.UNIT)
        head.addWidget(theme.group_title("What a kernel learned"))
        head.addWidget(self.maps)
        head.addWidget(self.about, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(head)
        column.addWidget(self.strip, 1)
        wear(self.about, theme.small_font)
        self.maps.currentIndexChanged.connect(self._renew)
        self.strip.chosen.connect(self.chosen)

    @property
    def chosen_map(self) -> tuple[str, int | None]:
        """The layer and the map whose kernels are shown; all of C1's without a map."""
        layer, number = self.maps.currentData()
        return layer, number

    def choose_map(self, layer: str, number: int | None) -> None:
        """Shows the kernels of a map, if there is one."""
        for place in range(self.maps.count()):
            if tuple(self.maps.itemData(place)) == (layer, number):
                self.maps.setCurrentIndex(place)

    def show_run(self, history: RunHistory | None, place: int) -> None:
        """Shows a run's kernels, with the epoch in `place` marked."""
        another, self._history, self._place = history is not self._history, history, place
        if another:
            self._renew()
        else:
            self.strip.show_place(place)

    @Slot()
    def _renew(self) -> None:
        if self._history is None:
            self.strip.show_kernels(None, 0)
            self.about.setText("")
            return
        kernels = kernel_history(self._history, *self.chosen_map)
        self.strip.show_kernels(kernels, self._place)
        first, last = kernels.numbers[0], kernels.numbers[-1]
        if first == last:
            self.about.setText(f"only epoch {first} is available")
            return
        moved = f"moved by {never_zero(kernels.travel, 3)} (rms)"
        if kernels.map is not None:
            moved += f", bias {never_zero(float(kernels.biases[0, 0]))}"
            moved += f" to {never_zero(float(kernels.biases[-1, 0]))}"
        self.about.setText(moved)
