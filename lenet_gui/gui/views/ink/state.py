"""What is chosen in the ink view."""

from dataclasses import dataclass

from lenet_gui.explore.preprocessing import NOTHING, Step


@dataclass(frozen=True)
class InkState:
    """The steps that are left out, and the one that is enlarged over the others."""

    off: frozenset[Step] = NOTHING
    enlarged: Step | None = None
