"""Which of several windows of the program one is: the first, the second, and so on."""

import os
from contextlib import suppress
from pathlib import Path

from lenet_gui.training.lock import lock_of

_MOST = 99


class WindowNumber:
    """The lowest number that no other open window has, in this process or another.

    An empty file in `folder` is locked meanwhile; the system lets go of it when the process ends,
    however it ends. Where no file can be locked, the number is 1.
    """

    def __init__(self, folder: Path) -> None:
        self._handle: int | None = None
        self._value = 1
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            self._take(folder)

    @property
    def value(self) -> int:
        """From 1."""
        return self._value

    def release(self) -> None:
        """The window is closed: another may have its number."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _take(self, folder: Path) -> None:
        for number in range(1, _MOST + 1):
            handle = os.open(folder / str(number), os.O_RDWR | os.O_CREAT, 0o600)
            if lock_of(handle):
                self._handle, self._value = handle, number
                return
            os.close(handle)
