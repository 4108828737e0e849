"""Python's search for cycles of objects, held to the GUI thread.

A cycle that holds Qt objects destroys them in the thread that finds it, and Qt's objects may only
be destroyed in their own: found by a background job, a timer stops badly or the program crashes.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

_EVERY_MS: Final = 250


def collect_due(oldest: int = 2) -> None:
    """Collects, in this thread, the oldest generation that is due by Python's own thresholds.

    Args:
        oldest: no older generation than this: 0, 1, or 2 for everything.
    """
    counts, thresholds = gc.get_count(), gc.get_threshold()
    due = [age for age in range(oldest + 1) if counts[age] > thresholds[age]]
    if due:
        gc.collect(due[-1])


class CycleCollector(QObject):
    """Takes the place of the automatic search, which any thread may begin."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._collect)

    def start(self) -> None:
        """From now on this thread collects, and no other."""
        gc.disable()
        self._timer.start()

    @Slot()
    def _collect(self) -> None:
        # A full collection takes some 50 ms, which a stroke of the pen would show.
        is_drawing = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        collect_due(oldest=1 if is_drawing else 2)
