"""What the view wants to know: of which drawing, by which networks. No torch."""

from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lenet_gui.data.drawing import Drawing
from lenet_gui.data.ink import InkSteps
from lenet_gui.explore.dials import Dial
from lenet_gui.explore.disturbance import Disturbance
from lenet_gui.gui.library.known_network import NetworkInUse
from lenet_gui.pictures.painted import shortened

if TYPE_CHECKING:
    from lenet_gui.explore.sweep_reader import Reader


@dataclass(frozen=True, eq=False)
class Question:
    """A drawing and its preprocessing, how the dials are set, the dial swept, and the networks.

    `networks`: A, and B where there is one. `trained`: the one among them whose weights may
    change, which another thread must not read.
    """

    drawing: Drawing
    steps: InkSteps = field(repr=False)
    disturbance: Disturbance
    dial: Dial
    networks: tuple[NetworkInUse, ...]
    trained: NetworkInUse | None = None

    @property
    def base(self) -> Disturbance:
        """How the dials are set that are not swept; the swept one is neutral."""
        return self.dial.set(self.disturbance, self.dial.neutral)

    def sweeps_as(self, other: "Question | None") -> bool:
        """Whether both have the same sweep."""
        return (
            other is not None
            and self.drawing is other.drawing
            and self.dial is other.dial
            and self.base == other.base
            and self.asks(other)
        )

    def asks(self, other: "Question") -> bool:
        """Whether both ask the same networks, with the same weights."""
        return len(self.networks) == len(other.networks) and all(
            one is another for one, another in zip(self.networks, other.networks, strict=True)
        )

    def settled(self) -> "Question":
        """The same with copies of what may change; to be called in the window's thread."""
        if self.trained is None:
            return self
        networks = tuple(
            replace(each, network=deepcopy(each.network)) if each is self.trained else each
            for each in self.networks
        )
        return replace(self, networks=networks, trained=None)

    def names(self) -> tuple[str, ...]:
        """The networks' names: the variants, and more where these are the same."""
        variants = [each.variant for each in self.networks]
        alike = len(set(variants)) < len(variants)
        return tuple(
            f"{each.variant.capitalize()}, {shortened(each.name)}"
            if alike
            else each.variant.capitalize()
            for each in self.networks
        )

    def readers(self) -> "tuple[Reader, ...]":
        """The networks, ready to read; called in a separate thread, for a settled question."""
        from lenet_gui.explore.sweep_reader import Reader  # torch is there, as a network is

        return tuple(
            Reader(name, each.network, each.calibration, each.class_names)
            for name, each in zip(self.names(), self.networks, strict=True)
        )
