"""The grid of the two inputs: disturbed, large, and undisturbed beside it."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.explore.disturbance import Floats
from lenet_gui.gui.views.invariance.input_layout import (
    CAPTIONS,
    LEAST_FACTOR,
    PANELS,
    input_maker,
)
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.pictures.grid.content import GridContent
from lenet_gui.pictures.grid.panel import Values


class InputPictures(CellGrid):
    """Two pictures of 32x32, each pixel a square of whole pixels of the screen."""

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        self._inks: tuple[Floats | None, Floats | None] = (None, None)
        self._factor = LEAST_FACTOR
        super().__init__(commands, input_maker(LEAST_FACTOR), parent=parent)
        self.setObjectName("invariance_pictures")
        self.setAccessibleName("The disturbed input, and the undisturbed one")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.can_let_go = True
        self._show()

    def set_factor(self, factor: int) -> None:
        """Shows both larger or smaller: the logical pixels for a pixel of the disturbed input."""
        if factor != self._factor:
            self._factor = factor
            self.arrange(input_maker(factor))
            self._show()

    def show_inks(self, disturbed: Floats | None, undisturbed: Floats | None) -> None:
        """Shows ink [32, 32], 0..1; None is empty paper."""
        if disturbed is not self._inks[0] or undisturbed is not self._inks[1]:
            self._inks = disturbed, undisturbed
            self._show()

    @property
    def disturbed(self) -> Floats | None:
        """What the large picture shows."""
        return self._inks[0]

    @property
    def undisturbed(self) -> Floats | None:
        """What the small picture shows."""
        return self._inks[1]

    def _show(self) -> None:
        inks = zip(PANELS, self._inks, strict=True)
        values = {panel.name: Values.of(panel, ink) for panel, ink in inks if ink is not None}
        self.show_content(GridContent(values, CAPTIONS))
