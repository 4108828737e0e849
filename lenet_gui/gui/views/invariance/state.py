"""What is chosen in the view of invariance."""

from dataclasses import dataclass

from lenet_gui.explore.dials import DIALS
from lenet_gui.explore.disturbance import Disturbance
from lenet_gui.pictures.grid.panel import Cell

SWEPT_FIRST = "rotation"

_NEUTRAL = Disturbance()


@dataclass(frozen=True)
class InvarianceState:
    """How the dials are set, the name of the one swept, network B, the pixel that is held.

    `b`: its name in the list, empty: as it is. `b_is_chosen`: it was chosen, and stays when A
    becomes a network of the other variant.
    """

    dials: Disturbance = _NEUTRAL
    swept: str = SWEPT_FIRST
    b: str = ""
    b_is_chosen: bool = False
    held: Cell | None = None

    def __post_init__(self) -> None:
        """Refuses a dial that there is not.

        Raises:
            ValueError: names it.
        """
        if self.swept not in {dial.name for dial in DIALS}:
            raise ValueError(f"there is no dial {self.swept}")
