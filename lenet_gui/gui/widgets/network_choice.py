"""A list of networks to choose from: the window's, shipped, in training, a run's, or a file's."""

from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.errors import UserError
from lenet_gui.gui.core.file_dialogs import WEIGHTS_FILTER, FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.plain import plain_tip
from lenet_gui.gui.library.known_network import NetworkInUse
from lenet_gui.gui.library.network_list import CHANGING, SHOWN, NetworkList
from lenet_gui.gui.widgets.names_box import NamesBox

FROM_FILE = "A file…"


class NetworkChoice(NamesBox):
    """Chooses a network without changing the one in use; mirrors the list of all networks.

    `network_changed(NetworkInUse or None)` when another is chosen and when the chosen one changes
    (its object may be the same while it trains); None where it cannot be read (yet).
    `failed(str)` a sentence, and then the choice is what it was; `settled()` when one has been
    chosen, and no such sentence is true any more.
    """

    network_changed = Signal(object)
    failed = Signal(str)
    settled = Signal()

    def __init__(
        self,
        networks: NetworkList,
        ask: FileDialogs,
        first: str = SHOWN,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._networks, self._ask = networks, ask
        self._chosen = first
        self._network: NetworkInUse | None = None  # of a name that means one network
        self._wanted: Path | None = None  # a file that is being looked at
        self._listed: dict[str, Path | None] = {}
        self._fill()
        self.setMinimumContentsLength(14)
        self.activated.connect(self._choose_shown)
        networks.renamed.connect(self._rename)
        networks.changed.connect(self._list_changed)
        networks.shown.connect(self._shown_changed)
        networks.came.connect(self._came)
        networks.prepared.connect(self._prepared)

    @property
    def network(self) -> NetworkInUse | None:
        """The chosen network; None where there is none (yet)."""
        if self._chosen in CHANGING:
            return self._networks.network(self._chosen)
        if self._network is None:
            self._network = self._read(self._chosen)
        return self._network

    @property
    def names(self) -> tuple[str, ...]:
        """What can be chosen by its name."""
        return self._networks.names

    def report_to(self, notifier: Notifier, cause: str) -> None:
        """Has the notifier say what cannot be chosen, as long as that is true."""
        self.failed.connect(partial(notifier.fail, cause))
        self.settled.connect(partial(notifier.clear, cause))

    def load(self, path: Path) -> bool:
        """Chooses the network in a file; False, and `failed`, where it cannot be used.

        False too where it must first be found out how to read it; then it is chosen by itself.
        """
        self._wanted = None
        try:
            if not self._networks.prepare(path):
                self._wanted = path
                self.setCurrentText(self._chosen)
                return False
            name = self._networks.open(path)
        except UserError as error:
            self.setCurrentText(self._chosen)
            self.failed.emit(error.on_screen)
            return False
        self.choose(name)
        return True

    @Slot(object)
    def _prepared(self, path: Path) -> None:
        if path == self._wanted:
            self.load(path)

    def choose(self, name: str) -> None:
        """Chooses one of the list, as the user would."""
        found = self._read(name)
        if found is not None or name in CHANGING or not self._networks.is_ready:
            self._chosen, self._network = name, found
            self.settled.emit()
        self.setCurrentText(self._chosen)
        self.network_changed.emit(self.network)

    def _read(self, name: str) -> NetworkInUse | None:
        try:
            return self._networks.network(name)
        except UserError as error:
            self.failed.emit(error.on_screen)
            return None

    def _fill(self) -> None:
        """Nothing is touched where all is as it was: the list may hang open."""
        paths = self._networks.paths
        if list(paths) != list(self._listed):
            self._listed = {}
            self.clear()
            self.addItems(list(paths))
            self.insertSeparator(self.count())
            self.addItem(FROM_FILE)
        for place, (name, path) in enumerate(paths.items()):
            if path is not None and path != self._listed.get(name):
                tip = plain_tip(str(path))
                self.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
        self._listed = paths
        self.setCurrentText(self._chosen)

    @Slot(int)
    def _choose_shown(self, place: int) -> None:
        if place != self.count() - 1:
            self.choose(self.currentText())
            return
        path = self._ask.open("Choose weights", WEIGHTS_FILTER)
        if path is None:
            self.setCurrentText(self._chosen)
        else:
            self.load(path)

    @Slot(str, str)
    def _rename(self, old: str, new: str) -> None:
        """The list changes next, and with it what is chosen by this name."""
        if self._chosen == old:
            self._chosen = new

    @Slot()
    def _list_changed(self) -> None:
        """The chosen one stays, unless its run, file or training is gone or is another network."""
        if self._chosen not in self._networks.names:
            self._chosen, self._network = SHOWN, None
            self._fill()
            self.settled.emit()
            self.network_changed.emit(self.network)
            return
        self._fill()
        if self._chosen in CHANGING or self._network is None:
            return
        with suppress(UserError):  # the network that was read stays
            found = self._networks.network(self._chosen)
            if found is not self._network:
                self._network = found
                self.network_changed.emit(found)

    @Slot()
    def _came(self) -> None:
        if self._chosen not in CHANGING and self._network is None:
            self.network_changed.emit(self.network)

    @Slot()
    def _shown_changed(self) -> None:
        if self._chosen in CHANGING:
            self.network_changed.emit(self.network)
