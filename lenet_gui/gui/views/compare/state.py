"""What is chosen in the view of A and B."""

from dataclasses import dataclass

from lenet_gui.gui.views.compare.pair import Question
from lenet_gui.net.layers import INPUT, Unit, has_unit


@dataclass(frozen=True)
class CompareState:
    """The networks by their names in the lists, empty: as they are; the scale; the unit held.

    `side`: whose unit is held, A's (0) or B's (1); without one 0. `question`: what A and B are;
    two drawings only while one is kept.
    """

    a: str = ""
    b: str = ""
    one_scale: bool = True
    unit: Unit | None = None
    side: int = 0
    question: Question = Question.NETWORKS

    def __post_init__(self) -> None:
        """Refuses a third network, and a unit that no network has.

        Raises:
            ValueError: names what there is not.
        """
        if self.side not in (0, 1):
            raise ValueError(f"side is 0 or 1, not {self.side}")
        if self.unit is not None and (self.unit.layer == INPUT or not has_unit(self.unit)):
            raise ValueError(f"there is no unit {self.unit}")
