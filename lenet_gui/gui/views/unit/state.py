"""What is chosen in the unit view."""

from dataclasses import dataclass
from typing import Final

from lenet_gui.net.layers import INPUT, OUTPUT, Unit, has_unit, middle_of


@dataclass(frozen=True)
class UnitState:
    """The unit that is held, and the one that is pinned beside it.

    `follows_answer`: the held unit is the answer's output, whatever the answer.
    """

    unit: Unit
    pinned: Unit | None = None
    follows_answer: bool = False

    def __post_init__(self) -> None:
        """Refuses units that no network has.

        Raises:
            ValueError: there is no such unit.
        """
        for unit in (self.unit, self.pinned):
            if unit is not None and (unit.layer == INPUT or not has_unit(unit)):
                raise ValueError(f"there is no unit {unit}")


AT_FIRST: Final = UnitState(middle_of(OUTPUT), follows_answer=True)
"""The answer's output."""
