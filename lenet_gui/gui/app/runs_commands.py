"""Opens the table of runs, and does in the window what is asked for there."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.app.view_stack import ViewStack
from lenet_gui.gui.core.windows import bring_to_front
from lenet_gui.gui.library.networks import Networks
from lenet_gui.gui.library.runs import RunLibrary
from lenet_gui.gui.run_table.text import in_use_text
from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.gui.training.running.controller import Phase
from lenet_gui.training.run_folders import RunFolder

if TYPE_CHECKING:
    from lenet_gui.gui.run_table.window import RunsWindow


class RunsCommands(QObject):
    """Makes the table's window when it is first asked for."""

    def __init__(
        self,
        window: QWidget,
        runs: RunLibrary,
        networks: Networks,
        training: TrainingPanel,
        view_stack: ViewStack,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._runs, self._networks = runs, networks
        self._training, self._view_stack = training, view_stack
        self.table: RunsWindow | None = None
        self._in_use = ""  # what the table was told when a run's network was put to use
        networks.changed.connect(self._use_changed)
        training.controller.phase_changed.connect(self._show_training)
        training.controller.run_named.connect(self._show_training)

    @Slot()
    def show(self) -> None:
        """Shows the table, in front."""
        # Here, so that a window that opens need not wait for a table that few look at.
        from lenet_gui.gui.run_table.window import RunsWindow

        if self.table is None:
            self.table = RunsWindow(self._runs, self._window)
            self.table.use_wanted.connect(self._use)
            self.table.show_wanted.connect(self._look_back)
            self.table.resume_wanted.connect(self._resume)
            self.table.training_wanted.connect(self._open_training)
            self._show_training()
        bring_to_front(self.table)

    def close_down(self) -> None:
        """Closes the table."""
        if self.table is not None:
            self.table.close()

    @Slot()
    def _show_training(self) -> None:
        if self.table is not None:
            folder = self._training.run_folder if self._training.is_running else None
            is_idle = self._training.controller.phase is Phase.IDLE
            self.table.show_training(folder, may_train=is_idle)

    @Slot(object)
    def _use(self, run: RunFolder) -> None:
        if self.table is None or run.weights is None:
            return
        if self._networks.load(run.weights):
            self._in_use = in_use_text(run.name)
            self.table.say(self._in_use)
        else:
            self._come_to_the_front()  # where it is told why not

    @Slot()
    def _use_changed(self) -> None:
        """Another network is in use."""
        if self.table is not None:
            self.table.take_back(self._in_use)

    @Slot()
    def _open_training(self) -> None:
        self._view_stack.training_wanted.emit()
        self._come_to_the_front()

    @Slot(object)
    def _look_back(self, folder: Path) -> None:
        self._view_stack.show_run(folder)
        self._come_to_the_front()

    @Slot(object)
    def _resume(self, folder: Path) -> None:
        self._training.set_folded(folded=False)
        self._training.resume_run(folder)
        self._come_to_the_front()

    def _come_to_the_front(self) -> None:
        """The table, which lies over the window, goes: what it led to is to be seen."""
        if self.table is not None:
            self.table.hide()
        bring_to_front(self._window)
