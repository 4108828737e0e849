"""What the view of A and B shows at one moment."""

from dataclasses import dataclass, field
from enum import StrEnum

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.ink import InkSteps
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.two_networks import Gap, Kinship
from lenet_gui.gui.library.known_network import NetworkInUse
from lenet_gui.gui.library.live import ReadDrawing
from lenet_gui.gui.views.facts import drawing_facts, network_facts
from lenet_gui.pictures.exported import Facts


class Question(StrEnum):
    """What A and B are."""

    NETWORKS = "Two networks"  # on one drawing
    DRAWINGS = "Two drawings"  # on the canvas and kept, in one network


@dataclass(frozen=True)
class Pair:
    """A and B, each with its network, what it reads and its reading, where there are any.

    `are_shown`: whether each network is the one that the window shows. `hints`: what is said in
    place of a missing answer. `kin`: None unless there are two networks; `note` says what may be
    compared. `limits`: the value of the full colour by layer; `shared`: whether one scale was
    asked for. `gaps` and `apart` (0..1; of the same classes) are there with both readings.
    """

    question: Question = Question.NETWORKS
    steps: tuple[InkSteps | None, InkSteps | None] = (None, None)
    networks: tuple[NetworkInUse | None, NetworkInUse | None] = (None, None)
    are_shown: tuple[bool, bool] = (False, False)
    readings: tuple[Reading | None, Reading | None] = (None, None)
    hints: tuple[str, str] = ("", "")
    kin: Kinship | None = None
    note: str = ""
    shared: bool = True
    limits: tuple[dict[str, float], dict[str, float]] = field(default_factory=lambda: ({}, {}))
    gaps: dict[str, Gap] = field(default_factory=dict)
    apart: float | None = None

    def class_names(self, side: int) -> tuple[str, ...]:
        """What the outputs of A (0) or B (1) stand for."""
        network = self.networks[side]
        return DIGIT_NAMES if network is None else network.class_names


def same_as(
    shown: NetworkInUse | None, networks: tuple[NetworkInUse | None, NetworkInUse | None]
) -> tuple[bool, bool]:
    """Whether each of two networks is the one that is shown."""
    a, b = (shown is not None and network is shown for network in networks)
    return a, b


def pair_facts(pair: Pair, a: ReadDrawing, b: ReadDrawing) -> Facts:
    """Which networks and drawings the figures of A and B come from."""
    one, other = pair.networks
    if pair.question is Question.DRAWINGS:
        drawings = {
            **drawing_facts(a.drawing, a.steps, pair.readings[0], "A"),
            **drawing_facts(b.drawing, b.steps, pair.readings[1], "B"),
        }
        return {**network_facts(one), **drawings}
    networks = {**network_facts(one, "A"), **network_facts(other, "B")}
    return {**networks, **drawing_facts(a.drawing, a.steps, None)}
