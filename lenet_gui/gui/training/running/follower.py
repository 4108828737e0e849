"""Puts the newest weights of a run in training into one network for the live view."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lenet_gui.net.architecture import Variant
from lenet_gui.training.events import Weights

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5

EVERY_MS = 200


class Follower(QObject):
    """Signal `network_changed(object)`: the network, the same object for all of a run.

    It is changed only in the window's thread, at most every `EVERY_MS`, and only while the newest
    weights are to be shown; weights that come faster replace each other, and those that it has
    already are not told again.
    """

    network_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network: LeNet5 | None = None
        self._newest: tuple[Variant, Weights] | None = None
        self._told: Weights | None = None  # what the network has
        self._is_shown = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._due)

    def offer(self, variant: Variant, weights: Weights) -> None:
        """Takes newer weights; at once if none came recently."""
        self._newest = variant, weights
        if not self._timer.isActive():
            self._due()

    def forget(self) -> None:
        """The next weights belong to another run and go into another network."""
        self._timer.stop()
        self._newest = self._told = self._network = None

    def show_newest(self, *, shown: bool) -> None:
        """From now on the newest weights are shown, those that came before at once; or none are."""
        self._is_shown = shown
        self._told = None
        if shown:
            self._due()

    @Slot()
    def _due(self) -> None:
        if self._newest is None or not self._is_shown:
            return
        variant, weights = self._newest
        if _are_equal(weights, self._told):
            return
        from lenet_gui.training.snapshot import network_of, put_weights

        self._told = weights
        if self._network is None or self._network.variant is not variant:
            self._network = network_of(variant, weights)
        else:
            put_weights(self._network, weights)
        self._timer.start()
        self.network_changed.emit(self._network)


def _are_equal(some: Weights, others: Weights | None) -> bool:
    """Whether all weights are the same, bit for bit."""
    return others is not None and all(
        name in others and np.array_equal(array, others[name]) for name, array in some.items()
    )
