"""The network in use: the shipped weights at first, then what the user loads or trains."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.errors import UserError
from lenet_gui.explore.form_finding.known_forms import KnownForms
from lenet_gui.explore.form_finding.own_weights import as_own, check_expected
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.torch_loading import TorchLoader
from lenet_gui.gui.library.form_finder import FormFinder
from lenet_gui.gui.library.known_network import (
    SHIPPED,
    AwaitedNetwork,
    ImportedFile,
    NetworkInUse,
    moved,
)
from lenet_gui.gui.library.read_networks import ReadNetworks, origin_in_run, origin_of
from lenet_gui.net.architecture import Variant
from lenet_gui.net.modern_form import ModernForm
from lenet_gui.net.weight_arrays import read_weights
from lenet_gui.net.weights_import.reading import digest_of, import_weights, is_of_another_program
from lenet_gui.paths import shipped_weights
from lenet_gui.printable import printable
from lenet_gui.training.ending import RunFiles
from lenet_gui.training.events import Started
from lenet_gui.training.facts import facts_of_training
from lenet_gui.training.recipe_text import named_recipe

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5

PAPER = "paper-1998"
"""The shipped weights that were trained with the paper's own optimiser, besides the best ones."""

UNTRAINED = "untrained"
"""The origin of the network that is used if the shipped weights cannot be read."""
_OPENED = "opened file"
_WEIGHTS = "weights"  # a cause, as the first of these


