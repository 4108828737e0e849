"""The network in use: the shipped weights at first, then what the user loads or trains."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.errors import UserError
from lenet_gui.foreign import printable
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.torch_loading import TorchLoader
from lenet_gui.net.architecture import Variant
from lenet_gui.net.array_layers import Floats
from lenet_gui.net.array_network import ArrayNetwork
from lenet_gui.net.audit import audit
from lenet_gui.net.calibration import Calibration, calibration_of
from lenet_gui.net.weight_arrays import read_weights
from lenet_gui.paths import shipped_weights
from lenet_gui.text.figures import as_test_error
from lenet_gui.training.facts import facts_of_training
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.run_folders import run_of

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5

PAPER = "paper-1998"
"""The shipped weights that were trained with the paper's own optimiser, beside the best ones."""

UNTRAINED = "untrained"
"""The origin of the network that answers where the shipped weights cannot be read."""
_SHIPPED = "shipped weights"
_WEIGHTS = "weights"  # a cause, as the one before


@dataclass(frozen=True)
class KnownNetwork:
    """What is known of a network: what its training told, and where it comes from.

    `origin` is for people; `file` is its file's name, empty where there is none.
    """

    variant: Variant
    facts: dict[str, str]
    origin: str
    file: str = ""

    @property
    def calibration(self) -> Calibration:
        """When its answers are rejected."""
        return calibration_of(self.variant, self.facts)

    @property
    def name(self) -> str:
        """Its file's name, else where it comes from: what exported pictures call it."""
        return self.file or self.origin

    @property
    def test_accuracy(self) -> float | None:
        """Its share of right answers on the test digits, 0..1, where its file tells."""
        try:
            accuracy = float(self.facts["test_accuracy"])
        except (KeyError, ValueError):
            return None
        return accuracy if 0 <= accuracy <= 1 else None

    @property
    def summary(self) -> str:
        """The network in one line: variant, size, and its test error or where it comes from."""
        parameters = f"{audit(self.variant).parameters:,} parameters"
        accuracy = self.test_accuracy
        last = self.origin if accuracy is None else as_test_error(accuracy)
        return f"{self.variant.capitalize()}, {parameters}, {last}"


@dataclass(frozen=True)
class NetworkInUse(KnownNetwork):
    """A network that answers."""

    network: "LeNet5" = field(kw_only=True)

    def reader(self) -> ArrayNetwork:
        """What reads single digits as it does, with its weights as they are."""
        return ArrayNetwork(self.variant, self.network.as_arrays())

    @classmethod
    def of(
        cls, network: "LeNet5", facts: dict[str, str], origin: str, file: str = ""
    ) -> "NetworkInUse":
        """A network with what is known of it."""
        return cls(network.variant, facts, origin, file, network=network)


@dataclass(frozen=True)
class AwaitedNetwork(KnownNetwork):
    """A network that comes as soon as torch is loaded; single digits are read from its `arrays`."""

    arrays: Mapping[str, Floats] = field(kw_only=True)

    def reader(self) -> ArrayNetwork:
        """What reads single digits as it will; it has `arrays` then."""
        return ArrayNetwork(self.variant, self.arrays)


