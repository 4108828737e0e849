"""C1's kernels and the maps of C1 to S4 of one epoch on a grid."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from lenet_gui.explore.reading import Floats, Reading
from lenet_gui.gui.views.run.epoch_layout import epoch_content, epoch_layout
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid


class EpochMaps(CellGrid):
    """Each row has its own colour scale, with the limit beside it."""

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(commands, epoch_layout, parent=parent)
        self.setObjectName("run_maps")
        self.setAccessibleName("Kernels and maps of the epoch")
        self.can_let_go = True

    def show_epoch(self, kernels: Floats | None, limit: float, reading: Reading | None) -> None:
        """Shows kernels [6, 5, 5] up to ±`limit`, and a reading's maps, where there is one."""
        self.show_content(epoch_content(kernels, limit, reading))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint() * 1.5
