"""Waiting until a picture is ready, and keeping it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPixmap

from lenet_gui.errors import UserError
from lenet_gui.files import written_atomically

MOMENT_MS = 300
"""How long the window runs before a picture is taken: what is painted last is on it then."""

_PATIENCE_MS = 240_000


def settle(until: Callable[[], bool] = lambda: True) -> None:
    """Runs the window for a moment, and until a condition holds.

    A separate event loop, because QTest's waiting holds Python's lock and starves the training.
    Raises UserError after four minutes.
    """
    for _ in range(_PATIENCE_MS // MOMENT_MS):
        loop = QEventLoop()
        QTimer.singleShot(MOMENT_MS, loop.quit)
        loop.exec()
        if until():
            return
    raise UserError("What the pictures are to show was not there in time.")


def save(picture: QPixmap, file: Path) -> None:
    """Writes a PNG, and prints its name."""
    with written_atomically(file) as scratch:
        picture.save(str(scratch), "PNG")
    print(file)
