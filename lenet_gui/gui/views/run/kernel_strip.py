"""One map's kernels at every epoch on a grid; an epoch is chosen in it."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.explore.run_history import KernelHistory
from lenet_gui.gui.views.run.strip_layout import (
    DIFFERENCE,
    epoch_name,
    no_strip,
    strip_content,
    strip_maker,
    strip_panels,
    strip_values,
)
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid, Walk
from lenet_gui.pictures.grid.panel import Cell, Panel, Values


class KernelStrip(CellGrid):
    """A row for each kernel, a column for each epoch, and the difference at the right.

    `chosen(int)`: the place of the epoch that was clicked, or that the keys have gone to.
    """

    chosen = Signal(int)

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        self._kernels: KernelHistory | None = None
        self._panels: tuple[Panel, ...] = ()
        self._values: dict[str, Values] = {}
        self._place = 0
        super().__init__(commands, no_strip, Walk.PICTURES, parent)
        self.setObjectName("run_kernels")
        self.setAccessibleName("Kernels at every epoch")
        self.first = self._epoch_shown
        self.held_changed.connect(self._tell_chosen)

    @property
    def kernels(self) -> KernelHistory | None:
        """What is shown; None where there is nothing to show."""
        return self._kernels

    def show_kernels(self, kernels: KernelHistory | None, place: int) -> None:
        """Shows a map's kernels, with the epoch in `place` marked."""
        self._kernels = kernels
        if kernels is None:
            self.arrange(no_strip)
            return
        self._panels = strip_panels(kernels)
        self._values = strip_values(kernels, self._panels)
        self.show_place(place)

    def show_place(self, place: int) -> None:
        """Marks another epoch."""
        self._place = place
        if self._kernels is not None:
            self.arrange(strip_maker(self._panels, place))
            self.show_content(strip_content(self._kernels, self._values, place))

    def sizeHint(self) -> QSize:
        least = self.minimumSizeHint()
        return QSize(460, 2 * least.height())

    def _epoch_shown(self) -> Cell:
        return Cell(self._panels[self._place].name, 0, 0, 0)

    @Slot(object)
    def _tell_chosen(self, cell: Cell | None) -> None:
        if cell is None or self._kernels is None or cell.panel == DIFFERENCE:
            return
        self.chosen.emit([epoch_name(each) for each in self._kernels.numbers].index(cell.panel))
