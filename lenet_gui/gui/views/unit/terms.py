"""The terms of a unit on a grid."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from lenet_gui.explore.explanation import Explanation
from lenet_gui.gui.views.unit.term_layout import (
    Limits,
    term_content,
    term_in_figures,
    term_maker,
    term_panels,
)
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.pictures.grid.content import GridContent
from lenet_gui.pictures.grid.layout import Room


class Terms(CellGrid):
    """Shows an Explanation's terms; `term_pointed(str)` one of them in figures, or nothing."""

    term_pointed = Signal(str)

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        self._found: Explanation | None = None
        self._limits: Limits = (0.0, 0.0, 0.0)
        self._others: Sequence[Terms] = ()
        self._fitted = QSize()
        super().__init__(commands, term_maker(()), parent=parent)
        self.setObjectName("unit_terms")
        self.setAccessibleName("Terms of the unit")
        self.shows_figures = True
        self.can_let_go = True
        self.pointed.connect(self._speak)

    def show_terms(self, found: Explanation, limits: Limits) -> None:
        """Shows the terms of a unit; `limits` are the full colours of their rows."""
        before, self._found, self._limits = self._found, found, limits
        if before is None or not _is_alike(before, found):
            self.hold(None)
        if before is None or not _have_one_shape(before, found):
            self.arrange(term_maker(term_panels(self._current)))
        self._speak()

    def compare_with(self, others: "Sequence[Terms]") -> None:
        """From now on they are as large as those of the same shape among `others`."""
        self._others = others
        self.fit()

    @property
    def room(self) -> Room:
        """What there is in each of those that are compared."""
        size = self._common_size()
        return self.looks.room(size.width(), size.height(), self.devicePixelRatioF())

    def _common_size(self) -> QSize:
        size, found = self.size(), self._found
        for other in self._others:
            if found is not None and other.found and _have_one_shape(found, other.found):
                size = size.boundedTo(other.size())
        return size

    @property
    def found(self) -> Explanation | None:
        """The unit whose terms are shown; None before the first."""
        return self._found

    def fit(self) -> None:
        """Lays them out anew where one of those compared has another size."""
        if self._fitted != self._common_size():
            self._lay_out()

    def laid_out(self) -> None:
        self._fitted = self._common_size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for other in self._others:
            other.fit()

    def _current(self) -> Explanation:
        assert self._found is not None  # noqa: S101 - its panels are shown only then
        return self._found

    @Slot()
    def _speak(self) -> None:
        found, spoken = self._found, self.spoken
        if found is None:
            self.show_content(GridContent())
            self.term_pointed.emit("")
            return
        self.show_content(term_content(found, self.panels, self._limits, spoken))
        self.term_pointed.emit("" if spoken is None else term_in_figures(found, spoken))


def _is_alike(one: Explanation, other: Explanation) -> bool:
    """Whether the cells of both are those of the same inputs."""
    return one.unit == other.unit and one.kind == other.kind


def _have_one_shape(one: Explanation, other: Explanation) -> bool:
    """Whether the terms of both are as many, in pictures of one size."""
    return (len(one.sources), one.sources[0].inputs.shape) == (
        len(other.sources),
        other.sources[0].inputs.shape,
    )
