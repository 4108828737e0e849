"""What is known of a network, in use or about to be: what its training told, and its origin."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from lenet_gui.data.class_names import class_names_of
from lenet_gui.explore.form_finding.finding import FormFinding
from lenet_gui.net.architecture import Variant
from lenet_gui.net.array_layers import Floats
from lenet_gui.net.array_network import ArrayNetwork
from lenet_gui.net.audit import audit
from lenet_gui.net.calibration import Calibration, calibration_of
from lenet_gui.net.modern_form import README_FORM, ModernForm
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.printable import printable
from lenet_gui.text.figures import as_test_error
from lenet_gui.text.networks import network_name

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5


SHIPPED = "shipped weights"
"""The origin of what comes with the program begins so."""


@dataclass(frozen=True)
class ImportedFile:
    """A file of another program, and what was found of its form."""

    path: Path
    finding: FormFinding


@dataclass(frozen=True)
class KnownNetwork:
    """The facts about a network: about its training, and where it comes from.

    `origin` is for people, and begins with the name of the `run` where it is a run's; `file` is its
    file's name, empty where there is none.
    """

    variant: Variant
    facts: dict[str, str]
    origin: str
    file: str = ""
    run: Path | None = field(default=None, kw_only=True)
    """The folder of the run that it comes of."""
    path: Path | None = field(default=None, kw_only=True)
    """The file that holds it; None of a shipped one, and where only the memory does."""
    form: ModernForm = field(default=README_FORM, kw_only=True)
    """Which member of the Modern's family it is."""
    imported: ImportedFile | None = field(default=None, kw_only=True)
    """The file of another program that it was read from, if its form had to be found."""

    @property
    def kind(self) -> NetworkKind:
        """What its formulas depend on."""
        return NetworkKind(self.variant, self.form)

    @property
    def calibration(self) -> Calibration:
        """When its answers are rejected."""
        return calibration_of(self.variant, self.facts)

    @property
    def class_names(self) -> tuple[str, ...]:
        """What its outputs stand for: the digits, or the classes that it was trained on."""
        return class_names_of(self.facts)

    @property
    def name(self) -> str:
        """Its file's name, else where it comes from: its name in exported pictures."""
        return self.file or self.origin

    @property
    def short_name(self) -> str:
        """The name of a run or a file, or of shipped weights; a variant's own have the variant's.

        Such as "paper-1998", "2026-01-31 quick, epoch 7", "Modern".
        """
        shipped = self.origin.removeprefix(SHIPPED).removeprefix(", ")
        return shipped or self.variant.capitalize()

    @property
    def test_accuracy(self) -> float | None:
        """Its share of right answers on the test digits, 0..1, if its file has it."""
        try:
            accuracy = float(self.facts["test_accuracy"])
        except (KeyError, ValueError):
            return None
        return accuracy if 0 <= accuracy <= 1 else None

    @property
    def test_error(self) -> str:
        """In words, with whose digits they were; empty where its file does not tell.

        Of another program's file its accuracy, as it was measured to find its form.
        """
        if self.imported is not None:
            return self.imported.finding.accuracy
        accuracy = self.test_accuracy
        return "" if accuracy is None else as_test_error(accuracy, self.facts.get("data", ""))

    @property
    def summary(self) -> str:
        """The network in one line: kind, size, and its test error or where it comes from."""
        parameters = f"{audit(self.variant).parameters:,} parameters"
        return f"{network_name(self.kind)}, {parameters}, {self.test_error or self.origin}"

    def with_run_renamed(self, old: Path, new: Path) -> Self:
        """The same, after the folder of a run has got another name."""
        if self.run != old:
            return self
        rest = self.origin.removeprefix(printable(old.name))
        path = self.path and moved(self.path, old, new)
        return replace(self, origin=f"{printable(new.name)}{rest}", run=new, path=path)


@dataclass(frozen=True)
class NetworkInUse(KnownNetwork):
    """A network in use.

    `moment` stands for its weights as they are now: a network that is trained further has another
    one each time, a network that is only called otherwise has the same.
    """

    network: "LeNet5" = field(kw_only=True)
    moment: object = field(default_factory=object, kw_only=True, compare=False, repr=False)

    def has_weights_of(self, other: "NetworkInUse | None") -> bool:
        """Whether both are one network with the same weights, whatever it is called."""
        return other is not None and self.moment is other.moment

    def reader(self) -> ArrayNetwork:
        """A reader of single digits with its current weights."""
        return ArrayNetwork(self.variant, self.network.as_arrays(), self.form)

    @classmethod
    def of(
        cls,
        network: "LeNet5",
        facts: dict[str, str],
        origin: str,
        file: str = "",
        run: Path | None = None,
        *,
        path: Path | None = None,
    ) -> "NetworkInUse":
        """A network with its facts."""
        told = network.variant, facts, origin, file
        return cls(*told, run=run, path=path, form=network.form, network=network)


@dataclass(frozen=True)
class AwaitedNetwork(KnownNetwork):
    """A network available when torch is loaded; single digits are read with its `arrays`."""

    arrays: Mapping[str, Floats] = field(kw_only=True)

    def reader(self) -> ArrayNetwork:
        """A reader of single digits; it needs `arrays`."""
        return ArrayNetwork(self.variant, self.arrays, self.form)


def moved(path: Path, old: Path, new: Path) -> Path:
    """Where a file is found when a folder has another name."""
    return new / path.relative_to(old) if path.is_relative_to(old) else path
