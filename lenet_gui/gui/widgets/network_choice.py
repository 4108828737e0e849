"""A list of networks to choose from: in use, shipped, in training, or from a file."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from lenet_gui.errors import UserError
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.library.networks import (
    PAPER,
    NetworkInUse,
    Networks,
    network_in,
    shipped_network,
)
from lenet_gui.net.architecture import Variant

IN_USE = "In use"
IN_TRAINING = "In training"
FROM_FILE = "A file…"
_SHIPPED: dict[str, tuple[Variant, str | None]] = {
    "Original, shipped": (Variant.ORIGINAL, None),
    "Modern, shipped": (Variant.MODERN, None),
    f"{PAPER}, shipped": (Variant.ORIGINAL, PAPER),
}


def shipped_name(variant: Variant) -> str:
    """What the list calls the best shipped network of a variant."""
    return next(name for name, shipped in _SHIPPED.items() if shipped == (variant, None))


class NetworkChoice(QComboBox):
    """Chooses a network without changing the one in use.

    `network_changed(NetworkInUse or None)` when another is chosen and when the chosen one changes
    (its object may be the same while it trains); None: "In training" is chosen and none is
    followed. `failed(str)` a sentence, and then the choice is what it was; `settled()` when one
    has been chosen, and no such sentence is true any more.
    """

    network_changed = Signal(object)
    failed = Signal(str)
    settled = Signal()

    def __init__(
        self,
        networks: Networks,
        ask: FileDialogs,
        first: str = IN_USE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._networks, self._ask = networks, ask
        self._files: dict[str, NetworkInUse] = {}
        self._shipped: dict[str, NetworkInUse] = {}
        self.addItems([IN_USE, *_SHIPPED, IN_TRAINING])
        self.insertSeparator(self.count())
        self.addItem(FROM_FILE)
        self.setCurrentText(first)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self._chosen = first
        self.activated.connect(self._choose_shown)
        networks.changed.connect(self._in_use_changed)
        networks.shown_changed.connect(self._shown_changed)

    @property
    def network(self) -> NetworkInUse | None:
        """The chosen network; None where there is none (yet)."""
        if self._chosen == IN_USE:
            return self._networks.current
        if self._chosen == IN_TRAINING:
            return self._networks.followed
        if self._chosen in self._files:
            return self._files[self._chosen]
        if self._chosen not in self._shipped:
            if self._networks.current is None:
                return None  # torch is not there yet
            try:
                self._shipped[self._chosen] = shipped_network(*_SHIPPED[self._chosen])
            except UserError as error:
                self.failed.emit(str(error))
                return None
        return self._shipped[self._chosen]

    def report_to(self, notifier: Notifier, cause: str) -> None:
        """Has the notifier tell what cannot be chosen, as long as that is true."""
        self.failed.connect(partial(notifier.fail, cause))
        self.settled.connect(partial(notifier.clear, cause))

    @property
    def names(self) -> tuple[str, ...]:
        """What can be chosen by its name."""
        texts = (self.itemText(index) for index in range(self.count()))
        return tuple(text for text in texts if text not in ("", FROM_FILE))

    def load(self, path: Path) -> bool:
        """Chooses the network in a file; False, and `failed`, where it cannot be used."""
        try:
            found = network_in(path)
        except UserError as error:
            self.setCurrentText(self._chosen)
            self.failed.emit(str(error))
            return False
        if path.name not in self._files:
            self.insertItem(self.findText(IN_TRAINING) + 1, path.name)
        self._files[path.name] = found
        self.choose(path.name)
        return True

    @Slot(int)
    def _choose_shown(self, _index: int) -> None:
        name = self.currentText()
        if name != FROM_FILE:
            self.choose(name)
            return
        path = self._ask.open("Choose weights", "Weights (*.safetensors);;All files (*)")
        if path is None:
            self.setCurrentText(self._chosen)
        else:
            self.load(path)

    def choose(self, name: str) -> None:
        """Chooses one of the list, as the user would."""
        before, self._chosen = self._chosen, name
        network = self.network
        if network is None and name in _SHIPPED and self._networks.current is not None:
            self._chosen = before  # its file is broken, as `failed` has told
        else:
            self.settled.emit()
        self.setCurrentText(self._chosen)
        self.network_changed.emit(self.network)

    @Slot(object)
    def _in_use_changed(self, _network: NetworkInUse) -> None:
        if self._chosen == IN_USE or self._chosen in _SHIPPED:
            self.network_changed.emit(self.network)

    @Slot(object)
    def _shown_changed(self, _network: NetworkInUse | None) -> None:
        if self._chosen == IN_TRAINING:
            self.network_changed.emit(self.network)
