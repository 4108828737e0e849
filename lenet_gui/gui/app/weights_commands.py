"""Loading and saving weights: from the menu, dropped on the window, of other programs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.app.file_drop import FileDrop
from lenet_gui.gui.app.form_dialog import FormDialog
from lenet_gui.gui.app.model_exporter import ModelExporter
from lenet_gui.gui.app.variant_bar import VariantBar
from lenet_gui.gui.core.dropped_files import weights_in
from lenet_gui.gui.core.file_dialogs import WEIGHTS_FILTER, FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.library.known_network import NetworkInUse
from lenet_gui.gui.library.networks import Networks
from lenet_gui.gui.widgets.progress_dialog import ProgressDialog
from lenet_gui.net.architecture import Variant
from lenet_gui.printable import shortened

_KIND = "Weights"
_FORM = "form of imported weights"


class WeightsCommands(QObject):
    """Reports success; failures are reported by the networks themselves."""

    def __init__(
        self,
        ask: FileDialogs,
        networks: Networks,
        notifier: Notifier,
        bar: VariantBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.models = ModelExporter(ask, networks, notifier, window)
        self._window = window
        self._notifier = notifier
        self._ask = ask
        self._networks = networks
        self._before: NetworkInUse | None = None  # when loading was asked for
        self._asked: Path | None = None
        self._loaded = ""  # the note about the weights that were loaded last
        self._progress = ProgressDialog(window, "Weights of another program", is_modal=False)
        self._progress.rejected.connect(networks.forms.cancel)
        self.form_dialog: FormDialog | None = None
        networks.awaited.connect(self._chosen)
        networks.shown_changed.connect(self._chosen)
        networks.loaded.connect(self._told)
        networks.forms.began.connect(self._began)
        networks.forms.progressed.connect(self._progress.show_progress)
        networks.forms.ended.connect(self._progress.put_away)
        bar.form_asked.connect(self.show_form)
        FileDrop(window, weights_in).dropped.connect(self.use)

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What the commands do, by their names."""
        return {
            "export-model": self.models.export,
            "load-weights": self.load,
            "read-as": self.show_form,
            "save-weights": self.save,
            "shipped-weights": self._networks.use_shipped,
            "paper-weights": self._networks.use_paper,
        }

    def close_down(self) -> None:
        """Ends what runs in the background, and waits for it."""
        self.models.close_down()
        self._networks.forms.close_down()

    @property
    def progress(self) -> ProgressDialog:
        """Is open while finding a form takes long."""
        return self._progress

    @Slot()
    def load(self) -> None:
        """Loads weights of either variant; the current network stays if that fails."""
        path = self._ask.open("Load weights", WEIGHTS_FILTER)
        if path is not None:
            self.use(path)

    @Slot(object)
    def use(self, path: Path, expected: Variant | None = None) -> None:
        """Loads the weights in a file, which must be of the variant that is expected."""
        self._before, self._asked = self._networks.current, path
        self._networks.load(path, expected)

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
    def show_form(self) -> None:
        """Shows as what the weights of another program are read."""
        if self.form_dialog is None:
            self.form_dialog = FormDialog(self._networks, self._window)
        self.form_dialog.show()
        self.form_dialog.raise_()

    @Slot(object)
    def _told(self, path: Path) -> None:
        """A file is in use."""
        now = self._networks.current
        imported = None if now is None else now.imported
        if imported is not None and not imported.finding.reads and imported.finding.chosen is None:
            self._notifier.fail(
                _FORM,
                f"{path.name} is {imported.finding.sentence}: choose another form under Read as, "
                "or load other weights.",
            )
        if path != self._asked:
            return
        self._asked = None
        where, before = "", self._before
        if now is not None and (before is None or before.variant is not now.variant):
            where = f", in the {now.variant.capitalize()} network"
        read = "" if imported is None else f", {imported.finding.sentence}"
        self._loaded = f"Now using the weights of {path.name}{where}{read}."
        if self._notifier.error(_FORM) == "":
            self._notifier.note(self._loaded)

    @Slot()
    def _chosen(self) -> None:
        """Other weights are used now than those that were loaded."""
        self._notifier.withdraw(self._loaded)
        self._notifier.clear(_FORM)

    @Slot(object)
    def _began(self, path: Path) -> None:
        self._progress.open_soon(f"Finding out how {shortened(path.name)} is to be read")
