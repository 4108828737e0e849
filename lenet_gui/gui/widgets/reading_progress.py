"""How far the reading of a set of digits is."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from lenet_gui.gui.library.set_runner import SetRunner


class ReadingProgress(QProgressBar):
    """Follows a runner; whoever owns it shows it while the runner is busy."""

    def __init__(self, runner: SetRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Digits read so far")
        runner.progressed.connect(self._show_progress)

    @Slot(int, int)
    def _show_progress(self, done: int, wanted: int) -> None:
        self.setRange(0, wanted)
        self.setValue(done)