class Networks(QObject):
    """Remembers one network for each variant, which one is in use, and which is shown.

    They differ while a training run is followed: then the one in training is shown, and at its end
    the trained one, until another is chosen. `changed` carries
    the NetworkInUse that is in use now, `shown_changed` the one that is shown; `followed_left()`
    when another network is chosen while one in training is shown; `awaited` the AwaitedNetwork
    that is available when torch is loaded; `opened()` when `files` has grown, or one of them holds
    another network. Failures are reported to the notifier, and then nothing has
    changed.
    """

    awaited = Signal(object)
    changed = Signal(object)
    shown_changed = Signal(object)
    followed_left = Signal()
    opened = Signal()
    loaded = Signal(object)
    prepared = Signal(object)

    def __init__(
        self,
        notifier: Notifier,
        torch: TorchLoader | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._notifier = notifier
        self._torch = torch or TorchLoader(self)
        self._torch.loaded.connect(self._use_awaited)
        self.forms = FormFinder(self._torch, self)
        self.forms.found.connect(self._prepared)
        self.forms.failed.connect(self._refuse)
        self._to_load: tuple[Path, Variant | None] | None = None  # once its form is known
        self._awaited: Callable[[], NetworkInUse] | None = None
        self._variant: Variant | None = None  # in use, or awaited
        self._kept: dict[Variant, NetworkInUse] = {}
        self._read = ReadNetworks()
        self._files: list[Path] = []
        self._current: NetworkInUse | None = None
        self._followed: NetworkInUse | None = None
        self._trained: NetworkInUse | None = None  # shown instead of the one in use

    @property
    def shown(self) -> NetworkInUse | None:
        """The network that the window shows."""
        return self._followed or self._trained or self._current

    @property
    def followed(self) -> NetworkInUse | None:
        """The network in training, while it is followed."""
        return self._followed

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of weights that were opened."""
        return tuple(self._files)

    @property
    def current(self) -> NetworkInUse | None:
        """The network in use; None before the first `switch`."""
        return self._current

    def switch(self, variant: Variant) -> None:
        """Uses the remembered network of `variant`, the shipped one the first time.

        At once, or as soon as torch is loaded; the same holds for all other choices.
        """
        kept = partial(self._shipped_or_kept, variant)
        self._use_or_await(kept, partial(_awaited_shipped, variant))

    @Slot()
    def use_shipped(self) -> None:
        """Goes back to the shipped weights of the variant in use."""
        if self._variant is not None:
            self._choose_shipped(self._variant)

    @Slot()
    def use_paper(self) -> None:
        """Uses the Original's weights that were trained as in the paper."""
        self._choose_shipped(Variant.ORIGINAL, PAPER)

    def load(self, path: Path, expected: Variant | None = None) -> bool:
        """Reads a file of weights of either variant; True if it can be used.

        Where it is not known yet how to read a file of another program, False; `loaded` follows.
        """
        self._to_load = None
        with self._notifier.reporting(_WEIGHTS):
            if not self.prepare(path, expected):
                self._to_load = path, expected
                return False
            opened = partial(self.open, path, expected)
            self._use_or_await(opened, partial(awaited_in, path, expected))
            self.loaded.emit(path)
            return True
        return False

    def prepare(self, path: Path, expected: Variant | None = None) -> bool:
        """Whether a file can be opened now; else its form is found first, and `prepared` follows.

        Raises:
            UserError: the file cannot be used.
        """
        if not self.forms.is_needed(path):
            return True
        self.forms.find(path, expected)
        return False

    def read_as(self, form: ModernForm | None) -> None:
        """Uses the network of another program in another form; None for the one measured best."""
        if self._current is None or self._current.imported is None:
            return
        imported = self._current.imported
        with self._notifier.reporting(_WEIGHTS):
            digest = digest_of(imported.path)
            known = self.forms.known.get(digest)
            if known is not None:  # else the file has changed, and is measured anew
                self.forms.known.keep(digest, known.choosing(form))
            self._read.forget(imported.path)
            self.load(imported.path)

    def read(self, path: Path, expected: Variant | None = None) -> NetworkInUse:
        """The network in a file; read again only if the file has changed since.

        Raises:
            UserError: the file cannot be used, or holds another variant than the expected one.
        """
        network = partial(network_in, path, expected, self.forms.known)
        return self._read.read(path, _OPENED, network, expected)

    def open(self, path: Path, expected: Variant | None = None) -> NetworkInUse:
        """The same for a file that the user opens, which is one of `files` from now on."""
        before = self._read.known(path, _OPENED)
        found = self.read(path, expected)
        if path not in self._files:
            self._files.append(path)
            self.opened.emit()
        elif before is not found:
            self.opened.emit()
        return found

    def shipped(self, variant: Variant, name: str | None = None) -> NetworkInUse:
        """A network that comes with the program, read once; see `shipped_network`."""
        path = shipped_weights(name or variant)
        return self._read.read(path, SHIPPED, partial(shipped_network, variant, name), variant)

    def adopt(
        self, network: "LeNet5", facts: dict[str, str], origin: str, run: Path | None = None
    ) -> None:
        """Uses a network that was trained here; `facts` are those of its training."""
        path = None if run is None else RunFiles.in_folder(run).weights
        self._use(NetworkInUse.of(network, facts, printable(origin), run=run, path=path))
        self._notifier.clear(_WEIGHTS)

    @Slot(object, object, object)
    def adopt_trained(self, network: "LeNet5", facts: dict[str, str], run: Path) -> None:
        """Uses the network that the run in a folder has ended with."""
        self.adopt(network, facts, origin_in_run(run, facts), run)

    def follow(self, network: "LeNet5", started: Started | None) -> None:
        """Shows a network in training, without using it; call it whenever its weights change.

        `started`: how its training began, where that is known.
        """
        facts, name = {}, ""
        if started is not None:
            recipe, class_names = started.recipe, started.class_names
            facts = facts_of_training(recipe, recipe.data, 0, None, None, class_names=class_names)
            name = f"{named_recipe(recipe)}, "
        self._followed = NetworkInUse.of(network, facts, f"{name}in training")
        self._trained = None
        self.shown_changed.emit(self._followed)

    @Slot(object, object, object)
    def show_trained(self, network: "LeNet5", facts: dict[str, str], run: Path) -> None:
        """Shows the result of the training that was followed, without using it."""
        self._followed = None
        origin = f"{origin_in_run(run, facts)}, shown for now"
        self._trained = NetworkInUse.of(network, facts, origin, run=run)
        self.shown_changed.emit(self._trained)

    @Slot()
    def leave_followed(self) -> None:
        """Shows the network in use again, which training never changes."""
        if self._followed is not None or self._trained is not None:
            self._followed = self._trained = None
            self.shown_changed.emit(self._current)

    def save(self, path: Path) -> bool:
        """Writes the weights in use; True if that went well."""
        if self._current is None:
            return False
        from lenet_gui.net.weights_file import save_weights

        with self._notifier.reporting("saving weights"):
            save_weights(self._current.network, path, self._current.facts)
            return True
        return False

    @Slot(object, object)
    def rename_run(self, old: Path, new: Path) -> None:
        """The folder of a run has another name: its networks are the same, and called by it."""
        current, shown = self._current, self.shown
        self._files = [moved(file, old, new) for file in self._files]
        self._read.rename_run(old, new)
        self._kept = {key: kept.with_run_renamed(old, new) for key, kept in self._kept.items()}
        self._current = current and current.with_run_renamed(old, new)
        self._trained = self._trained and self._trained.with_run_renamed(old, new)
        if self._current is not current:
            self.changed.emit(self._current)
        if self.shown is not shown:
            self.shown_changed.emit(self.shown)

    @Slot(object)
    def _prepared(self, path: Path) -> None:
        to_load, self._to_load = self._to_load, None
        if to_load is not None:
            self.load(*to_load)
        self.prepared.emit(path)

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self._to_load = None
        self._notifier.refuse(_WEIGHTS, sentence)

    @Slot()
    def _use_awaited(self) -> None:
        awaited, self._awaited = self._awaited, None
        if awaited is None:
            return
        with self._notifier.reporting(_WEIGHTS):
            self._use(awaited())
            return
        self._use(self._shipped_or_kept(Variant.ORIGINAL))  # the file has changed meanwhile

    def _choose_shipped(self, variant: Variant, name: str | None = None) -> None:
        shipped = partial(self._shipped, variant, name)
        self._use_or_await(shipped, partial(_awaited_shipped, variant, name))

    def _use_or_await(
        self, network: Callable[[], NetworkInUse], awaited: Callable[[], AwaitedNetwork]
    ) -> None:
        """Uses a network if torch is loaded; else later, and `awaited` reads until then.

        Raises:
            UserError: its file cannot be used.
        """
        self._to_load = None  # what is asked for now is newer
        if self._torch.is_loaded:
            self._use(network())
        else:
            known = awaited()
            self._awaited, self._variant = network, known.variant
            self.awaited.emit(known)
        self._notifier.clear(_WEIGHTS)  # of a file that was refused before

    def _use(self, network: NetworkInUse) -> None:
        self._awaited, self._variant = None, network.variant
        if network.origin != UNTRAINED:
            self._kept[network.variant] = network
            self._notifier.clear(SHIPPED)
        was_followed = self._followed is not None
        self._current, self._followed, self._trained = network, None, None
        if was_followed:
            self.followed_left.emit()
        self.changed.emit(network)
        self.shown_changed.emit(network)

    def _shipped_or_kept(self, variant: Variant) -> NetworkInUse:
        return self._kept.get(variant) or self._shipped(variant)

    def _shipped(self, variant: Variant, name: str | None = None) -> NetworkInUse:
        try:
            return self.shipped(variant, name)
        except UserError as error:
            self._notifier.fail(SHIPPED, f"{error} Until then an untrained network is used.")
            return NetworkInUse.of(_untrained(variant), {}, UNTRAINED)


def network_in(
    path: Path, expected: Variant | None = None, known: KnownForms | None = None
) -> NetworkInUse:
    """The network in a file of weights; of another program's in the form that is known.

    Raises:
        UserError: the file cannot be used, or holds another variant than the expected one.
    """
    from lenet_gui.net.weights_file import load_weights, network_with

    if not is_of_another_program(path):
        loaded = load_weights(path, expected)
        told = loaded.facts, *origin_of(path, loaded.facts)
        return NetworkInUse.of(loaded.network, *told, path=path)
    imported = import_weights(path)
    check_expected(path, imported.variant, expected)
    finding = None if imported.form is not None or known is None else known.get(imported.digest)
    if imported.form is None and finding is None:
        raise UserError(f"{path} has changed while it was read: load it again.")
    own = network_with(as_own(imported, finding, path))
    network = NetworkInUse.of(own.network, own.facts, *origin_of(path, own.facts), path=path)
    return network if finding is None else replace(network, imported=ImportedFile(path, finding))


def awaited_in(path: Path, expected: Variant | None = None) -> AwaitedNetwork:
    """The same before torch is loaded.

    Raises:
        UserError: the file cannot be used, or holds another variant than the expected one.
    """
    found = read_weights(path, expected)
    origin, name, run = origin_of(path, found.facts)
    told = found.variant, found.facts, origin, name
    return AwaitedNetwork(*told, run=run, path=path, form=found.form, arrays=found.arrays)


def _awaited_shipped(variant: Variant, name: str | None = None) -> AwaitedNetwork:
    """Until torch is loaded a broken file is skipped: then `shipped_network` reports it."""
    with suppress(UserError):
        found = awaited_in(shipped_weights(name or variant), variant)
        return replace(found, origin=_origin_of_shipped(name), path=None)
    return AwaitedNetwork(variant, {}, UNTRAINED, arrays={})


def shipped_network(variant: Variant, name: str | None = None) -> NetworkInUse:
    """The network that comes with the program: the best of a variant, or the one of a name.

    Raises:
        UserError: its file is missing or broken.
    """
    found = network_in(shipped_weights(name or variant), variant)
    return replace(found, origin=_origin_of_shipped(name), path=None)


def _origin_of_shipped(name: str | None) -> str:
    return f"{SHIPPED}, {name}" if name else SHIPPED


def _untrained(variant: Variant) -> "LeNet5":
    import torch

    from lenet_gui.net.lenet5 import build

    return build(variant, torch.Generator().manual_seed(0)).eval().requires_grad_(False)
