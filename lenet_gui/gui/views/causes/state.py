"""What is chosen in the view of causes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lenet_gui.net.layers import INPUT, OUTPUT, Unit, has_unit, middle_of


class Aim(StrEnum):
    """What is chosen: a unit, or what the answer makes one."""

    UNIT = "unit"
    ANSWER = "answer"
    RIVAL = "rival"
    """The output of the label where the answer is another, else that of the runner-up."""
    LEAD = "lead"
    """The answer's output, and what puts it before its rival."""


@dataclass(frozen=True)
class CausesState:
    """The unit whose causes are shown, and whether it follows the answer."""

    unit: Unit
    aim: Aim = Aim.UNIT

    def __post_init__(self) -> None:
        """Refuses a unit that no network has.

        Raises:
            ValueError: there is no such unit.
        """
        if self.unit.layer == INPUT or not has_unit(self.unit):
            raise ValueError(f"there is no unit {self.unit}")


AT_FIRST: Final = CausesState(middle_of(OUTPUT), Aim.ANSWER)
"""The answer's output."""
