"""Runs networks on whole sets of digits outside the GUI thread, and keeps the results."""

import copy
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.data.digits import Digits
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.library.known_network import NetworkInUse

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5

_KEPT = 8

Work = Callable[["LeNet5", Digits, Callable[[int, int], None]], Any]
"""The work for a network and a set; it reports the digits done and in all."""


@dataclass(frozen=True, eq=False)
class _Found:
    network: NetworkInUse
    digits: Digits
    result: Any


class SetRunner(QObject):
    """Keeps the results of a few networks and sets.

    Signals: `came()` when everything requested is there, `progressed(int, int)` the progress,
    (0, 0) at the very start, `failed(str)` a message, `settled()` when no such message is
    true any more: it is requested again, or nothing is missing.
    A network in training is a new NetworkInUse after every change, so that what is `found` is never
    stale.
    """

    settled = Signal()
    came = Signal()
    progressed = Signal(int, int)
    failed = Signal(str)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._kept: list[_Found] = []
        self._asked: tuple[list[LeNet5], Digits] | None = None
        # All cores, like the command line: the user waits for it.
        self._tasks = Tasks(self, threads=os.cpu_count() or 1)
        self._tasks.progressed.connect(self.progressed)
        self._tasks.done.connect(self._keep)
        self._tasks.failed.connect(self.failed)

    def report_to(self, notifier: Notifier, cause: str) -> None:
        """Has the notifier tell what could not be read, as long as that is true."""
        self.failed.connect(partial(notifier.fail, cause))
        self.settled.connect(partial(notifier.clear, cause))

    @property
    def is_busy(self) -> bool:
        """Whether a set is being read."""
        return self._tasks.is_busy

    def found(self, network: NetworkInUse | None, digits: Digits | None) -> Any:
        """The result of a network and a set; None if there is none."""
        for each in self._kept:
            if each.network.has_weights_of(network) and each.digits is digits:
                return each.result
        return None

    def last_found(self, network: NetworkInUse | None, digits: Digits | None) -> Any:
        """The same, or the result of the network before it was trained further."""
        exact = self.found(network, digits)
        if exact is not None or network is None:
            return exact
        for each in self._kept:
            if each.network.network is network.network and each.digits is digits:
                return each.result
        return None

    def want(self, networks: Sequence[NetworkInUse], digits: Digits) -> None:
        """Requests what is missing, and cancels what is no longer needed.

        It does not request again if the same networks have been trained further: that happens many
        times a second. Nor after `cancel`. In both cases the user decides: `ask`.
        """
        if all(self.found(each, digits) is not None for each in networks):
            self.settled.emit()
            if self.is_busy:
                self._tasks.cancel()
                self._asked = None
            return
        now = [each.network for each in networks]
        before, of = self._asked or ([], None)
        # Networks and sets are the same if they are the same objects.
        if of is not digits or [id(each) for each in before] != [id(each) for each in now]:
            self.ask(networks, digits)

    def ask(self, networks: Sequence[NetworkInUse], digits: Digits) -> None:
        """Requests the results of those networks that have none yet, one after another."""
        self._asked = [each.network for each in networks], digits
        self.settled.emit()
        self.progressed.emit(0, 0)
        wanted = [each for each in networks if self.found(each, digits) is None]
        # Copied here: the one in training changes in place.
        copies = [copy.deepcopy(each.network) for each in wanted]
        work = self._work

        def go_through(job: Job) -> list[_Found]:
            all_digits = len(digits) * len(copies)
            found = []
            for before, (network, copied) in enumerate(zip(wanted, copies, strict=True)):

                def tell(done: int, _: int, start: int = before * len(digits)) -> None:
                    job.progress(start + done, all_digits)

                found.append(_Found(network, digits, work(copied, digits, tell)))
            return found

        self._tasks.ask(go_through)

    def cancel(self) -> None:
        """Stops until requested again, or until something else is needed."""
        self._tasks.cancel()

    def close_down(self) -> None:
        """Ends what runs, and waits for it."""
        self._tasks.close_down()

    @Slot(object)
    def _keep(self, found: list[_Found]) -> None:
        self._kept = [*found, *self._kept][:_KEPT]
        self.came.emit()
