"""Loading and saving weights from the menu."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.app.model_exporter import ModelExporter
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.library.networks import Networks

_KIND = "Weights"


class WeightsCommands(QObject):
    """Reports success; failures are reported by the networks themselves."""

    def __init__(
        self, ask: FileDialogs, networks: Networks, notifier: Notifier, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.models = ModelExporter(ask, networks, notifier, parent)
        self._notifier = notifier
        self._ask = ask
        self._networks = networks
        self._loaded = ""  # the note about the weights that were loaded last
        networks.awaited.connect(self._chosen)
        networks.shown_changed.connect(self._chosen)

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What the commands do, by their names."""
        return {
            "export-model": self.models.export,
            "load-weights": self.load,
            "save-weights": self.save,
            "shipped-weights": self._networks.use_shipped,
            "paper-weights": self._networks.use_paper,
        }

    @Slot()
    def load(self) -> None:
        """Loads weights of either variant; the current network stays if that fails."""
        path = self._ask.open("Load weights", f"{_KIND} (*.safetensors);;All files (*)")
        before = self._networks.current
        if path is None or not self._networks.load(path):
            return
        now = self._networks.current
        where = ""
        if now is not None and (before is None or before.variant is not now.variant):
            where = f", in the {now.variant.capitalize()} network"
        self._loaded = f"Now using the weights of {path.name}{where}."
        self._notifier.note(self._loaded)

    @Slot()
    def save(self) -> None:
        """Saves the weights in use."""
        network = self._networks.current
        if network is None:
            return
        path = self._ask.save("Save weights", f"lenet5-{network.variant}", {".safetensors": _KIND})
        if path is not None and self._networks.save(path):
            self._notifier.note(f"Saved {path}.")

    @Slot()
    def _chosen(self) -> None:
        """Other weights are used now than those that were loaded."""
        self._notifier.withdraw(self._loaded)