class Networks(QObject):
    """Remembers one network for each variant and says which one is in use, and which is shown.

    They differ while a training is followed: then the one in training is shown, and at its end the
    trained one, until another is chosen. `changed` carries
    the NetworkInUse that is in use now, `shown_changed` the one that is shown; `followed_left()`
    when another network is chosen while one in training is shown; `awaited` the AwaitedNetwork
    that comes as soon as torch is loaded; `opened()` when `files` has grown, or one of them holds
    another network. What cannot be read or written is told to the notifier, and then nothing has
    changed.
    """

    awaited = Signal(object)
    changed = Signal(object)
    shown_changed = Signal(object)
    followed_left = Signal()
    opened = Signal()

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
        self._awaited: Callable[[], NetworkInUse] | None = None
        self._variant: Variant | None = None  # in use, or awaited
        self._kept: dict[Variant, NetworkInUse] = {}
        self._read: dict[tuple[Path, str], tuple[object, NetworkInUse]] = {}
        self._files: list[Path] = []
        self._current: NetworkInUse | None = None
        self._followed: NetworkInUse | None = None
        self._trained: NetworkInUse | None = None  # shown in place of the one in use

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

        At once, or as soon as torch is loaded; so it is with whatever is chosen here.
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
        """Uses the Original's weights that were trained as the paper trained it."""
        self._choose_shipped(Variant.ORIGINAL, PAPER)

    def load(self, path: Path, expected: Variant | None = None) -> bool:
        """Reads a file of weights of either variant; True if it can be used."""
        with self._notifier.reporting(_WEIGHTS):
            opened = partial(self.open, path, expected)
            self._use_or_await(opened, partial(awaited_in, path, expected))
            return True
        return False

    def read(self, path: Path, expected: Variant | None = None) -> NetworkInUse:
        """The network in a file; read again only where the file has changed since.

        Raises:
            UserError: the file cannot be used, or holds another variant than the expected one.
        """
        return self._read_once(path, "file", partial(network_in, path, expected), expected)

    def open(self, path: Path, expected: Variant | None = None) -> NetworkInUse:
        """The same for a file that the user names, which is one of `files` from now on."""
        before = self._read.get((path, "file"))
        found = self.read(path, expected)
        if path not in self._files:
            self._files.append(path)
            self.opened.emit()
        elif before is None or before[1] is not found:
            self.opened.emit()
        return found

    def shipped(self, variant: Variant, name: str | None = None) -> NetworkInUse:
        """A network that comes with the program, read once; see `shipped_network`."""
        path = shipped_weights(name or variant)
        return self._read_once(path, _SHIPPED, partial(shipped_network, variant, name), variant)

    def adopt(self, network: "LeNet5", facts: dict[str, str], origin: str) -> None:
        """Uses a network that was trained here; `facts` are those of its training."""
        self._use(NetworkInUse.of(network, facts, printable(origin)))
        self._notifier.clear(_WEIGHTS)

    def follow(self, network: "LeNet5", recipe: Recipe | None) -> None:
        """Shows a network in training, without using it; call it whenever its weights change."""
        facts = {}
        if recipe is not None:
            facts = facts_of_training(recipe, recipe.data, 0, None, None)
        name = "" if recipe is None else f"{recipe.name}, "
        self._followed = NetworkInUse.of(network, facts, f"{name}in training")
        self._trained = None
        self.shown_changed.emit(self._followed)

    def show_trained(self, network: "LeNet5", facts: dict[str, str], origin: str) -> None:
        """Shows what came of the training that was followed, without using it."""
        self._followed = None
        self._trained = NetworkInUse.of(network, facts, f"{printable(origin)}, not in use")
        self.shown_changed.emit(self._trained)

    @Slot()
    def leave_followed(self) -> None:
        """Shows the network in use again, which training never touches."""
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

    def _read_once(
        self,
        path: Path,
        called: str,
        read: Callable[[], NetworkInUse],
        expected: Variant | None,
    ) -> NetworkInUse:
        """What `read` finds in a file, anew only where that has changed, or is another variant.

        The same file may be `called` a shipped one, and one that the user has opened.
        """
        stamp, before = _stamp(path), self._read.get((path, called))
        if before is not None and before[0] == stamp and expected in (None, before[1].variant):
            return before[1]
        found = read()
        self._read[path, called] = stamp, found
        return found

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
        """Uses a network if torch is there; else later, and what is `awaited` reads until then.

        Raises:
            UserError: its file cannot be used.
        """
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
            self._notifier.clear(_SHIPPED)
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
            self._notifier.fail(_SHIPPED, f"{error} Until then an untrained network answers.")
            return NetworkInUse.of(_untrained(variant), {}, UNTRAINED)


def _stamp(path: Path) -> tuple[int, int] | None:
    """Tells whether a file has changed since; None where it cannot be looked at."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def network_in(path: Path, expected: Variant | None = None) -> NetworkInUse:
    """The network in a file of weights.

    Raises:
        UserError: the file cannot be used, or holds another variant than the expected one.
    """
    from lenet_gui.net.weights_file import load_weights

    loaded = load_weights(path, expected)
    return NetworkInUse.of(loaded.network, loaded.facts, *_origin_of(path))


def awaited_in(path: Path, expected: Variant | None = None) -> AwaitedNetwork:
    """The same before torch is loaded.

    Raises:
        UserError: the file cannot be used, or holds another variant than the expected one.
    """
    found = read_weights(path, expected)
    return AwaitedNetwork(found.variant, found.facts, *_origin_of(path), arrays=found.arrays)


def _origin_of(path: Path) -> tuple[str, str]:
    """Where the network of a file comes from, and the file's name where it is no run's."""
    run = run_of(path)
    name = printable(path.name)
    return (name, name) if run is None else (printable(run.name), "")


def _awaited_shipped(variant: Variant, name: str | None = None) -> AwaitedNetwork:
    """Until torch is loaded a broken file is passed over: then `shipped_network` tells of it."""
    with suppress(UserError):
        found = awaited_in(shipped_weights(name or variant), variant)
        return replace(found, origin=_origin_of_shipped(name))
    return AwaitedNetwork(variant, {}, UNTRAINED, arrays={})


def shipped_network(variant: Variant, name: str | None = None) -> NetworkInUse:
    """The network that comes with the program: the best of a variant, or the one of a name.

    Raises:
        UserError: its file is missing or broken.
    """
    found = network_in(shipped_weights(name or variant), variant)
    return replace(found, origin=_origin_of_shipped(name))


def _origin_of_shipped(name: str | None) -> str:
    return f"{_SHIPPED}, {name}" if name else _SHIPPED


def _untrained(variant: Variant) -> "LeNet5":
    import torch

    from lenet_gui.net.lenet5 import build

    return build(variant, torch.Generator().manual_seed(0)).eval().requires_grad_(False)
