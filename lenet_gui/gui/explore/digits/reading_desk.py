"""Has sets read by networks off the GUI thread, and keeps what was read."""

import copy
import os
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.data.digits import Digits
from lenet_gui.explore.readings_of_set import SetReadings
from lenet_gui.gui.background import Background, Job
from lenet_gui.gui.networks import NetworkInUse

_KEPT = 8


@dataclass(frozen=True, eq=False)
class _Read:
    network: NetworkInUse
    digits: Digits
    readings: SetReadings


class ReadingDesk(QObject):
    """Keeps the readings of a few networks and sets.

    Signals: `came()` when everything that was asked for is read, `progressed(int, int)` how far
    it is, `failed(str)` a sentence. A network in training is a new NetworkInUse after every
    change, so that what is `found` is never stale.
    """

    came = Signal()
    progressed = Signal(int, int)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: list[_Read] = []
        # All cores, as the command line has: somebody waits for it.
        self._background = Background(self, threads=os.cpu_count() or 1)
        self._background.progressed.connect(self.progressed)
        self._background.done.connect(self._keep)
        self._background.failed.connect(self.failed)

    @property
    def is_busy(self) -> bool:
        """Whether digits are being read."""
        return self._background.is_busy

    def found(self, network: NetworkInUse | None, digits: Digits | None) -> SetReadings | None:
        """What a network has made of a set; None where it has not read it."""
        for read in self._kept:
            if read.network is network and read.digits is digits:
                return read.readings
        return None

    def last_found(self, network: NetworkInUse | None, digits: Digits | None) -> SetReadings | None:
        """The same, or what the network made of the set before it was trained on."""
        exact = self.found(network, digits)
        if exact is not None or network is None:
            return exact
        for read in self._kept:
            if read.network.network is network.network and read.digits is digits:
                return read.readings
        return None

    def ask(self, networks: Sequence[NetworkInUse], digits: Digits) -> None:
        """Has a set read by those networks that have not read it yet, one after the other."""
        wanted = [each for each in networks if self.found(each, digits) is None]
        # Copied here: the one in training changes in place.
        copies = [copy.deepcopy(each.network) for each in wanted]

        def read(job: Job) -> list[_Read]:
            from lenet_gui.explore.set_reader import read_set

            all_digits = len(digits) * len(copies)
            found = []
            for before, (network, copied) in enumerate(zip(wanted, copies, strict=True)):

                def tell(done: int, _: int, start: int = before * len(digits)) -> None:
                    job.progress(start + done, all_digits)

                found.append(_Read(network, digits, read_set(copied, digits, tell)))
            return found

        self._background.ask(read)

    def cancel(self) -> None:
        """Reads no further."""
        self._background.cancel()

    def close_down(self) -> None:
        """Ends what runs, and waits for it."""
        self._background.close_down()

    @Slot(object)
    def _keep(self, read: list[_Read]) -> None:
        self._kept = [*read, *self._kept][:_KEPT]
        self.came.emit()
