"""The runner at which networks read whole sets."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from lenet_gui.data.digits import Digits
from lenet_gui.explore.readings_of_set import SetReadings
from lenet_gui.gui.library.set_runner import SetRunner

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5


def reading_runner(parent: QObject | None = None) -> SetRunner:
    """A runner whose results are `SetReadings`."""
    return SetRunner(_read, parent)


def _read(network: "LeNet5", digits: Digits, progress: Callable[[int, int], None]) -> SetReadings:
    from lenet_gui.explore.set_reader import read_set  # with torch, in its thread

    return read_set(network, digits, progress)
