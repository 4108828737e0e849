"""The plots of training as a view, for a window that only shows them."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from lenet_gui.gui.core import theme
from lenet_gui.gui.training.plots.plots_pane import PlotsPane
from lenet_gui.gui.views.view import View, ViewContext


class PlotsView(View):
    """Shows what the plots of the training panel show, update by update."""

    def __init__(self, context: ViewContext, followed: PlotsPane) -> None:
        """Args: followed: the plots of the training panel."""
        super().__init__(context)
        self.setObjectName("plots_view")
        self.pane = PlotsPane(context.ask, context.notifier)
        self._followed = followed
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        column.addWidget(self.pane)
        followed.shown_changed.connect(self._follow)
        followed.grown.connect(self.pane.mark_changed)
        self._follow()

    def close_down(self) -> None:
        self._followed.shown_changed.disconnect(self._follow)
        self._followed.grown.disconnect(self.pane.mark_changed)
        self.pane.close_down()

    @Slot()
    def _follow(self) -> None:
        self.pane.show_as(self._followed)
