"""The networks to choose from: every list of them in the window mirrors this one."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.errors import UserError
from lenet_gui.gui.library.known_network import NetworkInUse
from lenet_gui.gui.library.networks import PAPER, Networks
from lenet_gui.gui.library.runs import RunLibrary
from lenet_gui.net.architecture import Variant
from lenet_gui.printable import printable

SHOWN = "In this window"
IN_TRAINING = "In training"
SHIPPED: dict[str, tuple[Variant, str | None]] = {
    "Original, shipped": (Variant.ORIGINAL, None),
    "Modern, shipped": (Variant.MODERN, None),
    f"{PAPER}, shipped": (Variant.ORIGINAL, PAPER),
}
CHANGING = (SHOWN, IN_TRAINING)
"""These names mean different networks over time."""


def shipped_name(variant: Variant) -> str:
    """What the list calls the best shipped network of a variant."""
    return next(name for name, shipped in SHIPPED.items() if shipped == (variant, None))


class NetworkList(QObject):
    """The network that the window shows, the shipped ones, files, kept runs, and one in training.

    A run's network is that of its end, or of its last epoch so far. The one in training is listed
    while it is followed.

    Signals: `changed()` when there are other names, or a file holds another network;
    `renamed(str, str)` before that, when a name has become another; `shown()` when the names in
    `CHANGING` mean other networks; `came()` when the first network is there, with torch;
    `prepared(Path)` when a file can be opened that could not before.
    """

    changed = Signal()
    renamed = Signal(str, str)
    shown = Signal()
    came = Signal()
    prepared = Signal(object)

    def __init__(self, networks: Networks, runs: RunLibrary, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._networks = networks
        self._runs = runs
        self._lists_training = networks.followed is not None
        networks.opened.connect(self.changed)
        networks.shown_changed.connect(self._shown_changed)
        networks.changed.connect(self.came)
        networks.prepared.connect(self.prepared)
        runs.renamed.connect(self._rename)
        runs.changed.connect(self.changed)

    @property
    def names(self) -> tuple[str, ...]:
        """The unique names of all networks."""
        return tuple(self.paths)

    @property
    def paths(self) -> dict[str, Path | None]:
        """Every name with its file, where it is one that was opened or a run's."""
        training = (IN_TRAINING,) if self._lists_training else ()
        return dict.fromkeys((SHOWN, *SHIPPED, *training)) | self._files()

    @property
    def is_ready(self) -> bool:
        """Whether networks can be read: torch is loaded."""
        return self._networks.current is not None

    def network(self, name: str) -> NetworkInUse | None:
        """The network of a name; None if there is none yet.

        "In this window" is the network that it shows, in use or not: while a training run is
        followed, that one.

        Raises:
            UserError: its file cannot be used.
        """
        if name == SHOWN:
            return self._networks.shown
        if name == IN_TRAINING:
            return self._networks.followed
        if not self.is_ready:
            return None
        if name in SHIPPED:
            return self._networks.shipped(*SHIPPED[name])
        path = self._files().get(name)
        if path is None:
            raise UserError(f"The network {name} no longer exists: choose another.")
        return self._networks.read(path)

    def prepare(self, path: Path) -> bool:
        """Whether a file can be opened now; else `prepared` follows, or a message why not.

        Raises:
            UserError: the file cannot be used.
        """
        return self._networks.prepare(path)

    def open(self, path: Path) -> str:
        """Adds the network in a file to the list; returns its name there.

        Raises:
            UserError: the file cannot be used.
        """
        self._networks.open(path)
        return next(name for name, file in self._files().items() if file == path)

    @Slot()
    def _shown_changed(self) -> None:
        is_followed = self._networks.followed is not None
        if is_followed != self._lists_training:
            self._lists_training = is_followed
            self.changed.emit()
        self.shown.emit()

    @Slot(object, object)
    def _rename(self, old: Path, new: Path) -> None:
        self._networks.rename_run(old, new)
        self.renamed.emit(run_label(old), run_label(new))

    def _files(self) -> dict[str, Path]:
        """The files that were opened, and the weights of the runs."""
        runs: dict[str, Path] = {}
        for run in self._runs.runs:
            if run.weights is not None:
                runs.setdefault(run_label(run.folder), run.weights)
        files: dict[str, Path] = {}
        for path in self._networks.files:
            if path not in runs.values():
                name = printable(path.name)
                if name in files or name in runs:
                    name = printable(f"{path.name} ({path.parent})")
                files[name] = path
        return files | runs


def run_label(folder: Path) -> str:
    """What the list calls the network of a run: by the run's name."""
    name = printable(folder.name)
    return f"{name} (run)" if name in (*CHANGING, *SHIPPED) else name
