"""The line at the bottom: what was done, or what a command does; at its end the network in use."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QStatusBar

from lenet_gui.gui.core import theme
from lenet_gui.gui.library.known_network import KnownNetwork
from lenet_gui.gui.widgets.elided_label import ElidedLabel


class StatusLine(QObject):
    """Fills a status bar; where a message needs the whole of it, the network gives way."""

    def __init__(self, bar: QStatusBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._network = ElidedLabel()
        self._network.setObjectName("network-facts")
        bar.addPermanentWidget(self._network)
        bar.messageChanged.connect(self._give_room)

    @Slot(object)
    def show_network(self, network: KnownNetwork) -> None:
        """Says what the network in use is."""
        self._network.setText(network.summary)
        self._give_room(self._bar.currentMessage())

    @Slot(str)
    def _give_room(self, message: str) -> None:
        """A message is painted up to the network, whatever its length."""
        needed = self._bar.fontMetrics().horizontalAdvance(message) + 4 * theme.UNIT
        room = self._bar.width() - self._network.sizeHint().width()
        self._network.setHidden(bool(message) and needed > room)
